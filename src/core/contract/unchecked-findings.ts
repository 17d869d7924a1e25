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

/** What keeps the contract from being one by the standard's own schema, with the lines that mend it. */
export function standardFindings(contract: Contract, dataset: string): Finding[] {
  const { lacking, file, text } = contract;
  if (lacking === undefined) return [];
  const { words, name, line } = lacking;
  const listed = words.map((word) => `\`${word}\``).join(', ');
  const before = text.split(/(?<=\n)/)[line - 1] ?? '';
  const values: Record<string, string> = {
    version: '1.0.0',
    id: JSON.stringify(name),
    status: 'draft',
  };
  const added = words.map((word) => `${word}: ${values[word]}\n`).join('');
  // In braces, or within a document that begins deeper, lines cannot simply be added.
  const canAdd = /^apiVersion:.*\n$/.test(before);
  return [
    {
      check: 'contract-incomplete',
      severity: 'info',
      dataset,
      message: `the contract has no ${listed}, which the Open Data Contract Standard requires: other tools may refuse it; add ${words.length === 1 ? 'it' : 'them'} beside \`apiVersion\``,
      examples: [],
      location: { file, line },
      ...(canAdd ? { edit: { file, line, path: words[0]!, before, after: `${before}${added}` } } : {}),
    },
  ];
}
