import { InputError } from '../errors.ts';
import { type CanonicalDocument, type CanonicalValue, toCanonicalDocument } from './canonical-document.ts';
import type { Configuration, DataConfiguration } from './configuration.ts';
import { formatPath, type Path, quote } from './problem.ts';

/** A key that base and head set to different values; absent where a side does not set it. */
export type ConfigurationChange = {
  /** Dotted path, such as `comparison.margins.roc_auc`. */
  readonly key: string;
  readonly base?: string;
  readonly head?: string;
  /** Whether the pull request may decide this key; every other change is a change of the exam. */
  readonly decidedBy: 'base' | 'head';
};

export type ExamConfiguration = {
  /** What the pull request is judged by. */
  readonly configuration: Configuration;
  /** Every key that differs, in the order of the config. */
  readonly changes: readonly ConfigurationChange[];
};

/** Keys of `data` that belong to the model of the pull request, not to its exam. */
const HEAD_DATA_KEYS = ['training', 'features', 'columns', 'exclude'] as const;

const HEAD_PATHS: readonly Path[] = [['training'], ...HEAD_DATA_KEYS.map((key) => ['data', key])];

/**
 * The configuration a pull request is judged by: `training`, `data.training`, `data.features`,
 * `data.columns` and `data.exclude` as the head says, everything else as the base says. A key the
 * head leaves out of these is left out. The result may say what no single config may (`source` of the
 * base beside `training` of the head): read it back with `parseExamConfiguration`.
 * @throws InputError when the head lists the base's target among its features.
 */
export function mergeExamConfiguration(base: Configuration, head: Configuration): ExamConfiguration {
  refuseTargetAsFeature(base, head);
  const { training: _baseTraining, ...rules } = base;
  const configuration: Configuration = {
    ...rules,
    ...(head.training === undefined ? {} : { training: head.training }),
    data: mergeData(base.data, head.data),
    notYetUsed: [
      ...base.notYetUsed.filter((key) => !isHeadKey(key)),
      ...head.notYetUsed.filter((key) => isHeadKey(key)),
    ],
  };
  return { configuration, changes: listChanges(toCanonicalDocument(base), toCanonicalDocument(head)) };
}

/** A head that renames the target could else hand the answer to its model. */
function refuseTargetAsFeature(base: Configuration, head: Configuration): void {
  const { target } = base.data;
  if (target === undefined || !head.data.columns?.includes(target)) return;
  throw new InputError(
    `data.columns of this pull request lists ${quote(target)}, the target on the base branch; a model must not see its answer: remove it`,
  );
}

function mergeData(base: DataConfiguration, head: DataConfiguration): DataConfiguration {
  const { training, features, columns, ...rules } = base;
  return {
    ...rules,
    ...(head.training === undefined ? {} : { training: head.training }),
    ...(head.features === undefined ? {} : { features: head.features }),
    ...(head.columns === undefined ? {} : { columns: head.columns }),
    exclude: head.exclude,
  };
}

/** Differences of two documents, key by key; lists and single values are compared as a whole. */
function listChanges(
  base: CanonicalDocument,
  head: CanonicalDocument,
  path: Path = [],
): ConfigurationChange[] {
  const keys = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...keys].flatMap((key) => {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    const after = Object.hasOwn(head, key) ? head[key] : undefined;
    const keyPath = [...path, key];
    if (isMap(before) && isMap(after)) return listChanges(before, after, keyPath);
    if (canonicalText(before) === canonicalText(after)) return [];
    return [
      {
        key: formatPath(keyPath),
        ...(before === undefined ? {} : { base: formatValue(before) }),
        ...(after === undefined ? {} : { head: formatValue(after) }),
        decidedBy: isHeadPath(keyPath) ? 'head' : 'base',
      },
    ];
  });
}

function isHeadPath(path: Path): boolean {
  return HEAD_PATHS.some((headPath) => headPath.every((step, index) => path[index] === step));
}

function isHeadKey(key: string): boolean {
  return isHeadPath(key.split('.'));
}

/** Equal for equal values, whatever the order of keys. */
function canonicalText(value: CanonicalValue | undefined): string {
  return JSON.stringify(value, (_key, entry: CanonicalValue) =>
    isMap(entry) ? Object.fromEntries(Object.entries(entry).sort(compareKeys)) : entry,
  );
}

function compareKeys([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** A value in one line, as flow YAML; text without quotes where it stands alone. */
function formatValue(value: CanonicalValue): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

function isMap(value: CanonicalValue | undefined): value is CanonicalDocument {
  return typeof value === 'object' && !Array.isArray(value);
}
