import type { DataConfiguration } from '../../core/configuration/configuration.ts';
import { type InferredColumn, inferColumn } from '../../core/contract/infer-column.ts';
import { renderContract } from '../../core/contract/render-contract.ts';
import { lackingColumn } from '../../core/data/lacking-column.ts';
import type { DataSet } from '../../ports/data-engine.ts';
import { chooseDiscretion, declaredColumns, lackingColumns } from '../validation/hidden-columns.ts';
import { findPersonalColumns } from '../validation/personal-columns.ts';

export type InferRequest = {
  readonly data: DataSet;
  /** Says which columns are target, id, or hold values that are never printed. */
  readonly columns: DataConfiguration;
  /** Name of the contract. */
  readonly name: string;
};

/** Writes a contract from a data set, which keeps it. */
export async function inferContract({ data, columns, name }: InferRequest): Promise<string> {
  const names = data.columns.map((column) => column.name);
  requireDeclared(columns, names);
  return renderContract({
    name,
    origin: `${data.files.map(({ path }) => path).join(', ')}: ${data.rowCount} rows, ${names.length} columns`,
    columns: await inferColumns(data, columns, names),
  });
}

/** A name that is spelled otherwise would leave the values of its column in the contract. */
function requireDeclared(configured: DataConfiguration, names: readonly string[]): void {
  const [lacking] = lackingColumns([...declaredColumns(configured), configured.target], names);
  if (lacking === undefined) return;
  throw lackingColumn(lacking, names, 'it is named by the config or an option');
}

/** What a contract would say of some columns; they are read one after another. */
export async function inferColumns(
  data: DataSet,
  configured: DataConfiguration,
  names: readonly string[],
): Promise<readonly InferredColumn[]> {
  const { target, id } = configured;
  const declared = chooseDiscretion(configured, true, names).personal;
  const profiles = names.length === 0 ? [] : await data.profile(names);
  const found = await findPersonalColumns(data, profiles, { leftOut: declared });
  const personal = new Map(found.map(({ name, words }) => [name, words]));
  const inferred: InferredColumn[] = [];
  for (const profile of profiles) {
    const as = profile.type === 'string' || profile.type === 'other' ? 'text' : 'number';
    const { columns } = await data.read([{ name: profile.name, as }]);
    inferred.push(
      inferColumn({
        rows: data.rowCount,
        profile,
        values: columns[0]!,
        isTarget: profile.name === target,
        isId: profile.name === id,
        isHidden: declared.has(profile.name) || personal.has(profile.name),
        holds: personal.get(profile.name),
      }),
    );
  }
  return inferred;
}
