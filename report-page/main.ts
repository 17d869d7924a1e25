/** The script of the HTML report: what a page without a script cannot do. Everything is readable without it. */
import { followReading } from './contents.ts';
import type { ChartName, CurveData } from './curve-data.ts';
import { addCurveReader } from './curve-reader.ts';
import { need } from './elements.ts';
import { enhanceTable } from './sortable-table.ts';
import { addThresholdExplorer } from './threshold-explorer.ts';

for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) enhanceTable(table);
for (const section of document.querySelectorAll<HTMLElement>('[data-part="curves"]')) {
  const data = JSON.parse(need(section, '[data-block="curves"]').textContent ?? '') as CurveData;
  for (const figure of section.querySelectorAll<HTMLElement>('[data-chart]')) {
    const name = figure.dataset.chart as ChartName;
    const curves = data[name];
    if (curves !== undefined) addCurveReader(figure, name, curves);
  }
  addThresholdExplorer(section, data);
}
for (const list of document.querySelectorAll<HTMLElement>('nav.parts')) followReading(list);
// Paper has no way to unfold.
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
document.documentElement.dataset.script = 'ready';
performance.mark('report-ready');
