import { join } from 'node:path';
import type { Configuration } from '../../core/configuration/configuration.ts';
import { renderCsv } from '../../core/data/render-csv.ts';
import type { Table } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import type { CommandRunner } from '../../ports/command-runner.ts';
import type { Files } from '../../ports/files.ts';
import type { Log } from '../../ports/runner.ts';

export type CommandScoring = {
  readonly command: string;
  readonly timeLimitSeconds: number;
  /** The file to score with, absolute, and how messages call it. */
  readonly model: { readonly path: string; readonly name: string };
  readonly task: Configuration['task'];
  /** The rows to score: the id and everything but the answer. */
  readonly rows: Table;
  /** Directory of the config; the command starts in it. */
  readonly directory: string;
};

type CommandPorts = { readonly files: Files; readonly commands: CommandRunner; readonly log: Log };

/** Name of the table that a command writes. */
const SCORES_FILE = 'scores.csv';

/**
 * Lets the user's command score rows. It gets the model file and the rows as CSV and says in a table what it
 * made of them; its environment holds no token.
 * @returns the directory and the name of the table.
 * @throws InputError when it fails or leaves no table; OutsideError when it exceeds its time limit.
 */
export async function scoreByCommand(
  scoring: CommandScoring,
  { files, commands, log }: CommandPorts,
): Promise<{ readonly directory: string; readonly file: string }> {
  const { command, model } = scoring;
  const temporary = await files.temporaryDirectory('scores');
  const rows = join(temporary, 'holdout.csv');
  const scores = join(temporary, SCORES_FILE);
  await files.writeChunks(rows, renderCsv(scoring.rows));
  const result = await commands.run({
    command,
    directory: scoring.directory,
    environment: {
      CONTENDER_MODEL_PATH: model.path,
      CONTENDER_HOLDOUT_DATA: rows,
      CONTENDER_SCORES_PATH: scores,
      CONTENDER_TASK: scoring.task,
    },
    timeLimitSeconds: scoring.timeLimitSeconds,
    onOutput: (line) => log.info(line),
  });
  const subject = `scoring.command, run for the ${model.name},`;
  if (result.exitCode !== 0) {
    throw new InputError(
      `${subject} ended with code ${result.exitCode}: ${command}; its last words: ${result.lastOutput.trim().slice(-500)}`,
    );
  }
  if (!(await files.exists(scores))) {
    throw new InputError(
      `${subject} ended well but wrote no table of scores to the path in CONTENDER_SCORES_PATH (CSV with the id and a score): ${command}`,
    );
  }
  return { directory: temporary, file: SCORES_FILE };
}
