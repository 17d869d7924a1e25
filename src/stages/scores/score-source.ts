import type { Configuration } from '../../core/configuration/configuration.ts';
import type { ModelScores } from '../../core/documents/comparison.ts';
import { InputError } from '../../core/errors.ts';
import type { JudgedModel } from '../comparison/judged-models.ts';

/** Where the scores of a model come from. */
export type ScoreSource =
  /** The file is ONNX and is run here. */
  | { readonly by: 'model' }
  | { readonly by: Exclude<ModelScores['by'], 'command'>; readonly path: string; readonly name: string }
  | { readonly by: 'command'; readonly command: string; readonly timeLimitSeconds: number };

export type ScoreSourceRequest = {
  readonly model: JudgedModel;
  readonly side: 'champion' | 'challenger';
  /** Absolute path of the table that was given for it. */
  readonly given: string | undefined;
  readonly configuration: Configuration;
  readonly holdoutDigest: string;
};

/**
 * A table that was given counts first, then the scores that a release holds of these very rows. What is known
 * to be ONNX is run; of any other file the config's command makes the scores.
 * @throws InputError when a model is known to be no ONNX file and nothing says how to score it.
 */
export function chooseScoreSource(request: ScoreSourceRequest): ScoreSource {
  const { model, side, given, configuration, holdoutDigest } = request;
  if (given !== undefined) return { by: 'table', path: given, name: `${side}-scores` };
  const { manifest, training, releasedScores } = model;
  const described = manifest ?? training;
  if (described?.signature !== undefined) return { by: 'model' };
  const isSameExam = manifest?.holdoutData === holdoutDigest && manifest.task === configuration.task;
  if (releasedScores !== undefined && isSameExam) {
    return { by: 'release', path: releasedScores, name: `scores of ${model.name}` };
  }
  const { scoring } = configuration;
  if (scoring?.command !== undefined) {
    return { by: 'command', command: scoring.command, timeLimitSeconds: scoring.timeLimitSeconds };
  }
  if (described === undefined) return { by: 'model' };
  const reason = releasedScores === undefined ? '' : ', and the scores of its release are of another holdout';
  throw new InputError(
    `${model.name} is no ONNX model${reason}; write scoring.command in the config (on a pull request that of the base branch counts), or give a table of its scores as ${side}-scores (--${side}-scores)`,
  );
}
