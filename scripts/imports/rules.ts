/** Who may import whom. The reasons are in `docs/design.md`. */

export const LAYERS = ['core', 'ports', 'adapters', 'stages', 'composition', 'entries'] as const;

export type Layer = (typeof LAYERS)[number];

/** Where a file of `src` belongs. */
export type Place = {
  readonly layer: Layer | undefined;
  /** Folder inside `adapters`, such as `duckdb`. */
  readonly world: string | undefined;
};

export type ImportFacts = { readonly typeOnly: boolean };

/** Packages without input, output, time or randomness. */
const PURE_PACKAGES = ['valibot', 'yaml', 'semver', 'simple-statistics', 'pbf', 'fastest-levenshtein'];

/** Packages that are loaded at run time by `adapters/native` and must not be bundled. */
const NATIVE_PACKAGES = [
  'onnxruntime-node',
  'onnxruntime-common',
  '@duckdb/node-api',
  '@duckdb/node-bindings',
];

/** Adapters that serve others: loading natives, reading models without them, and the clients of GitHub. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  github: ['artifacts'],
  native: ['duckdb', 'onnx'],
  'model-files': ['onnx'],
};

/** Entries that only talk to GitHub and start in a fraction of a second. */
export const GITHUB_ONLY_ENTRIES = ['report-metrics', 'release-model', 'open-retraining-pr'];

/** The place of a file, from its path inside `src` with forward slashes. */
export function placeOf(path: string): Place {
  const [first, second] = path.split('/');
  const layer = path.includes('/') ? LAYERS.find((name) => name === first) : undefined;
  return { layer, world: layer === 'adapters' ? second : undefined };
}

/** What is wrong with an import of one file of `src` by another, or undefined. */
export function judgeFileImport(from: Place, to: Place, { typeOnly }: ImportFacts): string | undefined {
  if (to.layer === undefined) return 'files outside the layers cannot be imported';
  if (to.layer === 'entries') return 'nobody imports entries';
  if (to.layer === 'composition' && from.layer !== 'composition' && from.layer !== 'entries') {
    return 'only entries import composition';
  }
  switch (from.layer) {
    case 'core':
      return to.layer === 'core' ? undefined : `core imports core only, not ${to.layer}`;
    case 'ports':
      if (to.layer !== 'core' && to.layer !== 'ports') return `ports import core only, not ${to.layer}`;
      return typeOnly ? undefined : 'ports hold types only: write `import type`';
    case 'stages':
      return to.layer === 'adapters' ? 'stages import core and ports only, not adapters' : undefined;
    case 'adapters':
      return judgeAdapterImport(from, to);
    default:
      return undefined;
  }
}

/** What is wrong with an import of a package or of a module of Node, or undefined. */
export function judgePackageImport(
  from: Place,
  specifier: string,
  { typeOnly }: ImportFacts,
): string | undefined {
  const name = /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0] ?? specifier;
  if (NATIVE_PACKAGES.includes(name) && !typeOnly) {
    return `${name} is native: write \`import type\` and take it from adapters/native`;
  }
  switch (from.layer) {
    case 'core':
      if (PURE_PACKAGES.includes(name)) return undefined;
      return `core imports none but pure packages (${PURE_PACKAGES.join(', ')}), not ${specifier}`;
    case 'ports':
      return `ports import core only, not ${specifier}`;
    case 'stages':
      if (specifier === 'node:path') return undefined;
      return `stages import core and ports only, not ${specifier}; put it behind a port`;
    default:
      return undefined;
  }
}

function judgeAdapterImport(from: Place, to: Place): string | undefined {
  if (to.layer === 'stages') return 'adapters import core and ports only, not stages';
  if (to.layer !== 'adapters' || to.world === from.world) return undefined;
  if (USERS[to.world ?? '']?.includes(from.world ?? '')) return undefined;
  return `adapters/${from.world} must not import adapters/${to.world}`;
}
