import { InputError } from '../core/errors.ts';

/**
 * Whether the code host refused because the token may not: an InputError whose message names the line to add
 * to the workflow. Told by its shape, since stages do not know adapters.
 */
export function isMissingPermission(error: unknown): error is InputError {
  return error instanceof InputError && 'missingPermission' in error;
}

/** Whether a setting of the repository forbids its actions to open pull requests, whatever their permissions. */
export function isPullRequestForbidden(error: unknown): error is InputError {
  return isMissingPermission(error) && 'reason' in error && error.reason === 'setting';
}
