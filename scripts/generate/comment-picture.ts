/**
 * Draws docs/images/comment.png from a comment that the demo left in demo-output.
 *
 * Usage: node scripts/generate/comment-picture.ts [comment.md] [output.png]
 *
 * The browser is that of CONTENDER_CHROMIUM, else /usr/bin/chromium.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { readMarkdownStyle, renderMarkdown } from '../../test/support/render-markdown.ts';
import { encodeIndexedPng, type Pixels } from './indexed-png.ts';

const root = join(import.meta.dirname, '../..');

const WIDTH = 760;
const MAX_BYTES = 150_000;

function renderPicturePage(markdown: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><style>${readMarkdownStyle('light')}
:root { color-scheme: light; }
body { margin: 0; padding: 12px; background: #ffffff; }
.box { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.box > header { padding: 9px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e;
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
.box > header b { color: #1f2328; }
.box > header span { border: 1px solid #d1d9e0; border-radius: 999px; padding: 0 7px; font-size: 12px; margin: 0 4px; }
.box > .markdown-body { padding: 16px; font-size: 14px; }
</style></head><body><section class="box"><header><b>github-actions</b> <span>bot</span> commented</header>
<div class="markdown-body">${renderMarkdown(markdown)}</div></section></body></html>`;
}

/** What is folded, and what stands after it, is left out, so that the frame closes below what is shown. */
const CUT = '.markdown-body > details, .markdown-body > details ~ * { display: none; }';

async function drawComment(markdown: string): Promise<Uint8Array> {
  const executablePath = process.env.CONTENDER_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const viewport = { width: WIDTH, height: 100 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 2, colorScheme: 'light' });
    await page.setContent(renderPicturePage(markdown));
    await page.addStyleTag({ content: CUT });
    const picture = await page.screenshot({ fullPage: true });
    return encodeIndexedPng(await decode(page, picture));
  } finally {
    await browser.close();
  }
}

/** The browser knows how to read its own picture. */
async function decode(page: Page, picture: Buffer): Promise<Pixels> {
  const decoded = (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    let text = '';
    for (let start = 0; start < data.length; start += 32768) {
      text += String.fromCharCode(...data.subarray(start, start + 32768));
    }
    return { width, height, base64: btoa(text) };
  })()`)) as { readonly width: number; readonly height: number; readonly base64: string };
  return { ...decoded, bytes: Buffer.from(decoded.base64, 'base64') };
}

async function main(args: readonly string[]): Promise<void> {
  const [comment = 'demo-output/comments/pull-request-1.md', output = 'docs/images/comment.png'] = args;
  const picture = await drawComment(readFileSync(resolve(root, comment), 'utf8'));
  console.log(`${output}: ${(picture.length / 1000).toFixed(0)} kB`);
  if (picture.length > MAX_BYTES) throw new Error(`the picture is larger than ${MAX_BYTES / 1000} kB`);
  writeFileSync(resolve(root, output), picture);
}

await main(process.argv.slice(2));
