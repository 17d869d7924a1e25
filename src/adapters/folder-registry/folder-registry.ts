import { createHash } from 'node:crypto';
import { constants, copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, OutsideError } from '../../core/errors.ts';
import {
  checkAssets,
  checkManifest,
  findAssetProblems,
  MANIFEST_NAME,
  readReleaseChecksums,
  refuseLowerVersion,
  refuseProblems,
  versionTaken,
} from '../../core/release/check-release.ts';
import {
  CHECKSUMS_NAME,
  type Checksum,
  parseChecksums,
  renderChecksums,
} from '../../core/release/checksums.ts';
import { championVersions, formatTag } from '../../core/release/tag.ts';
import type {
  DownloadedRelease,
  DraftRequest,
  ModelRegistry,
  PublishRequest,
  ReleaseReference,
} from '../../ports/model-registry.ts';
import {
  codeOf,
  digestOfFile,
  digestsBelow,
  draftFolderName,
  draftFolderNames,
  namesBelow,
  onDisk,
  readReleaseFile,
  readReleaseFolder,
  readTextOrUndefined,
  writeReleaseFile,
} from './release-folder.ts';

export type FolderRegistryOptions = {
  readonly directory: string;
  readonly now?: () => Date;
};

type Folder = { readonly directory: string; readonly now: () => Date };

/**
 * The model registry port over a directory: `<directory>/<model>@v<version>/` holds the assets of a
 * release and a `release.json`; drafts are folders whose name starts with `.draft-`. A folder appears and
 * is published by one rename, so that nobody ever sees half of a release.
 */
export function createFolderRegistry(options: FolderRegistryOptions): ModelRegistry {
  const folder: Folder = {
    directory: path.resolve(options.directory),
    now: options.now ?? (() => new Date()),
  };
  return {
    findChampion: (model) => onDisk('find the champion', () => findChampion(folder, model)),
    findRelease: (model, version) =>
      onDisk('find a release', () => readReleaseFolder(folder.directory, formatTag(model, version))),
    listDrafts: (model) => onDisk('list the drafts', () => listDrafts(folder, model)),
    download: (release, directory) =>
      onDisk(`copy ${release.tag}`, () => copyRelease(folder, release, directory)),
    createDraft: (wanted) => onDisk('write a draft', () => createDraft(folder, wanted)),
    publish: (draft, wanted) => onDisk('publish a draft', () => publish(folder, draft, wanted)),
    deleteDraft: (draft) => onDisk('delete a draft', () => deleteDraft(folder, draft)),
  };
}

async function findChampion(folder: Folder, model: string): Promise<ReleaseReference | undefined> {
  for (const version of championVersions(model, await namesBelow(folder.directory))) {
    const release = await readReleaseFolder(folder.directory, formatTag(model, version));
    if (release !== undefined) return release;
  }
  return undefined;
}

async function listDrafts(folder: Folder, model: string): Promise<readonly ReleaseReference[]> {
  const drafts: ReleaseReference[] = [];
  for (const name of draftFolderNames(model, await namesBelow(folder.directory))) {
    const draft = await readReleaseFolder(folder.directory, name);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts.sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1));
}

async function createDraft(folder: Folder, wanted: DraftRequest): Promise<ReleaseReference> {
  const checksums = await describeAssets(wanted.assets);
  const text = renderChecksums(checksums);
  const tag = formatTag(wanted.model, wanted.version);
  const published = await readReleaseFolder(folder.directory, tag);
  if (published !== undefined) {
    if ((await checksumsText(folder, tag)) === text) return published;
    throw versionTaken(tag);
  }
  const name = draftFolderName(wanted.model, sha256(text));
  const target = path.join(folder.directory, name);
  if (!(await isWhole(target, text))) await writeDraft(folder, { name, wanted, text });
  await writeReleaseFile(target, releaseFile(folder, wanted.model, wanted));
  const draft = await readReleaseFolder(folder.directory, name);
  if (draft === undefined) throw new OutsideError(`the draft ${name} vanished while it was made`);
  return draft;
}

async function describeAssets(assets: DraftRequest['assets']): Promise<readonly Checksum[]> {
  const files: (Checksum & { bytes: number })[] = [];
  for (const { name, path: file } of assets) {
    const { size } = await stat(file).catch((cause: Error) => {
      throw new InputError(`the asset ${name} cannot be read: ${cause.message}`, {
        location: { file },
        cause,
      });
    });
    files.push({ name, bytes: size, sha256: await digestOfFile(file) });
  }
  checkAssets(files);
  return files;
}

/** Whether a folder holds these assets, their `SHA256SUMS` and nothing else. */
async function isWhole(target: string, text: string): Promise<boolean> {
  const checksums = parseChecksums(text, CHECKSUMS_NAME);
  const present = await digestsBelow(target);
  if (present.size !== checksums.length + 1 || findAssetProblems(checksums, present).length > 0) return false;
  return (await readTextOrUndefined(path.join(target, CHECKSUMS_NAME))) === text;
}

type DraftFolder = { readonly name: string; readonly wanted: DraftRequest; readonly text: string };

/** Written beside and moved into place, in the place of a broken one that an earlier run left. */
async function writeDraft(folder: Folder, { name, wanted, text }: DraftFolder): Promise<void> {
  await mkdir(folder.directory, { recursive: true });
  const partial = await mkdtemp(path.join(folder.directory, '.partial-'));
  try {
    for (const asset of wanted.assets) {
      await copyFile(asset.path, path.join(partial, asset.name), constants.COPYFILE_FICLONE);
    }
    await writeFile(path.join(partial, CHECKSUMS_NAME), text);
    const checksums = readReleaseChecksums(text, formatTag(wanted.model, wanted.version));
    refuseProblems(name, findAssetProblems(checksums, await digestsBelow(partial)));
    await writeReleaseFile(partial, releaseFile(folder, wanted.model, wanted));
    const target = path.join(folder.directory, name);
    // Moved first, looked at after: what another run has just put there whole is never removed.
    if ((await moveUnlessTaken(partial, target)) || (await isWhole(target, text))) return;
    await rm(target, { recursive: true, force: true });
    await moveUnlessTaken(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Whether the folder was moved; a folder that another run moved there first stays. */
async function moveUnlessTaken(source: string, target: string): Promise<boolean> {
  try {
    await rename(source, target);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

function releaseFile(folder: Folder, model: string, wanted: PublishRequest & { readonly draft?: boolean }) {
  return {
    model,
    version: wanted.version,
    title: wanted.title,
    notes: wanted.notes,
    commit: wanted.commit,
    draft: wanted.draft ?? true,
    createdAt: folder.now().toISOString(),
  };
}

async function publish(
  folder: Folder,
  draft: ReleaseReference,
  wanted: PublishRequest,
): Promise<ReleaseReference> {
  const tag = formatTag(draft.model, wanted.version);
  const published = await readReleaseFolder(folder.directory, tag);
  if (published !== undefined) return await acceptPublished(folder, published, draft);
  const source = path.join(folder.directory, draft.id);
  if (!draft.draft) throw new InputError(`the draft was published as ${draft.tag} already, not as ${tag}`);
  if ((await readReleaseFile(source)) === undefined) {
    throw new InputError(`the draft ${draft.tag} is gone; make it again before publishing`);
  }
  refuseLowerVersion(draft.model, wanted.version, (await findChampion(folder, draft.model))?.version);
  const checksums = readReleaseChecksums(await checksumsText(folder, draft.id), `${draft.tag} (a draft)`);
  refuseProblems(`${draft.tag} (a draft)`, findAssetProblems(checksums, await digestsBelow(source)));
  try {
    await writeReleaseFile(source, releaseFile(folder, draft.model, { ...wanted, draft: false }));
    await moveUnlessTaken(source, path.join(folder.directory, tag));
  } catch (error) {
    // Another run moved the same draft meanwhile; what it left is looked at next.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const visible = await readReleaseFolder(folder.directory, tag);
  if (visible === undefined) throw new OutsideError(`${tag} vanished while it was published`);
  return await acceptPublished(folder, visible, draft);
}

/** The tag is published: fine when it is these bytes, whoever did it; the draft is then of no more use. */
async function acceptPublished(
  folder: Folder,
  published: ReleaseReference,
  draft: ReleaseReference,
): Promise<ReleaseReference> {
  const describe = ({ assets }: ReleaseReference) =>
    assets.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`).join('\n');
  if (describe(published) !== describe(draft)) throw versionTaken(published.tag);
  if (draft.draft) await rm(path.join(folder.directory, draft.id), { recursive: true, force: true });
  return published;
}

async function copyRelease(
  folder: Folder,
  release: ReleaseReference,
  directory: string,
): Promise<DownloadedRelease> {
  const source = path.join(folder.directory, release.id);
  const checksums = readReleaseChecksums(await checksumsText(folder, release.id), release.tag);
  refuseProblems(release.tag, findAssetProblems(checksums, await digestsBelow(source)));
  await mkdir(directory, { recursive: true });
  for (const { name } of [...checksums, { name: CHECKSUMS_NAME }]) {
    await copyFile(path.join(source, name), path.join(directory, name), constants.COPYFILE_FICLONE);
  }
  const copied = new Map<string, string>();
  for (const { name } of checksums) copied.set(name, await digestOfFile(path.join(directory, name)));
  refuseProblems(release.tag, findAssetProblems(checksums, copied));
  const text = (await readTextOrUndefined(path.join(directory, MANIFEST_NAME))) ?? '';
  const manifest = checkManifest(text, release, { checksums, sha256 });
  return {
    reference: release,
    directory,
    manifest,
    modelPath: path.resolve(directory, manifest.file),
    ...(manifest.features !== undefined && { featuresPath: path.resolve(directory, manifest.features) }),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function checksumsText(folder: Folder, name: string): Promise<string | undefined> {
  return await readTextOrUndefined(path.join(folder.directory, name, CHECKSUMS_NAME));
}

async function deleteDraft(folder: Folder, draft: ReleaseReference): Promise<void> {
  const current = await readReleaseFolder(folder.directory, draft.id);
  if (current === undefined) return;
  if (!current.draft) throw new InputError(`${current.tag} is published; Contender deletes drafts alone`);
  await rm(path.join(folder.directory, draft.id), { recursive: true, force: true });
}
