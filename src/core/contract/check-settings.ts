import { isMap, isScalar, type YAMLMap } from 'yaml';
import { type CheckSetting, DATA_CHECKS } from '../data-checks/checks.ts';
import { type ContractPlace, refuse } from './contract-place.ts';
import { chooseWord, SEVERITIES } from './own-words.ts';
import { requireKnownWords } from './standard-words.ts';

const LEVELS = ['off', ...SEVERITIES] as const;

/**
 * What the custom property `contender` of an object or a column says of the checks that run without a contract:
 * `checks: {duplicate-rows: off}`.
 * @throws InputError with the line of a check that does not exist or a word that is no severity.
 */
export function readCheckSettings(
  map: YAMLMap,
  request: { readonly place: ContractPlace; readonly column?: string },
): readonly CheckSetting[] {
  const { place, column } = request;
  const checks = map.get('checks', true);
  if (checks === undefined) return [];
  if (!isMap(checks)) {
    throw refuse(place, checks, 'checks is a mapping of checks and what they are: {duplicate-rows: off}');
  }
  requireKnownWords(checks, { part: '`checks`', words: DATA_CHECKS }, place);
  return checks.items.map(({ key }): CheckSetting => {
    const check = DATA_CHECKS.find((candidate) => isScalar(key) && candidate === key.value)!;
    const severity = chooseWord(checks, { word: check, allowed: LEVELS, place });
    if (severity === undefined)
      throw refuse(place, key, `${check} says nothing; allowed: ${LEVELS.join(', ')}`);
    return { check, severity, ...(column === undefined ? {} : { column }) };
  });
}
