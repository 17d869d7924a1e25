import { resolve } from 'node:path';
import { checkDatasets } from '../../core/contract/dataset-findings.ts';
import { uncheckedFindings } from '../../core/contract/unchecked-findings.ts';
import { applySettings, type CheckSetting } from '../../core/data-checks/checks.ts';
import { columnRoles } from '../../core/data-checks/roles.ts';
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
import { alsoHiding, chooseDiscretion, concealWritten } from './hidden-columns.ts';
import { createOtherDataSets, type DataHistory } from './other-data.ts';
import type { HashValue } from './personal-columns.ts';
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
  /** Keyed hash by which examples of personal values can be told apart; without one nothing of them is shown. */
  readonly hash?: HashValue;
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
  const settings = new Map<string, readonly CheckSetting[]>();
  const personal = new Set<string>();
  let ruleCount = 0;
  const history =
    contract && (await findHistory(request, { repository: ports.repository, context: world.context }));
  for (const data of declared) {
    const rules = contract && readContract(contract, { dataset: data.name, model: configuration.model });
    if (rules) {
      if (checked.length === 0) findings.push(...uncheckedFindings(rules, data.name));
      settings.set(data.name, rules.checks ?? []);
      ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
    }
    const one = await checkOne(data, {
      request,
      ports,
      contract: rules,
      declared,
      history,
      checked,
      personal,
    });
    checked.push(one);
    for (const name of one.personal) personal.add(name);
  }
  const facts = checked.map((data) => data.facts);
  findings.push(...checked.flatMap((data) => data.findings));
  const found = [
    ...checkDatasets(facts, configuration.data.target),
    ...checked.flatMap((data) => data.checks),
  ];
  findings.push(...applySettings(found, settings));
  const verdict = verdictOf(findings);
  announce(findings, request, world);
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
    datasets: checked.map((data) => concealWritten(data.profile, personal)),
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
  /** The data sets before this one. */
  readonly checked: readonly CheckedData[];
  /** Columns that data sets before this one were found to hold personal data in. */
  readonly personal: ReadonlySet<string>;
};

async function checkOne(
  own: DeclaredData,
  { request, ports, contract, declared, history, checked, personal }: CheckOne,
): Promise<CheckedData> {
  const { data: names, task } = request.exam.configuration;
  const { engine, world } = ports;
  await using data = await openDeclared(engine, own);
  const directory = request.exam.headDirectory;
  await using others = createOtherDataSets({ engine, files: world.files, own, declared, directory, history });
  world.log.info(describeReading(data));
  const discretion = chooseDiscretion(names, request.dataTracked);
  return await checkDataSet({
    data,
    contract,
    others,
    now: world.now(),
    target: names.target,
    roles: columnRoles(names),
    task,
    first: checked[0]?.known,
    discretion: alsoHiding(discretion, personal),
    declared: discretion.personal,
    hash: ports.hash,
    labelsExpected: own.labelsExpected,
  });
}

function verdictOf(findings: readonly Finding[]): CompletedValidation['verdict'] {
  if (findings.some((finding) => finding.severity === 'error')) return 'fail';
  return findings.some((finding) => finding.severity === 'warning') ? 'warn' : 'pass';
}

function announce(findings: readonly Finding[], request: ValidateRequest, world: StageWorld): void {
  const { workingDirectory, setup } = request;
  const given = request.data.length > 0;
  announceFindings(findings, world.log, {
    dataDirectory: given ? workingDirectory : resolve(setup.baseDirectory),
    workingDirectory,
    tracked: request.dataTracked,
  });
}
