import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { createFolderHistory } from '../adapters/folder-registry/folder-history.ts';
import { createFolderRegistry } from '../adapters/folder-registry/folder-registry.ts';
import { openRepository } from '../adapters/git/repository.ts';
import { once } from '../core/once.ts';
import { logLine } from '../core/report/log-text.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { History } from '../ports/history.ts';
import type { ModelRegistry } from '../ports/model-registry.ts';
import type { PictureStore } from '../ports/picture-store.ts';
import type { Repository } from '../ports/repository.ts';
import { rememberDownloads } from '../stages/model-run.ts';
import type { StageWorld } from '../stages/stage.ts';
import { openArtifacts } from './open-artifacts.ts';
import { TOOL } from './tool.ts';
import type { Environment } from './world.ts';

const USER_AGENT = `${TOOL.name}/${TOOL.version}`;

export type HostOptions = {
  readonly world: StageWorld;
  readonly environment: Environment;
  readonly workingDirectory: string;
  /** Token that was given; else GITHUB_TOKEN or the login of `gh`, on a laptop only. */
  readonly token: string | undefined;
  /** Folder in the place of releases. */
  readonly registryDirectory: string | undefined;
};

export type HostPorts = {
  readonly repository: () => Promise<Repository | undefined>;
  readonly host: () => Promise<CodeHost | undefined>;
  readonly registry: () => Promise<ModelRegistry | undefined>;
  readonly history: () => Promise<History | undefined>;
  readonly pictures: () => Promise<PictureStore | undefined>;
  readonly artifacts: () => Promise<ArtifactStore | undefined>;
};

/** Git, GitHub and the registry, each opened when it is first needed. */
export function createHostPorts(options: HostOptions): HostPorts {
  const { world, environment, workingDirectory, registryDirectory } = options;
  const token = once(() => findToken(options));
  const repository = once(async () => {
    const given = options.token ?? environment.GITHUB_TOKEN;
    return openRepository({
      directory: workingDirectory,
      environment,
      ...(given ? { token: given } : {}),
      serverUrl: world.context.serverUrl,
    }).catch(() => undefined);
  });
  const name = once(async () => world.context.repository ?? (await (await repository())?.originRepository()));
  const octokit = once(async () => {
    const [known, secret] = [await name(), await token()];
    if (known === undefined || secret === undefined) return undefined;
    const { createOctokit } = await import('../adapters/github/octokit.ts');
    const client = createOctokit({
      token: secret,
      userAgent: USER_AGENT,
      onWait: (message) => world.log.info(message),
    });
    return { client, name: known };
  });
  const host = once(async () => {
    const connected = await octokit();
    if (connected === undefined) return undefined;
    const { createCodeHost } = await import('../adapters/github/code-host.ts');
    return createCodeHost(connected.client, connected.name);
  });
  return {
    repository,
    host,
    artifacts: once(() => openArtifacts({ world, environment, userAgent: USER_AGENT, octokit })),
    history: once(async () => {
      if (registryDirectory !== undefined) return createFolderHistory({ directory: registryDirectory });
      const { branches } = (await host()) ?? {};
      if (branches === undefined) return undefined;
      const { createBranchHistory } = await import('../adapters/github/branch-history.ts');
      return createBranchHistory({ branches });
    }),
    pictures: once(async () => {
      const { branches } = (await host()) ?? {};
      if (branches === undefined) return undefined;
      const { createPictureBranch } = await import('../adapters/github/picture-branch.ts');
      return createPictureBranch({ branches });
    }),
    registry: once(async () => {
      if (registryDirectory !== undefined && !existsSync(registryDirectory))
        world.log.info(`the folder ${logLine(registryDirectory)} does not exist yet: it holds no release`);
      if (registryDirectory !== undefined)
        return rememberDownloads(createFolderRegistry({ directory: registryDirectory }));
      const connected = await octokit();
      if (connected === undefined) return undefined;
      const { createGithubModelRegistry } = await import('../adapters/github/model-registry.ts');
      return rememberDownloads(
        createGithubModelRegistry({
          octokit: connected.client,
          repository: connected.name,
          userAgent: USER_AGENT,
        }),
      );
    }),
  };
}

async function findToken({ token, environment, world }: HostOptions): Promise<string | undefined> {
  if (token !== undefined) return token;
  if (environment.GITHUB_TOKEN) return environment.GITHUB_TOKEN;
  if (world.context.event !== 'local') return undefined;
  return promisify(execFile)('gh', ['auth', 'token'], { timeout: 5000 }).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  );
}
