import { array, boolean, description, exactOptional, examples, gtValue, integer, is, literal, ltValue, maxValue, minLength, minValue, number as number$2, picklist, pipe, record, regex, safeParse, strictObject, string, union, variant } from "./vendor-valibot.js";
import { InputError } from "./core.js";
import { findMetric } from "./core-metrics.js";
import { require_fastest_levenshtein } from "./vendor-fastest-levenshtein.js";
import { require_dist } from "./vendor-yaml.js";

// src/core/configuration/configuration.ts
const TASKS = [
	"binary-classification",
	"multiclass-classification",
	"regression",
	"ranking"
];
function isClassification(task) {
	return task === "binary-classification" || task === "multiclass-classification";
}

// src/core/configuration/duration.ts
const UNIT_MILLISECONDS = {
	w: 6048e5,
	d: 864e5,
	h: 36e5,
	m: 6e4,
	s: 1e3
};
const DURATION_PATTERN = /^\d{1,5}[wdhms]$/;
const DURATION_ADVICE = "write a whole number and a unit, such as 60d, 12h, 10m, 45s or 2w (w weeks, d days, h hours, m minutes, s seconds)";
function parseDuration(text) {
	if (!DURATION_PATTERN.test(text)) throw new InputError(`${JSON.stringify(text)} is no duration; ${DURATION_ADVICE}`);
	return Number(text.slice(0, -1)) * UNIT_MILLISECONDS[text.slice(-1)];
}
function formatDuration(milliseconds) {
	const whole = Math.round(Math.max(0, milliseconds) / 1e3) * 1e3;
	const unit = [
		"d",
		"h",
		"m"
	].find((candidate) => whole % UNIT_MILLISECONDS[candidate] === 0);
	if (unit === void 0) return `${whole / 1e3}s`;
	return `${whole / UNIT_MILLISECONDS[unit]}${unit}`;
}

// src/core/configuration/not-yet-used.ts
function listNotYetUsed(document) {
	const { data, comparison, release } = document;
	const later = {
		"data.predictions": data.predictions !== void 0,
		"data.labels": data.labels !== void 0,
		"comparison.fairness": comparison?.fairness !== void 0,
		"release.attest": release?.attest !== void 0 && release.attest !== "auto",
		deployment: (document.deployment ?? []).length > 0
	};
	return Object.keys(later).filter((key) => later[key]);
}

// src/core/configuration/share.ts
const PERCENTAGE_PATTERN = /^\d{1,3}(\.\d{1,10})?%$/;
function parseShare(value) {
	if (typeof value === "number") return value;
	if (!PERCENTAGE_PATTERN.test(value)) throw new InputError(`${JSON.stringify(value)} is no percentage; write a number and a percent sign, such as 2%`);
	return Number((Number(value.slice(0, -1)) / 100).toPrecision(12));
}
function formatPercentage(share) {
	return `${Number((share * 100).toPrecision(12))}%`;
}

// src/core/configuration/split-form.ts
function isSpan(holdout) {
	return typeof holdout === "string" && DURATION_PATTERN.test(holdout);
}

// src/core/configuration/build-configuration.ts
const DEFAULTS = {
	seed: 0,
	scoringTimeLimit: "10m",
	confidence: .95,
	drift: {
		falseAlarmsPerYear: .1,
		minimumEffect: "small",
		actOn: [
			"performance",
			"prediction",
			"label"
		]
	},
	retraining: {
		cooldownDays: 7,
		labels: ["retraining"],
		reviewers: []
	},
	release: {
		keepDraftsDays: 14,
		attest: "auto"
	}
};
function buildConfiguration(document) {
	const { scoring, drift, retraining, release } = document;
	return withoutUndefined({
		model: document.model,
		task: document.task,
		data: buildData(document.data),
		contract: document.contract,
		training: document.training && buildTraining(document.training),
		scoring: scoring && withoutUndefined({
			command: scoring.command,
			timeLimitSeconds: parseDuration(scoring["time-limit"] ?? DEFAULTS.scoringTimeLimit) / 1e3
		}),
		comparison: buildComparison(document.comparison ?? {}),
		drift: {
			falseAlarmsPerYear: drift?.["false-alarms-per-year"] ?? DEFAULTS.drift.falseAlarmsPerYear,
			minimumEffect: drift?.["minimum-effect"] ?? DEFAULTS.drift.minimumEffect,
			actOn: drift?.["act-on"] ?? DEFAULTS.drift.actOn
		},
		retraining: {
			cooldownDays: retraining?.["cooldown-days"] ?? DEFAULTS.retraining.cooldownDays,
			labels: retraining?.labels ?? DEFAULTS.retraining.labels,
			reviewers: retraining?.reviewers ?? DEFAULTS.retraining.reviewers
		},
		release: {
			keepDraftsDays: release?.["keep-drafts-days"] ?? DEFAULTS.release.keepDraftsDays,
			attest: release?.attest ?? DEFAULTS.release.attest
		},
		deployment: (document.deployment ?? []).map((target) => ({
			...target,
			set: target.set ?? {},
			by: target.by ?? "pull-request"
		})),
		notYetUsed: listNotYetUsed(document)
	});
}
function buildData(data) {
	const { labels, split } = data;
	const positiveClass = data["positive-class"];
	return withoutUndefined({
		training: buildOptional(data.training, buildSource),
		holdout: buildOptional(data.holdout, buildSource),
		source: buildOptional(data.source, buildSource),
		split: buildOptional(split, buildSplit),
		reference: buildOptional(data.reference, buildSource),
		current: buildOptional(data.current, buildSource),
		features: data.features,
		fetch: data.fetch,
		predictions: buildOptional(data.predictions, buildSource),
		labels: labels && {
			...buildSource(labels),
			join: labels.join,
			matureAfterMilliseconds: parseDuration(labels["mature-after"] ?? "0d")
		},
		target: data.target,
		positiveClass: positiveClass === void 0 ? void 0 : String(positiveClass),
		id: data.id,
		timestamp: data.timestamp,
		columns: data.columns,
		group: data.group,
		sensitive: data.sensitive ?? [],
		weight: data.weight,
		exclude: data.exclude ?? []
	});
}
function buildOptional(written, build) {
	return written === void 0 ? void 0 : build(written);
}
function buildSource(source) {
	if (typeof source === "string") return { paths: [source] };
	if (Array.isArray(source)) return { paths: source };
	const { path, where, sha256, encoding } = source;
	return withoutUndefined({
		paths: typeof path === "string" ? [path] : path,
		where,
		sha256: sha256?.toLowerCase(),
		encoding
	});
}
function buildSplit(split) {
	const { holdout, training, gap, by } = split;
	if (!isSpan(holdout)) return {
		kind: "share",
		holdoutShare: parseShare(holdout),
		by
	};
	return withoutUndefined({
		kind: "time",
		holdoutMilliseconds: parseDuration(holdout),
		trainingMilliseconds: training === void 0 ? void 0 : parseDuration(training),
		gapMilliseconds: parseDuration(gap ?? "0d"),
		matureAfterMilliseconds: parseDuration(split["mature-after"] ?? "0d")
	});
}
function buildTraining(training) {
	const { learner, command, model, parameters = {}, seed = DEFAULTS.seed } = training;
	if (learner !== void 0) return {
		kind: "learner",
		learner,
		parameters,
		seed
	};
	return {
		kind: "command",
		command,
		model,
		parameters,
		seed
	};
}
function buildComparison(comparison) {
	const { cost, metrics = [], margins = {}, slices = [] } = comparison;
	return withoutUndefined({
		holdoutBudget: comparison["holdout-budget"] ?? "warn",
		primary: comparison.primary,
		guardrails: comparison.guardrails ?? [],
		metrics: metrics.map((metric) => typeof metric === "string" ? {
			kind: "named",
			name: metric
		} : {
			kind: "sql",
			...metric
		}),
		cost: cost && {
			falsePositive: cost["false-positive"],
			falseNegative: cost["false-negative"]
		},
		threshold: comparison.threshold,
		margins: Object.fromEntries(Object.entries(margins).map(([metric, value]) => [metric, buildMargin(value)])),
		gates: comparison.gates?.map(buildGate),
		slices: slices.map((slice) => typeof slice === "string" ? {
			kind: "column",
			column: slice
		} : {
			kind: "condition",
			...slice
		}),
		fairness: comparison.fairness
	});
}
function buildMargin(margin) {
	if (typeof margin === "number") return {
		kind: "absolute",
		value: margin
	};
	if (typeof margin === "string") return {
		kind: "relative",
		share: parseShare(margin)
	};
	return {
		kind: "share-of-gain",
		share: parseShare(margin["share-of-gain"])
	};
}
function buildGate(gate) {
	const common = withoutUndefined({
		metric: gate.metric,
		confidence: gate.confidence ?? DEFAULTS.confidence,
		slices: gate.slices
	});
	switch (gate.require) {
		case "better": return {
			...common,
			require: "better"
		};
		case "not-worse": return gate.margin === void 0 ? {
			...common,
			require: "not-worse"
		} : {
			...common,
			require: "not-worse",
			margin: buildMargin(gate.margin)
		};
		default: return {
			...common,
			require: gate.require,
			value: gate.value
		};
	}
}
function withoutUndefined(value) {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== void 0));
}

// src/core/configuration/nearest-name.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
const MAX_NAME_CHARACTERS = 60;
function nearestName(name, candidates) {
	if (name.length > MAX_NAME_CHARACTERS) return void 0;
	const written = plain(name);
	let nearest;
	let fewestEdits = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const edits = (0, import_fastest_levenshtein.distance)(written, plain(candidate));
		const isClose = edits <= Math.max(1, Math.floor(candidate.length / 3));
		if (edits < fewestEdits && (isClose || letters(written) === letters(plain(candidate)))) {
			nearest = candidate;
			fewestEdits = edits;
		}
	}
	return nearest ?? onlyCompletion(written, candidates);
}
const MIN_PREFIX_CHARACTERS = 3;
function onlyCompletion(written, candidates) {
	if (written.length < MIN_PREFIX_CHARACTERS) return void 0;
	const completions = candidates.filter((candidate) => plain(candidate).startsWith(written));
	return completions.length === 1 ? completions[0] : void 0;
}
function letters(name) {
	return [...name].sort().join("");
}
function plain(name) {
	return name.toLowerCase().replace(/[-_ ]/g, "");
}

// src/core/configuration/problem.ts
const MAX_PROBLEMS = 20;
function errorOfProblems(problems) {
	const sorted = [...problems].sort((left, right) => compareLocations(left.location, right.location));
	const lines = sorted.slice(0, MAX_PROBLEMS).map(renderProblem);
	if (sorted.length > MAX_PROBLEMS) lines.push(`… and ${sorted.length - MAX_PROBLEMS} more`);
	const location = sorted.find((problem) => problem.location !== void 0)?.location;
	return new InputError(lines.join("\n"), location === void 0 ? {} : { location });
}
function formatPath(path) {
	let text = "";
	for (const step of path) if (typeof step === "number") text += `[${step}]`;
	else if (/^[\w-]+$/.test(step)) text += text === "" ? step : `.${step}`;
	else text += `[${quote(step)}]`;
	return text;
}
const MAX_QUOTED_CHARACTERS = 80;
function quote(text) {
	const short = text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
	return JSON.stringify(short);
}
function describeValue(value) {
	if (typeof value === "string") return quote(value);
	if (value === null || value === void 0) return "empty";
	if (Array.isArray(value)) return value.length === 1 ? "a list of 1 entry" : `a list of ${value.length} entries`;
	if (typeof value === "object") return "a map of keys";
	return String(value);
}
function renderProblem({ message, location }) {
	if (location === void 0) return message;
	return `${[
		location.file,
		location.line,
		location.column
	].filter((part) => part !== void 0).join(":")}: ${message}`;
}
function compareLocations(left, right) {
	const byLine = (left?.line ?? 0) - (right?.line ?? 0);
	return byLine === 0 ? (left?.column ?? 0) - (right?.column ?? 0) : byLine;
}

// src/core/configuration/check-document.ts
function checkDocument(schema, value, origin) {
	const problems = [];
	checkNode(schema, value, {
		origin,
		path: [],
		problems,
		root: schema
	});
	return problems;
}
const FORBIDDEN_KEYS = [
	"__proto__",
	"constructor",
	"prototype"
];
function checkNode(schema, value, walk) {
	const meant = schema.wrapped ?? (schema.type === "union" ? branchFor(schema, value) : void 0);
	if (meant !== void 0) {
		checkNode(meant, value, {
			...walk,
			removable: walk.removable || schema.wrapped !== void 0
		});
		return;
	}
	const before = walk.problems.length;
	if (containerKind(schema) === kindOf(value)) checkContents(schema, value, walk);
	if (walk.problems.length === before) checkLeaf(schema, value, walk);
}
function checkContents(schema, value, walk) {
	if (schema.type === "array") {
		for (const [index, entry] of value.entries()) checkNode(schema.item, entry, descend(walk, index));
		return;
	}
	const map = value;
	if (schema.type === "variant") checkVariant(schema, map, walk);
	else if (schema.type === "record") checkRecord(schema.value, map, walk);
	else checkTable(schema.entries ?? {}, map, walk);
}
function containerKind(schema) {
	if (schema.type === "array") return "list";
	return [
		"strict_object",
		"record",
		"variant"
	].includes(schema.type) ? "map" : void 0;
}
function checkTable(entries, value, walk) {
	const misspelt = /* @__PURE__ */ new Set();
	for (const key of Object.keys(value)) {
		const entry = Object.hasOwn(entries, key) ? entries[key] : void 0;
		if (entry === void 0) misspelt.add(reportUnknownKey(key, Object.keys(entries), walk));
		else checkNode(entry, value[key], descend(walk, key));
	}
	for (const [key, entry] of Object.entries(entries)) {
		if (entry.type === "exact_optional" || Object.hasOwn(value, key) || misspelt.has(key)) continue;
		const path = [...walk.path, key];
		const message = `${walk.origin.name(path)} is missing; ${adviceOf(entry, void 0)}`;
		walk.problems.push({
			path,
			at: "key",
			message
		});
	}
}
function checkRecord(entry, value, walk) {
	for (const key of Object.keys(value)) if (FORBIDDEN_KEYS.includes(key)) {
		const message = `${quote(key)} cannot be a key of ${walk.origin.name(walk.path)}; choose another name`;
		walk.problems.push({
			path: [...walk.path, key],
			at: "key",
			message
		});
	} else checkNode(entry, value[key], descend(walk, key));
}
function checkVariant(schema, value, walk) {
	const key = schema.key;
	const branches = schema.options ?? [];
	const meant = branches.find((branch) => is(branch.entries?.[key], value[key]));
	if (meant) {
		const { own, foreign } = divideKeys(value, new Set(branches.flatMap((branch) => Object.keys(branch.entries ?? {}))), meant);
		for (const other of foreign) reportForeignKey(other, `${key}: ${value[key]}`, {
			meant,
			walk
		});
		checkTable(meant.entries ?? {}, own, walk);
		return;
	}
	const allowed = branches.flatMap((branch) => allowedValues(branch.entries?.[key]));
	const path = [...walk.path, key];
	if (!Object.hasOwn(value, key)) {
		const message = `${walk.origin.name(path)} is missing; write one of ${allowed.join(", ")}`;
		walk.problems.push({
			path,
			at: "key",
			message
		});
		return;
	}
	report(descend(walk, key), `${suggest(value[key], allowed)}write one of ${allowed.join(", ")}`, value[key]);
}
function divideKeys(value, known, meant) {
	const isForeign = (key) => known.has(key) && !Object.hasOwn(meant.entries ?? {}, key);
	const entries = Object.entries(value);
	return {
		own: Object.fromEntries(entries.filter(([key]) => !isForeign(key))),
		foreign: Object.keys(value).filter(isForeign)
	};
}
function reportForeignKey(key, choice, { meant, walk }) {
	const path = [...walk.path, key];
	const allowed = Object.keys(meant.entries ?? {}).join(", ");
	const message = `${walk.origin.name(path)} does not go with ${choice}; allowed keys there: ${allowed}`;
	walk.problems.push({
		path,
		at: "key",
		message
	});
}
function branchFor(schema, value) {
	const kind = kindOf(value);
	return schema.options.find((branch) => branchKind(branch) === kind);
}
function branchKind(branch) {
	const container = containerKind(branch);
	if (container !== void 0) return container;
	return branch.type === "number" || branch.type === "boolean" ? branch.type : "text";
}
function checkLeaf(schema, value, walk) {
	const checked = safeParse(schema, value);
	if (checked.success) return;
	const isOtherKind = schema.type === "union" || containerKind(schema) !== void 0;
	const isRule = checked.issues[0].kind === "validation";
	const advice = isOtherKind && !isRule ? adviceOf(schema, value) : checked.issues[0].message;
	report(walk, suggest(value, allowedValues(schema)) + advice, value);
}
function report(walk, advice, value) {
	const removal = value === null && walk.removable ? ", or remove the key" : "";
	const message = `${walk.origin.name(walk.path)} is ${describeValue(value)}; ${advice}${removal}`;
	walk.problems.push({
		path: walk.path,
		at: "value",
		message
	});
}
function reportUnknownKey(key, allowed, walk) {
	const place = walk.path.length === 0 ? "" : ` in ${walk.origin.name(walk.path)}`;
	const near = nearestName(key, allowed);
	const section = near === void 0 && walk.path.length === 0 ? sectionOf(key, walk.root) : void 0;
	let hint = near === void 0 ? "" : `did you mean ${near}? `;
	if (section !== void 0) hint = `write it under ${section}; `;
	const message = `unknown key ${quote(key)}${place}; ${hint}allowed keys: ${allowed.join(", ")}`;
	walk.problems.push({
		path: [...walk.path, key],
		at: "key",
		message
	});
	return near;
}
function sectionOf(key, root) {
	return Object.entries(root.entries ?? {}).find(([, section]) => {
		const entries = (section.wrapped ?? section).entries;
		return entries !== void 0 && Object.hasOwn(entries, key);
	})?.[0];
}
function suggest(value, allowed) {
	const near = typeof value === "string" ? nearestName(value, allowed) : void 0;
	return near === void 0 ? "" : `did you mean ${near}? `;
}
function allowedValues(schema) {
	if (schema.type === "picklist") return schema.options;
	return schema.type === "literal" ? [schema.literal] : [];
}
function adviceOf(schema, input) {
	const inner = schema.wrapped ?? schema;
	return (typeof inner.message === "function" ? inner.message({ input }) : inner.message) ?? "write another value";
}
function kindOf(value) {
	if (value === null || value === void 0) return "empty";
	if (Array.isArray(value)) return "list";
	if (typeof value === "object") return "map";
	if (typeof value === "number" || typeof value === "boolean") return typeof value;
	return "text";
}
function descend(walk, step) {
	return {
		...walk,
		path: [...walk.path, step],
		removable: false
	};
}

// src/core/configuration/flags.ts
const FLAG_KEYS = {
	"model-name": {
		path: ["model"],
		kind: "text"
	},
	task: {
		path: ["task"],
		kind: "text"
	},
	training: {
		path: ["data", "training"],
		kind: "paths"
	},
	holdout: {
		path: ["data", "holdout"],
		kind: "paths"
	},
	reference: {
		path: ["data", "reference"],
		kind: "paths"
	},
	current: {
		path: ["data", "current"],
		kind: "paths"
	},
	features: {
		path: ["data", "features"],
		kind: "text"
	},
	target: {
		path: ["data", "target"],
		kind: "text"
	},
	"positive-class": {
		path: ["data", "positive-class"],
		kind: "text"
	},
	id: {
		path: ["data", "id"],
		kind: "text"
	},
	timestamp: {
		path: ["data", "timestamp"],
		kind: "text"
	},
	columns: {
		path: ["data", "columns"],
		kind: "list"
	},
	group: {
		path: ["data", "group"],
		kind: "text"
	},
	sensitive: {
		path: ["data", "sensitive"],
		kind: "list"
	},
	weight: {
		path: ["data", "weight"],
		kind: "text"
	},
	exclude: {
		path: ["data", "exclude"],
		kind: "list"
	},
	contract: {
		path: ["contract"],
		kind: "text"
	},
	learner: {
		path: ["training", "learner"],
		kind: "text"
	},
	command: {
		path: ["training", "command"],
		kind: "text"
	},
	"command-model": {
		path: ["training", "model"],
		kind: "text"
	},
	seed: {
		path: ["training", "seed"],
		kind: "number"
	},
	primary: {
		path: ["comparison", "primary"],
		kind: "text"
	},
	guardrails: {
		path: ["comparison", "guardrails"],
		kind: "list"
	},
	metrics: {
		path: ["comparison", "metrics"],
		kind: "list"
	},
	threshold: {
		path: ["comparison", "threshold"],
		kind: "number"
	},
	slices: {
		path: ["comparison", "slices"],
		kind: "list"
	},
	"false-alarms-per-year": {
		path: ["drift", "false-alarms-per-year"],
		kind: "number"
	},
	"minimum-effect": {
		path: ["drift", "minimum-effect"],
		kind: "text"
	},
	"cooldown-days": {
		path: ["retraining", "cooldown-days"],
		kind: "number"
	},
	labels: {
		path: ["retraining", "labels"],
		kind: "list"
	},
	reviewers: {
		path: ["retraining", "reviewers"],
		kind: "list"
	}
};
const DISPLACED = {
	training: [["data", "source"], ["data", "split"]],
	holdout: [["data", "source"], ["data", "split"]],
	learner: [["training", "command"], ["training", "model"]],
	command: [["training", "learner"]]
};
function overlayFlags(value, flags) {
	const given = Object.entries(flags).filter(([, written]) => written !== void 0);
	if (given.length === 0 || !isTree(value)) return value;
	const result = structuredClone(value);
	for (const [flag, written] of given) {
		const key = Object.hasOwn(FLAG_KEYS, flag) ? FLAG_KEYS[flag] : void 0;
		if (key === void 0) throw unknownFlag(flag);
		for (const path of DISPLACED[flag] ?? []) removeAt(result, path);
		setAt(result, key.path, readFlag(flag, key.kind, written));
	}
	return result;
}
function originWithFlags(file, flags) {
	const flagOf = (path) => Object.keys(flags).find((flag) => {
		return (flags[flag] === void 0 ? void 0 : FLAG_KEYS[flag])?.path.every((step, index) => path[index] === step);
	});
	return {
		name: (path) => {
			const flag = flagOf(path);
			return flag === void 0 ? file.name(path) : nameInFlag(flag, path);
		},
		locate: (path, at) => flagOf(path) === void 0 ? file.locate(path, at) : void 0
	};
}
const FLAGS_ONLY_ORIGIN = {
	name: (path) => {
		const flag = Object.keys(FLAG_KEYS).find((candidate) => FLAG_KEYS[candidate]?.path.every((step, index) => path[index] === step));
		return flag === void 0 ? formatPath(path) : nameInFlag(flag, path);
	},
	locate: () => void 0
};
function nameInFlag(flag, path) {
	const index = path[FLAG_KEYS[flag]?.path.length ?? 0];
	return typeof index === "number" ? `entry ${index + 1} of --${flag}` : `--${flag}`;
}
function readFlag(flag, kind, written) {
	if (kind === "list" || kind === "paths") {
		const trimmed = (typeof written === "string" ? [written] : written).flatMap((entry) => entry.split(",")).map((entry) => entry.trim()).filter((entry) => entry !== "");
		return kind === "paths" && trimmed.length === 1 ? trimmed[0] : trimmed;
	}
	if (typeof written !== "string") throw new InputError(`--${flag} is given ${written.length} times; give it once`);
	if (kind === "text") return written;
	if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written)) throw new InputError(`--${flag} is ${describeValue(written)}; write a number`);
	return Number(written);
}
function unknownFlag(flag) {
	const known = Object.keys(FLAG_KEYS);
	const near = nearestName(flag, known);
	const hint = near === void 0 ? "" : `did you mean --${near}? `;
	return new InputError(`unknown flag --${flag}; ${hint}flags for the config: ${known.map((name) => `--${name}`).join(", ")}`);
}
function setAt(tree, path, value) {
	const [key, ...rest] = path;
	if (rest.length === 0) {
		tree[key] = value;
		return;
	}
	if (tree[key] === void 0) tree[key] = {};
	if (isTree(tree[key])) setAt(tree[key], rest, value);
}
function removeAt(tree, path) {
	const [key, ...rest] = path;
	if (rest.length === 0) delete tree[key];
	else if (isTree(tree[key])) removeAt(tree[key], rest);
}
function isTree(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

// src/core/configuration/comparison-rules.ts
const comparisonRules = [
	{
		reads: ["comparison", "task"],
		check: checkMetricNames
	},
	{
		reads: ["comparison", "task"],
		check: checkSqlMetrics
	},
	{
		reads: ["comparison", "task"],
		check: checkDecision
	},
	{
		reads: ["comparison"],
		check: checkSlices
	},
	{
		reads: ["comparison", "data"],
		check: checkSliceColumns
	}
];
function checkMetricNames({ comparison, task }, { name, add }) {
	if (comparison === void 0) return;
	const own = sqlMetricNames(comparison);
	for (const { path, metric, at } of namedMetrics(comparison)) {
		const lookup = findMetric(task, metric);
		if (lookup.found || own.includes(metric)) continue;
		const key = name(path.filter((step) => typeof step === "string").slice(0, 2).join("."));
		const near = nearestName(metric, [lookup.nearest, ...own]);
		const hint = near === void 0 ? "" : `did you mean ${near}? `;
		const allowed = [...lookup.allowed, ...own].join(", ");
		const reason = /^[\w.]{1,60}$/.test(metric) ? lookup.reason : `${task} has no such metric`;
		add(path, `${key} names ${quote(metric)}, and ${reason}; ${hint}known metrics: ${allowed}`, at);
	}
}
function namedMetrics(comparison) {
	const found = [];
	const add = (path, metric, at = "value") => {
		if (typeof metric === "string") found.push({
			path: ["comparison", ...path],
			metric,
			at
		});
	};
	add(["primary"], comparison.primary);
	for (const [index, metric] of (comparison.guardrails ?? []).entries()) add(["guardrails", index], metric);
	for (const [index, metric] of (comparison.metrics ?? []).entries()) add(["metrics", index], metric);
	for (const [index, gate] of (comparison.gates ?? []).entries()) add([
		"gates",
		index,
		"metric"
	], gate.metric);
	for (const metric of Object.keys(comparison.margins ?? {})) add(["margins", metric], metric, "key");
	return found;
}
function sqlMetricNames(comparison) {
	return (comparison.metrics ?? []).flatMap((metric) => typeof metric === "string" ? [] : [metric.name]);
}
function checkSqlMetrics({ comparison, task }, { name, add }) {
	const seen = /* @__PURE__ */ new Set();
	for (const [index, metric] of (comparison?.metrics ?? []).entries()) {
		const isNamed = typeof metric === "string";
		const metricName = isNamed ? metric : metric.name;
		const path = [
			"comparison",
			"metrics",
			index,
			...isNamed ? [] : ["name"]
		];
		if (seen.has(metricName)) add(path, `${name("comparison.metrics")} lists ${quote(metricName)} twice; keep one`);
		else if (!isNamed && findMetric(task, metricName).found) add(path, `${name("comparison.metrics")} defines ${quote(metricName)}, which is a metric of Contender; choose another name`);
		seen.add(metricName);
	}
}
function checkDecision({ comparison, task }, { name, add }) {
	if (comparison === void 0) return;
	for (const key of ["threshold", "cost"]) {
		if (comparison[key] === void 0 || task === "binary-classification") continue;
		const message = `${name(`comparison.${key}`)} is for binary-classification, and ${name("task")} is ${task}; remove it`;
		add(["comparison", key], message, "key");
	}
	if (comparison.cost !== void 0) return;
	const own = sqlMetricNames(comparison);
	const costly = namedMetrics(comparison).find(({ metric }) => metric === "expected_cost" && !own.includes(metric));
	if (costly === void 0 || task !== "binary-classification") return;
	const message = `expected_cost needs ${name("comparison.cost")}, such as {false-positive: 5, false-negative: 100}`;
	add(costly.path, message, costly.at);
}
function checkSlices({ comparison }, { name, add }) {
	const declared = [];
	for (const [index, slice] of (comparison?.slices ?? []).entries()) {
		const sliceName = typeof slice === "string" ? slice : slice.name;
		const path = [
			"comparison",
			"slices",
			index,
			...typeof slice === "string" ? [] : ["name"]
		];
		if (sliceName === "all") add(path, `${name("comparison.slices")} names a slice "all", which means every slice; choose another name`);
		else if (declared.includes(sliceName)) add(path, `${name("comparison.slices")} lists ${quote(sliceName)} twice; keep one`);
		declared.push(sliceName);
	}
	for (const [index, { slices }] of (comparison?.gates ?? []).entries()) {
		const path = [
			"comparison",
			"gates",
			index,
			"slices"
		];
		if (slices === void 0 || declared.includes(slices)) continue;
		if (slices === "all" && declared.length > 0) continue;
		const allowed = declared.length === 0 ? "none is declared" : `write all, ${declared.join(", ")}`;
		const near = nearestName(slices, declared);
		const hint = near === void 0 ? "" : `did you mean ${near}? `;
		add(path, `${name("comparison.gates")} names the slice ${quote(slices)}; ${hint}${allowed} (${name("comparison.slices")})`);
	}
}
function checkSliceColumns({ comparison, data }, { name, add }) {
	for (const [index, slice] of (comparison?.slices ?? []).entries()) {
		if (typeof slice !== "string") continue;
		const role = roleOfColumn(slice, data);
		if (role === void 0) continue;
		add([
			"comparison",
			"slices",
			index
		], `${name("comparison.slices")} names ${quote(slice)}, which is ${name(role)}: ${role === "data.target" ? "a slice of one label tells nothing" : "its values are never printed"}; write a condition with a name of your own, such as {name: large, where: "amount > 100"}`);
	}
}
function roleOfColumn(column, data) {
	if (column === data.id) return "data.id";
	if (column === data.group) return "data.group";
	if (column === data.target) return "data.target";
	return (data.sensitive ?? []).includes(column) ? "data.sensitive" : void 0;
}

// src/core/configuration/data-rules.ts
const dataRules = [
	{
		reads: ["data"],
		check: checkSources
	},
	{
		reads: ["data"],
		check: checkSplit
	},
	{
		reads: ["data"],
		check: checkRoles
	},
	{
		reads: ["data"],
		check: checkDuplicates
	},
	{
		reads: ["data", "task"],
		check: checkTask
	}
];
function checkSources({ data }, { name, add }) {
	const pair = `${name("data.training")} and ${name("data.holdout")}`;
	const divided = `${name("data.source")} and ${name("data.split")}`;
	for (const key of ["training", "holdout"]) {
		const other = ["source", "split"].find((candidate) => data[candidate] !== void 0);
		if (data[key] === void 0 || other === void 0) continue;
		const message = `${name(`data.${key}`)} and ${name(`data.${other}`)} exclude each other; write ${pair}, or ${divided}`;
		add(["data", other], message, "key");
		return;
	}
	if (data.source !== void 0 && data.split === void 0) add(["data", "source"], `${name("data.source")} needs ${name("data.split")}, such as {holdout: 60d} or {holdout: 0.2, by: random}`, "key");
	if (data.split !== void 0 && data.source === void 0) add(["data", "split"], `${name("data.split")} needs ${name("data.source")}: the files to divide`, "key");
}
function checkSplit({ data }, report) {
	const { split } = data;
	if (split === void 0) return;
	if (isSpan(split.holdout)) checkSpanSplit(data, split, report);
	else checkShareSplit(data, split, report);
}
function checkSpanSplit(data, split, report) {
	const { name, add } = report;
	if (/^0+[wdhms]$/.test(String(split.holdout))) add([
		"data",
		"split",
		"holdout"
	], `${name("data.split.holdout")} is ${quote(String(split.holdout))}; write a longer span, such as 60d`);
	if (split.training !== void 0 && /^0+[wdhms]$/.test(split.training)) add([
		"data",
		"split",
		"training"
	], `${name("data.split.training")} is ${quote(split.training)}; write a longer span, such as 365d`);
	if (split.by !== void 0) add([
		"data",
		"split",
		"by"
	], `${name("data.split.by")} says how a share is drawn, and holdout is the span ${split.holdout}; remove by, or write a share such as holdout: 0.2`, "key");
	if (data.timestamp === void 0) add(["data", "split"], `${name("data.split")} counts time back from the newest row and needs ${name("data.timestamp")}: the column with the time of a row`, "key");
}
const COLUMN_OF_DRAW = {
	group: {
		key: "group",
		reason: "the column whose rows belong together"
	},
	time: {
		key: "timestamp",
		reason: "the column with the time of a row"
	},
	random: {
		key: "id",
		reason: "the column that identifies a row, which is hashed so that new rows never move old ones"
	}
};
function checkShareSplit(data, split, report) {
	const { name, add } = report;
	if (/^0+(\.0+)?%$/.test(String(split.holdout)) || Number.parseFloat(String(split.holdout)) >= 100) add([
		"data",
		"split",
		"holdout"
	], `${name("data.split.holdout")} is ${describeValue(split.holdout)}; write a share between 0 and 1 such as 0.2 or 20%`);
	for (const key of [
		"training",
		"gap",
		"mature-after"
	]) {
		if (split[key] === void 0) continue;
		const message = `${name(`data.split.${key}`)} belongs to a span, and holdout is the share ${split.holdout}; remove ${key}, or write a span such as holdout: 60d`;
		add([
			"data",
			"split",
			key
		], message, "key");
	}
	if (split.by === void 0) {
		add([
			"data",
			"split",
			"holdout"
		], `${name("data.split")} draws a share and needs by: write one of group, time, random`, "key");
		return;
	}
	const { key, reason } = COLUMN_OF_DRAW[split.by];
	if (data[key] !== void 0) return;
	add([
		"data",
		"split",
		"by"
	], `${name("data.split.by")} is ${split.by}, which needs ${name(`data.${key}`)}: ${reason}`);
}
function checkRoles({ data }, { name, add }) {
	const { target } = data;
	if (target !== void 0) for (const key of [
		"id",
		"timestamp",
		"group",
		"weight"
	]) {
		if (data[key] !== target) continue;
		add(["data", key], `${name(`data.${key}`)} is ${quote(target)}, which is ${name("data.target")} too; name another column`);
	}
	for (const [index, column] of (data.columns ?? []).entries()) if (column === target) {
		const message = `${name("data.columns")} lists ${quote(column)}, which is ${name("data.target")}; a model must not see its answer: remove it`;
		add([
			"data",
			"columns",
			index
		], message);
	} else if (data.exclude?.includes(column)) {
		const message = `${name("data.columns")} lists ${quote(column)}, which ${name("data.exclude")} takes away; keep it in one of the two`;
		add([
			"data",
			"columns",
			index
		], message);
	}
}
function checkDuplicates({ data }, { name, add }) {
	for (const key of [
		"columns",
		"exclude",
		"sensitive"
	]) {
		const seen = /* @__PURE__ */ new Set();
		for (const [index, column] of (data[key] ?? []).entries()) {
			if (seen.has(column)) add([
				"data",
				key,
				index
			], `${name(`data.${key}`)} lists ${quote(column)} twice; keep one`);
			seen.add(column);
		}
	}
}
function checkTask({ data, task }, { name, add }) {
	if (data["positive-class"] !== void 0 && task !== "binary-classification") add(["data", "positive-class"], `${name("data.positive-class")} is for binary-classification, and ${name("task")} is ${task}; remove it`, "key");
	if (task === "ranking" && data.group === void 0) add(["task"], `${name("task")} is ranking, which needs ${name("data.group")}: the column that tells the rows of one query`);
}

// src/core/configuration/rules.ts
function checkRules(value, origin, known) {
	const problems = [];
	if (known.some((problem) => problem.path.length === 0)) return problems;
	const broken = new Set(known.map((problem) => problem.path[0]));
	for (const key of ["task", "data"]) if (!Object.hasOwn(value, key)) broken.add(key);
	const report = {
		name: (path) => origin.name(path.split(".")),
		add: (path, message, at = "value") => problems.push({
			path,
			at,
			message
		})
	};
	for (const rule of [
		...dataRules,
		...trainingRules,
		...comparisonRules
	]) {
		if (rule.reads.some((section) => broken.has(section))) continue;
		rule.check(value, report);
	}
	return problems;
}
const trainingRules = [{
	reads: ["training"],
	check: checkLearner
}, {
	reads: ["training", "scoring"],
	check: checkScoring
}];
function checkLearner({ training }, { name, add }) {
	if (training === void 0) return;
	const { learner, command, model } = training;
	if (learner !== void 0 && command !== void 0) add(["training", "command"], `${name("training.learner")} and ${name("training.command")} exclude each other; keep one`, "key");
	else if (learner === void 0 && command === void 0) add(["training"], `${name("training")} says neither learner nor command; write learner: gradient-boosting, or command: and model:`, "key");
	else if (command !== void 0 && model === void 0) add(["training", "command"], `${name("training.command")} needs ${name("training.model")}: the file the command writes, such as build/model.onnx`, "key");
	else if (learner !== void 0 && model !== void 0) add(["training", "model"], `${name("training.model")} belongs to a command; remove it, a built-in learner chooses its file itself`, "key");
}
function checkScoring({ training, scoring }, { name, add }) {
	if (scoring?.command === void 0 || training?.learner === void 0) return;
	add(["scoring", "command"], `${name("scoring.command")} is for a model that is not ONNX, and ${name("training.learner")} writes ONNX; remove one`, "key");
}

// src/core/configuration/schema-values.ts
function text(example) {
	return pipe(string((issue) => adviseText(issue.input, example)), regex(/\S/, `write text, such as ${example}`), examples([example]));
}
function textLike(pattern, advice, example) {
	return pipe(string((issue) => adviseText(issue.input, example)), regex(pattern, advice), examples([example]));
}
function duration(example) {
	return pipe(string(DURATION_ADVICE), regex(DURATION_PATTERN, DURATION_ADVICE), examples([example]));
}
function choice(options) {
	return picklist(options, `write one of ${options.join(", ")}`);
}
function number(range) {
	const { from = -Number.MAX_VALUE, to = Number.MAX_VALUE, advice } = range;
	const finite = pipe(number$2(advice), minValue(-Number.MAX_VALUE, advice), maxValue(Number.MAX_VALUE, advice));
	if (range.open) return pipe(finite, gtValue(from, advice), ltValue(to, advice));
	return pipe(finite, minValue(from, advice), maxValue(to, advice));
}
function wholeNumber(from, to) {
	const advice = `write a whole number from ${from} to ${to}`;
	return pipe(number$2(advice), integer(advice), minValue(from, advice), maxValue(to, advice));
}
function list(item, example) {
	return array(item, (issue) => adviseList(issue.input, example));
}
function filledList(item, example) {
	return pipe(list(item, example), minLength(1, `write at least one entry, such as ${example}`));
}
function table(entries) {
	return strictObject(entries, `write a map with the keys ${Object.keys(entries).join(", ")}`);
}
function described(schema, description$1) {
	return pipe(schema, description(description$1));
}
function optional(schema, description) {
	return exactOptional(described(schema, description));
}
function adviseText(input, example) {
	if (typeof input === "number" || typeof input === "boolean") return `write it in quotes, "${input}"`;
	return `write text, such as ${example}`;
}
function adviseList(input, example) {
	return `write a list, such as ${typeof input === "string" && /^[\w./*, -]{1,60}$/.test(input) ? `[${input}]` : example}`;
}

// src/core/configuration/comparison-schema.ts
const column$1 = text("gender");
const metricName = text("roc_auc");
const SHARE_ADVICE = "write a share from 0 to 1, such as 0.02 or 2%";
const MARGIN_ADVICE = "write an amount such as 0.01, a percentage such as 2%, or {share-of-gain: 0.02}";
const percentage = pipe(string(), regex(PERCENTAGE_PATTERN, MARGIN_ADVICE));
const margin = union([
	number({
		from: 0,
		advice: "write an amount of at least 0, such as 0.01"
	}),
	percentage,
	table({ "share-of-gain": described(union([number({
		from: 0,
		to: 1,
		advice: SHARE_ADVICE
	}), pipe(string(), regex(PERCENTAGE_PATTERN, SHARE_ADVICE))], SHARE_ADVICE), "Share of the champion's gain over the no-information baseline.") })
], MARGIN_ADVICE);
const gateEntries = {
	metric: described(metricName, "Metric the gate looks at."),
	slices: optional(text("all"), "all, or the name of one slice; default: the whole holdout."),
	confidence: optional(number({
		from: .5,
		to: 1,
		open: true,
		advice: "write a two-sided confidence between 0.5 and 1, such as 0.95"
	}), "Two-sided confidence of the interval; default 0.95.")
};
const REQUIRE = "What must hold: better or not-worse than the champion, or a bound on the challenger.";
const gate = variant("require", [
	table({
		...gateEntries,
		require: described(literal("better"), REQUIRE)
	}),
	table({
		...gateEntries,
		require: described(literal("not-worse"), REQUIRE),
		margin: optional(margin, "How much worse is still as good; of latency 10 % where nothing is said.")
	}),
	table({
		...gateEntries,
		require: described(picklist(["at-least", "at-most"]), REQUIRE),
		value: described(number({ advice: "write a number" }), "Bound of the challenger's interval.")
	})
], "write a gate, such as {metric: roc_auc, require: at-least, value: 0.8}");
const sqlMetric = table({
	name: described(metricName, "Name of the metric."),
	sql: described(text("avg(abs(label - score))"), "One SQL aggregate over the scored rows that computes it."),
	direction: described(choice(["higher", "lower"]), "Which is better.")
});
const slice = union([column$1, table({
	name: described(text("night"), "Name of the slice."),
	where: described(text("hour < 6"), "SQL condition of its rows.")
})], "write a column, or {name: …, where: …}");
const costSchema = union([number({
	from: 0,
	advice: "write a cost of at least 0, or a column"
}), column$1], "write a number or a column");
const comparisonSchema = table({
	"holdout-budget": optional(choice(["warn", "enforce"]), "What many uses of one holdout lead to: a warning, or verdicts at a confidence that each use spends."),
	primary: optional(metricName, "Metric that decides; default: the one of the task."),
	guardrails: optional(list(metricName, "[log_loss]"), "Metrics that must not get worse."),
	metrics: optional(list(union([metricName, sqlMetric], "write a metric, or {name: …, sql: …, direction: higher | lower}"), "[average_precision, roc_auc]"), "Metrics to report; default: the list of the task."),
	cost: optional(table({
		"false-positive": described(costSchema, "Cost of a false positive: a number or a column."),
		"false-negative": described(costSchema, "Cost of a false negative: a number or a column.")
	}), "What errors cost, for expected_cost."),
	threshold: optional(number({
		from: 0,
		to: 1,
		advice: "write a number from 0 to 1, such as 0.5"
	}), "Decision threshold; default: the model's own label, else 0.5."),
	margins: optional(record(string(), margin, "write a map of metrics, such as {roc_auc: 0.01, log_loss: 2%}"), "How much worse is still as good, by metric."),
	gates: optional(list(gate, "[{metric: roc_auc, require: better}]"), "Conditions a challenger must meet; they replace the default gate on the primary metric."),
	slices: optional(list(slice, "[category, {name: night, where: \"hour < 6\"}]"), "Parts of the holdout to judge apart."),
	fairness: optional(table({
		attributes: described(filledList(column$1, "[gender]"), "Columns whose groups are compared."),
		metrics: described(filledList(text("demographic_parity_ratio"), "[demographic_parity_ratio]"), "Fairness metrics.")
	}), "Comparison of groups of people.")
});

// src/core/configuration/data-schema.ts
const path = text("data/train.parquet");
const column = text("amt");
const SPAN_OR_PERCENTAGE = new RegExp(`${DURATION_PATTERN.source}|${PERCENTAGE_PATTERN.source}`);
const pathsSchema = union([path, filledList(path, "[data/2024.csv, data/2025.csv]")], "write a path, a glob or a list of them");
const sourceEntries = {
	path: described(pathsSchema, "Path, glob or list of CSV, TSV, Parquet, JSON Lines or Arrow files."),
	where: optional(text("day >= '2024-01-01'"), "SQL condition that the rows must meet."),
	sha256: optional(textLike(/^[0-9a-fA-F]{64}$/, "write the 64 hexadecimal digits that sha256sum prints", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), "SHA-256 the file must have."),
	encoding: optional(text("windows-1252"), "Encoding of text files that are not UTF-8 and bear no mark of it, by its WHATWG name.")
};
const source = union([
	path,
	filledList(path, "[data/2024.csv, data/2025.csv]"),
	table(sourceEntries)
], "write a path, a list of paths, or {path: …, where: …, sha256: …, encoding: …}");
const HOLDOUT_ADVICE = "write a span such as 60d, or a share between 0 and 1 such as 0.2 or 20%";
const split = table({
	holdout: described(union([number({
		from: 0,
		to: 1,
		open: true,
		advice: HOLDOUT_ADVICE
	}), pipe(string(HOLDOUT_ADVICE), regex(SPAN_OR_PERCENTAGE, HOLDOUT_ADVICE))], HOLDOUT_ADVICE), "The newest span (60d) or a share of the rows (0.2) that judges."),
	training: optional(duration("365d"), "Span before the holdout to train on; default: everything before it."),
	gap: optional(duration("1d"), "Span left out between training and holdout."),
	"mature-after": optional(duration("14d"), "Age at which a label can be trusted."),
	by: optional(choice([
		"group",
		"time",
		"random"
	]), "How a share is drawn; random hashes the id.")
});
const labels = table({
	...sourceEntries,
	join: described(column, "Column that the labels share with the data."),
	"mature-after": optional(duration("30d"), "Age at which a label can be trusted.")
});
const positiveClass = union([
	text("1"),
	number({
		from: Number.MIN_SAFE_INTEGER,
		to: Number.MAX_SAFE_INTEGER,
		advice: "write so large a number in quotes"
	}),
	boolean("write the class")
], "write the class as text, number or boolean, such as 1");
const dataSchema = table({
	training: optional(source, "Rows to train on; with holdout, instead of source and split."),
	holdout: optional(source, "Rows that judge; never trained on."),
	source: optional(source, "All rows, to be divided by split."),
	split: optional(split, "How source is divided into training and holdout."),
	reference: optional(source, "What drift is measured against; default: the profile in the champion's release, else the holdout."),
	current: optional(source, "What production sees now."),
	features: optional(text("features.sql"), "File with the query SELECT … FROM source that makes the features."),
	fetch: optional(text("dvc pull data/"), "Command that brings the data before they are read; skipped while its pointers are unchanged."),
	predictions: optional(source, "What the served model answered."),
	labels: optional(labels, "Labels that arrive later."),
	target: optional(column, "Column to predict."),
	"positive-class": optional(positiveClass, "Class of the target that counts as positive."),
	id: optional(column, "Column that identifies a row."),
	timestamp: optional(column, "Column with the time of a row."),
	columns: optional(filledList(column, "[amt, hour, age]"), "Feature columns, in the order a matrix model was trained on."),
	group: optional(column, "Column whose rows belong together: resampled and split as a whole."),
	sensitive: optional(list(column, "[dob]"), "Columns that are never printed raw."),
	weight: optional(column, "Column with the weight of a row."),
	exclude: optional(list(column, "[first, last]"), "Columns that are no features.")
});

// src/core/configuration/schema.ts
const parameterValue = union([
	number({ advice: "write a number" }),
	string("write text"),
	boolean("write true or false")
], "write a number, text, true or false");
const training = table({
	learner: optional(choice(["gradient-boosting", "linear"]), "Built-in learner; or command."),
	command: optional(text("python train.py"), "Command that trains; needs model."),
	model: optional(text("build/model.onnx"), "File the command writes."),
	parameters: optional(record(string(), parameterValue, "write a map of parameters, such as {iterations: 200}"), "Parameters of the learner or the command."),
	seed: optional(wholeNumber(0, 4294967295), "Seed of everything random in training.")
});
const scoring = table({
	command: optional(text("python score.py"), "Command that scores the holdout, for a model that is not ONNX."),
	"time-limit": optional(duration("10m"), "Time after which scoring one model is stopped.")
});
const drift = table({
	"false-alarms-per-year": optional(number({
		from: 0,
		to: 366,
		open: true,
		advice: "write a number above 0 and below 366, such as 0.1"
	}), "Expected number of alarms a year when nothing changed."),
	"minimum-effect": optional(choice([
		"small",
		"medium",
		"large"
	]), "How large a change must be to matter."),
	"act-on": optional(list(choice([
		"performance",
		"prediction",
		"label",
		"feature"
	]), "[performance, prediction, label]"), "What may lead to a retraining.")
});
const deploymentTarget = table({
	environment: described(text("staging"), "Name of the environment."),
	file: described(text("deploy/staging.yaml"), "Manifest to change."),
	set: optional(record(string(), string((issue) => `write text, such as "${typeof issue.input === "number" ? issue.input : "{model-url}"}"`), "write a map of paths in the manifest, such as {spec.storageUri: \"{model-url}\"}"), "Values to write, by path in the manifest."),
	by: optional(choice(["pull-request", "commit"]), "How the change is made.")
});
const configurationSchema = table({
	model: described(textLike(/^[a-z0-9][a-z0-9-]*$/, "write lower-case letters, digits and hyphens, beginning with a letter or a digit, such as fraud-detector", "fraud-detector"), "Name of the model; tags, branches and comments use it."),
	task: described(choice(TASKS), "What the model does; in ranking each data.group is one query."),
	data: described(dataSchema, "Data sets and the roles of their columns."),
	contract: optional(text("contract.yml"), "Path of an Open Data Contract Standard v3 file."),
	training: optional(training, "How the challenger is trained."),
	scoring: optional(scoring, "How models are scored."),
	comparison: optional(comparisonSchema, "How the challenger is judged."),
	drift: optional(drift, "When a change of the data counts."),
	retraining: optional(table({
		"cooldown-days": optional(number({
			from: 0,
			to: 3650,
			advice: "write a number of days from 0 to 3650"
		}), "Days without a new retraining pull request after one was closed."),
		labels: optional(list(text("retraining"), "[retraining]"), "Labels of the pull request."),
		reviewers: optional(list(text("octocat"), "[octocat]"), "Reviewers of the pull request.")
	}), "The retraining pull request."),
	release: optional(table({
		"keep-drafts-days": optional(number({
			from: 0,
			to: 3650,
			advice: "write a number of days from 0 to 3650"
		}), "Days that the draft of a closed retraining pull request is kept."),
		attest: optional(choice([
			"auto",
			"always",
			"never"
		]), "Whether provenance is attested.")
	}), "The release of a champion."),
	deployment: optional(list(deploymentTarget, "[{environment: staging, file: deploy/staging.yaml}]"), "Manifests that promote-model points at a release.")
});

// src/core/configuration/yaml-source.ts
var import_dist = require_dist();
const MAX_CHARACTERS = 1e6;
const MAX_ALIASES = 100;
function parseYamlSource(text, file) {
	if (text.length > MAX_CHARACTERS) throw new InputError(`${file} has ${text.length} characters; a YAML file of Contender has at most ${MAX_CHARACTERS}`, { location: { file } });
	const lineCounter = new import_dist.LineCounter();
	const document = refuseExcess(file, () => parseYaml(text, lineCounter));
	const faults = [...document.errors, ...document.warnings];
	if (faults.length > 0) throw errorOfProblems(describeFaults(faults, {
		text,
		file,
		lineCounter
	}));
	refuseBadAliases(document, {
		text,
		file,
		lineCounter
	});
	return {
		value: refuseExcess(file, () => document.toJS({ maxAliasCount: MAX_ALIASES })),
		locate: (path, at) => locateNode({
			document,
			lineCounter,
			file
		}, path, at)
	};
}
function parseYaml(text, lineCounter) {
	return (0, import_dist.parseDocument)(text, {
		lineCounter,
		prettyErrors: false,
		logLevel: "error",
		schema: "core",
		resolveKnownTags: false
	});
}
function refuseBadAliases(document, { file, lineCounter }) {
	const aliases = [];
	(0, import_dist.visit)(document, { Alias: (_key, alias) => void aliases.push(alias) });
	if (aliases.length > MAX_ALIASES) throw tooManyAliases(file);
	const dangling = aliases.filter((alias) => alias.resolve(document) === void 0);
	if (dangling.length === 0) return;
	throw errorOfProblems(dangling.map((alias) => ({
		message: `the alias *${alias.source} has no anchor &${alias.source} before it; write text that begins with * in quotes`,
		location: place({
			lineCounter,
			file
		}, startOf(alias))
	})));
}
function tooManyAliases(file, cause) {
	return new InputError(`${file} uses aliases (*name) that multiply beyond ${MAX_ALIASES} values; write the values out`, {
		location: { file },
		cause
	});
}
function refuseExcess(file, read) {
	try {
		return read();
	} catch (cause) {
		if (cause instanceof RangeError) throw new InputError(`${file} is nested too deeply to be a config`, {
			location: { file },
			cause
		});
		if (cause instanceof ReferenceError) throw tooManyAliases(file, cause);
		throw cause;
	}
}
function describeFaults(faults, source) {
	const byLine = /* @__PURE__ */ new Map();
	for (const fault of faults) {
		const { line, col } = source.lineCounter.linePos(fault.pos[0]);
		if (byLine.has(line)) continue;
		byLine.set(line, {
			message: describeFault(fault, source.text),
			location: {
				file: source.file,
				line,
				column: col
			}
		});
	}
	return [...byLine.values()];
}
function describeFault(fault, text) {
	switch (fault.code) {
		case "DUPLICATE_KEY": {
			const key = /^[^:\n]*/.exec(text.slice(fault.pos[0]))?.[0] ?? "";
			return `the key ${quote(key.trim())} is written twice; keep one`;
		}
		case "TAB_AS_INDENT": return "a tab indents this line; YAML is indented by spaces";
		case "MULTIPLE_DOCS": return "a second document starts here (---); one file describes one model";
		case "TAG_RESOLVE_FAILED": return "a tag (!name) stands here; write plain text, numbers, lists and maps";
		case "RESOURCE_EXHAUSTION": return "nested too deeply to be a config";
		default: return `not valid YAML: ${fault.message.split("\n")[0]}`;
	}
}
function locateNode(source, path, at) {
	let node = source.document.contents;
	let key;
	let offset = startOf(node);
	for (const step of path) {
		const container = (0, import_dist.isAlias)(node) ? node.resolve(source.document) : node;
		if ((0, import_dist.isMap)(container)) {
			const pair = container.items.find((item) => keyText(item.key) === String(step));
			if (pair === void 0) return place(source, startOf(key) ?? offset);
			key = pair.key;
			node = pair.value;
		} else if ((0, import_dist.isSeq)(container) && typeof step === "number" && container.items[step] !== void 0) {
			key = void 0;
			node = container.items[step];
		} else return place(source, startOf(key) ?? offset);
		offset = startOf(node) ?? startOf(key) ?? offset;
	}
	return place(source, (at === "key" ? startOf(key) : void 0) ?? offset);
}
function place({ lineCounter, file }, offset) {
	const { line, col } = lineCounter.linePos(offset ?? 0);
	return {
		file,
		line: Math.max(1, line),
		column: Math.max(1, col)
	};
}
function startOf(node) {
	return node?.range?.[0];
}
function keyText(key) {
	return (0, import_dist.isScalar)(key) ? String(key.value ?? "") : "";
}

// src/core/configuration/parse-configuration.ts
const DEFAULT_MODEL_NAME = "model";
function parseConfiguration(text, file, flags = {}) {
	const source = parseYamlSource(text, file);
	return checkAndBuild(overlayFlags(source.value, flags), originWithFlags(originInFile(source), flags));
}
function configurationFromFlags(flags, options = {}) {
	const { defaultTask } = options;
	const silent = {
		model: DEFAULT_MODEL_NAME,
		...defaultTask === void 0 ? {} : { task: defaultTask },
		data: {}
	};
	return checkAndBuild(overlayFlags(silent, flags), FLAGS_ONLY_ORIGIN);
}
function originInFile(source) {
	return {
		name: (path) => path.length === 0 ? "the config" : formatPath(path),
		locate: source.locate
	};
}
function checkAndBuild(value, origin) {
	const structural = checkDocument(configurationSchema, value, origin);
	const problems = [...structural, ...checkRules(value, origin, structural)];
	if (problems.length > 0) throw errorAt(problems, origin);
	return locateSqlMetrics(buildConfiguration(value), origin);
}
function locateSqlMetrics(configuration, origin) {
	const { comparison } = configuration;
	const metrics = comparison.metrics.map((metric, index) => {
		if (metric.kind !== "sql") return metric;
		const location = origin.locate([
			"comparison",
			"metrics",
			index,
			"sql"
		], "value");
		return location === void 0 ? metric : {
			...metric,
			location
		};
	});
	return {
		...configuration,
		comparison: {
			...comparison,
			metrics
		}
	};
}
function errorAt(problems, origin) {
	return errorOfProblems(problems.map(({ path, at, message }) => ({
		message,
		location: origin.locate(path, at)
	})));
}

// src/core/configuration/lock-file-name.ts
function lockFileNameOf(configFile) {
	const match = /\.ya?ml$/i.exec(configFile);
	if (match === null) return `${configFile}.lock.yml`;
	return `${configFile.slice(0, match.index)}.lock${match[0]}`;
}
function isLockFileName(file) {
	return /\.lock\.ya?ml$/i.test(file);
}

// src/core/configuration/canonical-document.ts
function toCanonicalDocument(configuration) {
	const { training, scoring, drift, retraining, release } = configuration;
	return written({
		model: configuration.model,
		task: configuration.task,
		data: dataDocument(configuration.data),
		contract: configuration.contract,
		training: training && written({
			learner: training.kind === "learner" ? training.learner : void 0,
			command: training.kind === "command" ? training.command : void 0,
			model: training.kind === "command" ? training.model : void 0,
			parameters: training.parameters,
			seed: training.seed
		}),
		scoring: scoring && written({
			command: scoring.command,
			"time-limit": formatDuration(scoring.timeLimitSeconds * 1e3)
		}),
		comparison: comparisonDocument(configuration.comparison),
		drift: {
			"false-alarms-per-year": drift.falseAlarmsPerYear,
			"minimum-effect": drift.minimumEffect,
			"act-on": drift.actOn
		},
		retraining: {
			"cooldown-days": retraining.cooldownDays,
			labels: retraining.labels,
			reviewers: retraining.reviewers
		},
		release: {
			"keep-drafts-days": release.keepDraftsDays,
			attest: release.attest
		},
		deployment: configuration.deployment.map(({ environment, file, set, by }) => ({
			environment,
			file,
			set,
			by
		}))
	});
}
function dataDocument(data) {
	const { labels } = data;
	return written({
		training: data.training && sourceDocument(data.training),
		holdout: data.holdout && sourceDocument(data.holdout),
		source: data.source && sourceDocument(data.source),
		split: data.split && splitDocument(data.split),
		reference: data.reference && sourceDocument(data.reference),
		current: data.current && sourceDocument(data.current),
		features: data.features,
		fetch: data.fetch,
		predictions: data.predictions && sourceDocument(data.predictions),
		labels: labels && written({
			path: pathsDocument(labels.paths),
			where: labels.where,
			sha256: labels.sha256,
			encoding: labels.encoding,
			join: labels.join,
			"mature-after": formatDuration(labels.matureAfterMilliseconds)
		}),
		target: data.target,
		"positive-class": data.positiveClass,
		id: data.id,
		timestamp: data.timestamp,
		columns: data.columns,
		group: data.group,
		sensitive: data.sensitive,
		weight: data.weight,
		exclude: data.exclude
	});
}
function sourceDocument({ paths, where, sha256, encoding }) {
	const path = pathsDocument(paths);
	return where === void 0 && sha256 === void 0 && encoding === void 0 ? path : written({
		path,
		where,
		sha256,
		encoding
	});
}
function pathsDocument(paths) {
	return paths.length === 1 ? paths[0] : paths;
}
function splitDocument(split) {
	if (split.kind === "share") return {
		holdout: split.holdoutShare,
		by: split.by
	};
	const { trainingMilliseconds } = split;
	return written({
		holdout: formatDuration(split.holdoutMilliseconds),
		training: trainingMilliseconds === void 0 ? void 0 : formatDuration(trainingMilliseconds),
		gap: formatDuration(split.gapMilliseconds),
		"mature-after": formatDuration(split.matureAfterMilliseconds)
	});
}
function comparisonDocument(comparison) {
	const { cost, margins, fairness } = comparison;
	return written({
		"holdout-budget": comparison.holdoutBudget,
		primary: comparison.primary,
		guardrails: comparison.guardrails,
		metrics: comparison.metrics.map((metric) => metric.kind === "named" ? metric.name : {
			name: metric.name,
			sql: metric.sql,
			direction: metric.direction
		}),
		cost: cost && {
			"false-positive": cost.falsePositive,
			"false-negative": cost.falseNegative
		},
		threshold: comparison.threshold,
		margins: Object.fromEntries(Object.entries(margins).map(([metric, margin]) => [metric, marginDocument(margin)])),
		gates: comparison.gates?.map(gateDocument),
		slices: comparison.slices.map((slice) => slice.kind === "column" ? slice.column : {
			name: slice.name,
			where: slice.where
		}),
		fairness: fairness && {
			attributes: fairness.attributes,
			metrics: fairness.metrics
		}
	});
}
function gateDocument(gate) {
	return written({
		metric: gate.metric,
		slices: gate.slices,
		require: gate.require,
		value: "value" in gate ? gate.value : void 0,
		margin: "margin" in gate && gate.margin ? marginDocument(gate.margin) : void 0,
		confidence: gate.confidence
	});
}
function marginDocument(margin) {
	switch (margin.kind) {
		case "absolute": return margin.value;
		case "relative": return formatPercentage(margin.share);
		case "share-of-gain": return { "share-of-gain": margin.share };
	}
}
function written(document) {
	return Object.fromEntries(Object.entries(document).filter((entry) => entry[1] !== void 0));
}

// src/core/configuration/exam-configuration.ts
const HEAD_PATHS = [["training"], ...[
	"training",
	"features",
	"columns",
	"exclude"
].map((key) => ["data", key])];
function mergeExamConfiguration(base, head) {
	refuseTargetAsFeature(base, head);
	const { training: _baseTraining, ...rules } = base;
	return {
		configuration: {
			...rules,
			...head.training === void 0 ? {} : { training: head.training },
			data: mergeData(base.data, head.data),
			notYetUsed: [...base.notYetUsed.filter((key) => !isHeadKey(key)), ...head.notYetUsed.filter((key) => isHeadKey(key))]
		},
		changes: listChanges(toCanonicalDocument(base), toCanonicalDocument(head))
	};
}
function refuseTargetAsFeature(base, head) {
	const { target } = base.data;
	if (target === void 0 || !head.data.columns?.includes(target)) return;
	throw new InputError(`data.columns of this pull request lists ${quote(target)}, the target on the base branch; a model must not see its answer: remove it`);
}
function mergeData(base, head) {
	const { training, features, columns, ...rules } = base;
	return {
		...rules,
		...head.training === void 0 ? {} : { training: head.training },
		...head.features === void 0 ? {} : { features: head.features },
		...head.columns === void 0 ? {} : { columns: head.columns },
		exclude: head.exclude
	};
}
function listChanges(base, head, path = []) {
	return [.../* @__PURE__ */ new Set([...Object.keys(base), ...Object.keys(head)])].flatMap((key) => {
		const before = Object.hasOwn(base, key) ? base[key] : void 0;
		const after = Object.hasOwn(head, key) ? head[key] : void 0;
		const keyPath = [...path, key];
		if (isMap(before) && isMap(after)) return listChanges(before, after, keyPath);
		if (canonicalText(before) === canonicalText(after)) return [];
		return [{
			key: formatPath(keyPath),
			...before === void 0 ? {} : { base: formatValue(before) },
			...after === void 0 ? {} : { head: formatValue(after) },
			decidedBy: isHeadPath(keyPath) ? "head" : "base"
		}];
	});
}
function isHeadPath(path) {
	return HEAD_PATHS.some((headPath) => headPath.every((step, index) => path[index] === step));
}
function isHeadKey(key) {
	return isHeadPath(key.split("."));
}
function canonicalText(value) {
	return JSON.stringify(value, (_key, entry) => isMap(entry) ? Object.fromEntries(Object.entries(entry).sort(compareKeys)) : entry);
}
function compareKeys([left], [right]) {
	return left < right ? -1 : 1;
}
function formatValue(value) {
	if (typeof value === "string") return value;
	return JSON.stringify(value);
}
function isMap(value) {
	return typeof value === "object" && !Array.isArray(value);
}

export { DEFAULT_MODEL_NAME, FLAG_KEYS, TASKS, configurationFromFlags, isClassification, isLockFileName, lockFileNameOf, mergeExamConfiguration, nearestName, parseConfiguration, parseYamlSource, quote };