import { join } from 'node:path';
import { measureProcess } from './measured-process.ts';

export const PEERS = ['great-expectations', 'pandera', 'soda'] as const;

const REQUIREMENTS = join(import.meta.dirname, '../scripts/reference/requirements-validation.txt');

/**
 * The Python that has the other tools: `CONTENDER_VALIDATION_PYTHON`, else a new environment in the folder with what
 * the package registry gives.
 */
export async function installPeers(folder: string): Promise<string | { readonly missing: string }> {
  const given = process.env.CONTENDER_VALIDATION_PYTHON;
  if (given !== undefined) return given;
  const environment = join(folder, 'python');
  const python = join(environment, 'bin/python');
  try {
    await measureProcess('python3', ['-m', 'venv', environment]);
    const quiet = ['--quiet', '--no-compile', '--retries', '1', '--disable-pip-version-check'];
    await measureProcess(python, ['-m', 'pip', 'install', ...quiet, '-r', REQUIREMENTS]);
    return python;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { missing: `other tools were not measured: their packages could not be had (${reason})` };
  }
}
