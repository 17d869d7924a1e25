import { isClassification } from '../../core/configuration/configuration.ts';
import type { Found } from '../../core/data-checks/checks.ts';
import { checkLabels, countLabels } from '../../core/data-checks/labels.ts';
import { type DataChecksRequest, shownResult } from './checks-request.ts';

/** What the target of a data set came to. */
export type TargetChecked = {
  readonly found: readonly Found[];
  /** Codes of classes (below 0: no label) or numbers (NaN: no label). */
  readonly labels?: Int32Array | Float64Array;
  readonly names?: ReadonlySet<string>;
  readonly classes: number;
};

/** Reads the labels, once, and checks them as the task needs them. */
export async function checkTarget(request: DataChecksRequest): Promise<TargetChecked> {
  const { data, roles, task, labelsExpected, hidden, first } = request;
  const { target } = roles;
  const column = data.columns.find(({ name }) => name === target);
  if (target === undefined || column === undefined || !labelsExpected || data.rowCount === 0) {
    return { found: [], classes: 0 };
  }
  if (!isClassification(task)) return await checkNumericTarget(request, column);
  const [read] = (await data.read([{ name: target, as: 'text' }])).columns;
  if (read?.kind !== 'text') throw new Error(`${target} was not read as text`);
  const labels = countLabels(read);
  const known = first?.labels;
  const found = checkLabels({
    target,
    task,
    labels,
    isHidden: hidden.has(target),
    ...(known === undefined ? {} : { known }),
  });
  return { found, labels: read.codes, names: new Set(labels.keys()), classes: labels.size };
}

async function checkNumericTarget(
  request: DataChecksRequest,
  { name, type }: DataChecksRequest['data']['columns'][number],
): Promise<TargetChecked> {
  const { data } = request;
  if (type === 'string') {
    const [result] = await data.check([{ kind: 'type', column: name, type: 'number' }]);
    const { failing, checked } = result!;
    if (failing > 0) {
      const message = `${failing} of ${checked} values of the target ${name} are no numbers, and the task is one about numbers; mend them, or set task to a classification`;
      const found = { check: 'target-type', severity: 'error', column: name, message } as const;
      return {
        found: [{ ...found, ...shownResult(result!, name, request) }],
        classes: 0,
      };
    }
  }
  if (!['integer', 'number', 'boolean', 'string'].includes(type)) return { found: [], classes: 0 };
  const [read] = (await data.read([{ name, as: 'number' }])).columns;
  if (read?.kind !== 'number') throw new Error(`${name} was not read as numbers`);
  return {
    found: [],
    labels: read.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
    classes: 0,
  };
}
