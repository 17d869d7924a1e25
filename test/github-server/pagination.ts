import { type Answer, ok } from './answers.ts';
import type { Exchange } from './router.ts';

const DEFAULT_PAGE_SIZE = 30;
const LARGEST_PAGE_SIZE = 100;

export type Page<Item> = { readonly items: readonly Item[]; readonly headers: { link?: string } };

/** The page of `items` that the query asks for, and the Link header to the others. */
export function pageOf<Item>(exchange: Pick<Exchange, 'query' | 'url'>, items: readonly Item[]): Page<Item> {
  const size = Math.min(positive(exchange.query.get('per_page'), DEFAULT_PAGE_SIZE), LARGEST_PAGE_SIZE);
  const page = positive(exchange.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links: string[] = [];
  if (page > 1) links.push(link(exchange.url, Math.min(page - 1, last), 'prev'));
  if (page < last) links.push(link(exchange.url, page + 1, 'next'), link(exchange.url, last, 'last'));
  if (page > 1) links.push(link(exchange.url, 1, 'first'));
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** Answers one page, each item turned to JSON by `render`. */
export async function answerPage<Item>(
  exchange: Exchange,
  items: readonly Item[],
  render: (item: Item) => unknown,
): Promise<Answer> {
  const { items: shown, headers } = pageOf(exchange, items);
  return ok(await Promise.all(shown.map(render)), headers);
}

function link(url: URL, page: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return `<${target}>; rel="${relation}"`;
}

function positive(text: string | null, fallback: number): number {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : fallback;
}
