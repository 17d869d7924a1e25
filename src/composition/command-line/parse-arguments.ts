import { parseArgs } from 'node:util';
import { nearestName } from '../../core/configuration/nearest-name.ts';
import { InputError } from '../../core/errors.ts';
import { commonOptions, keyFlags, STAGE_COMMANDS, type StageCommand, SWITCHES } from './stages.ts';

export type CommandLine = {
  readonly stage: StageCommand;
  /** What was named without a flag. */
  readonly positionals: readonly string[];
  /** Options of the stage, by name. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Options that stand for keys of the config. */
  readonly flags: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
};

/**
 * Reads the arguments after the name of the program. Lists take commas or are repeated.
 * @throws InputError naming the nearest stage or option when one is not known.
 */
export function parseArguments(args: readonly string[]): CommandLine {
  const [name, ...rest] = args;
  const stage = STAGE_COMMANDS.find((candidate) => candidate.name === name);
  if (stage === undefined) throw unknownStage(name);
  const given = readOptions(stage, rest);
  const own = new Set([...Object.keys(stage.options), ...Object.keys(commonOptions(stage))]);
  const values: Record<string, string | undefined> = {};
  const flags: Record<string, string | readonly string[]> = {};
  for (const [option, list] of given.options) {
    const target = option === 'data' && stage.data !== undefined ? stage.data : option;
    if (own.has(option) && target === option) values[option] = list.join(',');
    else flags[target] = list.length === 1 ? list[0]! : list;
  }
  // A seed is an input of training and a key of the config alike: the flag is enough.
  return {
    stage,
    positionals: given.positionals,
    values,
    flags,
    json: given.switches.has('json'),
    verbose: given.switches.has('verbose'),
    help: given.switches.has('help'),
  };
}

/** The names of options that a stage takes. */
export function optionsOf(stage: StageCommand): readonly string[] {
  return [
    ...Object.keys(stage.options),
    ...(stage.data ? ['data'] : []),
    ...Object.keys(commonOptions(stage)),
    ...keyFlags(stage),
  ];
}

type Given = {
  readonly positionals: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
};

function readOptions(stage: StageCommand, args: readonly string[]): Given {
  const known = optionsOf(stage);
  const options = Object.fromEntries([
    ...known.map((name) => [name, { type: 'string', multiple: true }] as const),
    ...SWITCHES.map((name) => [name, { type: 'boolean' }] as const),
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values = new Map<string, string[]>();
  const switches = new Set<string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (stage.positional === undefined || positionals.length === 1)
        throw new InputError(`unexpected argument ${JSON.stringify(token.value)}; options begin with --`);
      positionals.push(token.value);
      continue;
    }
    if ((SWITCHES as readonly string[]).includes(token.name)) {
      if (token.value !== undefined)
        throw new InputError(`${token.rawName} takes no value; leave ${JSON.stringify(token.value)} out`);
      switches.add(token.name);
      continue;
    }
    if (!known.includes(token.name)) throw unknownOption(stage, token.rawName, known);
    const isNextOption = !token.inlineValue && token.value?.startsWith('--');
    if (token.value === undefined || isNextOption)
      throw new InputError(
        `${token.rawName} needs a value: ${token.rawName} VALUE, or ${token.rawName}=VALUE`,
      );
    values.set(token.name, [...(values.get(token.name) ?? []), token.value]);
  }
  return { positionals, options: values, switches };
}

function unknownStage(name: string | undefined): InputError {
  const names = STAGE_COMMANDS.map((stage) => stage.name);
  if (name === undefined) return new InputError(`name a stage: ${names.join(', ')}`);
  const near = nearestName(name, names);
  return new InputError(
    `unknown stage ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ''}stages: ${names.join(', ')}`,
  );
}

function unknownOption(stage: StageCommand, given: string, known: readonly string[]): InputError {
  const near = nearestName(given.replace(/^-+/, ''), [...known, ...SWITCHES]);
  return new InputError(
    `${stage.name} has no option ${given}; ${near ? `did you mean --${near}? ` : ''}\`contender ${stage.name} --help\` lists them`,
  );
}
