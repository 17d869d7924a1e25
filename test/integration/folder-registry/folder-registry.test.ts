import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolderRegistry } from '../../../src/adapters/folder-registry/folder-registry.ts';
import { OutsideError } from '../../../src/core/errors.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { describeRegistryContract, draftRequest, MODEL, type RegistryWorld } from './registry-contract.ts';

describeRegistryContract('the folder registry', async () => openWorld().world);

function openWorld(): { directory: string; world: RegistryWorld } {
  const directory = path.join(scratchDirectory(), 'registry');
  const world: RegistryWorld = {
    registry: createFolderRegistry({ directory, now: () => new Date('2026-01-01T00:00:00Z') }),
    commit: 'c'.repeat(40),
    async damage(release, asset, content) {
      const file = path.join(directory, release.id, asset);
      if (content === undefined) rmSync(file);
      else writeFileSync(file, content);
    },
  };
  return { directory, world };
}

describe('the folder', () => {
  test('holds a release as GitHub would, with release.json beside the assets', async () => {
    const { directory, world } = openWorld();
    const request = draftRequest({ commit: world.commit });
    const draft = await world.registry.createDraft(request);
    expect(readdirSync(directory)).toEqual([draft.id]);
    expect(draft.id.startsWith('.draft-')).toBe(true);
    await world.registry.publish(draft, { ...request, notes: 'Final notes.' });
    expect(readdirSync(directory)).toEqual([`${MODEL}@v1.0.0`]);
    const folder = path.join(directory, `${MODEL}@v1.0.0`);
    expect(readdirSync(folder).sort()).toEqual(
      [...request.assets.map(({ name }) => name), 'SHA256SUMS', 'release.json'].sort(),
    );
    expect(JSON.parse(readFileSync(path.join(folder, 'release.json'), 'utf8'))).toEqual({
      model: MODEL,
      version: '1.0.0',
      title: `${MODEL} 1.0.0`,
      notes: 'Final notes.',
      commit: world.commit,
      draft: false,
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });

  test('a run that was killed between writing and moving leaves a draft, which the next run publishes', async () => {
    const { directory, world } = openWorld();
    const request = draftRequest({ commit: world.commit });
    const draft = await world.registry.createDraft(request);
    const file = path.join(directory, draft.id, 'release.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"draft": true', '"draft": false'));
    mkdirSync(path.join(directory, '.partial-abc'));
    expect(await world.registry.findChampion(MODEL)).toBeUndefined();
    expect((await world.registry.listDrafts(MODEL)).map(({ id }) => id)).toEqual([draft.id]);
    const published = await world.registry.publish(await world.registry.createDraft(request), request);
    expect(published.draft).toBe(false);
  });

  test('a folder that cannot be written is an outside error', async () => {
    const file = path.join(scratchDirectory(), 'file');
    writeFileSync(file, 'no directory');
    const registry = createFolderRegistry({ directory: path.join(file, 'registry') });
    const making = registry.createDraft(draftRequest({ commit: 'c'.repeat(40) }));
    await expect(making).rejects.toThrow(OutsideError);
    await expect(making).rejects.toThrow('the registry folder failed to write a draft');
  });

  test('a release.json that describes none is said so', async () => {
    const { directory, world } = openWorld();
    mkdirSync(path.join(directory, `${MODEL}@v1.0.0`), { recursive: true });
    expect(await world.registry.findChampion(MODEL)).toBeUndefined();
    writeFileSync(path.join(directory, `${MODEL}@v1.0.0`, 'release.json'), '{}');
    await expect(world.registry.findChampion(MODEL)).rejects.toThrow('release.json describes no release');
    expect(existsSync(directory)).toBe(true);
  });
});
