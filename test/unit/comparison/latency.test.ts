import { describe, expect, it } from 'vitest';
import { compareLatencies } from '../../../src/core/comparison/latency.ts';
import { DEFAULT_LATENCY_MARGIN } from '../../../src/core/comparison/latency-gate.ts';
import type { GateConfiguration, Margin } from '../../../src/core/configuration/configuration.ts';
import { createRandom } from '../../../src/core/statistics/random.ts';

/** A hundred runs of about so many milliseconds, a tenth of them slower. */
function runsOf(milliseconds: number, { seed = 1, spread = 0.1 } = {}): Float64Array {
  const draw = createRandom(seed);
  return Float64Array.from(
    { length: 100 },
    () => milliseconds * (1 + spread * draw.uniform()) * (draw.uniform() < 0.1 ? 1.5 : 1),
  );
}

const asks = (require: string, more: Partial<Record<'confidence' | 'value', number>> = {}) =>
  ({ metric: 'latency_p95_ms', confidence: 0.95, require, ...more }) as unknown as GateConfiguration;

function decide(factor: number, gate: GateConfiguration, margin?: Margin, spread = 0.1) {
  const champion = runsOf(10, { spread });
  const challenger = runsOf(10 * factor, { seed: 2, spread });
  const { decide: decideGate } = compareLatencies({ champion, challenger, batchRows: 1000 });
  return decideGate?.(gate, margin);
}

const relative = (share: number): Margin => ({ kind: 'relative', share });
const absolute = (value: number): Margin => ({ kind: 'absolute', value });

describe('a gate on the latency of two models', () => {
  it.each([
    ['equal', 1, asks('not-worse'), undefined, 'pass'],
    ['a little slower', 1.05, asks('not-worse'), undefined, 'pass'],
    ['slower by the margin', 1.1, asks('not-worse'), undefined, 'inconclusive'],
    ['slower by more', 1.2, asks('not-worse'), undefined, 'fail'],
    ['three times slower', 3, asks('not-worse'), undefined, 'fail'],
    ['slower within a wide margin', 1.2, asks('not-worse'), relative(0.5), 'pass'],
    ['slower than a narrow one', 1.1, asks('not-worse'), relative(0.03), 'fail'],
    ['slower by fewer milliseconds', 1.2, asks('not-worse'), absolute(5), 'pass'],
    ['slower by more milliseconds', 1.2, asks('not-worse'), absolute(1), 'fail'],
    ['faster', 0.8, asks('better'), undefined, 'pass'],
    ['equal, not better', 1, asks('better'), undefined, 'inconclusive'],
    ['slower, not better', 1.2, asks('better'), undefined, 'fail'],
  ] as const)('%s (%d): %o with margin %o is a %s', (_name, factor, gate, margin, outcome) => {
    expect(decide(factor, gate, margin)?.outcome).toBe(outcome);
  });

  it('says by what it was decided', () => {
    expect(decide(1.2, asks('not-worse'))?.reason).toMatch(
      /^it takes 1\.\d+ \[1\.\d+, 1\.\d+\] times the champion's time over all pairs of 100 runs of each \(Hodges-Lehmann\), not below 1\.1 \(margin: 10.% of the champion's time, the default\)$/,
    );
    expect(decide(1.2, asks('not-worse'), absolute(1))?.reason).toMatch(/\(margin: 1 ms on 1\d\.\d+ ms\)$/);
    expect(decide(1, asks('better'))?.reason).toMatch(/, around 1$/);
    expect(DEFAULT_LATENCY_MARGIN).toBe(0.1);
  });

  it('asks for another margin where it would be a share of a gain', () => {
    const decision = decide(1, asks('not-worse'), { kind: 'share-of-gain', share: 0.02 });
    expect(decision).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringMatching(/explicit margin/),
    });
  });

  it('fails a challenger that only stalls more often, which no factor shows', () => {
    const champion = runsOf(10);
    const challenger = Float64Array.from(champion, (value, index) => (index % 6 === 0 ? 80 : value));
    const compared = compareLatencies({ champion, challenger, batchRows: 1000 });
    expect(compared.latency!.ratio!.interval![0]).toBeLessThan(1.1);
    expect(compared.decide!(asks('not-worse'), undefined)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/^its 95 % quantile is at least 80 ms/),
    });
  });

  it('is undecided with runs that give no interval', () => {
    const few = Float64Array.of(1, 2, 3);
    const compared = compareLatencies({ champion: few, challenger: few, batchRows: 1 });
    expect(compared.decide!(asks('not-worse'), undefined)).toEqual({
      outcome: 'inconclusive',
      reason: '3 runs give no interval at this confidence',
    });
    expect(compared.latency!.ratio).toEqual({ value: 1, confidence: 0.95, method: 'Hodges-Lehmann' });
  });

  it('is left to the evidence where it is on one model alone, or there is only one', () => {
    expect(decide(1, asks('at-most', { value: 20 }))).toBeUndefined();
    const alone = compareLatencies({ challenger: runsOf(10), batchRows: 1000 });
    expect(alone.decide!(asks('not-worse'), undefined)).toBeUndefined();
    const { note } = alone.evidenceFor({ confidence: 0.95, margin: undefined });
    expect(note).toContain('no champion');
  });
});

describe('what is measured', () => {
  it('has times, throughput and the ratio, in plain units', () => {
    const champion = new Float64Array(100).fill(4);
    const challenger = new Float64Array(100).fill(5);
    expect(compareLatencies({ champion, challenger, batchRows: 2000 }).latency).toEqual({
      unit: 'ms',
      batchRows: 2000,
      runs: 100,
      champion: { median: 4, p95: 4, rowsPerSecond: 500_000 },
      challenger: { median: 5, p95: 5, rowsPerSecond: 400_000 },
      ratio: {
        value: expect.closeTo(1.25, 12),
        interval: [expect.closeTo(1.25, 12), expect.closeTo(1.25, 12)],
        confidence: 0.95,
        method: 'Hodges-Lehmann',
      },
    });
    const alone = compareLatencies({ challenger, batchRows: 2000 });
    expect(Object.keys(alone.latency!)).toEqual(['unit', 'batchRows', 'runs', 'challenger']);
    expect(alone.described.note).toBe('measured on this machine; differs from run to run');
  });
});
