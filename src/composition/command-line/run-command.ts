import { loadRunContext } from '../../adapters/runner/run-context.ts';
import { createTerminalLog } from '../../adapters/terminal/terminal-log.ts';
import { EXIT_CODE, type ExitCode, exitCodeOf, InputError, messageOf } from '../../core/errors.ts';
import { createInputs } from '../../stages/inputs.ts';
import { createHostPorts } from '../host-ports.ts';
import type { Invocation } from '../invocation.ts';
import { type Outcome, worstExitCode } from '../outcome.ts';
import { TOOL } from '../tool.ts';
import { createWorld } from '../world.ts';
import { renderHelp, renderStageHelp } from './help.ts';
import { jsonText } from './json-text.ts';
import { type CommandLine, parseArguments } from './parse-arguments.ts';

export type Drive = (command: CommandLine, invocation: Invocation) => Promise<readonly Outcome[]>;

/** Runs the command line to its exit code; standard output is for results, standard error for what is said. */
export async function runCommand(args: readonly string[], drive: Drive): Promise<ExitCode> {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h' || args[0] === 'help') {
    process.stdout.write(renderHelp());
    return EXIT_CODE.passed;
  }
  if (args[0] === '--version' || args[0] === '-v') {
    process.stdout.write(`${TOOL.version}\n`);
    return EXIT_CODE.passed;
  }
  try {
    const command = parseArguments(args);
    if (!command.help) return await runStageCommand(command, drive);
    process.stdout.write(renderStageHelp(command.stage));
    return EXIT_CODE.passed;
  } catch (error) {
    return sayFailure(error);
  }
}

async function runStageCommand(command: CommandLine, drive: Drive): Promise<ExitCode> {
  const environment = process.env;
  const log = createTerminalLog({
    stdout: process.stdout,
    stderr: process.stderr,
    quietStdout: command.json || command.stage.printsResult === true,
    verbose: command.verbose,
  });
  const world = createWorld({ environment, context: loadRunContext(environment), log });
  await using _temporary = world.files;
  const workingDirectory = process.cwd();
  const inputs = createInputs(command.values, (name) => `--${name}`);
  const host = createHostPorts({
    world,
    environment,
    workingDirectory,
    token: inputs.text('github-token'),
    registryDirectory: inputs.text('registry'),
  });
  const invocation: Invocation = {
    inputs,
    flags: command.flags,
    workingDirectory,
    environment,
    world,
    ...host,
    writeSummary: async () => undefined,
  };
  const outcomes = await drive(command, invocation);
  if (command.json) printDocuments(outcomes);
  return worstExitCode(outcomes);
}

/** One document as it is stored, or a list of them for several models. */
function printDocuments(outcomes: readonly Outcome[]): void {
  const documents = outcomes.flatMap((outcome) => (outcome.document === undefined ? [] : [outcome.document]));
  const value = documents.length === 1 ? documents[0] : documents;
  process.stdout.write(`${jsonText(value)}\n`);
}

function sayFailure(error: unknown): ExitCode {
  const exitCode = exitCodeOf(error);
  process.stderr.write(`error: ${messageOf(error)}\n`);
  if (exitCode === EXIT_CODE.bug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  if (!(error instanceof InputError) && error instanceof Error && error.cause instanceof Error) {
    process.stderr.write(`cause: ${error.cause.message}\n`);
  }
  return exitCode;
}
