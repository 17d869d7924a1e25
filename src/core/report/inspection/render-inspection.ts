import type { ModelInspection } from '../../inspection/inspection.ts';
import type { ContractInput, ContractValue } from '../../onnx/model-contract.ts';
import { describeShape } from '../../onnx/model-contract.ts';
import { formatBytes, formatCount, formatQuantity, NO_BREAK_SPACE } from '../format-number.ts';
import { renderBinding } from './render-binding.ts';
import { renderDifference } from './render-difference.ts';
import { columns, heading, line, paragraph, shownText } from './text-lines.ts';

const MOST_VALUES = 200;
const MOST_OPERATORS = 60;
const MOST_CLASSES = 20;
const MOST_METADATA = 30;
const MOST_EXTERNAL = 30;

/** What `contender inspect` prints: everything known about a model, as plain text. */
export function renderInspection(inspection: ModelInspection): string {
  const parts = [
    renderFacts(inspection),
    renderInputs(inspection.contract.inputs),
    renderOutputs(inspection),
    renderOperators(inspection),
    renderExternal(inspection),
    renderMetadata(inspection),
    renderWarnings(inspection),
    ...(inspection.binding ? [renderBinding(inspection.binding)] : []),
    ...(inspection.against ? [renderDifference(inspection.against)] : []),
  ];
  return `${parts.flat().join('\n')}\n`;
}

function renderFacts({ file, bytes, digest, modelDigest, contract, loading }: ModelInspection): string[] {
  const { producer, operatorSets } = contract;
  const producerText = [producer.name, producer.version].filter((part) => part !== '').join(' ');
  const beside = contract.bytes - bytes;
  const opsets = operatorSets.map(({ domain, version }) => `${shownText(domain)} ${version}`);
  return [
    shownText(file, 300),
    ...columns([
      ['size', `${bytesText(bytes)}${beside > 0 ? ` and ${bytesText(beside)} beside it` : ''}`],
      ['sha256', digest],
      ...(modelDigest === undefined ? [] : [['with weights', modelDigest]]),
      ['producer', producerText === '' ? 'not named' : shownText(producerText, 100)],
      ['opsets', opsets.length === 0 ? 'none' : cut(opsets, 20).join(', ')],
      ['IR version', String(contract.irVersion)],
      ['parameters', formatCount(contract.parameterCount)],
      ['loads', loadingText(loading)],
    ]),
  ];
}

function loadingText(loading: ModelInspection['loading']): string {
  switch (loading.outcome) {
    case 'loaded':
      return `yes, in ONNX Runtime ${shownText(loading.runtime)}`;
    case 'refused':
      return `no, ONNX Runtime ${shownText(loading.runtime)} refuses it: ${shownText(loading.reason, 400)}`;
    case 'failed':
      return `no: ${shownText(loading.reason, 400)}`;
    case 'not-tried':
      return `not tried: ${shownText(loading.reason, 400)}`;
  }
}

function renderInputs(inputs: readonly ContractInput[]): string[] {
  return [
    heading(`Inputs (${formatCount(inputs.length)})`),
    ...renderValues(inputs, (input) => (input.required ? '' : 'optional: has a value in the model')),
  ];
}

function renderOutputs({ contract, outputs: reading }: ModelInspection): string[] {
  const { outputs, classes } = contract;
  const note = ({ name }: ContractValue) => {
    if (reading === undefined || 'refusal' in reading) return '';
    if (reading.values.includes(name)) return `read as ${reading.as}`;
    return name === reading.labels ? "read as the model's own decisions" : '';
  };
  return [
    heading(`Outputs (${formatCount(outputs.length)})`),
    ...renderValues(outputs, note),
    ...(classes === undefined ? [] : [line(`classes: ${listText(classes, MOST_CLASSES)}`)]),
    ...(reading !== undefined && 'refusal' in reading
      ? paragraph('! ', `no answer for ${reading.task}: ${shownText(reading.refusal, 600)}`)
      : []),
  ];
}

function renderValues<Value extends ContractValue>(
  values: readonly Value[],
  note: (value: Value) => string,
): string[] {
  if (values.length === 0) return [line('none')];
  const rows = values
    .slice(0, MOST_VALUES)
    .map((value) => [
      shownText(value.name),
      shownText(value.type, 80),
      isTensor(value) ? shownText(describeShape(value.shape), 80) : '',
      note(value),
    ]);
  return [...columns(rows), ...more(values.length - rows.length)];
}

function isTensor({ shape, type }: ContractValue): boolean {
  return shape !== null || !/ /.test(type);
}

function renderOperators({ contract: { operators } }: ModelInspection): string[] {
  const total = operators.reduce((sum, { count }) => sum + count, 0);
  const shown = [...operators]
    .sort((left, right) => right.count - left.count)
    .slice(0, MOST_OPERATORS)
    .map(({ domain, name, count, own }) => [
      shownText(name),
      shownText(domain),
      formatCount(count),
      own ? 'defined in this model' : '',
    ]);
  return [
    heading(`Operators (${formatCount(operators.length)} in ${formatQuantity(total, 'node')})`),
    ...(shown.length === 0 ? [line('none')] : columns(shown)),
    ...more(operators.length - shown.length),
  ];
}

function renderExternal({ externalFiles, contract }: ModelInspection): string[] {
  if (externalFiles.length === 0) return [];
  const tensors = new Map(contract.externalData.map((data) => [data.location, data.tensors]));
  const rows = externalFiles.slice(0, MOST_EXTERNAL).map(({ location, state, bytes }) => {
    const where = state === 'outside' ? 'outside of the folder of the model' : state;
    return [
      shownText(location),
      `${formatQuantity(tensors.get(location) ?? 0, 'tensor')}`,
      bytes === undefined ? where : bytesText(bytes),
    ];
  });
  return [
    heading(`Weights in files beside it (${formatCount(externalFiles.length)})`),
    ...columns(rows),
    ...more(externalFiles.length - rows.length),
  ];
}

function renderMetadata({ contract: { metadata } }: ModelInspection): string[] {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return [];
  const rows = entries.slice(0, MOST_METADATA).map(([key, value]) => [shownText(key), shownText(value, 160)]);
  return [
    heading(`Metadata (${formatCount(entries.length)}, the model's own words)`),
    ...columns(rows),
    ...more(entries.length - rows.length),
  ];
}

function renderWarnings({ warnings }: ModelInspection): string[] {
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, MOST_VALUES);
  return [
    heading(`Warnings (${formatCount(warnings.length)})`),
    ...shown.flatMap(({ message }) => paragraph('! ', shownText(message, 1000))),
    ...more(warnings.length - shown.length),
  ];
}

function listText(names: readonly string[], most: number): string {
  return cut(
    names.map((name) => shownText(name) || '(empty)'),
    most,
  ).join(', ');
}

function cut(names: readonly string[], most: number): string[] {
  return names.length <= most
    ? [...names]
    : [...names.slice(0, most), `and ${formatCount(names.length - most)} more`];
}

function more(count: number): string[] {
  return count > 0 ? [line(`and ${formatCount(count)} more`)] : [];
}

function bytesText(bytes: number): string {
  return formatBytes(bytes).replaceAll(NO_BREAK_SPACE, ' ');
}
