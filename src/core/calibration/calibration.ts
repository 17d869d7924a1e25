import type { Task } from '../configuration/configuration.ts';
import type { Interval } from '../documents/common.ts';
import type { MetricVerdict } from '../documents/comparison.ts';

/** What a calibration found: what retraining alone does to each metric, and the margin that follows. */
export type Calibration = {
  readonly kind: 'calibration';
  readonly schemaVersion: 1;
  readonly model: string;
  readonly task: Task;
  readonly tool: { readonly name: string; readonly version: string };
  readonly champion: {
    /** `release 1.2.0`, a path, or `trained here` by the recipe itself. */
    readonly origin: string;
    readonly digest: string;
  };
  /** Share of the training rows (or groups) that each retraining got; absent for models made elsewhere. */
  readonly share?: number;
  /** What the share is drawn of. */
  readonly sampled?: 'rows' | 'groups';
  readonly retrainings: readonly RetrainingFacts[];
  readonly holdout: HoldoutFacts;
  /** Two-sided confidence of the intervals. */
  readonly confidence: number;
  readonly primary: string;
  /** Whether the default gate holds, which asks for no loss beside the margin. */
  readonly defaultGate: boolean;
  readonly metrics: readonly MetricCalibration[];
  /** What could not be done, or was done another way. */
  readonly notes: readonly string[];
};

export type RetrainingFacts = {
  readonly digest: string;
  /** Path of a model that was made elsewhere. */
  readonly origin?: string;
  readonly seed?: number;
  /** Training rows it was given. */
  readonly rows?: number;
};

export type HoldoutFacts = {
  readonly rows: number;
  readonly positives?: number;
  readonly groups?: number;
  readonly digest: string;
};

/** Independent units of a holdout. */
export type Units = { readonly count: number; readonly name: 'rows' | 'groups' };

export type MetricCalibration = {
  readonly name: string;
  readonly role: 'primary' | 'guardrail' | 'gate' | 'further';
  readonly direction: 'higher' | 'lower';
  readonly champion?: ChampionSpread;
  /** Value of the metric when nothing is known of a row. */
  readonly noInformation?: number;
  /** How much better than that the champion is, turned so that more is better; may be negative. */
  readonly gain?: number;
  /** Each retraining less the champion, turned so that more is better, in the order of the retrainings. */
  readonly differences: readonly MetricDifference[];
  readonly spread?: SpreadOfRetrainings;
  readonly units: Units;
  readonly margins: {
    readonly default?: JudgedMargin;
    /** Of the config. */
    readonly configured?: JudgedMargin;
    readonly proposed?: JudgedMargin;
  };
  readonly meaning?: MarginMeaning;
  /** Why no margin is proposed, in words. */
  readonly refusal?: string;
};

/** What redrawing the holdout does to the champion's own value: it is judged against itself. */
export type ChampionSpread = {
  readonly value: number;
  readonly interval?: Interval;
  readonly standardError?: number;
  /** By how much two values of this one model on two holdouts of this size differ in 19 of 20 cases at most. */
  readonly betweenHoldouts?: number;
};

export type MetricDifference = {
  readonly value?: number;
  readonly interval?: Interval;
  readonly standardError?: number;
  /** Why there is no interval. */
  readonly note?: string;
};

/** Where differences between equally good models come from; in the unit of the metric. */
export type SpreadOfRetrainings = {
  /** Mean difference to the champion; below 0 when retrainings lose. */
  readonly mean: number;
  /** Standard deviation of the differences, which all share this holdout and this champion. */
  readonly deviation: number;
  /** Root of the mean squared standard error of a difference: noise of the holdout. */
  readonly holdout: number;
  /** Standard deviation between retrainings that another seed and another sample of rows make. */
  readonly retraining: number;
};

export type VerdictCounts = Readonly<Record<MetricVerdict, number>>;

/** A margin and what it made of the retrainings. */
export type JudgedMargin = {
  readonly margin: number;
  readonly verdicts: VerdictCounts;
  /** Retrainings that the default gate lets pass: not worse, and not lower at all. */
  readonly withoutLoss: number;
};

/** What a margin lets through and what it catches, in the unit of the metric. */
export type MarginMeaning = {
  readonly shareOfValue?: number;
  readonly shareOfGain?: number;
  /** Whether the margin is smaller than the gain over knowing nothing; true where there is no such value. */
  readonly resolvable: boolean;
  /** Smallest real loss that is held back (inconclusive or worse) with 80 % chance. */
  readonly heldBack: number;
  /** Smallest real loss that is called worse with 80 % chance. */
  readonly calledWorse: number;
  /** Units of a holdout on which half the margin would do the same. */
  readonly forHalf: UnitsNeeded;
  /** Units on which a tenth of the gain would do as the margin; only when the margin is not resolvable. */
  readonly forTenthOfGain?: UnitsNeeded;
};

/**
 * A number of rows or groups; absent when none within reach (a thousand times those at hand) is enough, since
 * retrainings differ too much themselves.
 */
export type UnitsNeeded = { readonly count?: number; readonly unit: 'rows' | 'groups' };
