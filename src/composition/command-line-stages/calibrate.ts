import { resolve } from 'node:path';
import { EXIT_CODE, InputError } from '../../core/errors.ts';
import { renderCalibration } from '../../core/report/calibration/render-calibration.ts';
import { calibrate } from '../../stages/calibration/calibrate.ts';
import type { Inputs } from '../../stages/inputs.ts';
import { jsonText } from '../command-line/json-text.ts';
import type { CommandLine } from '../command-line/parse-arguments.ts';
import { WINDOWS_MODES } from '../data-drivers/train-model.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { prepareModels } from '../prepare-models.ts';

const DEFAULT_RETRAININGS = 12;
const DEFAULT_SHARE = 0.9;

/** `contender calibrate`: prints what retraining alone does to the metrics, and margins to write. */
export async function driveCalibrate(
  command: CommandLine,
  invocation: Invocation,
  data: DataWorld,
): Promise<readonly Outcome[]> {
  const { inputs, world, workingDirectory } = invocation;
  const runs = await prepareModels(invocation, { data });
  const [run] = runs;
  if (run === undefined || runs.length > 1) {
    const files = runs.map(({ setup }) => setup.configFile).join(', ');
    throw new InputError(`calibrate looks at one model, but --config names ${files}; name one of them`);
  }
  await run.provideHead();
  const document = await calibrate(
    {
      exam: await run.exam(),
      windows: await run.windows(inputs.choice('windows', WINDOWS_MODES, 'frozen')),
      champion: inputs.text('champion'),
      models: inputs.list('models'),
      retrainings: inputs.count('retrainings') ?? DEFAULT_RETRAININGS,
      share: readShare(inputs),
      metrics: listOf(command.flags.metrics),
    },
    {
      world,
      engine: await data.engine(),
      scorer: await data.scorer(),
      commands: data.commands,
      registry: await invocation.registry(),
    },
  );
  const text = renderCalibration(document);
  const output = inputs.text('output');
  if (output !== undefined) {
    const content = output.endsWith('.json') ? `${jsonText(document)}\n` : text;
    await world.files.write(resolve(workingDirectory, output), content);
  }
  if (!command.json) process.stdout.write(text);
  return [{ model: '', exitCode: EXIT_CODE.passed, outputs: {}, document }];
}

function readShare(inputs: Inputs): number {
  const text = inputs.text('share');
  if (text === undefined) return DEFAULT_SHARE;
  if (/^(0?\.\d+|[01](\.\d*)?)$/.test(text)) return Number(text);
  throw new InputError(
    `--share is ${JSON.stringify(text)}; write a share of the training rows above 0, at most 1, such as ${DEFAULT_SHARE}`,
  );
}

function listOf(flag: string | readonly string[] | undefined): readonly string[] {
  const entries = flag === undefined ? [] : typeof flag === 'string' ? [flag] : flag;
  return entries
    .flatMap((entry) => entry.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
