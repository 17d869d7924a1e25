import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { InputError, type SourceLocation } from '../errors.ts';
import { errorOfProblems, type LocatedProblem, type Path, quote } from './problem.ts';

/** A YAML file as plain values that still know their line and column. */
export type YamlSource = {
  readonly value: unknown;
  /** Place of the deepest part of the path that is written in the file. */
  locate(path: Path, at: 'key' | 'value'): SourceLocation;
};

/** No config of a person comes near; bounds the time a hostile one can take. */
const MAX_CHARACTERS = 1_000_000;
const MAX_ALIASES = 100;

/**
 * Reads one YAML 1.2 document.
 * @throws InputError with line and column for bad syntax, duplicate keys, several documents, unknown
 * tags, too many aliases, and files that are too large or nested too deeply.
 */
export function parseYamlSource(text: string, file: string): YamlSource {
  if (text.length > MAX_CHARACTERS) {
    throw new InputError(
      `${file} has ${text.length} characters; a YAML file of Contender has at most ${MAX_CHARACTERS}`,
      { location: { file } },
    );
  }
  const lineCounter = new LineCounter();
  const document = refuseExcess(file, () => parseYaml(text, lineCounter));
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw errorOfProblems(describeFaults(faults, { text, file, lineCounter }));
  }
  refuseBadAliases(document, { text, file, lineCounter });
  const value = refuseExcess(file, () => document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  return { value, locate: (path, at) => locateNode({ document, lineCounter, file }, path, at) };
}

function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    // Not silent: the library would then keep quiet about a second document too.
    logLevel: 'error',
    // Named, so that a %YAML 1.1 directive cannot turn `no` into false or a date into an object.
    schema: 'core',
    resolveKnownTags: false,
  });
}

function refuseBadAliases(document: Document.Parsed, { file, lineCounter }: Faulty): void {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_key, alias) => void aliases.push(alias) });
  // Each resolution walks the document, so that their number is bounded first.
  if (aliases.length > MAX_ALIASES) throw tooManyAliases(file);
  const dangling = aliases.filter((alias) => alias.resolve(document) === undefined);
  if (dangling.length === 0) return;
  throw errorOfProblems(
    dangling.map((alias) => ({
      message: `the alias *${alias.source} has no anchor &${alias.source} before it; write text that begins with * in quotes`,
      location: place({ lineCounter, file }, startOf(alias)),
    })),
  );
}

function tooManyAliases(file: string, cause?: unknown): InputError {
  return new InputError(
    `${file} uses aliases (*name) that multiply beyond ${MAX_ALIASES} values; write the values out`,
    { location: { file }, cause },
  );
}

/** The library tells excess by exceptions: the stack by RangeError, aliases by ReferenceError. */
function refuseExcess<Value>(file: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new InputError(`${file} is nested too deeply to be a config`, { location: { file }, cause });
    }
    if (cause instanceof ReferenceError) throw tooManyAliases(file, cause);
    throw cause;
  }
}

type Faulty = { readonly text: string; readonly file: string; readonly lineCounter: LineCounter };

/** One problem a line: what follows a fault on its line is mostly its echo. */
function describeFaults(faults: readonly YAMLError[], source: Faulty): LocatedProblem[] {
  const byLine = new Map<number, LocatedProblem>();
  for (const fault of faults) {
    const { line, col } = source.lineCounter.linePos(fault.pos[0]);
    if (byLine.has(line)) continue;
    byLine.set(line, {
      message: describeFault(fault, source.text),
      location: { file: source.file, line, column: col },
    });
  }
  return [...byLine.values()];
}

function describeFault(fault: YAMLError, text: string): string {
  switch (fault.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^:\n]*/.exec(text.slice(fault.pos[0]))?.[0] ?? '';
      return `the key ${quote(key.trim())} is written twice; keep one`;
    }
    case 'TAB_AS_INDENT':
      return 'a tab indents this line; YAML is indented by spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document starts here (---); one file describes one model';
    case 'TAG_RESOLVE_FAILED':
      return 'a tag (!name) stands here; write plain text, numbers, lists and maps';
    case 'RESOURCE_EXHAUSTION':
      return 'nested too deeply to be a config';
    default:
      return `not valid YAML: ${fault.message.split('\n')[0]}`;
  }
}

type Located = {
  readonly document: Document.Parsed;
  readonly lineCounter: LineCounter;
  readonly file: string;
};

function locateNode(source: Located, path: Path, at: 'key' | 'value'): SourceLocation {
  let node: unknown = source.document.contents;
  let key: unknown;
  let offset = startOf(node);
  for (const step of path) {
    const container = isAlias(node) ? node.resolve(source.document) : node;
    if (isMap(container)) {
      const pair: Pair | undefined = container.items.find((item) => keyText(item.key) === String(step));
      if (pair === undefined) return place(source, startOf(key) ?? offset);
      key = pair.key;
      node = pair.value;
    } else if (isSeq(container) && typeof step === 'number' && container.items[step] !== undefined) {
      key = undefined;
      node = container.items[step];
    } else {
      return place(source, startOf(key) ?? offset);
    }
    offset = startOf(node) ?? startOf(key) ?? offset;
  }
  return place(source, (at === 'key' ? startOf(key) : undefined) ?? offset);
}

function place(
  { lineCounter, file }: Pick<Located, 'lineCounter' | 'file'>,
  offset: number | undefined,
): SourceLocation {
  const { line, col } = lineCounter.linePos(offset ?? 0);
  // The counter answers 0 for an empty file.
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}
