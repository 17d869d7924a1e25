import type { Found } from '../../core/data-checks/checks.ts';
import {
  findShared,
  type KnownKeys,
  knowKeys,
  type SharedRows,
  sharedGroups,
  sharedIds,
  sharedRows,
} from '../../core/data-checks/overlap.ts';
import { isSplitByTime, timeOverlapFinding } from '../../core/data-checks/times.ts';
import type { RowRule } from '../../ports/data-engine.ts';
import { timeColumn, timesOf } from './check-values.ts';
import { type DataChecksRequest, type KnownData, shownResult } from './checks-request.ts';

/** The data sets that must have no row in common; others may well hold the same rows. */
const SIDES = { learned: 'training', judged: 'holdout' } as const;

type OwnKeys = { readonly keys: Float64Array | undefined; readonly keyColumns: readonly string[] };

/** What the holdout shares with the training data, and of the training data what it can be held to. */
export async function checkOverlap(
  request: DataChecksRequest,
  own: OwnKeys,
): Promise<{ readonly found: readonly Found[]; readonly known: Pick<KnownData, 'keys' | 'time'> }> {
  const { data, first } = request;
  if (data.name === SIDES.learned) return { found: [], known: await keepKeys(request, own) };
  const known = { keys: new Map() };
  if (data.name !== SIDES.judged || first?.name !== SIDES.learned || data.rowCount === 0) {
    return { found: [], known };
  }
  const times = await checkTimes(request, first);
  const found = await checkKeys(request, { first, own, isLater: times.isLater });
  return { found: [...found, ...times.found], known };
}

async function keepKeys(
  request: DataChecksRequest,
  { keys }: OwnKeys,
): Promise<Pick<KnownData, 'keys' | 'time'>> {
  const { data, roles } = request;
  const kept = new Map<'values' | 'id' | 'group', KnownKeys>();
  if (keys !== undefined) kept.set('values', knowKeys(keys));
  for (const by of ['id', 'group'] as const) {
    const column = roles[by];
    if (column === undefined || data.rowCount === 0 || !has(data, column)) continue;
    kept.set(by, knowKeys(await data.rowKeys([column])));
  }
  const time = await timesOf(request);
  return { keys: kept, ...(time === undefined ? {} : { time }) };
}

async function checkKeys(
  { data, roles }: DataChecksRequest,
  { first, own, isLater }: { readonly first: KnownData; readonly own: OwnKeys; readonly isLater: boolean },
): Promise<Found[]> {
  const names = { own: data.name, training: first.name };
  const found: Found[] = [];
  let byId: SharedRows | undefined;
  for (const by of ['id', 'group'] as const) {
    const known = first.keys.get(by);
    const column = roles[by];
    if (known === undefined || column === undefined || !has(data, column)) continue;
    const shared = findShared(known, await data.rowKeys([column]));
    if (by === 'group') found.push(...sharedGroups(shared, column, { ...names, isLater }));
    else found.push(...sharedIds(shared, column, names));
    if (by === 'id') byId = shared;
  }
  const training = first.keys.get('values');
  const isAlike = [...own.keyColumns].sort().join('\n') === [...first.keyColumns].sort().join('\n');
  if (training !== undefined && own.keys !== undefined && isAlike) {
    const shared = findShared(training, own.keys, byId?.isShared);
    found.push(...sharedRows({ training, shared, byId: byId?.count ?? 0 }, names));
  }
  return found;
}

async function checkTimes(
  request: DataChecksRequest,
  first: KnownData,
): Promise<{ readonly found: readonly Found[]; readonly isLater: boolean }> {
  const { data } = request;
  const column = timeColumn(request);
  const { time } = first;
  if (column === undefined || time === undefined) return { found: [], isLater: false };
  const since = (limit: number): RowRule => ({
    kind: 'time-range',
    column,
    of: 'instant',
    exclusiveMinimum: limit,
  });
  const [late, middle] = await data.check([since(time.to), since((time.from + time.to) / 2)]);
  const overlap = {
    own: data.name,
    training: first.name,
    timestamp: column,
    notLater: shownResult(late!, column, request),
    early: middle!.failing,
  };
  return { found: timeOverlapFinding(overlap), isLater: isSplitByTime(overlap) };
}

function has(data: DataChecksRequest['data'], column: string): boolean {
  return data.columns.some(({ name }) => name === column);
}
