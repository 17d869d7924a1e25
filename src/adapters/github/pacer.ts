/**
 * Spaces out requests that create or change something. GitHub asks for a second between many of them and
 * allows 80 a minute; a release of a dozen files need not wait, so a few may go at once before the pace
 * of one a second begins.
 */
export type Pacer = () => Promise<void>;

export type PacerOptions = {
  readonly burst: number;
  readonly perSecond: number;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

export function createPacer(options: PacerOptions): Pacer {
  let tokens = options.burst;
  let countedAt = options.now();
  return async () => {
    const time = options.now();
    tokens = Math.min(options.burst, tokens + ((time - countedAt) / 1000) * options.perSecond);
    countedAt = time;
    tokens -= 1;
    if (tokens < 0) await options.sleep((-tokens / options.perSecond) * 1000);
  };
}
