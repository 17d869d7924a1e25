import { basename, dirname } from 'node:path';
import type { ModelScores } from '../../core/documents/comparison.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';
import type { Holdout } from '../comparison/read-holdout.ts';
import type { StageWorld } from '../stage.ts';
import { type ReadScores, readScoreTable } from './read-score-table.ts';
import { readRowsToScore } from './rows-to-score.ts';
import { scoreByCommand } from './score-by-command.ts';
import { chooseScoreSource } from './score-source.ts';

export type ScoresRequest = {
  readonly holdout: Holdout;
  readonly model: JudgedModel;
  readonly side: 'champion' | 'challenger';
  /** Path of a table of its scores, when one was given; from the working directory. */
  readonly given: string | undefined;
  /** Classes that occur in the holdout; of two the positive last. */
  readonly classes: readonly string[];
  /** Directory of the config; a command starts in it. */
  readonly directory: string;
};

export type ScoresPorts = { readonly world: StageWorld; readonly commands: CommandRunner };

/** Scores that were made elsewhere, and by what. */
export type FoundScores = { readonly by: ModelScores['by']; readonly read: ReadScores };

/**
 * The scores of a model that is not run here: those of a table, of its release, or of the config's command;
 * undefined when it is to be run here as ONNX.
 */
export async function findScores(
  request: ScoresRequest,
  ports: ScoresPorts,
): Promise<FoundScores | undefined> {
  const { holdout, model, side, given } = request;
  const { configuration } = holdout.request;
  const source = chooseScoreSource({ model, side, given, configuration, holdoutDigest: holdout.digest });
  if (source.by === 'model') return undefined;
  if (source.by === 'command') {
    return { by: 'command', read: await readFromCommand(request, source, ports) };
  }
  const { path, name, by } = source;
  // A table that was given is shown as it was written; one of a release by its name there.
  const place =
    by === 'table' ? { baseDirectory: '.', path } : { baseDirectory: dirname(path), path: basename(path) };
  ports.world.log.info(`${model.name}: judged by its scores in ${place.path}`);
  return { by, read: await readTable(request, { ...place, name }) };
}

async function readFromCommand(
  request: ScoresRequest,
  { command, timeLimitSeconds }: { readonly command: string; readonly timeLimitSeconds: number },
  { world, commands }: ScoresPorts,
): Promise<ReadScores> {
  const { holdout, model, directory } = request;
  const { task } = holdout.request.configuration;
  const { files, log } = world;
  const rows = await readRowsToScore(holdout, model);
  const written = await log.group(`Score the ${model.name} by scoring.command`, () =>
    scoreByCommand({ command, timeLimitSeconds, model, task, rows, directory }, { files, commands, log }),
  );
  return await readTable(request, {
    baseDirectory: written.directory,
    path: written.file,
    name: `scoring.command for the ${model.name}`,
  });
}

function readTable(
  { holdout, classes }: ScoresRequest,
  place: { readonly baseDirectory: string; readonly path: string; readonly name: string },
): Promise<ReadScores> {
  const { configuration, ports } = holdout.request;
  return readScoreTable({ engine: ports.engine, configuration, classes, ...place });
}
