import { nearestName } from '../configuration/nearest-name.ts';
import { InputError } from '../errors.ts';

/** What gradient boosting minimises: log loss of a 0/1 target, or squared error of a number. */
export type Objective = 'binary' | 'regression';

/**
 * Settings of gradient boosting. In `contender.yml` they are written in kebab case; the names follow
 * scikit-learn's HistGradientBoosting, the meaning too unless said.
 */
export type GradientBoostingParameters = {
  /** Trees at most. */
  readonly iterations: number;
  /** Each tree's answer is multiplied by it. */
  readonly learningRate: number;
  /** Leaves of one tree at most; trees grow best leaf first. */
  readonly maxLeaves: number;
  /** Splits between root and leaf at most. */
  readonly maxDepth: number;
  /** Rows of a leaf at least (rows of weight zero do not count). */
  readonly minSamplesLeaf: number;
  /** Added to the sum of second derivatives in the value of a leaf, where weights average 1. */
  readonly l2Regularization: number;
  /** Bins of one column at most, without the one of missing values; of a text column one holds rare values. */
  readonly maxBins: number;
  /** Stop after so many trees without a smaller loss on held-back rows; 0 grows all trees on all rows. */
  readonly earlyStopping: number;
  /** Share of rows held back when `earlyStopping` is on. */
  readonly validationFraction: number;
  /** Weight of a positive row; `balanced` gives both classes the same total; 1 changes nothing. */
  readonly classWeight: number | 'balanced';
};

type NumberRule = {
  readonly initial: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly whole: boolean;
  /** The minimum itself is not allowed. */
  readonly open?: boolean;
};

const NUMBER_RULES = {
  iterations: { initial: 100, minimum: 1, maximum: 10_000, whole: true },
  'learning-rate': { initial: 0.1, minimum: 0, maximum: 1, whole: false, open: true },
  'max-leaves': { initial: 31, minimum: 2, maximum: 1024, whole: true },
  'max-depth': { initial: 64, minimum: 1, maximum: 64, whole: true },
  'min-samples-leaf': { initial: 20, minimum: 1, maximum: 1_000_000, whole: true },
  'l2-regularization': { initial: 1, minimum: 0, maximum: 1_000_000, whole: false },
  'max-bins': { initial: 255, minimum: 2, maximum: 255, whole: true },
  'early-stopping': { initial: 0, minimum: 0, maximum: 10_000, whole: true },
  'validation-fraction': { initial: 0.1, minimum: 0.01, maximum: 0.5, whole: false },
} as const satisfies Record<string, NumberRule>;

const CLASS_WEIGHT_RULE: NumberRule = { initial: 1, minimum: 0, maximum: 1e6, whole: false, open: true };

/** Leaves of the whole ensemble at most: keeps a slip of the pen from running for a day or filling the memory. */
const LEAVES_IN_ALL = 1_000_000;

export const GRADIENT_BOOSTING_KEYS: readonly string[] = [...Object.keys(NUMBER_RULES), 'class-weight'];

/**
 * Checks settings as written in the config and fills in the defaults.
 *
 * @param where - how messages name the place, for example `training.parameters`
 * @throws InputError naming the key, its value, what is allowed and, for an unknown key, the nearest one
 */
export function parseGradientBoostingParameters(
  values: Readonly<Record<string, unknown>>,
  objective: Objective,
  where = 'training.parameters',
): GradientBoostingParameters {
  for (const key of Object.keys(values)) {
    if (!GRADIENT_BOOSTING_KEYS.includes(key)) throw unknownKey(key, where);
  }
  const number = (key: keyof typeof NUMBER_RULES): number =>
    checkNumber(values[key] ?? NUMBER_RULES[key].initial, NUMBER_RULES[key], `${where}.${key}`);
  const parameters: GradientBoostingParameters = {
    iterations: number('iterations'),
    learningRate: number('learning-rate'),
    maxLeaves: number('max-leaves'),
    maxDepth: number('max-depth'),
    minSamplesLeaf: number('min-samples-leaf'),
    l2Regularization: number('l2-regularization'),
    maxBins: number('max-bins'),
    earlyStopping: number('early-stopping'),
    validationFraction: number('validation-fraction'),
    classWeight: checkClassWeight(values['class-weight'], objective, `${where}.class-weight`),
  };
  checkSize(parameters, where);
  return parameters;
}

/** The settings as they are written in the config, defaults included; for the training document. */
export function describeGradientBoostingParameters(
  parameters: GradientBoostingParameters,
): Record<string, number | string> {
  return {
    iterations: parameters.iterations,
    'learning-rate': parameters.learningRate,
    'max-leaves': parameters.maxLeaves,
    'max-depth': parameters.maxDepth,
    'min-samples-leaf': parameters.minSamplesLeaf,
    'l2-regularization': parameters.l2Regularization,
    'max-bins': parameters.maxBins,
    'early-stopping': parameters.earlyStopping,
    'validation-fraction': parameters.validationFraction,
    'class-weight': parameters.classWeight,
  };
}

function unknownKey(key: string, where: string): InputError {
  const near = nearestName(key, GRADIENT_BOOSTING_KEYS);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return new InputError(
    `${where}.${key} is not a parameter of gradient-boosting.${hint} Allowed are ${GRADIENT_BOOSTING_KEYS.join(', ')}.`,
  );
}

function checkNumber(value: unknown, rule: NumberRule, where: string): number {
  if (typeof value === 'number' && isAllowed(value, rule)) return value;
  throw new InputError(`${where} is ${quote(value)}; write ${describeRule(rule)}.`);
}

function isAllowed(value: number, rule: NumberRule): boolean {
  if (rule.whole && !Number.isInteger(value)) return false;
  return (rule.open ? value > rule.minimum : value >= rule.minimum) && value <= rule.maximum;
}

function describeRule(rule: NumberRule): string {
  const kind = rule.whole ? 'a whole number' : 'a number';
  return rule.open
    ? `${kind} above ${rule.minimum} and at most ${rule.maximum}`
    : `${kind} from ${rule.minimum} to ${rule.maximum}`;
}

function checkClassWeight(value: unknown, objective: Objective, where: string): number | 'balanced' {
  if (value === undefined) return 1;
  if (objective === 'regression') {
    throw new InputError(
      `${where} is ${quote(value)}, but a regression has no classes; remove the key or use data.weight.`,
    );
  }
  if (value === 'balanced') return value;
  if (typeof value === 'number' && isAllowed(value, CLASS_WEIGHT_RULE)) return value;
  throw new InputError(
    `${where} is ${quote(value)}; write balanced or, as the weight of a positive row, ${describeRule(CLASS_WEIGHT_RULE)}.`,
  );
}

function checkSize(parameters: GradientBoostingParameters, where: string): void {
  const leaves = parameters.iterations * parameters.maxLeaves;
  if (leaves <= LEAVES_IN_ALL) return;
  throw new InputError(
    `${where}.iterations is ${parameters.iterations} and ${where}.max-leaves ${parameters.maxLeaves}, together up to ${leaves} leaves; lower one of them so that their product is at most ${LEAVES_IN_ALL}.`,
  );
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
