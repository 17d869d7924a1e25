export type FileFormat = 'delimited' | 'parquet' | 'json-lines' | 'arrow';

export type FileCompression = 'none' | 'gzip' | 'zstd';

export type FileKind = { readonly format: FileFormat; readonly compression: FileCompression };

/** What can be read, in the words of a message. */
export const READABLE_FORMATS =
  '.csv or .tsv (also .gz, .zst), .parquet or .pq, .jsonl or .ndjson (also .gz, .zst), .arrow, .feather or .ipc';

const FORMATS: Readonly<Record<string, FileFormat>> = {
  csv: 'delimited',
  tsv: 'delimited',
  jsonl: 'json-lines',
  ndjson: 'json-lines',
  parquet: 'parquet',
  parq: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

/** Text comes in any encoding and compression; the other formats bring their own. */
export function isText(format: FileFormat): boolean {
  return format === 'delimited' || format === 'json-lines';
}

/** The format that a file's name declares; undefined when it is none that can be read. */
export function fileKindOf(path: string): FileKind | undefined {
  const match = /\.([a-z]+)(\.gz|\.zst)?$/i.exec(path);
  const format = FORMATS[match?.[1]?.toLowerCase() ?? ''];
  if (format === undefined) return undefined;
  const suffix = match?.[2]?.toLowerCase();
  const compression = suffix === '.gz' ? 'gzip' : suffix === '.zst' ? 'zstd' : 'none';
  return compression === 'none' || isText(format) ? { format, compression } : undefined;
}
