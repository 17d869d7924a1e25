import type { ModelEvidence } from '../evidence.ts';
import { escapeSummary } from '../markdown.ts';
import type { PictureKind } from '../pictures/chart.ts';
import type { Detail } from './detail.ts';
import { PICTURE_BRANCH, type ShownPictures } from './shown-pictures.ts';

/** Pixels that a picture is drawn for; on a phone it shrinks to the width of the comment. */
export const PICTURE_WIDTH: Readonly<Record<PictureKind, number>> = {
  metrics: 480,
  slices: 480,
  roc: 400,
  'precision-recall': 400,
  calibration: 400,
};

/** The differences of the metrics at a glance, below their table; where the comment is shortened they go first. */
export function renderMetricPicture({ pictures }: ModelEvidence, detail: Detail): string | undefined {
  const picture = renderPictures(pictures, ['metrics']);
  if (picture === undefined || !detail.folded.includes('curves')) return undefined;
  return `${picture}\n<br><sub>Each row has its own scale: the line is no difference, the band is the margin.</sub>`;
}

/**
 * The pictures of these kinds side by side where there is room, one below the other on a phone; undefined when
 * there is none. Addresses are relative to a pull request, so that the reader's own login fetches them, in a
 * private repository too.
 */
export function renderPictures(
  pictures: ShownPictures | undefined,
  kinds: readonly PictureKind[],
): string | undefined {
  const shown = kinds.flatMap((kind) => {
    const picture = pictures?.[kind];
    if (picture === undefined) return [];
    const { light, dark } = picture.paths;
    const alternative = escapeSummary(picture.alternative, MOST_CHARACTERS);
    return [
      `<picture><source media="(prefers-color-scheme: dark)" srcset="${addressOf(dark)}"><img alt="${alternative}" src="${addressOf(light)}" width="${PICTURE_WIDTH[kind]}"></picture>`,
    ];
  });
  return shown.length === 0 ? undefined : shown.join('\n');
}

const MOST_CHARACTERS = 600;

function addressOf(path: string): string {
  return `../blob/${PICTURE_BRANCH}/${path}?raw=true`;
}
