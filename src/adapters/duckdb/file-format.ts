export type FileFormat = 'delimited' | 'parquet' | 'json-lines';

export type FileCompression = 'none' | 'gzip' | 'zstd';

export type FileKind = { readonly format: FileFormat; readonly compression: FileCompression };

/** What can be read, in the words of a message. */
export const READABLE_FORMATS =
  '.csv or .tsv (also .gz, .zst), .parquet or .pq, .jsonl or .ndjson (also .gz, .zst)';

/** The format that a file's name declares; undefined when it is none that can be read. */
export function fileKindOf(path: string): FileKind | undefined {
  const match = /\.(csv|tsv|parquet|parq|pq|jsonl|ndjson)(\.gz|\.zst)?$/i.exec(path);
  if (match === null) return undefined;
  const extension = match[1]!.toLowerCase();
  const suffix = match[2]?.toLowerCase();
  const compression = suffix === '.gz' ? 'gzip' : suffix === '.zst' ? 'zstd' : 'none';
  if (extension.startsWith('p')) {
    return compression === 'none' ? { format: 'parquet', compression } : undefined;
  }
  if (extension === 'jsonl' || extension === 'ndjson') return { format: 'json-lines', compression };
  return { format: 'delimited', compression };
}
