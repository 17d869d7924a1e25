import type { BoundInput, DataBinding } from '../../inspection/inspection.ts';
import { formatCount } from '../format-number.ts';
import { columns, heading, line, paragraph, shownText } from './text-lines.ts';

const MOST_FILES = 5;
const MOST_INPUTS = 200;

/** How the model would be fed from data, or why it cannot be. */
export function renderBinding(binding: DataBinding): string[] {
  const title = heading(`Fed from ${listFiles(binding.files)}`);
  if ('refusal' in binding) return [title, ...renderRefusal(binding.refusal)];
  const types = new Map(binding.columns.map(({ name, type }) => [name, type]));
  const typeOf = (name: string) => types.get(name) ?? '';
  const notes = binding.notes.flatMap((note) => paragraph('- ', shownText(note, 400)));
  const [only] = binding.inputs;
  const isMatrix = binding.inputs.length === 1 && only !== undefined && only.columns.length > 1;
  return [title, ...(isMatrix ? renderMatrix(only, typeOf) : renderInputs(binding, typeOf)), ...notes];
}

/** A sentence, and the two lists side by side that may follow it, which are laid out anew. */
function renderRefusal(refusal: string): string[] {
  const [sentence = '', ...lists] = refusal.split('\n');
  const cells = lists.map((text) => text.slice(2).split(/ {3,}/));
  return [
    ...paragraph('! ', shownText(sentence, 4000)),
    ...columns(cells.map((row) => row.map((cell) => shownText(cell, 200)))),
  ];
}

type TypeOf = (column: string) => string;

/** A line for each column, the name of an input on the first of its lines. */
function renderInputs(
  { by, inputs }: { readonly by: string; readonly inputs: readonly BoundInput[] },
  typeOf: TypeOf,
): string[] {
  const cells = inputs.flatMap(({ input, type, columns: names }) =>
    names.length === 0
      ? [[shownText(input), type, '<- its default']]
      : names.map((name, index) => [
          index === 0 ? shownText(input) : '',
          index === 0 ? type : '',
          `<- ${shownText(name)} (${typeOf(name)})`,
        ]),
  );
  const shown = cells.slice(0, MOST_INPUTS);
  return [
    line(`inputs take their columns ${by}${by === 'by position' ? ', since the names differ' : ''}`),
    ...columns(shown),
    ...more(cells.length - shown.length),
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
