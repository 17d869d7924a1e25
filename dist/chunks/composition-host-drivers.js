import { InputError, exitCodeOf, messageOf, once } from "./core.js";
import { forEachModel, prepareModels } from "./composition.js";
import { readArtifactReferences } from "./stages-other-jobs.js";
import { findCandidate, runReleaseModel } from "./stages-release.js";
import { runOpenRetrainingPr } from "./stages-retraining.js";
import { runReportMetrics } from "./stages-report.js";
import { setTimeout } from "node:timers/promises";

// src/composition/host-drivers/open-retraining-pr.ts
async function driveOpenRetrainingPr(invocation) {
	const outcomes = [];
	for (const run of await prepareModels(invocation)) outcomes.push(await retrainOne(invocation, run));
	return outcomes;
}
async function retrainOne(invocation, run) {
	try {
		return await retrain(invocation, run);
	} catch (error) {
		invocation.world.log.error(messageOf(error), error instanceof InputError ? error.location : void 0);
		return {
			model: run.setup.configuration.model,
			exitCode: exitCodeOf(error),
			outputs: {},
			failure: messageOf(error)
		};
	}
}
async function retrain(invocation, run) {
	const { inputs, world, workingDirectory } = invocation;
	const [host, registry] = [await invocation.host(), await invocation.registry()];
	if (host === void 0 || registry === void 0) throw new InputError("a retraining pull request needs GitHub: set GITHUB_TOKEN (or log in with gh) in a clone of the repository");
	const request = {
		setup: run.setup,
		workingDirectory,
		evidence: inputs.text("evidence"),
		base: inputs.text("base"),
		labels: inputs.list("labels"),
		reviewers: inputs.list("reviewers"),
		cooldownDays: inputs.count("cooldown-days")
	};
	const [repository, history] = [await invocation.repository(), await invocation.history()];
	const result = await runOpenRetrainingPr(request, {
		world,
		registry,
		host,
		repository,
		history
	});
	const { model } = run.setup.configuration;
	return {
		model,
		exitCode: result.exitCode,
		evidence: result.evidence,
		outputs: result.outputs
	};
}

// src/composition/host-drivers/release-model.ts
function driveReleaseModel(invocation) {
	return forEachModel("release", invocation, {
		prepare: () => prepareModels(invocation, {
			defaultTask: "binary-classification",
			standIns: ["model", "evidence"]
		}),
		run: (run) => releaseOne(invocation, run)
	});
}
async function releaseOne(invocation, run) {
	const { inputs, world } = invocation;
	const request = {
		setup: run.setup,
		model: inputs.text("model"),
		evidence: inputs.text("evidence"),
		version: inputs.text("version") ?? "auto",
		draft: inputs.flag("draft", false)
	};
	const ports = {
		world,
		registry: await registryOf(invocation),
		host: await invocation.host(),
		repository: await invocation.repository(),
		history: await invocation.history()
	};
	return runReleaseModel(request, ports);
}
async function bringsCandidate(invocation, run) {
	const repository = await invocation.repository();
	if (repository === void 0) return false;
	const registry = await registryOf(invocation);
	const candidate = await findCandidate(run.setup, {
		world: invocation.world,
		registry,
		repository
	});
	return candidate?.changedByPush === true && candidate.draft !== void 0;
}
async function registryOf(invocation) {
	const registry = await invocation.registry();
	if (registry !== void 0) return registry;
	throw new InputError("there is nowhere to publish: on a laptop give --registry DIR, or set GITHUB_TOKEN in a clone of the repository");
}

// src/composition/host-drivers/report-metrics.ts
const openRenderer = once(async () => {
	const { createPictureRenderer } = await import("./picture-renderer.js");
	return createPictureRenderer();
});
async function driveReportMetrics(invocation) {
	const { inputs, world, workingDirectory } = invocation;
	const result = await runReportMetrics({
		evidence: inputs.list("evidence"),
		pinned: readArtifactReferences(inputs),
		evidenceDirectory: inputs.text("evidence-directory") ?? ".contender",
		workingDirectory,
		pullRequest: inputs.count("pull-request"),
		comment: inputs.flag("comment", true),
		key: inputs.text("key"),
		pictures: inputs.flag("pictures", false),
		job: {
			index: inputs.count("job-index") ?? 0,
			total: inputs.count("job-total") ?? 1
		}
	}, {
		world,
		summary: { write: invocation.writeSummary },
		host: await invocation.host(),
		history: await invocation.history(),
		pictures: {
			renderer: openRenderer,
			store: invocation.pictures
		},
		artifacts: await invocation.artifacts(),
		sleep: async (milliseconds) => void await setTimeout(milliseconds)
	});
	return [{
		model: "",
		exitCode: result.exitCode,
		outputs: result.outputs
	}];
}

export { bringsCandidate, driveOpenRetrainingPr, driveReleaseModel, driveReportMetrics, releaseOne, retrainOne };