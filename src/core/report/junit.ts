import type { Gate } from '../documents/comparison.ts';
import type { DriftDocument } from '../documents/drift.ts';
import type { ModelEvidence } from './evidence.ts';
import { formatCount } from './format-number.ts';
import { buildHeadline, headlineText } from './headline.ts';
import { type CompletedJudgement, type FailedJudgement, judge, validAcceptance } from './judgement.ts';
import type { Case, Result } from './junit-case.ts';
import { describeValidation } from './junit-validation.ts';
import { makeVisible } from './markdown.ts';

/** The evidence as JUnit XML, which most tools that show the outcome of tests read. */

type Suite = {
  readonly name: string;
  readonly cases: readonly Case[];
  /** Of all documents together. */
  readonly seconds: number;
  readonly properties: readonly (readonly [name: string, value: string])[];
};

const MESSAGE_LENGTH = 2000;
const NAME_LENGTH = 300;

/**
 * One suite for each model: its verdict, each gate, each finding of the validation, the drift check, and each
 * stage that died. A gate that is undecided, or was overruled by a maintainer, counts as skipped; a warning
 * passes and says what it warns of.
 */
export function renderJunit(models: readonly ModelEvidence[]): string {
  const suites = models.map(describeSuite);
  const cases = suites.flatMap((suite) => suite.cases);
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'contender', ...countResults(cases), time: formatTime(seconds) })}>`,
    ...suites.map(renderSuite),
    '</testsuites>\n',
  ].join('\n');
}

function describeSuite(evidence: ModelEvidence): Suite {
  const judgement = judge(evidence);
  const { validation, drift } = evidence;
  const isJudged = evidence.comparison !== undefined || evidence.training !== undefined;
  const dead = describeDeadStages(evidence);
  // A drift check or a validation alone judges no model.
  const isMissing = judgement.kind === 'failed' && dead.length === 0 && isJudged;
  const cases = [
    ...(validation === undefined ? [] : describeValidation(validation)),
    ...(drift === undefined ? [] : [describeDrift(drift)]),
    ...dead,
    ...(judgement.kind === 'completed' ? describeJudgement(judgement) : []),
    ...(isMissing ? [describeMissing(judgement)] : []),
  ];
  const documents = [validation, evidence.training, evidence.comparison, drift];
  return {
    name: evidence.model,
    cases,
    seconds: documents.reduce((sum, document) => sum + (document?.measured.seconds ?? 0), 0),
    properties: describeProperties(evidence),
  };
}

function describeJudgement(judgement: CompletedJudgement): Case[] {
  const { comparison } = judgement;
  const isAccepted = validAcceptance(comparison) !== undefined;
  const gates = comparison.gates.map((gate) => ({
    name: gate.description,
    group: 'gates',
    result: describeGate(gate, isAccepted),
  }));
  return [{ name: 'verdict', group: 'comparison', result: describeVerdict(judgement) }, ...gates];
}

function describeMissing({ stage, error }: FailedJudgement): Case {
  return {
    name: 'verdict',
    group: 'comparison',
    result: { kind: 'error', type: 'outside', message: `${stage}: ${error.message}` },
  };
}

function describeVerdict(judgement: CompletedJudgement): Result {
  const text = headlineText(buildHeadline(judgement));
  switch (judgement.outcome) {
    case 'success':
      return { kind: 'passed', output: text };
    case 'pending':
      return { kind: 'skipped', message: text };
    default:
      return { kind: 'failure', type: judgement.state, message: text };
  }
}

function describeGate(
  { outcome, reason, role, rowsNeeded, rowsUnit = 'rows' }: Gate,
  isAccepted: boolean,
): Result {
  if (outcome === 'pass') return { kind: 'passed', output: reason };
  if (isAccepted) return { kind: 'skipped', message: `overruled by a maintainer; ${reason}` };
  if (outcome === 'fail') return { kind: 'failure', type: role, message: reason };
  const needed =
    rowsNeeded === undefined
      ? ''
      : `; about ${formatCount(Number(rowsNeeded.toPrecision(2)))} labelled ${rowsUnit} would settle it`;
  return { kind: 'skipped', message: `undecided: ${reason}${needed}` };
}

function describeDrift(drift: DriftDocument): Case {
  const [name, group] = ['drift check', 'drift'];
  if (drift.verdict === 'error') {
    return { name, group, result: { kind: 'error', type: drift.error.code, message: drift.error.message } };
  }
  const text = `${drift.verdict}, ${drift.recommendation}: ${drift.reason}`;
  const results: Record<typeof drift.verdict, Result> = {
    stable: { kind: 'passed', output: text },
    drift: { kind: 'failure', type: 'drift', message: text },
    'insufficient-data': { kind: 'skipped', message: text },
    'no-data': { kind: 'skipped', message: text },
  };
  return { name, group, result: results[drift.verdict] };
}

function describeDeadStages({ validation, training, comparison }: ModelEvidence): Case[] {
  const stages = { 'validate-data': validation, 'train-model': training, 'compare-models': comparison };
  return Object.entries(stages).flatMap(([stage, document]) => {
    if (document?.verdict !== 'error') return [];
    const { code, message, file, line } = document.error;
    const place = file === undefined ? '' : ` (${line === undefined ? file : `${file}:${line}`})`;
    const result = { kind: 'error' as const, type: code, message: `${message}${place}` };
    return [{ name: stage, group: 'stages', result }];
  });
}

function describeProperties(evidence: ModelEvidence): [string, string][] {
  const { comparison, training } = evidence;
  const judged = comparison?.verdict === 'error' ? undefined : comparison;
  const any = comparison ?? training ?? evidence.validation ?? evidence.drift;
  const properties: [string, string | undefined][] = [
    ['verdict', comparison?.verdict],
    ['promote', judged && String(judged.promote)],
    ['champion-version', judged?.champion?.version],
    ['champion-digest', judged?.champion?.digest],
    ['challenger-digest', judged?.challenger.digest],
    ['proposed-version', judged?.proposedVersion],
    ['holdout-digest', judged?.holdout.digest],
    ['commit', any?.source.headCommit],
    ['tool', any && `${any.tool.name} ${any.tool.version}`],
  ];
  return properties.filter((property): property is [string, string] => property[1] !== undefined);
}

function renderSuite({ name, cases, seconds, properties }: Suite): string {
  const described =
    properties.length === 0
      ? []
      : [
          '    <properties>',
          ...properties.map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
          '    </properties>',
        ];
  return [
    `  <testsuite${attributes({ name, ...countResults(cases), time: formatTime(seconds) })}>`,
    ...described,
    ...cases.map((one) => renderCase(name, one)),
    '  </testsuite>',
  ].join('\n');
}

function renderCase(model: string, { name, group, result, place }: Case): string {
  // Some tools refuse a case without a name.
  const named = name.trim() === '' ? '(no name)' : name;
  const at: Record<string, string> = place === undefined ? {} : { file: place.file };
  if (place?.line !== undefined) at.line = String(place.line);
  const start = `    <testcase${attributes({ name: named, classname: `contender.${model}.${group}`, ...at, time: '0.000' })}`;
  const content = renderResult(result);
  return content === '' ? `${start}/>` : `${start}>\n      ${content}\n    </testcase>`;
}

function renderResult(result: Result): string {
  switch (result.kind) {
    case 'passed':
      return result.output === undefined ? '' : `<system-out>${escapeXml(result.output)}</system-out>`;
    case 'skipped':
      return `<skipped${attributes({ message: result.message })}/>`;
    default: {
      const text = [result.message, ...(result.lines ?? [])].map((line) => escapeXml(line)).join('\n');
      return `<${result.kind}${attributes({ message: result.message, type: result.type })}>${text}</${result.kind}>`;
    }
  }
}

function countResults(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors' | 'skipped', string> {
  const count = (kind: Result['kind']) => String(cases.filter(({ result }) => result.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(value, name === 'name' ? NAME_LENGTH : MESSAGE_LENGTH)}"`)
    .join('');
}

/** Seconds with three decimals, as the format asks for. */
function formatTime(seconds: number): string {
  return Math.max(0, Number.isFinite(seconds) ? seconds : 0).toFixed(3);
}

/** XML 1.0 has no control characters, surrogates or non-characters, however they are written. */
function escapeXml(text: string, maximumLength = MESSAGE_LENGTH): string {
  return makeVisible(text, maximumLength)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
