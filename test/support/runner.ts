/**
 * Runs bundles as GitHub's runner does: inputs from `action.yml`, command files, and an environment with nothing
 * of this process in it. What it does not do: expressions other than `${{ github.* }}` and the place in a matrix, `pre` and containers.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Annotation, readCommandLines, readPairs } from './runner-commands.ts';
import { baseEnvironment, runnerEnvironment } from './runner-environment.ts';

/** A larger summary is dropped as a whole. */
const MAX_SUMMARY_BYTES = 1024 * 1024;

const DEFAULT_TIME_LIMIT_SECONDS = 120;

export type ActionOptions = {
  readonly inputs?: Readonly<Record<string, string>>;
  /** GITHUB_WORKSPACE and working directory. */
  readonly workspace: string;
  /** What `${{ github.token }}` gives. */
  readonly token?: string;
  readonly event?: { readonly name: string; readonly payload: unknown };
  /** Added to the environment of the step, and wins over it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** RUNNER_TEMP, so that steps of one job share it; a new one by default. */
  readonly temporaryDirectory?: string;
  /** RUNNER_TOOL_CACHE; by default an empty folder of this step. */
  readonly toolCache?: string;
  readonly phase?: 'main' | 'post';
  /** What the main phase saved; for `post`. */
  readonly state?: Readonly<Record<string, string>>;
  readonly timeLimitSeconds?: number;
};

export type ActionResult = {
  readonly exitCode: number;
  /** What the log shows, of standard output and standard error, with secrets masked. */
  readonly log: string;
  /** As printed, commands and secrets included. */
  readonly rawOutput: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly groups: readonly string[];
  readonly masks: readonly string[];
  readonly state: Readonly<Record<string, string>>;
  /** Variables set for later steps. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folders put before PATH for later steps. */
  readonly paths: readonly string[];
};

export type CommandOptions = {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeLimitSeconds?: number;
};

export type CommandResult = {
  readonly exitCode: number;
  readonly standardOutput: string;
  readonly standardError: string;
};

/** Runs the action in a folder as one step. @throws when the step breaks a rule of the runner. */
export async function runAction(actionDirectory: string, options: ActionOptions): Promise<ActionResult> {
  const manifest = await readManifest(actionDirectory);
  const own = await mkdtemp(join(tmpdir(), 'runner-'));
  try {
    const temporaryDirectory = options.temporaryDirectory ?? join(own, 'temp');
    const files = await createCommandFiles(temporaryDirectory);
    const environment = {
      ...runnerEnvironment(options.workspace, temporaryDirectory),
      RUNNER_TOOL_CACHE: options.toolCache ?? join(own, 'tools'),
      ...(await eventVariables(options, temporaryDirectory)),
      ...Object.fromEntries(Object.entries(files).map(([name, path]) => [`GITHUB_${name}`, path])),
      ...prefixed('STATE_', options.state ?? {}),
      ...options.environment,
    };
    await mkdir(environment.RUNNER_TOOL_CACHE, { recursive: true });
    const script = manifest.runs[options.phase ?? 'main'];
    if (script === undefined) throw new Error(`${actionDirectory}/action.yml has no ${options.phase}`);
    const { exitCode, output } = await run([join(actionDirectory, script)], {
      directory: options.workspace,
      environment: { ...environment, ...inputVariables(manifest, options, environment) },
      timeLimitSeconds: options.timeLimitSeconds ?? DEFAULT_TIME_LIMIT_SECONDS,
    });
    return await collect(files, exitCode, output);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Runs `contender` as from a terminal that is no GitHub runner. */
export async function runCommand(
  script: string,
  commandArguments: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { exitCode, standardOutput, standardError } = await run([script, ...commandArguments], {
    directory: options.directory,
    environment: { ...baseEnvironment(), ...options.environment },
    timeLimitSeconds: options.timeLimitSeconds ?? DEFAULT_TIME_LIMIT_SECONDS,
  });
  return { exitCode, standardOutput, standardError };
}

type Manifest = {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
  readonly runs: { readonly using: string; readonly main?: string; readonly post?: string };
};

async function readManifest(directory: string): Promise<Manifest> {
  const manifest = parse(await readFile(join(directory, 'action.yml'), 'utf8')) as Manifest;
  if (manifest.runs.using !== 'node24') throw new Error(`${directory} does not use node24`);
  return manifest;
}

/** The runner warns of inputs that the action does not have; in a test they are a mistake. */
function inputVariables(
  manifest: Manifest,
  options: ActionOptions,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known = Object.keys(manifest.inputs ?? {});
  const unknown = Object.keys(options.inputs ?? {}).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`Unexpected input(s) ${unknown.join(', ')}, valid inputs are ${known.join(', ')}`);
  }
  const variables: Record<string, string> = {};
  for (const [name, input] of Object.entries(manifest.inputs ?? {})) {
    const given = options.inputs?.[name];
    const value = given ?? evaluate(String(input?.default ?? ''), options, environment);
    variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
  }
  return variables;
}

function evaluate(
  text: string,
  options: ActionOptions,
  environment: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    // A job without a matrix is the only one of its strategy.
    if (expression === 'strategy.job-index') return '0';
    if (expression === 'strategy.job-total') return '1';
    const name = /^github\.(\w+)$/.exec(expression)?.[1];
    if (name === undefined) throw new Error(`this runner cannot evaluate ${expression}`);
    return name === 'token' ? (options.token ?? '') : (environment[`GITHUB_${name.toUpperCase()}`] ?? '');
  });
}

async function createCommandFiles(temporaryDirectory: string) {
  const directory = join(temporaryDirectory, '_runner_file_commands');
  await mkdir(directory, { recursive: true });
  const id = randomUUID();
  const files = {
    OUTPUT: join(directory, `set_output_${id}`),
    STATE: join(directory, `save_state_${id}`),
    ENV: join(directory, `set_env_${id}`),
    PATH: join(directory, `add_path_${id}`),
    STEP_SUMMARY: join(directory, `step_summary_${id}`),
  };
  await Promise.all(Object.values(files).map((path) => writeFile(path, '')));
  return files;
}

async function eventVariables(
  { event }: ActionOptions,
  temporaryDirectory: string,
): Promise<Readonly<Record<string, string>>> {
  const directory = join(temporaryDirectory, '_github_workflow');
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'event.json');
  await writeFile(path, JSON.stringify(event?.payload ?? {}));
  return { GITHUB_EVENT_NAME: event?.name ?? 'workflow_dispatch', GITHUB_EVENT_PATH: path };
}

type ProcessOptions = {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds: number;
};

function run(commandArguments: readonly string[], options: ProcessOptions) {
  return new Promise<{ exitCode: number; output: string; standardOutput: string; standardError: string }>(
    (resolve, reject) => {
      const child = spawn(process.execPath, commandArguments, {
        cwd: options.directory,
        env: options.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const collected = { output: '', standardOutput: '', standardError: '' };
      const collectFrom = (name: 'standardOutput' | 'standardError') => {
        child[name === 'standardOutput' ? 'stdout' : 'stderr'].setEncoding('utf8').on('data', (text) => {
          collected[name] += text;
          collected.output += text;
        });
      };
      collectFrom('standardOutput');
      collectFrom('standardError');
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(
          new Error(`the step took over ${options.timeLimitSeconds} s; it printed:\n${collected.output}`),
        );
      }, options.timeLimitSeconds * 1000);
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        // A shell's way of saying that a signal ended a process.
        resolve({ exitCode: code ?? (signal === null ? 1 : 128), ...collected });
      });
    },
  );
}

type CommandFiles = Awaited<ReturnType<typeof createCommandFiles>>;

async function collect(files: CommandFiles, exitCode: number, rawOutput: string): Promise<ActionResult> {
  const { log, annotations, groups, masks } = readCommandLines(rawOutput);
  const summary = await readFile(files.STEP_SUMMARY, 'utf8');
  const kilobytes = Math.ceil(Buffer.byteLength(summary) / 1024);
  const tooLong = Buffer.byteLength(summary) > MAX_SUMMARY_BYTES;
  const aborted: Annotation = {
    level: 'error',
    message: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`,
  };
  return {
    exitCode,
    log,
    rawOutput,
    outputs: readPairs(await readFile(files.OUTPUT, 'utf8')),
    summary: tooLong ? '' : summary,
    annotations: tooLong ? [...annotations, aborted] : annotations,
    groups,
    masks,
    state: readPairs(await readFile(files.STATE, 'utf8')),
    environment: readPairs(await readFile(files.ENV, 'utf8')),
    paths: (await readFile(files.PATH, 'utf8')).split(/\r?\n/).filter(Boolean),
  };
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}
