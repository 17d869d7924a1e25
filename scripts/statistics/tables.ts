import type { SimulationRow } from '../../test/statistics/simulation.ts';

/** The tables of the page by the names that the rows of simulations give. */
export const TABLES: readonly { readonly name: string; readonly columns: readonly string[] }[] = [
  {
    name: 'coverage',
    columns: [
      ...['rows', 'metric', 'method', 'holds the true difference', 'lies above', 'lies below'],
      ...['own value', 'refused'],
    ],
  },
  { name: 'equal', columns: ['holdout', 'metric', 'called better', 'promised'] },
  { name: 'needed', columns: ['first holdout', 'metric', 'margin', 'asked for (mean)', 'decided'] },
  { name: 'power', columns: ['metric', 'true gain', 'planned', 'called better', 'promised'] },
  {
    name: 'reuse',
    columns: ['equal challengers', 'point estimate +0.5 points', 'interval above 0', 'budget enforced'],
  },
];

/** One table in Markdown. */
export function renderTables(rows: readonly SimulationRow[], name: string): string {
  const table = TABLES.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  const body = rows.filter((row) => row.table === name).map(renderRow);
  return [renderCells(table.columns), renderCells(table.columns.map(() => '---')), ...body].join('\n');
}

/** One line of a table. */
export function renderRow({ cells }: SimulationRow): string {
  return renderCells(cells);
}

function renderCells(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
