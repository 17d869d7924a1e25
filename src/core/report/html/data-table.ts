import { html, type Markup } from './markup.ts';

/** Tables that the script of the page can sort and filter; without it they stand in the order they were given. */

export type TableColumn = {
  readonly name: string;
  /** Numbers stand to the right and sort by `data-sort` of their cells, words by their text. Absent: a picture. */
  readonly sorts?: 'number' | 'text' | undefined;
  /** The order the table comes in. */
  readonly order?: 'ascending' | 'descending';
  readonly picture?: boolean;
  /** Shown in place of the name, such as an axis. */
  readonly head?: Markup | undefined;
};

export type DataTable = {
  /** What a screen reader calls the table. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  /** The table's `<tbody>`s, or the rows of its only one. */
  readonly rows: readonly Markup[];
  /** Each row is a `<tbody>` of its own, which stays together. */
  readonly grouped?: boolean;
  /** What the rows are, `slices`: gives the table a filter. */
  readonly filter?: string;
  /** What a box says that leaves only those items which have `data-marked`. */
  readonly marked?: string;
  /** On a narrow screen each row is a card of its own. */
  readonly cards?: boolean;
};

export function renderDataTable({ label, columns, rows, grouped, filter, marked, cards }: DataTable): Markup {
  const filtered = filter === undefined ? undefined : html` data-filter="${filter}"`;
  const box = marked === undefined ? undefined : html` data-marked-only="${marked}"`;
  const shape = [grouped ? 'grouped' : '', cards ? 'cards' : ''].filter(Boolean).join(' ');
  const body = grouped ? html`${rows}` : html`<tbody>${rows}</tbody>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table data-sortable${filtered}${box}${shape === '' ? undefined : html` class="${shape}"`}><thead><tr>${columns.map(renderHead)}</tr></thead>${body}</table></div>`;
}

/** A number with what it sorts by; a cell without one sorts last. */
export function numberCell(text: Markup | string, value: number | undefined, className?: string): Markup {
  const kind = className === undefined ? undefined : html` class="${className}"`;
  return html`<td${kind}${sortKey(value)}>${text}</td>`;
}

/** The attribute that a cell is sorted by. */
export function sortKey(value: number | undefined): Markup | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : html` data-sort="${value}"`;
}

function renderHead({ name, sorts, order, picture, head }: TableColumn): Markup {
  const kind = [sorts === 'number' ? '' : 'text', picture ? 'picture' : ''].filter(Boolean).join(' ');
  const sorted = order === undefined ? undefined : html` aria-sort="${order}"`;
  const sorting = sorts === undefined ? undefined : html` data-sorts="${sorts}"`;
  return html`<th scope="col" class="${kind}"${sorting}${sorted}>${head ?? name}</th>`;
}
