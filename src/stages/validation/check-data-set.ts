import type { Contract } from '../../core/contract/contract.ts';
import type { DatasetFacts } from '../../core/contract/dataset-findings.ts';
import type { ColumnProfile } from '../../core/data/profile.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type { DatasetProfile, Finding } from '../../core/documents/validation.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { describeInputs } from '../data/data-inputs.ts';
import { concealProfile, type Discretion, hiddenColumns } from './hidden-columns.ts';
import { holdToContract } from './hold-to-contract.ts';
import type { OtherDataSets } from './other-data.ts';

/** What one data set gave. */
export type CheckedData = {
  readonly name: string;
  readonly digest: string;
  readonly facts: DatasetFacts;
  readonly profile: DatasetProfile;
  readonly findings: readonly Finding[];
  readonly inputs: readonly DocumentInput[];
  /** Its ids, where they were asked for and are few enough to keep. */
  readonly ids?: ReadonlySet<string>;
};

export type CheckRequest = {
  readonly data: DataSet;
  readonly contract: Contract | undefined;
  /** Data sets that rules of the contract compare with. */
  readonly others: OtherDataSets;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly target: string | undefined;
  readonly discretion: Discretion;
  readonly labelsExpected: boolean;
  /** Column with the ids to keep. */
  readonly idName: string | undefined;
};

/** More ids than this are not held in memory. */
const MOST_IDS = 500_000;

/** Profiles a data set, holds it to its contract and reads what comparing it with others needs. */
export async function checkDataSet(request: CheckRequest): Promise<CheckedData> {
  const { data, discretion, idName } = request;
  const names = data.columns.map((column) => column.name);
  const [profiles, findings, rowsDigest] = await profileAndHold(request, names);
  const missing = new Map(profiles.map((profile) => [profile.name, profile.missing]));
  const ids = idName === undefined ? undefined : await readIds(data, idName);
  return {
    name: data.name,
    digest: rowsDigest,
    facts: {
      name: data.name,
      rowCount: data.rowCount,
      columns: data.columns,
      missing,
      labelsExpected: request.labelsExpected,
    },
    profile: {
      name: data.name,
      rows: data.rowCount,
      columns: profiles.map((profile) => concealProfile(profile, discretion)),
    },
    findings,
    inputs: describeInputs({ data, role: data.name, rowsDigest }),
    ...(ids ? { ids } : {}),
  };
}

/** The digest is worked out beside the profile and the contract. */
async function profileAndHold(
  request: CheckRequest,
  names: readonly string[],
): Promise<readonly [readonly ColumnProfile[], readonly Finding[], string]> {
  const { data, contract } = request;
  const profileFirst = async () => {
    // Rules are asked of the values that the profile has counted.
    const profiles = await data.profile(names);
    return [profiles, contract === undefined ? [] : await findBreaches(request, contract)] as const;
  };
  const [[profiles, findings], rowsDigest] = await Promise.all([profileFirst(), data.digest()]);
  return [profiles, findings, rowsDigest];
}

async function findBreaches(request: CheckRequest, contract: Contract): Promise<readonly Finding[]> {
  const { data, others, now, target, labelsExpected } = request;
  const names = data.columns.map((column) => column.name);
  const hidden = hiddenColumns(names, request.discretion);
  const late = new Set(labelsExpected || target === undefined ? [] : [target]);
  const breaches = await holdToContract({ data, contract, others, now, hidden, late });
  return breaches.map(({ finding }) => finding);
}

async function readIds(data: DataSet, idName: string): Promise<ReadonlySet<string> | undefined> {
  if (data.rowCount > MOST_IDS || !data.columns.some((column) => column.name === idName)) return undefined;
  const { columns } = await data.read([{ name: idName, as: 'text' }]);
  const [ids] = columns;
  return ids?.kind === 'text' ? new Set(ids.dictionary) : undefined;
}
