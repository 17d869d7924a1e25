import { expect, test } from 'vitest';
import { DataStage } from '../data-stage-fixture.ts';

const stage = new DataStage();
const open = (path: string) =>
  stage.engine.open({ name: 'made', baseDirectory: stage.directory, paths: [path] });

const lines = Array.from({ length: 5000 }, (_, row) => `${row},${row % 7 === 0 ? '' : `t${row % 5}`}`);
stage.write('many.csv', `n,t\n${lines.join('\n')}\n`);

test('a sample is spread over all rows, in their order, and the same every time', async () => {
  await using data = await open('many.csv');
  const requests = [
    { name: 't', as: 'text' },
    { name: 'n', as: 'number' },
  ] as const;
  const { table, total } = await data.sample(requests, 500);
  expect(total).toBe(5000);
  const [texts, numbers] = table.columns;
  if (texts?.kind !== 'text' || numbers?.kind !== 'number') throw new Error('other columns were read');
  expect(Math.abs(table.rowCount - 500)).toBeLessThanOrEqual(3);
  const parts = new Map<number, number>();
  for (const [index, row] of numbers.values.entries()) {
    if (index > 0) expect(row).toBeGreaterThan(numbers.values[index - 1]!);
    expect(texts.dictionary[texts.codes[index]!]).toBe(row % 7 === 0 ? undefined : `t${row % 5}`);
    parts.set(Math.floor(row / 500), (parts.get(Math.floor(row / 500)) ?? 0) + 1);
  }
  for (const count of parts.values()) expect(Math.abs(count - 50)).toBeLessThanOrEqual(3);
  expect(parts.size).toBe(10);
  expect((await data.sample(requests, 500)).table).toEqual(table);
});

test('few rows are all taken', async () => {
  await using data = await open('many.csv');
  const { table, total } = await data.sample([{ name: 'n', as: 'number' }], 5000);
  expect([table.rowCount, total]).toEqual([5000, 5000]);
});

test('keys are of the values alone: types, formats and the order of columns make no difference', async () => {
  stage.write(
    'a.csv',
    'a,b,day,big\n1,x,2024-01-31,9007199254740993\n2,,2024-02-01,9007199254740992\n1,x,2024-01-31,9007199254740993\n,,,\n',
  );
  stage.write(
    'b.jsonl',
    '{"big": 9007199254740993, "day": "2024-01-31 00:00:00", "b": "x", "a": 1.0}\n{"big": 9007199254740992, "day": "2024-02-01 00:00:00", "b": "", "a": 2.0}\n{"big": 5, "day": null, "b": "x", "a": 1.5}\n',
  );
  await using csv = await open('a.csv');
  await using json = await open('b.jsonl');
  const names = ['a', 'b', 'day', 'big'];
  const [first, second, third, fourth] = await csv.rowKeys(names);
  expect([first === third, first === second, fourth]).toEqual([true, false, Number.NaN]);
  for (const key of [first!, second!]) expect(Number.isSafeInteger(key) && key < 2 ** 52).toBe(true);
  const others = await json.rowKeys(names.toReversed());
  expect([...others.subarray(0, 2)]).toEqual([first, second]);
  // One digit beyond what a floating-point number keeps.
  const big = await csv.rowKeys(['big']);
  expect(big[0]).not.toBe(big[1]);
  await expect(csv.rowKeys(['bigg'])).rejects.toThrow('did you mean "big"?');
});

test('infinite numbers and NaN are told apart from missing ones', async () => {
  stage.write('numbers.csv', 'x\n1.5\ninf\n\nNaN\n-inf\n2\n');
  await using data = await open('numbers.csv');
  const rules = (['infinite', 'nan'] as const).map((of) => ({ kind: 'finite', column: 'x', of }) as const);
  expect(await data.check(rules)).toMatchObject([
    { failing: 2, checked: 5, examples: [{ file: 'numbers.csv', line: 3 }, { line: 6 }] },
    { failing: 1, checked: 5, examples: [{ line: 5 }] },
  ]);
});
