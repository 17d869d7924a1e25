import { TOOL, createHostPorts, createWorld, endProcess, worstExitCode } from "./composition.js";
import { loadRunContext } from "./adapters-runner.js";
import { createTerminalLog } from "./adapters-terminal.js";
import { EXIT_CODE, InputError, exitCodeOf, messageOf } from "./core.js";
import { createInputs } from "./stages.js";
import { FLAG_KEYS, nearestName } from "./core-configuration.js";
import { parseArgs } from "node:util";

// src/composition/command-line/json-text.ts
function jsonText(value) {
	return JSON.stringify(value, null, 2).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escapeCharacter).replaceAll("##[", "#\\u0023[");
}
function escapeCharacter(character) {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// src/composition/command-line/stages.ts
const COMMON_OPTIONS = {
	config: "path, glob or list of contender.yml (default contender.yml)",
	"evidence-directory": "folder for the evidence documents (default .contender)",
	"github-token": "token for the GitHub API (default GITHUB_TOKEN, else the login of gh)",
	registry: "folder in the place of GitHub releases, same layout",
	"runtime-directory": "folder that already holds the native modules"
};
const SWITCHES = [
	"json",
	"help",
	"verbose"
];
const STAGE_COMMANDS = [
	{
		name: "validate-data",
		summary: "check data sets against their contract and against each other",
		options: {
			data: "data sets to check instead of those in the config",
			"fail-on": "error (default), warning or never"
		},
		readsData: true,
		defaultTask: "binary-classification"
	},
	{
		name: "train-model",
		summary: "train the challenger and write it as ONNX",
		options: {
			windows: "frozen (default) or new",
			cache: "keep an earlier result of the same recipe: true (default) or false",
			output: "also copy the model file to this path"
		},
		data: "training",
		readsData: true
	},
	{
		name: "compare-models",
		summary: "score champion and challenger on the same holdout and decide",
		options: {
			challenger: "model file to judge (default: the one in the evidence)",
			champion: "release (default), a version, a path or none",
			"challenger-scores": "table of its scores by id, for a challenger that is not ONNX",
			"champion-scores": "table of its scores by id, for a champion that is not ONNX",
			windows: "frozen (default) or new",
			"fail-on": "worse (default), inconclusive or never",
			explain: "metric whose verdict is then told step by step, on standard error with --json"
		},
		data: "holdout",
		readsData: true
	},
	{
		name: "report-metrics",
		summary: "render the evidence; on a pull request, comment and set the status",
		options: {
			evidence: "evidence to report: files, folders or globs",
			format: "markdown (default), html, json or junit",
			output: "file to write to (default: standard output)"
		},
		printsResult: true,
		readsData: false,
		defaultTask: "binary-classification"
	},
	{
		name: "release-model",
		summary: "publish a judged model, all or nothing",
		options: {
			model: "model file to publish (default: the one in the evidence)",
			evidence: "folder with the evidence of the judgement",
			version: "auto (default) or a semantic version",
			draft: "leave the release as a draft: true or false (default)"
		},
		readsData: false
	},
	{
		name: "check-drift",
		summary: "compare current data with the reference and say what to do",
		options: {
			model: "model file to score with (default: the champion)",
			"fail-on": "drift or never (default)"
		},
		readsData: true,
		defaultTask: "binary-classification"
	},
	{
		name: "open-retraining-pr",
		summary: "open, update or close the retraining pull request of a model",
		options: {
			evidence: "folder with the evidence of drift check, training and comparison",
			base: "branch the pull request goes into (default: the default branch)"
		},
		readsData: false
	},
	{
		name: "calibrate",
		summary: "propose margins that the holdout can resolve, from retrainings of the same recipe",
		options: {
			champion: "release, a version, a path or none (default: the release, else the recipe itself)",
			retrainings: "models to train, with other seeds and on other training rows (default 12)",
			share: "share of the training rows, or of whole groups, that each gets (default 0.9)",
			models: "models that were retrained elsewhere, instead of training here",
			windows: "frozen (default) or new",
			output: "also write the text to this file, or the JSON where its name ends in .json"
		},
		data: "holdout",
		printsResult: true,
		withoutDocument: true,
		common: [
			"config",
			"github-token",
			"registry",
			"runtime-directory"
		],
		keys: [
			...[
				"model-name",
				"task",
				"training",
				"holdout",
				"features",
				"target",
				"positive-class",
				"id"
			],
			...[
				"timestamp",
				"columns",
				"group",
				"weight",
				"exclude",
				"learner",
				"command",
				"command-model",
				"seed"
			],
			...[
				"primary",
				"guardrails",
				"metrics",
				"threshold"
			]
		],
		readsData: true
	},
	{
		name: "inspect",
		summary: "show what a model takes, gives and needs, and what changed since another one",
		positional: "model.onnx",
		options: { against: "model file to tell the changes since" },
		data: "holdout",
		printsResult: true,
		withoutDocument: true,
		common: ["config", "runtime-directory"],
		keys: [...[
			"task",
			"holdout",
			"features",
			"target",
			"id",
			"timestamp",
			"columns",
			"group",
			"weight"
		], "exclude"],
		readsData: true,
		defaultTask: "binary-classification"
	},
	{
		name: "contract",
		summary: "write a data contract from data, and show or make the edits that newer data need",
		positional: "infer | diff | update",
		options: {
			data: "infer, update: the data set; diff: the older and the newer one",
			output: "infer: file to write, which must not exist; update: file the changed contract goes to"
		},
		printsResult: true,
		withoutDocument: true,
		common: ["config", "runtime-directory"],
		keys: [
			"contract",
			"training",
			"target",
			"id",
			"group",
			"exclude",
			"sensitive"
		],
		readsData: true,
		defaultTask: "binary-classification"
	},
	{
		name: "mask",
		summary: "write a copy of data to share, with columns hashed, truncated or dropped",
		options: {
			data: "data to copy (default: the training data of the config)",
			output: "file to write, .csv, .tsv or .parquet (default: NAME.masked.csv or NAME.masked.parquet beside the data)",
			hash: "columns to replace by keyed hashes (default: id and group of the config)",
			truncate: "columns to shorten: COLUMN:N characters or digits, COLUMN:year, :month, :day or :hour",
			drop: "columns to leave out (default: sensitive and excluded columns of the config)",
			"key-file": "file with the key of the hashes (default: CONTENDER_MASK_KEY, else a random key that is thrown away)",
			detect: "refuse a copy that still holds personal data: true (default) or false"
		},
		withoutDocument: true,
		common: ["config", "runtime-directory"],
		keys: [
			"training",
			"id",
			"group",
			"exclude",
			"sensitive"
		],
		readsData: true,
		defaultTask: "binary-classification"
	},
	{
		name: "plan-holdout",
		summary: "say how many labelled rows a holdout needs, before they are labelled",
		options: {
			metric: "metric that decides (default with --evidence: its primary one)",
			margin: "how much worse is still not worse: an amount, or 2% of --value",
			gain: "true improvement to be called better (default: the margin)",
			power: "chance that it is seen (default 0.8)",
			confidence: "two-sided confidence of the interval that decides (default 0.95)",
			uses: "how many challengers the holdout shall judge (default: one, nothing spent)",
			value: "the champion's value, for percentages",
			evidence: "earlier comparison to learn the scatter from; then nothing below is needed",
			discordance: "accuracy, recall, …: share of the rows where exactly one model is right",
			"standard-deviation": "log_loss, mae, …: of the per-row difference of the two models",
			area: "roc_auc: the champion's area under the curve",
			correlation: "roc_auc: of the two areas (default 0.5)",
			prevalence: "share of positive rows",
			"group-size": "mean rows of a group, where rows depend on each other",
			"intraclass-correlation": "how alike rows of one group are, from 0 to 1"
		},
		printsResult: true,
		withoutDocument: true,
		common: [],
		keys: ["task"],
		readsData: false
	}
];
function commonOptions({ common }) {
	if (common === void 0) return COMMON_OPTIONS;
	return Object.fromEntries(Object.entries(COMMON_OPTIONS).filter(([name]) => common.includes(name)));
}
function keyFlags({ keys }) {
	return keys ?? Object.keys(FLAG_KEYS);
}

// src/composition/command-line/help.ts
function renderHelp() {
	const width = Math.max(...STAGE_COMMANDS.map((stage) => stage.name.length));
	return [
		`contender ${TOOL.version}: continuous delivery of a machine-learning model`,
		"",
		"Usage: contender <stage> [options]",
		"",
		"Stages",
		...STAGE_COMMANDS.map((stage) => `  ${stage.name.padEnd(width)}  ${stage.summary}`),
		"",
		"`contender <stage> --help` lists the options of a stage. Exit codes: 0 passed, 1 the verdict failed,",
		"2 the input is wrong, 3 something outside failed, 70 a bug of ours.",
		""
	].join("\n");
}
function renderStageHelp(stage) {
	const data = stage.data ? { data: `stands for data.${stage.data}` } : {};
	const own = {
		...stage.options,
		...data,
		...commonOptions(stage),
		json: `print the ${stage.withoutDocument === true ? "result as JSON" : "evidence document"} and nothing else`
	};
	const keys = keyFlags(stage).map((name) => [name, FLAG_KEYS[name]?.path.join(".") ?? ""]);
	return [
		`contender ${stage.name}: ${stage.summary}`,
		"",
		...stage.positional ? [`Usage: contender ${stage.name} ${stage.positional} [options]`, ""] : [],
		"Options",
		...renderOptions(Object.entries(own)),
		"",
		"Options that stand for a key of contender.yml, and win over it",
		...renderOptions(keys),
		""
	].join("\n");
}
function renderOptions(options) {
	const width = Math.max(...options.map(([name]) => name.length)) + 2;
	return options.map(([name, meaning]) => `  ${`--${name}`.padEnd(width)}  ${meaning}`);
}

// src/composition/command-line/parse-arguments.ts
function parseArguments(args) {
	const [name, ...rest] = args;
	const stage = STAGE_COMMANDS.find((candidate) => candidate.name === name);
	if (stage === void 0) throw unknownStage(name);
	const given = readOptions(stage, rest);
	const own = /* @__PURE__ */ new Set([...Object.keys(stage.options), ...Object.keys(commonOptions(stage))]);
	const values = {};
	const flags = {};
	for (const [option, list] of given.options) {
		const target = option === "data" && stage.data !== void 0 ? stage.data : option;
		if (own.has(option) && target === option) values[option] = list.join(",");
		else flags[target] = list.length === 1 ? list[0] : list;
	}
	return {
		stage,
		positionals: given.positionals,
		values,
		flags,
		json: given.switches.has("json"),
		verbose: given.switches.has("verbose"),
		help: given.switches.has("help")
	};
}
function optionsOf(stage) {
	return [
		...Object.keys(stage.options),
		...stage.data ? ["data"] : [],
		...Object.keys(commonOptions(stage)),
		...keyFlags(stage)
	];
}
function readOptions(stage, args) {
	const known = optionsOf(stage);
	const options = Object.fromEntries([...known.map((name) => [name, {
		type: "string",
		multiple: true
	}]), ...SWITCHES.map((name) => [name, { type: "boolean" }])]);
	const { tokens } = parseArgs({
		args: [...args],
		options,
		strict: false,
		tokens: true,
		allowPositionals: true
	});
	const values = /* @__PURE__ */ new Map();
	const switches = /* @__PURE__ */ new Set();
	const positionals = [];
	for (const token of tokens) {
		if (token.kind === "option-terminator") continue;
		if (token.kind === "positional") {
			if (stage.positional === void 0 || positionals.length === 1) throw new InputError(`unexpected argument ${JSON.stringify(token.value)}; options begin with --`);
			positionals.push(token.value);
			continue;
		}
		if (SWITCHES.includes(token.name)) {
			if (token.value !== void 0) throw new InputError(`${token.rawName} takes no value; leave ${JSON.stringify(token.value)} out`);
			switches.add(token.name);
			continue;
		}
		if (!known.includes(token.name)) throw unknownOption(stage, token.rawName, known);
		const isNextOption = !token.inlineValue && token.value?.startsWith("--");
		if (token.value === void 0 || isNextOption) throw new InputError(`${token.rawName} needs a value: ${token.rawName} VALUE, or ${token.rawName}=VALUE`);
		values.set(token.name, [...values.get(token.name) ?? [], token.value]);
	}
	return {
		positionals,
		options: values,
		switches
	};
}
function unknownStage(name) {
	const names = STAGE_COMMANDS.map((stage) => stage.name);
	if (name === void 0) return new InputError(`name a stage: ${names.join(", ")}`);
	const near = nearestName(name, names);
	return new InputError(`unknown stage ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ""}stages: ${names.join(", ")}`);
}
function unknownOption(stage, given, known) {
	const near = nearestName(given.replace(/^-+/, ""), [...known, ...SWITCHES]);
	return new InputError(`${stage.name} has no option ${given}; ${near ? `did you mean --${near}? ` : ""}\`contender ${stage.name} --help\` lists them`);
}

// src/composition/command-line/run-command.ts
async function runCommand(args, drive) {
	if (args.length === 0 || args[0] === "--help" || args[0] === "-h" || args[0] === "help") {
		process.stdout.write(renderHelp());
		return EXIT_CODE.passed;
	}
	if (args[0] === "--version" || args[0] === "-v") {
		process.stdout.write(`${TOOL.version}\n`);
		return EXIT_CODE.passed;
	}
	try {
		const command = parseArguments(args);
		if (!command.help) return await runStageCommand(command, drive);
		process.stdout.write(renderStageHelp(command.stage));
		return EXIT_CODE.passed;
	} catch (error) {
		return sayFailure(error);
	}
}
async function runStageCommand(command, drive) {
	const environment = process.env;
	const log = createTerminalLog({
		stdout: process.stdout,
		stderr: process.stderr,
		quietStdout: command.json || command.stage.printsResult === true,
		verbose: command.verbose
	});
	const world = createWorld({
		environment,
		context: loadRunContext(environment),
		log
	});
	await using _temporary = world.files;
	const workingDirectory = process.cwd();
	const inputs = createInputs(command.values, (name) => `--${name}`);
	const host = createHostPorts({
		world,
		environment,
		workingDirectory,
		token: inputs.text("github-token"),
		registryDirectory: inputs.text("registry")
	});
	const outcomes = await drive(command, {
		inputs,
		flags: command.flags,
		workingDirectory,
		environment,
		world,
		...host,
		writeSummary: async () => void 0
	});
	if (command.json) printDocuments(outcomes);
	return worstExitCode(outcomes);
}
function printDocuments(outcomes) {
	const documents = outcomes.flatMap((outcome) => outcome.document === void 0 ? [] : [outcome.document]);
	const value = documents.length === 1 ? documents[0] : documents;
	process.stdout.write(`${jsonText(value)}\n`);
}
function sayFailure(error) {
	const exitCode = exitCodeOf(error);
	process.stderr.write(`error: ${messageOf(error)}\n`);
	if (exitCode === EXIT_CODE.bug && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
	if (!(error instanceof InputError) && error instanceof Error && error.cause instanceof Error) process.stderr.write(`cause: ${error.cause.message}\n`);
	return exitCode;
}

// src/composition/command-line/main.ts
async function main(args) {
	const exitCode = await runCommand(args, async (command, invocation) => {
		const { driveStage } = await import("./drive-stage.js");
		return driveStage(command, invocation);
	});
	return endProcess(exitCode);
}

export { jsonText, main };