import { resolve } from 'node:path';
import { checkDatasets, sharedIdFinding } from '../../core/contract/dataset-findings.ts';
import { standardFindings, uncheckedFindings } from '../../core/contract/unchecked-findings.ts';
import type { DocumentHeader } from '../../core/documents/common.ts';
import type { CompletedValidation, Finding } from '../../core/documents/validation.ts';
import { EXIT_CODE } from '../../core/errors.ts';
import type { DataEngine } from '../../ports/data-engine.ts';
import type { Repository } from '../../ports/repository.ts';
import { describeReading } from '../data/describe-reading.ts';
import type { Exam } from '../exam.ts';
import type { ModelSetup } from '../load-models.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { announceFindings } from './announce-findings.ts';
import { type CheckedData, checkDataSet } from './check-data-set.ts';
import { type DeclaredData, declareData, openDeclared } from './checked-data.ts';
import { findHistory } from './data-history.ts';
import { chooseDiscretion } from './hidden-columns.ts';
import { locateDeclarations } from './locate-declarations.ts';
import { createOtherDataSets, type DataHistory } from './other-data.ts';
import { findContract, readContract } from './read-contract.ts';

export const VALIDATION_FAIL_ON = ['error', 'warning', 'never'] as const;

export type ValidateRequest = {
  readonly setup: ModelSetup;
  readonly exam: Exam;
  readonly workingDirectory: string;
  /** Data sets given instead of what the config declares: paths or globs from the working directory. */
  readonly data: readonly string[];
  /** A contract given instead of what the config names, from the working directory. */
  readonly contract: string | undefined;
  readonly failOn: (typeof VALIDATION_FAIL_ON)[number];
  /** Whether the data are tracked in this repository; else none of their values is printed. */
  readonly dataTracked: boolean;
};

export type ValidatePorts = {
  readonly world: StageWorld;
  readonly engine: DataEngine;
  /** Where rules find the previous version of the data; absent outside of Git. */
  readonly repository?: Repository | undefined;
};

/** Checks data sets against the contract and against each other. */
export function runValidateData(
  request: ValidateRequest,
  ports: ValidatePorts,
): Promise<StageResult<'validation'>> {
  const { setup, failOn } = request;
  const target = { model: setup.configuration.model, evidenceDirectory: setup.evidenceDirectory };
  return runStage('validation', { world: ports.world, target }, async (header) => {
    const document = await validate(request, ports, header);
    const { verdict, findings, fingerprint } = document;
    const failed = (verdict === 'fail' && failOn !== 'never') || (verdict === 'warn' && failOn === 'warning');
    return {
      document,
      exitCode: failed ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
      outputs: { verdict, findings: String(findings.length), fingerprint },
    };
  });
}

async function validate(
  request: ValidateRequest,
  ports: ValidatePorts,
  header: DocumentHeader,
): Promise<CompletedValidation> {
  const { world } = ports;
  const { setup, exam, workingDirectory } = request;
  const { configuration } = exam;
  const { files } = world;
  const contract = await findContract({
    files,
    exam,
    configFile: setup.configFile,
    given: request.contract,
    workingDirectory,
  });
  const declared = await declareData({ exam, workingDirectory, paths: request.data, files });
  const checked: CheckedData[] = [];
  const findings: Finding[] = [];
  let ruleCount = 0;
  const history =
    contract && (await findHistory(request, { repository: ports.repository, context: world.context }));
  for (const data of declared) {
    const rules = contract && readContract(contract, { dataset: data.name, model: configuration.model });
    if (rules) {
      if (checked.length === 0) {
        findings.push(...standardFindings(rules, data.name), ...uncheckedFindings(rules, data.name));
      }
      ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
    }
    checked.push(await checkOne(data, { request, ports, contract: rules, declared, history }));
  }
  findings.push(...checked.flatMap((data) => data.findings));
  findings.push(
    ...checkDatasets(
      checked.map((data) => data.facts),
      configuration.data.target,
    ),
    ...sharedIds(checked, configuration.data.id),
  );
  const verdict = verdictOf(findings);
  await announce(findings, request, world);
  world.log.info(`data sets: ${checked.length}, findings: ${findings.length}, verdict: ${verdict}`);
  return {
    kind: 'validation',
    schemaVersion: 1,
    model: configuration.model,
    task: configuration.task,
    ...header,
    inputs: [
      ...checked.flatMap((data) => data.inputs),
      ...(contract ? [{ role: 'contract', path: contract.file, sha256: world.sha256(contract.text) }] : []),
    ],
    measured: {},
    verdict,
    fingerprint: world.sha256(JSON.stringify(checked.map(({ name, digest }) => [name, digest]))),
    datasets: checked.map((data) => data.profile),
    findings,
    ...(contract ? { contract: { path: contract.file, rules: ruleCount } } : {}),
  };
}

type CheckOne = {
  readonly request: ValidateRequest;
  readonly ports: ValidatePorts;
  readonly contract: ReturnType<typeof readContract> | undefined;
  readonly declared: readonly DeclaredData[];
  readonly history: DataHistory | undefined;
};

async function checkOne(
  own: DeclaredData,
  { request, ports, contract, declared, history }: CheckOne,
): Promise<CheckedData> {
  const { data: names } = request.exam.configuration;
  const { engine, world } = ports;
  await using data = await openDeclared(engine, own);
  const directory = request.exam.headDirectory;
  await using others = createOtherDataSets({
    engine,
    files: world.files,
    own,
    declared,
    directory,
    history,
  });
  world.log.info(describeReading(data));
  return await checkDataSet({
    data,
    contract,
    others,
    now: world.now(),
    target: names.target,
    discretion: chooseDiscretion(names, request.dataTracked),
    labelsExpected: own.labelsExpected,
    idName: names.id,
  });
}

/** Ids that training and holdout share; further data sets may well hold the same rows. */
function sharedIds(checked: readonly CheckedData[], idName: string | undefined): Finding[] {
  const training = checked.find((data) => data.name === 'training');
  const holdout = checked.find((data) => data.name === 'holdout');
  if (idName === undefined || !training?.ids || !holdout?.ids) return [];
  const known = training.ids;
  let shared = 0;
  for (const id of holdout.ids) if (known.has(id)) shared++;
  const counts = { shared, checked: holdout.facts.rowCount };
  const finding = sharedIdFinding([training.name, holdout.name], idName, counts);
  return finding ? [finding] : [];
}

function verdictOf(findings: readonly Finding[]): CompletedValidation['verdict'] {
  if (findings.some((finding) => finding.severity === 'error')) return 'fail';
  return findings.some((finding) => finding.severity === 'warning') ? 'warn' : 'pass';
}

async function announce(
  findings: readonly Finding[],
  request: ValidateRequest,
  world: StageWorld,
): Promise<void> {
  const { workingDirectory, setup } = request;
  const given = request.data.length > 0;
  announceFindings(findings, world.log, {
    dataDirectory: given ? workingDirectory : resolve(setup.baseDirectory),
    workingDirectory,
    tracked: request.dataTracked,
    declaration: given
      ? () => undefined
      : await locateDeclarations(world.files, setup.configFile, workingDirectory),
  });
}
