import { InputError } from '../errors.ts';
import { logLine } from '../report/log-text.ts';
import type { BindingRequest } from './binding.ts';
import type { ModelInput } from './model-input.ts';
import { describeTensor, quote } from './tensor-text.ts';

/** Lines of the two lists that a message shows at most. */
const MOST_LINES = 40;

/** The refusal of a binding, with what the model wants and what the data have side by side. */
export function mismatch(request: BindingRequest, open: readonly ModelInput[]): InputError {
  const { signature, columns, model } = request;
  const wanted = signature.inputs.map(
    (tensor) => `${logLine(tensor.name, 60)}: ${tensor.type} ${describeTensor(tensor)}`,
  );
  const given = columns.map(({ name, type }) => `${logLine(name, 60)}: ${type}`);
  const table = sideBySide(['the model wants', ...wanted], ['the data have', ...given]);
  return new InputError(
    `${model} cannot be bound to the data: ${reasonFor(request, open)}; ${remedyFor(open)}\n${table}`,
  );
}

function reasonFor({ signature, columns }: BindingRequest, open: readonly ModelInput[]): string {
  const count = columns.length === 1 ? '1 feature column' : `${columns.length} feature columns`;
  const [only] = open;
  if (signature.inputs.length === 1 && only?.width !== undefined && only.width > 1)
    return `its input ${quote(only.name)} takes ${only.width} columns, the data have ${count}`;
  const names = open.slice(0, 5).map(({ name }) => quote(name));
  const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
  return `it has ${signature.inputs.length === 1 ? '1 input' : `${signature.inputs.length} inputs`}, of which no column is called ${names.join(', ')}${more}; the data have ${count}`;
}

function remedyFor(open: readonly ModelInput[]): string {
  const wide = open.some(({ width }) => width !== 1);
  return wide
    ? "list the model's columns in data.columns (or --columns), in the order it was trained on"
    : 'rename the columns in data.features, or list them in data.columns (or --columns) in the order of the inputs';
}

function sideBySide(left: readonly string[], right: readonly string[]): string {
  const count = Math.min(Math.max(left.length, right.length), MOST_LINES + 1);
  const width = Math.max(...left.slice(0, count).map((text) => text.length));
  const lines = Array.from({ length: count }, (_, line) =>
    `  ${(left[line] ?? '').padEnd(width)}   ${right[line] ?? ''}`.trimEnd(),
  );
  const hidden = Math.max(left.length, right.length) - count;
  return [...lines, ...(hidden > 0 ? [`  … and ${hidden} more`] : [])].join('\n');
}
