import type { Finding } from '../documents/validation.ts';
import type { Contract } from './contract.ts';

/** One finding for each part of a contract that was read and that nothing checks, so that none is passed over. */
export function uncheckedFindings(contract: Contract, dataset: string): Finding[] {
  return contract.notChecked.map(({ words, line, column }) => ({
    check: 'not-checked',
    severity: 'info',
    dataset,
    ...(column === undefined ? {} : { column }),
    message: `not checked: ${words}`,
    examples: [],
    location: { file: contract.file, line },
  }));
}
