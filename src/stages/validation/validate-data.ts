import { resolve } from 'node:path';
import type { DocumentHeader } from '../../core/documents/common.ts';
import type { CompletedValidation, Finding } from '../../core/documents/validation.ts';
import { EXIT_CODE } from '../../core/errors.ts';
import { runStage, type StageResult, type StageWorld } from '../stage.ts';
import { announceFindings } from './announce-findings.ts';
import { checkAllData } from './check-all-data.ts';
import { concealWritten } from './hidden-columns.ts';
import { locateDeclarations } from './locate-declarations.ts';
import { findContract } from './read-contract.ts';
import type { ValidatePorts, ValidateRequest } from './validate-request.ts';

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
  const { datasets: checked, findings, ...seen } = await checkAllData({ request, ports, contract });
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
    datasets: checked.map((data) => concealWritten(data.profile, seen.personal)),
    findings,
    ...(contract ? { contract: { path: contract.file, rules: seen.ruleCount } } : {}),
  };
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
