import { boolean, object, parse, string } from "./vendor-valibot.js";
import { HISTORY_NAME, InputError, MAXIMUM_HISTORY_BYTES, OutsideError, renderAddition } from "./core.js";
import { CHECKSUMS_NAME, MANIFEST_NAME, championVersions, checkAssets, checkManifest, findAssetProblems, formatTag, parseChecksums, readReleaseChecksums, refuseLowerVersion, refuseProblems, renderChecksums, versionTaken } from "./core-release.js";
import path from "node:path";
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { appendFile, constants, copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";

// src/adapters/folder-registry/release-folder.ts
const RELEASE_FILE = "release.json";
const DRAFT_PREFIX = ".draft-";
const releaseFileSchema = object({
	model: string(),
	version: string(),
	title: string(),
	notes: string(),
	commit: string(),
	draft: boolean(),
	createdAt: string()
});
function draftFolderName(model, contentDigest) {
	return `${DRAFT_PREFIX}${model}@${contentDigest.slice(0, 32)}`;
}
function draftFolderNames(model, names) {
	return names.filter((name) => name.startsWith(`${DRAFT_PREFIX}${model}@`));
}
async function namesBelow(directory) {
	try {
		return (await readdir(directory)).sort();
	} catch (error) {
		if (codeOf(error) === "ENOENT") return [];
		throw error;
	}
}
async function readReleaseFolder(directory, name) {
	const file = await readReleaseFile(path.join(directory, name));
	if (file === void 0) return void 0;
	return {
		id: name,
		model: file.model,
		version: file.version,
		tag: formatTag(file.model, file.version),
		url: pathToFileURL(path.resolve(directory, name)).href,
		draft: name.startsWith(DRAFT_PREFIX),
		createdAt: file.createdAt,
		assets: await readAssets(path.join(directory, name))
	};
}
async function readReleaseFile(folder) {
	const file = path.join(folder, RELEASE_FILE);
	const text = await readTextOrUndefined(file);
	if (text === void 0) return void 0;
	try {
		return parse(releaseFileSchema, JSON.parse(text));
	} catch (cause) {
		throw new InputError(`${file} describes no release: ${cause.message}`, {
			location: { file },
			cause
		});
	}
}
async function writeReleaseFile(folder, content) {
	const file = path.join(folder, RELEASE_FILE);
	const partial = path.join(folder, `.${RELEASE_FILE}.${randomUUID()}`);
	await writeFile(partial, `${JSON.stringify(content, null, 2)}\n`);
	await rename(partial, file);
}
async function readTextOrUndefined(file) {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if (codeOf(error) === "ENOENT") return void 0;
		throw error;
	}
}
async function digestOfFile(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
async function digestsBelow(folder) {
	const names = (await namesBelow(folder)).filter((name) => !name.startsWith(".") && name !== "release.json");
	const digests = /* @__PURE__ */ new Map();
	for (const name of names) digests.set(name, await digestOfFile(path.join(folder, name)));
	return digests;
}
async function onDisk(what, work) {
	try {
		return await work();
	} catch (error) {
		if (codeOf(error) === void 0) throw error;
		throw new OutsideError(`the registry folder failed to ${what}: ${error.message}`, { cause: error });
	}
}
function codeOf(error) {
	return error instanceof Error && "code" in error && "syscall" in error ? String(error.code) : void 0;
}
async function readAssets(folder) {
	const text = await readTextOrUndefined(path.join(folder, CHECKSUMS_NAME));
	const checksums = text === void 0 ? [] : parseChecksums(text, path.join(folder, CHECKSUMS_NAME));
	const assets = [];
	for (const name of await namesBelow(folder)) {
		if (name === "release.json" || name.startsWith(".")) continue;
		const { size } = await stat(path.join(folder, name));
		const sha256 = checksums.find((checksum) => checksum.name === name)?.sha256;
		assets.push({
			name,
			bytes: size,
			...sha256 !== void 0 && { sha256 }
		});
	}
	return assets;
}

// src/adapters/folder-registry/folder-history.ts
function createFolderHistory({ directory }) {
	const top = path.resolve(directory, HISTORY_NAME);
	return {
		isLocal: true,
		read: (file) => onDisk(`read ${file}`, async () => textOf(await readWhole(top, file))),
		append: (file, linesFor) => onDisk(`append to ${file}`, async () => {
			const current = await readWhole(top, file);
			const lines = linesFor(textOf(current) ?? "");
			if (lines.length === 0) return;
			const target = path.join(top, file);
			await mkdir(path.dirname(target), { recursive: true });
			await appendFile(target, renderAddition(current, lines));
		})
	};
}
async function readWhole(top, file) {
	const source = path.join(top, file);
	try {
		const { size } = await stat(source);
		if (size > 8e6) throw new InputError(`${source} has ${size} bytes, and at most ${MAXIMUM_HISTORY_BYTES} are read; take old lines out of it`);
		return await readFile(source);
	} catch (error) {
		if (codeOf(error) === "ENOENT") return void 0;
		throw error;
	}
}
function textOf(content) {
	return content && new TextDecoder().decode(content);
}

// src/adapters/folder-registry/folder-registry.ts
function createFolderRegistry(options) {
	const folder = {
		directory: path.resolve(options.directory),
		now: options.now ?? (() => /* @__PURE__ */ new Date())
	};
	return {
		findChampion: (model) => onDisk("find the champion", () => findChampion(folder, model)),
		findRelease: (model, version) => onDisk("find a release", () => readReleaseFolder(folder.directory, formatTag(model, version))),
		listDrafts: (model) => onDisk("list the drafts", () => listDrafts(folder, model)),
		download: (release, directory) => onDisk(`copy ${release.tag}`, () => copyRelease(folder, release, directory)),
		createDraft: (wanted) => onDisk("write a draft", () => createDraft(folder, wanted)),
		publish: (draft, wanted) => onDisk("publish a draft", () => publish(folder, draft, wanted)),
		deleteDraft: (draft) => onDisk("delete a draft", () => deleteDraft(folder, draft))
	};
}
async function findChampion(folder, model) {
	for (const version of championVersions(model, await namesBelow(folder.directory))) {
		const release = await readReleaseFolder(folder.directory, formatTag(model, version));
		if (release !== void 0) return release;
	}
}
async function listDrafts(folder, model) {
	const drafts = [];
	for (const name of draftFolderNames(model, await namesBelow(folder.directory))) {
		const draft = await readReleaseFolder(folder.directory, name);
		if (draft !== void 0) drafts.push(draft);
	}
	return drafts.sort((left, right) => left.createdAt < right.createdAt ? 1 : -1);
}
async function createDraft(folder, wanted) {
	const checksums = await describeAssets(wanted.assets);
	const text = renderChecksums(checksums);
	const tag = formatTag(wanted.model, wanted.version);
	const published = await readReleaseFolder(folder.directory, tag);
	if (published !== void 0) {
		if (await checksumsText(folder, tag) === text) return published;
		throw versionTaken(tag);
	}
	const name = draftFolderName(wanted.model, sha256(text));
	const target = path.join(folder.directory, name);
	if (!await isWhole(target, text)) await writeDraft(folder, {
		name,
		wanted,
		text
	});
	await writeReleaseFile(target, releaseFile(folder, wanted.model, wanted));
	const draft = await readReleaseFolder(folder.directory, name);
	if (draft === void 0) throw new OutsideError(`the draft ${name} vanished while it was made`);
	return draft;
}
async function describeAssets(assets) {
	const files = [];
	for (const { name, path: file } of assets) {
		const { size } = await stat(file).catch((cause) => {
			throw new InputError(`the asset ${name} cannot be read: ${cause.message}`, {
				location: { file },
				cause
			});
		});
		files.push({
			name,
			bytes: size,
			sha256: await digestOfFile(file)
		});
	}
	checkAssets(files);
	return files;
}
async function isWhole(target, text) {
	const checksums = parseChecksums(text, CHECKSUMS_NAME);
	const present = await digestsBelow(target);
	if (present.size !== checksums.length + 1 || findAssetProblems(checksums, present).length > 0) return false;
	return await readTextOrUndefined(path.join(target, CHECKSUMS_NAME)) === text;
}
async function writeDraft(folder, { name, wanted, text }) {
	await mkdir(folder.directory, { recursive: true });
	const partial = await mkdtemp(path.join(folder.directory, ".partial-"));
	try {
		for (const asset of wanted.assets) await copyFile(asset.path, path.join(partial, asset.name), constants.COPYFILE_FICLONE);
		await writeFile(path.join(partial, CHECKSUMS_NAME), text);
		const checksums = readReleaseChecksums(text, formatTag(wanted.model, wanted.version));
		refuseProblems(name, findAssetProblems(checksums, await digestsBelow(partial)));
		await writeReleaseFile(partial, releaseFile(folder, wanted.model, wanted));
		const target = path.join(folder.directory, name);
		if (await moveUnlessTaken(partial, target) || await isWhole(target, text)) return;
		await rm(target, {
			recursive: true,
			force: true
		});
		await moveUnlessTaken(partial, target);
	} finally {
		await rm(partial, {
			recursive: true,
			force: true
		});
	}
}
async function moveUnlessTaken(source, target) {
	try {
		await rename(source, target);
		return true;
	} catch (error) {
		if ([
			"ENOTEMPTY",
			"EEXIST",
			"EPERM"
		].includes(codeOf(error) ?? "")) return false;
		throw error;
	}
}
function releaseFile(folder, model, wanted) {
	return {
		model,
		version: wanted.version,
		title: wanted.title,
		notes: wanted.notes,
		commit: wanted.commit,
		draft: wanted.draft ?? true,
		createdAt: folder.now().toISOString()
	};
}
async function publish(folder, draft, wanted) {
	const tag = formatTag(draft.model, wanted.version);
	const published = await readReleaseFolder(folder.directory, tag);
	if (published !== void 0) return await acceptPublished(folder, published, draft);
	const source = path.join(folder.directory, draft.id);
	if (!draft.draft) throw new InputError(`the draft was published as ${draft.tag} already, not as ${tag}`);
	if (await readReleaseFile(source) === void 0) throw new InputError(`the draft ${draft.tag} is gone; make it again before publishing`);
	refuseLowerVersion(draft.model, wanted.version, (await findChampion(folder, draft.model))?.version);
	const checksums = readReleaseChecksums(await checksumsText(folder, draft.id), `${draft.tag} (a draft)`);
	refuseProblems(`${draft.tag} (a draft)`, findAssetProblems(checksums, await digestsBelow(source)));
	try {
		await writeReleaseFile(source, releaseFile(folder, draft.model, {
			...wanted,
			draft: false
		}));
		await moveUnlessTaken(source, path.join(folder.directory, tag));
	} catch (error) {
		if (codeOf(error) !== "ENOENT") throw error;
	}
	const visible = await readReleaseFolder(folder.directory, tag);
	if (visible === void 0) throw new OutsideError(`${tag} vanished while it was published`);
	return await acceptPublished(folder, visible, draft);
}
async function acceptPublished(folder, published, draft) {
	const describe = ({ assets }) => assets.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`).join("\n");
	if (describe(published) !== describe(draft)) throw versionTaken(published.tag);
	if (draft.draft) await rm(path.join(folder.directory, draft.id), {
		recursive: true,
		force: true
	});
	return published;
}
async function copyRelease(folder, release, directory) {
	const source = path.join(folder.directory, release.id);
	const checksums = readReleaseChecksums(await checksumsText(folder, release.id), release.tag);
	refuseProblems(release.tag, findAssetProblems(checksums, await digestsBelow(source)));
	await mkdir(directory, { recursive: true });
	for (const { name } of [...checksums, { name: CHECKSUMS_NAME }]) await copyFile(path.join(source, name), path.join(directory, name), constants.COPYFILE_FICLONE);
	const copied = /* @__PURE__ */ new Map();
	for (const { name } of checksums) copied.set(name, await digestOfFile(path.join(directory, name)));
	refuseProblems(release.tag, findAssetProblems(checksums, copied));
	const text = await readTextOrUndefined(path.join(directory, "manifest.json")) ?? "";
	const manifest = checkManifest(text, release, {
		checksums,
		sha256
	});
	return {
		reference: release,
		directory,
		manifest,
		modelPath: path.resolve(directory, manifest.file),
		...manifest.features !== void 0 && { featuresPath: path.resolve(directory, manifest.features) }
	};
}
function sha256(text) {
	return createHash("sha256").update(text).digest("hex");
}
async function checksumsText(folder, name) {
	return await readTextOrUndefined(path.join(folder.directory, name, CHECKSUMS_NAME));
}
async function deleteDraft(folder, draft) {
	const current = await readReleaseFolder(folder.directory, draft.id);
	if (current === void 0) return;
	if (!current.draft) throw new InputError(`${current.tag} is published; Contender deletes drafts alone`);
	await rm(path.join(folder.directory, draft.id), {
		recursive: true,
		force: true
	});
}

export { createFolderHistory, createFolderRegistry };