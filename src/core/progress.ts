/** Says how far a long piece of work is, without saying it at each call. */

export type ProgressReport = {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** Seconds until the end at the pace so far; undefined while there is no pace yet. */
  readonly secondsLeft: number | undefined;
};

export type ProgressOptions = {
  readonly everyMilliseconds: number;
  readonly now: () => number;
  readonly show: (report: ProgressReport) => void;
};

type Work = { readonly startedAt: number; readonly doneAtStart: number; shownAt: number };

/** Shows a report when the time has come, and the last one of work that was shown before. */
export function createProgress(
  options: ProgressOptions,
): (what: string, done: number, total: number) => void {
  const works = new Map<string, Work>();
  return (what, done, total) => {
    const time = options.now();
    let work = works.get(what);
    if (work === undefined) {
      work = { startedAt: time, doneAtStart: done, shownAt: time };
      works.set(what, work);
    }
    const finished = done >= total;
    const wasShown = work.shownAt > work.startedAt;
    if (finished) works.delete(what);
    if (finished ? !wasShown : time - work.shownAt < options.everyMilliseconds) return;
    work.shownAt = time;
    const pace = (done - work.doneAtStart) / (time - work.startedAt);
    const secondsLeft = pace > 0 ? (total - done) / pace / 1000 : undefined;
    options.show({ what, done, total, secondsLeft });
  };
}

/** `scoring: 120,000 of 1,300,000 rows (9 %), about 40 s left`. */
export function describeProgress({ what, done, total, secondsLeft }: ProgressReport): string {
  const share = total > 0 ? ` (${Math.floor((100 * done) / total)} %)` : '';
  const left =
    secondsLeft === undefined || done >= total ? '' : `, about ${describeSeconds(secondsLeft)} left`;
  return `${what}: ${formatCount(done)} of ${formatCount(total)}${share}${left}`;
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
