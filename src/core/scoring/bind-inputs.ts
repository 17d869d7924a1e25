import type { Column, Table } from '../data/table.ts';
import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';

/** Element types of model inputs that columns are turned into. */
export const INPUT_TYPES = ['float', 'double', 'int64', 'int32', 'string', 'bool'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** How a table is fed to a model: one tensor for each column, or all columns in one matrix. */
export type InputBinding =
  | {
      readonly kind: 'columns';
      readonly by: 'by name' | 'by position';
      readonly inputs: readonly ColumnInput[];
    }
  | {
      readonly kind: 'matrix';
      readonly by: 'by position';
      readonly input: string;
      readonly type: 'float' | 'double';
    };

export type ColumnInput = {
  readonly input: string;
  /** Position of the column in the table. */
  readonly column: number;
  readonly type: InputType;
  /** 1 for `[N]`, 2 for `[N, 1]`. */
  readonly rank: 1 | 2;
};

type Tensor = ModelSignature['inputs'][number];

/**
 * Decides how the columns of a table reach the inputs of a model: by name where every input has a column
 * of its name, else by position where the numbers agree and no name contradicts it.
 * @throws InputError with both lists side by side when they cannot be bound, or naming what this model
 *   needs that is not supported.
 */
export function bindInputs(signature: ModelSignature, table: Table, model: string): InputBinding {
  if (table.columns.length === 0)
    throw new InputError(`${model}: there are no feature columns to score with`);
  if (signature.inputs.length === 0) throw new InputError(`${model}: the model has no inputs`);
  const matrix = bindMatrix(signature.inputs, table, model);
  return matrix ?? bindColumns(signature, table, model);
}

function bindMatrix(inputs: readonly Tensor[], table: Table, model: string): InputBinding | undefined {
  const [input] = inputs;
  if (inputs.length !== 1 || input === undefined || input.shape.length !== 2) return undefined;
  const width = input.shape[1];
  const isColumn = table.columns.length === 1 || table.columns.some((column) => column.name === input.name);
  if (width === 1 && isColumn) return undefined;
  if (input.type !== 'float' && input.type !== 'double') return undefined;
  refuseFixedBatch(input, model);
  if (typeof width === 'number' && width !== table.columns.length) {
    throw new InputError(
      `${model}: its input ${quote(input.name)} takes ${width} columns, the data has ${table.columns.length} feature columns: ${listColumns(table)}; name the model's columns in data.columns (or --columns), in the order it was trained on`,
    );
  }
  const text = table.columns.find((column) => column.kind === 'text');
  if (text) {
    throw new InputError(
      `${model}: its input ${quote(input.name)} takes one matrix of numbers, but the column ${quote(text.name)} is text; name the model's columns in data.columns (or --columns)`,
    );
  }
  return { kind: 'matrix', by: 'by position', input: input.name, type: input.type };
}

function bindColumns(signature: ModelSignature, table: Table, model: string): InputBinding {
  const names = table.columns.map((column) => column.name);
  const byName = signature.inputs.every((input) => names.includes(input.name));
  // A name that stands at another place says that the order differs: feeding by position would swap columns.
  const isMoved = signature.inputs.some((input, position) => {
    const column = names.indexOf(input.name);
    return column >= 0 && column !== position;
  });
  if (!byName && (isMoved || signature.inputs.length !== names.length))
    throw mismatch(signature, table, model);
  const inputs = signature.inputs.map((input, position) => {
    const column = byName ? names.indexOf(input.name) : position;
    return bindColumn(input, { column, table, model });
  });
  return { kind: 'columns', by: byName ? 'by name' : 'by position', inputs };
}

type BindColumnContext = { readonly column: number; readonly table: Table; readonly model: string };

function bindColumn(input: Tensor, { column, table, model }: BindColumnContext): ColumnInput {
  const rank = input.shape.length;
  const single = rank === 1 || (rank === 2 && (input.shape[1] === 1 || typeof input.shape[1] !== 'number'));
  if (!single) {
    throw new InputError(
      `${model}: its input ${quote(input.name)} has the shape ${describeShape(input)}; models that take one column for each input ([N, 1]) or one matrix ([N, F]) can be scored`,
    );
  }
  refuseFixedBatch(input, model);
  const type = INPUT_TYPES.find((known) => known === input.type);
  if (type === undefined) {
    throw new InputError(
      `${model}: its input ${quote(input.name)} has the type ${input.type}; supported are ${INPUT_TYPES.join(', ')}`,
    );
  }
  const bound = table.columns[column]!;
  if (bound.kind === 'text' && type !== 'string') {
    throw new InputError(
      `${model}: its input ${quote(input.name)} takes ${type}, but the column ${quote(bound.name)} is text (such as ${quote(firstText(bound))})`,
    );
  }
  return { input: input.name, column, type, rank: rank === 1 ? 1 : 2 };
}

function refuseFixedBatch(input: Tensor, model: string): void {
  const batch = input.shape[0];
  if (typeof batch !== 'number') return;
  throw new InputError(
    `${model}: its input ${quote(input.name)} has a fixed batch of ${batch} (${describeShape(input)}); export it with a dynamic first dimension`,
  );
}

function mismatch(signature: ModelSignature, table: Table, model: string): InputError {
  const wanted = signature.inputs.map((input) => `${input.name}: ${input.type} ${describeShape(input)}`);
  return new InputError(
    `${model} cannot be bound to the data. The model wants ${wanted.length} inputs (${wanted.join(', ')}); the data has ${table.columns.length} feature columns (${listColumns(table)})`,
  );
}

function listColumns(table: Table): string {
  return table.columns.map((column) => `${column.name}: ${column.kind}`).join(', ');
}

function describeShape(tensor: Tensor): string {
  return `[${tensor.shape.map((size) => size ?? '?').join(', ')}]`;
}

function firstText(column: Column): string {
  return column.kind === 'text' ? (column.dictionary[0] ?? '') : '';
}

function quote(text: string): string {
  return JSON.stringify(text);
}
