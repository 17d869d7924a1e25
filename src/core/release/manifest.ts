import type { CompletedComparison, MetricComparison } from '../documents/comparison.ts';
import type { Manifest } from '../documents/manifest.ts';
import type { CompletedTraining } from '../documents/training.ts';
import { InputError } from '../errors.ts';

export type ReleaseFacts = {
  readonly version: string;
  /** Name of the model file among the assets. */
  readonly file: string;
  /** Name of the features query among the assets, when there is one. */
  readonly features?: string;
  /** Name of the scores among the assets, when there are any. */
  readonly scores?: string;
  /** Name of the fingerprint of the training rows among the assets, when there is one. */
  readonly fingerprint?: string;
  /** Commit the tag will point at. */
  readonly commit?: string;
  readonly run?: string;
};

/**
 * The manifest of a release: what the model is and how it was judged.
 * @throws InputError when the judgement is of other bytes than the training, or names no task.
 */
export function buildManifest(
  comparison: CompletedComparison,
  training: CompletedTraining,
  facts: ReleaseFacts,
): Manifest {
  checkSameModel(comparison, training);
  const task = comparison.task ?? training.task;
  if (task === undefined) throw new InputError('neither comparison.json nor training.json names the task');
  const windows = comparison.windows ?? training.windows;
  const previous = comparison.champion?.version;
  return {
    schemaVersion: 1,
    model: comparison.model,
    version: facts.version,
    task,
    file: facts.file,
    digest: training.digest,
    bytes: training.bytes,
    ...(training.files !== undefined && { files: training.files }),
    ...(training.signature !== undefined && { signature: training.signature }),
    ...(facts.scores !== undefined && { scores: facts.scores }),
    featureColumns: training.featureColumns,
    ...(facts.features !== undefined && { features: facts.features }),
    ...(facts.fingerprint !== undefined && { fingerprint: facts.fingerprint }),
    primary: comparison.primary,
    metrics: challengerMetrics(comparison.metrics),
    parameters: training.parameters,
    ...(training.learner !== undefined && { learner: training.learner }),
    ...(training.command !== undefined && { command: training.command }),
    seed: training.seed,
    trainingData: training.data,
    holdoutData: comparison.holdout.digest,
    ...(windows !== undefined && { windows }),
    recipe: training.recipe,
    ...(previous !== undefined && { previous }),
    ...(facts.commit !== undefined && { commit: facts.commit }),
    ...(facts.run !== undefined && { run: facts.run }),
    verdict: comparison.verdict,
    ...(comparison.accepted !== undefined && { accepted: comparison.accepted }),
    tool: comparison.tool,
  };
}

function checkSameModel(comparison: CompletedComparison, training: CompletedTraining): void {
  if (comparison.model !== training.model) {
    throw new InputError(
      `comparison.json is of the model ${comparison.model}, training.json of ${training.model}; take both from one run`,
    );
  }
  if (comparison.challenger.digest !== training.digest) {
    throw new InputError(
      `comparison.json judged the model ${comparison.challenger.digest}, training.json made ${training.digest}; compare again before the release`,
    );
  }
}

function challengerMetrics(metrics: readonly MetricComparison[]): Manifest['metrics'] {
  return Object.fromEntries(
    metrics.flatMap(({ name, challenger }) => {
      if (challenger === undefined) return [];
      const { value, interval } = challenger;
      return [[name, interval === undefined ? { value } : { value, interval }]];
    }),
  );
}
