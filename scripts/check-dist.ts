/**
 * Whether the committed `dist/` is what the sources give: builds into a scratch folder and compares bytes.
 * Also checks what the bundles promise: actions that only talk to GitHub reach no loader of native modules.
 * Ends with 1 and the names of the files that differ. Takes another repository root as argument.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { bundle } from './build/bundle.ts';
import { reachableChunks } from './build/chunk-graph.ts';
import { GITHUB_ONLY_ENTRIES } from './imports/rules.ts';

process.exitCode = await checkDist(process.argv[2] ?? join(import.meta.dirname, '..'));

async function checkDist(root: string): Promise<number> {
  const committed = join(root, 'dist');
  const built = await mkdtemp(join(tmpdir(), 'contender-dist-'));
  try {
    await bundle({ root, entriesDirectory: join(root, 'src/entries'), outputDirectory: built });
    const problems = [...(await compareFolders(committed, built)), ...(await findNativeLoaders(built))];
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) console.error('Run `npm run build` and commit dist/.');
    else console.log('dist/ is what the sources give.');
    return problems.length > 0 ? 1 : 0;
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

async function compareFolders(committed: string, built: string): Promise<readonly string[]> {
  const [inCommitted, inBuilt] = await Promise.all([listFiles(committed), listFiles(built)]);
  const problems = inCommitted
    .filter((file) => !inBuilt.includes(file))
    .map((file) => `dist/${file} is not built any more`);
  for (const file of inBuilt) {
    if (!inCommitted.includes(file)) problems.push(`dist/${file} is missing`);
    else if (!(await sameBytes(join(committed, file), join(built, file)))) {
      problems.push(`dist/${file} is not what the sources give`);
    }
  }
  return problems;
}

async function findNativeLoaders(directory: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const entry of GITHUB_ONLY_ENTRIES) {
    const path = join(directory, `${entry}.js`);
    if (!existsSync(path)) continue;
    const loader = (await reachableChunks(path)).find((chunk) => /chunks[\\/]adapters-native/.test(chunk));
    if (loader !== undefined) {
      problems.push(
        `dist/${entry}.js reaches ${relative(directory, loader)}, though it only talks to GitHub`,
      );
    }
  }
  return problems;
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  } catch {
    return [];
  }
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  return (await readFile(one)).equals(await readFile(other));
}
