import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import type { OutputLayout, OutputPlan } from '../../../src/core/scoring/choose-output.ts';
import { type AnswerBatch, ScoreCollector } from '../../../src/core/scoring/collect-scores.ts';
import { resolveScale, toProbabilities } from '../../../src/core/scoring/score-scale.ts';

const NAN = Number.NaN;

describe('the scale of values', () => {
  const within = { minimum: 0, maximum: 1, isSingle: false, sumsToOne: true, isMirrored: false };
  it.each([
    ['probabilities', 'unknown', within, 'probability'],
    ['float noise around them', 'unknown', { ...within, minimum: -1e-7, maximum: 1.0000001 }, 'probability'],
    ['the widest noise', 'unknown', { ...within, minimum: -1e-3, maximum: 1.001 }, 'probability'],
    ['a little more above', 'unknown', { ...within, maximum: 1.0011 }, 'logit'],
    ['a little more below', 'unknown', { ...within, minimum: -0.0011 }, 'logit'],
    ['outside, whatever the operators say', 'probability', { ...within, maximum: 7 }, 'logit'],
    ['of a linear layer that sum to one', 'linear', within, 'probability'],
    ['of a linear layer that do not', 'linear', { ...within, sumsToOne: false }, 'logit'],
    ['shares', 'unknown', { ...within, sumsToOne: false }, 'share'],
    ['shares of a sigmoid', 'probability', { ...within, sumsToOne: false }, 'share'],
    ['one value', 'unknown', { ...within, isSingle: true, sumsToOne: false }, 'probability'],
    ['one value of a linear layer', 'linear', { ...within, isSingle: true }, 'logit'],
    ['a margin and its mirror image', 'unknown', { ...within, maximum: 3, isMirrored: true }, 'margin'],
    ['two logits that happen to mirror', 'linear', { ...within, maximum: 3, isMirrored: true }, 'logit'],
    [
      'no values at all',
      'unknown',
      { ...within, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
      'probability',
    ],
  ] as const)('%s', (_name, hint, range, expected) => {
    expect(resolveScale(hint, range)).toBe(expected);
  });

  it.each([
    ['huge logits', 'logit', [1000, -1000, 0], [1, 0, 0]],
    ['equal logits', 'logit', [-3, -3, -3], [1 / 3, 1 / 3, 1 / 3]],
    ['log-probabilities', 'logit', [Math.log(0.2), Math.log(0.5), Math.log(0.3)], [0.2, 0.5, 0.3]],
    ['shares', 'share', [0.2, 0.2, 0.4], [0.25, 0.25, 0.5]],
    ['shares of nothing', 'share', [0, 0, 0], [1 / 3, 1 / 3, 1 / 3]],
    ['probabilities', 'probability', [0.2, 0.5, 0.3], [0.2, 0.5, 0.3]],
    ['noise around probabilities', 'probability', [1.0000001, -1e-7, 0], [1, 0, 0]],
    ['noise around shares', 'share', [1.0000001, -1e-7, 1], [0.5, 0, 0.5]],
    ['a refused row of logits', 'logit', [NAN, NAN, NAN], [NAN, NAN, NAN]],
    ['a refused row of shares', 'share', [NAN, NAN, NAN], [NAN, NAN, NAN]],
  ] as const)('%s become probabilities', (_name, scale, row, expected) => {
    const values = Float64Array.from(row);
    toProbabilities(values, { stride: 3, single: undefined, scale });
    for (const [index, value] of expected.entries()) {
      if (Number.isNaN(value)) expect(values[index]).toBeNaN();
      else expect(values[index]).toBeCloseTo(value, 12);
    }
  });
});

it('a margin, and one score of the other class', () => {
  const margin = Float64Array.of(-2, 2, 0, 0);
  toProbabilities(margin, { stride: 2, single: undefined, scale: 'margin' });
  const sigmoid = 1 / (1 + Math.exp(-2));
  expect([...margin]).toEqual([1 - sigmoid, sigmoid, 0.5, 0.5]);
  const other = Float64Array.of(0, 0.75);
  toProbabilities(other, { stride: 2, single: { isOther: true }, scale: 'probability' });
  expect([...other]).toEqual([0.75, 0.25]);
});

function collector(
  rowCount: number,
  { classes = ['a', 'b'], ...plan }: Partial<OutputPlan> & { layout: OutputLayout; classes?: string[] },
) {
  return new ScoreCollector({
    rowCount,
    plan: { values: ['scores'], scale: 'unknown', ...plan },
    classes: plan.layout.kind === 'predictions' ? [] : classes,
    model: 'challenger',
  });
}

/** Rows that follow each other from `start` on. */
function rows(
  start: number,
  values: readonly (readonly number[])[],
  labels?: readonly number[],
): AnswerBatch {
  return {
    start,
    values: Float64Array.from(values.flat()),
    width: values[0]?.length ?? 1,
    ...(labels ? { labels: Int32Array.from(labels) } : {}),
  };
}

const ordered = (width: number): OutputLayout => ({
  kind: 'classes',
  width,
  order: Array.from({ length: width }, (_, index) => index),
  isAssumed: false,
});

describe('answers of batches', () => {
  it('in any order give the rows in theirs', () => {
    const target = collector(5, { layout: ordered(2), labels: 'label' });
    target.add(
      rows(
        3,
        [
          [0.5, 0.5],
          [0.9, 0.1],
        ],
        [1, 0],
      ),
    );
    target.add(rows(0, [[0.1, 0.9]], [1]));
    target.add(
      rows(
        1,
        [
          [0.2, 0.8],
          [0.3, 0.7],
        ],
        [0, -1],
      ),
    );
    const { values, labels, scale, refused } = target.finish();
    expect([...values]).toEqual([0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.5, 0.5, 0.9, 0.1]);
    expect([...labels!]).toEqual([1, 0, -1, 1, 0]);
    expect([scale, refused.size]).toEqual(['probability', 0]);
  });

  it('of no rows are none', () => {
    const { values, labels, scale, refused } = collector(0, { layout: ordered(2), labels: 'l' }).finish();
    expect([values.length, labels?.length, scale, refused.size]).toEqual([0, 0, 'probability', 0]);
  });

  it.each([
    [
      'two classes',
      ordered(2),
      [[0.2, 0.7, 0.1]],
      /^challenger answered with 3 values for each row; 2 are needed$/,
    ],
    ['three classes', ordered(3), [[0.2, 0.8]], /with 2 values for each row; 3 are/],
    ['the positive class', { kind: 'positive-only' }, [[0.2, 0.8]], /with 2 values for each row; 1 are/],
    ['a prediction', { kind: 'predictions' }, [[1, 2, 3]], /with 3 values for each row; 1 are/],
  ] as const)('of another width than that of %s are refused', (_name, layout, values, message) => {
    const target = collector(1, { layout });
    expect(() => target.add(rows(0, values))).toThrow(InputError);
    expect(() => target.requireWidth(values[0].length)).toThrow(message);
  });

  it('of the positive class alone get the other one', () => {
    const target = collector(3, { layout: { kind: 'positive-only' } });
    target.add(rows(1, [[0.25], [1]]));
    target.add(rows(0, [[0]]));
    expect([...target.finish().values]).toEqual([1, 0, 0.75, 0.25, 0, 1]);
  });

  it('are turned to the order and choice of classes asked for', () => {
    const layout: OutputLayout = { kind: 'classes', width: 4, order: [2, 0], isAssumed: false };
    const target = collector(2, { layout });
    target.add(
      rows(0, [
        [0.1, 0.2, 0.3, 0.4],
        [0.7, 0.1, 0.2, 0],
      ]),
    );
    expect([...target.finish().values]).toEqual([0.3, 0.1, 0.2, 0.7]);
  });

  it('reversed in place, refused rows among them', () => {
    const layout: OutputLayout = { kind: 'classes', width: 3, order: [2, 1, 0], isAssumed: false };
    const target = collector(3, { layout, classes: ['c', 'b', 'a'] });
    target.add(
      rows(0, [
        [0.1, 0.2, 0.7],
        [0.5, NAN, 0.5],
        [0.3, 0.3, 0.4],
      ]),
    );
    const { values, refused } = target.finish();
    expect([...values]).toEqual([0.7, 0.2, 0.1, NAN, NAN, NAN, 0.4, 0.3, 0.3]);
    expect([...refused.keys()]).toEqual([1]);
  });
});

describe('rows without an answer', () => {
  it.each([
    [
      'classes',
      ordered(2),
      [
        [0.5, NAN],
        [0.5, 0.5],
      ],
      [NAN, NAN, 0.5, 0.5],
    ],
    [
      'infinite logits',
      ordered(2),
      [
        [Number.POSITIVE_INFINITY, 0],
        [0, 0],
      ],
      [NAN, NAN, 0.5, 0.5],
    ],
    ['the positive class', { kind: 'positive-only' }, [[NAN], [0.5]], [NAN, NAN, 0.5, 0.5]],
    ['predictions', { kind: 'predictions' }, [[Number.NEGATIVE_INFINITY], [7]], [NAN, 7]],
  ] as const)('of %s are refused and do not decide the scale', (_name, layout, values, expected) => {
    const target = collector(2, { layout });
    target.add(rows(0, values));
    const collected = target.finish();
    expect([...collected.values]).toEqual(expected);
    expect([...collected.refused]).toEqual([[0, 'the model answered with a value that is no number']]);
  });

  it('may be all of them', () => {
    const target = collector(2, { layout: ordered(2) });
    target.add(
      rows(0, [
        [NAN, NAN],
        [NAN, NAN],
      ]),
    );
    const { values, refused, scale } = target.finish();
    expect([values.every(Number.isNaN), refused.size, scale]).toEqual([true, 2, 'probability']);
  });

  it('that could not be fed keep their reason, and their values do not count', () => {
    const target = collector(2, { layout: ordered(2) });
    target.refuse(0, 'age has no value, which int64 cannot hold');
    target.refuse(0, 'another reason');
    target.add(
      rows(0, [
        [-55, 70],
        [0.4, 0.6],
      ]),
    );
    const { values, refused, scale } = target.finish();
    expect([...refused]).toEqual([[0, 'age has no value, which int64 cannot hold']]);
    expect([[...values], scale]).toEqual([[NAN, NAN, 0.4, 0.6], 'probability']);
  });

  it('one row of float noise stays a probability', () => {
    const target = collector(1, { layout: { kind: 'positive-only' } });
    target.add(rows(0, [[1.0000001]]));
    const { values, scale } = target.finish();
    expect(scale).toBe('probability');
    expect(values[1]).toBeCloseTo(1, 6);
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

describe('labels where the order of classes is assumed', () => {
  const assumed = (order: number[], isAssumed = true): OutputLayout => {
    return { kind: 'classes', width: order.length, order, isAssumed };
  };
  const scores = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.35, 0.65],
    [0.1, 0.9],
  ];
  it.each([
    ['agree', [0, 0, 1, 1], true, undefined],
    ['agree with a threshold of 0.15', [0, 1, 1, 1], true, undefined],
    ['agree with a threshold of 0.8', [0, 0, 0, 1], true, undefined],
    ['are all alike', [1, 1, 1, 1], true, undefined],
    ['are none of the classes', [-1, -1, -1, -1], true, undefined],
    [
      'contradict',
      [1, 1, 0, 0],
      true,
      /its own labels contradict them \(rows it labels "a" get lower scores/,
    ],
    ['contradict classes that are named', [1, 1, 0, 0], false, undefined],
  ] as const)('%s', (_name, labels, isAssumed, message) => {
    const target = collector(4, { layout: assumed([0, 1], isAssumed), labels: 'label' });
    target.add(rows(0, scores, labels));
    if (message === undefined) expect(target.finish().labels).toEqual(Int32Array.from(labels));
    else expect(() => target.finish()).toThrow(message);
  });

  it('refused rows do not contradict', () => {
    const target = collector(3, { layout: assumed([0, 1]), labels: 'label' });
    target.refuse(0, 'not fed');
    target.add(
      rows(
        0,
        [
          [1, 0],
          [0.6, 0.4],
          [0.4, 0.6],
        ],
        [1, 0, 1],
      ),
    );
    expect(target.finish().refused.size).toBe(1);
  });
});
