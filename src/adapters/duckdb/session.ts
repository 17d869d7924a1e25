import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError, messageOf, OutsideError } from '../../core/errors.ts';
import { quoteText, quoteTexts, shorten } from './sql-text.ts';

/** A file is read again when its first rows misled, by all of them, and with more columns as text. */
const PACKINGS = 4;

type Duckdb = typeof import('@duckdb/node-api');

export type SessionOptions = {
  readonly duckdb: Duckdb;
  /** Real paths of the only files that can be read. */
  readonly files: readonly string[];
  /** Directory of this session alone, for what does not fit into memory. */
  readonly spillDirectory: string;
  readonly memoryLimitMegabytes: number;
  readonly threads: number;
  readonly timeLimitSeconds: number;
  /** Text of this size is kept packed on disk, not as a table in memory; default: none. */
  readonly packedTextMegabytes?: number;
};

/**
 * Opens an in-memory database that can read the given files and nothing else: no other file, no network,
 * no extension, no attached database file, no change of settings. Text from users comes in only afterwards.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const instance = await options.duckdb.DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
  });
  const connection = await instance.connect();
  const packedPaths = options.files.flatMap((_, file) =>
    Array.from({ length: PACKINGS }, (_, packing) =>
      join(options.spillDirectory, `rows-${file}-${packing}.parquet`),
    ),
  );
  const session = new Session(options.duckdb, instance, connection, {
    timeLimitSeconds: options.timeLimitSeconds,
    packedTextMegabytes: options.packedTextMegabytes ?? Number.POSITIVE_INFINITY,
    packedPaths,
  });
  await session.run(`SET memory_limit = '${options.memoryLimitMegabytes}MB'`);
  await session.run(`SET temp_directory = ${quoteText(options.spillDirectory)}`);
  await session.run("SET TimeZone = 'UTC'");
  // Groups by a table of all values that a file's statistics promise; files with wrong ones would be refused.
  await session.run('SET perfect_ht_threshold = 0');
  await session.run(`SET allowed_paths = ${quoteTexts([...options.files, ...packedPaths])}`);
  await session.run('SET enable_external_access = false');
  await session.run('SET lock_configuration = true');
  return session;
}

/** One connection whose statements are stopped when they take too long. */
export class Session {
  readonly duckdb: Duckdb;
  readonly connection: DuckDBConnection;
  readonly packedTextMegabytes: number;
  readonly #instance: DuckDBInstance;
  readonly #packedPaths: readonly string[];
  #timeLimitSeconds: number;
  #temporaryNames = 0;
  #packed = 0;

  constructor(
    duckdb: Duckdb,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    limits: {
      readonly timeLimitSeconds: number;
      readonly packedTextMegabytes: number;
      readonly packedPaths: readonly string[];
    },
  ) {
    this.duckdb = duckdb;
    this.#instance = instance;
    this.connection = connection;
    this.#timeLimitSeconds = limits.timeLimitSeconds;
    this.packedTextMegabytes = limits.packedTextMegabytes;
    this.#packedPaths = limits.packedPaths;
  }

  /** Longest time of a statement that names none of its own. */
  get timeLimitSeconds(): number {
    return this.#timeLimitSeconds;
  }

  /** From now on statements may take this long: reading files and a user's query have limits of their own. */
  limitStatements(seconds: number): void {
    this.#timeLimitSeconds = seconds;
  }

  /** Runs one statement for its effect. */
  async run(sql: string): Promise<void> {
    await this.limited(() => this.connection.run(sql));
  }

  /** The rows of a small result, values as JavaScript's own. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    const reader = await this.limited(() => this.connection.runAndReadAll(sql));
    return reader.getRowsJS();
  }

  /** Names and types of the columns that a query gives, without running it. */
  async columnsOf(query: string): Promise<readonly { readonly name: string; readonly sqlType: string }[]> {
    const rows = await this.rows(`DESCRIBE ${query}`);
    return rows.map(([name, sqlType]) => ({ name: String(name), sqlType: String(sqlType) }));
  }

  /** The one number of a one-cell result. */
  async count(sql: string): Promise<number> {
    const rows = await this.rows(sql);
    return Number(rows[0]?.[0]);
  }

  /** A name that no other object of this database has. */
  temporaryName(): string {
    this.#temporaryNames += 1;
    return `contender_temporary_${this.#temporaryNames}`;
  }

  /** Does work on a connection of its own, beside what this session does. It sees the same tables and views. */
  async aside<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const connection = await this.#instance.connect();
    try {
      const { timeLimitSeconds, packedTextMegabytes } = this;
      const limits = { timeLimitSeconds, packedTextMegabytes, packedPaths: [] };
      return await work(new Session(this.duckdb, this.#instance, connection, limits));
    } finally {
      connection.closeSync();
    }
  }

  /** A file in the directory of this session that can be written once and read. */
  nextPackedPath(): string {
    this.#packed += 1;
    return this.#packedPaths[this.#packed - 1]!;
  }

  /** Does the work, interrupting the connection when the time limit passes, or the seconds that are given. */
  async limited<Result>(work: () => Promise<Result>, seconds = this.timeLimitSeconds): Promise<Result> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.connection.interrupt();
    }, seconds * 1000);
    try {
      return await work();
    } catch (error) {
      if (isLate) throw new TimeLimitError(seconds, error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

/** A statement took longer than it may. */
export class TimeLimitError extends Error {
  constructor(seconds: number, cause: unknown) {
    super(`took longer than the limit of ${Math.ceil(seconds)} seconds and was stopped`, { cause });
  }
}

/**
 * What DuckDB threw as an error of ours: `InputError` led by `subject` (the file, condition or query that
 * is to blame), `OutsideError` when the machine is. Other errors pass through.
 */
export function explainError(subject: string, error: unknown): Error {
  if (error instanceof InputError || error instanceof OutsideError) return error;
  // Anything but an answer of DuckDB is a mistake in this adapter and must look like one.
  const isAnswer = error instanceof TimeLimitError || /^[A-Z][\w ]* Error: /.test(messageOf(error));
  if (!isAnswer) return error instanceof Error ? error : new Error(messageOf(error), { cause: error });
  if (isMachineError(messageOf(error))) {
    return new OutsideError(`${subject}: ${shortReason(error)}`, { cause: error });
  }
  return new InputError(`${subject}: ${shortReason(error)}`, { cause: error });
}

/** DuckDB's reason in one line, without the echo of the query, cells of the data and its advice on options. */
export function shortReason(error: unknown): string {
  const message = messageOf(error);
  const codec = /Unsupported compression codec "([^"]*)"/.exec(message)?.[1];
  if (codec !== undefined) return `its compression ${codec} is not read; write it with snappy or zstd`;
  if (/BYTE_STREAM_SPLIT encoding is only supported/.test(message))
    return 'BYTE_STREAM_SPLIT encoding is read for FLOAT and DOUBLE only; write the other columns with another';
  const csvLine = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const reason = withoutValues(message)
    .replace(/\n\s*LINE \d+:[\s\S]*$/, '')
    .replace(/CSV Error on Line: \d+\s*/, '')
    .replace(/Original Line:[^\n]*\n?/, '')
    .replace(/Possible (fixes|[Ss]olutions?):[\s\S]*$/, '')
    .replace(/^(Invalid Input|Parser|Binder|Conversion|IO|Catalog|Permission|Invalid) Error: /, '');
  const short = shorten(reason, 300);
  return csvLine === undefined ? short : `line ${csvLine}: ${short}`;
}

/** A message without the values of the data that DuckDB quotes when it cannot convert or parse them. */
function withoutValues(message: string): string {
  if (/^Conversion Error/.test(message)) {
    const type = /\b(?:to|type) '?([A-Z][A-Z0-9_]*(?:\(\d+,\s*\d+\))?)'?/.exec(message.split('\n')[0]!)?.[1];
    return `a value cannot be converted${type === undefined ? '' : ` to ${type}`}`;
  }
  if (/^Out of Range Error/.test(message)) return 'a value is out of range';
  const hidden = message.replace(
    /\b(string|value|input|text):? ("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.|'')*')/gi,
    '$1 (hidden)',
  );
  // Behind such a line the value comes again, with a mark under the sign that is wrong.
  return hidden === message || /CSV Error on Line/.test(message) ? hidden : hidden.split('\n')[0]!;
}

function isMachineError(message: string): boolean {
  return /^(Out of Memory Error|FATAL Error)|No space left on device/i.test(message);
}
