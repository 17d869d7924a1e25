/** Faults planted into public data: each is found by the check that is meant for it, and by no other. */

import { describe, expect, test } from 'vitest';
import type { DataConfiguration } from '../../src/core/configuration/configuration.ts';
import { inferContract } from '../../src/stages/contract/infer-contract.ts';
import { runValidateData } from '../../src/stages/validation/validate-data.ts';
import {
  at,
  only,
  type Rows,
  readRows,
  SUBJECTS,
  type Subject,
  set,
  write,
} from '../support/planted-data.ts';
import { describeWithSharedData, sharedDataPresent } from '../support/shared-data.ts';
import { DataStage } from './data-stage-fixture.ts';

type Fault = {
  readonly name: string;
  /** The check that finds it. */
  readonly found: string;
  /** Rules beside those that were inferred, as lines of the object's `quality`. */
  readonly rules?: (subject: Subject) => string;
  readonly plant: (rows: Rows, subject: Subject) => void;
  readonly needsTime?: boolean;
};

const own = (text: string) => `      - {type: custom, engine: contender, implementation: {${text}}}\n`;

const FAULTS: readonly Fault[] = [
  {
    name: 'a column is gone',
    found: 'column-missing',
    plant: (rows, { whole }) => {
      const index = at(rows, whole);
      rows.header.splice(index, 1);
      for (const cells of rows.cells) cells.splice(index, 1);
    },
  },
  {
    name: 'a column has another name',
    found: 'column-missing',
    plant: (rows, { category }) => {
      rows.header[at(rows, category)] = 'renamed';
    },
  },
  {
    name: 'a word among numbers',
    found: 'type',
    plant: (rows, { number }) =>
      set(
        rows,
        number,
        only(700, () => 'unknown'),
      ),
  },
  {
    name: 'a fraction among whole numbers',
    found: 'type',
    plant: (rows, { whole }) =>
      set(
        rows,
        whole,
        only(9, (cell) => `${cell}.5`),
      ),
  },
  {
    name: 'a value is missing',
    found: 'required',
    plant: (rows, { number }) =>
      set(
        rows,
        number,
        only(40, () => ''),
      ),
  },
  {
    name: 'a tenth of the values is missing',
    found: 'required',
    plant: (rows, { category }) => set(rows, category, (cell, row) => (row % 10 === 0 ? '' : cell)),
  },
  {
    name: 'a number far too large',
    found: 'range',
    plant: (rows, { number }) =>
      set(
        rows,
        number,
        only(3, () => '9e12'),
      ),
  },
  {
    name: 'a number that was never negative is',
    found: 'range',
    plant: (rows, { number }) =>
      set(
        rows,
        number,
        only(3, () => '-5'),
      ),
  },
  {
    name: 'a new category',
    found: 'set',
    plant: (rows, { category }) =>
      set(
        rows,
        category,
        only(5, (cell) => (/^\d+$/.test(cell) ? '77' : 'brand_new')),
      ),
  },
  {
    name: 'a category in other letters',
    found: 'set',
    plant: (rows, { category }) =>
      set(rows, category, (cell, row) =>
        row % 50 === 1 && !/^\d+$/.test(cell) ? `${cell.toUpperCase()}_` : row % 50 === 1 ? '0' : cell,
      ),
  },
  {
    name: 'a row twice by its key',
    found: 'unique',
    plant: (rows, { key }) =>
      set(rows, key, (cell, row) => (row === 900 ? rows.cells[1]![at(rows, key)]! : cell)),
  },
  {
    name: 'too few rows',
    found: 'row-count',
    rules: () => '      - {metric: rowCount, mustBeGreaterOrEqualTo: 1000}\n',
    plant: (rows) => void rows.cells.splice(700),
  },
  {
    name: 'a time before all others',
    found: 'range',
    needsTime: true,
    plant: (rows, { time }) =>
      set(
        rows,
        time!,
        only(8, (cell) => `1900${cell.slice(4)}`),
      ),
  },
  {
    name: 'times in another format',
    found: 'type',
    needsTime: true,
    plant: (rows, { time }) =>
      set(
        rows,
        time!,
        only(0, () => 'yesterday'),
      ),
  },
  {
    name: 'data that are too old',
    found: 'freshness',
    needsTime: true,
    rules: ({ time }) => own(`check: freshness, column: ${time}, atMost: 48h`),
    plant: () => {},
  },
  {
    name: 'rows out of order',
    found: 'monotonic',
    rules: () => own('check: monotonic, column: position'),
    plant: (rows) => void rows.cells.push(...rows.cells.splice(600, 1)),
  },
  {
    name: 'two columns that contradict each other',
    found: 'condition',
    rules: () => own('check: condition, expression: "twice = 2 * position"'),
    plant: (rows) =>
      set(
        rows,
        'twice',
        only(77, (cell) => String(Number(cell) + 1)),
      ),
  },
  {
    name: 'a figure that jumps',
    found: 'change',
    rules: ({ number }) => own(`check: change, of: mean, column: ${number}, against: reference, atMost: 30%`),
    plant: (rows, { number }) =>
      set(rows, number, (cell) =>
        String(/^\d+$/.test(cell) ? Math.round(Number(cell) / 2) : Number(cell) / 2),
      ),
  },
  {
    name: 'a distribution that moved',
    found: 'distribution',
    rules: ({ whole }) => own(`check: distribution, column: ${whole}, against: reference`),
    plant: (rows, { whole }) =>
      set(rows, whole, (cell, row) => (row % 2 === 0 ? rows.cells[0]![at(rows, whole)]! : cell)),
  },
  {
    name: 'a key that nothing has',
    found: 'reference',
    plant: (rows) =>
      set(
        rows,
        'owner',
        only(12, () => '8'),
      ),
  },
  {
    name: 'a code that is too long',
    found: 'length',
    plant: (rows) =>
      set(
        rows,
        'code',
        only(4, (cell) => `${cell}0000`),
      ),
  },
  {
    name: 'a code of other signs',
    found: 'pattern',
    plant: (rows) =>
      set(
        rows,
        'digits',
        only(4, () => '00x00'),
      ),
  },
  {
    name: 'a query that finds something',
    found: 'sql',
    rules: () => '      - {type: sql, query: "select count(distinct owner) from source", mustBe: 7}\n',
    plant: (rows) => set(rows, 'owner', () => '1'),
  },
];

/** Names of other checks would hide in columns that a fault of one kind also breaks; these stand apart. */
function withOwnColumns(rows: Rows): Rows {
  return {
    header: [...rows.header, 'row_id', 'position', 'twice', 'owner', 'code', 'digits'],
    cells: rows.cells.map((cells, row) => [
      ...cells,
      `key-${String(row).padStart(8, '0')}`,
      String(row),
      String(2 * row),
      String(row % 7),
      `A-${String((row * 7919) % 99_991).padStart(5, '0')}-Z`,
      String((row * 104_729) % 99_991).padStart(5, '0'),
    ]),
  };
}

const CONFIG = `model: planted
task: binary-classification
data: {training: train.csv, reference: reference.csv}
contract: contract.yml
`;

const stage = new DataStage();

async function errorsOf(rows: Rows, contract: string) {
  stage.write('contract.yml', contract);
  stage.write('train.csv', write(rows));
  const loaded = await stage.load(CONFIG);
  const { document } = await runValidateData(
    { ...loaded, data: [], contract: undefined, failOn: 'error', dataTracked: true },
    { world: { ...stage.world, now: () => Date.parse('2030-01-01') }, engine: stage.engine },
  );
  if (document.verdict === 'error') throw new Error(document.error.message);
  return document.findings.filter(
    ({ severity, dataset, location }) =>
      severity === 'error' && dataset === 'training' && location?.file === 'contract.yml',
  );
}

describeWithSharedData('planted faults', () => {
  if (!sharedDataPresent) return;
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    describe(name, async () => {
      const clean = withOwnColumns(readRows(subject));
      const columns = { exclude: [], sensitive: [] } as unknown as DataConfiguration;
      let inferred = '';
      const contractWith = async (fault?: Fault) => {
        if (inferred === '') {
          stage.write('clean.csv', write(clean));
          await using data = await stage.engine.open({
            name: 'data',
            baseDirectory: stage.directory,
            paths: ['clean.csv'],
          });
          inferred = await inferContract({ data, columns, name: 'planted' });
        }
        const owners = '      - {name: owner, logicalType: integer, relationships: [{to: owners.id}]}\n';
        const other = '  - {name: owners, physicalName: owners.csv, properties: [{name: id}]}\n';
        stage.write('owners.csv', 'id\n0\n1\n2\n3\n4\n5\n6\n');
        stage.write('reference.csv', write(clean));
        const block = /^ {6}- name: owner\n(?: {8}.*\n)*/m;
        expect(inferred).toMatch(block);
        return `${inferred.replace(block, owners)}${fault?.rules?.(subject) ?? ''}${other}`;
      };

      test('the clean data break nothing', async () => {
        expect(await errorsOf(clean, await contractWith())).toEqual([]);
      });

      const faults = FAULTS.filter((fault) => fault.needsTime !== true || subject.time !== undefined);
      test.each(faults.map((fault) => [fault.name, fault.found, fault] as const))(
        '%s: %s',
        async (_, found, fault) => {
          const rows = structuredClone(clean);
          const contract = await contractWith(fault);
          if (fault.name !== 'data that are too old') expect(await errorsOf(clean, contract)).toEqual([]);
          fault.plant(rows, subject);
          const errors = await errorsOf(rows, contract);
          expect(
            errors.map(({ check, message }) => (check === found ? check : `${check}: ${message}`)),
          ).toEqual([found]);
        },
      );
    });
  }
});
