import { OutsideError, messageOf } from "./core.js";
import { require_tar_stream } from "./vendor-tar.js";
import { basename, dirname, join } from "node:path";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { createGunzip } from "node:zlib";
import { createHash, randomUUID } from "node:crypto";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { execFile } from "node:child_process";
import * as http$1 from "node:http";
import { setTimeout } from "node:timers/promises";
import * as https$1 from "node:https";

// src/adapters/native/fetch/cache-directory.ts
const ABANDONED_AFTER_MILLISECONDS = 864e5;
const RENAME_ATTEMPTS = 10;
const RENAME_PAUSE_MILLISECONDS = 200;
function cacheDirectory(environment, system = process.platform) {
	if (environment.RUNNER_TOOL_CACHE) return join(environment.RUNNER_TOOL_CACHE, "contender");
	if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, "contender");
	if (system === "win32" && environment.LOCALAPPDATA) return join(environment.LOCALAPPDATA, "contender", "cache");
	const home = environment.HOME || environment.USERPROFILE || homedir();
	return system === "darwin" ? join(home, "Library", "Caches", "contender") : join(home, ".cache", "contender");
}
function contentKey(packages) {
	const content = packages.map(({ name, version, integrity, files }) => [
		name,
		version,
		integrity,
		files
	]);
	return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}
async function fillAtomically(target, fill) {
	const partial = `${target}.${writerName(process.pid)}.${randomUUID().slice(0, 8)}.partial`;
	await prepare(target, partial);
	try {
		await fill(partial);
		await moveIntoPlace(partial, target);
	} finally {
		await rm(partial, {
			recursive: true,
			force: true
		});
	}
}
async function isFilled(target) {
	try {
		return (await stat(target)).isDirectory();
	} catch {
		return false;
	}
}
async function prepare(target, partial) {
	try {
		await mkdir(dirname(target), { recursive: true });
		await removeAbandoned(target);
		await mkdir(partial);
	} catch (cause) {
		throw new OutsideError(`native modules cannot be kept in ${dirname(target)}: ${messageOf(cause)}; set RUNNER_TOOL_CACHE or XDG_CACHE_HOME to a folder that can be written, or name one that holds them in runtime-directory`, { cause });
	}
}
async function moveIntoPlace(partial, target) {
	for (let attempt = 1;; attempt += 1) try {
		return await rename(partial, target);
	} catch (cause) {
		if (await isFilled(target)) return;
		if (attempt < RENAME_ATTEMPTS && isHeld(cause)) await setTimeout(RENAME_PAUSE_MILLISECONDS);
		else throw new OutsideError(`${target} cannot be written: ${messageOf(cause)}`, { cause });
	}
}
function isHeld(error) {
	return error instanceof Error && "code" in error && /^(EPERM|EBUSY|EACCES)$/.test(String(error.code));
}
async function removeAbandoned(target) {
	const prefix = `${basename(target)}.`;
	for (const entry of await readdir(dirname(target))) {
		if (!entry.startsWith(prefix) || !entry.endsWith(".partial")) continue;
		const path = join(dirname(target), entry);
		if (await isAbandoned(path)) await rm(path, {
			recursive: true,
			force: true
		});
	}
}
async function isAbandoned(path) {
	const [host, processId] = basename(path).split(".").at(-3)?.split("~") ?? [];
	if (host === writerHost() && !isAlive(Number(processId))) return true;
	try {
		return Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MILLISECONDS;
	} catch {
		return false;
	}
}
function isAlive(processId) {
	if (!Number.isInteger(processId) || processId <= 0) return false;
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
function writerName(processId) {
	return `${writerHost()}~${processId}`;
}
function writerHost() {
	return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

// src/adapters/native/fetch/download.ts
const SILENCE_LIMIT_MILLISECONDS = 6e4;
const MAX_REDIRECTS = 5;
var HttpStatusError = class extends Error {
	status;
	constructor(status, text) {
		super(`HTTP status ${status}${text ? ` ${text}` : ""}`);
		this.status = status;
	}
};
async function openDownload(download) {
	const { url, registry } = download;
	const { origin } = new URL(url);
	let address = url;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
		const { authorization, ...trust } = registry;
		const own = new URL(address).origin === origin;
		const response = await request(address, own ? registry : trust, download);
		const { statusCode: status = 0, statusMessage } = response.message;
		if (status === 200) return {
			body: response.message,
			[Symbol.asyncDispose]: response.close
		};
		const { location } = response.message.headers;
		await response.close();
		if (status < 300 || status > 399 || location === void 0) throw new HttpStatusError(status, statusMessage);
		address = new URL(location, address).href;
	}
	throw new Error(`more than ${MAX_REDIRECTS} redirects`);
}
function request(address, { authorization, certificates }, { environment, signal }) {
	const secure = new URL(address).protocol === "https:";
	const proxyEnv = { ...environment };
	const agent = secure ? new https$1.Agent({
		proxyEnv,
		ca: certificates
	}) : new http$1.Agent({ proxyEnv });
	return new Promise((resolve, reject) => {
		const sent = (secure ? https$1 : http$1).get(address, {
			agent,
			...signal === void 0 ? {} : { signal },
			headers: authorization === void 0 ? {} : { authorization },
			timeout: SILENCE_LIMIT_MILLISECONDS
		});
		sent.on("timeout", () => {
			sent.destroy(/* @__PURE__ */ new Error(`no answer for ${SILENCE_LIMIT_MILLISECONDS / 1e3} seconds`));
		});
		sent.on("error", reject);
		sent.on("response", (message) => {
			const close = async () => {
				message.destroy();
				agent.destroy();
			};
			resolve({
				message,
				close
			});
		});
	});
}

// src/adapters/native/fetch/unpack-tarball.ts
var import_tar_stream = require_tar_stream();
var IntegrityError = class extends Error {};
async function unpackTarball(wanted, tarball, directory) {
	const hash = createHash("sha512");
	const missing = new Set(Object.keys(wanted.files));
	const entries = (0, import_tar_stream.extract)();
	throwFirstCause(await Promise.allSettled([writeEntries(entries, missing, directory), pipeline(tarball, hashing(hash, wanted.tarballBytes), createGunzip({ chunkSize: 1 << 20 }), entries)]));
	const integrity = `sha512-${hash.digest("base64")}`;
	if (integrity !== wanted.integrity) throw new IntegrityError(`its integrity is ${integrity} instead of ${wanted.integrity}`);
	if (missing.size > 0) throw new IntegrityError(`it lacks ${[...missing].join(", ")}`);
}
function hashing(hash, limit) {
	let received = 0;
	return new Transform({ transform(chunk, _encoding, callback) {
		received += chunk.length;
		hash.update(chunk);
		callback(received > limit ? new IntegrityError(`it is longer than ${limit} bytes`) : null, chunk);
	} });
}
async function writeEntries(entries, missing, directory) {
	for await (const entry of entries) {
		const path = entry.header.name.replace(/^[^/]*\//, "");
		if (entry.header.type !== "file" || !missing.delete(path)) {
			entry.resume();
			continue;
		}
		const target = join(directory, path);
		await mkdir(dirname(target), { recursive: true });
		await pipeline(entry, createWriteStream(target));
	}
}
function throwFirstCause(results) {
	const reasons = results.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
	if (reasons.length === 0) return;
	const cause = reasons.find((reason) => !isConsequence(reason)) ?? reasons[0];
	throw isBrokenArchive(cause) ? new IntegrityError(`what came is no package: ${cause.message}`) : cause;
}
function isConsequence(error) {
	return error instanceof Error && /premature close|was destroyed|writable stream closed/i.test(error.message);
}
function isBrokenArchive(error) {
	if (!(error instanceof Error)) return false;
	const code = "code" in error ? String(error.code) : "";
	return /^Z_(DATA|NEED_DICT|STREAM)/.test(code) || /tar header|Invalid tar/i.test(error.message);
}

// src/adapters/native/fetch/fetch-package.ts
const RETRY_PAUSES_MILLISECONDS = [1e3, 4e3];
async function fetchPackage(wanted, target) {
	const url = tarballAddress(wanted, target.registry);
	for (let attempt = 0;; attempt += 1) try {
		const { registry, environment, signal } = target;
		await using download = await openDownload({
			url,
			registry,
			environment,
			signal
		});
		await unpackTarball(wanted, download.body, target.directory);
		return;
	} catch (cause) {
		const pause = RETRY_PAUSES_MILLISECONDS[attempt];
		if (target.signal.aborted || pause === void 0 || !isWorthAnotherAttempt(cause)) throw failure(wanted, url, cause, attempt + 1);
		await setTimeout(pause, void 0, { signal: target.signal });
	}
}
function tarballAddress({ name, version }, registry) {
	return new URL(`${name}/-/${name.split("/").at(-1)}-${version}.tgz`, registry.url).href;
}
function isWorthAnotherAttempt(error) {
	if (error instanceof IntegrityError) return false;
	if (error instanceof HttpStatusError) return error.status >= 500 || error.status === 429 || error.status === 408;
	return !/^(ENOSPC|EACCES|EROFS|EPERM|EDQUOT)$|CERT|UNABLE_TO_/.test(codeOf(error));
}
function codeOf(error) {
	return error instanceof Error && "code" in error ? String(error.code) : "";
}
function failure({ name, version }, url, cause, attempts) {
	const { host } = new URL(url);
	const tries = attempts === 1 ? "" : ` (${attempts} attempts)`;
	return new OutsideError(`${name} ${version} cannot be fetched from ${host}: ${messageOf(cause)}${tries}${hintFor(cause, host)}`, { cause });
}
function hintFor(cause, host) {
	if (cause instanceof HttpStatusError && (cause.status === 401 || cause.status === 403)) return `; the registry wants a token: write //${host}/:_authToken=… into the .npmrc of the user`;
	if (/CERT|UNABLE_TO_/.test(codeOf(cause))) return "; name the certificates of your authority in NODE_EXTRA_CA_CERTS or in cafile of .npmrc";
	return "";
}

// src/adapters/native/fetch/npmrc.ts
async function readNpmSettings(path, environment) {
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch {
		return /* @__PURE__ */ new Map();
	}
	return parseNpmSettings(text, environment);
}
function parseNpmSettings(text, environment) {
	const settings = /* @__PURE__ */ new Map();
	for (const line of text.split(/\r?\n/)) {
		const match = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
		if (match === null) continue;
		const [, key = "", quoted = ""] = match;
		const value = expand(quoted.replace(/^(["'])(.*)\1$/, "$2"), environment);
		if (value !== void 0) settings.set(key, value);
	}
	return settings;
}
function expand(value, environment) {
	if (!value.includes("${")) return value;
	if (environment === void 0) return void 0;
	let known = true;
	const expanded = value.replace(/\$\{([^${}?]+)(\?)?\}/g, (_whole, name, optional) => {
		const found = environment[name];
		if (found === void 0 && optional === void 0) known = false;
		return found ?? "";
	});
	return known ? expanded : void 0;
}

// src/adapters/native/fetch/registry.ts
const NPM_TIME_LIMIT_MILLISECONDS = 2e4;
const NPM_VARIABLES = /^(PATH|PATHEXT|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|COMSPEC|TEMP|TMP|TMPDIR|npm_config_.*)$/i;
async function findRegistries(environment, projectDirectory) {
	const home = environment.HOME || environment.USERPROFILE || homedir();
	const variable = npmVariables(environment);
	const layers = [
		await readNpmSettings(join(projectDirectory, ".npmrc"), void 0),
		await readNpmSettings(variable("userconfig") ?? join(home, ".npmrc"), environment),
		...variable("globalconfig") ? [await readNpmSettings(variable("globalconfig") ?? "", environment)] : []
	];
	const setting = (key) => lookUp(layers, key);
	const general = variable("registry") ?? setting("registry") ?? await askNpm(environment, projectDirectory);
	const trust = await readCertificates(variable("cafile") ?? lookUp(layers.slice(1), "cafile"));
	return { registryOf(packageName) {
		const scope = /^(@[^/]+)\//.exec(packageName)?.[1];
		const address = scope && setting(`${scope}:registry`) || general;
		if (!address) throw noRegistry(packageName);
		return {
			...withCredentials(checkAddress(address), setting),
			...trust
		};
	} };
}
function lookUp(layers, key) {
	return layers.find((layer) => layer.has(key))?.get(key);
}
async function readCertificates(path) {
	if (path === void 0) return {};
	try {
		return { certificates: await readFile(path, "utf8") };
	} catch (cause) {
		throw new OutsideError(`cafile of npm's settings names ${path}, which cannot be read`, { cause });
	}
}
function npmVariables(environment) {
	const found = new Map(Object.entries(environment).map(([name, value]) => [name.toLowerCase().replaceAll("-", "_"), value]));
	return (key) => found.get(`npm_config_${key}`) || void 0;
}
function checkAddress(address) {
	const url = URL.parse(address);
	if (url === null || !/^https?:$/.test(url.protocol)) throw new OutsideError(`the package registry is set to ${JSON.stringify(address)}, which is no http or https address: set npm_config_registry or the line registry= of .npmrc`);
	return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
function withCredentials(url, setting) {
	const { host, pathname } = new URL(url);
	const folders = pathname.split("/").slice(0, -1);
	for (let depth = folders.length; depth > 0; depth -= 1) {
		const place = `//${host}${folders.slice(0, depth).join("/")}/`;
		const token = setting(`${place}:_authToken`);
		if (token) return {
			url,
			authorization: `Bearer ${token}`
		};
		const basic = setting(`${place}:_auth`);
		if (basic) return {
			url,
			authorization: `Basic ${basic}`
		};
	}
	return { url };
}
async function askNpm(environment, directory) {
	const kept = Object.entries(environment).filter(([name]) => NPM_VARIABLES.test(name));
	return new Promise((resolve) => {
		execFile("npm", [
			"config",
			"get",
			"registry"
		], {
			cwd: directory,
			env: Object.fromEntries(kept),
			timeout: NPM_TIME_LIMIT_MILLISECONDS,
			shell: process.platform === "win32"
		}, (error, output) => {
			const answer = output.trim().split("\n").at(-1)?.trim();
			resolve(error !== null || !answer || answer === "undefined" ? void 0 : answer);
		});
	});
}
function noRegistry(packageName) {
	return new OutsideError(`${packageName} has to be fetched, but no package registry is known: set npm_config_registry, write registry= into .npmrc, install npm, or name a folder that holds the package in runtime-directory`);
}

// src/adapters/native/fetch/fetch-to-cache.ts
async function fetchToCache({ name, version, packages, options }) {
	const root = options.toolCacheDirectory ?? cacheDirectory(options.environment);
	const target = join(root, name, version, contentKey(packages));
	if (await isFilled(target)) return target;
	const registries = await findRegistries(options.environment, options.projectDirectory ?? process.cwd());
	const started = performance.now();
	options.onFetch?.(`fetching ${packages.map((wanted) => `${wanted.name} ${wanted.version}`).join(", ")}`);
	await fillAtomically(target, (directory) => fetchAll(packages, (wanted) => ({
		directory: join(directory, "node_modules", wanted.name),
		registry: registries.registryOf(wanted.name),
		environment: options.environment
	})));
	const megabytes = packages.reduce((sum, { tarballBytes }) => sum + tarballBytes, 0) / 1e6;
	const seconds = (performance.now() - started) / 1e3;
	options.onFetch?.(`fetched ${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s to ${target}`);
	return target;
}
async function fetchAll(packages, targetOf) {
	const stop = new AbortController();
	let first;
	await Promise.all(packages.map(async (wanted) => {
		try {
			await fetchPackage(wanted, {
				...targetOf(wanted),
				signal: stop.signal
			});
		} catch (error) {
			first ??= { error };
			stop.abort();
		}
	}));
	if (first !== void 0) throw first.error;
}

export { fetchToCache };