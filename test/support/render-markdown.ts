import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/**
 * Shows Markdown as GitHub does: GFM, GitHub's allow-list of HTML, alert blocks, and the references that GitHub
 * links in text: mentions, issues, commits, addresses.
 */

export type HtmlNode = {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
};

const ALERT_ICONS: Record<string, string> = {
  note: 'M0 8a8 8 0 1 1 16 0A8 8 0 0 1 0 8Zm8-6.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6.5 7.75A.75.75 0 0 1 7.25 7h1a.75.75 0 0 1 .75.75v2.75h.25a.75.75 0 0 1 0 1.5h-2a.75.75 0 0 1 0-1.5h.25v-2h-.25a.75.75 0 0 1-.75-.75ZM8 6a1 1 0 1 1 0-2 1 1 0 0 1 0 2Z',
};

/** References that GitHub turns into links wherever they stand in text outside of code and links. */
const REFERENCES =
  /(?<![\w`/])@[a-z0-9][a-z0-9-]*|(?<!\w)(?:[\w.-]+\/[\w.-]+)?#\d+\b|(?<!\w)gh-\d+\b|(?<!\w)[A-Z][A-Z0-9]+-\d+\b|(?<![\w])[0-9a-f]{7,40}\b|https?:\/\/\S+|(?<!\w)www\.\w\S*|:[a-z0-9_+-]+:/gi;

/** HTML of a comment's body. */
export function renderMarkdown(markdown: string): string {
  return String(process().use(rehypeStringify).processSync(markdown));
}

/** The same as a tree of elements. */
export function renderMarkdownTree(markdown: string): HtmlNode {
  const processor = process();
  return processor.runSync(processor.parse(markdown)) as HtmlNode;
}

function process() {
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(() => (tree: unknown) => {
      drawAlerts(tree as HtmlNode);
      linkReferences(tree as HtmlNode, false);
    });
}

export type MarkdownPageOptions = {
  readonly title: string;
  readonly theme?: 'light' | 'dark' | 'auto';
};

/** A page of its own that shows one comment in GitHub's style. */
export function renderMarkdownPage(markdown: string, options: MarkdownPageOptions): string {
  const theme = options.theme ?? 'auto';
  const background = { light: '#ffffff', dark: '#0d1117', auto: 'Canvas' }[theme];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${options.title.replace(/[&<>]/g, '')}</title>
<style>${readMarkdownStyle(theme)}
:root { color-scheme: ${theme === 'auto' ? 'light dark' : theme}; }
body { margin: 0; background: ${background}; }
.comment { max-width: 880px; margin: 24px auto; padding: 16px; border: 1px solid #8884; border-radius: 6px; }
@media (max-width: 500px) { .comment { margin: 8px; } }
</style></head><body><article class="markdown-body comment">${renderMarkdown(markdown)}</article></body></html>
`;
}

/** GitHub's style sheet for Markdown. */
export function readMarkdownStyle(theme: 'light' | 'dark' | 'auto'): string {
  const name = theme === 'auto' ? 'github-markdown.css' : `github-markdown-${theme}.css`;
  return readFileSync(createRequire(import.meta.url).resolve(`github-markdown-css/${name}`), 'utf8');
}

function drawAlerts(node: HtmlNode): void {
  for (const child of node.children ?? []) {
    if (child.tagName === 'blockquote') drawAlert(child);
    drawAlerts(child);
  }
}

function drawAlert(quote: HtmlNode): void {
  const paragraph = quote.children?.find((child) => child.tagName === 'p');
  const first = paragraph?.children?.[0];
  const found = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*/.exec(first?.value ?? '');
  if (paragraph === undefined || first === undefined || found === null) return;
  const kind = (found[1] as string).toLowerCase();
  first.value = (first.value ?? '').slice(found[0].length);
  quote.tagName = 'div';
  quote.properties = { className: ['markdown-alert', `markdown-alert-${kind}`] };
  quote.children?.unshift(alertTitle(kind));
}

function alertTitle(kind: string): HtmlNode {
  const icon: HtmlNode = {
    type: 'element',
    tagName: 'svg',
    properties: {
      className: ['octicon', 'mr-2'],
      viewBox: '0 0 16 16',
      width: 16,
      height: 16,
      ariaHidden: 'true',
    },
    children: [{ type: 'element', tagName: 'path', properties: { d: ALERT_ICONS.note }, children: [] }],
  };
  const word = kind.charAt(0).toUpperCase() + kind.slice(1);
  return {
    type: 'element',
    tagName: 'p',
    properties: { className: ['markdown-alert-title'] },
    children: [icon, { type: 'text', value: word }],
  };
}

function linkReferences(node: HtmlNode, insideCode: boolean): void {
  const protectedHere = insideCode || ['code', 'pre', 'a', 'svg'].includes(node.tagName ?? '');
  if (node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text' && !protectedHere) return linkText(child.value ?? '');
    linkReferences(child, protectedHere);
    return [child];
  });
}

function linkText(text: string): HtmlNode[] {
  const nodes: HtmlNode[] = [];
  let position = 0;
  for (const found of text.matchAll(REFERENCES)) {
    nodes.push({ type: 'text', value: text.slice(position, found.index) });
    nodes.push({
      type: 'element',
      tagName: 'a',
      properties: { className: ['reference'], href: '#reference' },
      children: [{ type: 'text', value: found[0] }],
    });
    position = found.index + found[0].length;
  }
  nodes.push({ type: 'text', value: text.slice(position) });
  return nodes.filter((node) => node.type !== 'text' || node.value !== '');
}
