import { resolve } from 'node:path';
import type { Task } from '../../core/configuration/configuration.ts';
import { EXIT_CODE, type ExitCode, exitCodeOf, InputError, OutsideError } from '../../core/errors.ts';
import { explainOutputs } from '../../core/inspection/explain-outputs.ts';
import { findWarnings } from '../../core/inspection/find-warnings.ts';
import type {
  DataBinding,
  LoadingOutcome,
  ModelDifference,
  ModelInspection,
  OutputReading,
} from '../../core/inspection/inspection.ts';
import { diffContracts } from '../../core/onnx/contract-changes.ts';
import type { ExternalFile } from '../../core/onnx/external-files.ts';
import type { OnnxModel } from '../../core/onnx/model.ts';
import type { ModelContract } from '../../core/onnx/model-contract.ts';
import { describeModel, type ModelDescription } from '../../core/scoring/describe-model.ts';
import type { DataEngine } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import type { ModelReader } from '../../ports/model-reader.ts';
import type { Scorer } from '../../ports/scorer.ts';
import { identifyListed } from '../model-files.ts';
import { bindToData, type InspectedData } from './bind-to-data.ts';

export type InspectRequest = {
  /** Path of the model. */
  readonly file: string;
  /** Path of the model to tell the changes since. */
  readonly against: string | undefined;
  /** What the model is for, when that was said. */
  readonly task: Task | undefined;
  /** Data that the model would be fed from. */
  readonly data: InspectedData | undefined;
};

export type InspectPorts = {
  readonly files: Files;
  /** SHA-256 in hex of a text. */
  readonly sha256: (text: string) => string;
  readonly models: ModelReader;
  /** Opened only when needed: without natives everything else can still be said. */
  readonly scorer: () => Promise<Scorer>;
  readonly engine: () => Promise<DataEngine>;
};

export type InspectResult = {
  readonly inspection: ModelInspection;
  /** What the model was refused for; each is in the inspection too. */
  readonly problems: readonly string[];
  readonly exitCode: ExitCode;
};

/**
 * Looks at a model file: its contract, what to know before it is used, whether ONNX Runtime loads it, how it would
 * be fed, and what changed since another one. It is not run.
 * @throws InputError when one of the files is no model.
 */
export async function inspectModel(request: InspectRequest, ports: InspectPorts): Promise<InspectResult> {
  const { file, task } = request;
  const { model, contract, externalFiles } = await readGiven(file, ports);
  const description = describe(model, file);
  const { sha256: digest, bytes } = await ports.files.digest(file);
  const against = await compareWith(request.against, contract, ports);
  const loading = await attemptLoading(file, ports);
  const binding = request.data && (await attemptBinding(description, request.data, request, ports));
  const inspection: ModelInspection = {
    kind: 'inspection',
    schemaVersion: 1,
    file,
    bytes,
    digest,
    ...(await digestOfWhole(digest, externalFiles, request, ports)),
    contract,
    externalFiles,
    ...(task === undefined ? {} : { outputs: explain(description, task, file) }),
    warnings: findWarnings({ model, contract, externalFiles }),
    loading: loading.value,
    ...(binding ? { binding: binding.value } : {}),
    ...(against ? { against } : {}),
  };
  const failures = [loading.failure, ...(binding ? [binding.failure] : [])].filter(
    (failure) => failure !== undefined,
  );
  return {
    inspection,
    problems: failures.map(({ problem }) => problem),
    exitCode: failures.reduce<ExitCode>(
      (worst, { exitCode }) => (exitCode > worst ? exitCode : worst),
      EXIT_CODE.passed,
    ),
  };
}

/** What releases and documents call a model with weights beside it; absent where they are missing or there are none. */
async function digestOfWhole(
  digest: string,
  externalFiles: readonly ExternalFile[],
  { file }: InspectRequest,
  { files, sha256 }: InspectPorts,
): Promise<Pick<ModelInspection, 'modelDigest'>> {
  if (externalFiles.length === 0 || externalFiles.some(({ state }) => state !== 'present')) return {};
  const names = externalFiles.map(({ location }) => location);
  const { digest: modelDigest } = await identifyListed(file, names, { files, sha256 });
  return modelDigest === digest ? {} : { modelDigest };
}

/** A model whose inputs are no tensors cannot be scored, but looked at. */
function describe(model: OnnxModel, name: string): ModelDescription | InputError {
  try {
    return describeModel(model, name);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function explain(description: ModelDescription | InputError, task: Task, name: string): OutputReading {
  if (description instanceof InputError) return { task, refusal: description.message };
  return explainOutputs(description, task, name);
}

async function readGiven(file: string, { files, models }: InspectPorts) {
  if (!(await files.exists(file))) {
    throw new InputError(`${file} does not exist; name a model file (.onnx)`, { location: { file } });
  }
  return await models.read({ path: resolve(file), name: file });
}

async function compareWith(
  file: string | undefined,
  contract: ModelContract,
  ports: InspectPorts,
): Promise<ModelDifference | undefined> {
  if (file === undefined) return undefined;
  const before = await readGiven(file, ports);
  const { sha256: digest } = await ports.files.digest(file);
  return { file, digest, changes: diffContracts(before.contract, contract) };
}

type Failure = { readonly problem: string; readonly exitCode: ExitCode };

type Attempt<Value> = { readonly value: Value; readonly failure: Failure | undefined };

async function attemptLoading(file: string, ports: InspectPorts): Promise<Attempt<LoadingOutcome>> {
  let scorer: Scorer;
  try {
    scorer = await ports.scorer();
  } catch (error) {
    if (!isOurs(error)) throw error;
    return { value: { outcome: 'not-tried', reason: error.message }, failure: undefined };
  }
  try {
    const { runtime, refusal } = await scorer.tryLoad({ path: resolve(file), name: file });
    if (refusal === undefined) return { value: { outcome: 'loaded', runtime }, failure: undefined };
    const failure = { problem: `${file} cannot be loaded: ${refusal}`, exitCode: EXIT_CODE.inputError };
    return { value: { outcome: 'refused', runtime, reason: refusal }, failure };
  } catch (error) {
    if (!isOurs(error)) throw error;
    const failure = { problem: error.message, exitCode: exitCodeOf(error) };
    return { value: { outcome: 'failed', reason: error.message }, failure };
  }
}

async function attemptBinding(
  description: ModelDescription | InputError,
  data: InspectedData,
  { file }: InspectRequest,
  ports: InspectPorts,
): Promise<Attempt<DataBinding>> {
  try {
    if (description instanceof InputError) throw description;
    const value = await bindToData({ description, data, name: file, ports });
    const failure =
      'refusal' in value ? { problem: value.refusal, exitCode: EXIT_CODE.inputError } : undefined;
    return { value, failure };
  } catch (error) {
    // The data cannot be read: that takes nothing away from what is known of the model.
    if (!isOurs(error)) throw error;
    const files = data.configuration.data.holdout?.paths ?? [];
    const failure = { problem: error.message, exitCode: exitCodeOf(error) };
    return { value: { files, columns: [], refusal: error.message }, failure };
  }
}

function isOurs(error: unknown): error is InputError | OutsideError {
  return error instanceof InputError || error instanceof OutsideError;
}
