import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '../../../src/core/documents/manifest.ts';
import { InputError } from '../../../src/core/errors.ts';
import type { DraftRequest, ModelRegistry, ReleaseReference } from '../../../src/ports/model-registry.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';

/** What every model registry does, whatever it is made of. */

export type RegistryWorld = {
  readonly registry: ModelRegistry;
  /** A commit that releases can point at. */
  readonly commit: string;
  /** Changes or removes what is stored of an asset, behind the registry's back. */
  damage(release: ReleaseReference, asset: string, content: string | undefined): Promise<void>;
};

export const MODEL = 'fraud-detector';

export type ReleaseWish = {
  readonly commit: string;
  readonly version?: string;
  readonly model?: string;
  readonly weights?: string;
  /** Changes to the manifest, to make it lie. */
  readonly manifest?: Partial<Manifest>;
};

/** A request for a small but complete release. */
export function draftRequest(wish: ReleaseWish): DraftRequest {
  const { version = '1.0.0', model = MODEL, weights = `weights of ${version}` } = wish;
  const manifest: Manifest = {
    schemaVersion: 1,
    model,
    version,
    task: 'binary-classification',
    file: 'model.onnx',
    digest: sha256(weights),
    bytes: Buffer.byteLength(weights),
    signature: { inputs: [], outputs: [] },
    featureColumns: [],
    features: 'features.sql',
    primary: 'roc_auc',
    metrics: {},
    parameters: {},
    seed: 7,
    trainingData: 'rows',
    holdoutData: 'rows',
    recipe: 'recipe',
    verdict: 'better',
    tool: { name: 'contender', version: '0.1.0' },
    ...wish.manifest,
  };
  const directory = scratchDirectory();
  const files = {
    'model.onnx': weights,
    'manifest.json': JSON.stringify(manifest),
    'features.sql': 'SELECT * FROM source',
    'MODEL_CARD.md': `# ${model} größe`,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(directory, name), content);
  const assets = Object.keys(files).map((name) => ({ name, path: path.join(directory, name) }));
  const title = `${model} ${version}`;
  return { model, version, title, notes: 'Better by **0.03**.', commit: wish.commit, assets };
}

export function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

export async function release(
  world: RegistryWorld,
  wish: Omit<ReleaseWish, 'commit'>,
): Promise<ReleaseReference> {
  const request = draftRequest({ ...wish, commit: world.commit });
  return await world.registry.publish(await world.registry.createDraft(request), request);
}

export function describeRegistryContract(name: string, open: () => Promise<RegistryWorld>): void {
  describe(name, () => {
    let world: RegistryWorld;
    let registry: ModelRegistry;
    const wish = (more: Omit<ReleaseWish, 'commit'> = {}) => draftRequest({ ...more, commit: world.commit });

    beforeEach(async () => {
      world = await open();
      registry = world.registry;
    });

    test('an empty registry has no champion, no release and no draft', async () => {
      expect(await registry.findChampion(MODEL)).toBeUndefined();
      expect(await registry.findRelease(MODEL, '1.0.0')).toBeUndefined();
      expect(await registry.listDrafts(MODEL)).toEqual([]);
    });

    test('a draft is seen among drafts alone', async () => {
      const draft = await registry.createDraft(wish());
      expect(draft).toMatchObject({ model: MODEL, version: '1.0.0', tag: `${MODEL}@v1.0.0`, draft: true });
      expect(draft.assets.map((asset) => asset.name).sort()).toEqual(
        ['MODEL_CARD.md', 'SHA256SUMS', 'features.sql', 'manifest.json', 'model.onnx'].sort(),
      );
      expect(draft.assets.find((asset) => asset.name === 'model.onnx')).toEqual({
        name: 'model.onnx',
        bytes: 16,
        sha256: sha256('weights of 1.0.0'),
      });
      expect(await registry.listDrafts(MODEL)).toEqual([draft]);
      expect(await registry.listDrafts('fraud')).toEqual([]);
      expect(await registry.findChampion(MODEL)).toBeUndefined();
      expect(await registry.findRelease(MODEL, '1.0.0')).toBeUndefined();
    });

    test('making the same draft again gives the same draft', async () => {
      const first = await registry.createDraft(wish());
      const second = await registry.createDraft(wish());
      expect(second.id).toBe(first.id);
      expect(await registry.listDrafts(MODEL)).toHaveLength(1);
    });

    test('other bytes are another draft', async () => {
      await registry.createDraft(wish());
      await registry.createDraft(wish({ weights: 'other' }));
      expect(await registry.listDrafts(MODEL)).toHaveLength(2);
    });

    test('a published draft is champion and comes back byte for byte', async () => {
      const request = wish();
      const published = await registry.publish(await registry.createDraft(request), request);
      expect(published).toMatchObject({ draft: false, version: '1.0.0' });
      expect(await registry.findChampion(MODEL)).toEqual(published);
      expect(await registry.findRelease(MODEL, '1.0.0')).toEqual(published);
      expect(await registry.listDrafts(MODEL)).toEqual([]);

      const directory = path.join(scratchDirectory(), 'not', 'there', 'yet');
      const downloaded = await registry.download(published, directory);
      expect(downloaded.manifest).toMatchObject({ version: '1.0.0', digest: sha256('weights of 1.0.0') });
      expect(downloaded.modelPath).toBe(path.join(directory, 'model.onnx'));
      expect(downloaded.featuresPath).toBe(path.join(directory, 'features.sql'));
      for (const asset of request.assets) {
        expect(readFileSync(path.join(directory, asset.name))).toEqual(readFileSync(asset.path));
      }
      expect(readdirSync(directory).sort()).toEqual(
        [...request.assets.map(({ name }) => name), 'SHA256SUMS'].sort(),
      );
    });

    test('a draft can be downloaded like a release', async () => {
      const draft = await registry.createDraft(wish());
      const { manifest } = await registry.download(draft, scratchDirectory());
      expect(manifest.version).toBe('1.0.0');
    });

    test('the highest version is champion, whenever it came, and a prerelease never is', async () => {
      for (const version of ['1.9.0', '1.10.0', '2.0.0-rc.1']) await release(world, { version });
      expect((await registry.findChampion(MODEL))?.version).toBe('1.10.0');
      expect((await registry.findRelease(MODEL, '1.9.0'))?.version).toBe('1.9.0');
      expect((await registry.findRelease(MODEL, '2.0.0-rc.1'))?.version).toBe('2.0.0-rc.1');
    });

    test('models whose names begin alike do not meet', async () => {
      await release(world, { model: 'fraud', version: '3.0.0' });
      await release(world, { model: 'fraud-detector-2', version: '4.0.0' });
      expect(await registry.findChampion(MODEL)).toBeUndefined();
      await registry.createDraft(wish({ model: 'fraud', version: '3.1.0' }));
      expect(await registry.listDrafts(MODEL)).toEqual([]);
    });

    test.each(['1.0.0', '0.9.0'])(
      'version %s after 1.0.0 is refused: releases only move forward',
      async (version) => {
        await release(world, {});
        const request = wish({ version: '1.1.0', weights: 'new' });
        const draft = await registry.createDraft(request);
        const publishing = registry.publish(draft, { ...request, version });
        await expect(publishing).rejects.toThrow(InputError);
        await expect(publishing).rejects.toThrow(/only move forward|published with other bytes/);
        expect((await registry.findChampion(MODEL))?.version).toBe('1.0.0');
      },
    );

    test('publishing twice gives back the one release', async () => {
      const request = wish();
      const draft = await registry.createDraft(request);
      const first = await registry.publish(draft, request);
      expect(await registry.publish(draft, request)).toEqual(first);
      expect(await registry.publish(first, request)).toEqual(first);
    });

    test('a draft of what is published gives back the release', async () => {
      const request = wish();
      const published = await registry.publish(await registry.createDraft(request), request);
      const again = await registry.createDraft(request);
      expect(again).toEqual(published);
      expect(await registry.publish(again, request)).toEqual(published);
      expect(await registry.listDrafts(MODEL)).toEqual([]);
    });

    test('a version that is published with other bytes is refused', async () => {
      await release(world, {});
      const making = registry.createDraft(wish({ weights: 'other' }));
      await expect(making).rejects.toThrow(`${MODEL}@v1.0.0 is published with other bytes`);
    });

    test('a draft can be published under a higher version than it was made for', async () => {
      const request = wish();
      const draft = await registry.createDraft(request);
      await release(world, { version: '1.1.0', weights: 'meanwhile' });
      const published = await registry.publish(draft, { ...request, version: '1.2.0' });
      expect(published).toMatchObject({ version: '1.2.0', tag: `${MODEL}@v1.2.0` });
    });

    test.each<[string, string | undefined, string]>([
      ['model.onnx', 'tampered weights', 'model.onnx has the SHA-256'],
      ['features.sql', undefined, 'features.sql is missing'],
      ['SHA256SUMS', undefined, 'has no SHA256SUMS'],
      ['SHA256SUMS', 'no checksums', 'SHA256SUMS of'],
    ])('a release whose %s became %j is refused', async (asset, content, message) => {
      const published = await release(world, {});
      await world.damage(published, asset, content);
      const downloading = registry.download(published, scratchDirectory());
      await expect(downloading).rejects.toThrow(InputError);
      await expect(downloading).rejects.toThrow(message);
    });

    test.each<[string, Partial<Manifest>, string]>([
      ['another digest', { digest: 'f'.repeat(64) }, `with the SHA-256 ${'f'.repeat(64)}, SHA256SUMS says`],
      ['a model that is not there', { file: 'other.onnx' }, 'SHA256SUMS does not have it'],
      ['another model', { model: 'churn' }, 'is of the model churn'],
      ['features that are not there', { features: 'none.sql' }, 'none.sql, which is missing'],
    ])('a manifest that names %s is refused', async (_, manifest, message) => {
      const published = await release(world, { manifest });
      await expect(registry.download(published, scratchDirectory())).rejects.toThrow(message);
    });

    test('a draft that is not whole is not published, and is mended by making it again', async () => {
      const request = wish();
      const draft = await registry.createDraft(request);
      await world.damage(draft, 'model.onnx', undefined);
      await expect(registry.publish(draft, request)).rejects.toThrow('model.onnx is missing');
      expect(await registry.findChampion(MODEL)).toBeUndefined();
      const mended = await registry.createDraft(request);
      expect((await registry.publish(mended, request)).version).toBe('1.0.0');
    });

    test('a draft with wrong bytes is mended by making it again', async () => {
      const request = wish();
      await world.damage(await registry.createDraft(request), 'model.onnx', 'weights of 9.9.9');
      const mended = await registry.createDraft(request);
      expect(mended.assets.find(({ name }) => name === 'model.onnx')?.sha256).toBe(
        sha256('weights of 1.0.0'),
      );
      expect(await registry.listDrafts(MODEL)).toHaveLength(1);
    });

    test('drafts are deleted once, releases never', async () => {
      const draft = await registry.createDraft(wish());
      await registry.deleteDraft(draft);
      await registry.deleteDraft(draft);
      expect(await registry.listDrafts(MODEL)).toEqual([]);
      await expect(registry.publish(draft, wish())).rejects.toThrow('is gone');
      const published = await release(world, {});
      await expect(registry.deleteDraft(published)).rejects.toThrow('is published');
    });

    test.each(['../model.onnx', 'a b.onnx', 'SHA256SUMS', '.hidden', 'a..b', 'größe.onnx'])(
      'the asset name %j is refused before anything is written',
      async (name) => {
        const request = wish();
        const assets = [...request.assets, { name, path: request.assets[0]!.path }];
        await expect(registry.createDraft({ ...request, assets })).rejects.toThrow(
          'cannot be the name of an asset',
        );
        expect(await registry.listDrafts(MODEL)).toEqual([]);
      },
    );

    test('empty and missing files are refused', async () => {
      const request = wish();
      const empty = path.join(scratchDirectory(), 'empty');
      writeFileSync(empty, '');
      const withAsset = (file: string) => ({
        ...request,
        assets: [...request.assets, { name: 'more', path: file }],
      });
      await expect(registry.createDraft(withAsset(empty))).rejects.toThrow('the asset more is empty');
      await expect(registry.createDraft(withAsset(`${empty}-not`))).rejects.toThrow(
        'the asset more cannot be read',
      );
    });

    test('two runs at once end with one release', async () => {
      const request = wish();
      const run = async () => registry.publish(await registry.createDraft(request), request);
      const results = await Promise.allSettled([run(), run()]);
      const published = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(published.length).toBeGreaterThan(0);
      // Whoever lost the race runs again.
      const last = await run();
      for (const one of published) expect(one.id).toBe(last.id);
      expect(await registry.listDrafts(MODEL)).toEqual([]);
      expect((await registry.download(last, scratchDirectory())).manifest.version).toBe('1.0.0');
    });
  });
}
