import { InputError } from '../errors.ts';
import { buildConfiguration } from './build-configuration.ts';
import { checkDocument } from './check-document.ts';
import type { Configuration, Task } from './configuration.ts';
import { type ConfigurationFlags, FLAGS_ONLY_ORIGIN, originWithFlags, overlayFlags } from './flags.ts';
import { errorOfProblems, formatPath, type Origin, type Problem } from './problem.ts';
import { checkRules } from './rules.ts';
import { type ConfigurationDocument, configurationSchema } from './schema.ts';
import { parseYamlSource, type YamlSource } from './yaml-source.ts';

/** Name of a model that has no config. */
export const DEFAULT_MODEL_NAME = 'model';

/**
 * Reads a config. Flags win over the file; a flag for `training` or `holdout` takes the place of
 * `source` and `split`.
 * @param file name for messages only
 * @throws InputError with a line for each problem: `file:line:column: key is value; what to write`.
 */
export function parseConfiguration(
  text: string,
  file: string,
  flags: ConfigurationFlags = {},
): Configuration {
  const source = parseYamlSource(text, file);
  return checkAndBuild(overlayFlags(source.value, flags), originWithFlags(originInFile(source), flags));
}

/**
 * Reads back what `serializeConfiguration` wrote of an exam. Rules between keys are left out: base and
 * head kept them each for itself, and an exam may join `source` of one with `training` of the other.
 * @throws InputError as `parseConfiguration`.
 */
export function parseExamConfiguration(text: string, file: string): Configuration {
  const source = parseYamlSource(text, file);
  const origin = originInFile(source);
  const problems = checkDocument(configurationSchema, source.value, origin);
  if (problems.length > 0) throw errorAt(problems, origin);
  return buildConfiguration(source.value as ConfigurationDocument);
}

/**
 * The configuration of a stage that was started without a config.
 * @param options.defaultTask for stages to which the task makes no difference
 * @throws InputError with a line for each problem, naming flags.
 */
export function configurationFromFlags(
  flags: ConfigurationFlags,
  options: { readonly defaultTask?: Task } = {},
): Configuration {
  const { defaultTask } = options;
  const silent = {
    model: DEFAULT_MODEL_NAME,
    ...(defaultTask === undefined ? {} : { task: defaultTask }),
    data: {},
  };
  return checkAndBuild(overlayFlags(silent, flags), FLAGS_ONLY_ORIGIN);
}

/**
 * The target column, for stages that cannot do without.
 * @param stage name for the message, such as `compare-models`
 */
export function requireTarget(configuration: Configuration, stage: string): string {
  const { target } = configuration.data;
  if (target !== undefined) return target;
  throw new InputError(
    `${stage} needs the column to predict; write data: {target: <column>} in the config, or give --target <column>`,
  );
}

function originInFile(source: YamlSource): Origin {
  return {
    name: (path) => (path.length === 0 ? 'the config' : formatPath(path)),
    locate: source.locate,
  };
}

function checkAndBuild(value: unknown, origin: Origin): Configuration {
  const structural = checkDocument(configurationSchema, value, origin);
  const problems = [...structural, ...checkRules(value, origin, structural)];
  if (problems.length > 0) throw errorAt(problems, origin);
  return locateSqlMetrics(buildConfiguration(value as ConfigurationDocument), origin);
}

/** Whether the SQL of a metric can be computed is found out only where the data are. */
function locateSqlMetrics(configuration: Configuration, origin: Origin): Configuration {
  const { comparison } = configuration;
  const metrics = comparison.metrics.map((metric, index) => {
    if (metric.kind !== 'sql') return metric;
    const location = origin.locate(['comparison', 'metrics', index, 'sql'], 'value');
    return location === undefined ? metric : { ...metric, location };
  });
  return { ...configuration, comparison: { ...comparison, metrics } };
}

function errorAt(problems: readonly Problem[], origin: Origin): InputError {
  return errorOfProblems(
    problems.map(({ path, at, message }) => ({ message, location: origin.locate(path, at) })),
  );
}
