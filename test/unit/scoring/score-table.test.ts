import { describe, expect, it } from 'vitest';
import type { TextColumn } from '../../../src/core/data/table.ts';
import { InputError } from '../../../src/core/errors.ts';
import { describeIdProblems, matchIds, type NamedIdProblems } from '../../../src/core/scoring/match-ids.ts';
import {
  chooseScoreColumns,
  type ScoreColumns,
  type ScoreColumnsRequest,
} from '../../../src/core/scoring/score-columns.ts';
import { takeScoreValues } from '../../../src/core/scoring/score-values.ts';
import { buildStoredScores, hashIds } from '../../../src/core/scoring/stored-scores.ts';

const BINARY = { task: 'binary-classification', classes: ['0', '1'] } as const;
const ANIMALS = { task: 'multiclass-classification', classes: ['cat', 'dog'] } as const;
const NUMBER = { task: 'regression', classes: [] } as const;

type Asked = Pick<ScoreColumnsRequest, 'task' | 'classes'>;

function choose(asked: Asked, columns: readonly string[], target = 'y'): ScoreColumns {
  return chooseScoreColumns({ table: 'scores.csv', columns, id: 'id', target, ...asked });
}

/** `score`, or `cat=probability_cat dog=dog`, and the decision behind `; `. */
function written({ scores, label }: ScoreColumns): string {
  const columns =
    scores.kind === 'single'
      ? scores.column
      : scores.columns.map(({ className, column }) => `${className}=${column}`).join(' ');
  return label === undefined ? columns : `${columns}; ${label}`;
}

describe('columns of a score table', () => {
  it.each([
    ['the score by its name', BINARY, ['id', 'score'], 'score'],
    ['a prediction', BINARY, ['prediction', 'id'], 'prediction'],
    ['a probability among others', BINARY, ['id', 'time', 'probability', 'batch'], 'probability'],
    ['the only other column', BINARY, ['id', 'p'], 'p'],
    ['the positive class alone', BINARY, ['id', 'probability_1'], 'probability_1'],
    ['a decision', BINARY, ['id', 'label', 'score'], 'score; label'],
    ['the answer beside the score', BINARY, ['id', 'y', 'p'], 'p'],
    ['two classes, whatever their order', BINARY, ['id', '1', '0'], '0=0 1=1'],
    ['two classes with prefixes', BINARY, ['proba_1', 'proba_0', 'id'], '0=proba_0 1=proba_1'],
    ['two classes before one score', BINARY, ['id', 'score', 'score_0', 'score_1'], '0=score_0 1=score_1'],
    ['classes by name', ANIMALS, ['id', 'dog', 'cat'], 'cat=cat dog=dog'],
    [
      'classes by prefix',
      ANIMALS,
      ['id', 'score_dog', 'probability_cat'],
      'cat=probability_cat dog=score_dog',
    ],
    ['classes with a decision', ANIMALS, ['id', 'dog', 'cat', 'label'], 'cat=cat dog=dog; label'],
    [
      'a class that the holdout does not show',
      ANIMALS,
      ['id', 'probability_emu', 'probability_dog', 'probability_cat'],
      'cat=probability_cat dog=probability_dog emu=probability_emu',
    ],
    ['a number', NUMBER, ['id', 'prediction'], 'prediction'],
    ['a number beside what looks like a class', NUMBER, ['id', 'score', 'label'], 'score'],
    ['a ranking', { task: 'ranking', classes: [] } as const, ['id', 'relevance'], 'relevance'],
  ])('finds %s', (_name, asked, columns, expected) => {
    expect(written(choose(asked, columns))).toBe(expected);
  });

  it.each([
    [
      'no score at all',
      BINARY,
      ['id'],
      /has no column with a score; beside the id write one column called score/,
    ],
    ['nothing but the answer', BINARY, ['id', 'y'], /has no column with a score/],
    ['two names', BINARY, ['id', 'score', 'prediction'], /has "score" and "prediction", and any of them/],
    [
      'two other columns',
      BINARY,
      ['id', 'a', 'b'],
      /has 2 columns that could be the score.*it has "id", "a", "b"/,
    ],
    [
      'only the negative class',
      BINARY,
      ['id', 'probability_0'],
      /has only the scores of the class "0" .*the positive class is "1": give a column probability_1/,
    ],
    [
      'a class too few',
      ANIMALS,
      ['id', 'cat'],
      /has no column for the class "dog"; write one column for each class/,
    ],
    ['no class', ANIMALS, ['id', 'score'], /no column for the classes "cat", "dog"/],
    ['a class twice', ANIMALS, ['id', 'cat', 'dog', 'score_cat'], /"cat" and "score_cat", and both could be/],
    [
      'a column that is no class',
      ANIMALS,
      ['id', 'cat', 'dog', 'batch'],
      /"batch", which is none of the classes of the holdout \("cat", "dog"\); call it probability_batch/,
    ],
  ])('refuses %s', (_name, asked, columns, message) => {
    expect(() => choose(asked, columns)).toThrow(InputError);
    expect(() => choose(asked, columns)).toThrow(message);
  });

  it('cannot tell a decision from an answer of the same name', () => {
    expect(() => choose(BINARY, ['id', 'label', 'score'], 'label')).toThrow(
      /the answer in the data is called label/,
    );
  });
});

/** Ids as a data set gives them: codes in a dictionary by first appearance; null is missing. */
function ids(...texts: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(texts.filter((text) => text !== null))];
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text)));
  return { kind: 'text', name: 'id', codes, dictionary };
}

const NOTHING = { count: 0, first: [] };

describe('ids', () => {
  it.each([
    ['in the same order', ids('a', 'b', 'c'), [0, 1, 2]],
    ['in another order', ids('c', 'a', 'b'), [1, 2, 0]],
  ])('match %s', (_name, table, rows) => {
    const match = matchIds({ holdout: ids('a', 'b', 'c'), labelled: Uint32Array.of(0, 1, 2), table });
    expect([...match.rows]).toEqual(rows);
    expect(Object.values(match.problems)).toEqual(Array.from({ length: 6 }, () => NOTHING));
  });

  it('of rows without a label may have scores or not', () => {
    const request = { holdout: ids('a', 'b', 'c'), labelled: Uint32Array.of(0, 2) };
    for (const table of [ids('c', 'b', 'a'), ids('c', 'a')]) {
      const { rows, problems } = matchIds({ ...request, table });
      expect([...rows]).toEqual([table.codes.length - 1, 0]);
      expect(problems.missing.count + problems.unknown.count).toBe(0);
    }
  });

  it.each([
    ['missing', ids('a', 'b', 'c'), ids('b'), 'missing', [0, 2]],
    ['doubled', ids('a', 'b'), ids('a', 'b', 'a', 'b', 'a'), 'doubled', [2, 3, 4]],
    ['unknown', ids('a'), ids('x', 'a', 'y'), 'unknown', [0, 2]],
    ['not there in the table', ids('a'), ids('a', null), 'withoutId', [1]],
    ['not there in the holdout', ids('a', null), ids('a'), 'withoutIdInHoldout', [1]],
    ['doubled in the holdout', ids('a', 'b', 'a'), ids('a', 'b'), 'doubledInHoldout', [2]],
  ] as const)('that are %s are counted and the first are named', (_name, holdout, table, kind, first) => {
    const labelled = Uint32Array.from(holdout.codes.keys());
    const { problems } = matchIds({ holdout, labelled, table });
    expect(problems[kind]).toEqual({ count: first.length, first: first.slice(0, 3) });
  });

  it('of many rows match in whatever order', () => {
    const count = 100_000;
    const dictionary = Array.from({ length: count }, (_, row) => `transaction-${row}`);
    const column = (codes: Int32Array, names: readonly string[]): TextColumn => ({
      ...{ kind: 'text', name: 'id' },
      codes,
      dictionary: names,
    });
    const codes = Int32Array.from({ length: count }, (_, row) => row);
    const { rows, problems } = matchIds({
      holdout: column(codes, dictionary),
      labelled: Uint32Array.from(codes),
      table: column(codes, dictionary.toReversed()),
    });
    expect(problems.missing.count).toBe(0);
    expect(rows.every((row, index) => row === count - 1 - index)).toBe(true);
  });
});

const NO_PROBLEMS: NamedIdProblems = {
  ...{ doubledInHoldout: none(), withoutIdInHoldout: none(), missing: none() },
  ...{ doubled: none(), withoutId: none(), unknown: none() },
};

function none() {
  return { count: 0, places: [] };
}

describe('the message about ids', () => {
  it('is empty when all is well', () => {
    expect(describeIdProblems(NO_PROBLEMS, 'id')).toBe('');
  });

  it('names rows by their places, and how many more there are', () => {
    const problems = {
      ...NO_PROBLEMS,
      missing: { count: 5, places: ['holdout data/x.csv line 7', 'holdout data/x.csv line 9'] },
      unknown: { count: 1, places: ['scores.csv line 14'] },
    };
    expect(describeIdProblems(problems, 'trans_num')).toBe(
      '5 rows of the holdout without a score (holdout data/x.csv line 7, holdout data/x.csv line 9 and 3 more); ' +
        '1 row with an "trans_num" that the holdout does not have (scores.csv line 14); ' +
        'give every labelled row of the holdout exactly one score',
    );
  });

  it('speaks of nothing else when the holdout itself is wrong', () => {
    const problems = {
      ...NO_PROBLEMS,
      doubledInHoldout: { count: 1, places: ['holdout x.csv line 3'] },
      missing: { count: 9, places: ['holdout x.csv line 4'] },
    };
    expect(describeIdProblems(problems, 'id')).toBe(
      '1 row of the holdout with the "id" of an earlier row (holdout x.csv line 3); scores are matched by "id", which must tell all rows apart',
    );
  });
});

const SINGLE: ScoreColumns = { scores: { kind: 'single', column: 'score' } };

function byClass(...names: readonly string[]): ScoreColumns {
  return {
    scores: { kind: 'classes', columns: names.map((className) => ({ className, column: className })) },
  };
}

function take(
  asked: Asked,
  columns: ScoreColumns,
  values: readonly (readonly number[])[],
  options: { readonly rows?: readonly number[]; readonly labels?: TextColumn } = {},
) {
  const rows = Int32Array.from(options.rows ?? values[0]!.keys());
  const table = {
    columns,
    values: values.map((column) => Float64Array.from(column)),
    ...(options.labels ? { labels: options.labels } : {}),
  };
  return takeScoreValues({ table, rows, ...asked });
}

describe('values', () => {
  it.each([
    ['one probability is that of the positive class', BINARY, SINGLE, [[0.25, 1]], [0.75, 0.25, 0, 1]],
    ['two go by class, whatever their order', BINARY, byClass('1', '0'), [[0.9], [0.1]], [0.1, 0.9]],
    ['classes go by name', ANIMALS, byClass('dog', 'cat'), [[0.7], [0.3]], [0.3, 0.7]],
    [
      'a class without a column has no probability',
      { task: 'multiclass-classification', classes: ['cat', 'dog', 'emu'] } as const,
      byClass('dog', 'cat'),
      [[0.8], [0.2]],
      [0.2, 0.8, 0],
    ],
    ['rounding beyond 1 is taken back', BINARY, SINGLE, [[1.0000001, -1e-9]], [0, 1, 1, 0]],
    ['numbers stay as they are', NUMBER, SINGLE, [[-3.5, 1e9]], [-3.5, 1e9]],
  ])('%s', (_name, asked, columns, values, expected) => {
    const taken = take(asked, columns, values);
    if ('problem' in taken) throw new Error(taken.problem);
    expect([...taken.values]).toEqual(expected);
    expect(taken.refused).toEqual([]);
    expect(taken.width).toBe(Math.max(1, asked.classes.length));
  });

  it('come in the order of the rows asked for', () => {
    const taken = take(NUMBER, SINGLE, [[10, 20, 30]], { rows: [2, 0] });
    expect('values' in taken && [...taken.values]).toEqual([30, 10]);
  });

  it.each([
    ['missing', BINARY, SINGLE, [[0.5, Number.NaN]], 'no score'],
    ['not finite', BINARY, SINGLE, [[0.5, Number.POSITIVE_INFINITY]], 'a score that is not finite'],
    [
      'missing for one class',
      ANIMALS,
      byClass('cat', 'dog'),
      [
        [0.5, 1],
        [0.5, Number.NaN],
      ],
      'no score',
    ],
    [
      'nothing for any class',
      ANIMALS,
      byClass('cat', 'dog'),
      [
        [0.5, 0],
        [0.5, 0],
      ],
      'probabilities that are all 0',
    ],
    ['missing numbers', NUMBER, SINGLE, [[0.5, Number.NaN]], 'no score'],
    ['infinite numbers', NUMBER, SINGLE, [[0.5, Number.NEGATIVE_INFINITY]], 'a score that is not finite'],
  ])('that are %s refuse their row and are counted', (_name, asked, columns, values, reason) => {
    const taken = take(asked, columns, values);
    if ('problem' in taken) throw new Error(taken.problem);
    expect(taken.refused).toEqual([{ row: 1, reason }]);
    expect([...taken.values.subarray(taken.width)].every(Number.isNaN)).toBe(true);
    expect([...taken.values.subarray(0, taken.width)].some(Number.isNaN)).toBe(false);
  });

  it.each([
    [
      'a logit',
      BINARY,
      SINGLE,
      [[0.5, 0.2, -3.2]],
      2,
      /the value -3.2 in the column "score" is no probability; give probabilities from 0 to 1, for instance 1\/\(1\+exp\(-score\)\)/,
    ],
    ['a percentage', BINARY, SINGLE, [[50]], 0, /the value 50 /],
    [
      'a logit of a class',
      ANIMALS,
      byClass('cat', 'dog'),
      [[0.5], [2]],
      0,
      /the value 2 in the column "dog"/,
    ],
    [
      'two that do not add up',
      BINARY,
      byClass('0', '1'),
      [
        [0.5, 0.9],
        [0.5, 0.9],
      ],
      1,
      /are 0.9, 0.9, which do not add up to 1/,
    ],
    [
      'three that do not add up',
      { task: 'multiclass-classification', classes: ['cat', 'dog', 'emu'] } as const,
      byClass('cat', 'dog', 'emu'),
      [
        [0.2, 1],
        [0.3, 1],
        [0.5, 1],
      ],
      1,
      /of the 3 classes are 1, 1, 1, which do not add up to 1/,
    ],
  ])('that are %s are no scores', (_name, asked, columns, values, row, problem) => {
    expect(take(asked, columns, values)).toEqual({ row, problem: expect.stringMatching(problem) });
  });

  it('carry decisions by class name', () => {
    const labels = { ...ids('dog', 'cat', null), name: 'label' };
    const taken = take(
      ANIMALS,
      byClass('cat', 'dog'),
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
      { labels },
    );
    expect('values' in taken && [...taken.labels!]).toEqual([1, 0, -1]);
    const foreign = take(ANIMALS, byClass('cat', 'dog'), [[1], [0]], { labels: ids('emu') });
    expect(foreign).toEqual({ row: 0, problem: 'the label "emu" is none of the classes cat, dog' });
  });
});

describe('stored scores', () => {
  const hash = (text: string) => `${text}:`.repeat(40);

  it('read back as what they were made of, without an id', () => {
    const stored = buildStoredScores({
      ids: hashIds(ids('b', 'a'), hash),
      values: Float64Array.of(0.25, 0.75, Number.NaN, Number.NaN),
      width: 2,
      labels: Int32Array.of(1, -1),
      classes: ['0', '1'],
    });
    const names = stored.columns.map(({ name }) => name);
    expect(names).toEqual(['id_hash', 'probability_0', 'probability_1', 'label']);
    const [column] = stored.columns;
    expect(column).toMatchObject({ dictionary: [hash('b').slice(0, 32), hash('a').slice(0, 32)] });
    const columns = chooseScoreColumns({ table: 't', columns: names, id: 'id_hash', target: 'y', ...BINARY });
    expect(written(columns)).toBe('0=probability_0 1=probability_1; label');
  });

  it('of numbers have one column', () => {
    const stored = buildStoredScores({
      ...{ ids: hashIds(ids('a', 'b'), hash), values: Float64Array.of(3, 4), width: 1, classes: [] },
    });
    expect(stored.columns.map(({ name }) => name)).toEqual(['id_hash', 'score']);
  });
});
