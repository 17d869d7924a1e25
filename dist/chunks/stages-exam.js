import { DataUnavailableError, InputError, OutsideError } from "./core.js";
import { isLockFileName, lockFileNameOf, mergeExamConfiguration, parseConfiguration } from "./core-configuration.js";
import { logLine } from "./core-comparison.js";
import { parseLock } from "./core-release.js";
import { LONGEST_POINTER, describePointer, parseLargeFilePointer } from "./core-data.js";
import { FETCH_PATTERNS, mayFetchOther, mayRunChange, wordsOf } from "./core-fetching.js";
import { basename, isAbsolute, join, posix, relative, resolve, sep } from "node:path";

// src/stages/exam/base-commit.ts
async function findBase({ world }, repository) {
	const { context } = world;
	if (context.event !== "pull_request" && context.event !== "merge_group") return void 0;
	const head = await repository.resolveCommit("HEAD");
	const parents = head === void 0 ? [] : await repository.parentsOf(head);
	if (parents.length === 2 && parents[1] === context.headCommit) return parents[0];
	if (context.baseCommit !== void 0) return context.baseCommit;
	throw new OutsideError("the base commit of this pull request is not known; check out the merge commit of the pull request");
}

// src/stages/exam/repository-path.ts
function repositoryPath(repository, path) {
	return relative(repository.directory, path).split(sep).join("/");
}
function pathInRepository(repository, directory, path) {
	const found = isAbsolute(path) ? repositoryPath(repository, path) : posix.normalize(posix.join(directory, path));
	return found === ".." || found.startsWith("../") || isAbsolute(found) ? void 0 : found;
}
async function readTextAt(repository, commit, path) {
	const content = await repository.readFileAt(commit, path);
	return content === void 0 ? void 0 : new TextDecoder().decode(content);
}

// src/stages/exam/base-config.ts
function configPathOf({ repository, setup, configFile }) {
	return repositoryPath(repository, resolve(setup.baseDirectory, basename(configFile)));
}
async function findBaseConfig(request, deleted) {
	const { repository, base, setup } = request;
	const path = configPathOf(request);
	const text = await readTextAt(repository, base, path);
	if (text !== void 0) return {
		path,
		text
	};
	const configs = await readConfigs(request, await repository.listFilesAt(base, ["**/*.yml", "**/*.yaml"]));
	const named = configs.filter((config) => modelNamedBy(config.text) === setup.configuration.model);
	const gone = configs.filter((config) => deleted.includes(config.path));
	return named.find((config) => deleted.includes(config.path)) ?? named[0] ?? (gone.length === 1 ? gone[0] : void 0);
}
function describeRenaming(request, config) {
	const path = configPathOf(request);
	if (config.path === path) return [];
	return [{
		what: path,
		before: config.path,
		after: `a new file; ${config.path} of the base branch judges`
	}];
}
async function describeDeleted(request, deleted, own) {
	return (await readConfigs(request, deleted.filter((path) => path !== own && /\.ya?ml$/i.test(path)))).map(({ path, text }) => ({
		what: path,
		before: `the config of the model ${modelNamedBy(text)}`,
		after: "deleted by this pull request; that model is judged and delivered no more"
	}));
}
function readBaseConfiguration({ path, text }) {
	try {
		return parseConfiguration(text, `${path} (base branch)`);
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
}
async function readConfigs({ repository, base }, paths) {
	const configs = [];
	for (const path of paths) {
		if (isLockFileName(path) || path.startsWith(".github/")) continue;
		const text = await readTextAt(repository, base, path);
		if (text !== void 0 && modelNamedBy(text) !== void 0 && /^task:/m.test(text)) configs.push({
			path,
			text
		});
	}
	return configs;
}
function modelNamedBy(text) {
	return /^model:\s*["']?([a-z0-9][a-z0-9-]{0,99})["']?\s*(#|$)/m.exec(text)?.[1];
}

// src/stages/exam/exam-data.ts
async function findExamData(request, configuration, configPath) {
	const { repository, base } = request;
	const configDirectory = posix.dirname(configPath);
	const { data, contract } = configuration;
	const inside = (path) => pathInRepository(repository, configDirectory, path);
	const sources = [data.holdout, data.source].filter((source) => source !== void 0);
	const found = /* @__PURE__ */ new Map();
	async function filesOf(path) {
		const pattern = inside(path);
		const own = (pattern === void 0 ? [] : await repository.listFilesAt(base, [pattern])).filter((file) => !file.endsWith(".dvc"));
		found.set(path, own);
		return own;
	}
	const others = [...data.reference?.paths ?? [], ...contract === void 0 ? [] : [contract]];
	for (const path of [...sources.flatMap(({ paths }) => paths), ...others]) await filesOf(path);
	const isTracked = (path) => (found.get(path)?.length ?? 0) > 0;
	const isFixed = (source) => source.paths.every(isTracked) || source.sha256 !== void 0 || data.fetch !== void 0;
	const paths = [...new Set(sources.flatMap((source) => source.paths))];
	const known = (list) => list.map(inside).filter((path) => path !== void 0);
	return {
		configDirectory,
		patterns: known(paths),
		watched: known([...paths, ...others]),
		tracked: [...new Set([...found.values()].flat())],
		untracked: paths.filter((path) => !isTracked(path)),
		tracksRows: paths.some(isTracked),
		contractInGit: contract !== void 0 && isTracked(contract),
		coversData: sources.length > 0 && sources.every(isFixed)
	};
}

// src/stages/exam/exam-folder.ts
const EXAM_ROOT = ".contender-exam";
function examFolderOf({ workingDirectory, setup }) {
	const root = resolve(workingDirectory, EXAM_ROOT, setup.configuration.model);
	return {
		base: join(root, "base"),
		workTree: join(root, "work-tree"),
		records: {
			head: join(root, "fetched.json"),
			base: join(root, "fetched-base.json")
		}
	};
}
async function openExamFolder(request) {
	const { world, workingDirectory, repository } = request;
	const root = resolve(workingDirectory, EXAM_ROOT);
	const refuse = (what) => new InputError(`${EXAM_ROOT} ${what}; remove it: the folder is Contender's own and is made anew`, { location: { file: EXAM_ROOT } });
	const folder = examFolderOf(request);
	for (const path of [root, join(folder.base, "..")]) if (await world.files.isLink(path)) throw refuse("is a symbolic link");
	const head = await repository?.resolveCommit("HEAD");
	const committed = `**/${EXAM_ROOT}`;
	if (repository !== void 0 && head !== void 0) {
		if ((await repository.listFilesAt(head, [committed, `${committed}/**`])).length > 0) throw refuse("has files in Git");
	}
	await world.files.write(join(root, ".gitignore"), "*\n");
	return folder;
}

// src/stages/exam/touched-files.ts
async function findTouched({ repository, base }) {
	const head = await repository.resolveCommit("HEAD");
	if (head === void 0) return {
		changed: [],
		deleted: []
	};
	const changed = await repository.changedFiles(base, head);
	const left = new Set((await repository.identifyFiles(head, ["**"])).keys());
	return {
		changed,
		deleted: changed.filter((path) => !left.has(path))
	};
}
async function findTouchedBy({ repository, base }, patterns, { changed }) {
	if (changed.length === 0 || patterns.length === 0) return [];
	const [before, after] = await Promise.all([repository.listFilesAt(base, patterns), repository.listFilesAt("HEAD", patterns)]);
	const read = /* @__PURE__ */ new Set([...before, ...after]);
	return changed.filter((path) => read.has(path) || patterns.some((one) => one.startsWith(`${path}/`)));
}
function describeTouched(touched, facts) {
	return touched.map((what) => {
		if (!facts.present.has(what)) return {
			what,
			after: "added by this pull request, and no part of what judges"
		};
		const after = facts.deleted.includes(what) ? "deleted by this pull request" : "changed by this pull request";
		return {
			what,
			before: `the file of the base branch, which ${facts.role}`,
			after
		};
	});
}

// src/stages/exam/fetch-plan.ts
function decidingPatterns(repository, directory, command) {
	const named = wordsOf(command).flatMap((word) => pathInRepository(repository, directory, word) ?? []);
	return [...FETCH_PATTERNS, ...named];
}
async function planFetch(request, rules, facts) {
	const command = rules.configuration.data.fetch;
	if (command === void 0) return void 0;
	const { data, touched } = facts;
	const patterns = decidingPatterns(request.repository, data.configDirectory, command);
	const deciding = await findTouchedBy(request, patterns, touched);
	const own = ownFiles(request, rules.configPath);
	const files = {
		changed: touched.changed,
		deciding: deciding.filter((path) => !own.includes(path)),
		own
	};
	return {
		command,
		apart: (await findTouchedBy(request, data.patterns, touched)).length > 0 || mayFetchOther(command, files),
		runsChange: mayRunChange(command, files),
		changed: await describePointers(request, {
			data,
			touched,
			deciding: files.deciding
		})
	};
}
function ownFiles(request, configPath) {
	const head = configPathOf(request);
	return [
		configPath,
		lockFileNameOf(configPath),
		head,
		lockFileNameOf(head)
	];
}
async function describePointers(request, facts) {
	const { data, touched, deciding } = facts;
	const ofExam = deciding.filter((path) => !path.endsWith(".dvc") || standsFor(path, data.patterns));
	const present = new Set(await request.repository.listFilesAt(request.base, ofExam));
	return describeTouched(ofExam, {
		deleted: touched.deleted,
		present,
		role: "says which data judge"
	});
}
function standsFor(pointer, patterns) {
	const path = pointer.slice(0, -4);
	return patterns.some((pattern) => pattern === path || pattern.startsWith(`${path}/`) || /[*?[{]/.test(pattern) && posix.dirname(pattern) === posix.dirname(path));
}

// src/stages/exam/run-fetch.ts
async function runFetch(request, fetch) {
	const { world, commands } = request;
	const { command, directory, record, place } = fetch;
	const { files, log, context } = world;
	const facts = [
		command,
		context.run ?? null,
		context.attempt ?? null,
		fetch.facts
	];
	const key = world.sha256(JSON.stringify(facts));
	if ((place === void 0 || await place.isReady()) && await files.readText(record) === key) {
		log.info(`data.fetch is skipped: its command and pointers are those it ran with (${logLine(command, 200)})`);
		return;
	}
	if (commands === void 0) throw new Error("this stage reads no data, so that it fetches none");
	await files.remove(record);
	await place?.make();
	const result = await log.group("Fetch the data", () => commands.run({
		command,
		directory,
		environment: {},
		onOutput: (line) => log.info(logLine(line))
	}));
	if (result.exitCode !== 0) throw fetchFailed(request, command, result);
	await files.write(record, key);
}
function fetchFailed({ world }, command, { exitCode, lastOutput }) {
	const words = lastOutput.trim().slice(-1e3);
	const failed = `data.fetch ended with code ${exitCode}: ${command}; ${words === "" ? "it said nothing" : `its last words: ${words}`}`;
	if (!world.context.untrusted) return new OutsideError(failed);
	return new DataUnavailableError(`${failed}; runs for forks and Dependabot get no secrets, so that a run on the default branch has to judge`);
}
async function digestPointers({ world }, configuration, directory) {
	const pointers = ["dvc.lock", ...pathsOf(configuration).flatMap(pointersBeside)];
	return await digestFiles({ world }, await world.files.find(pointers, directory), directory);
}
async function digestFiles({ world }, paths, directory) {
	const digests = [];
	for (const path of paths) digests.push([path, (await world.files.digest(join(directory, path))).sha256]);
	return digests;
}
function pathsOf({ data }) {
	const { training, holdout, source, reference, current } = data;
	return [
		training,
		holdout,
		source,
		reference,
		current
	].flatMap((one) => one?.paths ?? []);
}
function pointersBeside(path) {
	const parts = path.split("/");
	return parts.map((_, index) => `${parts.slice(0, index + 1).join("/")}.dvc`);
}
async function refuseMissing({ world }, wanted) {
	for (const path of wanted.paths) {
		if ((await world.files.find([path], wanted.directory)).length > 0) continue;
		const message = `${path} is not here; ${wanted.why}`;
		throw world.context.untrusted ? new DataUnavailableError(message) : new InputError(message);
	}
}

// src/stages/exam/own-exam.ts
async function prepareOwnExam(request) {
	const exam = await describeOwnExam(request);
	const provide = () => fetchHere(request, exam);
	return {
		exam,
		provide,
		provideHead: provide,
		digestExposed: async () => /* @__PURE__ */ new Map()
	};
}
async function prepareWithoutBase(request, changed) {
	const exam = {
		...await describeOwnExam(request),
		commit: request.base,
		changed
	};
	const { configuration, directory } = exam;
	const provide = async () => {
		if (configuration.data.fetch === void 0) return;
		await refuseMissing(request, {
			paths: pathsOf(configuration),
			directory,
			why: COMMAND_OF_CHANGE
		});
	};
	return {
		exam,
		provide,
		provideHead: provide,
		digestExposed: async () => /* @__PURE__ */ new Map()
	};
}
const COMMAND_OF_CHANGE = "data.fetch of this pull request is not run, since commands come from the base branch: merge the config first, or fetch the data in a step before this one";
async function describeOwnExam({ setup, world, repository }) {
	const lockFile = setup.configFile && lockFileNameOf(resolve(setup.baseDirectory, basename(setup.configFile)));
	const text = lockFile === void 0 ? void 0 : await world.files.readText(lockFile);
	return {
		configuration: setup.configuration,
		championModel: setup.configuration.model,
		proposed: setup.configuration,
		directory: setup.baseDirectory,
		contractDirectory: setup.baseDirectory,
		headDirectory: setup.baseDirectory,
		commit: await repository?.resolveCommit("HEAD"),
		changed: [],
		coversData: true,
		fetchRunsChange: false,
		lock: text === void 0 || lockFile === void 0 ? void 0 : parseLock(text, lockFile)
	};
}
async function fetchHere(request, { configuration, headDirectory }) {
	const command = configuration.data.fetch;
	if (command === void 0) return;
	const folder = await openExamFolder(request);
	await runFetch(request, {
		command,
		directory: headDirectory,
		record: folder.records.head,
		facts: await findPointers(request, {
			configuration,
			headDirectory,
			command
		})
	});
}
async function findPointers(request, exam) {
	const { repository, world } = request;
	const { configuration, headDirectory, command } = exam;
	const head = await repository?.resolveCommit("HEAD");
	if (repository === void 0 || head === void 0) return await digestPointers(request, configuration, headDirectory);
	const directory = repositoryPath(repository, headDirectory);
	const tracked = await repository.listFilesAt(head, decidingPatterns(repository, directory, command));
	const here = await world.files.find(tracked, repository.directory);
	const data = await repository.identifyFiles(head, pathsOf(configuration).flatMap((path) => pathInRepository(repository, directory, path) ?? []));
	return [...await digestFiles(request, here, repository.directory), ...data];
}

// src/stages/exam/large-files.ts
async function findLargeFiles({ world }, paths, directory) {
	const found = [];
	for (const path of paths) {
		const file = join(directory, path);
		if (await world.files.size(file) > 1024) continue;
		const pointer = parseLargeFilePointer(await world.files.readText(file) ?? "");
		if (pointer !== void 0) found.push({
			path,
			pointer
		});
	}
	return found;
}
async function fillLargeFiles({ repository }, files, place) {
	const missing = [];
	for (const file of files) if (!await repository.writeLargeFile({
		...file,
		target: join(place.directory, file.path),
		candidates: place.beside.map((directory) => join(directory, file.path)),
		ask: place.ask
	})) missing.push(file);
	return missing;
}
function refuseLargeFile({ path, pointer }, base) {
	return new InputError(`${path} of the base branch is ${describePointer(pointer)}, and its object is not here; set \`lfs: true\` on actions/checkout, or run \`git lfs fetch origin ${base.slice(0, 12)}\` before this step`, { location: { file: path } });
}

// src/stages/exam/provide-data.ts
async function provideBaseData(request, provided) {
	const { repository, base, world } = request;
	const { data, fetch } = provided;
	const folder = await openExamFolder(request);
	await world.files.remove(folder.base);
	const written = await repository.exportFiles(base, data.tracked, folder.base);
	const large = await findLargeFiles(request, written, folder.base);
	const place = {
		directory: folder.base,
		beside: [repository.directory, folder.workTree]
	};
	const absent = await fillLargeFiles(request, large, {
		...place,
		ask: false
	});
	const isNeeded = data.untracked.length > 0 || absent.length > 0;
	if (fetch !== void 0 && isNeeded) await fetchForExam(request, provided, folder);
	else if (await world.files.exists(folder.workTree)) await repository.removeWorkTree(folder.workTree);
	const [missing] = await fillLargeFiles(request, absent, {
		...place,
		ask: true
	});
	if (missing !== void 0) throw refuseLargeFile(missing, base);
	if (data.tracksRows && data.untracked.length > 0) await copyUntracked(request, provided, folder);
}
async function fetchForExam(request, { data, fetch, exam }, folder) {
	const { repository, base, world } = request;
	if (fetch === void 0) return;
	if (!fetch.apart) {
		await fetchHere(request, exam);
		return;
	}
	world.log.info("the change touches what decides the data; those of the exam are fetched by the base branch");
	await runFetch(request, {
		command: fetch.command,
		directory: join(folder.workTree, data.configDirectory),
		record: folder.records.base,
		facts: base,
		place: {
			isReady: () => world.files.exists(join(folder.workTree, ".git")),
			make: () => repository.addWorkTree(base, folder.workTree)
		}
	});
}
async function copyUntracked(request, provided, folder) {
	const { repository, world } = request;
	const { data } = provided;
	const from = exposedDirectory(request, provided);
	for (const path of data.untracked) {
		if (isAbsolute(path)) continue;
		if (pathInRepository(repository, data.configDirectory, path) === void 0) throw new InputError(`${path} lies outside of the repository, and other files of the same data are in Git; write its absolute path, or keep both in one place`);
		for (const file of await world.files.find([path], from)) await world.files.copy(join(from, file), join(folder.base, data.configDirectory, file));
	}
}
function exposedDirectory(request, { data, fetch }) {
	return fetch?.apart === true ? join(examFolderOf(request).workTree, data.configDirectory) : resolve(request.repository.directory, data.configDirectory);
}
async function digestExposed(request, provided) {
	const { files } = request.world;
	const directory = exposedDirectory(request, provided);
	const digests = /* @__PURE__ */ new Map();
	for (const path of await files.find(provided.data.untracked, directory)) digests.set(path, (await files.digest(resolve(directory, path))).sha256);
	return digests;
}

// src/stages/exam/base-exam.ts
async function prepareBaseExam(request) {
	const touched = await findTouched(request);
	const config = await findBaseConfig(request, touched.deleted);
	const deleted = await describeDeleted(request, touched.deleted, config?.path);
	const unruled = (after) => prepareWithoutBase(request, [{
		what: request.configFile,
		after
	}, ...deleted]);
	if (config === void 0) return unruled("new: the base branch has no such config");
	const rules = readBaseConfiguration(config);
	if (rules instanceof InputError) return unruled(`the base branch has no rules that can be read: ${rules.message}`);
	const data = await findExamData(request, rules, config.path);
	const place = {
		configuration: rules,
		configPath: config.path
	};
	const fetch = await planFetch(request, place, {
		data,
		touched
	});
	return assemble(request, {
		config,
		rules,
		data,
		fetch,
		changed: [
			...describeRenaming(request, config),
			...await describeFiles(request, data, touched),
			...fetch?.changed ?? [],
			...deleted
		]
	});
}
async function assemble(request, facts) {
	const { setup } = request;
	const { data, fetch } = facts;
	const exam = await describeExam(request, facts);
	const provided = {
		data,
		fetch,
		exam
	};
	const isUnrun = fetch === void 0 && setup.configuration.data.fetch !== void 0;
	const untracked = {
		paths: data.untracked,
		directory: exam.directory
	};
	return {
		exam,
		async provide() {
			await provideBaseData(request, provided);
			if (isUnrun) await refuseMissing(request, {
				...untracked,
				why: COMMAND_OF_CHANGE
			});
			else if (request.world.context.untrusted) await refuseMissing(request, {
				...untracked,
				why: WITHOUT_SECRETS
			});
		},
		async provideHead() {
			if (fetch !== void 0) await fetchHere(request, exam);
			else if (isUnrun) {
				const { training } = exam.configuration.data;
				const paths = training?.paths ?? [];
				await refuseMissing(request, {
					paths,
					directory: exam.headDirectory,
					why: COMMAND_OF_CHANGE
				});
			}
		},
		digestExposed: () => digestExposed(request, provided)
	};
}
const WITHOUT_SECRETS = "it is not in Git, and runs for forks and Dependabot get no secrets to fetch it with: a run on the default branch has to judge";
async function describeExam(request, facts) {
	const { setup, repository, base } = request;
	const { config, rules, data, fetch, changed } = facts;
	const merged = mergeExamConfiguration(rules, setup.configuration);
	const lockPath = lockFileNameOf(config.path);
	const lockText = await readTextAt(repository, base, lockPath);
	const ofConfig = merged.changes.filter((change) => change.decidedBy === "base").map((change) => ({
		what: change.key,
		...change.base === void 0 ? {} : { before: change.base },
		...change.head === void 0 ? {} : { after: change.head }
	}));
	const directory = directoryOf(request, data, fetch);
	const laidOut = join(examFolderOf(request).base, data.configDirectory);
	return {
		configuration: {
			...merged.configuration,
			model: setup.configuration.model
		},
		championModel: rules.model,
		proposed: setup.configuration,
		directory,
		contractDirectory: data.contractInGit ? laidOut : directory,
		headDirectory: setup.baseDirectory,
		commit: base,
		changed: [...ofConfig, ...changed],
		coversData: data.coversData,
		fetchRunsChange: fetch?.runsChange ?? false,
		lock: lockText === void 0 ? void 0 : parseLock(lockText, `${lockPath} (base branch)`)
	};
}
function directoryOf(request, data, fetch) {
	const folder = examFolderOf(request);
	if (data.tracksRows) return join(folder.base, data.configDirectory);
	if (fetch?.apart === true) return join(folder.workTree, data.configDirectory);
	return resolve(request.repository.directory, data.configDirectory);
}
async function describeFiles(request, data, touched) {
	const files = (await findTouchedBy(request, data.watched, touched)).filter((path) => !path.endsWith(".dvc"));
	const present = new Set(await request.repository.listFilesAt(request.base, files));
	return describeTouched(files, {
		deleted: touched.deleted,
		present,
		role: "judges"
	});
}

export { findBase, prepareBaseExam, prepareOwnExam };