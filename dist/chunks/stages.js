import { DataUnavailableError, EXIT_CODE, InputError, OutsideError, exitCodeOf, messageOf, once } from "./core.js";
import { FLAG_KEYS, configurationFromFlags, isLockFileName, lockFileNameOf, mergeExamConfiguration, parseConfiguration } from "./core-configuration.js";
import { buildFailedDocument, serializeDocument } from "./core-documents.js";
import { logLine } from "./core-comparison.js";
import { findWindows } from "./stages-data.js";
import { refuseExternalFiles } from "./core-onnx.js";
import { digestOfModel, parseLock } from "./core-release.js";
import { LONGEST_POINTER, describePointer, parseLargeFilePointer } from "./core-data.js";
import { FETCH_PATTERNS, mayFetchOther, mayRunChange, wordsOf } from "./core-fetching.js";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";

// src/stages/without-secrets.ts
function isWithoutSecrets({ event, untrusted }) {
	return untrusted && event !== "workflow_run";
}

// src/stages/stage.ts
async function runStage(kind, request, work) {
	const { world, target } = request;
	const evidence = join(target.evidenceDirectory, `${kind}.json`);
	const header = buildHeader(world);
	const started = world.now();
	try {
		const completed = await work(header);
		const document = withMeasured(completed.document, started, world.now());
		await world.files.write(evidence, serializeDocument(document));
		return {
			...completed,
			document,
			evidence
		};
	} catch (error) {
		return await recordFailure(kind, {
			...request,
			header,
			evidence,
			error
		});
	}
}
function buildHeader(world) {
	const { context } = world;
	return {
		tool: world.tool,
		source: {
			...context.repository === void 0 ? {} : { repository: context.repository },
			...context.headCommit === void 0 ? {} : { headCommit: context.headCommit },
			...context.pullRequest === void 0 || context.commit === void 0 ? {} : { mergeCommit: context.commit },
			...context.baseCommit === void 0 ? {} : { baseCommit: context.baseCommit },
			...context.run === void 0 ? {} : { run: context.run },
			...context.attempt === void 0 ? {} : { attempt: context.attempt }
		}
	};
}
function withMeasured(document, started, ended) {
	const measured = {
		...document.measured,
		createdAt: new Date(ended).toISOString(),
		seconds: (ended - started) / 1e3
	};
	return {
		...document,
		measured
	};
}
async function recordFailure(kind, failure) {
	const { world, target, header, evidence, error } = failure;
	const described = describeError(error);
	const location = error instanceof InputError ? error.location : void 0;
	world.log.error(described.message, location);
	if (described.code === "bug" && error instanceof Error) world.log.info(error.stack ?? error.message);
	else if (error instanceof Error && error.cause instanceof Error) world.log.debug(`cause: ${error.cause.message}`);
	const document = buildFailedDocument(kind, target.model, header, described);
	await world.files.write(evidence, serializeDocument(document));
	return {
		document,
		evidence,
		exitCode: described.code === "data-unavailable" && isWithoutSecrets(world.context) ? EXIT_CODE.passed : exitCodeOf(error),
		outputs: { verdict: "error" }
	};
}
function describeError(error) {
	const message = messageOf(error);
	if (error instanceof InputError) return {
		code: error instanceof DataUnavailableError ? "data-unavailable" : "input",
		message,
		...error.location === void 0 ? {} : { file: error.location.file },
		...error.location?.line === void 0 ? {} : { line: error.location.line }
	};
	return {
		code: exitCodeOf(error) === EXIT_CODE.outsideError ? "outside" : "bug",
		message
	};
}

// src/stages/model-files.ts
async function identifyModel(file, world) {
	if (!await world.files.exists(file.path)) await world.files.digest(file.path);
	return await identifyListed(file.path, await findWeights(file, world), world);
}
async function identifyListed(path, names, { files, sha256 }) {
	const model = await files.digest(path);
	const beside = [];
	for (const name of names) beside.push({
		name,
		...await files.digest(join(dirname(path), name))
	});
	return {
		digest: digestOfModel(model.sha256, beside, sha256),
		bytes: beside.reduce((total, { bytes }) => total + bytes, model.bytes),
		files: beside
	};
}
async function findWeights(file, { models }) {
	const reading = await models.read(file).catch((error) => {
		if (!(error instanceof InputError)) throw error;
	});
	if (reading === void 0) return [];
	refuseExternalFiles(reading.externalFiles, file);
	return reading.externalFiles.map(({ location }) => location);
}
function besideText(files) {
	if (files === void 0 || files.length === 0) return "";
	return ` with ${files.map(({ name }) => name).join(", ")} beside it`;
}

// src/stages/load-models.ts
const DEFAULT_CONFIG = "contender.yml";
const DEFAULT_EVIDENCE_DIRECTORY = ".contender";
async function loadModels(request, world) {
	const { inputs, flags, workingDirectory } = request;
	const named = inputs.list("config");
	const patterns = named.length === 0 ? [DEFAULT_CONFIG] : named;
	const files = (await world.files.find(patterns, workingDirectory)).filter((file) => !isLockFileName(file));
	if (files.length === 0) return [withoutConfig(request, patterns)];
	const setups = [];
	for (const file of files) {
		const path = resolve(workingDirectory, file);
		const text = await world.files.readText(path);
		const baseDirectory = dirname(path);
		const ownFlags = rebasePaths(flags, {
			workingDirectory,
			baseDirectory
		});
		setups.push(setUp(parseConfiguration(text ?? "", file, ownFlags), {
			file,
			baseDirectory,
			inputs
		}));
	}
	refuseTwins(setups);
	for (const setup of setups) noteUnused(setup, world);
	return setups;
}
function withoutConfig(request, patterns) {
	const { inputs, standIns = [] } = request;
	if (!(Object.values(request.flags).some((value) => value !== void 0) || standIns.some((name) => inputs.text(name) !== void 0)) || patterns.join() !== "contender.yml") throw new InputError(`no config matches ${patterns.join(", ")}; write a ${DEFAULT_CONFIG} or name one with the input config (--config)`);
	const options = request.defaultTask === void 0 ? {} : { defaultTask: request.defaultTask };
	return setUp(configurationFromFlags(request.flags, options), {
		file: void 0,
		baseDirectory: request.workingDirectory,
		inputs: request.inputs
	});
}
function setUp(configuration, place) {
	const root = place.inputs.text("evidence-directory") ?? DEFAULT_EVIDENCE_DIRECTORY;
	return {
		configuration,
		configFile: place.file,
		baseDirectory: place.baseDirectory,
		evidenceDirectory: join(root, configuration.model)
	};
}
function rebasePaths(flags, place) {
	const rebase = (path) => relative(place.baseDirectory, resolve(place.workingDirectory, path)) || ".";
	const entries = Object.entries(flags).map(([name, value]) => {
		if (!(FLAG_KEYS[name]?.kind === "paths" || name === "features" || name === "contract") || value === void 0) return [name, value];
		return [name, (typeof value === "string" ? [value] : value).flatMap((entry) => entry.split(",")).map((entry) => rebase(entry.trim())).join(",")];
	});
	return Object.fromEntries(entries);
}
function refuseTwins(setups) {
	const seen = /* @__PURE__ */ new Map();
	for (const setup of setups) {
		const twin = seen.get(setup.configuration.model);
		if (twin) throw new InputError(`${twin.configFile} and ${setup.configFile} both name the model ${setup.configuration.model}; give each model a name of its own`);
		seen.set(setup.configuration.model, setup);
	}
}
function noteUnused(setup, world) {
	const { notYetUsed } = setup.configuration;
	if (notYetUsed.length === 0) return;
	world.log.info(`${setup.configFile}: accepted but not yet used: ${notYetUsed.join(", ")}`);
}

// src/stages/exam/base-commit.ts
async function findBase({ world }, repository) {
	const { context } = world;
	if (context.event === "workflow_run" && context.pullRequest !== void 0) return context.baseCommit;
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
function configPathOf({ repository, setup, configFile, headRoot }) {
	const top = { directory: headRoot ?? repository.directory };
	return repositoryPath(top, resolve(setup.baseDirectory, basename(configFile)));
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
	const inTheWay = await findTouchedBy(request, data.patterns, touched);
	return {
		command,
		apart: request.headRoot !== void 0 || inTheWay.length > 0 || mayFetchOther(command, files),
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
const TIME_LIMIT_SECONDS = 3600;
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
	if ((place === void 0 || await place.isReady()) && await isStillThere(fetch, files, key)) {
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
		timeLimitSeconds: TIME_LIMIT_SECONDS,
		onOutput: (line) => log.info(logLine(line))
	}));
	if (result.exitCode !== 0) throw fetchFailed(request, command, result);
	await files.write(record, [key, ...await findBrought(fetch, files)].join("\n"));
}
async function findBrought({ brings }, files) {
	const found = [];
	for (const path of brings.paths) if ((await files.find([path], brings.directory)).length > 0) found.push(path);
	return found;
}
async function isStillThere(fetch, files, key) {
	const [known, ...brought] = (await files.readText(fetch.record) ?? "").split("\n");
	if (known !== key) return false;
	const here = new Set(await findBrought(fetch, files));
	return brought.every((path) => here.has(path));
}
function fetchFailed({ world }, command, { exitCode, lastOutput }) {
	const words = lastOutput.trim().slice(-1e3);
	const failed = `data.fetch ended with code ${exitCode}: ${command}; ${words === "" ? "it said nothing" : `its last words: ${words}`}`;
	if (!isWithoutSecrets(world.context)) return new OutsideError(failed);
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
		throw isWithoutSecrets(world.context) ? new DataUnavailableError(message) : new InputError(message);
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
		}),
		brings: {
			paths: pathsOf(configuration),
			directory: headDirectory
		}
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
		brings: {
			paths: data.untracked,
			directory: join(folder.workTree, data.configDirectory)
		},
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
	const unruled = (after) => {
		if (request.headRoot !== void 0) throw new InputError(`${request.configFile} is ${after}; a pull request from a fork is judged by the base branch's rules alone, so merge its config first`);
		return prepareWithoutBase(request, [{
			what: request.configFile,
			after
		}, ...deleted]);
	};
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
			else if (isWithoutSecrets(request.world.context)) await refuseMissing(request, {
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

// src/stages/exam.ts
async function prepareExam(request) {
	const { setup, repository } = request;
	const base = repository && setup.configFile !== void 0 ? await findBase(request, repository) : void 0;
	if (base === void 0 || repository === void 0 || setup.configFile === void 0) return prepareOwnExam(request);
	await repository.fetchCommit(base);
	return prepareBaseExam({
		...request,
		repository,
		configFile: setup.configFile,
		base
	});
}

// src/stages/model-run.ts
function createModelRun(setup, ports) {
	const { world, repository, registry, workingDirectory, headRoot } = ports;
	const prepared = once(() => prepareExam({
		setup,
		world,
		repository,
		workingDirectory,
		headRoot,
		commands: ports.commands
	}));
	const rules = async () => (await prepared()).exam;
	const provided = once(() => provideExam(prepared));
	const exam = async () => (await provided()).exam;
	const champion = once(async () => registry?.findChampion((await rules()).championModel));
	const frozen = once(async () => (await rules()).lock?.windows ?? await championWindows(await champion(), ports));
	async function findBy(mode) {
		const { configuration } = await rules();
		const { source, split } = configuration.data;
		if (source === void 0 || split === void 0) return void 0;
		const { directory } = await exam();
		return findWindows({
			engine: await ports.engine(),
			configuration,
			directory,
			frozen: await frozen(),
			mode
		});
	}
	const byMode = {
		frozen: once(() => findBy("frozen")),
		new: once(() => findBy("new"))
	};
	return {
		setup,
		rules,
		exam,
		provideHead: once(async () => {
			await provided();
			await (await prepared()).provideHead();
		}),
		renewExam: async () => renew(await prepared(), (await provided()).exposed),
		champion,
		windows: (mode) => byMode[mode]()
	};
}
async function provideExam(prepared) {
	const { exam, provide, digestExposed } = await prepared();
	await provide();
	return {
		exam,
		exposed: exam.configuration.training?.kind === "command" ? await digestExposed() : /* @__PURE__ */ new Map()
	};
}
async function renew({ provide, digestExposed }, before) {
	const after = await digestExposed();
	const altered = [...before.keys()].find((path) => after.get(path) !== before.get(path));
	if (altered !== void 0) throw new InputError(`training.command altered ${altered}, whose rows judge its model; let it write elsewhere`, { location: { file: altered } });
	await provide();
}
async function championWindows(champion, { registry, world }) {
	if (champion === void 0 || registry === void 0) return void 0;
	return (await registry.download(champion, await world.files.temporaryDirectory("champion"))).manifest.windows;
}
function rememberDownloads(registry) {
	const downloads = /* @__PURE__ */ new Map();
	return {
		...registry,
		download(release, directory) {
			const known = downloads.get(release.id) ?? registry.download(release, directory);
			downloads.set(release.id, known);
			return known;
		}
	};
}

// src/stages/inputs.ts
function createInputs(values, nameOf) {
	function text(name) {
		const value = values[name]?.trim();
		return value === "" ? void 0 : value;
	}
	function refuse(name, allowed) {
		throw new InputError(`${nameOf(name)} is ${JSON.stringify(text(name))}; allowed: ${allowed}`);
	}
	return {
		text,
		flag(name, otherwise) {
			const value = text(name)?.toLowerCase();
			if (value === void 0) return otherwise;
			if (value !== "true" && value !== "false") refuse(name, "true, false");
			return value === "true";
		},
		count(name) {
			const value = text(name);
			if (value === void 0) return void 0;
			if (!/^\d{1,15}$/.test(value)) refuse(name, "a whole number of at least 0");
			return Number(value);
		},
		choice(name, allowed, otherwise) {
			const value = text(name);
			if (value === void 0) return otherwise;
			return allowed.find((candidate) => candidate === value) ?? refuse(name, allowed.join(", "));
		},
		list(name) {
			return (text(name) ?? "").split(/[\n,]/).map((item) => item.trim()).filter((item) => item !== "");
		}
	};
}

// src/stages/evidence-artifact.ts
async function uploadEvidence({ subject, evidenceDirectory, patterns }, { world, artifacts }) {
	if (artifacts === void 0) return void 0;
	const { context, files, log } = world;
	const name = `contender-${subject}-${context.job ?? "job"}-${context.attempt ?? "1"}`;
	try {
		const paths = (await files.find(patterns, evidenceDirectory)).map((path) => join(evidenceDirectory, path));
		if (paths.length === 0) return void 0;
		return await log.group(`Upload the artifact ${name}`, () => artifacts.upload({
			name,
			root: evidenceDirectory,
			files: paths
		}));
	} catch (error) {
		log.warning(`the evidence is no artifact of this run: ${logLine(messageOf(error))}`);
		return;
	}
}
function artifactOutputs(artifact) {
	if (artifact === void 0) return {};
	return {
		"artifact-id": String(artifact.id),
		"artifact-digest": artifact.digest
	};
}

// src/stages/missing-permission.ts
function isMissingPermission(error) {
	return error instanceof InputError && "missingPermission" in error;
}
function isPullRequestForbidden(error) {
	return isMissingPermission(error) && "reason" in error && error.reason === "setting";
}

// src/stages/own-author.ts
function isOwnAuthor(author, viewer) {
	if (viewer === void 0) return author.endsWith("[bot]");
	return author.toLowerCase() === viewer.toLowerCase();
}

// src/stages/acceptance.ts
const COMMAND = /^\/contender accept (?<digits>[0-9a-f]{12})[ \t]+(?<reason>\S[\s\S]*)$/;
const LONGEST_REASON = 500;
function parseAcceptance(body) {
	const groups = COMMAND.exec(body.trim())?.groups;
	if (groups === void 0) return void 0;
	return {
		digits: groups.digits,
		reason: groups.reason.replace(/\s+/g, " ").slice(0, LONGEST_REASON)
	};
}
async function findAcceptance(comments, digest, host) {
	for (const { author, body } of [...comments].reverse()) {
		const command = parseAcceptance(body);
		if (command === void 0 || !digest.startsWith(command.digits)) continue;
		const permission = await host.permissionOf(author);
		if (permission === "admin" || permission === "write") return {
			by: author,
			reason: command.reason,
			digest
		};
	}
}
function applyAcceptance(comparison, acceptance) {
	const { accepted: _claimed, ...judged } = comparison;
	return acceptance === void 0 ? judged : {
		...judged,
		accepted: acceptance,
		promote: true
	};
}

export { DEFAULT_CONFIG, applyAcceptance, artifactOutputs, besideText, createInputs, createModelRun, findAcceptance, findWeights, identifyListed, identifyModel, isMissingPermission, isOwnAuthor, isPullRequestForbidden, isWithoutSecrets, loadModels, pathInRepository, readTextAt, rememberDownloads, repositoryPath, runStage, uploadEvidence };