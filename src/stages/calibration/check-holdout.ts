import { checkGroups } from '../../core/comparison/group-floor.ts';
import { InputError } from '../../core/errors.ts';
import { groupsOf, type Holdout, sampleOf, truthOf } from '../comparison/read-holdout.ts';

/**
 * Whether intervals can be had on a holdout shows in its labels alone, before a dozen models are trained in vain.
 * @throws InputError when rows, rows of a class or groups are too few.
 */
export function checkHoldout(holdout: Holdout): void {
  const truth = truthOf(holdout, []);
  const width = 'classes' in truth ? truth.classes.length : 1;
  const rows = holdout.labelled.length;
  const kept = Uint32Array.from({ length: rows }, (_, row) => row);
  const unknown = {
    values: new Float64Array(rows * width),
    width,
    refused: new Map<number, string>(),
    features: { rowCount: rows, columns: [] },
  };
  const { configuration } = holdout.request;
  const sample = sampleOf({ holdout, truth, scored: unknown, kept, configuration });
  const { refusal } = checkGroups(sample, groupsOf(holdout, kept));
  if (refusal === undefined) return;
  throw new InputError(
    `no margin can be found on this holdout: it has ${refusal}; label more rows, or name another holdout (data.holdout, --data)`,
  );
}
