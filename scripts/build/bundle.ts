import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { planChunks } from './chunk-plan.ts';
import { collectLicenses } from './licenses.ts';

/** Packages with native code, which the loader takes from elsewhere. */
const NATIVE_PACKAGES = [
  'onnxruntime-node',
  'onnxruntime-common',
  '@duckdb/node-api',
  '@duckdb/node-bindings',
];

export type BundleOptions = {
  /** Root of the repository: paths in comments of the output are relative to it. */
  readonly root: string;
  /** Every `.ts` file in it becomes a file of the output. */
  readonly entriesDirectory: string;
  /** Emptied first. */
  readonly outputDirectory: string;
};

/** Writes the bundles of all entries. The bytes depend on the sources and the installed packages only. */
export async function bundle(options: BundleOptions): Promise<void> {
  const { root, outputDirectory } = options;
  const graph = new Map<string, readonly string[]>();
  const input = await findEntries(options.entriesDirectory);
  await using build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: NATIVE_PACKAGES,
    preserveEntrySignatures: false,
    // The toolkit's core imports it for identity tokens, which nothing here asks for, and all of undici with it.
    treeshake: { moduleSideEffects: [{ test: /[\\/]@actions[\\/]http-client[\\/]/, sideEffects: false }] },
    plugins: [recordGraph(graph)],
  });
  await rm(outputDirectory, { recursive: true, force: true });
  const chunks = lazily(() => planChunks(graph, join(root, 'src')));
  const { output } = await build.write({
    dir: outputDirectory,
    format: 'esm',
    // An error in a minified file fills the log with kilobytes of one line, and starts no faster.
    minify: false,
    sourcemap: false,
    // Short names for exports would change with every new export, and every importer with them.
    minifyInternalExports: false,
    comments: { legal: true, annotation: false, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      // Else whoever comes first would swallow what it imports. `planChunks` keeps chunks free of circles.
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'areas', name: (id) => chunks().get(id) ?? null }],
    },
  });
  await writeCompanions(
    outputDirectory,
    output.filter((file) => file.type === 'chunk'),
  );
}

async function findEntries(directory: string): Promise<Record<string, string>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.ts')).sort();
  if (files.length === 0) throw new Error(`${directory} has no entries`);
  return Object.fromEntries(files.map((file) => [parse(file).name, join(directory, file)]));
}

function recordGraph(graph: Map<string, readonly string[]>): Plugin {
  return {
    name: 'record-graph',
    buildEnd() {
      for (const id of this.getModuleIds()) graph.set(id, this.getModuleInfo(id)?.importedIds ?? []);
    },
  };
}

/** The graph is known only when the build has ended. */
function lazily<Value>(compute: () => Value): () => Value {
  let value: { readonly computed: Value } | undefined;
  return () => {
    value ??= { computed: compute() };
    return value.computed;
  };
}

async function writeCompanions(directory: string, chunks: readonly OutputChunk[]): Promise<void> {
  const bundled = chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, module]) => (module.renderedLength > 0 ? [id] : [])),
  );
  await writeFile(join(directory, 'package.json'), `${JSON.stringify({ type: 'module' }, undefined, 2)}\n`);
  await writeFile(join(directory, 'THIRD-PARTY-LICENSES'), await collectLicenses(bundled));
}
