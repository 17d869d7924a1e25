import type { CompletedComparison, ModelCalibration } from '../documents/comparison.ts';
import { formatCount, formatNumber, formatPValue } from './format-number.ts';
import { NO_NUMBER } from './metric-text.ts';

/** Numbers of both models by name, and what to know about them; plain text without markup. */
export type CalibrationText = {
  readonly rows: readonly { readonly name: string; readonly champion: string; readonly challenger: string }[];
  readonly notes: readonly string[];
};

/** How far probabilities mean what they say; undefined where that was not asked: of other tasks. */
export function describeCalibration({ calibration }: CompletedComparison): CalibrationText | undefined {
  if (calibration === undefined) return undefined;
  const { champion, challenger, bins } = calibration;
  const row = (name: string, write: (model: ModelCalibration) => string | undefined) => ({
    name,
    champion: (champion && write(champion)) ?? NO_NUMBER,
    challenger: write(challenger) ?? NO_NUMBER,
  });
  const clipped = (champion?.clippedRows ?? 0) + (challenger.clippedRows ?? 0);
  const number = (value: number | undefined) => (value === undefined ? undefined : formatNumber(value));
  return {
    rows: [
      row(`expected error (${formatCount(bins)} bins)`, (model) => number(model.expectedError)),
      row('squared error without chance', (model) => number(model.squaredError)),
      row("Spiegelhalter's Z", writeTest),
      ...(clipped === 0
        ? []
        : [row('probabilities clipped in log loss', (model) => number(model.clippedRows))]),
    ],
    notes: describeNotes(champion, challenger),
  };
}

function writeTest({ spiegelhalter }: ModelCalibration): string | undefined {
  if (spiegelhalter === undefined) return undefined;
  const { z, pValue } = spiegelhalter;
  const text = formatNumber(Number(z.toFixed(3)));
  return pValue === undefined ? text : `${text} (${formatPValue(pValue)})`;
}

/** What is to be known of both models is said once. */
function describeNotes(champion: ModelCalibration | undefined, challenger: ModelCalibration): string[] {
  const before = champion?.notes ?? [];
  const shared = challenger.notes.filter((note) => champion === undefined || before.includes(note));
  const only = (name: string, notes: readonly string[]) =>
    notes.filter((note) => !shared.includes(note)).map((note) => `${name}: ${note}`);
  return [...shared, ...only('champion', before), ...only('challenger', challenger.notes)];
}
