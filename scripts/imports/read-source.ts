import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

export type FoundImport = {
  readonly specifier: string;
  readonly line: number;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
};

export type FoundUse = { readonly what: string; readonly line: number };

export type SourceFacts = {
  /** Static and dynamic imports, re-exports and imports in types. */
  readonly imports: readonly FoundImport[];
  /** Dynamic imports whose file is computed, so that nothing can be said about them. */
  readonly computedImports: readonly FoundUse[];
  /** Uses of time, randomness, environment and output, by the names of Node's globals. */
  readonly impurities: readonly FoundUse[];
};

const IMPURE_OBJECTS = ['process', 'console', 'globalThis'];
const IMPURE_MEMBERS = [
  'Math.random',
  'Date.now',
  'performance.now',
  'performance.timeOrigin',
  'crypto.randomUUID',
  'crypto.getRandomValues',
];
const IMPURE_CALLS = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'Date'];

/** What the import rules have to know of one TypeScript file. @throws when it cannot be parsed. */
export function readSource(path: string, text: string): SourceFacts {
  const { program, errors, module } = parseSync(path, text);
  const failed = errors[0];
  if (failed !== undefined) throw new Error(`${path} cannot be parsed: ${failed.message}`);
  const lineOf = lineFinder(text);
  const tree = walk(program, lineOf);
  const imports: FoundImport[] = [...tree.imports];
  for (const { moduleRequest, start, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    imports.push({ specifier: moduleRequest.value, line: lineOf(start), typeOnly });
  }
  for (const { start, entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest === null) continue;
      imports.push({ specifier: moduleRequest.value, line: lineOf(start), typeOnly: isType });
    }
  }
  return { ...tree, imports: imports.sort((one, other) => one.line - other.line) };
}

function walk(program: ESTree.Program, lineOf: (offset: number) => number): SourceFacts {
  const imports: FoundImport[] = [];
  const computedImports: FoundUse[] = [];
  const impurities: FoundUse[] = [];
  const impure = (what: string, { start }: { start: number }) => {
    impurities.push({ what, line: lineOf(start) });
  };
  new Visitor({
    ImportExpression(node) {
      const line = lineOf(node.start);
      if (node.source.type !== 'Literal') computedImports.push({ what: 'import()', line });
      else imports.push({ specifier: String(node.source.value), line, typeOnly: false });
    },
    TSImportType(node) {
      imports.push({ specifier: node.source.value, line: lineOf(node.start), typeOnly: true });
    },
    MemberExpression(node) {
      if (node.object.type !== 'Identifier') return;
      const { name } = node.object;
      const member = `${name}.${node.property.type === 'Identifier' ? node.property.name : '?'}`;
      if (IMPURE_OBJECTS.includes(name) || IMPURE_MEMBERS.includes(member)) impure(member, node);
    },
    CallExpression(node) {
      if (node.callee.type !== 'Identifier' || !IMPURE_CALLS.includes(node.callee.name)) return;
      impure(`${node.callee.name}()`, node);
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return;
      if (node.arguments.length === 0) impure('new Date() without arguments', node);
    },
  }).visit(program);
  return { imports, computedImports, impurities };
}

function lineFinder(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (offset) => countBefore(breaks, offset) + 1;
}

/** How many of the ascending positions lie before an offset. */
function countBefore(positions: readonly number[], offset: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
