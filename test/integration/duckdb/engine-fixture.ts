import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import { createDuckdbEngine, type DuckdbEngineOptions } from '../../../src/adapters/duckdb/duckdb-engine.ts';
import type { DataEngine, DataSet, OpenDataRequest } from '../../../src/ports/data-engine.ts';

/** An engine over a fresh directory, for the tests of one file. */
export class EngineFixture {
  directory = '';
  engine!: DataEngine;

  /** Writes a file into the directory. */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(join(this.directory, name), content);
    return name;
  }

  open(paths: string | readonly string[], more: Partial<OpenDataRequest> = {}): Promise<DataSet> {
    return this.engine.open({
      name: 'training',
      baseDirectory: this.directory,
      paths: typeof paths === 'string' ? [paths] : paths,
      ...more,
    });
  }

  /** Writes CSV text and opens it. */
  async openCsv(text: string, more: Partial<OpenDataRequest> = {}): Promise<DataSet> {
    return this.open(await this.write('rows.csv', text), more);
  }

  /** Runs SQL in a database that is not locked, to make Parquet files; paths are relative to the directory. */
  async makeParquet(name: string, query: string): Promise<string> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${query}) TO '${join(this.directory, name)}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    return name;
  }

  createEngine(options: Partial<DuckdbEngineOptions> = {}): DataEngine {
    return createDuckdbEngine({
      load: () => import('@duckdb/node-api'),
      temporaryDirectory: join(this.directory, 'spill'),
      threads: 2,
      ...options,
    });
  }
}

export function useEngine(): EngineFixture {
  const fixture = new EngineFixture();
  beforeAll(async () => {
    fixture.directory = await mkdtemp(join(tmpdir(), 'contender-data-'));
    fixture.engine = fixture.createEngine();
  });
  afterAll(async () => {
    await fixture.engine[Symbol.asyncDispose]();
    await rm(fixture.directory, { recursive: true, force: true });
  });
  return fixture;
}

/** The values of a column as plain JavaScript: numbers (NaN when missing), texts (undefined when missing). */
export async function valuesOf(set: DataSet, name: string, as: 'number' | 'text') {
  const column = (await set.read([{ name, as }])).columns[0]!;
  if (column.kind === 'number') return [...column.values];
  return [...column.codes].map((code) => column.dictionary[code]);
}
