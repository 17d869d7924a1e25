import { spentConfidence } from '../comparison/confidence.ts';
import { InputError } from '../errors.ts';
import { activeLabels, bennettRows } from './distribution-free.ts';
import { type HoldoutNeed, holdoutNeed, type RowDesign } from './holdout-need.ts';
import { shareHalfWidth } from './interval-width.ts';
import { separateRows } from './separate-rows.ts';
import { type Spread, unitsForBetter, unitsForNotWorse } from './spread.ts';

/** What a holdout shall be able to tell. */
export type PlanRequest = {
  readonly metric: string;
  readonly spread: Spread;
  readonly design: RowDesign;
  /** How much worse still counts as not worse, above 0. */
  readonly margin: number;
  /** The true gain that is to be called better, above 0. */
  readonly gain: number;
  /** Chance with which either is seen. */
  readonly power: number;
  /** Two-sided confidence of one comparison. */
  readonly confidence: number;
  /** How many challengers the holdout shall judge; the plan is for the last of them. Absent: no budget is spent. */
  readonly uses?: number | undefined;
  /** The champion's value, where it is known. */
  readonly value?: number | undefined;
};

/** Rows for one size of difference, as a margin and as a gain. */
export type PlanLine = {
  readonly difference: number;
  readonly notWorse: HoldoutNeed;
  /** Absent where no challenger can be better by so much. */
  readonly better?: HoldoutNeed;
};

export type HoldoutPlan = {
  /** For an equal challenger to be found not worse. */
  readonly notWorse: HoldoutNeed;
  /** For a challenger that is better by the gain to be called better. */
  readonly better?: HoldoutNeed;
  /** Confidence of the last use: the error is spent over all of them. */
  readonly confidence: number;
  /** The same for the first use alone; only with several uses. */
  readonly firstUse?: { readonly notWorse: HoldoutNeed; readonly better?: HoldoutNeed };
  /** Halves and doubles of margin and gain, ascending. */
  readonly tradeOff: readonly PlanLine[];
  /** Only of shares of right answers, row by row. */
  readonly distributionFree?: {
    /** Rows when challengers do not depend on earlier verdicts, and when they may. */
    readonly none: number;
    readonly full: number;
    /** Labels of one use when only the rows are labelled on which the models differ. */
    readonly labels: number;
  };
  /** Rows each model needs when the two are judged on rows of their own. */
  readonly separateRows?: number;
  /** How closely one model's value is then known, on either side. */
  readonly halfWidth?: number;
};

/** What was asked, with defaults filled in, and how many rows it takes. */
export type PlannedHoldout = {
  readonly request: PlanRequest;
  /** The comparison that the scatter was learned from; absent where flags say it. */
  readonly pilot?: { readonly model: string; readonly rows: number; readonly groups?: number };
  readonly plan: HoldoutPlan;
};

/** Beyond this no number of rows is of help to anybody. */
const MAX_ROWS = 1e15;

/**
 * How many labelled rows a holdout needs. Each verdict is decided by one side of a two-sided interval.
 * @throws InputError when the differences are so small that no holdout could tell them.
 */
export function planHoldout(request: PlanRequest): HoldoutPlan {
  const { margin, gain, uses } = request;
  const last = lineAt(request, uses);
  const confidence = spentConfidence(request.confidence, uses);
  const better = last.better(gain);
  const differences = [margin / 2, margin, margin * 2, gain / 2, gain, gain * 2];
  const plan: HoldoutPlan = {
    notWorse: last.notWorse(margin),
    ...(better ? { better } : {}),
    confidence,
    ...firstUseOf(request),
    tradeOff: distinct(differences).map((difference) => ({
      difference,
      notWorse: last.notWorse(difference),
      ...named(last.better(difference)),
    })),
  };
  return { ...plan, ...extrasOf(request, plan) };
}

function named(better: HoldoutNeed | undefined): { better?: HoldoutNeed } {
  return better === undefined ? {} : { better };
}

function firstUseOf(request: PlanRequest): Pick<HoldoutPlan, 'firstUse'> {
  if (request.uses === undefined || request.uses === 1) return {};
  const first = lineAt(request, 1);
  return {
    firstUse: { notWorse: first.notWorse(request.margin), ...named(first.better(request.gain)) },
  };
}

function lineAt(request: PlanRequest, uses: number | undefined) {
  const { spread, design, power } = request;
  const options = { confidence: spentConfidence(request.confidence, uses), power };
  const need = (units: number) => checked(holdoutNeed(units, design));
  return {
    notWorse: (margin: number) => need(unitsForNotWorse(spread, margin, options)),
    better: (gain: number) => {
      const units = unitsForBetter(spread, gain, options);
      return units === undefined ? undefined : need(units);
    },
  };
}

function checked(need: HoldoutNeed): HoldoutNeed {
  if (need.rows <= MAX_ROWS) return need;
  throw new InputError(
    'the margin or the gain is so small beside the scatter of the metric that more than 10^15 rows would be needed; write larger ones',
  );
}

/** Sizes that differ by less than rounding are one. */
function distinct(differences: readonly number[]): number[] {
  const sorted = [...differences].sort((left, right) => left - right);
  return sorted.filter((value, index) => index === 0 || value > sorted[index - 1]! * (1 + 1e-9));
}

function extrasOf(
  request: PlanRequest,
  plan: HoldoutPlan,
): Pick<HoldoutPlan, 'distributionFree' | 'separateRows' | 'halfWidth'> {
  const { spread, design, margin, gain, confidence, power, uses, value } = request;
  // A whole accuracy of rows that stand alone; what follows holds for nothing else.
  if (spread.kind !== 'outcomes' || design.countedShare !== undefined || design.groups !== undefined)
    return {};
  // An equal challenger is not worse once its difference is known to within half the margin, whatever its luck.
  const bound = (adaptivity: 'none' | 'full') =>
    Math.ceil(
      bennettRows(margin / 2, {
        discordance: spread.discordance,
        reliability: confidence,
        uses: uses ?? 1,
        adaptivity,
      }),
    );
  return {
    distributionFree: {
      none: bound('none'),
      full: bound('full'),
      labels: Math.ceil(
        activeLabels(margin / 2, { discordance: spread.discordance, reliability: confidence }),
      ),
    },
    ...(value === undefined || value + gain >= 1 || value <= 0
      ? {}
      : {
          separateRows: Math.ceil(separateRows(value, value + gain, { confidence: plan.confidence, power })),
        }),
    ...(value === undefined ? {} : { halfWidth: shareHalfWidth(value, plan.notWorse.rows, plan.confidence) }),
  };
}
