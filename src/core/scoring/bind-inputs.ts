import { InputError } from '../errors.ts';
import type { BindingRequest, BoundInput, InputBinding } from './binding.ts';
import { convertColumn } from './column-conversion.ts';
import { findName, matchAllNames } from './match-names.ts';
import { mismatch } from './mismatch.ts';
import { type ModelInput, readInput } from './model-input.ts';
import { quote } from './tensor-text.ts';

/**
 * Decides how columns reach the inputs of a model. An input of one value takes the column of its name; the
 * others take the remaining columns by position, as many as they are wide.
 * @throws InputError with what the model wants and what the data have side by side.
 */
export function bindInputs(request: BindingRequest): InputBinding {
  const { signature, columns, model } = request;
  if (signature.inputs.length === 0) throw new InputError(`${model}: the model has no inputs`);
  if (columns.length === 0) throw new InputError(`${model}: there are no feature columns to score with`);
  const inputs = signature.inputs.map((tensor) => readInput(tensor, { model, columnCount: columns.length }));
  const named = matchNames(inputs, request);
  const positions = fillByPosition(inputs, named, request);
  const batch = commonBatch(inputs, request);
  const byName = inputs.filter((input) => named.has(input)).length;
  const fed = inputs.filter((input) => positions.get(input) !== undefined).length;
  return {
    by: byName === fed ? 'by name' : byName === 0 ? 'by position' : 'by name and position',
    inputs: inputs.map((input) => bindInput(input, positions.get(input) ?? [], request)),
    ...(batch === undefined ? {} : { batch }),
  };
}

type Positions = ReadonlyMap<ModelInput, readonly number[]>;

/** Inputs of one value, or of an open number of values, whose name is that of a column. */
function matchNames(inputs: readonly ModelInput[], { columns }: BindingRequest): Positions {
  const single = inputs.filter(({ width }) => width === 1 || width === undefined);
  const matched = matchAllNames(
    single.map(({ name }) => name),
    columns.map(({ name }) => name),
  );
  return new Map(
    single.flatMap((input, index) => {
      const column = matched[index];
      return column === undefined ? [] : [[input, [column]] as const];
    }),
  );
}

/** Gives the columns that are left to the inputs that are left, in their order. */
function fillByPosition(inputs: readonly ModelInput[], named: Positions, request: BindingRequest): Positions {
  const { columns } = request;
  const open = inputs.filter((input) => !named.has(input) && !isTarget(input, request));
  if (open.length === 0) return named;
  // Where each input is one column and some have theirs, the others have lost theirs: whatever stands there is another.
  const hasLost = named.size > 0 && inputs.every(({ width }) => width === 1);
  const taken = new Set([...named.values()].flat());
  const free = columns.flatMap((_, position) => (taken.has(position) ? [] : [position]));
  const known = open.reduce((total, { width }) => total + (width ?? 0), 0);
  const unknown = open.filter(({ width }) => width === undefined).length;
  const rest = free.length - known;
  if (hasLost || unknown > 1 || rest < unknown || (unknown === 0 && rest !== 0))
    throw mismatch(request, open);
  const filled = new Map(named);
  let next = 0;
  for (const input of open) {
    const width = input.width ?? rest;
    filled.set(input, free.slice(next, next + width));
    next += width;
  }
  return filled;
}

/** ML.NET's exports ask for the label too, although no answer depends on it. */
function isTarget(input: ModelInput, { target }: BindingRequest): boolean {
  return findName(input.name, [...(target === undefined ? [] : [target]), 'label']) !== undefined;
}

function bindInput(input: ModelInput, positions: readonly number[], request: BindingRequest): BoundInput {
  const { name, type, hasRows } = input;
  const hint = request.hints?.get(name);
  const columns = positions.map((position) => {
    const column = request.columns[position]!;
    return convertColumn(column, { input: name, type, hint, model: request.model });
  });
  const rowShape = input.rowShape.map((size) => size ?? Math.max(columns.length, 1));
  return { input: name, type, columns, rowShape, hasRows };
}

function commonBatch(inputs: readonly ModelInput[], { model }: BindingRequest): number | undefined {
  const fixed = inputs.filter((input) => input.batch !== undefined);
  const [first, ...others] = fixed;
  const other = others.find((input) => input.batch !== first?.batch);
  if (first === undefined || other === undefined) return first?.batch;
  throw new InputError(
    `${model}: its inputs ${quote(first.name)} and ${quote(other.name)} take ${first.batch} and ${other.batch} rows at once; models whose inputs take the same number of rows can be scored`,
  );
}
