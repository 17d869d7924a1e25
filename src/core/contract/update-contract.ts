import type { Contract } from './contract.ts';
import { applyReplacements, type Replacement } from './contract-edit.ts';
import type { Breach } from './evaluate-contract.ts';
import type { InferredColumn } from './infer-column.ts';
import { renderColumn } from './render-contract.ts';
import { removeStaleRemarks } from './stale-remarks.ts';

export type UpdatedContract = {
  readonly text: string;
  /** Breaches that no edit accepts: a person has to say how the rule should read. */
  readonly left: readonly Breach[];
};

/**
 * The contract with the smallest changes by which data keep it; comments and order stay, but for remarks that were written
 * with it and are no longer true. Columns that it does
 * not know are written at the end of its list.
 */
export function updateContract(
  contract: Contract,
  breaches: readonly Breach[],
  newColumns: readonly InferredColumn[],
): UpdatedContract {
  const broken = breaches.filter(({ finding }) => finding.check !== 'not-checked');
  const replacements = broken.flatMap((breach) => breach.replacements);
  const added = addColumns(contract, newColumns);
  return {
    text: applyReplacements(contract.text, [
      ...replacements,
      ...removeStaleRemarks(contract.text, replacements),
      ...added,
    ]),
    left: broken.filter((breach) => breach.replacements.length === 0),
  };
}

function addColumns({ text, nextColumn }: Contract, columns: readonly InferredColumn[]): Replacement[] {
  if (nextColumn === undefined || columns.length === 0) return [];
  // A node may end behind blank lines; the new ones follow its last word.
  const lastWord = text.slice(0, nextColumn.offset).trimEnd().length;
  const lineEnd = text.indexOf('\n', lastWord);
  const offset = lineEnd < 0 ? text.length : lineEnd;
  const lines = columns.flatMap((column) => renderColumn(column, nextColumn.indent));
  return [{ path: 'schema[].properties', span: [offset, offset], by: `\n${lines.join('\n')}` }];
}
