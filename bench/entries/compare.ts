/**
 * One comparison as a whole process, for the benchmark: made rows in, a checksum out.
 *
 * Arguments: TASK (all, area or metric) ROWS.
 */
import { compareModels } from '../../src/core/comparison/compare-models.ts';
import type { BinarySample, SampleMetric } from '../../src/core/metrics/metric.ts';
import { findMetric } from '../../src/core/metrics/registry.ts';
import { runPairedBootstrap } from '../../src/core/statistics/bootstrap.ts';
import { compareAreas } from '../../src/core/statistics/delong.ts';
import { createRandom } from '../../src/core/statistics/random.ts';

const METRICS = [
  'average_precision',
  'roc_auc',
  'log_loss',
  'brier_score',
  'accuracy',
  'balanced_accuracy',
  'f1',
  'precision',
  'recall',
  'matthews_corrcoef',
  'recall_at_fpr_0.01',
  'ks_statistic',
];
const REPLICATES = 2_000;
const SLICES = 50;
/** Columns that are sliced, ten values each. */
const SLICE_COLUMNS = 5;

const [what = 'all', size = '1000'] = process.argv.slice(2);
const rows = Number(size);
const { champion, challenger } = makeModels(rows);
const started = performance.now();
const result = run();
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, result }));

function run(): number {
  switch (what) {
    case 'area': {
      const compared = compareAreas({
        labels: champion.labels,
        champion: champion.probabilities,
        challenger: challenger.probabilities,
        confidence: 0.95,
      });
      return 'difference' in compared ? compared.difference : Number.NaN;
    }
    case 'metric': {
      const metric = metricNamed('average_precision');
      const statistics = [metric.prepare(challenger), metric.prepare(champion)];
      const design = { kind: 'rows', rowCount: rows } as const;
      const [own, other] = runPairedBootstrap({ design, statistics, replicates: REPLICATES, seed: 1 });
      return own![0]! - other![0]!;
    }
    default: {
      const { metrics, slices } = compareModels({
        champion,
        challenger,
        metrics: METRICS.map(metricNamed),
        measured: [],
        rules: { primary: 'average_precision', guardrails: ['log_loss'], margins: {} },
        slices: Array.from({ length: SLICES }, (_, slice) => ({
          name: `slice ${slice}`,
          rows: rowsOf(slice),
        })),
        seed: 1,
        replicates: REPLICATES,
      });
      return metrics.length + slices.length;
    }
  }
}

/** Rows of one value of one of the columns. */
function rowsOf(slice: number): Uint32Array {
  const [column, value] = [slice % SLICE_COLUMNS, Math.floor(slice / SLICE_COLUMNS)];
  const step = SLICES / SLICE_COLUMNS;
  const own: number[] = [];
  for (let row = 0; row < rows; row++)
    if (Math.floor(row / step ** (column % 4)) % step === value) own.push(row);
  return Uint32Array.from(own);
}

function metricNamed(name: string): SampleMetric {
  const found = findMetric('binary-classification', name);
  if (!found.found || found.metric.kind !== 'sample') throw new Error(`no metric ${name}`);
  return found.metric;
}

/** Two models that share most of their noise, on rows with 5 % positives. */
function makeModels(count: number): { readonly champion: BinarySample; readonly challenger: BinarySample } {
  const random = createRandom(7);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const labels = new Uint8Array(count);
  const scores = { champion: new Float64Array(count), challenger: new Float64Array(count) };
  for (let row = 0; row < count; row++) {
    labels[row] = Number(random.uniform() < 0.05);
    const common = normal();
    scores.champion[row] = 1 / (1 + Math.exp(3 - 2 * labels[row]! - 0.8 * common - 0.6 * normal()));
    scores.challenger[row] = 1 / (1 + Math.exp(3 - 2.1 * labels[row]! - 0.8 * common - 0.6 * normal()));
  }
  const sampleOf = (probabilities: Float64Array): BinarySample => ({
    task: 'binary-classification',
    labels,
    probabilities,
    decisions: Uint8Array.from(probabilities, (probability) => Number(probability >= 0.5)),
  });
  return { champion: sampleOf(scores.champion), challenger: sampleOf(scores.challenger) };
}
