import { isPlainText, writeScalar } from './contract-scalar.ts';
import type { InferredColumn } from './infer-column.ts';

export type RenderedContract = {
  /** Of the contract and of its object. */
  readonly name: string;
  /** Where it was written from, in words. */
  readonly origin: string;
  readonly columns: readonly InferredColumn[];
};

/** A contract as a file that people read and edit; it passes the schema of the standard (v3.1.0). */
export function renderContract({ name, origin, columns }: RenderedContract): string {
  return [
    '# Data contract (Open Data Contract Standard 3.1), written by `contender contract infer`',
    `# from ${origin.replace(/[\r\n]+/g, ' ')}.`,
    '# These data keep it, and others like them nearly always: write down what you know better.',
    '# All words: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/',
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${quoteWord(name)}`,
    'version: 1.0.0',
    'status: draft',
    `name: ${quoteWord(name)}`,
    'schema:',
    `  - name: ${quoteWord(name)}`,
    '    physicalType: file',
    '    properties:',
    ...columns.flatMap((column) => renderColumn(column, 6)),
    '    quality:',
    '      # raise it to what you expect of every data set',
    '      - {metric: rowCount, mustBeGreaterThan: 0}',
    '',
  ].join('\n');
}

/** The lines of one property, the hyphen after `indent` spaces. */
export function renderColumn(column: InferredColumn, indent: number): string[] {
  const { name, logicalType, required, unique, options, isRestricted } = column;
  const pad = ' '.repeat(indent);
  const entries = Object.entries(options).map(([word, value]) => `${word}: ${writeOption(value)}`);
  const quality = renderQuality(column);
  return [
    `${pad}- name: ${quoteWord(name)}`,
    ...column.remarks.map((remark) => `${pad}  # ${remark}`),
    ...(logicalType === undefined ? [] : [`${pad}  logicalType: ${logicalType}`]),
    ...(required ? [`${pad}  required: true`] : []),
    ...(unique ? [`${pad}  unique: true`] : []),
    ...(isRestricted ? [`${pad}  classification: restricted`] : []),
    ...(entries.length === 0 || logicalType === undefined
      ? []
      : [`${pad}  logicalTypeOptions: {${entries.join(', ')}}`]),
    ...(quality.length === 0 ? [] : [`${pad}  quality:`, ...quality.map((line) => `${pad}    ${line}`)]),
  ];
}

/** Shares are of a sample, and another sample may have a little more: `population` fails on evidence only. */
const POPULATION = 'customProperties: [{property: contender, value: {mode: population}}]';

function renderQuality({ missingPercent, set }: InferredColumn): string[] {
  return [
    ...(missingPercent === undefined
      ? []
      : [
          `- metric: nullValues`,
          `  mustBeLessOrEqualTo: ${missingPercent}`,
          '  unit: percent',
          `  ${POPULATION}`,
        ]),
    ...(set === undefined
      ? []
      : [
          '- metric: invalidValues',
          ...(set.otherPercent === 0
            ? ['  mustBe: 0']
            : [`  mustBeLessOrEqualTo: ${set.otherPercent}`, '  unit: percent', `  ${POPULATION}`]),
          '  arguments:',
          `    validValues: [${set.values.map(writeScalar).join(', ')}]`,
        ]),
  ];
}

function writeOption(value: string | number): string {
  return typeof value === 'number' ? String(value) : quoteWord(value);
}

/** A name stays a text, whatever it looks like. */
function quoteWord(text: string): string {
  return isPlainText(text) ? text : JSON.stringify(text);
}
