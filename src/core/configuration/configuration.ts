import type { SourceLocation } from '../errors.ts';

/**
 * What `contender.yml` says after it was checked, with defaults filled in and names in camelCase.
 * Paths are as written: relative to the directory of the config file.
 */

export type Task = 'binary-classification' | 'multiclass-classification' | 'regression' | 'ranking';

export const TASKS = [
  'binary-classification',
  'multiclass-classification',
  'regression',
  'ranking',
] as const satisfies readonly Task[];

/** Whether the target is one of classes. */
export function isClassification(task: Task): boolean {
  return task === 'binary-classification' || task === 'multiclass-classification';
}

export type Configuration = {
  readonly model: string;
  readonly task: Task;
  readonly data: DataConfiguration;
  /** Path of an Open Data Contract Standard file. */
  readonly contract?: string;
  readonly training?: TrainingConfiguration;
  readonly scoring?: {
    /** Scores a model that is not ONNX. */
    readonly command?: string;
    readonly timeLimitSeconds: number;
  };
  readonly comparison: ComparisonConfiguration;
  readonly drift: DriftConfiguration;
  readonly retraining: RetrainingConfiguration;
  readonly release: {
    readonly keepDraftsDays: number;
    readonly attest: 'auto' | 'always' | 'never';
  };
  readonly deployment: readonly DeploymentTarget[];
  /** Keys that were accepted but whose stage does not exist yet, as dotted paths. */
  readonly notYetUsed: readonly string[];
};

/** Files of one data set, with the condition its rows must meet. */
export type SourceConfiguration = {
  readonly paths: readonly string[];
  readonly where?: string;
  readonly sha256?: string;
  /** Of text files that bear no mark of theirs; default: UTF-8. */
  readonly encoding?: string;
};

/** Spans are in milliseconds and counted back from the newest labelled row. */
export type SplitConfiguration =
  | {
      readonly kind: 'time';
      readonly holdoutMilliseconds: number;
      readonly trainingMilliseconds?: number;
      readonly gapMilliseconds: number;
      readonly matureAfterMilliseconds: number;
    }
  | { readonly kind: 'share'; readonly holdoutShare: number; readonly by: 'group' | 'time' | 'random' };

export type DataConfiguration = {
  readonly training?: SourceConfiguration;
  readonly holdout?: SourceConfiguration;
  readonly source?: SourceConfiguration;
  readonly split?: SplitConfiguration;
  readonly reference?: SourceConfiguration;
  readonly current?: SourceConfiguration;
  /** Path of the features query. */
  readonly features?: string;
  readonly fetch?: string;
  readonly predictions?: SourceConfiguration;
  readonly labels?: SourceConfiguration & {
    readonly join: string;
    readonly matureAfterMilliseconds: number;
  };
  readonly target?: string;
  /** As text: `1` and `"1"` mean the same class. */
  readonly positiveClass?: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly columns?: readonly string[];
  readonly group?: string;
  readonly sensitive: readonly string[];
  readonly weight?: string;
  readonly exclude: readonly string[];
};

export type ParameterValue = number | string | boolean;

export type TrainingConfiguration = {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
} & (
  | { readonly kind: 'learner'; readonly learner: 'gradient-boosting' | 'linear' }
  | { readonly kind: 'command'; readonly command: string; readonly model: string }
);

/** How much worse is still as good: an amount of the metric, a share of the champion's value, or of its gain. */
export type Margin =
  | { readonly kind: 'absolute'; readonly value: number }
  | { readonly kind: 'relative'; readonly share: number }
  | { readonly kind: 'share-of-gain'; readonly share: number };

export type GateConfiguration = {
  readonly metric: string;
  readonly confidence: number;
  /** `all` slices, or the name of one; absent: the whole holdout. */
  readonly slices?: string;
} & (
  | { readonly require: 'better' }
  | { readonly require: 'not-worse'; readonly margin?: Margin }
  | { readonly require: 'at-least' | 'at-most'; readonly value: number }
);

export type SliceConfiguration =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'condition'; readonly name: string; readonly where: string };

/** A metric of the product's list by name, or one the user writes as SQL. */
export type MetricConfiguration =
  | { readonly kind: 'named'; readonly name: string }
  | {
      readonly kind: 'sql';
      readonly name: string;
      readonly sql: string;
      readonly direction: 'higher' | 'lower';
      /** Where the SQL stands in the config; for messages. */
      readonly location?: SourceLocation;
    };

export type ComparisonConfiguration = {
  readonly holdoutBudget: 'warn' | 'enforce';
  /** Absent: the default of the task. */
  readonly primary?: string;
  readonly guardrails: readonly string[];
  /** Empty: the default list of the task. */
  readonly metrics: readonly MetricConfiguration[];
  readonly cost?: { readonly falsePositive: number | string; readonly falseNegative: number | string };
  readonly threshold?: number;
  readonly margins: Readonly<Record<string, Margin>>;
  /** Absent: the default gate on the primary metric. */
  readonly gates?: readonly GateConfiguration[];
  readonly slices: readonly SliceConfiguration[];
  readonly fairness?: { readonly attributes: readonly string[]; readonly metrics: readonly string[] };
};

export type DriftConfiguration = {
  readonly falseAlarmsPerYear: number;
  readonly minimumEffect: 'small' | 'medium' | 'large';
  readonly actOn: readonly ('performance' | 'prediction' | 'label' | 'feature')[];
};

export type RetrainingConfiguration = {
  readonly cooldownDays: number;
  readonly labels: readonly string[];
  readonly reviewers: readonly string[];
};

export type DeploymentTarget = {
  readonly environment: string;
  readonly file: string;
  readonly set: Readonly<Record<string, string>>;
  readonly by: 'pull-request' | 'commit';
};
