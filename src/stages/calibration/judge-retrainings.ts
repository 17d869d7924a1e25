import type { HoldoutFacts, Units } from '../../core/calibration/calibration.ts';
import { compareModels } from '../../core/comparison/compare-models.ts';
import { BOOTSTRAP_REPLICATES } from '../../core/comparison/defaults.ts';
import { checkGroups } from '../../core/comparison/group-floor.ts';
import type { ComparisonInput } from '../../core/comparison/judge-context.ts';
import type { Truth } from '../../core/comparison/truth.ts';
import type { MetricComparison } from '../../core/documents/comparison.ts';
import type { SampleMetric } from '../../core/metrics/metric.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import { inCanonicalOrder } from '../comparison/comparison-input.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import { groupsOf, type Holdout, pairRows, sampleOf, truthOf } from '../comparison/read-holdout.ts';
import { classesOf } from '../comparison/score-both.ts';
import { scoreOnHoldout } from '../comparison/score-on-holdout.ts';
import type { ScoredModel } from '../comparison/scored-model.ts';
import { seedOf, seedPart } from '../comparison/seed.ts';
import { joinScores } from '../scores/join-scores.ts';
import { type FoundScores, findScores } from '../scores/read-scores.ts';
import type { StageWorld } from '../stage.ts';
import type { CalibrationModel } from './make-retrainings.ts';

export type JudgeRequest = {
  readonly holdout: Holdout;
  readonly champion: CalibrationModel;
  readonly retrainings: readonly CalibrationModel[];
  /** The primary one first. */
  readonly metrics: readonly SampleMetric[];
  /** Directory of the config; a scoring command starts in it. */
  readonly directory: string;
};

export type JudgePorts = { readonly world: StageWorld; readonly commands: CommandRunner };

/** Metrics of every judgement, each list in the order of the metrics asked for. */
export type JudgedRetrainings = {
  /** The champion alone, as a first model. */
  readonly champion: readonly MetricComparison[];
  readonly retrainings: readonly (readonly MetricComparison[])[];
  /** The first retraining against the second, the third against the fourth, … */
  readonly pairs: readonly (readonly MetricComparison[])[];
  readonly units: Units;
  readonly facts: HoldoutFacts;
};

/** Judges retrainings against the champion and against each other, exactly as compare-models would. */
export async function judgeRetrainings(request: JudgeRequest, ports: JudgePorts): Promise<JudgedRetrainings> {
  const { holdout, champion, retrainings, metrics } = request;
  const { log } = ports.world;
  const models = await scoreAll(request, ports);
  const judge = (pair: Pair) => judgePair({ holdout, metrics, truth: models.truth }, pair, ports.world);
  const [first, ...others] = models.scored;
  if (first === undefined) throw new Error('no champion was scored');
  const own = { model: champion.model, scored: first };
  const rivals = others.map((scored, index) => ({ model: retrainings[index]!.model, scored }));
  const total = rivals.length + Math.floor(rivals.length / 2);
  let done = 0;
  const next = (pair: Pair) => {
    log.progress('comparisons', done++, total);
    return judge(pair).metrics;
  };
  const alone = judge({ challenger: own });
  const judged = rivals.map((challenger) => next({ champion: own, challenger }));
  const pairs = rivals.flatMap((challenger, index) =>
    index % 2 === 1 ? [next({ champion: rivals[index - 1]!, challenger })] : [],
  );
  log.progress('comparisons', total, total);
  const { units, facts } = alone;
  return { champion: alone.metrics, retrainings: judged, pairs, units, facts };
}

/** Scores of the champion, then of each retraining. */
async function scoreAll(
  { holdout, champion, retrainings, directory }: JudgeRequest,
  ports: JudgePorts,
): Promise<{ readonly truth: Truth; readonly scored: readonly ScoredModel[] }> {
  const all = [champion, ...retrainings];
  const plain = truthOf(holdout, []);
  const common = { holdout, classes: 'classes' in plain ? plain.classes : [], directory, given: undefined };
  const { configuration, ports: data } = holdout.request;
  const found: (FoundScores | undefined)[] = [];
  const classes = new Set<string>();
  for (const { model, isOnnx } of all) {
    const side = model === champion.model ? 'champion' : 'challenger';
    const scores = isOnnx ? undefined : await findScores({ ...common, model, side }, ports);
    found.push(scores);
    const known = { champion: undefined, challenger: model, found: scores ? { challenger: scores } : {} };
    for (const name of await classesOf(known, configuration, data.scorer)) classes.add(name);
  }
  const truth = truthOf(holdout, [...classes]);
  const scored: ScoredModel[] = [];
  for (const [index, { model }] of all.entries()) {
    ports.world.log.progress('models scored', index, all.length);
    const read = found[index]?.read;
    scored.push(
      read === undefined
        ? await scoreOnHoldout(holdout, model, { truth, latencyRows: 0 })
        : await joinScores({ holdout, truth, model, read }, ports.world),
    );
  }
  ports.world.log.progress('models scored', all.length, all.length);
  return { truth, scored };
}

type ScoredSide = { readonly model: JudgedModel; readonly scored: ScoredModel };
type Pair = { readonly champion?: ScoredSide; readonly challenger: ScoredSide };
type Common = Pick<JudgeRequest, 'holdout' | 'metrics'> & { readonly truth: Truth };

/** One comparison, with the rows, their order and the random numbers that compare-models would take. */
function judgePair({ holdout, metrics, truth }: Common, pair: Pair, world: StageWorld) {
  const { champion, challenger } = pair;
  const { configuration } = holdout.request;
  const sides = [challenger, ...(champion ? [champion] : [])];
  const { kept: answered } = pairRows(
    truth,
    sides.map(({ model, scored }) => ({ name: model.name, scored })),
  );
  const scored = { challenger: challenger.scored, ...(champion ? { champion: champion.scored } : {}) };
  const kept = inCanonicalOrder(answered, { holdout, truth, scored });
  const sample = (side: ScoredSide) => sampleOf({ holdout, truth, scored: side.scored, kept, configuration });
  const groups = groupsOf(holdout, kept);
  const input: ComparisonInput = {
    challenger: sample(challenger),
    ...(champion ? { champion: sample(champion) } : {}),
    ...(groups ? { groups } : {}),
    metrics,
    measured: [],
    rules: { primary: metrics[0]!.name, guardrails: [], margins: {}, gates: [] },
    slices: [],
    seed: seedOf(world, [
      seedPart(champion?.model),
      seedPart(challenger.model),
      holdout.digest,
      'comparison',
    ]),
    replicates: BOOTSTRAP_REPLICATES,
  };
  return { metrics: compareModels(input).metrics, ...factsOf(input, kept.length, holdout.digest) };
}

function factsOf({ challenger, groups }: ComparisonInput, rows: number, digest: string) {
  const floor = checkGroups(challenger, groups);
  const facts: HoldoutFacts = {
    rows,
    ...(challenger.task === 'binary-classification'
      ? { positives: challenger.labels.reduce((total, label) => total + label, 0) }
      : {}),
    ...(floor.groups === undefined ? {} : { groups: floor.groups }),
    digest,
  };
  return { units: floor.units, facts };
}
