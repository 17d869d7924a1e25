import { create, need } from './elements.ts';
import { type Direction, keyOf, orderRows, type SortKind } from './row-order.ts';

/** Rows that are shown before a reader asks for all of them; paper has all. */
const FIRST_ROWS = 25;
/** A table that can be seen at one glance needs no filter. */
const FEWEST_TO_FILTER = 8;

/** Gives a table buttons that sort it, a filter and a fold. */
export function enhanceTable(table: HTMLTableElement): void {
  const rows = new TableRows(table);
  // Nothing to sort, filter or fold.
  if (rows.count < 2) return;
  for (const head of table.querySelectorAll<HTMLElement>('thead th[data-sorts]')) addSorting(head, rows);
  const noun = table.dataset.filter;
  const region = table.parentElement as HTMLElement;
  if (noun !== undefined && rows.count >= FEWEST_TO_FILTER) {
    addFilter(region, rows, { noun, marked: table.dataset.markedOnly });
  }
  if (rows.count > FIRST_ROWS) addFold(region, rows, noun ?? 'rows');
  rows.show();
}

/** The rows of a table, or its `<tbody>`s where each of them stays together. */
class TableRows {
  readonly #table: HTMLTableElement;
  #items: HTMLElement[];
  #texts = new Map<HTMLElement, string>();
  filter = '';
  folded = false;
  /** Whether only items are shown that are marked. */
  markedOnly = false;

  constructor(table: HTMLTableElement) {
    this.#table = table;
    const grouped = table.classList.contains('grouped');
    this.#items = [...table.querySelectorAll<HTMLElement>(grouped ? 'tbody' : 'tbody > tr')];
  }

  get count(): number {
    return this.#items.length;
  }

  get markedCount(): number {
    return this.#items.filter(isMarked).length;
  }

  sort(column: number, kind: SortKind, direction: Direction): void {
    const keys = this.#items.map((item) => {
      const cell = (item.matches('tr') ? item : need(item, 'tr')).children[column] as HTMLElement | undefined;
      return keyOf(kind, cell?.textContent ?? '', cell?.dataset.sort);
    });
    const items = this.#items;
    this.#items = orderRows(keys, direction).map((index) => items[index] as HTMLElement);
    const parent = this.#items[0]?.parentElement ?? this.#table;
    parent.append(...this.#items);
    this.show();
  }

  /** Shows what the filter and the fold let through. @returns how many rows match the filter. */
  show(): number {
    let matching = 0;
    for (const item of this.#items) {
      const matches = this.#textOf(item).includes(this.filter) && (!this.markedOnly || isMarked(item));
      if (matches) matching++;
      item.classList.toggle('left-out', !matches);
      item.classList.toggle('folded-away', matches && this.folded && matching > FIRST_ROWS);
    }
    return matching;
  }

  #textOf(item: HTMLElement): string {
    const known = this.#texts.get(item);
    if (known !== undefined) return known;
    // What stays together is found by its name: its texts are too many to say anything.
    const named = item.matches('tr') ? item : need(item, 'th');
    const text = (named.textContent ?? '').toLowerCase();
    this.#texts.set(item, text);
    return text;
  }
}

function addSorting(head: HTMLElement, rows: TableRows): void {
  const button = create('button', { type: 'button', className: 'sort' });
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener('click', () => {
    const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    const heads = [...(head.parentElement?.children ?? [])];
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', direction);
    rows.sort(heads.indexOf(head), head.dataset.sorts as SortKind, direction);
  });
}

function isMarked(item: HTMLElement): boolean {
  return item.dataset.marked !== undefined;
}

function addFilter(
  region: HTMLElement,
  rows: TableRows,
  { noun, marked }: { readonly noun: string; readonly marked: string | undefined },
): void {
  const bar = create('div', { className: 'filter' });
  const label = create('label');
  const input = create('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  const found = create('output', { className: 'found' });
  label.append(create('span', { textContent: `Filter ${noun}` }), input);
  bar.append(label);
  const show = () => {
    const matching = rows.show();
    found.textContent = matching === rows.count ? '' : `${matching} of ${rows.count} ${noun}`;
  };
  if (marked !== undefined && rows.markedCount > 0) bar.append(createBox(marked, rows, show));
  bar.append(found);
  region.before(bar);
  input.addEventListener('input', () => {
    rows.filter = input.value.trim().toLowerCase();
    show();
  });
}

function createBox(text: string, rows: TableRows, show: () => void): HTMLElement {
  const label = create('label');
  const box = create('input', { type: 'checkbox', autocomplete: 'off' });
  label.append(box, create('span', { textContent: text }));
  box.addEventListener('change', () => {
    rows.markedOnly = box.checked;
    show();
  });
  return label;
}

function addFold(region: HTMLElement, rows: TableRows, noun: string): void {
  const button = create('button', { type: 'button', className: 'more' });
  const fold = (folded: boolean) => {
    rows.folded = folded;
    rows.show();
    button.textContent = folded ? `Show all ${rows.count} ${noun}` : `Show the first ${FIRST_ROWS} ${noun}`;
    button.setAttribute('aria-expanded', String(!folded));
  };
  button.addEventListener('click', () => fold(!rows.folded));
  region.after(button);
  fold(true);
}
