import { formatPercent } from '../src/core/report/format-number.ts';
import {
  acrossOf,
  CHART_SIDE,
  CHART_TOP,
  CHART_WIDTH,
  heightAt,
  upOf,
  valueAt,
} from '../src/core/report/html/chart-scale.ts';
import { type ChartName, type Curves, MODELS } from './curve-data.ts';
import { create, createShape, need } from './elements.ts';

const WORDS: Record<ChartName, { readonly across: string; readonly up: string; readonly start: number }> = {
  roc: { across: 'false positive rate', up: 'recall', start: 0.1 },
  precisionRecall: { across: 'recall', up: 'precision', start: 0.5 },
};

const STEPS = 200;

/** Lets a reader walk along the curves of a chart, with the pointer over it or with a slider below it. */
export function addCurveReader(figure: HTMLElement, name: ChartName, curves: Curves): void {
  const picture = need<SVGSVGElement>(figure, 'svg');
  const { across, up, start } = WORDS[name];
  const label = create('label', { className: 'reader' });
  const input = create('input', { type: 'range', min: '0', max: String(STEPS), step: '1' });
  const output = create('span', { className: 'reading' });
  label.append(create('span', { textContent: `Read ${up} at a ${across} of` }), input);
  figure.append(label, output);
  const guide = drawGuide(picture);
  const move = () => {
    const value = Number(input.value) / STEPS;
    const heights = MODELS.flatMap((model) => {
      const points = curves[model];
      return points === undefined ? [] : [{ model, height: heightAt(points, value) }];
    });
    guide.moveTo(value, heights);
    const read = heights.map(
      ({ model, height }) => `${model} ${height === undefined ? '–' : formatPercent(height)}`,
    );
    const text = `${formatPercent(value)}: ${read.join(', ')}`;
    output.textContent = text;
    input.setAttribute('aria-valuetext', text);
  };
  input.addEventListener('input', move);
  picture.addEventListener('pointermove', (event) => {
    const box = picture.getBoundingClientRect();
    const value = valueAt(((event.clientX - box.left) / box.width) * CHART_WIDTH);
    input.value = String(Math.round(value * STEPS));
    move();
  });
  input.value = String(STEPS * start);
  move();
}

type Height = { readonly model: string; readonly height: number | undefined };

/** A line across the chart with a point on each curve. */
function drawGuide(picture: SVGSVGElement) {
  const line = createShape('line', {
    class: 'guide',
    y1: String(CHART_TOP),
    y2: String(CHART_TOP + CHART_SIDE),
  });
  const points = new Map(
    MODELS.map((model) => [model as string, createShape('circle', { class: `point ${model}`, r: '3.5' })]),
  );
  picture.append(line, ...points.values());
  return {
    moveTo(value: number, heights: readonly Height[]) {
      const x = String(acrossOf(value));
      line.setAttribute('x1', x);
      line.setAttribute('x2', x);
      for (const point of points.values()) point.setAttribute('visibility', 'hidden');
      for (const { model, height } of heights) {
        const point = points.get(model);
        if (point === undefined || height === undefined) continue;
        point.setAttribute('cx', x);
        point.setAttribute('cy', String(upOf(height)));
        point.setAttribute('visibility', 'visible');
      }
    },
  };
}
