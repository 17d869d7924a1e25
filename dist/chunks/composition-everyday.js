import { EXIT_CODE, InputError, exitCodeOf, messageOf } from "./core.js";
import { buildComparison, findChampion } from "./stages-comparison.js";
import { runStage } from "./stages.js";
import { checkOne, compareOne, trainOne, validateOne } from "./composition-data-drivers.js";
import { bringsCandidate, driveReportMetrics, releaseOne, retrainOne } from "./composition-host-drivers.js";
import { forEachModel, prepareModels, toOutcome } from "./composition.js";
import { lockFileNameOf, nearestName } from "./core-configuration.js";
import { FETCH_PATTERNS, isTransfer, wordsOf } from "./core-fetching.js";
import { join, posix, relative, resolve, sep } from "node:path";

// src/composition/everyday/plan-stages.ts
const STAGES = [
	"validate-data",
	"check-drift",
	"train-model",
	"compare-models",
	"report-metrics",
	"release-model",
	"open-retraining-pr"
];
const STAGES_OF_EVENT = {
	judge: [
		"validate-data",
		"train-model",
		"compare-models",
		"report-metrics"
	],
	publish: [
		"validate-data",
		"train-model",
		"compare-models",
		"report-metrics",
		"release-model"
	],
	answer: ["report-metrics"],
	watch: [
		"validate-data",
		"check-drift",
		"train-model",
		"compare-models",
		"report-metrics",
		"open-retraining-pr"
	]
};
function planStages(asked, context) {
	const named = asked.length === 0 ? ["auto"] : asked;
	return new Set(named.flatMap((name) => name === "auto" ? fittingStages(context) : [findStage(name)]));
}
function fittingStages(context) {
	switch (context.event) {
		case "push": return context.defaultBranch ? STAGES_OF_EVENT.publish : STAGES_OF_EVENT.judge;
		case "schedule":
		case "workflow_dispatch": return STAGES_OF_EVENT.watch;
		case "issue_comment": return STAGES_OF_EVENT.answer;
		default: return STAGES_OF_EVENT.judge;
	}
}
function findStage(name) {
	const found = STAGES.find((stage) => stage === name);
	if (found) return found;
	const near = nearestName(name, [...STAGES, "auto"]);
	throw new InputError(`the input stages has ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ""}allowed: auto, ${STAGES.join(", ")}`);
}

// src/composition/everyday/untouched.ts
async function findTouch(run, repository) {
	const { setup } = run;
	const exam = await run.rules();
	const head = await repository?.resolveCommit("HEAD");
	if (repository === void 0 || head === void 0 || exam.commit === void 0 || exam.commit === head) return "touched";
	if (setup.configFile === void 0) return "touched";
	const changed = await repository.changedFiles(exam.commit, head);
	const inRepository = (path) => posix.normalize(relative(repository.directory, resolve(setup.baseDirectory, path)).split(sep).join("/"));
	const config = posix.basename(setup.configFile.split(sep).join("/"));
	if (changed.length === 1 && changed[0] === inRepository(lockFileNameOf(config))) return "lock only";
	if (exam.configuration.training?.kind === "command" || !exam.coversData) return "touched";
	const { fetch } = exam.configuration.data;
	if (fetch !== void 0 && !await isToldByPointers(fetch, exam.commit, repository)) return "touched";
	const { data, contract } = exam.proposed;
	const sources = [
		data.training,
		data.holdout,
		data.source,
		data.reference
	].flatMap((source) => source?.paths ?? []);
	const patterns = [...[
		config,
		lockFileNameOf(config),
		...sources,
		data.features,
		contract,
		exam.configuration.contract,
		...fetch === void 0 ? [] : wordsOf(fetch)
	].flatMap((path) => path === void 0 ? [] : [inRepository(path)]), ...fetch === void 0 ? [] : FETCH_PATTERNS];
	return changed.some((path) => patterns.some((pattern) => path === pattern || posix.matchesGlob(path, pattern))) ? "touched" : "untouched";
}
async function isToldByPointers(command, commit, repository) {
	return isTransfer(command) && (await repository.listFilesAt(commit, FETCH_PATTERNS)).length > 0;
}

// src/composition/everyday/run-everyday.ts
async function driveEveryday(invocation, data) {
	const stages = planStages(invocation.inputs.list("stages"), invocation.world.context);
	const outcomes = [];
	const day = {
		invocation,
		data,
		stages,
		outcomes
	};
	const runs = await prepareDay(day);
	for (const run of runs) await runModelDay(day, run);
	if (stages.has("report-metrics") && outcomes.some((outcome) => outcome.evidence !== void 0)) outcomes.push(await report(invocation));
	for (const run of runs) await publish(day, run);
	return outcomes;
}
async function prepareDay({ invocation, data, outcomes }) {
	let runs = [];
	const failures = await forEachModel("comparison", invocation, {
		prepare: async () => {
			runs = await prepareModels(invocation, { data });
			return [];
		},
		run: () => Promise.reject(/* @__PURE__ */ new Error("there are no models to run"))
	});
	outcomes.push(...failures);
	return runs;
}
async function runModelDay(day, run) {
	const { invocation, data, stages } = day;
	if (await passUntouched(day, run)) return;
	const mode = stages.has("check-drift") ? "new" : "frozen";
	if (stages.has("validate-data")) {
		if ((await attempt(day, run, "validation", () => validateOne(withoutFailOn(invocation), data, run)))?.exitCode !== EXIT_CODE.passed && !stages.has("check-drift")) return;
	}
	if (stages.has("check-drift")) {
		const document = (await attempt(day, run, "drift", () => checkOne(withoutFailOn(invocation), data, run)))?.document;
		if (document === void 0 || document.verdict === "error" || document.recommendation !== "retrain") return;
	}
	if (await hasCandidate(day, run)) return;
	if (stages.has("train-model")) {
		if ((await attempt(day, run, "training", () => trainOne(invocation, data, {
			run,
			mode
		})))?.exitCode !== EXIT_CODE.passed) return;
	}
	if (stages.has("compare-models")) await attempt(day, run, "comparison", () => compareOne(invocation, data, {
		run,
		mode
	}));
}
function withoutFailOn(invocation) {
	const { inputs } = invocation;
	const own = {
		...inputs,
		choice: (name, allowed, otherwise) => name === "fail-on" ? otherwise : inputs.choice(name, allowed, otherwise)
	};
	return {
		...invocation,
		inputs: own
	};
}
async function attempt(day, run, kind, work) {
	let result;
	const outcomes = await forEachModel(kind, day.invocation, {
		prepare: async () => [run],
		run: async () => {
			result = await work();
			return result;
		}
	});
	day.outcomes.push(...outcomes);
	return result;
}
async function passUntouched(day, run) {
	const { invocation, stages } = day;
	const { context, log } = invocation.world;
	if (!(context.event === "pull_request" || context.event === "merge_group") || !stages.has("compare-models")) return false;
	const touch = await findTouch(run, await invocation.repository()).catch(() => "touched");
	if (touch === "touched") return false;
	const { configuration } = run.setup;
	if (touch === "lock only") {
		log.info(`${configuration.model}: only the lock file changed; its candidate was judged before and its status stands`);
		return true;
	}
	const { world } = invocation;
	const registry = await invocation.registry();
	const exam = await run.rules();
	const champion = await findChampion({
		model: exam.championModel,
		wanted: "release",
		registry,
		world
	});
	if (champion === void 0) return false;
	log.info(`${configuration.model}: nothing that the model depends on changed`);
	await attempt(day, run, "comparison", () => recordUnchanged(invocation, run, () => ({
		exam,
		champion
	})));
	return true;
}
function recordUnchanged(invocation, run, facts) {
	const { setup } = run;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("comparison", {
		world: invocation.world,
		target
	}, async (header) => {
		const { exam, champion } = facts();
		const document = buildComparison({
			header,
			request: {
				exam,
				windows: void 0
			},
			champion,
			challenger: champion,
			judged: void 0,
			selfReported: false
		});
		const outputs = {
			verdict: document.verdict,
			promote: "true",
			"champion-version": champion.version ?? ""
		};
		return {
			document,
			exitCode: EXIT_CODE.passed,
			outputs
		};
	});
}
async function hasCandidate(day, run) {
	if (!day.stages.has("release-model") || day.invocation.world.context.event !== "push") return false;
	if (!await bringsCandidate(day.invocation, run)) return false;
	const released = await releaseOne(day.invocation, run);
	if (released.next !== void 0) return false;
	day.outcomes.push(toOutcome(run.setup.configuration.model, released));
	return true;
}
async function report(invocation) {
	try {
		const [outcome] = await driveReportMetrics(invocation);
		if (outcome === void 0) return {
			model: "",
			exitCode: EXIT_CODE.passed,
			outputs: {}
		};
		const { "artifact-id": _id, "artifact-digest": _digest, ...outputs } = outcome.outputs;
		return {
			...outcome,
			outputs
		};
	} catch (error) {
		invocation.world.log.error(messageOf(error), error instanceof InputError ? error.location : void 0);
		return {
			model: "",
			exitCode: exitCodeOf(error),
			outputs: {}
		};
	}
}
async function publish(day, run) {
	const { invocation, stages, outcomes } = day;
	const { model } = run.setup.configuration;
	const own = outcomes.filter((outcome) => outcome.model === model);
	if (stages.has("release-model") && !own.some((outcome) => outcome.outputs.published !== void 0)) {
		if (await invocation.world.files.exists(join(run.setup.evidenceDirectory, "comparison.json"))) outcomes.push(toOutcome(model, await releaseOne(invocation, run)));
	}
	if (stages.has("open-retraining-pr")) outcomes.push(await retrainOne(invocation, run));
}

export { driveEveryday };