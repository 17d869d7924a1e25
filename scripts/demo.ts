/** `npm run demo`: the whole life of a model on a local GitHub, through the committed bundles. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGitHub } from '../test/github-server/server.ts';
import { createNarrator } from './demo/narrator.ts';
import { renderStory } from './demo/page.ts';
import { createProposals } from './demo/proposals.ts';
import { keepReleases, OWNER, readExample, type Stage } from './demo/stage-setting.ts';
import {
  firstRelease,
  mergeAndRelease,
  mergeRetraining,
  monthsPass,
  propose,
  type Scene,
  scheduledCheck,
} from './demo/story.ts';

const output = join(import.meta.dirname, '..', 'demo-output');

async function main(): Promise<void> {
  const started = performance.now();
  const narrator = createNarrator(process.stdout);
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await using github = await startGitHub();
  const files = await readExample();
  const repository = await github.createRepository({
    owner: OWNER,
    name: 'fraud',
    files,
    settings: { allowActionsToCreatePullRequests: true },
  });
  process.stdout.write(`A local GitHub with the repository ${repository.fullName}.\n`);
  const config = new TextDecoder().decode(files['contender.yml']);
  const scenes = await play({ github, repository, narrator, output, runs: 0 }, createProposals(config));
  const seconds = (performance.now() - started) / 1000;
  await writeFile(join(output, 'index.html'), renderStory(scenes, { seconds }));
  process.stdout.write(`\nDone in ${seconds.toFixed(0)} s. Open demo-output/index.html\n`);
}

async function play(stage: Stage, proposals: ReturnType<typeof createProposals>): Promise<readonly Scene[]> {
  const first = await firstRelease(stage);
  const better = await propose(stage, proposals.better);
  const worse = await propose(stage, proposals.worse);
  const unclear = await propose(stage, proposals.unclear);
  const released = await mergeAndRelease(stage, better.number);
  const months = await monthsPass(stage);
  const retraining = await scheduledCheck(stage);
  const last = await mergeRetraining(stage, retraining.number);
  await keepReleases(stage);
  return [first, better.scene, worse.scene, unclear.scene, released, months, retraining.scene, last];
}

await main();
