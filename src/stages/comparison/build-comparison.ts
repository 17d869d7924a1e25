import { DEFAULT_CONFIDENCE, DEFAULT_METRICS } from '../../core/comparison/defaults.ts';
import type { DocumentHeader } from '../../core/documents/common.ts';
import type {
  CompletedComparison,
  ExamChange,
  ModelScores,
  ScoringFacts,
} from '../../core/documents/comparison.ts';
import type { Windows } from '../../core/documents/training.ts';
import { breakingOf, nextVersion } from '../../core/release/next-version.ts';
import type { Exam } from '../exam.ts';
import type { ContractPart } from './describe-contracts.ts';
import type { Judged } from './judge.ts';
import type { JudgedModel } from './judged-models.ts';

export type ComparisonFacts = {
  readonly header: DocumentHeader;
  readonly request: { readonly exam: Exam; readonly windows: Windows | undefined };
  readonly champion: JudgedModel | undefined;
  readonly challenger: JudgedModel;
  /** Made in a job that ran code of the pull request: nobody else vouches for it, so it promotes nothing. */
  readonly selfReported: boolean;
  /** How its contract differs from the champion's; nothing when it has the champion's bytes. */
  readonly contract?: ContractPart | undefined;
  /** Undefined when the challenger has the champion's bytes. */
  readonly judged: Judged | undefined;
};

/** The comparison document of a judgement, or of a challenger that changes nothing. */
export function buildComparison(facts: ComparisonFacts): CompletedComparison {
  const { header, request, champion, challenger, judged } = facts;
  const { exam, windows } = request;
  const { configuration } = exam;
  const version = proposedVersion(facts);
  return {
    kind: 'comparison',
    schemaVersion: 1,
    model: configuration.model,
    task: configuration.task,
    ...header,
    inputs: judged ? [...judged.inputs] : [],
    measured: judged?.latency ? { latency: judged.latency } : {},
    verdict: judged?.judgement.verdict ?? 'unchanged',
    promote: (judged?.judgement.promote ?? true) && !facts.selfReported,
    ...(facts.selfReported ? { selfReported: true } : {}),
    primary: judged?.primary ?? configuration.comparison.primary ?? DEFAULT_METRICS[configuration.task][0],
    ...(version === undefined ? {} : { proposedVersion: version }),
    ...(champion
      ? {
          champion: describeJudged(champion, {
            scores: judged?.scores?.champion,
            told: judged?.told.champion,
          }),
        }
      : {}),
    challenger: describeJudged(challenger, {
      scores: judged?.scores?.challenger,
      told: judged?.told.challenger,
    }),
    exam: {
      ...(exam.commit === undefined ? {} : { commit: exam.commit }),
      changed: [...exam.changed],
      ...(exam.coversData ? {} : { coversData: false }),
      ...(exam.fetchRunsChange ? { fetchRunsChange: true } : {}),
      ...proposedOf(judged),
    },
    confidence: judged?.judgement.confidence ?? DEFAULT_CONFIDENCE,
    metrics: judged ? [...judged.judgement.metrics] : [],
    gates: judged ? [...judged.judgement.gates] : [],
    slices: judged ? [...judged.judgement.slices] : [],
    ...(judged?.flips ? { flips: judged.flips } : {}),
    ...(judged?.calibration ? { calibration: judged.calibration } : {}),
    ...(judged?.curves ? { curves: judged.curves } : {}),
    ...contractOf(facts),
    ...sizeOf(champion, challenger),
    holdout: judged?.holdout ?? { rows: 0, digest: '' },
    ...(windows ? { windows } : {}),
    ...(challenger.training ? { trainingData: challenger.training.data } : {}),
    ...(challenger.training?.importance ? { importance: challenger.training.importance } : {}),
    ...parametersOf(champion, challenger),
  };
}

function describeJudged(
  model: JudgedModel,
  { scores, told }: { readonly scores: ModelScores | undefined; readonly told: ScoringFacts | undefined },
): CompletedComparison['challenger'] {
  return {
    digest: model.digest,
    bytes: model.bytes,
    ...(model.version === undefined ? {} : { version: model.version }),
    origin: model.origin,
    ...(model.featureColumns ? { featureColumns: model.featureColumns.map((column) => column.name) } : {}),
    ...(model.training ? { path: model.training.path } : {}),
    ...(scores ? { scores } : {}),
    ...told,
  };
}

/** Of a model that is known by its scores alone there is no file to weigh. */
function sizeOf(
  champion: JudgedModel | undefined,
  challenger: JudgedModel,
): Pick<CompletedComparison, 'size'> {
  if (challenger.scoresOnly === true) return {};
  const before = champion?.scoresOnly === true ? undefined : champion?.bytes;
  return { size: { ...(before === undefined ? {} : { champion: before }), challenger: challenger.bytes } };
}

function proposedOf(judged: Judged | undefined): Pick<CompletedComparison['exam'], 'proposed'> {
  if (judged?.proposed === undefined) return {};
  return { proposed: judged.proposed };
}

/** Known when the challenger's signature is (it was trained here) and the champion is a release, or there is none. */
function contractOf({
  champion,
  judged,
  contract,
}: ComparisonFacts): Pick<CompletedComparison, 'modelContract'> {
  if (contract !== undefined) return { modelContract: contract };
  return champion !== undefined && judged === undefined ? { modelContract: { changes: [] } } : {};
}

function proposedVersion(facts: ComparisonFacts): string | undefined {
  const { champion, challenger, judged, request, contract } = facts;
  if (challenger.training === undefined || judged === undefined) return undefined;
  if (champion !== undefined && champion.manifest === undefined) return undefined;
  return nextVersion({
    ...(champion?.manifest ? { champion: champion.manifest } : {}),
    signature: challenger.training.signature,
    task: request.exam.configuration.task,
    sameWeights: champion?.digest === challenger.digest,
    ...breakingOf(contract),
  }).version;
}

function parametersOf(
  champion: JudgedModel | undefined,
  challenger: JudgedModel,
): Pick<CompletedComparison, 'parametersChanged'> {
  const before = champion?.manifest?.parameters;
  const after = challenger.training?.parameters;
  if (before === undefined || after === undefined) return {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = names.flatMap((what): ExamChange[] => {
    if (before[what] === after[what]) return [];
    return [
      {
        what,
        ...(before[what] === undefined ? {} : { before: String(before[what]) }),
        ...(after[what] === undefined ? {} : { after: String(after[what]) }),
      },
    ];
  });
  return changed.length === 0 ? {} : { parametersChanged: changed };
}
