import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { REPORT_STYLE } from '../../src/core/report/html/style.ts';

/**
 * The module that holds the script of the HTML report, made of `report-page`, and the hashes by which the page's
 * policy lets only it and the style sheet through.
 */
export async function renderPageScript(root: string): Promise<string> {
  const script = await bundleScript(root);
  if (/<\/script|<!--/i.test(script)) throw new Error('the script of the report would end its own element');
  return `// Made by \`npm run generate\` of report-page; do not edit.
export const PAGE_SCRIPT = ${JSON.stringify(script)};
export const PAGE_SCRIPT_HASH = '${policyHash(script)}';
export const REPORT_STYLE_HASH = '${policyHash(REPORT_STYLE)}';
`;
}

async function bundleScript(root: string): Promise<string> {
  await using build = await rolldown({
    input: join(root, 'report-page/main.ts'),
    cwd: root,
    platform: 'browser',
  });
  // Not minified: whoever opens the source of a report can read what runs there.
  const { output } = await build.generate({
    format: 'iife',
    minify: false,
    comments: false,
  });
  return `\n${output[0].code.trim()}\n`;
}

function policyHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
