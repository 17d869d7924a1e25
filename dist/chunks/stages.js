import { DataUnavailableError, EXIT_CODE, InputError, exitCodeOf, messageOf, once } from "./core.js";
import { FLAG_KEYS, configurationFromFlags, isLockFileName, parseConfiguration } from "./core-configuration.js";
import { buildFailedDocument, serializeDocument } from "./core-documents.js";
import { findWindows } from "./stages-data.js";
import { refuseExternalFiles } from "./core-onnx.js";
import { digestOfModel } from "./core-release.js";
import { findBase, prepareBaseExam, prepareOwnExam } from "./stages-exam.js";
import { dirname, join, relative, resolve } from "node:path";

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
		exitCode: described.code === "data-unavailable" && world.context.untrusted ? EXIT_CODE.passed : exitCodeOf(error),
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
	const { world, repository, registry, workingDirectory } = ports;
	const prepared = once(() => prepareExam({
		setup,
		world,
		repository,
		workingDirectory,
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

export { DEFAULT_CONFIG, applyAcceptance, besideText, createInputs, createModelRun, findAcceptance, findWeights, identifyListed, identifyModel, isMissingPermission, isOwnAuthor, isPullRequestForbidden, loadModels, rememberDownloads, runStage };