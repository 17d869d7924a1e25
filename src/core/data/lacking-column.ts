import { nearestName } from '../configuration/nearest-name.ts';
import { InputError } from '../errors.ts';

/** A column that is asked for and not there, with the one that was most likely meant. */
export function lackingColumn(name: string, columns: readonly string[], advice: string): InputError {
  const near = nearestName(name, columns);
  const hint = near === undefined ? '' : `did you mean ${JSON.stringify(near)}? `;
  return new InputError(`the data have no column ${JSON.stringify(name)}; ${hint}${advice}`);
}
