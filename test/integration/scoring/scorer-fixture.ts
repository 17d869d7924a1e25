import { execFileSync } from 'node:child_process';
import { createOnnxScorer, type OnnxScorerSettings } from '../../../src/adapters/onnx/onnx-scorer.ts';
import { type RowSource, rowsOfTable } from '../../../src/core/data/row-source.ts';
import type { Column } from '../../../src/core/data/table.ts';
import { trainLearner } from '../../../src/core/learning/train-learner.ts';
import type { Scorer } from '../../../src/ports/scorer.ts';
import { workerSettings } from '../../support/stage-harness.ts';

/** A scorer over the real runtime, with the sources as its child. */
export async function startScorer(more: Partial<OnnxScorerSettings> = {}): Promise<Scorer> {
  return createOnnxScorer({ ...(await workerSettings()), ...more });
}

export type Cell = number | string;

/** Rows of cells as columns; a column of numbers alone is a number column, NaN is missing, else text. */
export function rowsOf(names: readonly string[], rows: readonly (readonly (number | string)[])[]): RowSource {
  const columns = names.map((name, position): Column => {
    const cells = rows.map((row) => row[position]!);
    if (cells.every((cell) => typeof cell === 'number'))
      return { kind: 'number', name, values: Float64Array.from(cells) };
    const dictionary = [...new Set(cells.map(String))];
    return {
      kind: 'text',
      name,
      dictionary,
      codes: Int32Array.from(cells, (cell) => dictionary.indexOf(String(cell))),
    };
  });
  return rowsOfTable({ rowCount: rows.length, columns });
}

/** Scoring processes that this one started and that still live, by what their script is called. */
export function childrenOfThisProcess(script = 'score-worker'): string[] {
  const listing = execFileSync('ps', ['-o', 'pid=,stat=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  });
  return listing.split('\n').filter((line) => line.includes(script) && !/^\s*\d+\s+Z/.test(line));
}

/** A model of one number column `a`, made by the built-in learner. */
export function anyModel(): Uint8Array {
  const values = Float64Array.from({ length: 60 }, (_, row) => row);
  return trainLearner({
    learner: 'gradient-boosting',
    task: 'regression',
    features: [{ kind: 'number', name: 'a', values }],
    target: { kind: 'number', name: 'y', values },
    positiveClass: undefined,
    parameters: { iterations: 1 },
    seed: 1,
    model: 'm',
    toolVersion: '0',
  }).bytes;
}
