import { InputError } from "./core.js";
import { renderDriftEvidence, renderJobSummary, renderValidationSummary } from "./core-comparison.js";
import { DEFAULT_CONFIG } from "./stages.js";
import { DRIFT_FAIL_ON, runCheckDrift } from "./stages-drift.js";
import { VALIDATION_FAIL_ON, runValidateData } from "./stages-validation.js";
import { forEachModel, prepareModels } from "./composition.js";
import { createDuckdbEngine } from "./adapters-duckdb.js";
import { loadNative, locateNative } from "./adapters-native.js";
import { createOnnxScorer } from "./adapters-onnx.js";
import { createCommandRunner } from "./adapters-terminal.js";
import { COMPARISON_FAIL_ON, runCompareModels } from "./stages-comparison.js";
import { OTHER_JOB, findPullRequestOf, findSides, readArtifactReferences, takeModel, visitHead } from "./stages-other-jobs.js";
import { runTrainModel } from "./stages-training.js";
import { posix, relative, resolve, sep } from "node:path";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createHmac, randomBytes } from "node:crypto";

// src/composition/data-drivers/tracked-data.ts
async function areDataTracked(invocation, { setup }, inputs) {
	const repository = await invocation.repository();
	const head = await repository?.resolveCommit("HEAD");
	if (repository === void 0 || head === void 0) return false;
	const given = inputs.flatMap((name) => invocation.inputs.list(name)).map((path) => resolve(invocation.workingDirectory, path));
	const { training, holdout, source, reference, current } = setup.configuration.data;
	const declared = [
		training,
		holdout,
		source,
		reference,
		current
	].flatMap((part) => part?.paths ?? []);
	const patterns = [...given, ...declared.map((path) => resolve(setup.baseDirectory, path))].map((path) => posix.normalize(relative(repository.directory, path).split(sep).join("/")));
	if (patterns.length === 0 || patterns.some((pattern) => pattern.startsWith(".."))) return false;
	return (await Promise.all(patterns.map((pattern) => repository.listFilesAt(head, [pattern])))).every((files) => files.length > 0);
}

// src/composition/data-drivers/check-drift.ts
function driveCheckDrift(invocation, data) {
	return forEachModel("drift", invocation, {
		prepare: () => prepareModels(invocation, {
			data,
			defaultTask: "binary-classification",
			standIns: ["current"]
		}),
		run: (run) => checkOne(invocation, data, run)
	});
}
async function checkOne(invocation, data, run) {
	const { inputs, world, workingDirectory } = invocation;
	await run.provideHead();
	const request = {
		setup: run.setup,
		exam: await run.exam(),
		workingDirectory,
		reference: inputs.list("reference"),
		current: inputs.list("current"),
		model: inputs.text("model"),
		failOn: inputs.choice("fail-on", DRIFT_FAIL_ON, "never"),
		dataTracked: await areDataTracked(invocation, run, ["reference", "current"])
	};
	const ports = {
		world,
		engine: await data.engine(),
		scorer: await data.scorer(),
		registry: await invocation.registry()
	};
	return world.log.group("Check for drift", () => runCheckDrift(request, ports));
}

// src/composition/data-drivers/data-world.ts
function createDataWorld(invocation) {
	const { world, environment, inputs, workingDirectory } = invocation;
	const native = {
		environment,
		runtimeDirectory: inputs.text("runtime-directory"),
		projectDirectory: workingDirectory,
		onFetch: (message) => world.log.info(message)
	};
	let engine;
	async function createEngine() {
		const temporaryDirectory = await world.files.temporaryDirectory("duckdb");
		return createDuckdbEngine({
			load: () => loadNative("duckdb", native),
			temporaryDirectory
		});
	}
	return {
		engine() {
			engine ??= createEngine();
			return engine;
		},
		async scorer() {
			const directory = await world.files.temporaryDirectory("scoring");
			const options = {
				environment: {},
				runtimeDirectory: await locateNative("onnxruntime", native)
			};
			return createOnnxScorer({
				script: findWorker(),
				directory,
				options
			});
		},
		commands: createCommandRunner({ environment }),
		async [Symbol.asyncDispose]() {
			await (await engine)?.[Symbol.asyncDispose]();
		}
	};
}
function findWorker() {
	const found = [
		"./score-worker.js",
		"../score-worker.js",
		"../../entries/score-worker.ts"
	].map((path) => new URL(path, import.meta.url)).find((path) => existsSync(path));
	if (found === void 0) throw new Error("the script of the scoring process is missing beside this one");
	return fileURLToPath(found);
}

// src/composition/data-drivers/summary-details.ts
function detailComparison({ model, document }, context) {
	if (document === void 0) return void 0;
	const comparison = document;
	const run = {
		commit: context.headCommit,
		run: context.run,
		attempt: context.attempt,
		runUrl: context.runUrl
	};
	return renderJobSummary([{
		model,
		comparison
	}], run);
}
function detailValidation({ document }) {
	const validation = document;
	return validation === void 0 || validation.verdict === "error" ? void 0 : renderValidationSummary(validation);
}
function detailDrift({ document }) {
	const drift = document;
	return drift === void 0 || drift.verdict === "error" ? void 0 : renderDriftEvidence(drift);
}

// src/composition/data-drivers/follow-run.ts
async function followRun(invocation) {
	const { world, inputs, workingDirectory } = invocation;
	const { upstream } = world.context;
	if (upstream?.event !== "pull_request") return invocation;
	const [repository, host] = [await invocation.repository(), await invocation.host()];
	if (repository === void 0 || host === void 0) throw new InputError("a run that judges the pull request of another run needs the base branch checked out and a token; add actions/checkout with persist-credentials: false before this step");
	const pull = await findPullRequestOf(upstream, host);
	if (pull === void 0) {
		world.log.info(`no open pull request has the head ${upstream.headCommit.slice(0, 12)} any more; nothing is judged`);
		return;
	}
	const { head, base } = await findSides(pull, repository);
	const named = inputs.list("config");
	const visited = await visitHead({
		head,
		base,
		configs: named.length === 0 ? [DEFAULT_CONFIG] : named,
		workingDirectory
	}, {
		repository,
		files: world.files
	});
	return {
		...invocation,
		world: {
			...world,
			context: {
				...world.context,
				pullRequest: pull.number,
				commit: head,
				headCommit: pull.headCommit,
				baseCommit: base
			}
		},
		repository: async () => visited.repository,
		head: {
			root: visited.root,
			workingDirectory: visited.workingDirectory
		}
	};
}

// src/composition/data-drivers/train-model.ts
const WINDOWS_MODES = ["frozen", "new"];
function driveTrainModel(invocation, data) {
	return forEachModel("training", invocation, {
		prepare: () => prepareModels(invocation, { data }),
		run: (run) => trainOne(invocation, data, {
			run,
			mode: invocation.inputs.choice("windows", WINDOWS_MODES, "frozen")
		})
	});
}
async function trainOne({ inputs, world }, data, { run, mode }) {
	await run.provideHead();
	const request = {
		setup: run.setup,
		exam: await run.exam(),
		windows: await run.windows(mode),
		seed: inputs.count("seed"),
		cache: inputs.flag("cache", true)
	};
	const ports = {
		world,
		engine: await data.engine(),
		scorer: await data.scorer(),
		commands: data.commands
	};
	const result = await world.log.group("Train the challenger", () => runTrainModel(request, ports));
	if (request.exam.configuration.training?.kind === "command") await run.renewExam();
	return result;
}

// src/composition/data-drivers/compare-models.ts
function driveCompareModels(invocation, data, options = {}) {
	let followed = invocation;
	return forEachModel("comparison", invocation, {
		async prepare() {
			const found = await followRun(invocation);
			if (found === void 0) return [];
			followed = found;
			const runs = await prepareModels(followed, { data });
			await options.checkFirst?.(runs);
			return runs;
		},
		run: (run) => compareOne(followed, data, {
			run,
			mode: invocation.inputs.choice("windows", WINDOWS_MODES, "frozen")
		})
	});
}
async function compareOne(invocation, data, { run, mode }) {
	const { inputs, world, registry } = invocation;
	const exam = await run.exam();
	const history = await findHistory(invocation, exam.configuration.comparison.holdoutBudget);
	const request = {
		setup: run.setup,
		exam,
		windows: await run.windows(mode),
		...await findGiven(invocation, run),
		champion: inputs.text("champion") ?? "release",
		challengerScores: inputs.text("challenger-scores"),
		championScores: inputs.text("champion-scores"),
		failOn: inputs.choice("fail-on", COMPARISON_FAIL_ON, "worse")
	};
	const ports = {
		world,
		engine: await data.engine(),
		scorer: await data.scorer(),
		commands: data.commands,
		registry: await registry(),
		history,
		host: history && await invocation.host()
	};
	return runCompareModels(request, ports);
}
async function findGiven({ inputs, world, artifacts }, { setup }) {
	const challenger = inputs.text("challenger");
	const { upstream } = world.context;
	const references = readArtifactReferences(inputs);
	const follows = upstream?.event === "pull_request";
	if (challenger !== void 0 || references.length === 0 && !follows) return { challenger };
	const store = await artifacts();
	if (store === void 0) throw new InputError("artifacts of other jobs cannot be read here (GitHub Enterprise Server, or no runner); download the files in a step before this one, and name the model with the input challenger");
	const place = references.length > 0 || upstream === void 0 ? {
		kind: "pinned",
		references
	} : {
		kind: "run",
		run: upstream.run
	};
	return {
		challenger: await takeModel(setup.configuration.model, place, {
			artifacts: store,
			world
		}),
		challengerOrigin: OTHER_JOB
	};
}
async function findHistory({ inputs, world, history }, budget) {
	const champion = inputs.text("champion") ?? "release";
	const isReleased = champion === "release" || /^v?\d+\.\d+\.\d+/.test(champion);
	const found = await history();
	return found?.isLocal || world.context.event !== "local" || isReleased || budget === "enforce" ? found : void 0;
}

// src/composition/data-drivers/validate-data.ts
function driveValidateData(invocation, data) {
	return forEachModel("validation", invocation, {
		prepare: () => prepareModels(invocation, {
			data,
			defaultTask: "binary-classification",
			standIns: ["data"]
		}),
		run: (run) => validateOne(invocation, data, run)
	});
}
async function validateOne(invocation, data, run) {
	const { inputs, world, workingDirectory } = invocation;
	await run.provideHead();
	const request = {
		setup: run.setup,
		exam: await run.exam(),
		workingDirectory,
		data: inputs.list("data"),
		contract: inputs.text("contract"),
		failOn: inputs.choice("fail-on", VALIDATION_FAIL_ON, "error"),
		dataTracked: await areDataTracked(invocation, run, ["data"])
	};
	const engine = await data.engine();
	const repository = await invocation.repository();
	const key = randomBytes(32);
	const hash = (text) => createHmac("sha256", key).update(text).digest("hex");
	return world.log.group("Validate the data", () => runValidateData(request, {
		world,
		engine,
		repository,
		hash
	}));
}

export { WINDOWS_MODES, checkOne, compareOne, createDataWorld, detailComparison, detailDrift, detailValidation, driveCheckDrift, driveCompareModels, driveTrainModel, driveValidateData, trainOne, validateOne };