import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../core/errors.ts';
import { findWeights } from '../../stages/model-files.ts';
import type { StageWorld } from '../../stages/stage.ts';
import type { CommandLine } from '../command-line/parse-arguments.ts';
import { driveCheckDrift } from '../data-drivers/check-drift.ts';
import { createDataWorld } from '../data-drivers/data-world.ts';
import { driveTrainModel } from '../data-drivers/train-model.ts';
import { driveValidateData } from '../data-drivers/validate-data.ts';
import { driveOpenRetrainingPr } from '../host-drivers/open-retraining-pr.ts';
import { driveReleaseModel } from '../host-drivers/release-model.ts';
import type { DataWorld, Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { driveCalibrate } from './calibrate.ts';
import { driveContract } from './contract.ts';
import { compareAndExplain } from './explain-comparison.ts';
import { driveInspect } from './inspect.ts';
import { driveMask } from './mask.ts';
import { drivePlanHoldout } from './plan-holdout.ts';
import { driveReport } from './render-report.ts';

type DriveData = (
  invocation: Invocation,
  data: DataWorld,
  command: CommandLine,
) => Promise<readonly Outcome[]>;

const DATA_STAGES: Readonly<Record<string, DriveData>> = {
  'validate-data': driveValidateData,
  'train-model': trainAndCopy,
  'compare-models': compareAndExplain,
  'check-drift': driveCheckDrift,
  calibrate: (invocation, data, command) => driveCalibrate(command, invocation, data),
  contract: (invocation, data, command) => driveContract(command, invocation, data),
  mask: (invocation, data) => driveMask(invocation, data),
  inspect: (invocation, data, command) => driveInspect(command, invocation, data),
};

type DriveWithoutData = (invocation: Invocation, command: CommandLine) => Promise<readonly Outcome[]>;

const STAGES_WITHOUT_DATA: Readonly<Record<string, DriveWithoutData>> = {
  'report-metrics': driveReport,
  'release-model': driveReleaseModel,
  'open-retraining-pr': driveOpenRetrainingPr,
  'plan-holdout': drivePlanHoldout,
};

/** Runs the stage that a command line names. */
export async function driveStage(command: CommandLine, invocation: Invocation): Promise<readonly Outcome[]> {
  const withoutData = STAGES_WITHOUT_DATA[command.stage.name];
  if (withoutData) return await withoutData(invocation, command);
  const drive = DATA_STAGES[command.stage.name];
  if (drive === undefined) throw new Error(`no driver for ${command.stage.name}`);
  await using data = createDataWorld(invocation);
  return await drive(invocation, data, command);
}

/** `--output` also puts the model where the user wants it. */
async function trainAndCopy(invocation: Invocation, data: DataWorld): Promise<readonly Outcome[]> {
  const outcomes = await driveTrainModel(invocation, data);
  const output = invocation.inputs.text('output');
  const model = outcomes[0]?.outputs.model;
  if (output !== undefined && model !== undefined) {
    await copyModel(model, resolve(invocation.workingDirectory, output), invocation.world);
  }
  return outcomes;
}

/** A model and the files beside it that hold its weights, which it finds by their names. */
async function copyModel(model: string, output: string, world: StageWorld): Promise<void> {
  const beside = await findWeights({ path: model, name: 'the trained model' }, world);
  if (beside.includes(basename(output))) {
    throw new InputError(
      `--output ${output} has the name of a file that holds weights of the model; choose another name`,
    );
  }
  await world.files.copy(model, output);
  for (const name of beside) await world.files.copy(join(dirname(model), name), join(dirname(output), name));
}
