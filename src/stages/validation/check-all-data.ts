import { nearestName } from '../../core/configuration/nearest-name.ts';
import { checkDatasets } from '../../core/contract/dataset-findings.ts';
import { standardFindings, uncheckedFindings } from '../../core/contract/unchecked-findings.ts';
import { applySettings, type CheckSetting } from '../../core/data-checks/checks.ts';
import { columnRoles } from '../../core/data-checks/roles.ts';
import type { Finding } from '../../core/documents/validation.ts';
import { describeReading } from '../data/describe-reading.ts';
import { type CheckedData, checkDataSet } from './check-data-set.ts';
import { type DeclaredData, declareData, openDeclared } from './checked-data.ts';
import { findHistory } from './data-history.ts';
import { alsoHiding, chooseDiscretion, declaredColumns, lackingColumns } from './hidden-columns.ts';
import { createOtherDataSets, type DataHistory } from './other-data.ts';
import { type findContract, readContract } from './read-contract.ts';
import type { ValidatePorts, ValidateRequest } from './validate-request.ts';

export type CheckAll = {
  readonly request: ValidateRequest;
  readonly ports: ValidatePorts;
  readonly contract: Awaited<ReturnType<typeof findContract>>;
};

/** What all data sets gave together. */
export type CheckedAll = {
  readonly datasets: readonly CheckedData[];
  readonly findings: Finding[];
  /** Columns found to hold personal data that nobody declared, in any of the data sets. */
  readonly personal: ReadonlySet<string>;
  readonly ruleCount: number;
};

/** Checks each data set by itself, then all of them beside each other. */
export async function checkAllData(work: CheckAll): Promise<CheckedAll> {
  const { request, ports, contract } = work;
  const { exam, workingDirectory } = request;
  const { configuration } = exam;
  const { files, context } = ports.world;
  const declared = await declareData({ exam, workingDirectory, paths: request.data, files });
  const history = contract && (await findHistory(request, { repository: ports.repository, context }));
  const datasets: CheckedData[] = [];
  const findings: Finding[] = [];
  const settings = new Map<string, readonly CheckSetting[]>();
  const personal = new Set<string>();
  let ruleCount = 0;
  for (const data of declared) {
    const rules = contract && readContract(contract, { dataset: data.name, model: configuration.model });
    if (rules) {
      if (datasets.length === 0) {
        findings.push(...standardFindings(rules, data.name), ...uncheckedFindings(rules, data.name));
      }
      settings.set(data.name, rules.checks ?? []);
      ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
    }
    const before = { checked: datasets, personal };
    const one = await checkOne(data, { ...work, ...before, contract: rules, declared, history });
    datasets.push(one);
    for (const name of one.personal) personal.add(name);
  }
  const facts = datasets.map((data) => data.facts);
  const found = [
    ...checkDatasets(facts, configuration.data.target),
    ...lackingDeclared(datasets, declaredColumns(configuration.data)),
    ...datasets.flatMap((data) => data.checks),
  ];
  findings.push(...datasets.flatMap((data) => data.findings), ...applySettings(found, settings));
  return { datasets, findings, personal, ruleCount };
}

/** Columns that the config says are not to be shown, and that are in none of the data: a typing error shows them. */
function lackingDeclared(datasets: readonly CheckedData[], declared: readonly string[]): Finding[] {
  const columns = datasets.flatMap(({ facts }) => facts.columns.map(({ name }) => name));
  return lackingColumns(declared, columns).map((name) => {
    const near = nearestName(name, columns);
    return {
      check: 'declared-column',
      severity: 'warning',
      dataset: datasets[0]!.name,
      column: name,
      message: `the config names ${name} in data.id, data.group, data.exclude or data.sensitive, and no data set has it${near === undefined ? '' : `; did you mean ${near}?`}`,
      examples: [],
    };
  });
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
  await using others = createOtherDataSets({
    engine,
    files: world.files,
    own,
    declared,
    directory,
    history,
  });
  world.log.info(describeReading(data));
  const discretion = chooseDiscretion(
    names,
    request.dataTracked,
    data.columns.map(({ name }) => name),
  );
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
