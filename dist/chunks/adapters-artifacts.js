import { InputError, OutsideError, messageOf } from "./core.js";
import { createStorageClient, parseRepositoryName, request, requestOrUndefined, statusOf } from "./adapters-github.js";
import { array, nullish, number, object, optional, pipe, safeInteger, safeParse, string, transform, union, url } from "./vendor-valibot.js";
import { require_yauzl } from "./vendor-zip.js";
import { dirname, join, relative } from "node:path";
import { createWriteStream } from "node:fs";
import { access, constants, lstat, mkdir, readdir, realpath, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";

// src/adapters/artifacts/download-archive.ts
const TRIES = 3;
async function downloadArchive(download) {
	const { reference, open, file, retryMilliseconds } = download;
	let problem = "";
	for (let attempt = 1; attempt <= TRIES; attempt += 1) {
		if (attempt > 1) await setTimeout((attempt - 1) ** 2 * retryMilliseconds);
		const body = await open();
		const hash = createHash("sha256");
		try {
			await pipeline(body, limited(download, hash), createWriteStream(file));
		} catch (error) {
			if (error instanceof InputError || isFileError(error)) throw error;
			problem = messageOf(error);
			continue;
		}
		checkDigest(reference, hash.digest("hex"));
		return;
	}
	throw new OutsideError(`artifact ${reference.id} could not be downloaded in ${TRIES} tries: ${problem}`);
}
function checkDigest({ id, digest }, actual) {
	if (actual === digest) return;
	throw new InputError(`artifact ${id} is refused: its SHA-256 is ${actual} and not ${digest}, so it is not what was handed over; run the job that made it again`);
}
function checkSize({ id }, bytes, mostBytes) {
	if (bytes <= mostBytes) return;
	throw new InputError(`artifact ${id} is refused: its archive has ${bytes} bytes or more, and at most ${mostBytes} are read`);
}
function limited({ reference, mostBytes }, hash) {
	return async function* (chunks) {
		let bytes = 0;
		for await (const chunk of chunks) {
			bytes += chunk.length;
			checkSize(reference, bytes, mostBytes);
			hash.update(chunk);
			yield chunk;
		}
	};
}
function isFileError(error) {
	return error instanceof Error && "syscall" in error && ["open", "write"].includes(String(error.syscall));
}

// src/adapters/artifacts/results-service.ts
const SERVICE = "twirp/github.actions.results.api.v1.ArtifactService";
const listAnswer = object({ artifacts: optional(array(object({
	database_id: pipe(union([string(), number()]), transform(Number), safeInteger()),
	name: string(),
	size: pipe(optional(union([string(), number()]), 0), transform(Number), safeInteger()),
	created_at: optional(string(), "1970-01-01T00:00:00Z"),
	digest: nullish(string()),
	workflow_run_backend_id: string(),
	workflow_job_run_backend_id: string()
})), []) });
const signAnswer = object({ signed_url: pipe(string(), url()) });
function createResultsService(runtime, client) {
	const own = {
		workflow_run_backend_id: runtime.runId,
		workflow_job_run_backend_id: runtime.jobId
	};
	const call = async (method, what, body) => {
		try {
			return withSnakeCase((await client.request({
				method: "POST",
				url: `${runtime.url}/${SERVICE}/${method}`,
				headers: { authorization: `Bearer ${runtime.token}` },
				data: body
			})).data);
		} catch (error) {
			const said = [statusOf(error), messageOf(error).split("\n")[0]].filter(Boolean).join(" ");
			throw new OutsideError(`GitHub's artifact service failed to ${what}: ${said}`, { cause: error });
		}
	};
	return {
		async list(id) {
			const filter = id === void 0 ? {} : { id_filter: String(id) };
			const what = "list the artifacts of this run";
			return read(listAnswer, await call("ListArtifacts", what, {
				...own,
				...filter
			}), what).artifacts.map(toArtifact);
		},
		async sign(artifact) {
			const what = `give an address for artifact ${artifact.id}`;
			const answer = await call("GetSignedArtifactURL", what, nameOf(artifact));
			return read(signAnswer, answer, what).signed_url;
		},
		async remove(artifact) {
			await call("DeleteArtifact", `delete artifact ${artifact.id}`, nameOf(artifact)).catch((error) => {
				if (statusOf(error.cause) !== 404) throw error;
			});
		}
	};
}
function digestFrom(text) {
	return /^sha256:([0-9a-f]{64})$/.exec(text ?? "")?.[1];
}
function toArtifact(stored) {
	return {
		id: stored.database_id,
		name: stored.name,
		bytes: stored.size,
		createdAt: stored.created_at,
		digest: digestFrom(stored.digest),
		runId: stored.workflow_run_backend_id,
		jobId: stored.workflow_job_run_backend_id
	};
}
function nameOf({ runId, jobId, name }) {
	return {
		workflow_run_backend_id: runId,
		workflow_job_run_backend_id: jobId,
		name
	};
}
function read(schema, answer, what) {
	const result = safeParse(schema, answer);
	if (result.success) return result.output;
	throw new OutsideError(`GitHub's artifact service gave an answer that is not understood when asked to ${what}`);
}
function withSnakeCase(value) {
	if (Array.isArray(value)) return value.map(withSnakeCase);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, child]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), withSnakeCase(child)]));
}

// src/adapters/artifacts/other-runs.ts
const PERMISSION = "actions: read";
const PAGE = 100;
async function listArtifacts(host, run) {
	const { octokit, repository } = host;
	const purpose = {
		what: `list the artifacts of run ${run}`,
		permission: PERMISSION
	};
	return (await request(purpose, () => octokit.paginate(octokit.rest.actions.listWorkflowRunArtifacts, {
		...repository,
		run_id: Number(run),
		per_page: PAGE
	}))).flatMap((artifact) => describe$1(artifact) ?? []);
}
async function findArtifact(host, id) {
	const { octokit, repository } = host;
	const purpose = {
		what: `read artifact ${id}, which is none of this run`,
		permission: PERMISSION
	};
	const answer = await requestOrUndefined(purpose, () => octokit.rest.actions.getArtifact({
		...repository,
		artifact_id: id
	}));
	return answer && describe$1(answer.data);
}
async function openArtifact(host, id) {
	const { octokit, repository, storage } = host;
	const purpose = {
		what: `download artifact ${id}`,
		permission: PERMISSION
	};
	return await request(purpose, async () => {
		const answer = await octokit.rest.actions.downloadArtifact({
			...repository,
			artifact_id: id,
			archive_format: "zip",
			request: { redirect: "manual" }
		}).catch((error) => {
			if (statusOf(error) === 410) throw expired(id, error);
			throw error;
		});
		const { location } = answer.headers;
		if (location === void 0) throw new Error(`the answer ${answer.status} names no address`);
		return await openSigned(storage, location);
	});
}
async function openSigned(storage, url) {
	try {
		return (await storage.request({
			method: "GET",
			url,
			request: { parseSuccessResponseBody: false }
		})).data;
	} catch (error) {
		const said = [statusOf(error), messageOf(error).split("\n")[0]].filter(Boolean).join(" ");
		throw new OutsideError(`GitHub's storage did not give the artifact: ${said}`, { cause: error });
	}
}
function expired(id, cause) {
	return new InputError(`artifact ${id} does not exist or has expired; run the job that made it again, and check that the id is of this repository`, { cause });
}
function describe$1(stored) {
	const digest = digestFrom(stored.digest);
	const run = stored.workflow_run?.id;
	if (stored.expired || digest === void 0 || run === void 0) return void 0;
	const { id, name, size_in_bytes: bytes } = stored;
	return {
		id,
		name,
		bytes,
		digest,
		run: String(run),
		createdAt: stored.created_at ?? "1970-01-01T00:00:00Z"
	};
}

// src/adapters/artifacts/entry-name.ts
var import_yauzl = require_yauzl();
const LONGEST_NAME = 500;
const LONGEST_SEGMENT = 200;
const FILE_TYPE_MASK = 61440;
const REGULAR_FILE = 32768;
const FOLDER = 16384;
function readEntryName({ fileName, externalFileAttributes }) {
	const isFolder = fileName.endsWith("/");
	const segments = (isFolder ? fileName.slice(0, -1) : fileName).split("/");
	if (fileName.length > LONGEST_NAME || segments.some((segment) => !isPlainSegment(segment))) throw refuse(fileName, "is no plain relative path");
	const type = externalFileAttributes >>> 16 & FILE_TYPE_MASK;
	if (type !== 0 && type !== (isFolder ? FOLDER : REGULAR_FILE)) throw refuse(fileName, "is no plain file but a link or a device");
	return isFolder ? void 0 : segments;
}
function sameFileKey(segments) {
	return segments.join("/").normalize("NFC").toLowerCase();
}
function refuse(fileName, problem) {
	const shown = JSON.stringify(fileName.slice(0, 100));
	return new InputError(`the artifact is refused: its entry ${shown} ${problem}; nothing of it was kept`);
}
function isPlainSegment(segment) {
	if (segment === "" || segment.length > LONGEST_SEGMENT) return false;
	return !/[\u0000-\u001f\u007f\\:]/.test(segment) && !/^\.{1,2}$/.test(segment) && !/[. ]$/.test(segment);
}

// src/adapters/artifacts/unpack-archive.ts
async function unpackArchive(archive, folder, limits) {
	await mkdir(folder, { recursive: true });
	if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`);
	try {
		return await unpackAll(archive, folder, limits);
	} catch (error) {
		for (const name of await readdir(folder)) await rm(join(folder, name), {
			recursive: true,
			force: true
		});
		throw translate(error);
	}
}
async function unpackAll(archive, folder, limits) {
	const zip = await (0, import_yauzl.openPromise)(archive, {
		autoClose: false,
		strictFileNames: true
	});
	try {
		const files = [];
		const unpacking = {
			zip,
			folder,
			limits,
			keys: /* @__PURE__ */ new Set(),
			bytesLeft: limits.bytes
		};
		let entries = 0;
		for await (const entry of zip.eachEntry()) {
			entries += 1;
			if (entries > limits.files) throw tooMuch(`more than ${limits.files} files`);
			const segments = readEntryName(entry);
			if (segments === void 0) continue;
			refuseTwin(entry, segments, unpacking.keys);
			const path = segments.join("/");
			if (limits.wanted?.(path) === false) continue;
			await unpackEntry(entry, segments, unpacking);
			files.push(path);
		}
		return files.sort();
	} finally {
		zip.close();
	}
}
function refuseTwin(entry, segments, keys) {
	const key = sameFileKey(segments);
	const folders = segments.slice(0, -1).map((_, index) => `${sameFileKey(segments.slice(0, index + 1))}/`);
	if (keys.has(key) || keys.has(`${key}/`) || folders.some((name) => keys.has(name.slice(0, -1)))) throw refuse(entry.fileName, "is there twice, or as a file and a folder");
	for (const name of [key, ...folders]) keys.add(name);
}
async function unpackEntry(entry, segments, unpacking) {
	const { zip, folder, limits } = unpacking;
	if (!entry.canDecodeFileData()) throw refuse(entry.fileName, "is encrypted or packed in an unknown way");
	const excess = () => tooMuch(`more than ${limits.bytes} bytes once it is unpacked`);
	if (entry.uncompressedSize > unpacking.bytesLeft) throw excess();
	const count = async function* (chunks) {
		for await (const chunk of chunks) {
			unpacking.bytesLeft -= chunk.length;
			if (unpacking.bytesLeft < 0) throw excess();
			yield chunk;
		}
	};
	const target = join(folder, ...segments);
	await mkdir(dirname(target), { recursive: true });
	await pipeline(await zip.openReadStreamPromise(entry), count, createWriteStream(target, { flags: "wx" }));
}
function tooMuch(what) {
	return new InputError(`the artifact is refused: it has ${what}; nothing of it was kept`);
}
function translate(error) {
	if (error instanceof InputError || !(error instanceof Error)) return error;
	if ("syscall" in error) return new OutsideError(`the artifact could not be unpacked: ${error.message}`, { cause: error });
	return new InputError(`the artifact is refused: it is no whole zip archive (${messageOf(error)})`, { cause: error });
}

// src/adapters/artifacts/upload-artifact.ts
const MOST_JOBS_OF_A_NAME = 256;
async function uploadArtifact(artifact, service, ownJob) {
	await checkFiles(artifact);
	const present = await service.list();
	for (let number = 1; number <= MOST_JOBS_OF_A_NAME; number += 1) {
		const name = number === 1 ? artifact.name : `${artifact.name}-${number}`;
		const taken = present.filter((other) => other.name === name);
		if (taken.some(({ jobId }) => jobId !== ownJob)) continue;
		for (const earlier of taken) await service.remove(earlier);
		const uploaded = await send({
			...artifact,
			name
		});
		if (uploaded !== void 0) return uploaded;
	}
	throw new OutsideError(`${MOST_JOBS_OF_A_NAME} jobs of this run have an artifact ${artifact.name}`);
}
async function send({ name, root, files }) {
	const { DefaultArtifactClient } = await import("./artifact.js");
	try {
		const { id, digest } = await new DefaultArtifactClient().uploadArtifact(name, [...files], root);
		if (id === void 0 || digest === void 0) throw new Error("the service gave no id or digest");
		return {
			id,
			digest
		};
	} catch (error) {
		if (/\(409\)|already exists/i.test(messageOf(error))) return void 0;
		throw new OutsideError(`the artifact ${name} could not be uploaded: ${messageOf(error)}`, { cause: error });
	}
}
async function checkFiles({ root, files }) {
	if (files.length === 0) throw new InputError("there are no files to upload as an artifact");
	const realRoot = await realpath(root);
	for (const file of files) {
		const isPlain = await realpath(file).then((real) => real === join(realRoot, relative(root, file)), () => false) && (await lstat(file)).isFile();
		const isReadable = await access(file, constants.R_OK).then(() => true, () => false);
		if (!isPlain || !isReadable) throw new InputError(`${file} is no plain file that can be read`);
	}
}

// src/adapters/artifacts/artifact-store.ts
function createArtifactStore(options) {
	const { runtime, run, userAgent, retryMilliseconds = 1e3 } = options;
	const storage = createStorageClient({
		userAgent,
		retryMilliseconds
	});
	const service = createResultsService(runtime, storage);
	const others = () => {
		if (options.github === void 0) throw new InputError("artifacts of another run need a token with actions: read; give github-token");
		const { octokit, repository } = options.github;
		return {
			octokit,
			repository: parseRepositoryName(repository),
			storage
		};
	};
	const places = {
		service,
		run,
		others,
		storage
	};
	return {
		upload: (artifact) => uploadArtifact(artifact, service, runtime.jobId),
		async listOfRun(wanted) {
			return (wanted === run ? (await service.list()).flatMap((artifact) => describe(artifact, run) ?? []) : await listArtifacts(others(), wanted)).toSorted((left, right) => right.id - left.id);
		},
		find: async (id) => (await locate(places, id))?.description,
		async unpack(reference, folder, limits) {
			const found = await locate(places, reference.id);
			if (found === void 0) throw expired(reference.id);
			const { description, open } = found;
			checkDigest(reference, description.digest);
			checkSize(reference, description.bytes, limits.archiveBytes);
			const directory = await options.temporaryDirectory();
			try {
				const file = join(directory, "archive.zip");
				const mostBytes = limits.archiveBytes;
				await downloadArchive({
					reference,
					open,
					file,
					mostBytes,
					retryMilliseconds
				});
				return await unpackArchive(file, folder, limits);
			} finally {
				await rm(directory, {
					recursive: true,
					force: true
				});
			}
		}
	};
}
async function locate({ service, run, others, storage }, id) {
	const own = (await service.list(id)).find((artifact) => artifact.id === id);
	if (own !== void 0) {
		const description = describe(own, run);
		return description && {
			description,
			open: async () => openSigned(storage, await service.sign(own))
		};
	}
	const host = others();
	const description = await findArtifact(host, id);
	return description && {
		description,
		open: () => openArtifact(host, id)
	};
}
function describe(artifact, run) {
	const { id, name, bytes, createdAt, digest } = artifact;
	return digest === void 0 ? void 0 : {
		id,
		name,
		bytes,
		createdAt,
		digest,
		run
	};
}

export { createArtifactStore };