import { describe, expect, it } from 'vitest';
import { compareModels } from '../../../src/core/comparison/compare-models.ts';
import type { ComparisonInput, ComparisonRules } from '../../../src/core/comparison/judge-context.ts';
import { compareLatencies } from '../../../src/core/comparison/latency.ts';
import { compareSizes } from '../../../src/core/comparison/measured-metrics.ts';
import type { GateConfiguration } from '../../../src/core/configuration/configuration.ts';
import { exitCodeOfVerdict } from '../../../src/stages/comparison/compare-models.ts';
import { makePair, metricsNamed, type PairOptions } from './made-samples.ts';

type InputOptions = PairOptions & {
  readonly rules?: Partial<ComparisonRules>;
  readonly input?: Partial<ComparisonInput>;
  readonly withoutChampion?: boolean;
};

function inputOf({ rules, input, withoutChampion, ...pair }: InputOptions): ComparisonInput {
  const { challenger, champion } = makePair(pair);
  return {
    challenger,
    ...(withoutChampion ? {} : { champion }),
    metrics: metricsNamed('roc_auc', 'average_precision', 'log_loss', 'accuracy', 'recall'),
    measured: [compareSizes({ challenger: 900, ...(withoutChampion ? {} : { champion: 1000 }) })],
    rules: {
      primary: 'roc_auc',
      guardrails: [],
      margins: { roc_auc: { kind: 'absolute', value: 0.03 } },
      ...rules,
    },
    slices: [],
    seed: 1,
    replicates: 200,
    ...input,
  };
}

const EQUAL = { championSkill: 2, challengerSkill: 2, rows: 4000, shared: 0.99 } as const;
const BETTER = { championSkill: 0.5, challengerSkill: 2.5, rows: 1000 } as const;
const WORSE = { championSkill: 2.5, challengerSkill: 0.5, rows: 1000 } as const;
const UNCLEAR = { championSkill: 1.5, challengerSkill: 1.5, rows: 80, shared: 0 } as const;
const HOPELESS = { championSkill: 0, challengerSkill: 0, rows: 200 } as const;

const gate = (more: Record<string, unknown>): GateConfiguration =>
  ({ confidence: 0.95, ...more }) as unknown as GateConfiguration;
const PASSING = gate({ metric: 'roc_auc', require: 'at-least', value: 0.1 });
const FAILING = gate({ metric: 'roc_auc', require: 'at-least', value: 0.9999 });

describe('the outcome table', () => {
  it.each([
    ['better', BETTER, {}, 'better', true, [0, 0, 0]],
    ['equivalent', EQUAL, {}, 'equivalent', true, [0, 0, 0]],
    ['better, but a gate fails', BETTER, { gates: [FAILING] }, 'better', false, [1, 1, 0]],
    [
      'better, but a gate is inconclusive',
      BETTER,
      { gates: [gate({ metric: 'log_loss', require: 'not-worse', slices: 'all' })] },
      'better',
      false,
      [0, 1, 0],
    ],
    [
      'better, and a guardrail passes',
      BETTER,
      { guardrails: ['size_bytes'], margins: {} },
      'better',
      true,
      [0, 0, 0],
    ],
    ['worse', WORSE, {}, 'worse', false, [1, 1, 0]],
    ['worse, whatever passes', WORSE, { gates: [PASSING] }, 'worse', false, [1, 1, 0]],
    ['inconclusive', UNCLEAR, {}, 'inconclusive', false, [0, 1, 0]],
    ['inconclusive, whatever passes', UNCLEAR, { gates: [PASSING] }, 'inconclusive', false, [0, 1, 0]],
    ['inconclusive, and a gate fails', UNCLEAR, { gates: [FAILING] }, 'inconclusive', false, [1, 1, 0]],
  ] as const)('%s', (_name, pair, rules, verdict, promote, exitCodes) => {
    const judgement = compareModels(inputOf({ ...pair, rules }));
    expect(judgement).toMatchObject({ verdict, promote });
    expect(
      (['worse', 'inconclusive', 'never'] as const).map((failOn) =>
        exitCodeOfVerdict(judgement as never, failOn),
      ),
    ).toEqual(exitCodes);
  });

  it.each([
    ['a significant gain', BETTER, {}, true, [0, 0, 0]],
    ['an absolute gate that passes', HOPELESS, { gates: [PASSING] }, true, [0, 0, 0]],
    ['no gain', HOPELESS, {}, false, [0, 1, 0]],
    ['a gain, but an absolute gate fails', BETTER, { gates: [FAILING] }, false, [0, 1, 0]],
    [
      'only gates that need a champion',
      HOPELESS,
      { gates: [gate({ metric: 'roc_auc', require: 'better' })] },
      false,
      [0, 1, 0],
    ],
  ] as const)('a first model with %s', (_name, pair, rules, promote, exitCodes) => {
    const judgement = compareModels(inputOf({ ...pair, rules, withoutChampion: true }));
    expect(judgement).toMatchObject({ verdict: 'no-champion', promote });
    expect(
      (['worse', 'inconclusive', 'never'] as const).map((failOn) =>
        exitCodeOfVerdict(judgement as never, failOn),
      ),
    ).toEqual(exitCodes);
  });

  it('a first model must hold its absolute gates on slices too', () => {
    const rows = Uint32Array.from({ length: 300 }, (_, row) => row);
    const slices = [{ name: 'kind = a', rows }];
    const rules = {
      gates: [gate({ metric: 'roc_auc', require: 'at-least', value: 0.9999, slices: 'kind' })],
    };
    const judgement = compareModels(inputOf({ ...BETTER, rules, withoutChampion: true, input: { slices } }));
    expect(judgement.gates[0]).toMatchObject({ role: 'gate', outcome: 'fail' });
    expect(judgement.promote).toBe(false);
  });

  it('no row of the table promotes what is worse or unknown', () => {
    for (const verdict of ['worse', 'inconclusive', 'no-champion'] as const) {
      expect(exitCodeOfVerdict({ verdict, promote: false, gates: [] }, 'inconclusive')).toBe(1);
    }
    expect(exitCodeOfVerdict({ verdict: 'unchanged', promote: true, gates: [] }, 'inconclusive')).toBe(0);
  });
});

describe('what a judgement rests on', () => {
  it('a gate on a metric that was not computed is inconclusive', () => {
    const rules = { gates: [gate({ metric: 'f1', require: 'at-least', value: 0 })] };
    const { gates, promote } = compareModels(inputOf({ ...BETTER, rules }));
    expect(gates).toMatchObject([{ outcome: 'inconclusive', reason: expect.stringMatching(/not computed/) }]);
    expect(promote).toBe(false);
  });

  it('guardrails hold beside gates of one’s own', () => {
    const rules = { gates: [PASSING], guardrails: ['log_loss'] };
    const { gates } = compareModels(inputOf({ ...WORSE, rules }));
    expect(gates.map(({ role, metric }) => [role, metric])).toEqual([
      ['gate', 'roc_auc'],
      ['guardrail', 'log_loss'],
    ]);
  });

  it('the verdict of the printed interval is the verdict', () => {
    const { metrics, verdict } = compareModels(inputOf({ ...BETTER }));
    const primary = metrics.find((metric) => metric.name === 'roc_auc')!;
    expect(primary.verdict).toBe(verdict);
    expect(primary.difference!.interval![0]).toBeGreaterThan(0);
    expect(primary.difference!.value).toBeCloseTo(primary.challenger!.value - primary.champion!.value, 12);
  });

  it('a metric that falls has a difference turned so that more is better', () => {
    const { metrics } = compareModels(inputOf({ ...BETTER }));
    const loss = metrics.find((metric) => metric.name === 'log_loss')!;
    expect(loss.difference!.value).toBeCloseTo(loss.champion!.value - loss.challenger!.value, 12);
  });

  it('under 20 groups everything is inconclusive, absolute gates too', () => {
    const groups = Int32Array.from({ length: 1000 }, (_, row) => row % 19);
    const judgement = compareModels(inputOf({ ...BETTER, rules: { gates: [PASSING] }, input: { groups } }));
    expect(judgement).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(judgement.gates).toMatchObject([
      { outcome: 'inconclusive', reason: expect.stringMatching(/19 groups/) },
    ]);
    for (const { difference, challenger } of judgement.metrics.filter(({ name }) => name !== 'size_bytes')) {
      expect(difference?.interval).toBeUndefined();
      expect(challenger?.interval).toBeUndefined();
    }
  });

  it('20 groups of which under 20 hold positives are too few', () => {
    const { labels } = makePair(BETTER).challenger;
    const groups = Int32Array.from(labels, (label, row) => (label === 1 ? row % 19 : row % 40));
    const judgement = compareModels(inputOf({ ...BETTER, input: { groups } }));
    expect(judgement).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(judgement.gates[0]!.reason).toMatch(/19 groups with positives/);
  });

  it('a row without a group is a group of its own', () => {
    const groups = new Int32Array(1000).fill(-1);
    expect(compareModels(inputOf({ ...BETTER, input: { groups } })).verdict).toBe('better');
  });

  it.each([
    ['29 rows', { ...BETTER, rows: 29 }, /29 rows; at least 30/],
    ['9 positives', { ...BETTER, rows: 400, positives: 9 }, /9 positive rows; at least 10/],
    ['9 negatives', { ...BETTER, rows: 400, positives: 391 }, /9 negative rows; at least 10/],
  ])('%s are too few to call a model better', (_name, pair, reason) => {
    const first = compareModels(inputOf({ ...pair, withoutChampion: true }));
    const judgement = compareModels(inputOf(pair));
    expect(judgement).toMatchObject({ verdict: 'inconclusive', promote: false });
    expect(judgement.gates[0]!.reason).toMatch(reason);
    expect(first.promote).toBe(false);
    expect(first.metrics[0]!.note).toMatch(reason);
  });
});

describe('slices', () => {
  const upTo = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
  const slices = [
    { name: 'kind = large', rows: upTo(800) },
    { name: 'kind = other', rows: upTo(400) },
    { name: 'kind = small', rows: upTo(49) },
  ];

  it('are judged from 50 rows on and named below that', () => {
    const judgement = compareModels(inputOf({ ...BETTER, input: { slices } }));
    expect(judgement.slices.map(({ slice, rows, verdict, note }) => [slice, rows, verdict, note])).toEqual([
      ['kind = large', 800, 'better', undefined],
      ['kind = other', 400, 'better', undefined],
      ['kind = small', 49, undefined, 'fewer than 50 rows'],
    ]);
  });

  it('are corrected for the number of those that are judged', () => {
    const alone = compareModels(inputOf({ ...BETTER, input: { slices: slices.slice(0, 1) } }));
    const together = compareModels(inputOf({ ...BETTER, input: { slices } }));
    const width = ({ slices: [first] }: typeof alone) =>
      first!.difference!.interval![1] - first!.difference!.interval![0];
    // 97.5 % instead of 95 %, of the normal distribution behind DeLong.
    expect(width(together) / width(alone)).toBeCloseTo(2.241403 / 1.959964, 5);
  });

  it('a gate on all slices fails by the worst of them', () => {
    const { challenger, champion } = makePair(BETTER);
    // On the first rows the challenger answers the opposite.
    const turned = {
      ...challenger,
      probabilities: challenger.probabilities.map((p, row) => (row < 300 ? 1 - p : p)),
    };
    const parts = [
      { name: 'kind = turned', rows: upTo(300) },
      { name: 'kind = fine', rows: upTo(700).map((row) => row + 300) },
    ];
    const rules = { gates: [gate({ metric: 'roc_auc', require: 'not-worse', slices: 'all' })] };
    const judgement = compareModels({
      ...inputOf({ ...BETTER, rules }),
      challenger: turned,
      champion,
      slices: parts,
    });
    expect(judgement.gates).toMatchObject([
      { outcome: 'fail', reason: expect.stringMatching(/^kind = turned: /) },
    ]);
    const onFine = { gates: [gate({ metric: 'roc_auc', require: 'not-worse', slices: 'kind = fine' })] };
    const fine = compareModels({
      ...inputOf({ ...BETTER, rules: onFine }),
      challenger: turned,
      champion,
      slices: parts,
    });
    expect(fine.gates).toMatchObject([{ outcome: 'pass' }]);
  });

  it('a slice without enough positives is inconclusive', () => {
    const { labels } = makePair(BETTER).challenger;
    const negatives = Uint32Array.from([...labels.keys()].filter((row) => labels[row] === 0));
    const rules = { gates: [gate({ metric: 'roc_auc', require: 'not-worse', slices: 'all' })] };
    const parts = [{ name: 'kind = quiet', rows: negatives }];
    const judgement = compareModels(inputOf({ ...BETTER, rules, input: { slices: parts } }));
    expect(judgement.gates).toMatchObject([{ outcome: 'inconclusive' }]);
    expect(judgement.slices[0]!.difference?.interval).toBeUndefined();
  });
});

describe('sizes and latencies', () => {
  const sizes = (margin: GateConfiguration & { require: 'not-worse' }, challenger: number) =>
    compareModels(
      inputOf({
        ...BETTER,
        rules: { gates: [margin] },
        input: { measured: [compareSizes({ champion: 1000, challenger })] },
      }),
    ).gates[0]!;
  const within = gate({
    metric: 'size_bytes',
    require: 'not-worse',
    margin: { kind: 'relative', share: 0.1 },
  });

  it.each([
    [1099, 'pass'],
    [1100, 'inconclusive'],
    [1101, 'fail'],
    [900, 'pass'],
  ] as const)('%d bytes against 1000 with a margin of 10 %% is a %s', (challenger, outcome) => {
    expect(sizes(within as never, challenger).outcome).toBe(outcome);
  });

  it('asks for a margin where there is none', () => {
    const gateWithout = gate({ metric: 'size_bytes', require: 'not-worse' }) as never;
    expect(sizes(gateWithout, 1001)).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/explicit margin/),
    });
    expect(sizes(gateWithout, 999).outcome).toBe('pass');
  });

  it('takes order statistics as the interval of a latency', () => {
    // Of 200 runs the 184th and the 197th: binomial tails of 200 trials at 0.95.
    const runs = Float64Array.from({ length: 200 }, (_, index) => ((index * 77) % 200) + 1);
    const { described, evidenceFor } = compareLatencies({ challenger: runs, batchRows: 1000 });
    expect(described.challenger!.interval).toEqual([184, 197]);
    expect(described.challenger!.value).toBeCloseTo(190.05, 10);
    const below = (count: number) => binomialBelow(count, 200, 0.95);
    expect(below(183)).toBeLessThanOrEqual(0.025);
    expect(below(184)).toBeGreaterThan(0.025);
    expect(1 - below(196)).toBeLessThanOrEqual(0.025);
    expect(1 - below(195)).toBeGreaterThan(0.025);
    const wider = evidenceFor({ confidence: 0.99, margin: undefined }).challenger!.interval!;
    expect(wider[0]).toBeLessThan(184);
    expect(wider[1]).toBeGreaterThan(197);
  });

  it.each([
    [71, 0.95, false],
    [72, 0.95, true],
    [100, 0.99, false],
    [104, 0.99, true],
  ])('%d runs at %d give an interval: %s', (count, confidence, given) => {
    const { evidenceFor } = compareLatencies({
      challenger: new Float64Array(count).fill(3),
      batchRows: 1000,
    });
    expect(evidenceFor({ confidence, margin: undefined }).challenger!.interval !== undefined).toBe(given);
  });
});

/** P(X ≤ count) summed term by term. */
function binomialBelow(count: number, trials: number, probability: number): number {
  let term = (1 - probability) ** trials;
  let total = term;
  for (let successes = 1; successes <= count; successes++) {
    term *= ((trials - successes + 1) / successes) * (probability / (1 - probability));
    total += term;
  }
  return total;
}
