/**
 * `npm run generate`: writes the JSON Schemas, the tables of inputs and outputs, the README's workflow, and
 * the script of the HTML report.
 * With `--check` it writes nothing, names the files that are stale and ends with 1.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GeneratedFile, makeGeneratedFiles } from './generate/generated-files.ts';

const root = join(import.meta.dirname, '..');

async function main(args: readonly string[]): Promise<number> {
  const stale = (await makeGeneratedFiles(root)).filter(isStale);
  if (args.includes('--check')) {
    for (const { path } of stale) console.error(`${path} is stale; run: npm run generate`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const { path, text } of stale) {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  return 0;
}

function isStale({ path, text }: GeneratedFile): boolean {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}

process.exitCode = await main(process.argv.slice(2));
