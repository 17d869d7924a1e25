import type { CompletedComparison } from '../documents/comparison.ts';
import type { Manifest } from '../documents/manifest.ts';
import type { CompletedTraining } from '../documents/training.ts';
import { DETAIL_STEPS, type Detail } from './comment/detail.ts';
import { renderMetricTable } from './comment/metric-table.ts';
import { renderAllSlices } from './comment/slices.ts';
import { formatBytes, formatCount, formatQuantity } from './format-number.ts';
import { codeSpan, escapeText, renderTable } from './markdown.ts';
import { describeMetric, findLosingSlices, findPrimary, NO_NUMBER } from './metric-text.ts';

/** The platform refuses notes of more than 125,000 characters; with tables this long they stay far below. */
const TABLES: Detail = { ...(DETAIL_STEPS[0] as Detail), rows: 100 };

export type ReleaseFacts = {
  readonly comparison: CompletedComparison;
  readonly training: CompletedTraining;
  readonly manifest: Manifest;
};

/** Notes of a release: what changed against the champion before it, and what it was judged on. */
export function renderReleaseNotes({ comparison, training, manifest }: ReleaseFacts): string {
  const primary = findPrimary(comparison);
  const text = primary && describeMetric(primary);
  const numbers =
    text === undefined
      ? ''
      : comparison.champion === undefined
        ? ` ${codeSpan(comparison.primary, 40)} ${text.challenger}`
        : ` ${codeSpan(comparison.primary, 40)} ${text.champion} → ${text.challenger}`;
  return [
    `**${capitalize(manifest.verdict.replaceAll('-', ' '))}**${numbers}${against(manifest)}.`,
    renderAcceptance(manifest),
    renderMetricTable(comparison, TABLES),
    describeLosses(comparison),
    '### Made from',
    renderFacts(training, manifest),
    '### Use',
    renderDigest(manifest),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** With weights beside the model, the digest is that of the lines of `SHA256SUMS` for its files. */
function renderDigest({ file, files = [], digest }: Manifest): string {
  if (files.length === 0)
    return `${codeSpan(file)} has the digest \`sha256:${digest}\`; \`SHA256SUMS\` has those of all files.`;
  const weights = files.map(({ name }) => codeSpan(name)).join(', ');
  return `${codeSpan(file)} needs ${weights} in the same folder. Together they have the digest \`sha256:${digest}\`, which is that of their sorted lines in \`SHA256SUMS\`, the model as \`model.onnx\`.`;
}

/** `MODEL_CARD.md`: what the model is, what it reads and answers, how it was made and judged, where it is weak. */
export function renderModelCard({ comparison, training, manifest }: ReleaseFacts): string {
  const { holdout } = comparison;
  const positives =
    holdout.positives === undefined ? '' : `, ${formatQuantity(holdout.positives, 'positive')}`;
  const groups = holdout.groups === undefined ? '' : `, ${formatQuantity(holdout.groups, 'group')}`;
  return `${[
    `# ${escapeText(manifest.model)} ${escapeText(manifest.version)}`,
    `A model for ${manifest.task.replaceAll('-', ' ')}${training.learner === undefined ? '' : `, learned by ${codeSpan(training.learner)}`}.`,
    '## What it reads',
    renderTable(
      ['column', 'type'],
      manifest.featureColumns.map(({ name, type }) => [codeSpan(name), codeSpan(type)]),
    ),
    '## What it answers',
    renderAnswers(manifest),
    '## How good it is',
    `Judged on ${formatQuantity(holdout.rows, 'row')}${positives}${groups}${windowWords(manifest.windows?.holdout)}. ${describeSeen(holdout)}`,
    renderMetricTable(comparison, TABLES),
    renderAcceptance(manifest),
    '## Where it is weaker',
    describeLosses(comparison) || 'No slice was looked at by itself.',
    renderAllSlices(comparison, TABLES) ?? '',
    '## How it was made',
    renderFacts(training, manifest),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function renderAnswers({ signature, file, scores }: Manifest): string {
  if (signature === undefined) {
    const judged =
      scores === undefined ? '' : `; its scores on its holdout, by hashed id, are in ${codeSpan(scores)}`;
    return `${codeSpan(file)} is no ONNX file and was never opened here${judged}.`;
  }
  return renderTable(
    ['output', 'type', 'shape'],
    signature.outputs.map(({ name, type, shape }) => [
      codeSpan(name),
      codeSpan(type),
      codeSpan(`[${shape.map((size) => size ?? '?').join(', ')}]`),
    ]),
  );
}

function renderAcceptance({ accepted, verdict }: Manifest): string {
  if (accepted === undefined) return '';
  return `Accepted by ${codeSpan(accepted.by)} although it was judged ${escapeText(verdict)}: ${escapeText(accepted.reason, 400)}`;
}

function describeSeen({ leakage, overlap }: CompletedComparison['holdout']): string {
  if (leakage === undefined) return 'Whether training saw some of them was not checked.';
  if (leakage === 0) return 'Training saw none of them.';
  const isChance =
    overlap !== undefined &&
    'checks' in overlap.challenger &&
    !overlap.challenger.checks.some(({ suspicious }) => suspicious);
  return isChance
    ? `Training saw rows equal to ${formatCount(leakage)} of them: too few to matter, or no more than chance explains.`
    : `Training saw ${formatQuantity(leakage, 'row')} of them, which flatters the numbers.`;
}

function describeLosses(comparison: CompletedComparison): string {
  const { slices } = comparison;
  if (slices.length === 0) return '';
  if (comparison.champion === undefined)
    return `${formatQuantity(slices.length, 'slice')}, no champion to compare with.`;
  const losing = findLosingSlices(slices);
  if (losing.length === 0) return `Slices that got worse: none of ${formatCount(slices.length)}.`;
  const names = losing.slice(0, 20).map((slice) => `${codeSpan(slice.slice)} ${describeMetric(slice).gain}`);
  const more = losing.length - names.length;
  return `Slices that got worse: ${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}.`;
}

function renderFacts(training: CompletedTraining, manifest: Manifest): string {
  const parameters = Object.entries(manifest.parameters)
    .slice(0, 50)
    .map(([name, value]) => codeSpan(`${name}=${value}`));
  const rows: [string, string | undefined][] = [
    ['size', formatBytes(manifest.bytes)],
    ['training rows', formatCount(training.rows)],
    ['training data', codeSpan(manifest.trainingData, 100)],
    ['holdout data', codeSpan(manifest.holdoutData, 100)],
    ['training window', windowWords(manifest.windows?.training).replace(/^, /, '') || undefined],
    ['learner', manifest.learner === undefined ? undefined : codeSpan(manifest.learner)],
    ['command', manifest.command === undefined ? undefined : codeSpan(manifest.command, 200)],
    ['parameters', parameters.length === 0 ? undefined : parameters.join(' ')],
    ['seed', String(manifest.seed)],
    ['commit', manifest.commit === undefined ? undefined : codeSpan(manifest.commit)],
    ['run', manifest.run === undefined ? undefined : codeSpan(manifest.run)],
    ['champion before', manifest.previous === undefined ? undefined : codeSpan(manifest.previous)],
    ['made by', codeSpan(`${manifest.tool.name} ${manifest.tool.version}`)],
  ];
  return renderTable(
    ['fact', 'value'],
    rows
      .map(([name, value]) => [name, value ?? NO_NUMBER])
      .filter(([, value]) => value !== NO_NUMBER) as string[][],
  );
}

function windowWords(
  window: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
): string {
  if (window === undefined) return '';
  const from = window.from === undefined ? '' : ` from ${codeSpan(window.from, 40)}`;
  const to = window.to === undefined ? '' : ` to before ${codeSpan(window.to, 40)}`;
  return from === '' && to === '' ? '' : `,${from}${to}`;
}

function against(manifest: Manifest): string {
  return manifest.previous === undefined ? '' : `, against ${codeSpan(manifest.previous)}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
