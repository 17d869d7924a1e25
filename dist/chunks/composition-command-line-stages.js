import { createDataWorld, driveCheckDrift, driveCompareModels, driveTrainModel, driveValidateData } from "./composition-data-drivers.js";
import { driveOpenRetrainingPr, driveReleaseModel, driveReportMetrics } from "./composition-host-drivers.js";
import { EXIT_CODE } from "./core.js";
import { renderHtmlReport } from "./core-report-html.js";
import { renderJobSummary } from "./core-report.js";
import { commitOfEvidence, readEvidence } from "./stages-report.js";
import { resolve } from "node:path";

// src/composition/command-line-stages/render-report.ts
const FORMATS = [
	"markdown",
	"html",
	"json"
];
async function driveReport(invocation) {
	const { inputs, world } = invocation;
	const asked = inputs.text("format") !== void 0 || inputs.text("output") !== void 0;
	if (world.context.event !== "local" && !asked) return driveReportMetrics(invocation);
	const text = await render(invocation);
	const output = inputs.text("output");
	if (output === void 0) process.stdout.write(text);
	else await world.files.write(resolve(invocation.workingDirectory, output), text);
	return [{
		model: "",
		exitCode: EXIT_CODE.passed,
		outputs: {}
	}];
}
async function render({ inputs, world, workingDirectory }) {
	const named = inputs.list("evidence");
	const patterns = named.length > 0 ? named : [inputs.text("evidence-directory") ?? ".contender"];
	const models = await readEvidence(patterns, {
		workingDirectory,
		files: world.files
	});
	const { commit } = commitOfEvidence(models, world.context);
	const run = commit === void 0 ? {} : { commit };
	switch (inputs.choice("format", FORMATS, "markdown")) {
		case "markdown": return renderJobSummary(models, run);
		case "html": return renderHtmlReport(models, run);
		case "json": return `${JSON.stringify(models.length === 1 ? models[0] : models, null, 2)}\n`;
	}
}

// src/composition/command-line-stages/drive-stage.ts
const DATA_STAGES = {
	"validate-data": driveValidateData,
	"train-model": trainAndCopy,
	"compare-models": driveCompareModels,
	"check-drift": driveCheckDrift
};
const HOST_STAGES = {
	"report-metrics": driveReport,
	"release-model": driveReleaseModel,
	"open-retraining-pr": driveOpenRetrainingPr
};
async function driveStage(command, invocation) {
	const host = HOST_STAGES[command.stage.name];
	if (host) return await host(invocation);
	const drive = DATA_STAGES[command.stage.name];
	if (drive === void 0) throw new Error(`no driver for ${command.stage.name}`);
	await using data = createDataWorld(invocation);
	return await drive(invocation, data);
}
async function trainAndCopy(invocation, data) {
	const outcomes = await driveTrainModel(invocation, data);
	const output = invocation.inputs.text("output");
	const model = outcomes[0]?.outputs.model;
	if (output !== void 0 && model !== void 0) await invocation.world.files.copy(model, resolve(invocation.workingDirectory, output));
	return outcomes;
}

export { driveStage };