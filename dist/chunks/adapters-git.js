import { InputError, OutsideError } from "./core.js";
import path from "node:path";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, realpath, rename, rm, stat } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { spawn } from "node:child_process";

// src/adapters/git/git-environment.ts
const SETTINGS = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.quotePath", "false"],
	["protocol.ext.allow", "never"],
	["advice.detachedHead", "false"],
	["gc.auto", "0"],
	["maintenance.auto", "false"]
];
function gitEnvironment(environment, directory) {
	const settings = [...SETTINGS, ["safe.directory", directory]];
	return withSettings({
		...environment,
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "",
		SSH_ASKPASS: "",
		GCM_INTERACTIVE: "never",
		GIT_OPTIONAL_LOCKS: "0",
		LC_ALL: "C",
		GIT_DIR: void 0,
		GIT_WORK_TREE: void 0,
		GIT_INDEX_FILE: void 0
	}, settings);
}
function withToken(environment, address, token) {
	const { origin } = new URL(address);
	const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
	return withSettings(environment, [[`http.${origin}/.extraheader`, `AUTHORIZATION: basic ${credentials}`]]);
}
function withSettings(environment, settings) {
	const present = Number.parseInt(environment.GIT_CONFIG_COUNT ?? "0", 10) || 0;
	const added = settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${present + index}`, key], [`GIT_CONFIG_VALUE_${present + index}`, value]]);
	return {
		...environment,
		...Object.fromEntries(added),
		GIT_CONFIG_COUNT: String(present + settings.length)
	};
}

// src/adapters/git/git-process.ts
async function runGit(git, commandArguments) {
	const child = startGit(git, commandArguments);
	const chunks = [];
	child.process.stdout.on("data", (chunk) => chunks.push(chunk));
	const { exitCode, stderr } = await child.ended;
	return {
		exitCode,
		stderr,
		stdout: Buffer.concat(chunks)
	};
}
async function runGitToFile(git, commandArguments, file) {
	const child = startGit(git, commandArguments);
	const [ended] = await Promise.all([child.ended, pipeline(child.process.stdout, createWriteStream(file))]);
	return ended;
}
async function readGit(git, commandArguments) {
	const result = await runGit(git, commandArguments);
	if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
	return result.stdout.toString("utf8");
}
function gitFailed(commandArguments, stderr) {
	return new OutsideError(`git ${commandArguments.join(" ")} failed: ${stderr.trim().slice(-2e3) || "no message"}`);
}
function splitNulls(text) {
	return text.split("\0").filter((entry) => entry !== "");
}
function startGit(git, commandArguments) {
	const process = spawn("git", ["--literal-pathspecs", ...commandArguments], {
		cwd: git.directory,
		env: git.environment,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		],
		windowsHide: true
	});
	let stderr = "";
	process.stderr.setEncoding("utf8").on("data", (text) => {
		stderr = (stderr + text).slice(-1e4);
	});
	return {
		process,
		ended: new Promise((resolve, reject) => {
			process.on("error", (cause) => {
				const hint = cause.code === "ENOENT" ? "git is not installed or not in PATH" : cause.message;
				reject(new OutsideError(`git could not be started: ${hint}`, { cause }));
			});
			process.on("close", (code) => resolve({
				exitCode: code ?? -1,
				stderr
			}));
		})
	};
}

// src/adapters/git/fetch-commit.ts
async function fetchCommit(git, commit, token) {
	if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) throw new OutsideError(`${commit} is no full commit id; only those can be fetched`);
	if (await isPresent(git, commit)) return;
	const fetching = {
		...git,
		environment: await credentials(git, token)
	};
	const shallow = (await readGit(git, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
	const problems = [];
	for (const attempt of attempts(commit, shallow)) {
		const result = await runGit(fetching, [
			"fetch",
			"--no-tags",
			"--no-write-fetch-head",
			"--quiet",
			...attempt
		]);
		if (result.exitCode === 0 && await isPresent(git, commit)) return;
		if (result.stderr.trim() !== "") problems.push(result.stderr.trim().replace(/\s*\n\s*/g, " "));
	}
	throw new OutsideError(`the commit ${commit} could not be fetched from origin (${problems.at(-1) ?? "origin does not have it"}); give this step a token with contents: read (github-token), or set fetch-depth: 0 on actions/checkout`);
}
function attempts(commit, shallow) {
	if (!shallow) return [["origin", commit], ["origin"]];
	return [
		[
			"--depth=1",
			"origin",
			commit
		],
		["--deepen=100", "origin"],
		["--unshallow", "origin"]
	];
}
async function isPresent(git, commit) {
	const local = {
		...git,
		environment: {
			...git.environment,
			GIT_NO_LAZY_FETCH: "1"
		}
	};
	return (await runGit(local, [
		"cat-file",
		"-e",
		`${commit}^{tree}`
	])).exitCode === 0;
}
async function credentials(git, token) {
	if (token === void 0 || token === "") return git.environment;
	const address = (await readGit(git, [
		"remote",
		"get-url",
		"origin"
	])).trim();
	if (!/^https?:\/\//.test(address)) return git.environment;
	const present = await runGit(git, [
		"config",
		"--get-urlmatch",
		"http.extraheader",
		address
	]);
	if (present.exitCode === 0 && /authorization/i.test(present.stdout.toString("utf8"))) return git.environment;
	return withToken(git.environment, address, token);
}

// src/adapters/git/large-file.ts
async function writeLargeFile(git, request, token) {
	const { pointer, target } = request;
	for (const candidate of [...await storedAt(git, pointer), ...request.candidates]) if (await hasSize(candidate, pointer.bytes)) {
		if (await writeChecked(createReadStream(candidate), pointer, target)) return true;
	}
	if (!request.ask || !await isInstalled(git)) return false;
	return await smudge({
		...git,
		environment: await credentials(git, token)
	}, request);
}
async function storedAt(git, { sha256 }) {
	const common = await runGit(git, ["rev-parse", "--git-common-dir"]);
	if (common.exitCode !== 0) return [];
	const folder = path.resolve(git.directory, common.stdout.toString("utf8").trimEnd());
	const chosen = await runGit(git, [
		"config",
		"--get",
		"lfs.storage"
	]);
	const storage = chosen.exitCode === 0 ? chosen.stdout.toString("utf8").trim() : "lfs";
	return [path.resolve(folder, storage, "objects", sha256.slice(0, 2), sha256.slice(2, 4), sha256)];
}
async function hasSize(file, bytes) {
	return await stat(file).then((found) => found.isFile() && found.size === bytes, () => false);
}
async function writeChecked(from, pointer, target) {
	const hash = createHash("sha256");
	const temporary = `${target}.${randomUUID()}.tmp`;
	await mkdir(path.dirname(target), { recursive: true });
	async function* hashed(chunks) {
		for await (const chunk of chunks) {
			hash.update(chunk);
			yield chunk;
		}
	}
	try {
		await pipeline(from, hashed, createWriteStream(temporary));
		if (hash.digest("hex") !== pointer.sha256) return false;
		await rename(temporary, target);
		return true;
	} finally {
		await rm(temporary, { force: true });
	}
}
async function isInstalled(git) {
	return (await runGit(git, ["lfs", "version"])).exitCode === 0;
}
async function smudge(git, { pointer, path: file, target }) {
	const shown = file.startsWith("-") ? `./${file}` : file;
	const child = spawn("git", [
		"lfs",
		"smudge",
		shown
	], {
		cwd: git.directory,
		env: {
			...git.environment,
			GIT_LFS_SKIP_SMUDGE: "0"
		},
		stdio: [
			"pipe",
			"pipe",
			"ignore"
		],
		windowsHide: true
	});
	const ended = new Promise((resolve) => {
		child.on("error", () => resolve(-1));
		child.on("close", (code) => resolve(code ?? -1));
	});
	child.stdin.on("error", () => void 0);
	child.stdin.end(`version https://git-lfs.github.com/spec/v1\noid sha256:${pointer.sha256}\nsize ${pointer.bytes}\n`);
	const written = await writeChecked(child.stdout, pointer, target);
	return await ended === 0 && written;
}

// src/adapters/git/origin.ts
function repositoryOfAddress(address, serverUrl) {
	const server = new URL(serverUrl);
	const path = pathOnHost(address.trim(), server);
	const groups = path && /^\/*(?<owner>[\w.-]+)\/(?<name>[\w.-]+?)(?:\.git)?\/*$/.exec(path)?.groups;
	return groups ? `${groups.owner}/${groups.name}` : void 0;
}
function pathOnHost(address, server) {
	const short = /^(?:[^@/\s]+@)?(?<host>[^:/\s]+):(?!\/\/)(?<path>.+)$/.exec(address)?.groups;
	if (short) return short.host === server.hostname ? short.path : void 0;
	if (!URL.canParse(address)) return void 0;
	const url = new URL(address);
	return (url.protocol.startsWith("http") ? url.host === server.host : url.hostname === server.hostname) ? url.pathname : void 0;
}

// src/adapters/git/path-pattern.ts
function pathMatcher(patterns) {
	const literal = new Set(patterns.map(withoutDot));
	const globs = patterns.filter((pattern) => /[*?[{]/.test(pattern)).flatMap(expandBraces).map((pattern) => globExpression(withoutDot(pattern)));
	return (path) => literal.has(path) || globs.some((glob) => glob.test(path));
}
function withoutDot(pattern) {
	return pattern.replace(/^(\.\/)+/, "");
}
const MOST_ALTERNATIVES = 1e3;
function expandBraces(pattern) {
	const done = [];
	const open = [pattern];
	for (let next = open.pop(); next !== void 0; next = open.pop()) {
		const match = /\{([^{}]*,[^{}]*)\}/.exec(next);
		if (match === null || done.length + open.length > MOST_ALTERNATIVES) done.push(next);
		else {
			const [before, after] = [next.slice(0, match.index), next.slice(match.index + match[0].length)];
			open.push(...match[1].split(",").map((part) => `${before}${part}${after}`));
		}
	}
	return done;
}
function globExpression(pattern) {
	const tokens = pattern.match(/\*\*\/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[\s\S]/g) ?? [];
	return new RegExp(`^${tokens.map(tokenExpression).join("")}$`, "u");
}
function tokenExpression(token) {
	if (token === "**/") return "(?:[^/]+/)*";
	if (token === "**") return ".*";
	if (token === "*") return "[^/]*";
	if (token === "?") return "[^/]";
	if (token.length > 1 && token.startsWith("[")) return characterSet(token.slice(1, -1));
	return token.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
function characterSet(members) {
	const negated = members.startsWith("!");
	const escaped = (negated ? members.slice(1) : members).replace(/[\\\]^[]/g, "\\$&");
	return negated ? `[^/${escaped}]` : `[${escaped}]`;
}

// src/adapters/git/work-tree.ts
async function addWorkTree(git, commit, directory) {
	await removeWorkTree(git, directory);
	await mkdir(path.dirname(directory), { recursive: true });
	const commandArguments = [
		"worktree",
		"add",
		"--force",
		"--force",
		"--detach",
		directory,
		commit
	];
	const environment = {
		...git.environment,
		GIT_LFS_SKIP_SMUDGE: "1"
	};
	const result = await runGit({
		...git,
		environment
	}, commandArguments);
	if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
}
async function removeWorkTree(git, directory) {
	await runGit(git, [
		"worktree",
		"remove",
		"--force",
		"--force",
		directory
	]);
	await rm(directory, {
		recursive: true,
		force: true
	});
	await runGit(git, ["worktree", "prune"]);
}

// src/adapters/git/repository.ts
async function openRepository(options) {
	const directory = await findTopDirectory(options.directory);
	const git = {
		directory,
		environment: gitEnvironment(options.environment, directory)
	};
	const serverUrl = options.serverUrl ?? "https://github.com";
	return {
		directory,
		resolveCommit: (revision) => resolveCommit(git, revision),
		fetchCommit: (commit) => fetchCommit(git, commit, options.token),
		parentsOf: (commit) => parentsOf(git, commit),
		readFileAt: (commit, file) => readFileAt(git, commit, file),
		listFilesAt: (commit, patterns) => listFilesAt(git, commit, patterns),
		exportFiles: (commit, paths, target) => exportFiles(git, {
			commit,
			paths,
			directory: target
		}),
		identifyFiles: (commit, patterns) => identifyFiles(git, commit, patterns),
		writeLargeFile: (request) => writeLargeFile(git, request, options.token),
		addWorkTree: async (commit, target) => addWorkTree(git, await requireCommit(git, commit), target),
		removeWorkTree: (target) => removeWorkTree(git, target),
		changedFiles: (from, to) => changedFiles(git, from, to),
		isTracked: (file) => isTracked(git, file),
		originRepository: () => originRepository(git, serverUrl)
	};
}
async function findTopDirectory(start) {
	let directory = await realpath(path.resolve(start)).catch(() => path.resolve(start));
	while (!existsSync(path.join(directory, ".git"))) {
		const parent = path.dirname(directory);
		if (parent === directory) throw new InputError(`${path.resolve(start)} is in no Git repository; check the repository out first (actions/checkout), or start in a clone`);
		directory = parent;
	}
	return directory;
}
async function resolveCommit(git, revision) {
	const result = await runGit(git, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${revision}^{commit}`
	]);
	const id = result.stdout.toString("utf8").trim();
	return result.exitCode === 0 && id !== "" ? id : void 0;
}
async function parentsOf(git, commit) {
	const id = await requireCommit(git, commit);
	const text = await readGit(git, [
		"cat-file",
		"commit",
		id
	]);
	return [...text.slice(0, text.indexOf("\n\n")).matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1]);
}
async function readFileAt(git, commit, file) {
	const entry = await findEntry(git, await requireCommit(git, commit), relativePath(git, file));
	if (entry?.type !== "blob") return void 0;
	const commandArguments = [
		"cat-file",
		"blob",
		entry.id
	];
	const result = await runGit(git, commandArguments);
	if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
	return result.stdout;
}
async function listFilesAt(git, commit, patterns) {
	const id = await requireCommit(git, commit);
	const listing = await readGit(git, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		"--name-only",
		id
	]);
	return splitNulls(listing).filter(pathMatcher(patterns.map((pattern) => relativePath(git, pattern))));
}
async function identifyFiles(git, commit, patterns) {
	const id = await requireCommit(git, commit);
	const matches = pathMatcher(patterns.map((pattern) => relativePath(git, pattern)));
	const entries = splitNulls(await readGit(git, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		id
	])).map((line) => {
		const end = line.indexOf("	");
		return [line.slice(end + 1), line.slice(0, end).split(" ")[2] ?? ""];
	});
	return new Map(entries.filter(([file]) => matches(file)));
}
async function exportFiles(git, request) {
	const commit = await requireCommit(git, request.commit);
	const written = [];
	for (const file of request.paths.map((wanted) => relativePath(git, wanted))) {
		const entry = await findEntry(git, commit, file);
		if (entry?.type !== "blob") continue;
		if (entry.mode === "120000") throw new InputError(`${file} is a symbolic link at ${commit.slice(0, 12)}, which could point anywhere; commit the file itself`, { location: { file } });
		const target = path.join(request.directory, ...file.split("/"));
		await mkdir(path.dirname(target), { recursive: true });
		const commandArguments = [
			"cat-file",
			"blob",
			entry.id
		];
		const result = await runGitToFile(git, commandArguments, target);
		if (result.exitCode !== 0) throw gitFailed(commandArguments, result.stderr);
		written.push(file);
	}
	return written;
}
async function changedFiles(git, from, to) {
	const [start, end] = await Promise.all([requireCommit(git, from), requireCommit(git, to)]);
	const listing = await readGit(git, [
		"diff-tree",
		"-r",
		"-z",
		"--no-renames",
		"--name-only",
		start,
		end
	]);
	return splitNulls(listing);
}
async function isTracked(git, file) {
	const wanted = relativePath(git, file);
	const listing = await readGit(git, [
		"ls-files",
		"-z",
		"--",
		wanted
	]);
	return splitNulls(listing).includes(wanted);
}
async function originRepository(git, serverUrl) {
	const result = await runGit(git, [
		"config",
		"--get",
		"remote.origin.url"
	]);
	if (result.exitCode !== 0) return void 0;
	return repositoryOfAddress(result.stdout.toString("utf8"), serverUrl);
}
async function findEntry(git, commit, file) {
	const listing = await readGit(git, [
		"ls-tree",
		"-z",
		"--full-tree",
		commit,
		"--",
		file
	]);
	for (const line of splitNulls(listing)) {
		const [mode = "", type = "", id = ""] = line.slice(0, line.indexOf("	")).split(" ");
		if (line.slice(line.indexOf("	") + 1) === file) return {
			mode,
			type,
			id
		};
	}
}
async function requireCommit(git, commit) {
	const id = await resolveCommit(git, commit);
	if (id !== void 0) return id;
	throw new OutsideError(`the commit ${commit} is not in this checkout; fetch it first (fetch-depth: 0)`);
}
function relativePath(git, file) {
	const relative = path.isAbsolute(file) ? path.relative(git.directory, file) : file;
	const normal = path.posix.normalize(relative.split(path.sep).join("/"));
	if (normal === ".." || normal.startsWith("../") || path.posix.isAbsolute(normal)) throw new InputError(`${file} is outside the repository ${git.directory}`, { location: { file } });
	return normal;
}

export { openRepository };