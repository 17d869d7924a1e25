import { EXIT_CODE, InputError } from "./core.js";
import { findWeights, loadModels } from "./stages.js";
import { WINDOWS_MODES, createDataWorld, driveCheckDrift, driveCompareModels, driveTrainModel, driveValidateData } from "./composition-data-drivers.js";
import { driveOpenRetrainingPr, driveReleaseModel, driveReportMetrics } from "./composition-host-drivers.js";
import { renderCalibration } from "./core-report-calibration.js";
import { calibrate } from "./stages-calibration.js";
import { jsonText } from "./composition-command-line.js";
import { prepareModels } from "./composition.js";
import { renderPatch } from "./core-contract.js";
import { comparedNames, logLine, renderJobSummary, renderJunit } from "./core-comparison.js";
import { acceptData, inferContract } from "./stages-contract.js";
import { createOtherDataSets } from "./stages-validation.js";
import { configurationFromFlags, nearestName } from "./core-configuration.js";
import { explainMetric } from "./core-report-explain.js";
import { renderInspection } from "./core-report-inspection.js";
import { inspectModel } from "./stages-inspection.js";
import { maskData } from "./stages-masking.js";
import { renderPlan } from "./core-report-planning.js";
import { planHoldoutFrom } from "./stages-planning.js";
import { renderHtmlReport } from "./core-report-html.js";
import { commitOfEvidence, readEvidence } from "./stages-report.js";
import { basename, dirname, join, relative, resolve } from "node:path";
import { randomBytes } from "node:crypto";

// src/composition/command-line-stages/calibrate.ts
const DEFAULT_RETRAININGS = 12;
const DEFAULT_SHARE = .9;
async function driveCalibrate(command, invocation, data) {
	const { inputs, world, workingDirectory } = invocation;
	const runs = await prepareModels(invocation, { data });
	const [run] = runs;
	if (run === void 0 || runs.length > 1) {
		const files = runs.map(({ setup }) => setup.configFile).join(", ");
		throw new InputError(`calibrate looks at one model, but --config names ${files}; name one of them`);
	}
	await run.provideHead();
	const document = await calibrate({
		exam: await run.exam(),
		windows: await run.windows(inputs.choice("windows", WINDOWS_MODES, "frozen")),
		champion: inputs.text("champion"),
		models: inputs.list("models"),
		retrainings: inputs.count("retrainings") ?? DEFAULT_RETRAININGS,
		share: readShare(inputs),
		metrics: listOf(command.flags.metrics)
	}, {
		world,
		engine: await data.engine(),
		scorer: await data.scorer(),
		commands: data.commands,
		registry: await invocation.registry()
	});
	const text = renderCalibration(document);
	const output = inputs.text("output");
	if (output !== void 0) {
		const content = output.endsWith(".json") ? `${jsonText(document)}\n` : text;
		await world.files.write(resolve(workingDirectory, output), content);
	}
	if (!command.json) process.stdout.write(text);
	return [{
		model: "",
		exitCode: EXIT_CODE.passed,
		outputs: {},
		document
	}];
}
function readShare(inputs) {
	const text = inputs.text("share");
	if (text === void 0) return DEFAULT_SHARE;
	if (/^(0?\.\d+|[01](\.\d*)?)$/.test(text)) return Number(text);
	throw new InputError(`--share is ${JSON.stringify(text)}; write a share of the training rows above 0, at most 1, such as ${DEFAULT_SHARE}`);
}
function listOf(flag) {
	return (flag === void 0 ? [] : typeof flag === "string" ? [flag] : flag).flatMap((entry) => entry.split(",")).map((name) => name.trim()).filter((name) => name !== "");
}

// src/composition/command-line-stages/load-one-model.ts
async function loadOneModel(command, { inputs, flags, workingDirectory, world }) {
	const setups = await loadModels({
		inputs,
		flags,
		workingDirectory,
		defaultTask: "binary-classification",
		standIns: ["data"]
	}, world);
	if (setups.length === 1) return setups[0];
	const files = setups.map(({ configFile }) => configFile).join(", ");
	throw new InputError(`${command} works for one model, but --config names ${files}; name one of them`);
}

// src/composition/command-line-stages/contract.ts
const ACTIONS = [
	"infer",
	"diff",
	"update"
];
async function driveContract(command, invocation, data) {
	const [named] = command.positionals;
	const action = ACTIONS.find((candidate) => candidate === named);
	if (action === void 0) throw new InputError(`${named === void 0 ? "say what to do" : `contract has no action ${JSON.stringify(named)}`}: contender contract ${ACTIONS.join(" | ")}`);
	const setup = await loadOneModel("contract", invocation);
	const print = (text) => {
		if (!command.json && text !== "") process.stdout.write(text);
	};
	const work = {
		invocation,
		data,
		setup,
		print
	};
	if (action === "infer") return await infer(work);
	return action === "diff" ? await diff(work) : await update(work);
}
async function infer(work) {
	const [path] = requireData(work, 1);
	const output = work.invocation.inputs.text("output");
	await using set = await openData(work, path);
	const text = await inferContract({
		data: set,
		columns: work.setup.configuration.data,
		name: nameOf(path)
	});
	if (output === void 0) {
		work.print(text);
		return outcome(EXIT_CODE.passed, { contract: text });
	}
	const target = resolve(work.invocation.workingDirectory, output);
	if (await work.invocation.world.files.exists(target)) throw new InputError(`${output} exists and may have been edited; follow the data with \`contender contract update --contract ${output} --data ${path}\`, or remove it first`);
	await work.invocation.world.files.write(target, text);
	work.invocation.world.log.info(`wrote ${logLine(output)}`);
	return outcome(EXIT_CODE.passed, { contract: text });
}
async function diff(work) {
	const [first, second] = requireData(work, 2);
	let contract = await readContract(work);
	if (contract === void 0) {
		await using before = await openData(work, first);
		contract = {
			file: "contract.yml",
			text: await inferContract({
				data: before,
				columns: work.setup.configuration.data,
				name: nameOf(first)
			})
		};
	} else contract = {
		...contract,
		text: (await accept(work, contract, first)).text
	};
	const { text, left } = await accept(work, contract, second);
	const patch = renderPatch(contract.file, contract.text, text);
	work.print(patch);
	return outcome(patch === "" && left.length === 0 ? EXIT_CODE.passed : EXIT_CODE.failedVerdict, {
		patch,
		left
	});
}
async function update(work) {
	const [path] = requireData(work, 1);
	const contract = await readContract(work);
	if (contract === void 0) throw new InputError("name the contract to update: contender contract update --contract contract.yml");
	const { text, left } = await accept(work, contract, path);
	const patch = renderPatch(contract.file, contract.text, text);
	work.print(patch);
	const { inputs, world, workingDirectory } = work.invocation;
	const output = inputs.text("output");
	if (output !== void 0) {
		await world.files.write(resolve(workingDirectory, output), text);
		world.log.info(`wrote ${logLine(output)}`);
	} else if (patch !== "") world.log.info("nothing is written; add --output FILE to write the contract");
	else world.log.info(left.length === 0 ? "the data keep the contract as it is" : "no edit accepts the data");
	return outcome(left.length === 0 ? EXIT_CODE.passed : EXIT_CODE.failedVerdict, {
		patch,
		left
	});
}
async function accept(work, contract, path) {
	const { invocation, setup, data } = work;
	const { world, workingDirectory } = invocation;
	await using set = await openData(work, path);
	const engine = await data.engine();
	const own = declare(work, path);
	const directory = resolve(workingDirectory, dirname(contract.file));
	const others = {
		engine,
		files: world.files,
		own,
		declared: [own],
		directory,
		history: void 0
	};
	await using otherSets = createOtherDataSets(others);
	const result = await acceptData({
		...contract,
		names: [
			path,
			nameOf(path),
			"training",
			setup.configuration.model
		],
		data: set,
		columns: setup.configuration.data,
		others: otherSets,
		now: world.now()
	});
	const left = result.left.map(({ finding }) => finding);
	for (const { message, location } of left) {
		const place = location?.line === void 0 ? contract.file : `${contract.file}:${location.line}`;
		world.log.warning(logLine(`${place}: no edit accepts this: ${message}`));
	}
	return {
		text: result.text,
		left
	};
}
function declare({ invocation }, path) {
	const directory = invocation.workingDirectory;
	return {
		name: path,
		source: { paths: [path] },
		directory,
		labelsExpected: true
	};
}
async function openData({ invocation, data }, path) {
	return (await data.engine()).open({
		name: path,
		baseDirectory: invocation.workingDirectory,
		paths: [path]
	});
}
function requireData({ invocation, setup }, count) {
	const given = invocation.inputs.list("data");
	const { training, source } = setup.configuration.data;
	const declared = (training ?? source)?.paths.map((path) => relative(invocation.workingDirectory, resolve(setup.baseDirectory, path)));
	const paths = given.length === 0 && count === 1 && declared?.length === 1 ? declared : given;
	if (paths.length === count) return paths;
	throw new InputError(count === 1 ? `name one data set with --data FILE; ${paths.length} are named` : `name two data sets with --data OLD,NEW; ${paths.length} are named`);
}
async function readContract({ invocation, setup }) {
	const { contract } = setup.configuration;
	if (contract === void 0) return void 0;
	const path = resolve(setup.baseDirectory, contract);
	const file = relative(invocation.workingDirectory, path);
	const text = await invocation.world.files.readText(path);
	if (text !== void 0) return {
		file,
		text
	};
	throw new InputError(`the data contract ${file} does not exist; correct the path, or write it with infer`);
}
function nameOf(path) {
	return basename(path).replace(/\..*$/, "").replace(/[^A-Za-z0-9_-]+/g, "_") || "data";
}
function outcome(exitCode, document) {
	return [{
		model: "",
		exitCode,
		outputs: {},
		document
	}];
}

// src/composition/command-line-stages/explain-comparison.ts
async function compareAndExplain(invocation, data) {
	const name = invocation.inputs.text("explain");
	if (name === void 0) return await driveCompareModels(invocation, data);
	const outcomes = await driveCompareModels(invocation, data, { checkFirst: (runs) => requireMetric(name, runs) });
	for (const { model, document } of outcomes) {
		const comparison = document;
		if (comparison === void 0 || comparison.verdict === "error") continue;
		const title = outcomes.length === 1 ? "" : `\n${model}`;
		invocation.world.log.info(`${title}\n${explainMetric(comparison, name)}`);
	}
	return outcomes;
}
async function requireMetric(name, runs) {
	const exams = await Promise.all(runs.map((run) => run.exam()));
	const known = [...new Set(exams.flatMap(({ configuration }) => comparedNames(configuration)))];
	if (known.includes(name)) return;
	const near = nearestName(name, known);
	throw new InputError(`--explain is ${JSON.stringify(name)}, which is not compared; ${near === void 0 ? "" : `did you mean ${near}? `}compared are ${known.join(", ")}; others come with --metrics`);
}

// src/composition/command-line-stages/inspect.ts
async function driveInspect(command, invocation, data) {
	const { world } = invocation;
	const result = await inspectModel(await readRequest(command, invocation), {
		files: world.files,
		sha256: world.sha256,
		models: world.models,
		scorer: data.scorer,
		engine: data.engine
	});
	if (!command.json) process.stdout.write(renderInspection(result.inspection));
	for (const problem of result.problems) world.log.error(logLine(problem.split("\n")[0]));
	return [{
		model: "",
		exitCode: result.exitCode,
		outputs: {},
		document: result.inspection
	}];
}
async function readRequest(command, invocation) {
	const { inputs, flags } = invocation;
	const [file] = command.positionals;
	if (file === void 0) throw new InputError("name the model to inspect: contender inspect model.onnx");
	const against = inputs.text("against");
	if (flags.holdout === void 0 && inputs.text("config") === void 0) {
		const { task } = flags;
		return {
			file,
			against,
			task: task === void 0 ? void 0 : configurationFromFlags({ task }).task,
			data: void 0
		};
	}
	const { configuration, configFile, baseDirectory } = await loadOne(invocation);
	return {
		file,
		against,
		task: knownTask(configuration, configFile !== void 0 || flags.task !== void 0),
		data: flags.holdout === void 0 ? void 0 : {
			configuration,
			directory: baseDirectory
		}
	};
}
async function loadOne({ inputs, flags, workingDirectory, world }) {
	const setups = await loadModels({
		inputs,
		flags,
		workingDirectory,
		defaultTask: "binary-classification"
	}, world);
	if (setups.length !== 1) {
		const files = setups.map(({ configFile }) => configFile).join(", ");
		throw new InputError(`inspect looks at one model, but --config names ${files}; name one of them`);
	}
	return setups[0];
}
function knownTask({ task }, isSaid) {
	return isSaid ? task : void 0;
}

// src/composition/command-line-stages/mask.ts
const LEAST_KEY_BYTES = 16;
const RANDOM_KEY_BYTES = 32;
const MOST_KEY_BYTES = 4096;
async function driveMask(invocation, data) {
	const { inputs, workingDirectory, world } = invocation;
	const setup = await loadOneModel("mask", invocation);
	const source = sourceOf(invocation, setup);
	const { paths } = source;
	const output = resolve(workingDirectory, inputs.text("output") ?? besideInput(paths));
	const key = await readKey(invocation);
	const engine = await data.engine();
	const { rowCount, columns, changes } = await maskData({
		source: {
			name: paths.join(", "),
			baseDirectory: workingDirectory,
			...source
		},
		options: {
			hash: inputs.list("hash"),
			truncate: inputs.list("truncate"),
			drop: inputs.list("drop")
		},
		declared: setup.configuration.data,
		key: key ?? randomBytes(RANDOM_KEY_BYTES),
		output,
		detects: inputs.flag("detect", true)
	}, engine);
	const named = (...kinds) => [...changes].flatMap(([name, { kind }]) => kinds.includes(kind) ? [name] : []);
	const result = {
		output: relative(workingDirectory, output),
		rows: rowCount,
		columns,
		hashed: named("hash"),
		truncated: named("shorten", "coarsen"),
		dropped: named("drop"),
		key: key === void 0 ? "random" : "given"
	};
	const parts = [
		"hashed",
		"truncated",
		"dropped"
	].filter((part) => result[part].length > 0).map((part) => `; ${part}: ${result[part].join(", ")}`);
	world.log.info(logLine(`wrote ${result.output}: ${rowCount} rows, ${columns.length} columns${parts.join("")}`));
	if (key === void 0 && result.hashed.length > 0) world.log.info("the hashes have a random key that nobody keeps: they match within this file and no other; give --key-file or CONTENDER_MASK_KEY for hashes that match other copies");
	return [{
		model: "",
		exitCode: EXIT_CODE.passed,
		outputs: {},
		document: result
	}];
}
async function readKey({ inputs, environment, workingDirectory, world }) {
	const file = inputs.text("key-file");
	const fromEnvironment = environment.CONTENDER_MASK_KEY;
	if (file === void 0 && !fromEnvironment) return void 0;
	const bytes = file === void 0 ? Buffer.from(fromEnvironment) : Buffer.from(await world.files.readBytes(resolve(workingDirectory, file), MOST_KEY_BYTES));
	const key = bytes.at(-1) === 10 ? bytes.subarray(0, bytes.at(-2) === 13 ? -2 : -1) : bytes;
	if (key.length >= LEAST_KEY_BYTES) return key;
	throw new InputError(`the key of ${file ?? "CONTENDER_MASK_KEY"} has ${key.length} bytes and could be found by trying; give at least ${LEAST_KEY_BYTES} (openssl rand -hex 32)`);
}
function besideInput(paths) {
	const [path] = paths;
	const name = basename(path);
	const base = name.replace(/\..*$/, "").replace(/[*?[\]{}]/g, "") || "data";
	const isText = /\.(csv|tsv|txt)(\.(gz|zst))?$/i.test(name);
	const directory = /[*?[\]{}]/.test(dirname(path)) ? "." : dirname(path);
	return join(directory, `${base}.masked.${isText ? "csv" : "parquet"}`);
}
function sourceOf({ inputs, workingDirectory }, { configuration, baseDirectory }) {
	const given = inputs.list("data");
	if (given.length > 0) return { paths: given };
	const { training, source } = configuration.data;
	const declared = training ?? source;
	if (declared === void 0) throw new InputError("name the data to mask with --data FILE");
	const { paths, encoding } = declared;
	return {
		paths: paths.map((path) => relative(workingDirectory, resolve(baseDirectory, path))),
		...encoding === void 0 ? {} : { encoding }
	};
}

// src/composition/command-line-stages/plan-holdout.ts
async function drivePlanHoldout({ inputs, flags, workingDirectory, world }, command) {
	const task = typeof flags.task === "string" ? flags.task : flags.task?.join(",");
	const planned = await planHoldoutFrom(inputs, task, {
		workingDirectory,
		files: world.files
	});
	if (!command.json) process.stdout.write(renderPlan(planned));
	return [{
		model: "",
		exitCode: EXIT_CODE.passed,
		outputs: {},
		document: planned
	}];
}

// src/composition/command-line-stages/render-report.ts
const FORMATS = [
	"markdown",
	"html",
	"json",
	"junit"
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
		case "junit": return renderJunit(models);
		case "json": return `${JSON.stringify(models.length === 1 ? models[0] : models, null, 2)}\n`;
	}
}

// src/composition/command-line-stages/drive-stage.ts
const DATA_STAGES = {
	"validate-data": driveValidateData,
	"train-model": trainAndCopy,
	"compare-models": compareAndExplain,
	"check-drift": driveCheckDrift,
	calibrate: (invocation, data, command) => driveCalibrate(command, invocation, data),
	contract: (invocation, data, command) => driveContract(command, invocation, data),
	mask: (invocation, data) => driveMask(invocation, data),
	inspect: (invocation, data, command) => driveInspect(command, invocation, data)
};
const STAGES_WITHOUT_DATA = {
	"report-metrics": driveReport,
	"release-model": driveReleaseModel,
	"open-retraining-pr": driveOpenRetrainingPr,
	"plan-holdout": drivePlanHoldout
};
async function driveStage(command, invocation) {
	const withoutData = STAGES_WITHOUT_DATA[command.stage.name];
	if (withoutData) return await withoutData(invocation, command);
	const drive = DATA_STAGES[command.stage.name];
	if (drive === void 0) throw new Error(`no driver for ${command.stage.name}`);
	await using data = createDataWorld(invocation);
	return await drive(invocation, data, command);
}
async function trainAndCopy(invocation, data) {
	const outcomes = await driveTrainModel(invocation, data);
	const output = invocation.inputs.text("output");
	const model = outcomes[0]?.outputs.model;
	if (output !== void 0 && model !== void 0) await copyModel(model, resolve(invocation.workingDirectory, output), invocation.world);
	return outcomes;
}
async function copyModel(model, output, world) {
	const beside = await findWeights({
		path: model,
		name: "the trained model"
	}, world);
	if (beside.includes(basename(output))) throw new InputError(`--output ${output} has the name of a file that holds weights of the model; choose another name`);
	await world.files.copy(model, output);
	for (const name of beside) await world.files.copy(join(dirname(model), name), join(dirname(output), name));
}

export { driveStage };