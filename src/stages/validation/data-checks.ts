import type { Found } from '../../core/data-checks/checks.ts';
import { checkColumns } from '../../core/data-checks/columns.ts';
import { identifyingColumns } from '../../core/data-checks/roles.ts';
import type { Finding } from '../../core/documents/validation.ts';
import type { DataSet, RowPlace } from '../../ports/data-engine.ts';
import { checkOverlap } from './check-overlap.ts';
import { checkRepeats } from './check-repeats.ts';
import { checkSample } from './check-sample.ts';
import { checkTarget } from './check-target.ts';
import { checkFuture, checkNumbers } from './check-values.ts';
import type { DataChecksRequest, KnownData } from './checks-request.ts';

/** Everything that can be said of a data set without any contract, and what others are held to. */
export async function checkWithoutContract(
  request: DataChecksRequest,
): Promise<{ readonly findings: readonly Finding[]; readonly known: KnownData }> {
  const { data, profiles, roles, first } = request;
  const rowCount = data.rowCount;
  const keyColumns = identifyingColumns(
    data.columns.map(({ name }) => name),
    roles,
  );
  const found: Found[] = checkColumns({
    rowCount,
    profiles,
    roles,
    ...(first === undefined ? {} : { first: first.profiles }),
  });
  found.push(...(await checkNumbers(request)), ...(await checkFuture(request)));
  const target = await checkTarget(request);
  found.push(...target.found);
  const keys = keyColumns.length === 0 || rowCount === 0 ? undefined : await data.rowKeys(keyColumns);
  if (keys !== undefined) {
    found.push(...checkRepeats({ keys, labels: target.labels, target: roles.target, rowCount }));
  }
  const readLabels = { isReadable: target.labels !== undefined, classes: target.classes };
  const overlap = await checkOverlap(request, { keys, keyColumns });
  found.push(...overlap.found, ...(await checkSample(request, readLabels)));
  const known: KnownData = {
    name: data.name,
    profiles: new Map(profiles.map((profile) => [profile.name, { ...profile, rowCount }])),
    ...(target.names === undefined ? {} : { labels: target.names }),
    ...overlap.known,
    keyColumns,
  };
  return { findings: await toFindings(data, withoutMixedIds(found)), known };
}

/** Numbers or dates with a mistake among them are no id, though all of them differ. */
function withoutMixedIds(found: readonly Found[]): readonly Found[] {
  const mixed = new Set(found.filter(({ check }) => check === 'mixed-types').map(({ column }) => column));
  return found.filter(({ check, column }) => check !== 'undeclared-id' || !mixed.has(column));
}

/** Findings with the places of the rows that show them. */
async function toFindings(data: DataSet, found: readonly Found[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { rows, examples, ...rest } of found) {
    const places: readonly RowPlace[] = rows === undefined ? [] : await data.places(rows);
    findings.push({
      ...rest,
      dataset: data.name,
      examples: [...(examples ?? []), ...places.map((place) => ({ ...place, value: '' }))],
    });
  }
  return findings;
}
