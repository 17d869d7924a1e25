import type { Configuration, Task } from '../../core/configuration/configuration.ts';
import { configurationFromFlags } from '../../core/configuration/parse-configuration.ts';
import { InputError } from '../../core/errors.ts';
import { renderInspection } from '../../core/report/inspection/render-inspection.ts';
import { logLine } from '../../core/report/log-text.ts';
import { type InspectRequest, inspectModel } from '../../stages/inspection/inspect-model.ts';
import { loadModels, type ModelSetup } from '../../stages/load-models.ts';
import type { CommandLine } from '../command-line/parse-arguments.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';

/** `contender inspect <model.onnx>`: prints what is known about a model. */
export async function driveInspect(
  command: CommandLine,
  invocation: Invocation,
  data: DataWorld,
): Promise<readonly Outcome[]> {
  const { world } = invocation;
  const result = await inspectModel(await readRequest(command, invocation), {
    files: world.files,
    sha256: world.sha256,
    models: world.models,
    scorer: data.scorer,
    engine: data.engine,
  });
  if (!command.json) process.stdout.write(renderInspection(result.inspection));
  // The lists that follow a first line were printed above.
  for (const problem of result.problems) world.log.error(logLine(problem.split('\n')[0]!));
  return [{ model: '', exitCode: result.exitCode, outputs: {}, document: result.inspection }];
}

async function readRequest(command: CommandLine, invocation: Invocation): Promise<InspectRequest> {
  const { inputs, flags } = invocation;
  const [file] = command.positionals;
  if (file === undefined) throw new InputError('name the model to inspect: contender inspect model.onnx');
  const against = inputs.text('against');
  if (flags.holdout === undefined && inputs.text('config') === undefined) {
    const { task } = flags;
    return {
      file,
      against,
      task: task === undefined ? undefined : configurationFromFlags({ task }).task,
      data: undefined,
    };
  }
  const { configuration, configFile, baseDirectory } = await loadOne(invocation);
  return {
    file,
    against,
    task: knownTask(configuration, configFile !== undefined || flags.task !== undefined),
    data: flags.holdout === undefined ? undefined : { configuration, directory: baseDirectory },
  };
}

/** The one model that says how data are read: a config, or the flags alone. */
async function loadOne({ inputs, flags, workingDirectory, world }: Invocation): Promise<ModelSetup> {
  const setups = await loadModels(
    { inputs, flags, workingDirectory, defaultTask: 'binary-classification' },
    world,
  );
  if (setups.length !== 1) {
    const files = setups.map(({ configFile }) => configFile).join(', ');
    throw new InputError(`inspect looks at one model, but --config names ${files}; name one of them`);
  }
  return setups[0]!;
}

/** A task that was written somewhere; the default stands for none. */
function knownTask({ task }: Configuration, isSaid: boolean): Task | undefined {
  return isSaid ? task : undefined;
}
