/**
 * `npm run bench`: measures what the project promises and prints one table.
 *
 * Usage: npm run bench -- [name …] [--json FILE]
 *
 * Names: cold-start, natives, download, training, scoring, comparison, report, report-action, stages, demo, retrainings, validation; all of them by default. Figures are of
 * this machine at this moment: compare ratios, and nothing fails for being over a limit.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Benchmark, type BenchmarkRow, keepsLimit, renderRows } from '../bench/benchmark.ts';
import { benchmarkColdStart } from '../bench/cold-start.ts';
import { benchmarkComparison } from '../bench/comparison.ts';
import { benchmarkDemo } from '../bench/demo.ts';
import { benchmarkDownload } from '../bench/download.ts';
import { benchmarkNatives } from '../bench/natives.ts';
import { benchmarkReport } from '../bench/report.ts';
import { benchmarkReportAction } from '../bench/report-action.ts';
import { benchmarkRetrainings } from '../bench/retrainings.ts';
import { benchmarkScoring } from '../bench/scoring.ts';
import { benchmarkStages } from '../bench/stages.ts';
import { benchmarkTraining } from '../bench/training.ts';
import { benchmarkValidation } from '../bench/validation.ts';

const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark | readonly BenchmarkRow[]>>> = {
  'cold-start': () => benchmarkColdStart(),
  natives: benchmarkNatives,
  download: benchmarkDownload,
  training: () => benchmarkTraining(),
  scoring: benchmarkScoring,
  comparison: benchmarkComparison,
  report: benchmarkReport,
  'report-action': benchmarkReportAction,
  stages: benchmarkStages,
  demo: benchmarkDemo,
  retrainings: benchmarkRetrainings,
  validation: benchmarkValidation,
};

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
    return 2;
  }
  const { rows, notes } = await measure(positionals.length > 0 ? positionals : Object.keys(BENCHMARKS));
  console.log(renderRows(rows));
  for (const note of notes) console.log(`note: ${note}`);
  if (values.json !== undefined) await writeFile(values.json, renderJson({ rows, notes }));
  return 0;
}

/** A benchmark that cannot run here leaves a note, and the others run. */
async function measure(names: readonly string[]): Promise<Benchmark> {
  const rows: BenchmarkRow[] = [];
  const notes: string[] = [];
  for (const name of names) {
    console.error(`measuring ${name} …`);
    try {
      const measured = await BENCHMARKS[name]!();
      const benchmark = 'rows' in measured ? measured : { rows: measured, notes: [] };
      rows.push(...benchmark.rows);
      notes.push(...benchmark.notes);
    } catch (error) {
      notes.push(`${name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { rows, notes };
}

function renderJson({ rows, notes }: Benchmark): string {
  const machine = { platform: process.platform, architecture: process.arch, node: process.versions.node };
  const judged = rows.map((row) => ({ ...row, ok: keepsLimit(row) }));
  return `${JSON.stringify({ machine, rows: judged, notes }, null, 2)}\n`;
}

process.exitCode = await main(process.argv.slice(2));
