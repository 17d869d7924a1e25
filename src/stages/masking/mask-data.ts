import { InputError } from '../../core/errors.ts';
import {
  type ColumnChange,
  type DeclaredColumns,
  type MaskOptions,
  planMask,
  readMaskOptions,
} from '../../core/masking/plan-mask.ts';
import type { DataEngine, DataSet, OpenDataRequest } from '../../ports/data-engine.ts';
import { findPersonalColumns } from '../validation/personal-columns.ts';

export type MaskRequest = {
  readonly source: OpenDataRequest;
  readonly options: MaskOptions;
  /** Columns of the config that are changed where the options do not name them. */
  readonly declared: DeclaredColumns;
  /** Secret of the hashes. */
  readonly key: Uint8Array;
  /** Absolute path. */
  readonly output: string;
  /** Whether a copy that still holds personal data is refused. */
  readonly detects: boolean;
};

export type MaskedData = {
  readonly rowCount: number;
  /** Columns of the copy. */
  readonly columns: readonly string[];
  readonly changes: ReadonlyMap<string, ColumnChange>;
};

/**
 * Writes a copy of data that can be shared.
 * @throws InputError when the copy would still hold personal data, naming the columns; then no file is written.
 */
export async function maskData(request: MaskRequest, engine: DataEngine): Promise<MaskedData> {
  const asked = readMaskOptions(request.options);
  let changes = asked;
  const { rowCount, columns } = await engine.writeCopy({
    source: request.source,
    key: request.key,
    output: request.output,
    changesOf: (names) => {
      changes = planMask(asked, request.declared, names);
      return changes;
    },
    approve: (written) => (request.detects ? refusePersonal(written, changes) : Promise.resolve()),
  });
  return { rowCount, columns, changes };
}

async function refusePersonal(written: DataSet, changes: ReadonlyMap<string, ColumnChange>): Promise<void> {
  const hashed = written.columns.filter(({ name }) => changes.get(name)?.kind === 'hash');
  const profiles = await written.profile(written.columns.map(({ name }) => name));
  const found = await findPersonalColumns(written, profiles, {
    leftOut: new Set(hashed.map(({ name }) => name)),
  });
  if (found.length === 0) return;
  const told = found.map(
    ({ name, hits, checked, words }) => `${name} (${hits} of ${checked} values are ${words})`,
  );
  const [first] = found;
  throw new InputError(
    `the copy would still hold personal data in ${told.join(', ')}; nothing was written: add --hash ${first!.name} or --drop ${first!.name}, or allow it with --detect false`,
  );
}
