import { resolve } from 'node:path';
import { parseYamlSource } from '../../core/configuration/yaml-source.ts';
import type { SourceLocation } from '../../core/errors.ts';
import type { Files } from '../../ports/files.ts';

/** Finds the line of the config that declares a data set; nothing where flags stand in its place. */
export async function locateDeclarations(
  files: Files,
  configFile: string | undefined,
  workingDirectory: string,
): Promise<(dataset: string) => SourceLocation | undefined> {
  const text = configFile && (await files.readText(resolve(workingDirectory, configFile)));
  if (!configFile || text === undefined) return () => undefined;
  const source = parseYamlSource(text, configFile);
  return (dataset) => source.locate(['data', dataset], 'key');
}
