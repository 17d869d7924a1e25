import { escapeHtml, makeVisible } from '../markdown.ts';

/** HTML that was built here; every other text is escaped when it is put into some. */
export type Markup = { readonly markup: string };

type Content = Markup | string | number | undefined | readonly Content[];

/** Longest text from data that a report shows in one place. */
const MAX_TEXT = 500;

/** Builds HTML or SVG: what stands between is ours, what is put in is escaped unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = strings.map((text, index) =>
    index < values.length ? text + contentOf(values[index]) : text,
  );
  return { markup: parts.join('') };
}

/** Our own text as it is, such as a style sheet. */
export function verbatim(text: string): Markup {
  return { markup: text };
}

/** Numbers for the script of the page. No text of it can end the block, whatever it holds. */
export function dataBlock(name: string, value: unknown): Markup {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return html`<script type="application/json" data-block="${name}">${verbatim(text)}</script>`;
}

/** A coordinate of a picture: at most two decimals, so that reports stay small and the same everywhere. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function contentOf(value: Content): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(makeVisible(value, MAX_TEXT));
  if (isList(value)) return value.map(contentOf).join('');
  return value.markup;
}

function isList(value: Markup | readonly Content[]): value is readonly Content[] {
  return Array.isArray(value);
}
