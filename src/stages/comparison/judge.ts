import { compareModels, type Judgement } from '../../core/comparison/compare-models.ts';
import { type Curves, computeCurves } from '../../core/comparison/curves.ts';
import { checkGroups } from '../../core/comparison/group-floor.ts';
import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import { summarizeCalibration } from '../../core/comparison/summarize-calibration.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type {
  Calibration,
  CompletedComparison,
  Flips,
  LatencyMeasurement,
} from '../../core/documents/comparison.ts';
import { logLine } from '../../core/report/log-text.ts';
import { findOverlaps } from '../leakage/find-overlaps.ts';
import { describeTables, findBothScores, type StoredPair, storeBothScores } from '../scores/both-scores.ts';
import type { BothModels, Scored } from './both-models.ts';
import {
  buildInput,
  inCanonicalOrder,
  type JudgePorts,
  type JudgeRequest,
  type Paired,
} from './comparison-input.ts';
import { findFlips, thresholdOf } from './find-flips.ts';
import { countHoldoutUses, describeUses } from './holdout-use.ts';
import { judgeProposed, type ProposedOutcome } from './judge-proposal.ts';
import { type Holdout, pairRows, readHoldout, truthOf } from './read-holdout.ts';
import { classesOf, scoreBoth } from './score-both.ts';
import { type BothTold, tellBoth } from './tell-scoring.ts';

/** A judgement with everything the document tells about the rows it was made on. */
export type Judged = {
  readonly judgement: Judgement;
  readonly primary: string;
  /** The outcome under the rules that the change proposes, when they differ. */
  readonly proposed?: ProposedOutcome;
  readonly flips?: Flips;
  readonly calibration?: Calibration;
  readonly latency?: LatencyMeasurement;
  readonly curves?: Curves;
  readonly holdout: CompletedComparison['holdout'];
  readonly inputs: readonly DocumentInput[];
  /** Of models that were judged by their scores. */
  readonly scores?: StoredPair;
  readonly told: BothTold;
  readonly seed: number;
};

/** Scores both models on the exam's holdout and judges them by its rules. */
export async function judge(request: JudgeRequest, ports: JudgePorts): Promise<Judged> {
  const { exam, champion, challenger } = request;
  const { configuration } = exam;
  const { log } = ports.world;
  const holdout = await log.group('Read the holdout', () =>
    readHoldout({ configuration, directory: exam.directory, windows: request.windows, ports, log }),
  );
  const counted = await countHoldoutUses({ exam, challenger, holdout }, ports);
  const found = await findBothScores(holdout, request, ports);
  const models: BothModels = { champion, challenger, found };
  const truth = truthOf(holdout, await classesOf(models, configuration, ports.scorer));
  if (truth.task === 'binary-classification') log.info(`positive class: ${logLine(truth.classes[1] ?? '')}`);
  const scored = await log.group('Score the models', () =>
    scoreBoth({ holdout, truth, models }, ports.world),
  );
  const { evidenceDirectory } = request.scores;
  const stored = await storeBothScores({ holdout, truth, found, scored, evidenceDirectory }, ports.world);
  const pairs = pairRows(truth, namedScores(scored, request));
  const told = await tellBoth(namedScores(scored, request), holdout, log);
  const kept = inCanonicalOrder(pairs.kept, { holdout, truth, scored });
  const unlabelled = countUnlabelled(holdout);
  if (unlabelled > 0) log.info(`${unlabelled} rows of the holdout have no label and are left out`);
  const paired: Paired = { ...request, models, holdout, truth, scored, kept, counted, ports };
  const input = await buildInput(paired, configuration);
  const overlaps = await log.group('Look for holdout rows in the training data', () =>
    findOverlaps({ holdout, champion, challenger }, ports.world),
  );
  const judgement = await log.group('Compare', async () => compareModels(input));
  const proposed = await judgeProposed(paired, input);
  const flips = findFlips({ input, holdout, scored, kept }, ports.world);
  const calibration = summarizeCalibration(input);
  const latency = input.measured.find((measured) => measured.latency)?.latency;
  const curves = computeCurves(input.challenger, input.champion, thresholdOf({ holdout, scored }));
  return {
    judgement,
    primary: input.rules.primary,
    ...(proposed ? { proposed } : {}),
    ...(flips ? { flips } : {}),
    ...(calibration ? { calibration } : {}),
    ...(latency ? { latency } : {}),
    ...(curves ? { curves } : {}),
    holdout: {
      ...describeRows(paired, input, pairs.refused),
      ...overlaps,
      ...describeUses(input, counted),
    },
    inputs: [
      ...holdout.files.map((file) => ({ role: 'holdout', ...file, rowsDigest: holdout.digest })),
      ...describeTables(found),
      ...(counted ? [counted.input] : []),
    ],
    ...(stored ? { scores: stored } : {}),
    told,
    seed: input.seed,
  };
}

/** How many rows are judged, of what kinds, and how many are not. */
function describeRows(
  { holdout, kept }: Paired,
  input: ComparisonInput,
  refused: number,
): CompletedComparison['holdout'] {
  const floor = checkGroups(input.challenger, input.groups);
  const unlabelled = countUnlabelled(holdout);
  return {
    rows: kept.length,
    ...positivesOf(input),
    ...(floor.groups === undefined ? {} : { groups: floor.groups }),
    ...(floor.groupsWithPositives === undefined ? {} : { groupsWithPositives: floor.groupsWithPositives }),
    digest: holdout.digest,
    ...(refused === 0 ? {} : { refusedRows: refused }),
    ...(unlabelled === 0 ? {} : { unlabelledRows: unlabelled }),
    ...(holdout.repeatedIds === 0 ? {} : { repeatedIds: holdout.repeatedIds }),
  };
}

function countUnlabelled({ rows, labelled }: Holdout): number {
  return rows.table.rowCount - labelled.length;
}

function namedScores(scored: Scored, { challenger, champion }: JudgeRequest) {
  const own = [{ name: challenger.name, scored: scored.challenger }];
  return champion && scored.champion ? [...own, { name: champion.name, scored: scored.champion }] : own;
}

function positivesOf(input: ComparisonInput): { positives?: number } {
  if (input.challenger.task !== 'binary-classification') return {};
  return { positives: input.challenger.labels.reduce((total, label) => total + label, 0) };
}
