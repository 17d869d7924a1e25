import * as v from 'valibot';
import { DURATION_PATTERN } from './duration.ts';
import {
  choice,
  described,
  duration,
  filledList,
  list,
  number,
  optional,
  table,
  text,
  textLike,
} from './schema-values.ts';
import { PERCENTAGE_PATTERN } from './share.ts';

/** The section `data` as it is written. */

const path = text('data/train.parquet');
const column = text('amt');

/** Whole-string alternation of the two patterns, whose own anchors are kept. */
const SPAN_OR_PERCENTAGE = new RegExp(`${DURATION_PATTERN.source}|${PERCENTAGE_PATTERN.source}`);

const pathsSchema = v.union(
  [path, filledList(path, '[data/2024.csv, data/2025.csv]')],
  'write a path, a glob or a list of them',
);

const sourceEntries = {
  path: described(pathsSchema, 'Path, glob or list of CSV, TSV, Parquet, JSON Lines or Arrow files.'),
  where: optional(text("day >= '2024-01-01'"), 'SQL condition that the rows must meet.'),
  sha256: optional(
    textLike(
      /^[0-9a-fA-F]{64}$/,
      'write the 64 hexadecimal digits that sha256sum prints',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ),
    'SHA-256 the file must have.',
  ),
  encoding: optional(
    text('windows-1252'),
    'Encoding of text files that are not UTF-8 and bear no mark of it, by its WHATWG name.',
  ),
};

const source = v.union(
  [path, filledList(path, '[data/2024.csv, data/2025.csv]'), table(sourceEntries)],
  'write a path, a list of paths, or {path: …, where: …, sha256: …, encoding: …}',
);

const HOLDOUT_ADVICE = 'write a span such as 60d, or a share between 0 and 1 such as 0.2 or 20%';

const split = table({
  holdout: described(
    v.union(
      [
        number({ from: 0, to: 1, open: true, advice: HOLDOUT_ADVICE }),
        v.pipe(v.string(HOLDOUT_ADVICE), v.regex(SPAN_OR_PERCENTAGE, HOLDOUT_ADVICE)),
      ],
      HOLDOUT_ADVICE,
    ),
    'The newest span (60d) or a share of the rows (0.2) that judges.',
  ),
  training: optional(duration('365d'), 'Span before the holdout to train on; default: everything before it.'),
  gap: optional(duration('1d'), 'Span left out between training and holdout.'),
  'mature-after': optional(duration('14d'), 'Age at which a label can be trusted.'),
  by: optional(choice(['group', 'time', 'random']), 'How a share is drawn; random hashes the id.'),
});

const labels = table({
  ...sourceEntries,
  join: described(column, 'Column that the labels share with the data.'),
  'mature-after': optional(duration('30d'), 'Age at which a label can be trusted.'),
});

const positiveClass = v.union(
  [
    text('1'),
    number({
      from: Number.MIN_SAFE_INTEGER,
      to: Number.MAX_SAFE_INTEGER,
      advice: 'write so large a number in quotes',
    }),
    v.boolean('write the class'),
  ],
  'write the class as text, number or boolean, such as 1',
);

export const dataSchema = table({
  training: optional(source, 'Rows to train on; with holdout, instead of source and split.'),
  holdout: optional(source, 'Rows that judge; never trained on.'),
  source: optional(source, 'All rows, to be divided by split.'),
  split: optional(split, 'How source is divided into training and holdout.'),
  reference: optional(
    source,
    "What drift is measured against; default: the profile in the champion's release, else the holdout.",
  ),
  current: optional(source, 'What production sees now.'),
  features: optional(
    text('features.sql'),
    'File with the query SELECT … FROM source that makes the features.',
  ),
  fetch: optional(
    text('dvc pull data/'),
    'Command that brings the data before they are read; skipped while its pointers are unchanged.',
  ),
  predictions: optional(source, 'What the served model answered.'),
  labels: optional(labels, 'Labels that arrive later.'),
  target: optional(column, 'Column to predict.'),
  'positive-class': optional(positiveClass, 'Class of the target that counts as positive.'),
  id: optional(column, 'Column that identifies a row.'),
  timestamp: optional(column, 'Column with the time of a row.'),
  columns: optional(
    filledList(column, '[amt, hour, age]'),
    'Feature columns, in the order a matrix model was trained on.',
  ),
  group: optional(column, 'Column whose rows belong together: resampled and split as a whole.'),
  sensitive: optional(list(column, '[dob]'), 'Columns that are never printed raw.'),
  weight: optional(column, 'Column with the weight of a row.'),
  exclude: optional(list(column, '[first, last]'), 'Columns that are no features.'),
});

export type DataDocument = v.InferOutput<typeof dataSchema>;
export type SourceDocument = v.InferOutput<typeof source>;
export type SplitDocument = v.InferOutput<typeof split>;
