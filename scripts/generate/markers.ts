/** Parts of a hand-written file that are generated stand between two comments that name them. */
export function fillMarked(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end of generated: ${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the markers ${start} … ${end} are missing`);
  if (text.indexOf(start, from + 1) >= 0) throw new Error(`the marker ${start} stands twice`);
  return `${text.slice(0, from + start.length)}\n${content.trim()}\n${text.slice(to)}`;
}
