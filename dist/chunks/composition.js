import { EXIT_CODE, InputError, exitCodeOf, messageOf, once } from "./core.js";
import { DEFAULT_MODEL_NAME } from "./core-configuration.js";
import { logLine, renderStageSummary } from "./core-comparison.js";
import { DEFAULT_CONFIG, artifactOutputs, createInputs, createModelRun, loadModels, rememberDownloads, runStage, uploadEvidence } from "./stages.js";
import { createModelReader } from "./adapters-model-files.js";
import { addSummary, createRunnerLog, loadRunContext, maskSecrets, setOutputs } from "./adapters-runner.js";
import { createFolderHistory, createFolderRegistry } from "./adapters-folder-registry.js";
import { openRepository } from "./adapters-git.js";
import { findRuntime } from "./adapters-artifacts-runtime.js";
import { createLocalFiles } from "./adapters-filesystem.js";
import { dirname, join, resolve } from "node:path";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

// src/composition/prepare-models.ts
async function prepareModels(invocation, options = {}) {
	const { inputs, flags, workingDirectory, world, head } = invocation;
	const own = {
		...options.defaultTask === void 0 ? {} : { defaultTask: options.defaultTask },
		...options.standIns === void 0 ? {} : { standIns: options.standIns }
	};
	const configDirectory = head?.workingDirectory ?? workingDirectory;
	const setups = await loadModels({
		inputs,
		flags,
		workingDirectory: configDirectory,
		...own
	}, world);
	const [repository, registry] = [await invocation.repository(), await invocation.registry()];
	return setups.map((setup) => createModelRun(setup, {
		world,
		repository,
		registry,
		engine: () => engineOf(options.data),
		workingDirectory,
		headRoot: head?.root,
		commands: options.data?.commands
	}));
}
async function engineOf(data) {
	if (data === void 0) throw new Error("this stage does not read data");
	return await data.engine();
}
async function forEachModel(kind, invocation, work) {
	let runs;
	try {
		runs = await work.prepare();
	} catch (error) {
		return [await recordConfigFailure(kind, invocation, error)];
	}
	const outcomes = [];
	for (const run of runs) {
		const target = {
			model: run.setup.configuration.model,
			evidenceDirectory: run.setup.evidenceDirectory
		};
		const result = await Promise.resolve(run).then(work.run).catch((error) => failStage(kind, invocation, {
			target,
			error
		}));
		outcomes.push(toOutcome(target.model, result));
	}
	return outcomes;
}
function toOutcome(model, result) {
	const { exitCode, evidence, outputs, document } = result;
	return {
		model,
		exitCode,
		evidence,
		outputs,
		document
	};
}
async function recordConfigFailure(kind, invocation, error) {
	const { inputs, world } = invocation;
	const [file = DEFAULT_CONFIG] = inputs.list("config");
	const text = await world.files.readText(join(invocation.workingDirectory, file)).catch(() => void 0);
	const model = /^model:\s*["']?([a-z0-9][a-z0-9-]{0,99})["']?\s*(#|$)/m.exec(text ?? "")?.[1] ?? "model";
	return toOutcome(model, await failStage(kind, invocation, {
		target: {
			model,
			evidenceDirectory: join(inputs.text("evidence-directory") ?? ".contender", model)
		},
		error
	}));
}
function failStage(kind, { world }, failure) {
	return runStage(kind, {
		world,
		target: failure.target
	}, () => Promise.reject(failure.error));
}

// src/composition/end-process.ts
function endProcess(exitCode) {
	return new Promise(() => {
		process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
	});
}

// src/composition/open-artifacts.ts
async function openArtifacts({ world, environment, userAgent, octokit }) {
	const { context, log, files } = world;
	if (context.event === "local" || context.run === void 0) return void 0;
	const runtime = findRuntime(environment);
	if ("missing" in runtime) {
		log.info(`evidence stays in its folder and is no artifact: ${runtime.missing}`);
		return;
	}
	const { createArtifactStore } = await import("./artifact-store.js");
	const connected = await octokit();
	return createArtifactStore({
		runtime,
		run: context.run,
		github: connected && {
			octokit: connected.client,
			repository: connected.name
		},
		userAgent,
		temporaryDirectory: () => files.temporaryDirectory("artifact")
	});
}

// src/composition/tool.ts
const TOOL = {
	name: "contender",
	version: "0.1.0"
};

// src/composition/host-ports.ts
const USER_AGENT = `${TOOL.name}/${TOOL.version}`;
function createHostPorts(options) {
	const { world, environment, workingDirectory, registryDirectory } = options;
	const token = once(() => findToken(options));
	const repository = once(async () => {
		const given = options.token ?? environment.GITHUB_TOKEN;
		return openRepository({
			directory: workingDirectory,
			environment,
			...given ? { token: given } : {},
			serverUrl: world.context.serverUrl
		}).catch(() => void 0);
	});
	const name = once(async () => world.context.repository ?? await (await repository())?.originRepository());
	const octokit = once(async () => {
		const [known, secret] = [await name(), await token()];
		if (known === void 0 || secret === void 0) return void 0;
		const { createOctokit } = await import("./octokit.js");
		return {
			client: createOctokit({
				token: secret,
				userAgent: USER_AGENT,
				onWait: (message) => world.log.info(message)
			}),
			name: known
		};
	});
	const host = once(async () => {
		const connected = await octokit();
		if (connected === void 0) return void 0;
		const { createCodeHost } = await import("./code-host.js");
		return createCodeHost(connected.client, connected.name);
	});
	return {
		repository,
		host,
		artifacts: once(() => openArtifacts({
			world,
			environment,
			userAgent: USER_AGENT,
			octokit
		})),
		history: once(async () => {
			if (registryDirectory !== void 0) return createFolderHistory({ directory: registryDirectory });
			const { branches } = await host() ?? {};
			if (branches === void 0) return void 0;
			const { createBranchHistory } = await import("./branch-history.js");
			return createBranchHistory({ branches });
		}),
		pictures: once(async () => {
			const { branches } = await host() ?? {};
			if (branches === void 0) return void 0;
			const { createPictureBranch } = await import("./picture-branch.js");
			return createPictureBranch({ branches });
		}),
		registry: once(async () => {
			if (registryDirectory !== void 0 && !existsSync(registryDirectory)) world.log.info(`the folder ${logLine(registryDirectory)} does not exist yet: it holds no release`);
			if (registryDirectory !== void 0) return rememberDownloads(createFolderRegistry({ directory: registryDirectory }));
			const connected = await octokit();
			if (connected === void 0) return void 0;
			const { createGithubModelRegistry } = await import("./model-registry.js");
			return rememberDownloads(createGithubModelRegistry({
				octokit: connected.client,
				repository: connected.name,
				userAgent: USER_AGENT
			}));
		})
	};
}
async function findToken({ token, environment, world }) {
	if (token !== void 0) return token;
	if (environment.GITHUB_TOKEN) return environment.GITHUB_TOKEN;
	if (world.context.event !== "local") return void 0;
	return promisify(execFile)("gh", ["auth", "token"], { timeout: 5e3 }).then(({ stdout }) => stdout.trim() || void 0, () => void 0);
}

// src/composition/outcome.ts
const VERDICTS_BEST_FIRST = [
	"unchanged",
	"pass",
	"trained",
	"cached",
	"published",
	"draft",
	"stable",
	"better",
	"equivalent",
	"not-worse",
	"no-champion",
	"warn",
	"no-data",
	"insufficient-data",
	"inconclusive",
	"drift",
	"worse",
	"fail",
	"refused",
	"error"
];
function worstExitCode(outcomes) {
	return outcomes.reduce((worst, { exitCode }) => exitCode > worst ? exitCode : worst, EXIT_CODE.passed);
}
function combineOutputs(outcomes) {
	const ofModels = outcomes.filter((outcome) => outcome.model !== "");
	const ofAll = Object.assign({}, ...outcomes.filter((outcome) => outcome.model === "").map(outputsOf));
	if (ofModels.length === 0) return ofAll;
	return {
		...ofAll,
		...combineModels(ofModels)
	};
}
function combineModels(outcomes) {
	if (new Set(outcomes.map((outcome) => outcome.model)).size === 1) return mergeStages(outcomes);
	const names = new Set(outcomes.flatMap((outcome) => Object.keys(outputsOf(outcome))));
	return {
		...Object.fromEntries([...names].map((name) => [name, JSON.stringify(byModel(outcomes, name))])),
		verdict: worstVerdict(outcomes.flatMap((outcome) => outcome.outputs.verdict ?? []))
	};
}
function mergeStages(outcomes) {
	const merged = Object.assign({}, ...outcomes.map(outputsOf));
	const comparison = outcomes.find((outcome) => outcome.outputs.promote !== void 0);
	const verdicts = outcomes.flatMap((outcome) => outcome.outputs.verdict ?? []);
	const verdict = verdicts.includes("error") ? "error" : comparison?.outputs.verdict ?? worstVerdict(verdicts);
	return {
		...merged,
		...comparison ? outputsOf(comparison) : {},
		verdict
	};
}
function worstVerdict(verdicts) {
	const rank = (verdict) => {
		const index = VERDICTS_BEST_FIRST.indexOf(verdict);
		return index < 0 ? VERDICTS_BEST_FIRST.length : index;
	};
	return verdicts.reduce((worst, verdict) => rank(verdict) > rank(worst) ? verdict : worst, verdicts[0] ?? "");
}
function outputsOf(outcome) {
	return {
		...outcome.outputs,
		...outcome.evidence === void 0 ? {} : { evidence: outcome.evidence }
	};
}
function byModel(outcomes, name) {
	return Object.fromEntries(outcomes.flatMap((outcome) => {
		const value = outputsOf(outcome)[name];
		return value === void 0 ? [] : [[outcome.model, value]];
	}));
}

// src/composition/stage-summary.ts
function summarizeOutcomes({ stage, describe }, outcomes, context) {
	const endings = outcomes.map((outcome) => {
		const { model, outputs, evidence } = outcome;
		const message = findMessage(outcome);
		return {
			model,
			outputs: evidence === void 0 ? outputs : {
				...outputs,
				evidence
			},
			message,
			details: message === void 0 ? describe?.(outcome, context) : void 0
		};
	});
	const verdict = worstVerdict(outcomes.map(verdictOf));
	return renderStageSummary({
		stage,
		verdict: verdict === "" ? "done" : verdict,
		endings
	});
}
function summarizeFailure({ stage }, error) {
	const ending = {
		model: "",
		outputs: {},
		message: locate(error)
	};
	return renderStageSummary({
		stage,
		verdict: "error",
		endings: [ending]
	});
}
function verdictOf(outcome) {
	const { outputs, exitCode } = outcome;
	if (findMessage(outcome) !== void 0) return "error";
	return outputs.verdict ?? outputs.operation ?? (exitCode === EXIT_CODE.passed ? "done" : "error");
}
function findMessage({ failure, document }) {
	if (failure !== void 0) return failure;
	if (typeof document !== "object" || document === null || !("error" in document)) return void 0;
	const { error } = document;
	if (typeof error !== "object" || error === null || !("message" in error)) return void 0;
	return String(error.message);
}
function locate(error) {
	const location = error instanceof InputError ? error.location : void 0;
	if (location === void 0) return messageOf(error);
	const line = location.line === void 0 ? "" : `:${location.line}`;
	return `${location.file}${line}: ${messageOf(error)}`;
}

// src/composition/world.ts
function createWorld(options) {
	return {
		log: options.log,
		files: createLocalFiles(options.environment.RUNNER_TEMP || tmpdir()),
		models: createModelReader(),
		context: options.context,
		tool: TOOL,
		now: Date.now,
		sha256: (text) => createHash("sha256").update(text).digest("hex")
	};
}

// src/composition/run-action.ts
async function runAction(drive, plan) {
	const environment = process.env;
	const log = createRunnerLog();
	let exitCode = EXIT_CODE.passed;
	let summary;
	try {
		const values = readInputs(environment);
		maskSecrets([values["github-token"]]);
		const world = createWorld({
			environment,
			context: loadRunContext(environment),
			log
		});
		await using _temporary = world.files;
		const outcomes = await drive(createInvocation({
			environment,
			values,
			world
		}));
		setOutputs(combineOutputs(outcomes));
		exitCode = worstExitCode(outcomes);
		summary = plan && summarizeOutcomes(plan, outcomes, world.context);
	} catch (error) {
		exitCode = exitCodeOf(error);
		log.error(messageOf(error), error instanceof InputError ? error.location : void 0);
		if (error instanceof Error) log.debug(error.stack ?? "");
		summary = plan && summarizeFailure(plan, error);
	}
	await addSummary(summary ?? "", environment).catch((error) => log.warning(`the job summary could not be written: ${messageOf(error)}`));
	return endProcess(exitCode);
}
function createInvocation({ environment, values, world }) {
	const workingDirectory = process.cwd();
	const inputs = createInputs(values, (name) => `the input ${name}`);
	return {
		inputs,
		flags: {},
		workingDirectory,
		environment,
		world,
		...createHostPorts({
			world,
			environment,
			workingDirectory,
			token: inputs.text("github-token"),
			registryDirectory: void 0
		}),
		writeSummary: (text) => addSummary(text, environment)
	};
}
function readInputs(environment) {
	const entries = Object.entries(environment).filter(([name]) => name.startsWith("INPUT_"));
	return Object.fromEntries(entries.map(([name, value]) => [name.slice(6).toLowerCase(), value]));
}

// src/composition/share-evidence.ts
function sharingEvidence(drive) {
	return async (invocation) => {
		const outcomes = await drive(invocation);
		const shared = [];
		for (const [index, outcome] of outcomes.entries()) {
			const later = outcomes.slice(index + 1).filter(hasFolder);
			const isLast = hasFolder(outcome) && !later.some(({ model }) => model === outcome.model);
			shared.push(isLast ? await share(invocation, outcome) : outcome);
		}
		return shared;
	};
}
function hasFolder(outcome) {
	return outcome.model !== "" && outcome.evidence !== void 0;
}
async function share(invocation, outcome) {
	const { model, evidence, outputs } = outcome;
	const { world, workingDirectory } = invocation;
	const folder = {
		subject: model,
		evidenceDirectory: dirname(dirname(resolve(workingDirectory, evidence))),
		patterns: [`${model}/**`]
	};
	const artifact = await uploadEvidence(folder, {
		world,
		artifacts: await invocation.artifacts()
	});
	return {
		...outcome,
		outputs: {
			...outputs,
			...artifactOutputs(artifact)
		}
	};
}

export { TOOL, createHostPorts, createWorld, endProcess, forEachModel, prepareModels, runAction, sharingEvidence, toOutcome, worstExitCode };