import type { Truth } from '../../core/comparison/truth.ts';
import type { TextColumn } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import {
  describeIdProblems,
  type FoundRows,
  type IdProblems,
  matchIds,
  type NamedIdProblems,
} from '../../core/scoring/match-ids.ts';
import { takeScoreValues } from '../../core/scoring/score-values.ts';
import { hashIds } from '../../core/scoring/stored-scores.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import { nameHoldoutRows } from '../comparison/name-rows.ts';
import type { Holdout } from '../comparison/read-holdout.ts';
import type { ScoredModel } from '../comparison/scored-model.ts';
import type { StageWorld } from '../stage.ts';
import { missingId, type ReadScores } from './read-score-table.ts';
import { readOwnSliceFeatures } from './rows-to-score.ts';

export type JoinRequest = {
  readonly holdout: Holdout;
  readonly truth: Truth;
  readonly model: JudgedModel;
  readonly read: ReadScores;
};

/**
 * A model's scores in the order of the labelled rows of the holdout, matched by id.
 * @throws InputError when rows are missing, doubled or foreign, or a value is no score; rows are named by file
 *   and line, never by their id.
 */
export async function joinScores(
  { holdout, truth, model, read }: JoinRequest,
  { sha256 }: Pick<StageWorld, 'sha256'>,
): Promise<ScoredModel> {
  const { task } = holdout.request.configuration;
  const ids = idsOf(holdout, read.name);
  const { rows, problems } = matchIds({
    holdout: read.hashed ? hashIds(ids, sha256) : ids,
    labelled: holdout.labelled,
    table: read.ids,
  });
  await refuseIdProblems(problems, holdout, read);
  const classes = 'classes' in truth ? truth.classes : [];
  const taken = takeScoreValues({ table: read.table, task, classes, rows });
  if ('problem' in taken) {
    const [place] = await read.placesOf([taken.row]);
    throw new InputError(`${read.name}: ${place}: ${taken.problem}`);
  }
  return {
    ...taken,
    refused: new Map(taken.refused.map(({ row, reason }) => [row, reason])),
    features: await readOwnSliceFeatures(holdout, model),
  };
}

/** Ids of all rows of the holdout. */
export function idsOf(holdout: Holdout, name: string): TextColumn {
  const { id } = holdout.rows;
  if (id === undefined) throw missingId(name);
  if (id.kind === 'text') return id;
  throw new Error('the ids of the holdout were not read as text');
}

async function refuseIdProblems(problems: IdProblems, holdout: Holdout, read: ReadScores): Promise<void> {
  const isOfHoldout = (kind: string) => /holdout$/i.test(kind) || kind === 'missing';
  const named: [string, { count: number; places: readonly string[] }][] = [];
  for (const [kind, { count, first }] of Object.entries(problems) as [keyof IdProblems, FoundRows][]) {
    const places =
      count === 0
        ? []
        : isOfHoldout(kind)
          ? await nameHoldoutRows(holdout, first)
          : await read.placesOf(first);
    named.push([kind, { count, places }]);
  }
  const idName = holdout.request.configuration.data.id ?? 'id';
  const words = describeIdProblems(Object.fromEntries(named) as NamedIdProblems, idName);
  if (words !== '')
    throw new InputError(`${read.name}: ${read.file.path} does not fit the holdout: ${words}`);
}
