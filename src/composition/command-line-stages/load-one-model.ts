import { InputError } from '../../core/errors.ts';
import { loadModels, type ModelSetup } from '../../stages/load-models.ts';
import type { Invocation } from '../invocation.ts';

/**
 * The one model that a command about data is for; without a config, the options stand for one.
 * @throws InputError when the config names several.
 */
export async function loadOneModel(
  command: string,
  { inputs, flags, workingDirectory, world }: Invocation,
): Promise<ModelSetup> {
  const setups = await loadModels(
    { inputs, flags, workingDirectory, defaultTask: 'binary-classification', standIns: ['data'] },
    world,
  );
  if (setups.length === 1) return setups[0]!;
  const files = setups.map(({ configFile }) => configFile).join(', ');
  throw new InputError(`${command} works for one model, but --config names ${files}; name one of them`);
}
