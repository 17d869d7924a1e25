/**
 * One scoring as a whole process, for the benchmark: Parquet in, checksum and seconds out.
 *
 * Usage: node bench/scoring-run.ts MODEL DATA THREADS
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createDuckdbEngine } from '../src/adapters/duckdb/duckdb-engine.ts';
import { loadNative, locateNative } from '../src/adapters/native/load-native.ts';
import { createOnnxScorer } from '../src/adapters/onnx/onnx-scorer.ts';

const [model = '', data = '', threads = '1'] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'contender-scoring-'));
const native = { environment: process.env };
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
    script: resolve(import.meta.dirname, '../src/entries/score-worker.ts'),
    directory,
    options: { environment: {}, runtimeDirectory: await locateNative('onnxruntime', native) },
    threads: Number(threads),
  });
  const scores = await scorer.score({
    model: { path: resolve(model), name: 'the model' },
    task: 'binary-classification',
    rows,
    classes: ['0', '1'],
  });
  let sum = 0;
  for (let row = 0; row < scores.rowCount; row++) sum += scores.values[row * 2 + 1]!;
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  console.log(JSON.stringify({ rows: scores.rowCount, sum, refused: scores.refused.size, seconds: scores.seconds, peakMegabytes: Number(peak) / 1024 }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
