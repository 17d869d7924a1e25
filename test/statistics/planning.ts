/** What planning and the ledger promise: gains found at the planned size, and luck kept from passing. */

import { compareModels } from '../../src/core/comparison/compare-models.ts';
import { spentConfidence } from '../../src/core/comparison/confidence.ts';
import { planHoldout } from '../../src/core/planning/holdout-plan.ts';
import type { Spread } from '../../src/core/planning/spread.ts';
import { compareOutcomes } from '../../src/core/statistics/mcnemar.ts';
import { createRandom, type Random } from '../../src/core/statistics/random.ts';
import { sampleVariance } from '../../src/core/statistics/sums.ts';
import { benefitOf, metricNamed, REPLICATES } from './coverage.ts';
import { drawBinary, type Pair, type Recipe } from './made-models.ts';
import { percent, RUNS, type Simulation, type SimulationRow } from './simulation.ts';

const POPULATION = 400_000;
const POWER = 0.8;

type Planned = {
  readonly metric: string;
  readonly recipe: Omit<Recipe, 'rows'>;
  /** What the owner would have to know, taken from the population. */
  readonly spread: (population: Pair) => Spread;
};

const PLANNED: readonly Planned[] = [
  {
    metric: 'accuracy',
    recipe: { championSkill: 1.3, challengerSkill: 1.7 },
    spread: ({ champion, challenger }) => {
      const before = metricNamed(champion, 'accuracy').rowValues!(champion);
      const after = metricNamed(champion, 'accuracy').rowValues!(challenger);
      let discordant = 0;
      before.forEach((right, row) => {
        discordant += Number(right !== after[row]);
      });
      return { kind: 'outcomes', discordance: discordant / before.length };
    },
  },
  {
    metric: 'log_loss',
    recipe: { championSkill: 1.3, challengerSkill: 1.6 },
    spread: ({ champion, challenger }) => {
      const metric = metricNamed(champion, 'log_loss');
      const before = metric.rowValues!(champion);
      const shift = metric.rowValues!(challenger).map((loss, row) => loss - before[row]!);
      return { kind: 'means', standardDeviation: Math.sqrt(sampleVariance(shift)) };
    },
  },
];

const power: readonly Simulation[] = PLANNED.map((planned) => ({
  name: `power ${planned.metric}`,
  run: () => [findGain(planned)],
}));

/** A true gain of two margins, at the rows that the plan names for it. */
function findGain({ metric: name, recipe, spread }: Planned): SimulationRow {
  const population = drawBinary({ ...recipe, rows: POPULATION }, 1);
  const metric = metricNamed(population.challenger, name);
  const gain = benefitOf(metric, population);
  const plan = planHoldout({
    metric: name,
    spread: spread(population),
    design: {},
    margin: gain / 2,
    gain,
    power: POWER,
    confidence: 0.95,
  });
  const rows = plan.better!.rows;
  const runs = RUNS / 2;
  let better = 0;
  for (let run = 0; run < runs; run++) {
    const { verdict } = compareModels({
      ...drawBinary({ ...recipe, rows }, 11 + run * 86_028_121),
      metrics: [metric],
      measured: [],
      rules: { primary: name, guardrails: [], margins: { [name]: { kind: 'absolute', value: gain / 2 } } },
      slices: [],
      seed: run,
      replicates: REPLICATES,
    });
    if (verdict === 'better') better++;
  }
  const share = better / runs;
  const noise = 3 * Math.sqrt((POWER * (1 - POWER)) / runs);
  return {
    table: 'power',
    cells: [`\`${name}\``, gain.toPrecision(2), `${rows} rows`, percent(share), 'at least 80 %'],
    ...(share >= POWER - noise
      ? {}
      : { broken: `a gain of two margins is called better in ${percent(share)}` }),
  };
}

const HOLDOUT_ROWS = 2_000;
const DISCORDANT = 0.06;
const POINT_GATE = 0.005;

/** Twenty challengers as good as the champion on one holdout: who lets one of them pass as better? */
const reuse: Simulation = {
  name: 'reuse of one holdout',
  run: () => {
    const random = createRandom(2_026);
    const looks = [1, 5, 20];
    const passes = looks.map(() => ({ point: 0, interval: 0, enforced: 0 }));
    for (let run = 0; run < RUNS; run++) {
      const passed = { point: false, interval: false, enforced: false };
      for (let look = 1; look <= 20; look++) {
        const outcomes = drawOutcomes(random);
        const gain = (outcomes.onlyChallenger - outcomes.onlyChampion) / HOLDOUT_ROWS;
        if (gain >= POINT_GATE) {
          passed.point = true;
          const lowAt = (confidence: number) => compareOutcomes(outcomes, confidence).interval.low;
          if (lowAt(0.95) > 0) passed.interval = true;
          if (passed.interval && lowAt(spentConfidence(0.95, look)) > 0) passed.enforced = true;
        }
        const at = looks.indexOf(look);
        if (at < 0) continue;
        const counts = passes[at]!;
        counts.point += Number(passed.point);
        counts.interval += Number(passed.interval);
        counts.enforced += Number(passed.enforced);
      }
    }
    return looks.map((look, index) => {
      const { point, interval, enforced } = passes[index]!;
      const limit = 0.025 + 3 * Math.sqrt((0.025 * 0.975) / RUNS);
      return {
        table: 'reuse',
        cells: [String(look), percent(point / RUNS), percent(interval / RUNS), percent(enforced / RUNS)],
        ...(enforced / RUNS > limit
          ? { broken: `an enforced budget lets luck pass in ${percent(enforced / RUNS)}` }
          : {}),
      };
    });
  },
};

function drawOutcomes(random: Random) {
  let onlyChampion = 0;
  let onlyChallenger = 0;
  for (let row = 0; row < HOLDOUT_ROWS; row++) {
    const number = random.uniform();
    if (number < DISCORDANT / 2) onlyChampion++;
    else if (number < DISCORDANT) onlyChallenger++;
  }
  return { rows: HOLDOUT_ROWS, onlyChampion, onlyChallenger };
}

export const planningSimulations: readonly Simulation[] = [...power, reuse];
