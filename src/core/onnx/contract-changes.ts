import { classChanges } from './class-changes.ts';
import type { OperatorCount } from './count-operators.ts';
import type { Dimension } from './model.ts';
import {
  type ContractInput,
  type ContractValue,
  describeShape,
  type ModelContract,
} from './model-contract.ts';
import { listNames, nameText } from './name-text.ts';

export const CONTRACT_CHANGE_KINDS = [
  'input',
  'output',
  'classes',
  'operator-set',
  'ir-version',
  'producer',
  'operators',
  'external-data',
  'parameters',
  'size',
] as const;
export type ContractChangeKind = (typeof CONTRACT_CHANGE_KINDS)[number];

/** One difference between two contracts. */
export type ContractChange = {
  readonly kind: ContractChangeKind;
  /** In words, with names of the models in it: text that nobody vouches for. */
  readonly change: string;
  /** Whether a caller of the old model has to change something to call the new one. */
  readonly breaking: boolean;
};

/**
 * What changed from one model to another, in the order of `CONTRACT_CHANGE_KINDS`. Inputs and outputs are
 * matched by name, as runtimes do. Names of sizes (`N`, `batch`) mean nothing and may change freely.
 *
 * Breaking are: an input that is required and new, or gone, or of another type, or whose sizes became fixed or
 * changed; an output that is gone, of another type, rank or width; classes that came, went or changed places.
 */
export function diffContracts(before: ModelContract, after: ModelContract): readonly ContractChange[] {
  const ofKind = (kind: ContractChangeKind, changes: readonly Change[]): ContractChange[] =>
    changes.map(([change, breaking]) => ({ kind, change, breaking }));
  return [
    ...ofKind('input', inputChanges(before.inputs, after.inputs)),
    ...ofKind('output', outputChanges(before.outputs, after.outputs)),
    ...ofKind('classes', classChanges(before.classes, after.classes)),
    ...ofKind('operator-set', operatorSetChanges(before, after)),
    ...ofKind('ir-version', valueChange('IR version', before.irVersion, after.irVersion)),
    ...ofKind('producer', valueChange('producer', producerText(before), producerText(after))),
    ...ofKind('operators', operatorChanges(before.operators, after.operators)),
    ...ofKind('external-data', externalChanges(before, after)),
    ...ofKind('parameters', valueChange('parameters', before.parameterCount, after.parameterCount)),
    ...ofKind('size', valueChange('size in bytes', before.bytes, after.bytes)),
  ];
}

/** A change in words, and whether it is breaking. */
type Change = readonly [change: string, breaking: boolean];

function inputChanges(before: readonly ContractInput[], after: readonly ContractInput[]): Change[] {
  const { gone, kept, come } = match(before, after);
  return [
    ...gone.map((input): Change => [`input ${nameText(input.name)} removed`, true]),
    ...come.map((input): Change => {
      const optional = input.required ? '' : 'optional ';
      return [`${optional}input ${nameText(input.name)} added (${valueText(input)})`, input.required];
    }),
    ...kept.flatMap(([old, input]): Change[] => {
      const name = `input ${nameText(input.name)}`;
      return [
        ...valueChanges(name, { old, value: input, judge: judgeInputShape }),
        ...(old.required === input.required
          ? []
          : ([[`${name} became ${input.required ? 'required' : 'optional'}`, input.required]] as const)),
      ];
    }),
  ];
}

function outputChanges(before: readonly ContractValue[], after: readonly ContractValue[]): Change[] {
  const { gone, kept, come } = match(before, after);
  return [
    ...gone.map((output): Change => [`output ${nameText(output.name)} removed`, true]),
    ...come.map((output): Change => [`output ${nameText(output.name)} added (${valueText(output)})`, false]),
    ...kept.flatMap(([old, output]) =>
      valueChanges(`output ${nameText(output.name)}`, { old, value: output, judge: judgeOutputShape }),
    ),
  ];
}

type Pair<Value extends ContractValue> = readonly [old: Value, value: Value];

function match<Value extends ContractValue>(before: readonly Value[], after: readonly Value[]) {
  const [old, now] = [byName(before), byName(after)];
  return {
    gone: [...old.values()].filter(({ name }) => !now.has(name)),
    come: [...now.values()].filter(({ name }) => !old.has(name)),
    kept: [...now.values()].flatMap((value): Pair<Value>[] => {
      const known = old.get(value.name);
      return known === undefined ? [] : [[known, value]];
    }),
  };
}

/** A hostile model may name two alike: the first one counts. */
function byName<Value extends ContractValue>(values: readonly Value[]): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const value of values) if (!map.has(value.name)) map.set(value.name, value);
  return map;
}

type ShapeVerdict = 'same' | 'compatible' | 'breaking';
type JudgeShape = (before: readonly Dimension[] | null, after: readonly Dimension[] | null) => ShapeVerdict;

function valueChanges(
  name: string,
  values: { readonly old: ContractValue; readonly value: ContractValue; readonly judge: JudgeShape },
): Change[] {
  const { old, value, judge } = values;
  if (old.type !== value.type)
    return [[`${name} changed from ${valueText(old)} to ${valueText(value)}`, true]];
  const verdict = judge(old.shape, value.shape);
  if (verdict === 'same') return [];
  const shapes = `${shapeText(old)} to ${shapeText(value)}`;
  return [[`${name} changed its shape from ${shapes}`, verdict === 'breaking']];
}

/** What is fed must still fit: sizes may open, never close. */
function judgeInputShape(
  before: readonly Dimension[] | null,
  after: readonly Dimension[] | null,
): ShapeVerdict {
  if (before === null || after === null)
    return before === after ? 'same' : after === null ? 'compatible' : 'breaking';
  if (before.length !== after.length) return 'breaking';
  return worst(
    after.map((size, index) => {
      const old = fixedSize(before[index]!);
      const now = fixedSize(size);
      if (old === now) return 'same';
      return now === undefined ? 'compatible' : 'breaking';
    }),
  );
}

/**
 * What comes must still be understood. Converters are careless about the rows of an output (LightGBM's declares
 * one label and gives N), so that the first size matters only where both sides fix it above one; a size that
 * one side leaves open may well be the same.
 */
function judgeOutputShape(
  before: readonly Dimension[] | null,
  after: readonly Dimension[] | null,
): ShapeVerdict {
  if (before === null || after === null) return before === after ? 'same' : 'compatible';
  if (before.length !== after.length) return 'breaking';
  return worst(
    after.map((size, index) => {
      const [old, now] = [fixedSize(before[index]!), fixedSize(size)];
      if (old === now) return 'same';
      if (index === 0 && (old ?? 1) === 1 && (now ?? 1) === 1) return 'same';
      return old === undefined || now === undefined ? 'compatible' : 'breaking';
    }),
  );
}

function fixedSize(size: Dimension): number | undefined {
  return typeof size === 'number' ? size : undefined;
}

function worst(verdicts: readonly ShapeVerdict[]): ShapeVerdict {
  if (verdicts.includes('breaking')) return 'breaking';
  return verdicts.includes('compatible') ? 'compatible' : 'same';
}

function operatorSetChanges(before: ModelContract, after: ModelContract): Change[] {
  const versions = (contract: ModelContract) =>
    new Map(contract.operatorSets.map(({ domain, version }) => [domain, version]));
  const [old, now] = [versions(before), versions(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((domain): Change[] => {
    const name = `operator set ${nameText(domain)}`;
    const [was, is] = [old.get(domain), now.get(domain)];
    if (was === is) return [];
    if (was === undefined) return [[`${name} ${is} added`, false]];
    if (is === undefined) return [[`${name} ${was} removed`, false]];
    return [[`${name} changed from ${was} to ${is}`, false]];
  });
}

function operatorChanges(before: readonly OperatorCount[], after: readonly OperatorCount[]): Change[] {
  const names = (operators: readonly OperatorCount[], others: readonly OperatorCount[]) => {
    const known = new Set(others.map(({ domain, name }) => `${domain}\n${name}`));
    return operators.filter(({ domain, name }) => !known.has(`${domain}\n${name}`)).map(({ name }) => name);
  };
  const [come, gone] = [names(after, before), names(before, after)];
  return [
    ...(come.length === 0 ? [] : ([[`operators added: ${listNames(come)}`, false]] as const)),
    ...(gone.length === 0 ? [] : ([[`operators removed: ${listNames(gone)}`, false]] as const)),
  ];
}

function externalChanges(before: ModelContract, after: ModelContract): Change[] {
  const text = ({ externalData }: ModelContract) =>
    externalData.length === 0 ? 'the model file' : listNames(externalData.map(({ location }) => location));
  const [old, now] = [text(before), text(after)];
  return old === now ? [] : [[`weights moved from ${old} to ${now}`, false]];
}

function valueChange(what: string, before: string | number, after: string | number): Change[] {
  return before === after ? [] : [[`${what} changed from ${before} to ${after}`, false]];
}

function producerText({ producer }: ModelContract): string {
  return (
    [producer.name, producer.version]
      .filter((part) => part !== '')
      .map((part) => nameText(part))
      .join(' ') || 'nobody'
  );
}

function valueText(value: ContractValue): string {
  return value.shape === null && /^(sequence|map) /.test(value.type)
    ? value.type
    : `${value.type} ${shapeText(value)}`;
}

function shapeText({ shape }: ContractValue): string {
  const text = describeShape(shape);
  return shape === null ? text : nameText(text, 120);
}
