import type { BoundInput, DataBinding } from '../../inspection/inspection.ts';
import { formatCount } from '../format-number.ts';
import { columns, heading, line, paragraph, shownText } from './text-lines.ts';

const MOST_FILES = 5;
const MOST_INPUTS = 200;

/** How the model would be fed from data, or why it cannot be. */
export function renderBinding(binding: DataBinding): string[] {
  const title = heading(`Fed from ${listFiles(binding.files)}`);
  if ('refusal' in binding) return [title, ...paragraph('! ', shownText(binding.refusal, 4000))];
  const types = new Map(binding.columns.map(({ name, type }) => [name, type]));
  const typeOf = (name: string) => types.get(name) ?? '';
  const [matrix] = binding.inputs;
  return matrix !== undefined && matrix.columns.length > 1
    ? [title, ...renderMatrix(matrix, typeOf)]
    : [title, ...renderColumns(binding, typeOf)];
}

type TypeOf = (column: string) => string;

function renderColumns(
  { by, inputs }: { readonly by: string; readonly inputs: readonly BoundInput[] },
  typeOf: TypeOf,
): string[] {
  const shown = inputs.slice(0, MOST_INPUTS);
  return [
    line(`each input takes one column, bound ${by}${by === 'by position' ? ', since the names differ' : ''}`),
    ...columns(
      shown.map(({ input, type, columns: [name = ''] }) => [
        shownText(input),
        type,
        `<- ${shownText(name)} (${typeOf(name)})`,
      ]),
    ),
    ...more(inputs.length - shown.length),
  ];
}

function renderMatrix({ input, type, columns: names }: BoundInput, typeOf: TypeOf): string[] {
  const shown = names.slice(0, MOST_INPUTS);
  return [
    line(
      `${shownText(input)} takes one matrix of ${type}, made of ${formatCount(names.length)} columns in this order`,
    ),
    ...columns(shown.map((name, index) => [String(index + 1), shownText(name), typeOf(name)])),
    ...more(names.length - shown.length),
  ];
}

function listFiles(files: readonly string[]): string {
  const shown = files.slice(0, MOST_FILES).map((file) => shownText(file, 200));
  const left = files.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` and ${formatCount(left)} more files` : ''}`;
}

function more(count: number): string[] {
  return count > 0 ? [line(`and ${formatCount(count)} more`)] : [];
}
