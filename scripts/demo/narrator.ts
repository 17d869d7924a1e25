/** Tells the story in the terminal: chapters, what happens, how long it took. */
export type Narrator = {
  chapter(title: string): void;
  say(text: string): void;
  /** Runs work and says how long it took. */
  work<Result>(what: string, run: () => Promise<Result>): Promise<Result>;
};

export function createNarrator(stream: NodeJS.WriteStream): Narrator {
  const colours = stream.isTTY && process.env.NO_COLOR === undefined;
  const paint = (code: number, text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  let chapters = 0;
  return {
    chapter(title) {
      chapters++;
      stream.write(`\n${paint(1, `${chapters}. ${title}`)}\n`);
    },
    say(text) {
      stream.write(`   ${text}\n`);
    },
    async work(what, run) {
      if (stream.isTTY) stream.write(`   ${paint(2, `${what} …`)}`);
      const started = performance.now();
      const result = await run();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      stream.write(`${stream.isTTY ? '\r\u001b[2K' : ''}   ${what} ${paint(2, `(${seconds} s)`)}\n`);
      return result;
    },
  };
}
