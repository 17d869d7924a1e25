import { readFile } from 'node:fs/promises';
import type { Environment } from '../options.ts';

/** Keys and values of an `.npmrc` file; of repeated keys the last counts. */
export type NpmSettings = ReadonlyMap<string, string>;

/**
 * Reads an `.npmrc` file; an absent one is empty. Lines that name a variable (`${NAME}`) are filled from the
 * environment, and dropped when `environment` is undefined or the variable is not set.
 */
export async function readNpmSettings(
  path: string,
  environment: Environment | undefined,
): Promise<NpmSettings> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return new Map();
  }
  return parseNpmSettings(text, environment);
}

/** As `readNpmSettings`, from the text of a file. */
export function parseNpmSettings(text: string, environment: Environment | undefined): NpmSettings {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (match === null) continue;
    const [, key = '', quoted = ''] = match;
    const value = expand(quoted.replace(/^(["'])(.*)\1$/, '$2'), environment);
    if (value !== undefined) settings.set(key, value);
  }
  return settings;
}

function expand(value: string, environment: Environment | undefined): string | undefined {
  if (!value.includes('${')) return value;
  if (environment === undefined) return undefined;
  let known = true;
  const expanded = value.replace(/\$\{([^${}?]+)(\?)?\}/g, (_whole, name: string, optional?: string) => {
    const found = environment[name];
    if (found === undefined && optional === undefined) known = false;
    return found ?? '';
  });
  return known ? expanded : undefined;
}
