/**
 * One scoring as a whole process, for the benchmark: a Parquet file in, a checksum out.
 *
 * Arguments: MODEL DATA COLUMNS THREADS WORKER (the child's script). Runs in the root of the repository.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createDuckdbEngine } from '../../src/adapters/duckdb/duckdb-engine.ts';
import { loadNative, locateNative } from '../../src/adapters/native/load-native.ts';
import { createOnnxScorer } from '../../src/adapters/onnx/onnx-scorer.ts';
import { pickColumns } from '../../src/core/data/row-source.ts';

const [model = '', data = '', columns = '', threads = '1', worker = ''] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'contender-scoring-'));
const native = { environment: process.env, projectDirectory: process.cwd() };
try {
  await using engine = createDuckdbEngine({
    load: () => loadNative('duckdb', native),
    temporaryDirectory: directory,
    threads: Number(threads),
  });
  await using rows = await engine.open({
    name: 'rows',
    baseDirectory: dirname(resolve(data)),
    paths: [basename(data)],
  });
  const scorer = createOnnxScorer({
    script: worker,
    directory,
    options: { environment: {}, runtimeDirectory: await locateNative('onnxruntime', native) },
    threads: Number(threads),
  });
  const scores = await scorer.score({
    model: { path: resolve(model), name: 'the model' },
    task: 'binary-classification',
    rows: pickColumns(rows, columns.split(',')),
    classes: ['0', '1'],
  });
  let checksum = 0;
  for (let row = 0; row < scores.rowCount; row++) checksum += scores.values[row * 2 + 1]!;
  const { rowCount, seconds, refused } = scores;
  console.log(JSON.stringify({ rows: rowCount, checksum, refused: refused.size, seconds }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
