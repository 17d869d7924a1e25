/** Lines shown before and behind a change. */
const CONTEXT = 3;

type Step = { readonly mark: ' ' | '-' | '+'; readonly line: string };

/** Two versions of a file as a unified diff, which `git apply` takes; empty where they are equal. */
export function renderPatch(file: string, before: string, after: string): string {
  if (before === after) return '';
  const steps = compareLines(splitLines(before), splitLines(after));
  const hunks = groupSteps(steps).map((hunk) => renderHunk(steps, hunk));
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks.flat(), ''].join('\n');
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function compareLines(before: readonly string[], after: readonly string[]): Step[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail))
    tail++;
  const old = before.slice(head, before.length - tail);
  const young = after.slice(head, after.length - tail);
  return [
    ...before.slice(0, head).map(keep),
    ...longestCommon(old, young),
    ...before.slice(before.length - tail).map(keep),
  ];
}

function keep(line: string): Step {
  return { mark: ' ', line };
}

/** The fewest lines that go and come, by the longest common subsequence. */
function longestCommon(old: readonly string[], young: readonly string[]): Step[] {
  const width = young.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = young.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[row] === young[column]
          ? lengths[(row + 1) * width + column + 1]! + 1
          : Math.max(lengths[(row + 1) * width + column]!, lengths[row * width + column + 1]!);
    }
  }
  const steps: Step[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < young.length) {
    if (row < old.length && column < young.length && old[row] === young[column]) {
      steps.push(keep(old[row]!));
      row++;
      column++;
      continue;
    }
    const down = row < old.length ? lengths[(row + 1) * width + column]! : -1;
    const right = column < young.length ? lengths[row * width + column + 1]! : -1;
    if (down >= right) steps.push({ mark: '-', line: old[row++]! });
    else steps.push({ mark: '+', line: young[column++]! });
  }
  return steps;
}

/** Positions of the steps of each hunk: changes with their context, joined where they touch. */
function groupSteps(steps: readonly Step[]): (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  for (const [position, step] of steps.entries()) {
    if (step.mark === ' ') continue;
    const from = Math.max(0, position - CONTEXT);
    const to = Math.min(steps.length, position + CONTEXT + 1);
    const last = hunks.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  return hunks;
}

function renderHunk(steps: readonly Step[], [from, to]: readonly [number, number]): string[] {
  const shown = steps.slice(from, to);
  const range = (without: '-' | '+') => {
    const before = steps.slice(0, from).filter(({ mark }) => mark !== without).length;
    const within = shown.filter(({ mark }) => mark !== without).length;
    return `${within === 0 ? before : before + 1},${within}`;
  };
  return [`@@ -${range('+')} +${range('-')} @@`, ...shown.map(({ mark, line }) => `${mark}${line}`)];
}
