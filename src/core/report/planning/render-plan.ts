import type { HoldoutNeed } from '../../planning/holdout-need.ts';
import type { PlannedHoldout } from '../../planning/holdout-plan.ts';
import { confidenceText } from '../explain/confidence-words.ts';
import { formatCount, formatNumber, formatQuantity, NO_BREAK_SPACE } from '../format-number.ts';
import { columns, heading, line, paragraph, shownText } from '../inspection/text-lines.ts';
import { NO_NUMBER } from '../metric-text.ts';
import { listAssumptions } from './plan-assumptions.ts';

/** What `contender plan-holdout` prints, for a reader who is no statistician. */
export function renderPlan(planned: PlannedHoldout): string {
  const text = [
    `A holdout for ${shownText(planned.request.metric)}`,
    ...renderAnswer(planned),
    heading('What the numbers mean'),
    ...meanings(planned).flatMap((sentence) => paragraph('- ', sentence)),
    heading('What a smaller or larger difference takes'),
    ...renderTradeOff(planned),
    heading('Assumed'),
    ...columns(listAssumptions(planned)),
  ].join('\n');
  return `${text.replaceAll(NO_BREAK_SPACE, ' ')}\n`;
}

function renderAnswer({ request, plan }: PlannedHoldout): string[] {
  const { margin, gain } = request;
  return columns([
    [`not worse by more than ${formatNumber(margin)}`, describeNeed(plan.notWorse)],
    [
      `better by ${formatNumber(gain)}`,
      plan.better === undefined ? 'no challenger can be better by so much' : describeNeed(plan.better),
    ],
  ]);
}

/** `1,960 labelled rows, 98 of them positive, from 79 groups`. */
function describeNeed({ rows, positives, groups }: HoldoutNeed): string {
  const ofThem = positives === undefined ? '' : `, ${formatCount(positives)} of them positive`;
  const from = groups === undefined ? '' : `, from ${formatQuantity(groups, 'group')}`;
  return `${formatQuantity(rows, 'labelled row')}${ofThem}${from}`;
}

function meanings(planned: PlannedHoldout): readonly string[] {
  const { request, plan } = planned;
  const chance = `${formatNumber(request.power * 100)} of 100 comparisons`;
  const rows = (need: HoldoutNeed) => formatQuantity(need.rows, 'row');
  return [
    'A labelled row is a row whose true answer is known and that neither model was trained on. Both models answer the same rows.',
    `On ${rows(plan.notWorse)}, a challenger that is exactly as good as the champion is found not worse, to within a margin of ${formatNumber(request.margin)}, in ${chance}. In the others the verdict stays inconclusive, which is no reason to reject it.`,
    ...(plan.better === undefined
      ? []
      : [
          `On ${rows(plan.better)}, a challenger that is truly better by ${formatNumber(request.gain)} is called better in ${chance}.`,
        ]),
    'The default gate also asks that the challenger is not lower at all, which one that is exactly as good meets half of the time on any number of rows; a gate that requires not-worse alone does not ask for it.',
    ...describeUses(planned),
    ...describeGroups(planned),
    ...describeExtras(planned),
    'It is a plan, not a promise: it holds if the rows to come are like what is assumed below.',
  ];
}

function describeUses({ request, plan }: PlannedHoldout): string[] {
  const { uses } = request;
  if (uses === undefined) {
    return [
      'This is for one challenger. A holdout that judges many is in time passed by luck: --uses says how many rows the last of them needs when the confidence is spent over all.',
    ];
  }
  const { firstUse } = plan;
  const first =
    firstUse === undefined
      ? ''
      : `; the first of them could do with ${formatQuantity(firstUse.notWorse.rows, 'row')} for not worse${firstUse.better ? ` and ${formatCount(firstUse.better.rows)} for better` : ''}`;
  return [
    `The holdout judges ${formatQuantity(uses, 'challenger')}, and the rows are for the last of them, whose interval has a confidence of ${confidenceText(plan.confidence)}${first}. Then the chance that luck alone decides for any of them stays below ${confidenceText(1 - request.confidence)}, provided that they do not learn from earlier verdicts. It is what comparison: {holdout-budget: enforce} spends.`,
  ];
}

function describeGroups({ request, plan }: PlannedHoldout): string[] {
  if (plan.notWorse.groups === undefined) return [];
  const { groups } = request.design;
  const worth =
    groups === undefined
      ? ''
      : ` ${formatNumber(groups.size)} rows of one group are worth ${formatNumber(groups.size / (1 + (groups.size - 1) * groups.correlation))} rows that stand alone.`;
  return [
    `Rows of one group resemble each other, so that it is the number of groups that counts: more rows of the same groups help little.${worth}`,
  ];
}

function describeExtras({ request, plan }: PlannedHoldout): string[] {
  const { distributionFree, separateRows, halfWidth } = plan;
  const free =
    distributionFree === undefined
      ? []
      : [
          `Whatever the data are like, ${formatQuantity(distributionFree.none, 'row')} suffice for not worse: a bound that assumes nothing but the discordance (Bennett's inequality, as ease.ml/ci uses it) and is met with ${confidenceText(request.confidence)} instead of ${confidenceText(request.power)}; ${formatCount(distributionFree.full)} if every challenger may be made in knowledge of all verdicts before it. By the same bound about ${formatQuantity(distributionFree.labels, 'label')} do for one challenger when only those rows are labelled on which the two models answer differently.`,
        ];
  const separate =
    separateRows === undefined
      ? []
      : [
          `Judged on rows of their own, as in an A/B test, the two models would need ${formatQuantity(separateRows, 'row')} each to be told apart by the gain; the same rows for both are what makes it cheaper.`,
        ];
  const width =
    halfWidth === undefined
      ? []
      : [
          `One model's value itself is then known to within ${formatNumber(halfWidth)} on either side, on the rows for not worse.`,
        ];
  return [...free, ...separate, ...width];
}

function renderTradeOff({ request, plan }: PlannedHoldout): string[] {
  const hasGroups = plan.notWorse.groups !== undefined;
  const rows = plan.tradeOff.map(({ difference, notWorse, better }) => [
    `${formatNumber(difference)}${isAsked(difference, request) ? ' *' : ''}`,
    ...cells(notWorse, hasGroups),
    ...(better === undefined ? [NO_NUMBER] : cells(better, hasGroups)),
  ]);
  const unit = hasGroups ? 'groups' : 'rows';
  const titles = ['difference', `${unit}, as a margin: not worse`, `${unit}, as a gain: better`];
  return [...columns([titles, ...rows]), line('* what was asked')];
}

function cells({ rows, groups }: HoldoutNeed, hasGroups: boolean): string[] {
  return [formatCount(hasGroups ? (groups ?? rows) : rows)];
}

function isAsked(difference: number, { margin, gain }: PlannedHoldout['request']): boolean {
  return [margin, gain].some((asked) => Math.abs(asked - difference) <= asked * 1e-9);
}
