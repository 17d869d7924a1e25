import { expect, it } from 'vitest';
import { createPictureRenderer } from '../../src/adapters/pictures/picture-renderer.ts';
import { buildPictures } from '../../src/core/report/pictures/build-pictures.ts';
import { THEMES } from '../../src/core/report/pictures/chart.ts';
import { describeInChromium } from '../support/chromium.ts';
import { comparison, metric, slice, slices } from '../support/documents.ts';
import { HOSTILE } from '../unit/report/hostile-text.ts';

/** That a browser shows the pictures as images, whatever the names in them are. */

describeInChromium('pictures', (browser) => {
  /** Sizes of the images that the browser could read; 0 where it could not. */
  async function widthsOf(drawings: readonly string[]): Promise<unknown> {
    const page = await browser().newPage();
    const images = drawings.map(
      (svg) => `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`,
    );
    await page.setContent(images.join(''));
    await page.waitForFunction('[...document.images].every((image) => image.complete)');
    const widths = await page.evaluate('[...document.images].map((image) => image.naturalWidth)');
    await page.close();
    return widths;
  }

  const renderer = createPictureRenderer();

  it('are images of their size, in both themes', async () => {
    const pictures = buildPictures(comparison({ slices: slices() }));
    const drawings = pictures.flatMap(({ chart }) => THEMES.map((theme) => renderer.render(chart, theme)));
    expect(await widthsOf(drawings)).toEqual([480, 480, 480, 480, 400, 400, 400, 400, 400, 400]);
  });

  it('with hostile names are well-formed documents all the same', async () => {
    const drawings = HOSTILE.flatMap((text) => {
      const named = [slice({ slice: text }), slice({ slice: `${text}\uffff` })];
      const pictures = buildPictures(comparison({ metrics: [metric({ name: text })], slices: named }));
      return pictures
        .filter(({ chart }) => chart.type === 'forest')
        .map(({ chart }) => renderer.render(chart, 'light'));
    });
    expect(drawings).toHaveLength(2 * HOSTILE.length);
    expect(await widthsOf(drawings)).toEqual(drawings.map(() => 480));
  });
});
