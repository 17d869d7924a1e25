import { join } from 'node:path';
import type { Task } from '../core/configuration/configuration.ts';
import { DEFAULT_MODEL_NAME } from '../core/configuration/parse-configuration.ts';
import type { DocumentKind } from '../core/documents/common.ts';
import { DEFAULT_CONFIG, loadModels } from '../stages/load-models.ts';
import { createModelRun, type ModelRun } from '../stages/model-run.ts';
import { runStage, type StageResult } from '../stages/stage.ts';
import type { DataWorld, Invocation } from './invocation.ts';
import type { Outcome } from './outcome.ts';

/** The models of this invocation; each works out its exam and windows once for all stages of the job. */
export async function prepareModels(
  invocation: Invocation,
  options: {
    readonly data?: DataWorld;
    readonly defaultTask?: Task;
    readonly standIns?: readonly string[];
  } = {},
): Promise<readonly ModelRun[]> {
  const { inputs, flags, workingDirectory, world, head } = invocation;
  const own = {
    ...(options.defaultTask === undefined ? {} : { defaultTask: options.defaultTask }),
    ...(options.standIns === undefined ? {} : { standIns: options.standIns }),
  };
  const configDirectory = head?.workingDirectory ?? workingDirectory;
  const setups = await loadModels({ inputs, flags, workingDirectory: configDirectory, ...own }, world);
  const [repository, registry] = [await invocation.repository(), await invocation.registry()];
  return setups.map((setup) =>
    createModelRun(setup, {
      world,
      repository,
      registry,
      engine: () => engineOf(options.data),
      workingDirectory,
      headRoot: head?.root,
      commands: options.data?.commands,
    }),
  );
}

async function engineOf(data: DataWorld | undefined) {
  if (data === undefined) throw new Error('this stage does not read data');
  return await data.engine();
}

/**
 * Runs a stage on every model. A config that cannot be read still leaves a document with verdict `error`,
 * under the name it gives if one can be made out.
 */
export async function forEachModel<Kind extends DocumentKind>(
  kind: Kind,
  invocation: Invocation,
  work: {
    readonly prepare: () => Promise<readonly ModelRun[]>;
    readonly run: (model: ModelRun) => Promise<StageResult<Kind>>;
  },
): Promise<readonly Outcome[]> {
  let runs: readonly ModelRun[];
  try {
    runs = await work.prepare();
  } catch (error) {
    return [await recordConfigFailure(kind, invocation, error)];
  }
  const outcomes: Outcome[] = [];
  for (const run of runs) {
    const target = { model: run.setup.configuration.model, evidenceDirectory: run.setup.evidenceDirectory };
    // What fails before the stage itself starts (exam, windows, natives) is recorded like any other failure.
    const result = await Promise.resolve(run)
      .then(work.run)
      .catch((error: unknown) => failStage(kind, invocation, { target, error }));
    outcomes.push(toOutcome(target.model, result));
  }
  return outcomes;
}

export function toOutcome(model: string, result: StageResult): Outcome {
  const { exitCode, evidence, outputs, document } = result;
  return { model, exitCode, evidence, outputs, document };
}

async function recordConfigFailure(
  kind: DocumentKind,
  invocation: Invocation,
  error: unknown,
): Promise<Outcome> {
  const { inputs, world } = invocation;
  const [file = DEFAULT_CONFIG] = inputs.list('config');
  const text = await world.files.readText(join(invocation.workingDirectory, file)).catch(() => undefined);
  const model =
    /^model:\s*["']?([a-z0-9][a-z0-9-]{0,99})["']?\s*(#|$)/m.exec(text ?? '')?.[1] ?? DEFAULT_MODEL_NAME;
  const evidenceDirectory = join(inputs.text('evidence-directory') ?? '.contender', model);
  return toOutcome(model, await failStage(kind, invocation, { target: { model, evidenceDirectory }, error }));
}

function failStage<Kind extends DocumentKind>(
  kind: Kind,
  { world }: Invocation,
  failure: {
    readonly target: { readonly model: string; readonly evidenceDirectory: string };
    readonly error: unknown;
  },
): Promise<StageResult<Kind>> {
  return runStage(kind, { world, target: failure.target }, () => Promise.reject(failure.error));
}
