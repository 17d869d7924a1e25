import type { Calibration, JudgedMargin, MetricCalibration } from '../../calibration/calibration.ts';
import {
  chooseStyle,
  formatDifference,
  formatInterval,
  formatNumber,
  formatQuantity,
  formatValue,
} from '../format-number.ts';
import { columns, heading, line, paragraph, shownText } from '../inspection/text-lines.ts';
import { explainMetric } from './margin-words.ts';

/** What `contender calibrate` prints: what was done, each metric with its margin, and what to paste. */
export function renderCalibration(calibration: Calibration): string {
  const parts = [
    renderFacts(calibration),
    ...calibration.metrics.map((metric) => renderMetric(metric, calibration)),
    renderNotes(calibration),
    renderPaste(calibration),
  ];
  return `${parts.flat().join('\n')}\n`;
}

function renderFacts({ model, task, champion, retrainings, holdout, ...rest }: Calibration): string[] {
  const groups = holdout.groups === undefined ? [] : [`${formatQuantity(holdout.groups, 'group')}`];
  const positives =
    holdout.positives === undefined ? [] : [`${formatQuantity(holdout.positives, 'positive', 'positive')}`];
  return [
    `Calibration of ${shownText(model)} (${task})`,
    ...columns([
      ['champion', `${shownText(champion.origin, 300)}, ${champion.digest.slice(0, 12)}`],
      ['retrainings', describeRetrainings({ retrainings, ...rest })],
      ['holdout', [formatQuantity(holdout.rows, 'row'), ...groups, ...positives].join(', ')],
    ]),
  ];
}

function describeRetrainings({
  retrainings,
  share,
  sampled,
}: Pick<Calibration, 'retrainings' | 'share' | 'sampled'>): string {
  if (share === undefined) return `${retrainings.length} models made elsewhere`;
  const seeds = retrainings.map(({ seed }) => seed);
  const drawn = sampled === 'groups' ? 'groups of the training rows' : 'training rows';
  return `${retrainings.length} of the recipe, each on ${Number((share * 100).toPrecision(3))} % of the ${drawn}, seeds ${seeds[0]} to ${seeds.at(-1)}`;
}

function renderMetric(metric: MetricCalibration, { defaultGate }: Calibration): string[] {
  const words = explainMetric(metric, defaultGate).map((text) => paragraph('- ', text));
  return [
    heading(`${metric.name}${metric.role === 'further' ? '' : ` (${metric.role})`}: ${outcomeOf(metric)}`),
    ...renderDifferences(metric),
    ...renderMargins(metric),
    '',
    ...words.flat(),
  ];
}

function outcomeOf({ margins, meaning, refusal }: MetricCalibration): string {
  if (refusal !== undefined) return `no margin is proposed: ${shownText(refusal, 500)}`;
  if (meaning?.resolvable !== true || margins.proposed === undefined)
    return 'no margin is proposed: this holdout can resolve nothing';
  return `margin ${formatNumber(margins.proposed.margin)}`;
}

function renderDifferences({ name, champion, differences }: MetricCalibration): string[] {
  if (champion === undefined) return [];
  const first = differences.find(({ interval }) => interval !== undefined)?.interval;
  const style = chooseStyle({ name, values: [champion.value], interval: first });
  const interval = champion.interval === undefined ? '' : formatInterval(champion.interval, style);
  const rows = differences.map(({ value, interval: own, note }, index) => [
    `retraining ${index + 1}`,
    value === undefined ? 'no value' : formatDifference(value, style),
    own === undefined ? shownText(note ?? 'no interval', 100) : formatInterval(own, style),
  ]);
  return columns([['champion', formatValue(champion.value, style), interval], ...rows]);
}

function renderMargins({ margins, differences }: MetricCalibration): string[] {
  const known = differences.filter(({ interval }) => interval !== undefined).length;
  const rows = (
    [
      ['default margin', margins.default],
      ['of the config', margins.configured],
      ['proposed', margins.proposed],
    ] as const
  ).flatMap(([name, judged]) => (judged === undefined ? [] : [describeMargin(name, judged)]));
  if (rows.length === 0 || known === 0) return [];
  return [
    '',
    ...columns([['margin', '', 'better', 'equivalent', 'not worse', 'inconclusive', 'worse'], ...rows]),
  ];
}

function describeMargin(name: string, { margin, verdicts }: JudgedMargin): string[] {
  const { better, equivalent, 'not-worse': notWorse, inconclusive, worse } = verdicts;
  const counts = [better, equivalent, notWorse, inconclusive, worse].map(String);
  return [name, formatNumber(Number(margin.toPrecision(3))), ...counts];
}

function renderNotes({ notes }: Calibration): string[] {
  return notes.length === 0
    ? []
    : [heading('Notes'), ...notes.flatMap((note) => paragraph('- ', shownText(note, 500)))];
}

/** Margins as YAML; metric names are of the product's list and need no quotes. */
function renderPaste({ metrics, primary, defaultGate }: Calibration): string[] {
  const proposed = metrics.flatMap(({ name, margins, meaning }) =>
    margins.proposed !== undefined && meaning?.resolvable === true
      ? [`${name}: ${margins.proposed.margin}`]
      : [],
  );
  if (proposed.length === 0) return [];
  const hasPrimary = proposed.some((entry) => entry.startsWith(`${primary}:`));
  return [
    heading('To paste into contender.yml'),
    line('comparison:'),
    line(`  margins: {${proposed.join(', ')}}`),
    ...(defaultGate && hasPrimary
      ? [line(`  gates: [{metric: ${primary}, require: not-worse}]   # optional: not worse is enough`)]
      : []),
  ];
}
