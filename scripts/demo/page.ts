/** The story as one page; comments are rendered as GitHub would. */
import { readMarkdownStyle, renderMarkdown } from '../../test/support/render-markdown.ts';
import type { Scene } from './story.ts';

export function renderStory(scenes: readonly Scene[], facts: { readonly seconds: number }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contender: the life of a model</title>
<style>${readMarkdownStyle('auto')}${STYLE}</style>
</head>
<body>
<header>
<h1>The life of a model</h1>
<p>Played in ${facts.seconds.toFixed(0)} seconds by <code>npm run demo</code>: real Git, real training, real statistics, and a local server in the place of GitHub.</p>
<p class="files">Beside this page: <a href="comments/">comments</a> as Markdown, <a href="releases/">releases</a> as folders, <a href="evidence/">evidence</a> of each run.</p>
</header>
<main>
<ol>
${scenes.map(renderScene).join('\n')}
</ol>
</main>
</body>
</html>
`;
}

function renderScene(scene: Scene): string {
  return `<li>
<h2>${escapeHtml(scene.title)}</h2>
<p>${scene.text}</p>
${scene.status ? renderStatus(scene.status) : ''}
${scene.markdown ? renderComment(scene.markdown) : ''}
${scene.report ? `<p class="report"><a href="${scene.report}">Open the full report of this run</a></p>` : ''}
</li>`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  success: '✓ success',
  failure: '✗ failure',
  pending: '● pending',
  error: '✗ error',
};

function renderStatus(status: { readonly state: string; readonly description: string }): string {
  return `<p class="status ${status.state}"><b>${STATUS_WORDS[status.state] ?? status.state}</b> ${escapeHtml(status.description)}</p>`;
}

function renderComment(markdown: { readonly author: string; readonly body: string }): string {
  return `<section class="comment"><h3><b>${escapeHtml(markdown.author)}</b> <span class="bot">bot</span></h3>
<div class="markdown-body">${renderMarkdown(markdown.body)}</div></section>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; --text: #1f2328; --muted: #59636e; --page: #ffffff;
  --success: #1a7f37; --failure: #d1242f; --pending: #9a6700; --accent: #8250df; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --text: #f0f6fc; --muted: #9198a1; --page: #0d1117;
  --success: #3fb950; --failure: #f85149; --pending: #d29922; --accent: #ab7df8; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
header, main { max-width: 860px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 48px; }
h1 { font-size: 34px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.02em; }
header p { color: var(--muted); margin: 0 0 4px; max-width: 62ch; }
ol { list-style: none; margin: 40px 0 80px; padding: 0; counter-reset: scene; }
ol > li { position: relative; padding: 0 0 44px 52px; border-left: 2px solid var(--line); margin-left: 17px; counter-increment: scene; }
ol > li:last-child { border-left-color: transparent; }
ol > li::before { content: counter(scene); position: absolute; left: -18px; top: 0; width: 34px; height: 34px; border-radius: 50%;
  background: var(--accent); color: #fff; font-weight: 600; display: grid; place-items: center; font-size: 15px; }
h2 { font-size: 20px; line-height: 34px; margin: 0 0 4px; }
li > p { margin: 0 0 12px; max-width: 68ch; }
.status { font-size: 14px; padding: 6px 12px; border: 1px solid var(--line); border-radius: 6px; display: inline-block; }
.status b { margin-right: 6px; }
.status.success b { color: var(--success); } .status.failure b, .status.error b { color: var(--failure); } .status.pending b { color: var(--pending); }
.comment { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; margin: 0 0 12px; }
.comment > h3 { margin: 0; padding: 8px 16px; background: var(--soft); border-bottom: 1px solid var(--line); font-size: 14px; font-weight: 400; color: var(--muted); }
.comment > h3 b { color: var(--text); }
.bot { border: 1px solid var(--line); border-radius: 999px; padding: 0 6px; font-size: 12px; }
.comment .markdown-body { padding: 16px; font-size: 14px; overflow-x: auto; }
.report { font-size: 14px; }
a { color: inherit; }
@media (max-width: 600px) { ol > li { padding-left: 28px; margin-left: 12px; } ol > li::before { left: -13px; width: 26px; height: 26px; font-size: 13px; } h2 { line-height: 26px; } header, main { padding: 0 12px; } }
`;
