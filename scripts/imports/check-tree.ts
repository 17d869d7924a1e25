import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { readSource, type SourceFacts } from './read-source.ts';
import { GITHUB_ONLY_ENTRIES, judgeFileImport, judgePackageImport, placeOf } from './rules.ts';

/** Where a rule is broken: path inside the folder that was checked, with forward slashes. */
export type Violation = { readonly file: string; readonly line: number; readonly message: string };

type Tree = ReadonlyMap<string, SourceFacts>;

/** Checks all TypeScript files of a source folder against the rules, in the order of their paths. */
export async function checkTree(sourceDirectory: string): Promise<readonly Violation[]> {
  const tree = await readTree(sourceDirectory);
  const violations = [...tree].flatMap(([file, facts]) => checkFile(file, facts, tree));
  violations.push(...findCycles(tree), ...findReachedLoaders(tree));
  return violations.sort((one, other) => compare(one.file, other.file) || one.line - other.line);
}

async function readTree(sourceDirectory: string): Promise<Tree> {
  const entries = await readdir(sourceDirectory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(sourceDirectory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const tree = new Map<string, SourceFacts>();
  for (const file of files) {
    tree.set(file, readSource(file, await readFile(join(sourceDirectory, file), 'utf8')));
  }
  return tree;
}

function checkFile(file: string, facts: SourceFacts, tree: Tree): readonly Violation[] {
  const place = placeOf(file);
  if (place.layer === undefined) return [{ file, line: 1, message: 'the file belongs to no layer' }];
  const violations: Violation[] = facts.computedImports.map(({ line }) => ({
    file,
    line,
    message: 'import() must name its file, or nothing can be said about what is reached',
  }));
  for (const { specifier, line, typeOnly } of facts.imports) {
    const target = targetOf(file, specifier);
    const message =
      target === undefined
        ? judgePackageImport(place, specifier, { typeOnly })
        : tree.has(target)
          ? judgeFileImport(place, placeOf(target), { typeOnly })
          : `${specifier} is no TypeScript file of src`;
    if (message !== undefined) violations.push({ file, line, message });
  }
  if (place.layer !== 'core') return violations;
  const impure = facts.impurities.map(({ what, line }) => ({
    file,
    line,
    message: `core is pure: ${what} has to come in as an argument`,
  }));
  return [...violations, ...impure];
}

/** Every circle of imports once, at the file that sorts first in it; types count too. */
function findCycles(tree: Tree): readonly Violation[] {
  const violations: Violation[] = [];
  const done = new Set<string>();
  for (const start of tree.keys()) {
    const circle = shortestWay(start, {
      tree,
      avoided: done,
      typesCount: true,
      isGoal: (file) => file === start,
    });
    if (circle !== undefined) {
      const line = lineOfImport(start, circle[1] ?? start, tree);
      violations.push({ file: start, line, message: `imports go in a circle: ${circle.join(' -> ')}` });
    }
    // What comes later need not look for circles through this file again.
    done.add(start);
  }
  return violations;
}

function findReachedLoaders(tree: Tree): readonly Violation[] {
  return GITHUB_ONLY_ENTRIES.flatMap((entry) => {
    const file = `entries/${entry}.ts`;
    if (!tree.has(file)) return [];
    const isLoader = (path: string) => placeOf(path).world === 'native';
    const way = shortestWay(file, { tree, avoided: new Set(), typesCount: false, isGoal: isLoader });
    if (way === undefined) return [];
    const line = lineOfImport(file, way[1] ?? file, tree);
    const message = `an action that only talks to GitHub reaches native modules: ${way.join(' -> ')}`;
    return [{ file, line, message }];
  });
}

type Search = {
  readonly tree: Tree;
  readonly isGoal: (file: string) => boolean;
  readonly avoided: ReadonlySet<string>;
  /** Whether imports of types are ways too. */
  readonly typesCount: boolean;
};

/** The files from one to the next goal, both included. */
function shortestWay(start: string, search: Search): readonly string[] | undefined {
  const { tree, isGoal, avoided, typesCount } = search;
  const seen = new Set<string>();
  let frontier: readonly (readonly string[])[] = [[start]];
  while (frontier.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of frontier) {
      for (const target of targetsOf(way.at(-1) ?? start, tree, typesCount)) {
        if (isGoal(target)) return [...way, target];
        if (seen.has(target) || avoided.has(target)) continue;
        seen.add(target);
        next.push([...way, target]);
      }
    }
    frontier = next;
  }
  return undefined;
}

function targetsOf(file: string, tree: Tree, typesCount: boolean): readonly string[] {
  return (tree.get(file)?.imports ?? []).flatMap(({ specifier, typeOnly }) => {
    if (typeOnly && !typesCount) return [];
    const target = targetOf(file, specifier);
    return target !== undefined && tree.has(target) ? [target] : [];
  });
}

function lineOfImport(file: string, target: string, tree: Tree): number {
  const found = tree.get(file)?.imports.find(({ specifier }) => targetOf(file, specifier) === target);
  return found?.line ?? 1;
}

function targetOf(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
