import type { Task } from '../../core/configuration/configuration.ts';
import { FLAG_KEYS } from '../../core/configuration/flags.ts';

/** What the command line knows of a stage: its own options beside the keys of the config. */
export type StageCommand = {
  readonly name: string;
  readonly summary: string;
  /** Options of its own, by name, with what they mean; the same names as the inputs of its action. */
  readonly options: Readonly<Record<string, string>>;
  /** The key of the config that `--data` stands for. */
  readonly data?: 'holdout' | 'training';
  readonly readsData: boolean;
  /** What is named without a flag, for the help; none where absent. */
  readonly positional?: string;
  /** Standard output is for the result alone; everything else that is said goes to standard error. */
  readonly printsResult?: boolean;
  /** It leaves no evidence document: `--json` prints what it found out. */
  readonly withoutDocument?: boolean;
  /** Options of every stage that mean something to this one; all where absent. */
  readonly common?: readonly string[];
  /** Flags for keys of the config that mean something to this one; all where absent. */
  readonly keys?: readonly string[];
  /** Task when neither config nor flag names one; for stages to which it makes no difference. */
  readonly defaultTask?: Task;
};

/** Options that every stage takes. */
export const COMMON_OPTIONS: Readonly<Record<string, string>> = {
  config: 'path, glob or list of contender.yml (default contender.yml)',
  'evidence-directory': 'folder for the evidence documents (default .contender)',
  'github-token': 'token for the GitHub API (default GITHUB_TOKEN, else the login of gh)',
  registry: 'folder in the place of GitHub releases, same layout',
  'runtime-directory': 'folder that already holds the native modules',
};

/** Options without a value. */
export const SWITCHES = ['json', 'help', 'verbose'] as const;

export const STAGE_COMMANDS: readonly StageCommand[] = [
  {
    name: 'validate-data',
    summary: 'check data sets against their contract and against each other',
    options: {
      data: 'data sets to check instead of those in the config',
      'fail-on': 'error (default), warning or never',
    },
    readsData: true,
    defaultTask: 'binary-classification',
  },
  {
    name: 'train-model',
    summary: 'train the challenger and write it as ONNX',
    options: {
      windows: 'frozen (default) or new',
      cache: 'keep an earlier result of the same recipe: true (default) or false',
      output: 'also copy the model file to this path',
    },
    data: 'training',
    readsData: true,
  },
  {
    name: 'compare-models',
    summary: 'score champion and challenger on the same holdout and decide',
    options: {
      challenger: 'model file to judge (default: the one in the evidence)',
      champion: 'release (default), a version, a path or none',
      'challenger-scores': 'table of its scores by id, for a challenger that is not ONNX',
      'champion-scores': 'table of its scores by id, for a champion that is not ONNX',
      windows: 'frozen (default) or new',
      'fail-on': 'worse (default), inconclusive or never',
      explain: 'metric whose verdict is then told step by step, on standard error with --json',
    },
    data: 'holdout',
    readsData: true,
  },
  {
    name: 'report-metrics',
    summary: 'render the evidence; on a pull request, comment and set the status',
    options: {
      evidence: 'evidence to report: files, folders or globs',
      format: 'markdown (default), html, json or junit',
      output: 'file to write to (default: standard output)',
    },
    printsResult: true,
    readsData: false,
    defaultTask: 'binary-classification',
  },
  {
    name: 'release-model',
    summary: 'publish a judged model, all or nothing',
    options: {
      model: 'model file to publish (default: the one in the evidence)',
      evidence: 'folder with the evidence of the judgement',
      version: 'auto (default) or a semantic version',
      draft: 'leave the release as a draft: true or false (default)',
    },
    readsData: false,
  },
  {
    name: 'check-drift',
    summary: 'compare current data with the reference and say what to do',
    options: {
      model: 'model file to score with (default: the champion)',
      'fail-on': 'drift or never (default)',
    },
    readsData: true,
    defaultTask: 'binary-classification',
  },
  {
    name: 'open-retraining-pr',
    summary: 'open, update or close the retraining pull request of a model',
    options: {
      evidence: 'folder with the evidence of drift check, training and comparison',
      base: 'branch the pull request goes into (default: the default branch)',
    },
    readsData: false,
  },
  {
    name: 'calibrate',
    summary: 'propose margins that the holdout can resolve, from retrainings of the same recipe',
    options: {
      champion: 'release, a version, a path or none (default: the release, else the recipe itself)',
      retrainings: 'models to train, with other seeds and on other training rows (default 12)',
      share: 'share of the training rows, or of whole groups, that each gets (default 0.9)',
      models: 'models that were retrained elsewhere, instead of training here',
      windows: 'frozen (default) or new',
      output: 'also write the text to this file, or the JSON where its name ends in .json',
    },
    data: 'holdout',
    printsResult: true,
    withoutDocument: true,
    common: ['config', 'github-token', 'registry', 'runtime-directory'],
    keys: [
      ...['model-name', 'task', 'training', 'holdout', 'features', 'target', 'positive-class', 'id'],
      ...[
        'timestamp',
        'columns',
        'group',
        'weight',
        'exclude',
        'learner',
        'command',
        'command-model',
        'seed',
      ],
      ...['primary', 'guardrails', 'metrics', 'threshold'],
    ],
    readsData: true,
  },
  {
    name: 'inspect',
    summary: 'show what a model takes, gives and needs, and what changed since another one',
    positional: 'model.onnx',
    options: { against: 'model file to tell the changes since' },
    data: 'holdout',
    printsResult: true,
    withoutDocument: true,
    common: ['config', 'runtime-directory'],
    keys: [
      ...['task', 'holdout', 'features', 'target', 'id', 'timestamp', 'columns', 'group', 'weight'],
      'exclude',
    ],
    readsData: true,
    defaultTask: 'binary-classification',
  },
  {
    name: 'contract',
    summary: 'write a data contract from data, and show or make the edits that newer data need',
    positional: 'infer | diff | update',
    options: {
      data: 'infer, update: the data set; diff: the older and the newer one',
      output: 'infer: file to write, which must not exist; update: file the changed contract goes to',
    },
    printsResult: true,
    withoutDocument: true,
    common: ['config', 'runtime-directory'],
    keys: ['contract', 'training', 'target', 'id', 'group', 'exclude', 'sensitive'],
    readsData: true,
    defaultTask: 'binary-classification',
  },
  {
    name: 'mask',
    summary: 'write a copy of data to share, with columns hashed, truncated or dropped',
    options: {
      data: 'data to copy (default: the training data of the config)',
      output:
        'file to write, .csv, .tsv or .parquet (default: NAME.masked.csv or NAME.masked.parquet beside the data)',
      hash: 'columns to replace by keyed hashes (default: id and group of the config)',
      truncate: 'columns to shorten: COLUMN:N characters or digits, COLUMN:year, :month, :day or :hour',
      drop: 'columns to leave out (default: sensitive and excluded columns of the config)',
      'key-file':
        'file with the key of the hashes (default: CONTENDER_MASK_KEY, else a random key that is thrown away)',
      detect: 'refuse a copy that still holds personal data: true (default) or false',
    },
    withoutDocument: true,
    common: ['config', 'runtime-directory'],
    keys: ['training', 'id', 'group', 'exclude', 'sensitive'],
    readsData: true,
    defaultTask: 'binary-classification',
  },
  {
    name: 'plan-holdout',
    summary: 'say how many labelled rows a holdout needs, before they are labelled',
    options: {
      metric: 'metric that decides (default with --evidence: its primary one)',
      margin: 'how much worse is still not worse: an amount, or 2% of --value',
      gain: 'true improvement to be called better (default: the margin)',
      power: 'chance that it is seen (default 0.8)',
      confidence: 'two-sided confidence of the interval that decides (default 0.95)',
      uses: 'how many challengers the holdout shall judge (default: one, nothing spent)',
      value: "the champion's value, for percentages",
      evidence: 'earlier comparison to learn the scatter from; then nothing below is needed',
      discordance: 'accuracy, recall, …: share of the rows where exactly one model is right',
      'standard-deviation': 'log_loss, mae, …: of the per-row difference of the two models',
      area: "roc_auc: the champion's area under the curve",
      correlation: 'roc_auc: of the two areas (default 0.5)',
      prevalence: 'share of positive rows',
      'group-size': 'mean rows of a group, where rows depend on each other',
      'intraclass-correlation': 'how alike rows of one group are, from 0 to 1',
    },
    printsResult: true,
    withoutDocument: true,
    common: [],
    keys: ['task'],
    readsData: false,
  },
];

/** The options of every stage that this one takes. */
export function commonOptions({ common }: StageCommand): Readonly<Record<string, string>> {
  if (common === undefined) return COMMON_OPTIONS;
  return Object.fromEntries(Object.entries(COMMON_OPTIONS).filter(([name]) => common.includes(name)));
}

/** The flags for keys of the config that a stage takes. */
export function keyFlags({ keys }: StageCommand): readonly string[] {
  return keys ?? Object.keys(FLAG_KEYS);
}
