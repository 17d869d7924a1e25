import type { ModelSignature } from '../documents/training.ts';
import { InputError } from '../errors.ts';
import { INPUT_TYPES, type InputType, isInputType } from './input-types.ts';
import { describeTensor, quote } from './tensor-text.ts';

/** An input as rows are fed to it: first the axis of the rows, then the values of one row. */
export type ModelInput = {
  readonly name: string;
  readonly type: InputType;
  /** Number of rows where it is fixed. */
  readonly batch?: number;
  readonly hasRows: boolean;
  /** Sizes of one row's part; undefined for the one that is open. */
  readonly rowShape: readonly (number | undefined)[];
  /** Values of one row; undefined where the shape leaves it open. */
  readonly width: number | undefined;
};

/** @throws InputError for a type or shape that no rows can be made for. */
export function readInput(
  tensor: ModelSignature['inputs'][number],
  context: { readonly model: string; readonly columnCount: number },
): ModelInput {
  const { model, columnCount } = context;
  const { name, type, shape } = tensor;
  if (!isInputType(type)) {
    throw new InputError(
      `${model}: its input ${quote(name)} has the type ${type}; supported are ${Object.keys(INPUT_TYPES).join(', ')}`,
    );
  }
  const [first, ...rest] = shape;
  const sizes = rest.map((size) => (typeof size === 'number' && size > 0 ? size : undefined));
  const open = sizes.filter((size) => size === undefined).length;
  const isSplit = open > 0 && sizes.some((size) => size !== undefined && size > 1);
  if (shape.length === 0 || open > 1 || isSplit) {
    throw new InputError(
      `${model}: its input ${quote(name)} has the shape ${describeTensor(tensor)}; models that take one column for each input ([N, 1]) or several in one ([N, F]) can be scored`,
    );
  }
  // One row without an axis for rows: [F].
  if (rest.length === 0 && typeof first === 'number' && first > 1 && first === columnCount) {
    return { name, type, batch: 1, hasRows: false, rowShape: [first], width: first };
  }
  const width = open > 0 ? undefined : sizes.reduce<number>((product, size) => product * (size ?? 1), 1);
  return {
    name,
    type,
    ...(typeof first === 'number' && first > 0 ? { batch: first } : {}),
    hasRows: true,
    rowShape: sizes,
    width,
  };
}
