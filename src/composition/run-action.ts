import { addSummary, maskSecrets, setOutputs } from '../adapters/runner/outputs.ts';
import { loadRunContext } from '../adapters/runner/run-context.ts';
import { createRunnerLog } from '../adapters/runner/runner-log.ts';
import { EXIT_CODE, type ExitCode, exitCodeOf, InputError, messageOf } from '../core/errors.ts';
import { createInputs } from '../stages/inputs.ts';
import { endProcess } from './end-process.ts';
import { createHostPorts } from './host-ports.ts';
import type { Invocation } from './invocation.ts';
import { combineOutputs, type Outcome, worstExitCode } from './outcome.ts';
import { type SummaryPlan, summarizeFailure, summarizeOutcomes } from './stage-summary.ts';
import { createWorld, type Environment } from './world.ts';

/**
 * Runs one action to its end: inputs and event in, outputs and exit code out. It is the only place where
 * whatever was thrown becomes the failure of a step, and it ends the process by force, since agents and
 * native pools would keep it alive.
 * @param plan of the job summary; without one the work writes its own.
 */
export async function runAction(
  drive: (invocation: Invocation) => Promise<readonly Outcome[]>,
  plan?: SummaryPlan,
): Promise<never> {
  const environment: Environment = process.env;
  const log = createRunnerLog();
  let exitCode: ExitCode = EXIT_CODE.passed;
  let summary: string | undefined;
  try {
    const values = readInputs(environment);
    maskSecrets([values['github-token']]);
    const world = createWorld({ environment, context: loadRunContext(environment), log });
    await using _temporary = world.files;
    const invocation = createInvocation({ environment, values, world });
    const outcomes = await drive(invocation);
    setOutputs(combineOutputs(outcomes));
    exitCode = worstExitCode(outcomes);
    summary = plan && summarizeOutcomes(plan, outcomes, world.context);
  } catch (error) {
    exitCode = exitCodeOf(error);
    log.error(messageOf(error), error instanceof InputError ? error.location : undefined);
    if (error instanceof Error) log.debug(error.stack ?? '');
    summary = plan && summarizeFailure(plan, error);
  }
  // A page that cannot be written changes nothing about what the stage found.
  await addSummary(summary ?? '', environment).catch((error: unknown) =>
    log.warning(`the job summary could not be written: ${messageOf(error)}`),
  );
  return endProcess(exitCode);
}

type InvocationFacts = {
  readonly environment: Environment;
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly world: Invocation['world'];
};

function createInvocation({ environment, values, world }: InvocationFacts): Invocation {
  const workingDirectory = process.cwd();
  const inputs = createInputs(values, (name) => `the input ${name}`);
  const host = createHostPorts({
    world,
    environment,
    workingDirectory,
    token: inputs.text('github-token'),
    registryDirectory: undefined,
  });
  return {
    inputs,
    flags: {},
    workingDirectory,
    environment,
    world,
    ...host,
    writeSummary: (text) => addSummary(text, environment),
  };
}

/** Inputs by name; the runner hands them over in upper case with an `INPUT_` in front. */
function readInputs(environment: Environment): Record<string, string | undefined> {
  const entries = Object.entries(environment).filter(([name]) => name.startsWith('INPUT_'));
  return Object.fromEntries(
    entries.map(([name, value]) => [name.slice('INPUT_'.length).toLowerCase(), value]),
  );
}
