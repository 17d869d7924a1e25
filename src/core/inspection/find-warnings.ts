import type { ExternalFile } from '../onnx/external-files.ts';
import type { OnnxModel } from '../onnx/model.ts';
import { type ContractValue, describeShape, type ModelContract } from '../onnx/model-contract.ts';
import { listNames, nameText } from '../onnx/name-text.ts';
import { eachNode } from '../onnx/walk-model.ts';
import { isZipMapOutput } from './explain-outputs.ts';
import type { ModelWarning } from './inspection.ts';
import { findNonFiniteWeights } from './non-finite-weights.ts';
import { KNOWN_STRANGERS, PASSABLE_TYPES, RUNTIME } from './runtime-limits.ts';

export type WarningRequest = {
  readonly model: OnnxModel;
  readonly contract: ModelContract;
  readonly externalFiles: readonly ExternalFile[];
};

/** What is worth knowing before a model is used: what will not run, what will be rewritten, what looks wrong. */
export function findWarnings({ model, contract, externalFiles }: WarningRequest): readonly ModelWarning[] {
  const groups: Readonly<Record<ModelWarning['kind'], readonly string[]>> = {
    'ir-version': warnOfIrVersion(contract),
    'operator-set': warnOfOperatorSets(contract),
    operators: warnOfOperators(contract),
    'element-type': warnOfElementTypes(contract),
    locale: warnOfLocale(contract),
    'zip-map': warnOfZipMap(model),
    'fixed-batch': warnOfFixedBatch(contract),
    'external-data': warnOfExternalFiles(contract, externalFiles),
    weights: warnOfWeights(model),
  };
  return Object.entries(groups).flatMap(([kind, messages]) =>
    messages.map((message): ModelWarning => ({ kind: kind as ModelWarning['kind'], message })),
  );
}

function warnOfIrVersion({ irVersion }: ModelContract): string[] {
  if (irVersion <= RUNTIME.irVersion) return [];
  return [
    `IR version ${irVersion}: ONNX Runtime ${RUNTIME.version} reads ${RUNTIME.irVersion} at most; export the model with an older onnx package`,
  ];
}

function warnOfOperatorSets({ operatorSets }: ModelContract): string[] {
  return operatorSets.flatMap(({ domain, version }) => {
    const most = Object.hasOwn(RUNTIME.operatorSets, domain) ? RUNTIME.operatorSets[domain]! : Infinity;
    if (version <= most) return [];
    return [
      `operator set ${domain} ${version}: ONNX Runtime ${RUNTIME.version} has ${most} at most; export the model with target_opset ${most} or lower`,
    ];
  });
}

/** Operators of domains that the release build does not have, and the model does not define by itself. */
function warnOfOperators({ operators }: ModelContract): string[] {
  const strangers = new Map<string, string[]>();
  for (const { domain, name, own } of operators) {
    if (own || Object.hasOwn(RUNTIME.operatorSets, domain)) continue;
    strangers.set(domain, [...(strangers.get(domain) ?? []), name]);
  }
  return [...strangers].map(([domain, names]) => {
    const origin = Object.hasOwn(KNOWN_STRANGERS, domain)
      ? KNOWN_STRANGERS[domain]
      : 'export the model without custom operators';
    return `operators of ${nameText(domain)} (${listNames(names)}): no release build of ONNX Runtime has them; ${origin}`;
  });
}

function warnOfElementTypes({ inputs, outputs }: ModelContract): string[] {
  const isPassable = ({ type }: ContractValue) => PASSABLE_TYPES.includes(type);
  const describe = (side: string, verb: string) => (value: ContractValue) =>
    `${side} ${nameText(value.name)} has ${value.type}, which ONNX Runtime for Node cannot ${verb}; export it as a tensor of float`;
  return [
    ...inputs.filter((value) => !isPassable(value)).map(describe('input', 'take')),
    ...outputs
      .filter((value) => !isPassable(value) && !isZipMapOutput(value))
      .map(describe('output', 'return')),
  ];
}

function warnOfLocale({ operators }: ModelContract): string[] {
  const normalizes = operators.some(
    ({ name, domain }) => name === 'StringNormalizer' && domain === 'ai.onnx',
  );
  if (!normalizes) return [];
  return [
    'StringNormalizer needs the locale it names (en_US.UTF-8 by default) on each machine that loads the model; where it is not installed the model does not load',
  ];
}

function warnOfZipMap(model: OnnxModel): string[] {
  const outputs = new Set(model.graph.outputs.map(({ name }) => name));
  return [...eachNode(model)].flatMap((node) => {
    if (node.opType !== 'ZipMap') return [];
    const [output = ''] = node.outputs.filter((name) => outputs.has(name));
    return [
      `output ${nameText(output)} comes from ZipMap, which ONNX Runtime for Node cannot return: a private copy of the model without that node is scored, and these bytes stay as they are (zipmap=False in the export does without)`,
    ];
  });
}

function warnOfFixedBatch({ inputs }: ModelContract): string[] {
  const byRows = new Map<number, ContractValue[]>();
  for (const input of inputs) {
    const rows = input.shape?.[0];
    if (!input.required || typeof rows !== 'number') continue;
    byRows.set(rows, [...(byRows.get(rows) ?? []), input]);
  }
  return [...byRows].map(([rows, fixed]) => {
    const names = listNames(fixed.map(({ name }) => name));
    const [inputsTake, size] = [
      fixed.length === 1 ? `input ${names} takes` : `inputs ${names} take`,
      rows === 1 ? '1 row' : `${rows} rows`,
    ];
    return `fixed batch: ${inputsTake} ${size} at a time (${describeShape(fixed[0]!.shape)}), which is slow to score; export the model with a dynamic first size`;
  });
}

function warnOfExternalFiles({ externalData }: ModelContract, files: readonly ExternalFile[]): string[] {
  return files.flatMap(({ location, state, bytes = 0 }) => {
    const name = nameText(location);
    if (state === 'missing')
      return [`weights in ${name}: the file is missing; it belongs into the folder of the model`];
    if (state === 'outside')
      return [`weights in ${name}: files outside of the folder of the model are never read`];
    const needed = externalData.find((data) => data.location === location)?.bytesNeeded ?? 0;
    if (bytes >= needed) return [];
    return [`weights in ${name}: the file has ${bytes} bytes, the model needs ${needed}; it is cut off`];
  });
}

function warnOfWeights(model: OnnxModel): string[] {
  const { nan, infinite, places } = findNonFiniteWeights(model);
  if (nan + infinite === 0) return [];
  const counts = [...(nan > 0 ? [`${nan} NaN`] : []), ...(infinite > 0 ? [`${infinite} infinite`] : [])].join(
    ' and ',
  );
  return [`weights that are no finite number: ${counts}, in ${listNames(places)}`];
}
