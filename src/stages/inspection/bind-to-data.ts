import type { Configuration } from '../../core/configuration/configuration.ts';
import { InputError } from '../../core/errors.ts';
import type { DataBinding } from '../../core/inspection/inspection.ts';
import { describeBinding } from '../../core/scoring/describe-binding.ts';
import type { ModelDescription } from '../../core/scoring/describe-model.ts';
import { planInputs } from '../../core/scoring/plan-scoring.ts';
import type { DataEngine, DataSet } from '../../ports/data-engine.ts';
import type { Files } from '../../ports/files.ts';
import { chooseModelColumns } from '../data/feature-columns.ts';
import { openRole, readFeatures } from '../data/open-data.ts';

/** Data that a model would be fed from: what the configuration calls the holdout. */
export type InspectedData = {
  readonly configuration: Configuration;
  /** Directory that paths of the configuration start from. */
  readonly directory: string;
};

export type BindRequest = {
  readonly description: ModelDescription;
  readonly data: InspectedData;
  /** How messages call the model. */
  readonly name: string;
  readonly ports: { readonly files: Files; readonly engine: () => Promise<DataEngine> };
};

/**
 * How the columns of the data reach the inputs of a model, as a comparison would feed them; no row is read.
 * @throws InputError when the data cannot be opened; OutsideError when nothing is there to open it with.
 */
export async function bindToData({ description, data, name, ports }: BindRequest): Promise<DataBinding> {
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
    return { ...seen, ...bindColumns(description, { opened, configuration, name }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...seen, refusal: error.message };
  }
}

function bindColumns(
  description: ModelDescription,
  given: { readonly opened: DataSet; readonly configuration: Configuration; readonly name: string },
): Pick<Extract<DataBinding, { by: unknown }>, 'by' | 'notes' | 'inputs'> {
  const { configuration, opened, name } = given;
  const { target } = configuration.data;
  const wanted = description.signature.inputs.map((input) => input.name);
  const binding = planInputs(description, {
    columns: chooseModelColumns(configuration, opened.columns, wanted),
    model: name,
    ...(target === undefined ? {} : { target }),
  });
  return {
    ...describeBinding({ binding, zipMaps: [] }),
    inputs: binding.inputs.map(({ input, type, columns }) => {
      return { input, type, columns: columns.map((column) => column.name) };
    }),
  };
}
