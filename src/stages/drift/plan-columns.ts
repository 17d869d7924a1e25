import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ColumnDescription, ColumnType } from '../../core/data/table.ts';
import type { ColumnRequest } from '../../ports/data-engine.ts';
import { chooseModelColumns } from '../data/feature-columns.ts';
import type { WatchedModel } from './find-champion.ts';
import type { OpenSide } from './open-side.ts';

/** A column to compare and how both sides read it. */
export type PlannedColumn = ColumnRequest & { readonly note?: string };

export type ColumnPlan = {
  readonly columns: readonly PlannedColumn[];
  /** The columns that the model is fed with, in its order; empty without a model. */
  readonly fed: readonly string[];
  /** Columns of the reference that the current data do not have; never those a model needs, which are errors. */
  readonly gone: readonly string[];
  /** Columns that are not compared, and why. */
  readonly leftOut: readonly string[];
};

type Sides = { readonly reference: OpenSide; readonly current: OpenSide };

/**
 * The columns to compare: of a release those it was trained on, of a model given those its inputs name, else
 * those that training would take, and without a model every column that both sides have.
 */
export function planColumns(
  sides: Sides,
  configuration: Configuration,
  model: (WatchedModel & { readonly inputs: readonly string[] }) | undefined,
): ColumnPlan {
  if (model?.manifest) {
    return planForModel(model.manifest.featureColumns);
  }
  if (model) {
    return planForModel(chooseModelColumns(configuration, sides.reference.featured.columns, model.inputs));
  }
  return planWithoutModel(sides, configuration);
}

/** All columns feed the model; times move on by themselves, so they are not compared. */
function planForModel(fed: readonly { readonly name: string; readonly type: string }[]): ColumnPlan {
  const isTime = (type: string) => type === 'date' || type === 'timestamp';
  return {
    columns: fed.flatMap(({ name, type }) => (isTime(type) ? [] : [{ name, as: readAs(type) }])),
    fed: fed.map(({ name }) => name),
    gone: [],
    leftOut: fed.flatMap(({ name, type }) => (isTime(type) ? [`${name} (${type})`] : [])),
  };
}

function planWithoutModel(sides: Sides, configuration: Configuration): ColumnPlan {
  const { columns, target, id, timestamp, group, weight, exclude } = configuration.data;
  const reserved = new Set([target, id, timestamp, group, weight, ...exclude]);
  const wanted = (name: string) => (columns ? columns.includes(name) : !reserved.has(name));
  const current = new Map(sides.current.featured.columns.map((column) => [column.name, column.type]));
  const candidates = sides.reference.featured.columns.filter((column) => wanted(column.name));
  const planned: PlannedColumn[] = [];
  const leftOut: string[] = [];
  for (const column of candidates) {
    const type = current.get(column.name);
    if (type === undefined) continue;
    const plan = planShared(column, type);
    if (plan) planned.push(plan);
    else leftOut.push(`${column.name} (${column.type})`);
  }
  const gone = candidates.filter((column) => !current.has(column.name)).map((column) => column.name);
  return { columns: planned, fed: [], gone, leftOut };
}

/** Times move on by themselves, so they are not compared. */
function planShared(column: ColumnDescription, currentType: ColumnType): PlannedColumn | undefined {
  const { name, type } = column;
  const types = [type, currentType];
  if (types.every(isNumeric)) return { name, as: 'number' };
  if (!types.every((candidate) => isNumeric(candidate) || candidate === 'string')) return undefined;
  if (type === currentType) return { name, as: 'text' };
  return { name, as: 'text', note: `${type} in the reference and ${currentType} in the current data` };
}

function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'number' || type === 'boolean';
}

/** As `chooseModelColumns` reads the type that training wrote down. */
function readAs(type: string): ColumnRequest['as'] {
  return type === 'integer' || type === 'number' || type === 'boolean' ? 'number' : 'text';
}
