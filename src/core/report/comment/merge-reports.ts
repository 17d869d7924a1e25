import type { RunReference } from '../evidence.ts';
import type { Detail } from './detail.ts';
import { isOlderRun } from './marker.ts';
import { type ReportedModel, type ReportRun, worstReportedFirst } from './reported-model.ts';
import type { SealedComment } from './seal.ts';
import type { ModelSnapshot } from './snapshot.ts';
import { type EarlierPush, MOST_MODELS_OF_PUSH, MOST_PUSHES, type RememberedModel } from './state.ts';

/**
 * Several jobs may report models of the same commit to the same comment. Nobody but the code host knows of all
 * of them, so each takes over what the others wrote; of a model that two runs judged, the newer run counts.
 */

export type MergedReport = {
  /** Models of the commit, the worst first. */
  readonly models: readonly ReportedModel[];
  /** Earlier pushes, the newest first. */
  readonly pushes: readonly EarlierPush[];
  /** Own models that are not outrun by a newer report of the same commit. */
  readonly current: ReadonlySet<string>;
  /** Whether the comment does not say all this already. */
  readonly isNews: boolean;
  /** Whether the verdict of the whole turned; undefined when it did not, or there is nothing to turn from. */
  readonly turn: 'failing' | 'passing' | undefined;
};

export type MergeRequest = {
  readonly own: readonly ReportedModel[];
  readonly from: ReportRun;
  readonly run: RunReference;
  /** Of the same author, and as it was written. */
  readonly earlier: SealedComment | undefined;
  /** Other jobs of this run report to the same comment, so that a model that is not here may still come. */
  readonly expectsOthers: boolean;
};

export function mergeReports(request: MergeRequest): MergedReport {
  const { own, earlier, run } = request;
  const isSameCommit = earlier !== undefined && earlier.marker.commit === run.commit;
  const known = new Map(
    (isSameCommit ? earlier.state.models : []).map((one) => [one.snapshot.model, one] as const),
  );
  const current = own.filter(({ snapshot, from }) => {
    const before = known.get(snapshot.model);
    return before === undefined || !isOlderRun(from, before);
  });
  const names = new Set(current.map(({ snapshot }) => snapshot.model));
  const others = [...known.values()].filter(({ snapshot }) => !names.has(snapshot.model));
  const kept = others.filter((one) => !isGone(one, request.from));
  const pushes = earlier === undefined ? [] : listPushes(earlier, run.commit);
  const models = [...current, ...kept.map((one) => takeOver(one, earlier?.text ?? ''))];
  const changed = current.some(({ snapshot, digest }) => known.get(snapshot.model)?.digest !== digest);
  return {
    models: worstReportedFirst(models),
    pushes,
    current: names,
    isNews: !isSameCommit || changed || kept.length < others.length,
    turn: findTurn({ before: [...known.values()], after: models, pushes, ...request }),
  };
}

/** An earlier run of the same job reported it, and this one does not. */
function isGone(one: RememberedModel, from: ReportRun): boolean {
  return from.writer !== undefined && one.writer === from.writer && isOlderRun(one, from);
}

function takeOver(remembered: RememberedModel, text: string): ReportedModel {
  const { snapshot, unchanged, digest, run, attempt, writer, place } = remembered;
  const sentence = place && text.slice(...place.sentence);
  const rest = place && text.slice(...place.rest);
  const render = (detail: Detail) => ({
    sentence: sentence ?? '',
    rest: detail.leftOut === undefined ? (rest ?? '') : withoutFolded(rest ?? ''),
  });
  return {
    snapshot,
    unchanged,
    digest,
    from: { run, attempt, writer },
    render: sentence ? render : undefined,
  };
}

// Data cannot write these tags: they are escaped wherever they come from it.
function withoutFolded(part: string): string {
  return part.replace(/(?:^|\n\n)<details>[\s\S]*?<\/details>/g, '').trim();
}

function listPushes({ marker, state }: SealedComment, commit: string | undefined): EarlierPush[] {
  const changed = state.models.filter(({ unchanged }) => !unchanged).map(({ snapshot }) => snapshot);
  const last =
    marker.commit === undefined || marker.commit === commit
      ? []
      : [{ commit: marker.commit, models: changed.slice(0, MOST_MODELS_OF_PUSH) }];
  // A push back to a commit that was there before is the newest again.
  return [...last, ...state.pushes.filter((push) => push.commit !== commit)].slice(0, MOST_PUSHES);
}

type Turning = MergeRequest & {
  readonly before: readonly RememberedModel[];
  readonly after: readonly ReportedModel[];
  readonly pushes: readonly EarlierPush[];
};

/** Models whose job has not reported yet count as they did at the push before. */
function findTurn({ before, after, pushes, expectsOthers, earlier, run }: Turning): MergedReport['turn'] {
  if (earlier === undefined) return undefined;
  const [last] = pushes;
  const isFirstOfCommit = earlier.marker.commit !== run.commit;
  const awaited = isFirstOfCommit || expectsOthers ? (last?.models ?? []) : [];
  const failedBefore = isFailing([...before.map(({ snapshot }) => snapshot)], awaited);
  const failsNow = isFailing(
    after.map(({ snapshot }) => snapshot),
    expectsOthers ? awaited : [],
  );
  if (failedBefore === failsNow) return undefined;
  return failsNow ? 'failing' : 'passing';
}

function isFailing(models: readonly ModelSnapshot[], awaited: readonly ModelSnapshot[]): boolean {
  const reported = new Set(models.map(({ model }) => model));
  return [...models, ...awaited.filter(({ model }) => !reported.has(model))].some(
    ({ outcome }) => outcome === 'failure' || outcome === 'error',
  );
}
