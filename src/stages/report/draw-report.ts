import {
  PICTURE_BUDGET,
  picturePath,
  type ShownPicture,
  type ShownPictures,
} from '../../core/report/comment/shown-pictures.ts';
import type { ModelEvidence } from '../../core/report/evidence.ts';
import { formatBytes } from '../../core/report/format-number.ts';
import { type Picture, type PictureKind, THEMES, type Theme } from '../../core/report/pictures/chart.ts';
import type { PictureReport } from '../../core/report/pictures/picture-index.ts';
import type { PictureRenderer } from '../../ports/picture-renderer.ts';
import type { Log } from '../../ports/runner.ts';

export type DrawnReport = {
  /** The evidence with the pictures that the comment may show. */
  readonly models: readonly ModelEvidence[];
  /** SVG documents by their paths on the branch. */
  readonly files: Readonly<Record<string, string>>;
  readonly report: PictureReport;
};

export type Drawing = {
  readonly place: { readonly pullRequest: number; readonly key: string };
  readonly renderer: PictureRenderer;
  readonly sha256: (text: string) => string;
  readonly log: Pick<Log, 'info'>;
};

type Wanted = { readonly evidence: ModelEvidence; readonly pictures: readonly Picture[] };

/** Draws the pictures of all models as far as the budget goes; undefined when that is none of them. */
export function drawReport(wanted: readonly Wanted[], drawing: Drawing): DrawnReport | undefined {
  const files: Record<string, string> = {};
  let bytesLeft: number = PICTURE_BUDGET.report;
  const models = wanted.map(({ evidence, pictures }) => {
    const shown: Partial<Record<PictureKind, ShownPicture>> = {};
    for (const picture of pictures) {
      const drawn = drawPicture(picture, evidence.model, drawing);
      if (drawn.largest > PICTURE_BUDGET.picture || drawn.bytes > bytesLeft) {
        drawing.log.info(leftOut(picture.kind, evidence.model, drawn));
        continue;
      }
      bytesLeft -= drawn.bytes;
      Object.assign(files, drawn.files);
      shown[picture.kind] = drawn.shown;
    }
    return withPictures(evidence, shown);
  });
  const paths = Object.keys(files).sort();
  if (paths.length === 0) return undefined;
  return { models, files, report: { ...drawing.place, files: paths } };
}

function withPictures(evidence: ModelEvidence, pictures: ShownPictures): ModelEvidence {
  return Object.keys(pictures).length === 0 ? evidence : { ...evidence, pictures };
}

type DrawnPicture = {
  readonly files: Readonly<Record<string, string>>;
  readonly shown: ShownPicture;
  readonly bytes: number;
  readonly largest: number;
};

function drawPicture(
  { kind, chart, alternative }: Picture,
  model: string,
  { place, renderer, sha256 }: Drawing,
): DrawnPicture {
  const light = renderer.render(chart, 'light');
  const dark = renderer.render(chart, 'dark');
  const hash = sha256(light + dark).slice(0, 16);
  const pathOf = (theme: Theme) => picturePath({ ...place, model, kind, theme, hash });
  const [lightPath, darkPath] = THEMES.map(pathOf) as [string, string];
  const sizes = [light, dark].map((text) => Buffer.byteLength(text));
  return {
    files: { [lightPath]: light, [darkPath]: dark },
    shown: { paths: { light: lightPath, dark: darkPath }, alternative },
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    largest: Math.max(...sizes),
  };
}

function leftOut(kind: PictureKind, model: string, { bytes }: DrawnPicture): string {
  const { picture, report } = PICTURE_BUDGET;
  return `${model} is reported without the picture ${kind} (${formatBytes(bytes)} in both themes): one may have ${formatBytes(picture)}, all of a report together ${formatBytes(report)}`;
}
