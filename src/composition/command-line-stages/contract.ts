import { basename, dirname, relative, resolve } from 'node:path';
import { renderPatch } from '../../core/contract/render-patch.ts';
import { EXIT_CODE, InputError } from '../../core/errors.ts';
import { logLine } from '../../core/report/log-text.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { acceptData } from '../../stages/contract/accept-data.ts';
import { inferContract } from '../../stages/contract/infer-contract.ts';
import type { ModelSetup } from '../../stages/load-models.ts';
import { createOtherDataSets } from '../../stages/validation/other-data.ts';
import type { CommandLine } from '../command-line/parse-arguments.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { loadOneModel } from './load-one-model.ts';

const ACTIONS = ['infer', 'diff', 'update'] as const;

type Work = {
  readonly invocation: Invocation;
  readonly data: DataWorld;
  readonly setup: ModelSetup;
  /** What goes to standard output, unless JSON does. */
  readonly print: (text: string) => void;
};

/** `contender contract infer | diff | update`: writes a contract from data, and follows data with it. */
export async function driveContract(
  command: CommandLine,
  invocation: Invocation,
  data: DataWorld,
): Promise<readonly Outcome[]> {
  const [named] = command.positionals;
  const action = ACTIONS.find((candidate) => candidate === named);
  if (action === undefined) {
    throw new InputError(
      `${named === undefined ? 'say what to do' : `contract has no action ${JSON.stringify(named)}`}: contender contract ${ACTIONS.join(' | ')}`,
    );
  }
  const setup = await loadOneModel('contract', invocation);
  const print = (text: string) => {
    if (!command.json && text !== '') process.stdout.write(text);
  };
  const work = { invocation, data, setup, print };
  if (action === 'infer') return await infer(work);
  return action === 'diff' ? await diff(work) : await update(work);
}

async function infer(work: Work): Promise<readonly Outcome[]> {
  const [path] = requireData(work, 1);
  const output = work.invocation.inputs.text('output');
  await using set = await openData(work, path!);
  const text = await inferContract({
    data: set,
    columns: work.setup.configuration.data,
    name: nameOf(path!),
  });
  if (output === undefined) {
    work.print(text);
    return outcome(EXIT_CODE.passed, { contract: text });
  }
  const target = resolve(work.invocation.workingDirectory, output);
  if (await work.invocation.world.files.exists(target)) {
    throw new InputError(
      `${output} exists and may have been edited; follow the data with \`contender contract update --contract ${output} --data ${path}\`, or remove it first`,
    );
  }
  await work.invocation.world.files.write(target, text);
  work.invocation.world.log.info(`wrote ${logLine(output)}`);
  return outcome(EXIT_CODE.passed, { contract: text });
}

/** How the second data set differs from the first one, as a patch of the contract. */
async function diff(work: Work): Promise<readonly Outcome[]> {
  const [first, second] = requireData(work, 2);
  const given = await readContract(work);
  let contract = given;
  if (contract === undefined) {
    await using before = await openData(work, first!);
    const text = await inferContract({
      data: before,
      columns: work.setup.configuration.data,
      name: nameOf(first!),
    });
    contract = { file: 'contract.yml', text };
  } else contract = { ...contract, text: (await accept(work, contract, first!)).text };
  const { text, left } = await accept(work, contract, second!);
  const patch = renderPatch(contract.file, contract.text, text);
  work.print(patch);
  const isSame = patch === '' && left.length === 0;
  return outcome(isSame ? EXIT_CODE.passed : EXIT_CODE.failedVerdict, { patch, left });
}

/** The patch by which the contract accepts the data; `--output` writes the patched contract as well. */
async function update(work: Work): Promise<readonly Outcome[]> {
  const [path] = requireData(work, 1);
  const contract = await readContract(work);
  if (contract === undefined) {
    throw new InputError('name the contract to update: contender contract update --contract contract.yml');
  }
  const { text, left } = await accept(work, contract, path!);
  const patch = renderPatch(contract.file, contract.text, text);
  work.print(patch);
  const { inputs, world, workingDirectory } = work.invocation;
  const output = inputs.text('output');
  if (output !== undefined) {
    await world.files.write(resolve(workingDirectory, output), text);
    world.log.info(`wrote ${logLine(output)}`);
  } else if (patch !== '') world.log.info('nothing is written; add --output FILE to write the contract');
  else world.log.info(left.length === 0 ? 'the data keep the contract as it is' : 'no edit accepts the data');
  return outcome(left.length === 0 ? EXIT_CODE.passed : EXIT_CODE.failedVerdict, { patch, left });
}

type ContractFile = { readonly file: string; readonly text: string };

async function accept(work: Work, contract: ContractFile, path: string) {
  const { invocation, setup, data } = work;
  const { world, workingDirectory } = invocation;
  await using set = await openData(work, path);
  const engine = await data.engine();
  const own = declare(work, path);
  const directory = resolve(workingDirectory, dirname(contract.file));
  const others = { engine, files: world.files, own, declared: [own], directory, history: undefined };
  await using otherSets = createOtherDataSets(others);
  const result = await acceptData({
    ...contract,
    names: [path, nameOf(path), 'training', setup.configuration.model],
    data: set,
    columns: setup.configuration.data,
    others: otherSets,
    now: world.now(),
  });
  const left = result.left.map(({ finding }) => finding);
  for (const { message, location } of left) {
    const place = location?.line === undefined ? contract.file : `${contract.file}:${location.line}`;
    world.log.warning(logLine(`${place}: no edit accepts this: ${message}`));
  }
  return { text: result.text, left };
}

function declare({ invocation }: Work, path: string) {
  const directory = invocation.workingDirectory;
  return { name: path, source: { paths: [path] }, directory, labelsExpected: true };
}

async function openData({ invocation, data }: Work, path: string): Promise<DataSet> {
  const engine = await data.engine();
  return engine.open({ name: path, baseDirectory: invocation.workingDirectory, paths: [path] });
}

/** The paths of `--data`, else of the training data of the config for the one that is asked for. */
function requireData({ invocation, setup }: Work, count: number): readonly string[] {
  const given = invocation.inputs.list('data');
  const { training, source } = setup.configuration.data;
  const declared = (training ?? source)?.paths.map((path) =>
    relative(invocation.workingDirectory, resolve(setup.baseDirectory, path)),
  );
  const paths = given.length === 0 && count === 1 && declared?.length === 1 ? declared : given;
  if (paths.length === count) return paths;
  throw new InputError(
    count === 1
      ? `name one data set with --data FILE; ${paths.length} are named`
      : `name two data sets with --data OLD,NEW; ${paths.length} are named`,
  );
}

/** The contract of `--contract`, else the one that the config names. */
async function readContract({ invocation, setup }: Work): Promise<ContractFile | undefined> {
  const { contract } = setup.configuration;
  if (contract === undefined) return undefined;
  const path = resolve(setup.baseDirectory, contract);
  const file = relative(invocation.workingDirectory, path);
  const text = await invocation.world.files.readText(path);
  if (text !== undefined) return { file, text };
  throw new InputError(`the data contract ${file} does not exist; correct the path, or write it with infer`);
}

/** The name of a file without its endings, in letters that every tool takes. */
function nameOf(path: string): string {
  return (
    basename(path)
      .replace(/\..*$/, '')
      .replace(/[^A-Za-z0-9_-]+/g, '_') || 'data'
  );
}

function outcome(exitCode: Outcome['exitCode'], document: unknown): readonly Outcome[] {
  return [{ model: '', exitCode, outputs: {}, document }];
}
