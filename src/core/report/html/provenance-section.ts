import type { DocumentInput } from '../../documents/common.ts';
import type { CompletedComparison } from '../../documents/comparison.ts';
import type { CompletedTraining } from '../../documents/training.ts';
import type { ModelEvidence, RunReference } from '../evidence.ts';
import { formatBytes, formatCount, formatDuration } from '../format-number.ts';
import { describeHoldoutUse } from '../holdout-use.ts';
import { describeLeakage } from '../leakage-note.ts';
import { isPlainAddress } from '../markdown.ts';
import { html, type Markup } from './markup.ts';

/** Where every number of the report comes from: commits, run, models, rows, training and the files that were read. */

type Fact = readonly [name: string, value: string | Markup | undefined];

export function renderProvenance(evidence: ModelEvidence, run: RunReference, id: string): Markup {
  const comparison = completed(evidence.comparison);
  const training = completed(evidence.training);
  const groups: readonly (readonly [string, readonly Fact[]])[] = [
    ['Run', runFacts(evidence, run)],
    ['Models', comparison ? modelFacts(comparison) : []],
    ['Rows', comparison ? rowFacts(comparison) : []],
    ['Training', training ? trainingFacts(training) : []],
  ];
  return html`<section class="panel long" id="${id}-provenance"><h3>Provenance</h3>${groups.map(renderFacts)}${renderInputs(evidence)}</section>`;
}

function completed<Document extends { readonly verdict: string }>(
  document: Document | undefined,
): Exclude<Document, { verdict: 'error' }> | undefined {
  return document === undefined || document.verdict === 'error'
    ? undefined
    : (document as Exclude<Document, { verdict: 'error' }>);
}

function runFacts(evidence: ModelEvidence, run: RunReference): Fact[] {
  const documents = [evidence.comparison, evidence.training, evidence.validation, evidence.drift];
  const document = documents.find((one) => one !== undefined);
  const attempt = run.attempt === undefined ? '' : `, attempt ${run.attempt}`;
  return [
    ['Commit', run.commit],
    ['Base commit', document?.source.baseCommit],
    ['Repository', document?.source.repository],
    [
      'Run',
      isPlainAddress(run.runUrl)
        ? html`<a href="${run.runUrl}">${run.runUrl}</a>${attempt}`
        : run.run && `${run.run}${attempt}`,
    ],
    ['Made by', document && `${document.tool.name} ${document.tool.version}`],
    ['Made at', document?.measured.createdAt],
    ...documents.flatMap((one): Fact[] =>
      one?.measured.seconds === undefined
        ? []
        : [[`Time of ${one.kind}`, formatDuration(one.measured.seconds)]],
    ),
  ];
}

function modelFacts({ champion, challenger, exam, proposedVersion }: CompletedComparison): Fact[] {
  return [
    ['Champion', champion && html`<code>${champion.digest}</code> ${champion.origin}`],
    ['Champion version', champion?.version],
    ['Challenger', html`<code>${challenger.digest}</code> ${challenger.origin}`],
    ['Proposed version', proposedVersion],
    ['Rules of commit', exam.commit],
  ];
}

function rowFacts(comparison: CompletedComparison): Fact[] {
  const { holdout, windows } = comparison;
  const count = (value: number | undefined) => (value ? formatCount(value) : undefined);
  return [
    ['Holdout', holdout.digest],
    ['Uses of the holdout', describeHoldoutUse(comparison)],
    ['Rows refused by a model', count(holdout.refusedRows)],
    ['Rows without a label', count(holdout.unlabelledRows)],
    ['Rows with an id seen before', count(holdout.repeatedIds)],
    ['Window of the holdout', windowText(windows?.holdout)],
    ['Window of training', windowText(windows?.training)],
    ['Training rows', comparison.trainingData],
    ...describeLeakage(comparison).notes.map((note): Fact => ['Leakage', html`${note}`]),
  ];
}

function trainingFacts(training: CompletedTraining): Fact[] {
  return [
    ['Learner', training.learner ?? training.command],
    ['Rows', formatCount(training.rows)],
    ['Seed', String(training.seed)],
    ['Data', training.data],
    ['Recipe', training.recipe],
    ...Object.entries(training.parameters).map(([name, value]): Fact => [name, String(value)]),
    ...Object.entries(training.environment).map(([name, value]): Fact => [name, value]),
  ];
}

function renderFacts([title, facts]: readonly [string, readonly Fact[]]): Markup | undefined {
  const present = facts.filter(([, value]) => value !== undefined && value !== '');
  if (present.length === 0) return undefined;
  return html`<h4>${title}</h4><dl class="facts">${present.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'string' ? html`<code>${value}</code>` : value}</dd>`)}</dl>`;
}

type StageInput = DocumentInput & { readonly stage: string };

function renderInputs({ validation, training, comparison, drift }: ModelEvidence): Markup | undefined {
  const inputs = [validation, training, comparison, drift].flatMap((document): StageInput[] =>
    (document?.inputs ?? []).map((input) => ({ ...input, stage: document?.kind ?? '' })),
  );
  if (inputs.length === 0) return undefined;
  return html`<h4>Files that were read</h4><div class="scroll" tabindex="0" role="group" aria-label="Files that were read"><table><thead><tr><th class="text" scope="col">File</th><th class="text" scope="col">As</th><th class="text" scope="col">By</th><th scope="col">Rows</th><th scope="col">Size</th><th class="text" scope="col">SHA-256</th></tr></thead><tbody>${inputs.map(
    ({ path, role, stage, rows, bytes, sha256 }) =>
      html`<tr><th scope="row"><code>${path}</code></th><td class="text">${role}</td><td class="text">${stage}</td><td>${rows === undefined ? undefined : formatCount(rows)}</td><td>${bytes === undefined ? undefined : formatBytes(bytes)}</td><td class="text digest"><code>${sha256}</code></td></tr>`,
  )}</tbody></table></div>`;
}

function windowText(
  window: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
): string | undefined {
  if (window === undefined) return undefined;
  return `from ${window.from ?? 'the first'} to before ${window.to ?? 'the end'}`;
}
