import { InputError } from '../errors.ts';
import { nearestName } from './nearest-name.ts';
import { describeValue, formatPath, type Origin, type Path } from './problem.ts';

/** Flags that stand for a key of the config: they need no file, and win over one. */

/** Values of flags as the command line or an action's inputs give them, without the leading hyphens. */
export type ConfigurationFlags = Readonly<Record<string, string | readonly string[] | undefined>>;

type FlagKey = { readonly path: readonly string[]; readonly kind: 'text' | 'number' | 'list' | 'paths' };

/** The key each flag sets. `model-name` is the name of the model: `model` is a file to every stage that has it. */
export const FLAG_KEYS: Readonly<Record<string, FlagKey>> = {
  'model-name': { path: ['model'], kind: 'text' },
  task: { path: ['task'], kind: 'text' },
  training: { path: ['data', 'training'], kind: 'paths' },
  holdout: { path: ['data', 'holdout'], kind: 'paths' },
  reference: { path: ['data', 'reference'], kind: 'paths' },
  current: { path: ['data', 'current'], kind: 'paths' },
  features: { path: ['data', 'features'], kind: 'text' },
  target: { path: ['data', 'target'], kind: 'text' },
  'positive-class': { path: ['data', 'positive-class'], kind: 'text' },
  id: { path: ['data', 'id'], kind: 'text' },
  timestamp: { path: ['data', 'timestamp'], kind: 'text' },
  columns: { path: ['data', 'columns'], kind: 'list' },
  group: { path: ['data', 'group'], kind: 'text' },
  sensitive: { path: ['data', 'sensitive'], kind: 'list' },
  weight: { path: ['data', 'weight'], kind: 'text' },
  exclude: { path: ['data', 'exclude'], kind: 'list' },
  contract: { path: ['contract'], kind: 'text' },
  learner: { path: ['training', 'learner'], kind: 'text' },
  command: { path: ['training', 'command'], kind: 'text' },
  'command-model': { path: ['training', 'model'], kind: 'text' },
  seed: { path: ['training', 'seed'], kind: 'number' },
  primary: { path: ['comparison', 'primary'], kind: 'text' },
  guardrails: { path: ['comparison', 'guardrails'], kind: 'list' },
  metrics: { path: ['comparison', 'metrics'], kind: 'list' },
  threshold: { path: ['comparison', 'threshold'], kind: 'number' },
  slices: { path: ['comparison', 'slices'], kind: 'list' },
  'false-alarms-per-year': { path: ['drift', 'false-alarms-per-year'], kind: 'number' },
  'minimum-effect': { path: ['drift', 'minimum-effect'], kind: 'text' },
  'cooldown-days': { path: ['retraining', 'cooldown-days'], kind: 'number' },
  labels: { path: ['retraining', 'labels'], kind: 'list' },
  reviewers: { path: ['retraining', 'reviewers'], kind: 'list' },
};

/** A key that gives way when a flag sets its opposite. */
const DISPLACED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  training: [
    ['data', 'source'],
    ['data', 'split'],
  ],
  holdout: [
    ['data', 'source'],
    ['data', 'split'],
  ],
  learner: [
    ['training', 'command'],
    ['training', 'model'],
  ],
  command: [['training', 'learner']],
};

type Tree = { [key: string]: unknown };

/**
 * The document with the values of flags put over it; `value` itself is left as it is.
 * @throws InputError for a flag that is not known, a list where one value is needed, or a number that is none.
 */
export function overlayFlags(value: unknown, flags: ConfigurationFlags): unknown {
  const given = Object.entries(flags).filter(([, written]) => written !== undefined);
  if (given.length === 0 || !isTree(value)) return value;
  const result: Tree = structuredClone(value);
  for (const [flag, written] of given) {
    const key = Object.hasOwn(FLAG_KEYS, flag) ? FLAG_KEYS[flag] : undefined;
    if (key === undefined) throw unknownFlag(flag);
    for (const path of DISPLACED[flag] ?? []) removeAt(result, path);
    setAt(result, key.path, readFlag(flag, key.kind, written as string | readonly string[]));
  }
  return result;
}

/** Calls values that flags set by their flag, and everything else as `file` does. */
export function originWithFlags(file: Origin, flags: ConfigurationFlags): Origin {
  const flagOf = (path: Path): string | undefined =>
    Object.keys(flags).find((flag) => {
      const key = flags[flag] === undefined ? undefined : FLAG_KEYS[flag];
      return key?.path.every((step, index) => path[index] === step);
    });
  return {
    name: (path) => {
      const flag = flagOf(path);
      return flag === undefined ? file.name(path) : nameInFlag(flag, path);
    },
    locate: (path, at) => (flagOf(path) === undefined ? file.locate(path, at) : undefined),
  };
}

/** Without a file every key that has a flag is called by it. */
export const FLAGS_ONLY_ORIGIN: Origin = {
  name: (path) => {
    const flag = Object.keys(FLAG_KEYS).find((candidate) =>
      FLAG_KEYS[candidate]?.path.every((step, index) => path[index] === step),
    );
    return flag === undefined ? formatPath(path) : nameInFlag(flag, path);
  },
  locate: () => undefined,
};

function nameInFlag(flag: string, path: Path): string {
  const index = path[FLAG_KEYS[flag]?.path.length ?? 0];
  return typeof index === 'number' ? `entry ${index + 1} of --${flag}` : `--${flag}`;
}

function readFlag(flag: string, kind: FlagKey['kind'], written: string | readonly string[]): unknown {
  if (kind === 'list' || kind === 'paths') {
    const entries = (typeof written === 'string' ? [written] : written).flatMap((entry) => entry.split(','));
    const trimmed = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
    return kind === 'paths' && trimmed.length === 1 ? trimmed[0] : trimmed;
  }
  if (typeof written !== 'string') {
    throw new InputError(`--${flag} is given ${written.length} times; give it once`);
  }
  if (kind === 'text') return written;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written)) {
    throw new InputError(`--${flag} is ${describeValue(written)}; write a number`);
  }
  return Number(written);
}

function unknownFlag(flag: string): InputError {
  const known = Object.keys(FLAG_KEYS);
  const near = nearestName(flag, known);
  const hint = near === undefined ? '' : `did you mean --${near}? `;
  return new InputError(
    `unknown flag --${flag}; ${hint}flags for the config: ${known.map((name) => `--${name}`).join(', ')}`,
  );
}

function setAt(tree: Tree, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  // A section that is no map is left for the checker to refuse.
  if (tree[key] === undefined) tree[key] = {};
  if (isTree(tree[key])) setAt(tree[key], rest, value);
}

function removeAt(tree: Tree, path: readonly string[]): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) delete tree[key];
  else if (isTree(tree[key])) removeAt(tree[key], rest);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
