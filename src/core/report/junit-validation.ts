import type { DatasetProfile, Finding, ValidationDocument } from '../documents/validation.ts';
import { formatQuantity } from './format-number.ts';
import type { Case, Result } from './junit-case.ts';

const MOST_EXAMPLES = 20;

/** A case for each finding, for each rule that is kept, and for each data set without an error. */
export function describeValidation(validation: ValidationDocument): Case[] {
  if (validation.verdict === 'error') return [];
  const { datasets, findings, contract } = validation;
  const rules = contract === undefined ? '' : `, ${formatQuantity(contract.rules, 'rule')}`;
  const clean = datasets
    .filter(({ name }) => !findings.some(({ dataset, severity }) => dataset === name && severity === 'error'))
    .map(({ name, rows, columns }): Case => {
      const size = `${formatQuantity(rows, 'row')}, ${formatQuantity(columns.length, 'column')}`;
      return { name: `data set ${name}`, group: 'data', result: { kind: 'passed', output: size + rules } };
    });
  const kept = datasets.flatMap((dataset) => describeKept(dataset, findings, contract?.path));
  return [...clean, ...kept, ...findings.map(describeFinding)];
}

function describeKept(
  { name, rules = [] }: DatasetProfile,
  findings: readonly Finding[],
  file: string | undefined,
): Case[] {
  const told = new Set(
    findings.flatMap(({ dataset, column, location }) =>
      dataset === name && location?.file === file ? [JSON.stringify([location?.line, column])] : [],
    ),
  );
  return rules
    .filter(({ line, column }) => !told.has(JSON.stringify([line, column])))
    .map(({ check, column, line, name: called }) => ({
      name: `${called ?? check} ${[name, column].filter((part) => part !== undefined).join('.')}`,
      group: 'data',
      result: { kind: 'passed' },
      place: file === undefined ? undefined : { file, line },
    }));
}

function describeFinding(finding: Finding): Case {
  const { severity, check, message, location, examples, dataset, column } = finding;
  const name = `${check} ${[dataset, column].filter((part) => part !== undefined).join('.')}`;
  const text = location === undefined ? message : `${message} (${placeOf(location)})`;
  const [first] = examples;
  const place = location ?? first;
  if (check === 'not-checked')
    return { name, group: 'data', result: { kind: 'skipped', message: text }, place };
  const result: Result =
    severity === 'error'
      ? { kind: 'failure', type: check, message: text, lines: linesOf(finding) }
      : { kind: 'passed', output: `${severity}: ${text}` };
  return { name, group: 'data', result, place };
}

/** Rows at fault, then the edit that accepts them. */
function linesOf({ examples, edit }: Finding): readonly string[] {
  const rows = examples
    .slice(0, MOST_EXAMPLES)
    .map(({ value, ...at }) => (value === '' ? placeOf(at) : `${placeOf(at)}: ${JSON.stringify(value)}`));
  if (edit === undefined) return rows;
  const change = [
    ...edit.before
      .trimEnd()
      .split('\n')
      .map((line) => `- ${line.trim()}`),
    ...edit.after
      .trimEnd()
      .split('\n')
      .map((line) => `+ ${line.trim()}`),
  ].filter((line) => line.length > 2);
  return [...rows, `if it is meant, edit ${placeOf(edit)}:`, ...change];
}

function placeOf({ file, line }: { readonly file: string; readonly line?: number | undefined }): string {
  return line === undefined ? file : `${file}:${line}`;
}
