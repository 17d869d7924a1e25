/** Which modules go into which shared file of `dist/`. */

/** A module and the modules it imports statically, by absolute path. */
export type ModuleGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Packages that are only ever used together, under the name of the file they share. All others have a file of
 * their own.
 */
const FAMILIES: readonly (readonly [name: string, packages: RegExp])[] = [
  [
    'octokit',
    /^(@octokit\/.*|@actions\/github|universal-user-agent|before-after-hook|bottleneck|content-type|fast-content-type-parse|toad-cache|json-with-bigint)$/,
  ],
  ['echarts', /^(echarts|zrender)$/],
  ['actions', /^@actions\/(core|exec|io|tool-cache)$/],
  ['http-client', /^(@actions\/http-client|tunnel)$/],
  ['zip', /^(yauzl|pend)$/],
  // The storage client of uploads, its XML, HTTP and streams, and the packer of archives.
  [
    'artifact-upload',
    /^(@actions\/artifact|@azure\/.*|@typespec\/.*|@protobuf-ts\/.*|@nodable\/.*|jwt-decode)$/,
  ],
  ['artifact-upload', /^(fast-xml-.*|xml-naming|anynum|is-unsafe|strnum|path-expression-matcher)$/],
  ['artifact-upload', /^(agent-base|https?-proxy-agent|debug|ms|abort-controller|event-target-shim)$/],
  [
    'artifact-upload',
    /^(archiver.*|async|buffer-crc32|compress-commons|crc-32|crc32-stream|zip-stream|glob)$/,
  ],
  [
    'artifact-upload',
    /^(minimatch|minipass|path-scurry|lru-cache|balanced-match|brace-expansion|graceful-fs)$/,
  ],
  ['artifact-upload', /^(lazystream|lodash|normalize-path|readdir-glob|is-stream|isarray|inherits)$/],
  ['artifact-upload', /^(readable-stream|safe-buffer|string_decoder|util-deprecate|core-util-is)$/],
  [
    'artifact-upload',
    /^(process|process-nextick-args|unzip-stream|binary|buffers|chainsaw|traverse|mkdirp)$/,
  ],
  ['tar', /^(tar-stream|streamx|b4a|fast-fifo|text-decoder|events-universal|bare-.*)$/],
];

/**
 * Names the chunk of every module: one for each folder of `src`, one for each family of packages. Folders
 * that import each other in a circle share one, since files that load each other in a circle can run before
 * what they need. Modules in `entries` have no chunk: each of them is a file of its own.
 */
export function planChunks(graph: ModuleGraph, sourceDirectory: string): ReadonlyMap<string, string> {
  const areas = new Map<string, string>();
  for (const id of graph.keys()) {
    const area = areaOf(id, sourceDirectory);
    if (area !== undefined) areas.set(id, area);
  }
  const names = nameCircles(areaGraph(graph, areas));
  return new Map([...areas].map(([id, area]) => [id, names.get(area) ?? area]));
}

/** The package a module belongs to, or undefined for own code. */
export function packageOf(id: string): { readonly name: string; readonly directory: string } | undefined {
  const match =
    /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)[\\/](?!.*[\\/]node_modules[\\/])/.exec(id);
  if (match === null) return undefined;
  const [, before = '', name = ''] = match;
  return { name: name.replaceAll('\\', '/'), directory: before + name };
}

function areaOf(id: string, sourceDirectory: string): string | undefined {
  const fromPackage = packageOf(id);
  if (fromPackage !== undefined) {
    const family = FAMILIES.find(([, pattern]) => pattern.test(fromPackage.name))?.[0];
    return `vendor-${family ?? fromPackage.name.replace('@', '').replace('/', '-')}`;
  }
  if (!id.startsWith(sourceDirectory)) return undefined;
  const folders = id.slice(sourceDirectory.length).split(/[\\/]/).slice(0, -1).filter(Boolean);
  return folders.length === 0 || folders[0] === 'entries' ? undefined : folders.join('-');
}

function areaGraph(
  graph: ModuleGraph,
  areas: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [id, imports] of graph) {
    const from = areas.get(id);
    if (from === undefined) continue;
    const targets = edges.get(from) ?? new Set<string>();
    for (const imported of imports) {
      const to = areas.get(imported);
      if (to !== undefined && to !== from) targets.add(to);
    }
    edges.set(from, targets);
  }
  return edges;
}

/** Areas that reach each other get the name that sorts first among them; the rest keep their own. */
function nameCircles(edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, string> {
  const reach = new Map([...edges.keys()].map((area) => [area, reachable(area, edges)]));
  const names = new Map<string, string>();
  for (const area of edges.keys()) {
    const circle = [...(reach.get(area) ?? [])].filter((other) => reach.get(other)?.has(area));
    names.set(area, [area, ...circle].sort()[0] ?? area);
  }
  return names;
}

function reachable(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(edges.get(start) ?? [])];
  for (let area = waiting.pop(); area !== undefined; area = waiting.pop()) {
    if (found.has(area)) continue;
    found.add(area);
    waiting.push(...(edges.get(area) ?? []));
  }
  return found;
}
