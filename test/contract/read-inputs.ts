import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { readSource } from '../../scripts/imports/read-source.ts';
import { STAGES } from '../../src/composition/everyday/plan-stages.ts';

/** Names that are read by `inputs.text('…')` and its relatives. */
const READ = /\binputs\s*\.(?:text|flag|count|choice|list)\(\s*'(?<name>[a-z-]+)'/g;

/**
 * Names of the inputs that the sources behind an entry read. Drivers of other stages are passed over, since
 * a driver may share a constant with another; the command line has options that are no inputs.
 */
export function listReadInputs(root: string, entry: string): readonly string[] {
  const files = followImports(join(root, 'src/entries', `${entry}.ts`), (file) => isOther(root, file, entry));
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(READ)].map((match) => match.groups?.name ?? ''),
  );
  return [...new Set(names)];
}

function isOther(root: string, file: string, entry: string): boolean {
  const path = relative(join(root, 'src'), file).split(sep).join('/');
  if (path.startsWith('composition/command-line/')) return true;
  const driver = basename(path, '.ts');
  const isDriver = /^composition\/(data|host)-drivers\//.test(path) && STAGES.some((name) => name === driver);
  return isDriver && driver !== entry && entry !== 'contender-action';
}

function followImports(entry: string, skip: (file: string) => boolean): readonly string[] {
  const found = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { specifier, typeOnly } of readSource(file, readFileSync(file, 'utf8')).imports) {
      const target = resolve(dirname(file), specifier);
      if (!typeOnly && specifier.startsWith('.') && !skip(target)) waiting.push(target);
    }
  }
  return [...found];
}
