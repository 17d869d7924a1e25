import { dirname, join, relative, resolve } from 'node:path';
import type { Contract } from '../../core/contract/contract.ts';
import { parseContract } from '../../core/contract/parse-contract.ts';
import { InputError } from '../../core/errors.ts';
import type { Files } from '../../ports/files.ts';
import type { Exam } from '../exam.ts';

export type ContractRequest = {
  readonly files: Files;
  readonly exam: Exam;
  readonly configFile: string | undefined;
  /** Path from the working directory, given instead of what the config names. */
  readonly given: string | undefined;
  readonly workingDirectory: string;
};

/** A contract that was found, ready to be read for each data set. */
export type FoundContract = {
  /** As annotations name it: from the working directory. */
  readonly file: string;
  readonly text: string;
};

/** The contract in force: the one given, else the one of the exam; undefined when there is none. */
export async function findContract(request: ContractRequest): Promise<FoundContract | undefined> {
  const { files, exam, configFile, given, workingDirectory } = request;
  if (given !== undefined) {
    const text = await files.readText(resolve(workingDirectory, given));
    if (text === undefined) throw missing(given, `it was looked for in ${workingDirectory}`);
    return { file: given, text };
  }
  const { contract } = exam.configuration;
  if (contract === undefined) return undefined;
  const place = resolve(exam.contractDirectory, contract);
  const text = await files.readText(place);
  const shown =
    configFile === undefined ? relative(workingDirectory, place) : join(dirname(configFile), contract);
  if (text === undefined) {
    const where = exam.contractDirectory === exam.headDirectory ? exam.headDirectory : 'the base branch';
    throw missing(contract, `the config names it and ${where} does not have it`);
  }
  return { file: shown, text };
}

/** The rules for one data set. @throws InputError with file and line where they cannot be read. */
export function readContract(
  found: FoundContract,
  names: { readonly dataset: string; readonly model: string },
): Contract {
  return parseContract(found.text, found.file, [names.dataset, names.model]);
}

function missing(contract: string, why: string): InputError {
  return new InputError(
    `the data contract ${contract} does not exist: ${why}; correct the path or add the file`,
    {
      location: { file: contract },
    },
  );
}
