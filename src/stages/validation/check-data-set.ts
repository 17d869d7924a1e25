import type { Task } from '../../core/configuration/configuration.ts';
import { askedRules } from '../../core/contract/asked-rules.ts';
import type { Contract } from '../../core/contract/contract.ts';
import type { DatasetFacts } from '../../core/contract/dataset-findings.ts';
import type { ColumnRoles } from '../../core/data-checks/roles.ts';
import type { DocumentInput } from '../../core/documents/common.ts';
import type { DatasetProfile, Finding } from '../../core/documents/validation.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { describeInputs } from '../data/data-inputs.ts';
import type { KnownData } from './checks-request.ts';
import { checkWithoutContract } from './data-checks.ts';
import { alsoHiding, concealProfile, type Discretion, hiddenColumns } from './hidden-columns.ts';
import { holdToContract } from './hold-to-contract.ts';
import type { OtherDataSets } from './other-data.ts';
import { findPersonalColumns, type HashValue, personalFindings } from './personal-columns.ts';

/** What one data set gave. */
export type CheckedData = {
  readonly name: string;
  readonly digest: string;
  readonly facts: DatasetFacts;
  readonly profile: DatasetProfile;
  /** What breaks its contract. */
  readonly findings: readonly Finding[];
  /** What is found without one. */
  readonly checks: readonly Finding[];
  /** Columns found to hold personal data that nobody declared. */
  readonly personal: readonly string[];
  readonly inputs: readonly DocumentInput[];
  /** What other data sets are held to without a contract. */
  readonly known: KnownData;
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
  /** Columns that are declared not to be shown, among those of `discretion`; they are not searched. */
  readonly declared: ReadonlySet<string>;
  readonly hash: HashValue | undefined;
  readonly labelsExpected: boolean;
  readonly roles: ColumnRoles;
  readonly task: Task;
  /** The data set that this one is held to without a contract; absent for that one itself. */
  readonly first: KnownData | undefined;
};

/** Profiles a data set, holds it to its contract and reads what comparing it with others needs. */
export async function checkDataSet(request: CheckRequest): Promise<CheckedData> {
  const { data, contract } = request;
  // The digest is worked out beside everything else.
  const [found, rowsDigest] = await Promise.all([examine(request), data.digest()]);
  const { profiles, personal, discretion, breaches, checks } = found;
  const missing = new Map(profiles.map((profile) => [profile.name, profile.missing]));
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
      ...(contract === undefined ? {} : { rules: askedRules(contract, data.columns) }),
    },
    findings: breaches,
    checks: [...(await personalFindings(personal, { ...request, discretion })), ...checks.findings],
    personal: personal.map((column) => column.name),
    inputs: describeInputs({ data, role: data.name, rowsDigest }),
    known: checks.known,
  };
}

async function examine(request: CheckRequest) {
  const { data, contract, declared } = request;
  const names = data.columns.map((column) => column.name);
  // Rules and checks are asked of the values that the profile has counted.
  const profiles = await data.profile(names);
  const settings = contract?.checks ?? [];
  const personal = await findPersonalColumns(data, profiles, { leftOut: declared, settings });
  const found = personal.map((column) => column.name);
  const discretion = alsoHiding(request.discretion, found);
  const breaches = contract === undefined ? [] : await findBreaches({ ...request, discretion }, contract);
  const hidden = hiddenColumns(names, discretion);
  const checks = await checkWithoutContract({ ...request, profiles, hidden });
  return { profiles, personal, discretion, breaches, checks };
}

async function findBreaches(request: CheckRequest, contract: Contract): Promise<readonly Finding[]> {
  const { data, others, now, target, labelsExpected } = request;
  const names = data.columns.map((column) => column.name);
  const hidden = hiddenColumns(names, request.discretion);
  const late = new Set(labelsExpected || target === undefined ? [] : [target]);
  const breaches = await holdToContract({ data, contract, others, now, hidden, late });
  return breaches.map(({ finding }) => finding);
}
