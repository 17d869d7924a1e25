/**
 * What can be told about `data.fetch` from its text: which files in Git decide what it fetches, and whether it
 * would run files that a change touches.
 */

/** Files in Git that stand for data elsewhere: when one changes, the data are others. */
const POINTER_PATTERNS = ['**/*.dvc', '**/dvc.lock'] as const;

/** Settings that say where tools fetch from, and may name programs to ask for credentials. */
const SETTING_PATTERNS = ['**/.dvc/config', '.lfsconfig'] as const;

/** Everything in Git, whatever the command, whose change means other data. */
export const FETCH_PATTERNS: readonly string[] = [...POINTER_PATTERNS, ...SETTING_PATTERNS];

/** Programs that move data and run no file of the repository. */
const TRANSFERS: ReadonlySet<string> = new Set([
  ...['aws', 's5cmd', 'gsutil', 'gcloud', 'az', 'azcopy', 'rclone', 'curl', 'wget'],
  ...['cd', 'mkdir', 'cp', 'mv', 'rm', 'cat', 'echo', 'test', '[', 'true', 'false', 'exit'],
  ...['tar', 'unzip', 'gzip', 'gunzip', 'zstd', 'sha256sum'],
]);

/** Of programs that can do more, what only moves data. */
const TRANSFERS_OF: Readonly<Record<string, readonly string[]>> = {
  dvc: ['pull', 'fetch', 'checkout'],
  git: ['lfs'],
};

/** Files that nothing runs: data, words, queries and models. */
const INERT =
  /\.(csv|tsv|parquet|jsonl?|ndjson|gz|zst|md|sql|dvc|onnx|png|svg)$|(^|\/)dvc\.lock$|\.lock\.ya?ml$/i;

/** Whether every part of the command is known to move data and to run no file of the repository. */
export function isTransfer(command: string): boolean {
  if (/[`\\]|\$\(|[<>]\(/.test(command)) return false;
  return command.split(/[;|&\n]+/).every((part) => {
    const words = part.trim().split(/\s+/);
    const [program = '', action = ''] = words.filter((word) => !/^\w+=/.test(word));
    return program === '' || TRANSFERS.has(program) || TRANSFERS_OF[program]?.includes(action) === true;
  });
}

/** The words of a command that could be paths, as written but for quotes and `./`. */
export function wordsOf(command: string): readonly string[] {
  const words = command.split(/[\s;&|<>()"'`=]+/).map((word) => word.replace(/^\.\//, ''));
  return [...new Set(words.filter((word) => word !== '' && !word.startsWith('-')))];
}

export type TouchedFiles = {
  /** Paths that a change touches, from the top of the repository. */
  readonly changed: readonly string[];
  /** Those of them that decide what is fetched: pointers, settings, and files the command names. */
  readonly deciding: readonly string[];
  /** Config and lock file, which Contender alone reads. */
  readonly own: readonly string[];
};

/**
 * Whether running the command beside the changed files may fetch other data than beside the unchanged ones. A
 * program that is not known may read any file.
 */
export function mayFetchOther(command: string, { changed, deciding, own }: TouchedFiles): boolean {
  if (deciding.length > 0) return true;
  return !isTransfer(command) && changed.some((path) => !own.includes(path) && !/\.md$/i.test(path));
}

/** Whether the command may run code that the change touches. Settings and named files can name programs. */
export function mayRunChange(command: string, { changed, deciding, own }: TouchedFiles): boolean {
  const suspects = isTransfer(command) ? deciding : changed;
  return suspects.some((path) => !own.includes(path) && !INERT.test(path));
}
