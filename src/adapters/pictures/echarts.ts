import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

export type Size = { readonly width: number; readonly height: number };

use([LineChart, CustomChart, GridComponent, TitleComponent, SVGRenderer]);

/** GitHub's own, so that a picture looks like the comment around it. */
export const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif";

/** Draws without a browser, and without what only a live chart needs. */
export function drawSvg(option: EChartsCoreOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option });
    return tidy(chart.renderToSVGString({ useViewBox: true }), width, height);
  } finally {
    chart.dispose();
  }
}

/**
 * Takes out styles for the mouse and clipping of what never leaves its frame: both carry a number that counts the
 * charts of a process, and the same chart has to give the same bytes. Texts have no bare quote or bracket, so that
 * nothing of them is ever taken for markup.
 */
function tidy(svg: string, width: number, height: number): string {
  return svg
    .replace(/<style[^<>]*>\s*<!\[CDATA\[.*?\]\]>\s*<\/style>/gs, '')
    .replace(/<defs[^<>]*>.*?<\/defs>/gs, '')
    .replace(/<\/?g(?: [^<>]*)?>/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ (?:ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile)="[^"]*"/g, '')
    .replace(
      /^<svg[^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    )
    .replace(/<\/(?:path|rect|circle|line)>/g, '')
    .replace(/<(path|rect|circle|line)( [^<>]*?)>/g, '<$1$2/>')
    .replace(/\n+/g, '\n')
    .trimEnd()
    .concat('\n');
}

/** Characters that no XML document may hold. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, '\ufffd');
}
