import { isClassification } from '../../core/configuration/configuration.ts';
import { findColumn, type TextColumn } from '../../core/data/table.ts';
import { type Found, shownValues } from '../../core/data-checks/checks.ts';
import { idLikeness } from '../../core/data-checks/columns.ts';
import { checkPredictors } from '../../core/data-checks/predictors.ts';
import { findVariants } from '../../core/data-checks/text-columns.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';
import { checkKinds } from './check-kinds.ts';
import type { DataChecksRequest } from './checks-request.ts';

/** So many rows tell an area under the curve to a hundredth, even where one in two hundred is positive. */
const MOST_ROWS = 50_000;

/** Each class of several is ranked by itself. */
const MOST_ROWS_OF_CLASSES = 20_000;

/** Whether the target can be read as the task needs it, and the number of its classes (0 of numbers). */
export type ReadLabels = { readonly isReadable: boolean; readonly classes: number };

/** What single columns show on some of the rows: what their text is, and what they tell of the target. */
export async function checkSample(request: DataChecksRequest, labels: ReadLabels): Promise<Found[]> {
  const { classes } = labels;
  const { data, roles, first, task } = request;
  const { target } = roles;
  const ids = idsOf(request);
  const isFirst = first === undefined && target !== undefined && labels.isReadable;
  const wanted = isFirst
    ? [target, roles.timestamp, ...ids, ...features(request)]
    : features(request).filter((name) => isText(request, name));
  const columns = [...new Set(wanted)].flatMap((name) => requestOf(request, name ?? ''));
  if (columns.length === 0 || data.rowCount === 0) return [];
  const { table, total } = await data.sample(columns, classes > 2 ? MOST_ROWS_OF_CLASSES : MOST_ROWS);
  const texts = table.columns.filter((column) => column.kind === 'text' && roles.isFeature(column.name));
  const found = await checkTexts(request, texts as readonly TextColumn[], ids);
  if (!isFirst || findColumn(table, target) === undefined) return found;
  const kind = isClassification(task) ? (classes === 2 ? 'binary' : 'classes') : 'number';
  // Numbers and dates with a mistake among them name no rows.
  const mixed = new Set(found.filter(({ check }) => check === 'mixed-types').map(({ column }) => column));
  const keys = ids.filter((name) => !mixed.has(name));
  return [...found, ...checkPredictors({ table, total, roles, target, ids: keys, kind })];
}

/** The declared id, and other columns that name their rows. */
function idsOf({ data, profiles, roles }: DataChecksRequest): readonly string[] {
  const alike = profiles.filter(
    (profile) =>
      profile.name !== roles.target &&
      profile.name !== roles.timestamp &&
      idLikeness({ ...profile, rowCount: data.rowCount }) !== undefined,
  );
  const declared = data.columns.filter(({ name }) => name === roles.id);
  return [...new Set([...declared, ...alike].map(({ name }) => name))];
}

function features({ data, roles }: DataChecksRequest): readonly string[] {
  return data.columns.filter(({ name }) => roles.isFeature(name)).map(({ name }) => name);
}

function isText({ data }: DataChecksRequest, name: string): boolean {
  return data.columns.find((column) => column.name === name)?.type === 'string';
}

function requestOf({ data, roles, task }: DataChecksRequest, name: string): ColumnRequest[] {
  const type = data.columns.find((column) => column.name === name)?.type;
  if (type === undefined || type === 'other') return [];
  if (name === roles.target) return [{ name, as: isClassification(task) ? 'text' : 'number' }];
  return [{ name, as: type === 'string' ? 'text' : 'number' }];
}

async function checkTexts(
  request: DataChecksRequest,
  columns: readonly TextColumn[],
  ids: readonly string[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const column of columns) {
    if (!ids.includes(column.name)) found.push(...variantsOf(column, request.hidden));
    found.push(...(await checkKinds(request, column)));
  }
  return found;
}

function variantsOf({ name, dictionary }: TextColumn, hidden: ReadonlySet<string>): Found[] {
  const variants = findVariants(dictionary);
  if (variants.length === 0) return [];
  const message = `values of ${name} differ by capitals or blanks only: ${shownValues(variants[0]!, hidden.has(name))}${variants.length === 1 ? '' : ` and ${variants.length - 1} more`}; they count as different ones`;
  return [{ check: 'value-variants', severity: 'info', column: name, message }];
}
