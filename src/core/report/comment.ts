import { DETAIL_STEPS, type Detail } from './comment/detail.ts';
import { renderReproduction, renderRunLine } from './comment/footer.ts';
import { type Marker, renderMarker } from './comment/marker.ts';
import {
  type JudgedModel,
  renderModelLine,
  renderModelPart,
  renderModelSummary,
  renderTitle,
} from './comment/model-part.ts';
import type { ModelEvidence, RunReference } from './evidence.ts';
import { formatQuantity } from './format-number.ts';
import { isUnchanged, judge, type Outcome, worstFirst } from './judgement.ts';
import { renderFolded } from './markdown.ts';

/** The platform refuses longer bodies; it is not known whether it counts units or bytes, so both hold. */
export const COMMENT_LIMIT = { units: 65_000, bytes: 65_536 } as const;

/** Room that the marker and the words about what was left out may take. */
const RESERVED = 1000;

export type CommentRequest = {
  /** One per model; unchanged models are mentioned only when no other changed. */
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  /** Tells a second comment of the same pull request apart. */
  readonly key?: string;
  /** SHA-256 of a text in hex. */
  readonly sha256: (text: string) => string;
};

export type Comment = {
  readonly body: string;
  readonly marker: Marker;
  /** What was left out to fit, in words; undefined when everything is there. */
  readonly leftOut: string | undefined;
};

/** The one comment of a pull request: what product section 5a describes, within the limit of the platform. */
export function renderComment(request: CommentRequest): Comment {
  const { run } = request;
  const limit = { units: COMMENT_LIMIT.units - RESERVED, bytes: COMMENT_LIMIT.bytes - RESERVED };
  const fitted = fitReport(request.models, run, limit);
  // Runs and latencies differ at every push of a button; only what a reader learns counts as new.
  const steady = fitReport(request.models.map(withoutLatency), { commit: run.commit }, limit);
  const marker: Marker = {
    key: request.key ?? 'report',
    commit: run.commit,
    run: run.run,
    attempt: run.attempt,
    content: request.sha256(steady.text).slice(0, 32),
  };
  return {
    body: `${fitted.text}\n\n${renderMarker(marker)}\n`,
    marker,
    leftOut: fitted.leftOut,
  };
}

export type FittedReport = {
  readonly text: string;
  readonly leftOut: string | undefined;
};

/** The same report by the first of the declared steps that stays within a limit. */
export function fitReport(
  evidence: readonly ModelEvidence[],
  run: RunReference,
  limit: { readonly units: number; readonly bytes: number },
): FittedReport {
  const models = selectModels(evidence);
  let smallest: FittedReport | undefined;
  for (const detail of DETAIL_STEPS) {
    smallest = renderAt(models, run, detail);
    if (smallest.text.length <= limit.units && byteLength(smallest.text) <= limit.bytes) return smallest;
  }
  if (smallest === undefined) throw new Error('there is no step of detail');
  throw new Error(
    `a report of ${models.length} models does not fit in ${limit.units} characters at its smallest`,
  );
}

function withoutLatency(evidence: ModelEvidence): ModelEvidence {
  const { comparison } = evidence;
  if (comparison === undefined || comparison.verdict === 'error') return evidence;
  const { latency: _latency, ...measured } = comparison.measured;
  const isSteady = (name: string) => !name.startsWith('latency_');
  return {
    ...evidence,
    comparison: {
      ...comparison,
      measured,
      metrics: comparison.metrics.filter((metric) => isSteady(metric.name)),
      slices: comparison.slices.filter((slice) => isSteady(slice.name)),
      gates: comparison.gates.map((gate) => (isSteady(gate.metric) ? gate : { ...gate, reason: '' })),
    },
  };
}

function selectModels(evidence: readonly ModelEvidence[]): readonly JudgedModel[] {
  const all = evidence.map((one) => ({ evidence: one, judgement: judge(one) }));
  const changed = all.filter(({ judgement }) => !isUnchanged(judgement));
  return worstFirst(changed.length > 0 ? changed : all.slice(0, 1));
}

function renderAt(models: readonly JudgedModel[], run: RunReference, detail: Detail): FittedReport {
  const body = models.length === 1 ? renderOne(models, detail) : renderSeveral(models, detail);
  const note =
    detail.leftOut === undefined
      ? ''
      : `<sub>Shortened to fit: without ${detail.leftOut}. The full report has them.</sub>`;
  const command = renderReproduction(run);
  const reproduction =
    command === undefined ? '' : renderFolded('Repeat this on a laptop', `\`\`\`sh\n${command}\n\`\`\``);
  const text = [body, note, reproduction, renderRunLine(run)].filter((part) => part !== '').join('\n\n');
  return { text, leftOut: detail.leftOut };
}

function renderOne(models: readonly JudgedModel[], detail: Detail): string {
  const model = models[0];
  if (model === undefined) return '### Nothing to report';
  const part = detail.parts === 0 ? '' : renderModelPart(model, detail);
  return [renderTitle(model), part].filter((section) => section !== '').join('\n\n');
}

function renderSeveral(models: readonly JudgedModel[], detail: Detail): string {
  const [first] = models as [JudgedModel, ...JudgedModel[]];
  // The worst is open where it needs a person; the rest waits for a click.
  const parts = models.slice(0, detail.parts).map((model, index) =>
    renderFolded(renderModelSummary(model), renderModelPart(model, detail), {
      open: index === 0 && model.judgement.outcome !== 'success',
    }),
  );
  const lines = models.slice(parts.length, parts.length + detail.lines).map(renderModelLine);
  const more = models.length - parts.length - lines.length;
  if (more > 0) lines.push(`- and ${formatQuantity(more, 'model')} more`);
  return [renderTitle(first), countOutcomes(models), ...parts, lines.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function countOutcomes(models: readonly JudgedModel[]): string {
  const words: Record<Outcome, string> = {
    error: 'stopped',
    failure: 'failed',
    pending: 'undecided',
    success: 'passed',
  };
  const counts = (Object.keys(words) as Outcome[])
    .map((outcome) => ({
      word: words[outcome],
      count: models.filter(({ judgement }) => judgement.outcome === outcome).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`);
  return `${formatQuantity(models.length, 'model')} changed: ${counts.join(', ')}.`;
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
