import type { CompletedComparison, MetricComparison } from '../../documents/comparison.ts';
import { formatPValue, NO_BREAK_SPACE } from '../format-number.ts';
import { columns, heading, paragraph, shownText } from '../inspection/text-lines.ts';
import { validAcceptance } from '../judgement.ts';
import { describeMetric, type MetricText } from '../metric-text.ts';
import { confidenceSentence } from './confidence-words.ts';
import { gateSentences, reachSentences } from './explain-reach.ts';
import { rowSentences } from './explain-rows.ts';
import { explainSlices } from './explain-slices.ts';
import { marginSentences } from './margin-words.ts';
import { methodSentences } from './method-words.ts';
import { meaningOf } from './metric-meanings.ts';
import { verdictSteps } from './verdict-steps.ts';

/** A part of the explanation; one without lines is left out. */
type Part = { readonly title: string; readonly lines: readonly string[] };

/**
 * Step by step, how one metric got its verdict: plain text for a reader who is no statistician, from the
 * document alone. A metric that the comparison does not have is said to be missing, and which it has.
 */
export function explainMetric(comparison: CompletedComparison, name: string): string {
  const metric = comparison.metrics.find((candidate) => candidate.name === name);
  const parts = metric === undefined ? explainAbsence(comparison, name) : explainPresent(comparison, metric);
  const title = `How ${shownText(name)} was judged`;
  const text = parts
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ title: subject, lines }, index) => [heading(`${index + 1}. ${subject}`), ...lines]);
  return [title, ...text].join('\n').replaceAll(NO_BREAK_SPACE, ' ');
}

function explainPresent(comparison: CompletedComparison, metric: MetricComparison): readonly Part[] {
  const gates = comparison.gates.filter((gate) => gate.metric === metric.name);
  return [
    { title: 'What it measures', lines: explainMeaning(metric) },
    {
      title: 'The rows',
      lines: isMeasured(metric) ? [] : rowSentences(comparison).flatMap(sentence),
    },
    { title: 'The values', lines: explainValues(comparison, metric) },
    ...explainDifference(comparison, metric),
    { title: 'The gates that look at it', lines: gateSentences(gates).flatMap(item) },
    { title: 'What this holdout can see', lines: reachSentences(comparison, metric).flatMap(sentence) },
    { title: 'The slices', lines: explainSlices(comparison, metric.name) },
    { title: 'What came of it', lines: explainOutcome(comparison, metric.name) },
  ];
}

/** Of the file or the machine: no row of the holdout has a part in it. */
function isMeasured({ name }: MetricComparison): boolean {
  return name.endsWith('_bytes') || name.endsWith('_ms');
}

function explainAbsence(comparison: CompletedComparison, name: string): readonly Part[] {
  const known = comparison.metrics.map((metric) => shownText(metric.name)).join(', ');
  const why =
    comparison.verdict === 'unchanged'
      ? 'The challenger is the champion, byte for byte, and reads the same features: there was nothing to compare, and no metric was computed.'
      : `It was not computed. The comparison has ${known === '' ? 'no metrics' : known}.`;
  return [
    { title: 'What happened', lines: sentence(why) },
    { title: 'What came of it', lines: explainOutcome(comparison, name) },
  ];
}

function explainMeaning(metric: MetricComparison): readonly string[] {
  const { noInformation } = describeMetric(metric);
  const nothing =
    noInformation === undefined ? '' : ` A model that knows nothing of the rows would get ${noInformation}.`;
  return sentence(
    `${capitalized(meaningOf(metric.name))}. ${metric.direction === 'higher' ? 'Higher' : 'Lower'} is better.${nothing}`,
  );
}

function explainValues(comparison: CompletedComparison, metric: MetricComparison): readonly string[] {
  const text = describeMetric(metric);
  const rows = [
    ...(comparison.champion === undefined
      ? []
      : [
          [
            'champion',
            text.champion,
            text.championInterval ?? '',
            shownText(comparison.champion.origin, 120),
          ],
        ]),
    [
      'challenger',
      text.challenger,
      text.challengerInterval ?? '',
      shownText(comparison.challenger.origin, 120),
    ],
  ];
  return [
    ...columns(rows),
    ...(metric.challenger?.interval === undefined ? [] : sentence(confidenceSentence(comparison))),
    ...(metric.note === undefined ? [] : paragraph('! ', shownText(metric.note, 600))),
  ];
}

function explainDifference(comparison: CompletedComparison, metric: MetricComparison): readonly Part[] {
  const { difference } = metric;
  if (difference === undefined) return [{ title: 'The difference', lines: explainNoDifference(comparison) }];
  const text = describeMetric(metric);
  return [
    { title: 'The difference', lines: describeDifference(metric, text) },
    {
      title: 'How the interval came about',
      lines:
        difference.interval === undefined
          ? []
          : [
              ...sentence(`Method: ${shownText(difference.method, 120)}.`),
              ...methodSentences(difference.method, shownText(difference.method, 120)).flatMap(sentence),
            ],
    },
    {
      title: 'The margin',
      lines: metric.verdict === undefined ? [] : marginSentences(metric).flatMap(sentence),
    },
    { title: 'The verdict', lines: explainVerdict(metric) },
  ];
}

function explainNoDifference({ champion }: CompletedComparison): readonly string[] {
  return sentence(
    champion === undefined
      ? 'There is no champion yet, so that there is nothing to be better or worse than. A first model is held against knowing nothing, or against a bound of the config.'
      : 'There is none, since a value of one of the models is missing or the two are not compared by this metric. What is missing is never taken for a pass.',
  );
}

function describeDifference(metric: MetricComparison, text: MetricText): readonly string[] {
  const { difference, direction } = metric;
  const order =
    direction === 'higher'
      ? 'challenger minus champion'
      : 'champion minus challenger, since lower is better: a positive difference is a gain';
  return sentence(`${text.gain}: ${order}. ${intervalWords(difference, text)}`);
}

function intervalWords(difference: MetricComparison['difference'], { interval }: MetricText): string {
  if (difference?.interval === undefined)
    return 'There is no interval, so that nothing can be said of other rows.';
  if (interval === undefined) return 'It is exact.';
  const p =
    difference.pValue === undefined
      ? ''
      : ` Between equally good models luck makes a difference as large with ${formatPValue(difference.pValue)}.`;
  return `On other rows like these it would lie in ${interval}. This interval decides, and no other number.${p}`;
}

function explainVerdict(metric: MetricComparison): readonly string[] {
  const steps = verdictSteps(metric);
  if (metric.verdict === undefined) return [];
  if (steps.length === 0) return sentence('Without an interval the verdict is inconclusive.');
  const first = steps.findIndex(({ applies }) => applies);
  const rows = steps.map(({ verdict, question, numbers, applies }, index) => [
    index === first ? '>' : ' ',
    question,
    numbers,
    index > first ? '' : applies ? 'yes' : 'no',
    `${verdict.replaceAll('-', ' ')}${index === first ? ' (the first that applies)' : ''}`,
  ]);
  const words = describeMetric(metric).mark.words;
  const nuance =
    words === 'slightly worse' || words === 'lower'
      ? sentence(
          `In words it is called ${words}: all of the interval lies below 0, but not all of it beyond the margin.`,
        )
      : [];
  return [...columns(rows), ...nuance];
}

function explainOutcome(comparison: CompletedComparison, name: string): readonly string[] {
  const { verdict, promote, primary, gates } = comparison;
  const words = verdict.replaceAll('-', ' ');
  const role =
    verdict === 'unchanged' || verdict === 'no-champion'
      ? `The comparison has the verdict ${words}.`
      : name === primary
        ? `It is the primary metric, so that its verdict is that of the comparison: ${words}.`
        : `The primary metric is ${shownText(primary)}, and its verdict is that of the comparison: ${words}.`;
  const open = gates.filter(({ outcome }) => outcome !== 'pass');
  const blocking =
    open.length === 0
      ? ''
      : ` Gates that do not pass: ${open.map((gate) => shownText(gate.description, 120)).join('; ')}.`;
  return sentence(
    `${role} The challenger ${promote ? 'may' : 'may not'} be promoted.${blocking}${acceptedWords(comparison)}`,
  );
}

function acceptedWords(comparison: CompletedComparison): string {
  const accepted = validAcceptance(comparison);
  if (accepted === undefined) return '';
  return ` ${shownText(accepted.by)} accepted it all the same: ${shownText(accepted.reason, 400)}`;
}

function sentence(text: string): readonly string[] {
  return paragraph('', text);
}

function item(text: string): readonly string[] {
  return paragraph('- ', text);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
