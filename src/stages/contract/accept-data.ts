import type { DataConfiguration } from '../../core/configuration/configuration.ts';
import type { Contract } from '../../core/contract/contract.ts';
import { parseContract } from '../../core/contract/parse-contract.ts';
import { type UpdatedContract, updateContract } from '../../core/contract/update-contract.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { alsoHiding, chooseDiscretion } from '../validation/hidden-columns.ts';
import { holdToContract } from '../validation/hold-to-contract.ts';
import type { OtherDataSets } from '../validation/other-data.ts';
import { findPersonalColumns } from '../validation/personal-columns.ts';
import { inferColumns } from './infer-contract.ts';

export type AcceptRequest = {
  readonly text: string;
  /** Path of the contract, for messages. */
  readonly file: string;
  /** Names by which the object of the contract may be called. */
  readonly names: readonly string[];
  readonly data: DataSet;
  readonly columns: DataConfiguration;
  readonly others: OtherDataSets;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
};

/** The contract changed by no more than what the data force, with what no change of it would accept. */
export async function acceptData(request: AcceptRequest): Promise<UpdatedContract> {
  const { data, columns, others, now } = request;
  const contract = parseContract(request.text, request.file, request.names);
  const declared = chooseDiscretion(
    columns,
    true,
    data.columns.map(({ name }) => name),
  );
  const profiles = await data.profile(data.columns.map(({ name }) => name));
  const found = await findPersonalColumns(data, profiles, {
    leftOut: declared.personal,
    settings: contract.checks ?? [],
  });
  const hidden = alsoHiding(
    declared,
    found.map(({ name }) => name),
  ).personal;
  const breaches = await holdToContract({ data, contract, others, now, hidden, late: new Set() });
  const added = await inferColumns(data, columns, unknownColumns(contract, data));
  return updateContract(contract, breaches, added);
}

function unknownColumns(contract: Contract, data: DataSet): string[] {
  const known = new Set(contract.columns.map(({ name }) => name));
  return data.columns.map(({ name }) => name).filter((name) => !known.has(name));
}
