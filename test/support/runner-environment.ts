import { delimiter } from 'node:path';

/** The machine's own variables that every process has; nothing that this test run was started with. */
export function baseEnvironment(): Readonly<Record<string, string>> {
  const kept = ['HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'ComSpec', 'PATHEXT'];
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes('node_modules'));
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    PATH: path.join(delimiter),
    LANG: 'C.UTF-8',
  };
}

/** What the runner gives a step on a push-like event, for a made-up repository. */
export function runnerEnvironment(workspace: string, temporaryDirectory: string) {
  return {
    ...baseEnvironment(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: 'octo/models',
    GITHUB_REPOSITORY_OWNER: 'octo',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'model',
    GITHUB_JOB: 'model',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'octocat',
    GITHUB_TRIGGERING_ACTOR: 'octocat',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_HEAD_REF: '',
    GITHUB_BASE_REF: '',
    RUNNER_OS: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? '',
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_NAME: 'test',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_TEMP: temporaryDirectory,
  };
}
