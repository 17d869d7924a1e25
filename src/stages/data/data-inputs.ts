import type { DocumentInput } from '../../core/documents/common.ts';
import type { DataSet } from '../../ports/data-engine.ts';

/** A data set that a stage read, as its document names it. */
export type ReadData = {
  readonly data: DataSet;
  /** `training`, `holdout`, `reference`, `current`, … */
  readonly role: string;
  readonly rowsDigest: string;
};

/**
 * The files of a data set, with the number and the digest of its rows: on the file itself where there is one
 * alone, else on an entry for all of them.
 */
export function describeInputs({ data, role, rowsDigest }: ReadData): DocumentInput[] {
  const whole = { rows: data.rowCount, rowsDigest };
  const files = data.files.map((file) => ({ role, ...file }));
  const [only] = files;
  if (only !== undefined && files.length === 1) return [{ ...only, ...whole }];
  return [...files, { role, path: `${files.length} files`, ...whole }];
}
