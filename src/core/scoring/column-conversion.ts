import type { ColumnDescription } from '../data/table.ts';
import { InputError } from '../errors.ts';
import type { BoundColumn } from './binding.ts';
import { type InputHint, missingText, spellingFor } from './input-hints.ts';
import { INPUT_TYPES, type InputType, isWholeType } from './input-types.ts';
import { quote } from './tensor-text.ts';

export type ConversionContext = {
  readonly input: string;
  readonly type: InputType;
  readonly hint: InputHint | undefined;
  readonly model: string;
};

/**
 * How a column becomes values of an input type:
 *
 * | column | number input | bool input | text input |
 * |---|---|---|---|
 * | integer, number | the number | 0 is false, all else true | its digits, as the model's categories write them |
 * | boolean | 1 and 0 | the truth | `true` and `false`, as the model's categories write them |
 * | date, timestamp | milliseconds since 1970 UTC | refused | `2020-06-21`, `2020-06-21 12:14:25` |
 * | string | refused | refused | the text |
 *
 * A missing value is NaN (or what the model's imputer takes for missing) where the type has it, the model's
 * own word for it or the empty text in a text input, and refuses the row elsewhere.
 * @throws InputError for a column that has no such value.
 */
export function convertColumn(column: ColumnDescription, context: ConversionContext): BoundColumn {
  const { input, type, hint, model } = context;
  const { name } = column;
  if (type === 'string') {
    if (column.type === 'other') throw refuse(column, context, 'has no text form');
    const spelling = spellingFor(column.type, hint?.categories);
    return {
      name,
      as: 'text',
      missing: missingText(hint?.categories),
      ...(spelling === undefined ? {} : { spelling }),
    };
  }
  if (column.type === 'string' || column.type === 'other') {
    throw new InputError(
      `${model}: its input ${quote(input)} takes ${type}, but the column ${quote(name)} is ${column.type === 'string' ? 'text' : 'of a type without a number'}; compute a number from it in data.features, or list the model's columns in data.columns (or --columns)`,
    );
  }
  const isTime = column.type === 'date' || column.type === 'timestamp';
  if (isTime && type === 'bool') throw refuse(column, context, 'is neither true nor false');
  const as = isWholeType(type) && column.type === 'integer' ? 'integer' : 'number';
  const own = hint?.missingNumber;
  if (type === 'bool') return { name, as };
  if (isWholeType(type))
    return { name, as, ...(own === undefined || !fits(own, type) ? {} : { missing: own }) };
  return { name, as, missing: own ?? Number.NaN };
}

/** Whether a type of whole numbers has the value that an imputer takes for missing. */
function fits(value: number, type: InputType): boolean {
  const { minimum, maximum } = INPUT_TYPES[type] as { readonly minimum: number; readonly maximum: number };
  return Number.isSafeInteger(value) && value >= minimum && value <= maximum;
}

function refuse(
  column: ColumnDescription,
  { input, type, model }: ConversionContext,
  why: string,
): InputError {
  return new InputError(
    `${model}: its input ${quote(input)} takes ${type}, but the column ${quote(column.name)} (${column.type}) ${why}; compute it in data.features`,
  );
}
