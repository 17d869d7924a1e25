import { randomBytes } from 'node:crypto';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EXIT_CODE, InputError } from '../../core/errors.ts';
import type { ColumnChange } from '../../core/masking/plan-mask.ts';
import { logLine } from '../../core/report/log-text.ts';
import type { OpenDataRequest } from '../../ports/data-engine.ts';
import type { ModelSetup } from '../../stages/load-models.ts';
import { maskData } from '../../stages/masking/mask-data.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { loadOneModel } from './load-one-model.ts';

/** Shorter keys can be found by trying. */
const LEAST_KEY_BYTES = 16;
const RANDOM_KEY_BYTES = 32;
const MOST_KEY_BYTES = 4096;

/** `contender mask`: writes a copy of data that can be shared. */
export async function driveMask(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  const { inputs, workingDirectory, world } = invocation;
  const setup = await loadOneModel('mask', invocation);
  const source = sourceOf(invocation, setup);
  const { paths } = source;
  const output = resolve(workingDirectory, inputs.text('output') ?? besideInput(paths));
  const key = await readKey(invocation);
  const engine = await data.engine();
  const { rowCount, columns, changes } = await maskData(
    {
      source: { name: paths.join(', '), baseDirectory: workingDirectory, ...source },
      options: {
        hash: inputs.list('hash'),
        truncate: inputs.list('truncate'),
        drop: inputs.list('drop'),
      },
      declared: setup.configuration.data,
      key: key ?? randomBytes(RANDOM_KEY_BYTES),
      output,
      detects: inputs.flag('detect', true),
    },
    engine,
  );
  const named = (...kinds: readonly ColumnChange['kind'][]) =>
    [...changes].flatMap(([name, { kind }]) => (kinds.includes(kind) ? [name] : []));
  const result = {
    output: relative(workingDirectory, output),
    rows: rowCount,
    columns,
    hashed: named('hash'),
    truncated: named('shorten', 'coarsen'),
    dropped: named('drop'),
    key: key === undefined ? 'random' : 'given',
  };
  const parts = (['hashed', 'truncated', 'dropped'] as const)
    .filter((part) => result[part].length > 0)
    .map((part) => `; ${part}: ${result[part].join(', ')}`);
  world.log.info(
    logLine(`wrote ${result.output}: ${rowCount} rows, ${columns.length} columns${parts.join('')}`),
  );
  if (key === undefined && result.hashed.length > 0) {
    world.log.info(
      'the hashes have a random key that nobody keeps: they match within this file and no other; give --key-file or CONTENDER_MASK_KEY for hashes that match other copies',
    );
  }
  return [{ model: '', exitCode: EXIT_CODE.passed, outputs: {}, document: result }];
}

/** The key of `--key-file`, else of the environment; undefined without either. @throws InputError for a short one. */
async function readKey({ inputs, environment, workingDirectory, world }: Invocation) {
  const file = inputs.text('key-file');
  const fromEnvironment = environment.CONTENDER_MASK_KEY;
  if (file === undefined && !fromEnvironment) return undefined;
  const bytes =
    file === undefined
      ? Buffer.from(fromEnvironment!)
      : Buffer.from(await world.files.readBytes(resolve(workingDirectory, file), MOST_KEY_BYTES));
  const isEnded = bytes.at(-1) === 0x0a;
  const key = isEnded ? bytes.subarray(0, bytes.at(-2) === 0x0d ? -2 : -1) : bytes;
  if (key.length >= LEAST_KEY_BYTES) return key;
  throw new InputError(
    `the key of ${file ?? 'CONTENDER_MASK_KEY'} has ${key.length} bytes and could be found by trying; give at least ${LEAST_KEY_BYTES} (openssl rand -hex 32)`,
  );
}

/** `cards.csv.gz` becomes `cards.masked.csv`; what is not delimited text becomes Parquet. */
function besideInput(paths: readonly string[]): string {
  const [path] = paths;
  const name = basename(path!);
  const base = name.replace(/\..*$/, '').replace(/[*?[\]{}]/g, '') || 'data';
  const isText = /\.(csv|tsv|txt)(\.(gz|zst))?$/i.test(name);
  const directory = /[*?[\]{}]/.test(dirname(path!)) ? '.' : dirname(path!);
  return join(directory, `${base}.masked.${isText ? 'csv' : 'parquet'}`);
}

/** The paths of `--data`, which are one data set together, else those of the training data of the config. */
function sourceOf(
  { inputs, workingDirectory }: Invocation,
  { configuration, baseDirectory }: ModelSetup,
): Pick<OpenDataRequest, 'paths' | 'encoding'> {
  const given = inputs.list('data');
  if (given.length > 0) return { paths: given };
  const { training, source } = configuration.data;
  const declared = training ?? source;
  if (declared === undefined) throw new InputError('name the data to mask with --data FILE');
  const { paths, encoding } = declared;
  return {
    paths: paths.map((path) => relative(workingDirectory, resolve(baseDirectory, path))),
    ...(encoding === undefined ? {} : { encoding }),
  };
}
