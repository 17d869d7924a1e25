import type { Configuration } from '../../core/configuration/configuration.ts';
import type { Column, Table } from '../../core/data/table.ts';
import { InputError } from '../../core/errors.ts';
import { signatureOf } from '../../core/inspection/explain-outputs.ts';
import type { BoundInput, DataBinding } from '../../core/inspection/inspection.ts';
import type { ModelContract } from '../../core/onnx/model-contract.ts';
import { bindInputs, type InputBinding } from '../../core/scoring/bind-inputs.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import { chooseModelColumns, type FeatureColumn } from '../data/feature-columns.ts';
import { openRole, readFeatures } from '../data/open-data.ts';

/** Data that a model would be fed from: what the configuration calls the holdout. */
export type InspectedData = {
  readonly configuration: Configuration;
  /** Directory that paths of the configuration start from. */
  readonly directory: string;
};

export type BindRequest = {
  readonly contract: ModelContract;
  readonly data: InspectedData;
  /** How messages call the model. */
  readonly name: string;
  readonly ports: { readonly files: Files; readonly engine: () => Promise<DataEngine> };
};

/**
 * How the columns of the data reach the inputs of a model, as a comparison would feed them; no row is read.
 * @throws InputError when the data cannot be opened; OutsideError when nothing is there to open it with.
 */
export async function bindToData({ contract, data, name, ports }: BindRequest): Promise<DataBinding> {
  const { configuration, directory } = data;
  const features = await readFeatures(ports.files, configuration, directory);
  await using opened = await openRole(await ports.engine(), {
    role: 'holdout',
    configuration,
    directory,
    windows: undefined,
    ...(features ? { features } : {}),
  });
  const seen = { files: opened.files.map(({ path }) => path), columns: opened.columns };
  try {
    return { ...seen, ...bindColumns(contract, { opened, configuration, name }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...seen, refusal: error.message };
  }
}

type Bound = { readonly by: InputBinding['by']; readonly inputs: readonly BoundInput[] };

function bindColumns(
  contract: ModelContract,
  given: { readonly opened: DataSet; readonly configuration: Configuration; readonly name: string },
): Bound {
  const signature = signatureOf(contract);
  const inputs = signature.inputs.map((input) => input.name);
  const columns = chooseModelColumns(given.configuration, given.opened.columns, inputs);
  const names = columns.map((column) => column.name);
  const binding = bindInputs(signature, emptyTable(columns), given.name);
  if (binding.kind === 'matrix') {
    const { by, input, type } = binding;
    return { by, inputs: [{ input, type, columns: names }] };
  }
  return {
    by: binding.by,
    inputs: binding.inputs.map(({ input, column, type }) => ({ input, type, columns: [names[column]!] })),
  };
}

/** Binding asks for names and kinds alone. */
function emptyTable(columns: readonly FeatureColumn[]): Table {
  return {
    rowCount: 0,
    columns: columns.map(
      ({ name, as }): Column =>
        as === 'number'
          ? { kind: 'number', name, values: new Float64Array() }
          : { kind: 'text', name, codes: new Int32Array(), dictionary: [] },
    ),
  };
}
