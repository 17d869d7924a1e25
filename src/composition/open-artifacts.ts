import { findRuntime } from '../adapters/artifacts/runtime/find-runtime.ts';
import type { Octokit } from '../adapters/github/octokit.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { StageWorld } from '../stages/stage.ts';
import type { Environment } from './world.ts';

export type ArtifactFacts = {
  readonly world: StageWorld;
  readonly environment: Environment;
  readonly userAgent: string;
  /** For artifacts of other runs; undefined where no token and no repository are known. */
  readonly octokit: () => Promise<{ readonly client: Octokit; readonly name: string } | undefined>;
};

/**
 * The artifacts of this run, or undefined where there are none: on a laptop, on GitHub Enterprise Server and on
 * runners without the service. Evidence then passes as files.
 */
export async function openArtifacts({
  world,
  environment,
  userAgent,
  octokit,
}: ArtifactFacts): Promise<ArtifactStore | undefined> {
  const { context, log, files } = world;
  if (context.event === 'local' || context.run === undefined) return undefined;
  const runtime = findRuntime(environment);
  if ('missing' in runtime) {
    log.info(`evidence stays in its folder and is no artifact: ${runtime.missing}`);
    return undefined;
  }
  const { createArtifactStore } = await import('../adapters/artifacts/artifact-store.ts');
  const connected = await octokit();
  return createArtifactStore({
    runtime,
    run: context.run,
    github: connected && { octokit: connected.client, repository: connected.name },
    userAgent,
    temporaryDirectory: () => files.temporaryDirectory('artifact'),
  });
}
