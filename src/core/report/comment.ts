import { DETAIL_STEPS } from './comment/detail.ts';
import { isOlderRun, type Marker } from './comment/marker.ts';
import { type MergedReport, mergeReports } from './comment/merge-reports.ts';
import { type RenderedReport, renderReport } from './comment/render-report.ts';
import {
  type Hash,
  type ReportedModel,
  type ReportRun,
  reportModel,
  worstReportedFirst,
} from './comment/reported-model.ts';
import { type SealedComment, sealComment } from './comment/seal.ts';
import {
  type EvidenceArtifact,
  MOST_ARTIFACTS,
  type RememberedArtifact,
  type RememberedModel,
} from './comment/state.ts';
import type { ModelEvidence, RunReference } from './evidence.ts';

/** The platform refuses longer bodies; it is not known whether it counts units or bytes, so both hold. */
export const COMMENT_LIMIT = { units: 65_000, bytes: 65_536 } as const;

export type CommentRequest = {
  /** One per model; unchanged models are mentioned only when no other changed. */
  readonly models: readonly ModelEvidence[];
  readonly run: RunReference;
  /** Tells a second comment of the same pull request apart. */
  readonly key?: string;
  /** Tells jobs apart that report to the same comment: hexadecimal digits. */
  readonly writer?: string | undefined;
  /** What holds the evidence of the models, by id and digest. */
  readonly artifacts?: readonly EvidenceArtifact[];
  /** The comment that is there, when it is ours and as we wrote it. */
  readonly earlier?: SealedComment | undefined;
  /** A status could not be set: a run that may set it then finds something new to say. */
  readonly isPartial?: boolean | undefined;
  /** Other jobs of this run report to the same comment. */
  readonly expectsOthers?: boolean;
  /** SHA-256 of a text in hex. */
  readonly sha256: Hash;
};

export type Comment = {
  /** What the reader sees. */
  readonly text: string;
  /** The text with its hidden end. */
  readonly body: string;
  readonly marker: Marker;
  /** What was left out to fit, in words; undefined when everything is there. */
  readonly leftOut: string | undefined;
  readonly merged: MergedReport;
};

/**
 * The one comment of a pull request: what product section 5a describes, within the limit of the platform, with
 * the models of the same commit that other jobs reported, and what earlier pushes were like.
 */
export function renderComment(request: CommentRequest): Comment {
  const { earlier, run, sha256 } = request;
  const from: ReportRun = { run: run.run, attempt: run.attempt, writer: request.writer };
  const own = request.models
    .map((one) => reportModel(one, from, sha256))
    .map((one) => (request.isPartial === true ? withOtherDigest(one, sha256) : one));
  const merged = mergeReports({ own, from, run, earlier, expectsOthers: request.expectsOthers ?? false });
  const marker: Marker = {
    key: request.key ?? 'report',
    commit: run.commit,
    ...newestRun(from, earlier?.marker.commit === run.commit ? earlier?.marker : undefined),
    content: digestOf(merged.models, sha256),
  };
  const artifacts = rememberArtifacts(request);
  for (const detail of DETAIL_STEPS) {
    const report = renderReport({ ...merged, run }, detail);
    const state = {
      models: rememberModels(merged.models, report),
      pushes: merged.pushes,
      artifacts,
    };
    const body = sealComment({ text: report.text, state, marker }, sha256);
    if (fits(body, COMMENT_LIMIT)) {
      return { text: report.text, body, marker, leftOut: detail.leftOut, merged };
    }
  }
  throw new Error(`a report of ${merged.models.length} models does not fit into a comment at its smallest`);
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
  steps: typeof DETAIL_STEPS = DETAIL_STEPS,
): FittedReport {
  // Nothing is compared here, so that no digest is needed.
  const models = worstReportedFirst(evidence.map((one) => reportModel(one, {}, () => '')));
  for (const detail of steps) {
    const { text } = renderReport({ models, pushes: [], run }, detail);
    if (fits(text, limit)) return { text, leftOut: detail.leftOut };
  }
  throw new Error(
    `a report of ${models.length} models does not fit in ${limit.units} characters at its smallest`,
  );
}

function rememberModels(
  models: readonly ReportedModel[],
  { places }: RenderedReport,
): readonly RememberedModel[] {
  return models.map(({ snapshot, unchanged, digest, from }) => ({
    snapshot,
    unchanged,
    digest,
    run: from.run,
    attempt: from.attempt,
    writer: from.writer,
    place: places.get(snapshot.model),
  }));
}

/** What is told by halves is something else than the same when it is told as a whole. */
function withOtherDigest(model: ReportedModel, sha256: Hash): ReportedModel {
  return { ...model, digest: sha256(`a part of ${model.digest}`).slice(0, model.digest.length) };
}

/** Of the same commit those that other jobs left, too. */
function rememberArtifacts({
  artifacts = [],
  writer,
  earlier,
  run,
}: CommentRequest): readonly RememberedArtifact[] {
  const others = earlier?.marker.commit === run.commit ? earlier?.state.artifacts : undefined;
  const own = artifacts.map(({ id, digest }) => ({ id, digest, writer }));
  return [
    ...own,
    ...(others ?? []).filter((one) => one.writer !== writer && own.every(({ id }) => id !== one.id)),
  ].slice(0, MOST_ARTIFACTS);
}

function newestRun(own: ReportRun, known: Marker | undefined): Pick<Marker, 'run' | 'attempt'> {
  const { run, attempt } = known !== undefined && isOlderRun(own, known) ? known : own;
  return { run, attempt };
}

function digestOf(models: readonly ReportedModel[], sha256: Hash): string {
  const lines = models.map(({ snapshot, digest }) => `${snapshot.model} ${digest}`).sort();
  return sha256(lines.join('\n')).slice(0, 32);
}

function fits(text: string, limit: { readonly units: number; readonly bytes: number }): boolean {
  return text.length <= limit.units && byteLength(text) <= limit.bytes;
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
