import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import type { ModelEvidence } from '../../core/report/evidence.ts';
import { buildPictures } from '../../core/report/pictures/build-pictures.ts';
import type { Picture } from '../../core/report/pictures/chart.ts';
import {
  addReport,
  hasReport,
  KEPT_REPORTS,
  parsePictureIndex,
  renderPictureIndex,
} from '../../core/report/pictures/picture-index.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { PictureRenderer } from '../../ports/picture-renderer.ts';
import type { PictureRevision, PictureStore, StoredPictures } from '../../ports/picture-store.ts';
import { isMissingPermission } from '../missing-permission.ts';
import type { StageWorld } from '../stage.ts';
import { isWithoutSecrets } from '../without-secrets.ts';
import { type DrawnReport, drawReport } from './draw-report.ts';
import { type Discussion, type PlanRequest, planComment } from './sticky-comment.ts';

/** What draws and keeps pictures; opened only where they are wanted. */
export type PictureTools = {
  readonly renderer: () => Promise<PictureRenderer>;
  /** Undefined where no branch can be written. */
  readonly store: () => Promise<PictureStore | undefined>;
};

export type PictureWork = {
  readonly tools: PictureTools;
  readonly host: CodeHost;
  readonly world: StageWorld;
};

/**
 * The same comment with pictures, which then lie on their branch; as it is where nothing can be drawn, they
 * cannot be written, or the report is no longer wanted. Pictures never fail a report.
 */
export async function drawPictures(
  request: PlanRequest,
  discussion: Discussion,
  work: PictureWork,
): Promise<PlanRequest> {
  const store = await work.tools.store();
  const drawn = store && (await draw(request, discussion.pull.number, work));
  if (store === undefined || drawn === undefined) return request;
  const withPictures = { ...request, models: drawn.models };
  if (planComment(withPictures, discussion).kind === 'older') return withPictures;
  try {
    await store.update((stored) => revise(stored, drawn, work.host));
    return withPictures;
  } catch (error) {
    tellRefusal(error, work.world);
    return request;
  }
}

async function draw(
  { models, key = 'report', sha256 }: PlanRequest,
  pullRequest: number,
  { tools, world }: PictureWork,
): Promise<DrawnReport | undefined> {
  const wanted = models.map((evidence) => ({ evidence, pictures: picturesOf(evidence) }));
  if (wanted.every(({ pictures }) => pictures.length === 0)) return undefined;
  const place = { pullRequest, key };
  return drawReport(wanted, { place, sha256, renderer: await tools.renderer(), log: world.log });
}

function picturesOf({ comparison }: ModelEvidence): readonly Picture[] {
  if (comparison === undefined || comparison.verdict === 'error' || comparison.verdict === 'unchanged') {
    return [];
  }
  return buildPictures(comparison);
}

async function revise(
  { paths, index }: StoredPictures,
  { files, report }: DrawnReport,
  host: CodeHost,
): Promise<PictureRevision | undefined> {
  const known = parsePictureIndex(index);
  if (hasReport(known, report) && report.files.every((file) => paths.has(file))) return undefined;
  // Which pull requests are open matters only where reports have to go.
  const open = known.length < KEPT_REPORTS ? new Set<number>() : new Set(await host.pulls.listOpen());
  const reports = addReport(known, report, (number) => open.has(number));
  return {
    keep: reports.flatMap((one) => one.files),
    index: renderPictureIndex(reports),
    add: files,
    message: `Pictures of pull request ${report.pullRequest}`,
  };
}

/** Forks and Dependabot get tokens that may only read; nothing is wrong then. */
function tellRefusal(error: unknown, { log, context }: StageWorld): void {
  if (!(error instanceof InputError) && !(error instanceof OutsideError)) throw error;
  if (isMissingPermission(error) && isWithoutSecrets(context)) return;
  log.warning(`the comment has no pictures: ${messageOf(error)}`);
}
