import * as v from 'valibot';

/** Which reports the branch of pictures holds, oldest first; what no kept report names is let go of. */

/** File at the top of the branch; a branch without it is not ours. */
export const PICTURE_INDEX = 'pictures.json';

const reportSchema = v.object({
  pullRequest: v.number(),
  key: v.string(),
  files: v.array(v.string()),
});
const indexSchema = v.object({ reports: v.array(reportSchema) });
export type PictureReport = v.InferOutput<typeof reportSchema>;

/** Reports that are kept whatever became of their pull requests; the newest. */
export const KEPT_REPORTS = 50;

/** The reports of an index; none of one that is no index any more, since every picture can be drawn again. */
export function parsePictureIndex(text: string | undefined): readonly PictureReport[] {
  try {
    const parsed = v.safeParse(indexSchema, JSON.parse(text ?? ''));
    return parsed.success ? parsed.output.reports : [];
  } catch {
    return [];
  }
}

export function renderPictureIndex(reports: readonly PictureReport[]): string {
  const lines = reports.map((report) => `    ${JSON.stringify(report)}`);
  return `{\n  "reports": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** Whether the index names this very report already. */
export function hasReport(reports: readonly PictureReport[], report: PictureReport): boolean {
  return reports.some((one) => isSame(one, report));
}

/**
 * The reports that stay, with the new one as the newest: the newest 50, and of each comment on a pull request
 * that is still open the newest.
 */
export function addReport(
  reports: readonly PictureReport[],
  report: PictureReport,
  isOpen: (pullRequest: number) => boolean,
): readonly PictureReport[] {
  const all = [...reports.filter((one) => !isSame(one, report)), report];
  const newest = new Map(all.map((one) => [`${one.pullRequest} ${one.key}`, one]));
  const isNewest = (one: PictureReport) => newest.get(`${one.pullRequest} ${one.key}`) === one;
  return all.filter(
    (one, index) => index >= all.length - KEPT_REPORTS || (isNewest(one) && isOpen(one.pullRequest)),
  );
}

function isSame(left: PictureReport, right: PictureReport): boolean {
  return (
    left.pullRequest === right.pullRequest &&
    left.key === right.key &&
    left.files.length === right.files.length &&
    left.files.every((file, index) => file === right.files[index])
  );
}
