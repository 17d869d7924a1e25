import type { PlannedHoldout, PlanRequest } from '../../planning/holdout-plan.ts';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../format-number.ts';
import { shownText } from '../inspection/text-lines.ts';

/** What the numbers of a plan rest on: name, value, and what it is. */
export function listAssumptions(planned: PlannedHoldout): string[][] {
  const { request } = planned;
  const { design } = request;
  return [
    ...describeSpread(planned),
    ...(design.positiveShare === undefined
      ? []
      : [['prevalence', formatPercent(design.positiveShare), 'of the rows are positive']]),
    ...(design.groups === undefined
      ? []
      : [
          ['group size', formatNumber(design.groups.size), 'rows of a group, on average'],
          [
            'intraclass correlation',
            formatNumber(design.groups.correlation),
            'how alike rows of one group are, from 0 to 1',
          ],
        ]),
    ['margin', formatNumber(request.margin), 'how much worse still counts as not worse'],
    ['gain', formatNumber(request.gain), 'true improvement that is to be called better'],
    ['power', formatPercent(request.power), 'chance that it is seen'],
    ['confidence', formatPercent(request.confidence), confidenceWords(request)],
    ...(request.value === undefined ? [] : [['value', formatNumber(request.value), "the champion's"]]),
  ];
}

function confidenceWords({ uses }: PlanRequest): string {
  return uses === undefined ? 'of the interval that decides' : 'of all uses together';
}

function describeSpread({ request, pilot }: PlannedHoldout): string[][] {
  const { spread, design } = request;
  switch (spread.kind) {
    case 'outcomes': {
      const counted = design.countedShare === undefined ? 'rows' : 'rows of that class';
      return [
        ['discordance', formatPercent(spread.discordance), `of the ${counted} have exactly one model right`],
      ];
    }
    case 'means':
      return [['standard deviation', formatNumber(spread.standardDeviation), 'of the per-row difference']];
    case 'areas':
      return [
        ['area', formatNumber(spread.area), "under the champion's ROC curve"],
        [
          'correlation',
          formatNumber(spread.correlation),
          'of the two areas; models that rank alike have more',
        ],
      ];
    case 'pilot': {
      const groups = pilot?.groups === undefined ? '' : ` in ${formatQuantity(pilot.groups, 'group')}`;
      const from =
        pilot === undefined ? '' : `${formatCount(pilot.rows)} rows${groups} of ${shownText(pilot.model)}`;
      return [['standard error', formatNumber(spread.standardError), `of the difference, on ${from}`]];
    }
  }
}
