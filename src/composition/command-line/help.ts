import { FLAG_KEYS } from '../../core/configuration/flags.ts';
import { TOOL } from '../tool.ts';
import { commonOptions, keyFlags, STAGE_COMMANDS, type StageCommand } from './stages.ts';

/** What `contender --help` prints. */
export function renderHelp(): string {
  const width = Math.max(...STAGE_COMMANDS.map((stage) => stage.name.length));
  return [
    `contender ${TOOL.version}: continuous delivery of a machine-learning model`,
    '',
    'Usage: contender <stage> [options]',
    '',
    'Stages',
    ...STAGE_COMMANDS.map((stage) => `  ${stage.name.padEnd(width)}  ${stage.summary}`),
    '',
    '`contender <stage> --help` lists the options of a stage. Exit codes: 0 passed, 1 the verdict failed,',
    '2 the input is wrong, 3 something outside failed, 70 a bug of ours.',
    '',
  ].join('\n');
}

/** What `contender <stage> --help` prints. */
export function renderStageHelp(stage: StageCommand): string {
  const data: Record<string, string> = stage.data ? { data: `stands for data.${stage.data}` } : {};
  const own = {
    ...stage.options,
    ...data,
    ...commonOptions(stage),
    json: `print the ${stage.common ? 'result as JSON' : 'evidence document'} and nothing else`,
  };
  const keys = keyFlags(stage).map((name) => [name, FLAG_KEYS[name]?.path.join('.') ?? ''] as const);
  return [
    `contender ${stage.name}: ${stage.summary}`,
    '',
    ...(stage.positional ? [`Usage: contender ${stage.name} ${stage.positional} [options]`, ''] : []),
    'Options',
    ...renderOptions(Object.entries(own)),
    '',
    'Options that stand for a key of contender.yml, and win over it',
    ...renderOptions(keys),
    '',
  ].join('\n');
}

function renderOptions(options: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...options.map(([name]) => name.length)) + 2;
  return options.map(([name, meaning]) => `  ${`--${name}`.padEnd(width)}  ${meaning}`);
}
