import { DEFAULT_CONFIDENCE } from "./core-comparison.js";
import { TASKS, nearestName } from "./core-configuration.js";
import { InputError } from "./core.js";
import { planHoldout, readPilot } from "./core-planning.js";
import { readEvidence } from "./stages-report.js";
import { findMetric } from "./core-metrics.js";

// src/stages/planning/plan-inputs.ts
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
function readNumber(inputs, name, range) {
	const text = inputs.text(name);
	if (text === void 0) return void 0;
	const percent = range.percent === true && text.endsWith("%");
	const digits = percent ? text.slice(0, -1).trim() : text;
	const value = NUMBER.test(digits) ? Number(digits) / (percent ? 100 : 1) : NaN;
	const above = range.includesFrom === true ? value >= range.from : value > range.from;
	const below = range.includesTo === true ? value <= range.to : value < range.to;
	if (above && below && Number.isFinite(value)) return value;
	throw new InputError(`--${name} is ${JSON.stringify(text)}; write ${range.advice}`);
}
function readShare(inputs, name, advice) {
	return readNumber(inputs, name, {
		from: 0,
		to: 1,
		percent: true,
		advice
	});
}
function readDifference(inputs, name, value) {
	const text = inputs.text(name);
	if (text === void 0) return void 0;
	const size = readNumber(inputs, name, {
		from: 0,
		to: Number.POSITIVE_INFINITY,
		percent: true,
		advice: "an amount above 0 in the unit of the metric, such as 0.01, or a share of the champion's value, such as 2%"
	});
	if (size === void 0 || !text.endsWith("%")) return size;
	if (value === void 0) throw new InputError(`--${name} ${text} is a share of the champion's value, which is not known here; add --value, such as --value 0.9, or write an amount`);
	if (value === 0) throw new InputError(`--${name} ${text} of a value of 0 is nothing; write an amount above 0`);
	return size * Math.abs(value);
}

// src/stages/planning/plan-spread.ts
const SPREAD_FLAGS = [
	"discordance",
	"standard-deviation",
	"area",
	"prevalence",
	"correlation"
];
const DEFAULT_CORRELATION = .5;
function readSpread(inputs, metric) {
	if (metric.name === "recall" || metric.name === "specificity") return readClassOutcomes(inputs, metric.name);
	switch (metric.comparison) {
		case "mcnemar": return readOutcomes(inputs, metric);
		case "paired-mean": return readMeans(inputs, metric);
		case "delong": return readAreas(inputs, metric.name);
		case "influence":
		case "bootstrap": throw new InputError(`${metric.name} is no mean over rows, so that no formula tells its rows; compare two models once and give --evidence .contender, whose interval is then the pilot (any labelled rows will do, a few hundred are enough)`);
	}
}
function findPlanned(name, task) {
	const lookups = (task === void 0 ? TASKS : [task]).map((candidate) => findMetric(candidate, name));
	const found = lookups.find((lookup) => lookup.found);
	if (found?.found) return found.metric;
	const [first] = lookups;
	if (task !== void 0 && first !== void 0 && !first.found) throw new InputError(`--metric: ${first.reason}; did you mean ${first.nearest}? Known: ${first.allowed.join(", ")}`);
	const allowed = lookups.flatMap((lookup) => lookup.found ? [] : lookup.allowed);
	const near = nearestName(name, allowed);
	throw new InputError(`no task has a metric ${JSON.stringify(name)}; ${near ? `did you mean ${near}? ` : ""}known: ${[...new Set(allowed)].join(", ")} (--metric)`);
}
function readOutcomes(inputs, metric) {
	const { name } = metric;
	refuseOthers(inputs, name, ["discordance", ...positivesOf(metric)]);
	return {
		spread: {
			kind: "outcomes",
			discordance: needDiscordance(inputs, name, "rows")
		},
		design: { positiveShare: readPrevalence(inputs) }
	};
}
function readClassOutcomes(inputs, name) {
	refuseOthers(inputs, name, ["discordance", "prevalence"]);
	const counted = name === "recall" ? "positive rows" : "negative rows";
	const discordance = needDiscordance(inputs, name, counted);
	const prevalence = needPrevalence(inputs, `${name} is of the ${counted} alone`);
	return {
		spread: {
			kind: "outcomes",
			discordance
		},
		design: {
			positiveShare: prevalence,
			countedShare: name === "recall" ? prevalence : 1 - prevalence
		}
	};
}
function needDiscordance(inputs, name, counted) {
	const discordance = readNumber(inputs, "discordance", {
		from: 0,
		to: 1,
		includesTo: true,
		percent: true,
		advice: `the share of the ${counted} where exactly one of the two models is right, above 0 and at most 1, such as 0.05`
	});
	if (discordance !== void 0) return discordance;
	throw new InputError(`${name} needs --discordance: the share of the ${counted} where exactly one of the two models is right. A comparison tells it as flips: (newly right + newly wrong) / rows. Without one, 0.02 fits a retrained model of the same kind and 0.1 another kind of model. Or give --evidence .contender`);
}
function readMeans(inputs, metric) {
	const { name } = metric;
	refuseOthers(inputs, name, ["standard-deviation", ...positivesOf(metric)]);
	const standardDeviation = readNumber(inputs, "standard-deviation", {
		from: 0,
		to: Number.POSITIVE_INFINITY,
		advice: "the standard deviation of the per-row difference of the two models, above 0, such as 0.3"
	});
	if (standardDeviation === void 0) throw new InputError(`${name} needs --standard-deviation: that of the per-row difference of ${name} between the two models. Take it from any labelled rows that both models scored: one difference for each row, then their standard deviation. Or give --evidence .contender`);
	return {
		spread: {
			kind: "means",
			standardDeviation
		},
		design: { positiveShare: readPrevalence(inputs) }
	};
}
function readAreas(inputs, name) {
	refuseOthers(inputs, name, [
		"area",
		"prevalence",
		"correlation"
	]);
	const range = {
		from: .5,
		to: 1,
		advice: "the area under the ROC curve of the champion, above 0.5 and below 1, such as 0.85"
	};
	const area = readNumber(inputs, "area", range) ?? readNumber(inputs, "value", range);
	if (area === void 0) throw new InputError(`${name} needs --area: the champion's area under the ROC curve, such as 0.85, as its model card or a comparison says. Or give --evidence .contender`);
	const prevalence = needPrevalence(inputs, `${name} needs rows of both classes`);
	return {
		spread: {
			kind: "areas",
			area,
			prevalence,
			correlation: readNumber(inputs, "correlation", {
				from: 0,
				to: 1,
				includesFrom: true,
				advice: "how alike the two models rank rows, at least 0 and below 1, such as 0.8"
			}) ?? .5
		},
		design: { positiveShare: prevalence }
	};
}
function positivesOf({ task }) {
	return task === "binary-classification" ? ["prevalence"] : [];
}
function readPrevalence(inputs) {
	return readShare(inputs, "prevalence", "the share of positive rows, between 0 and 1, such as 0.01 or 1%");
}
function needPrevalence(inputs, why) {
	const prevalence = readPrevalence(inputs);
	if (prevalence !== void 0) return prevalence;
	throw new InputError(`${why}: add --prevalence, the share of positive rows among the labelled ones, such as 0.01 or 1%`);
}
function refuseOthers(inputs, name, read) {
	const given = SPREAD_FLAGS.find((flag) => inputs.text(flag) !== void 0 && !read.includes(flag));
	if (given === void 0) return;
	throw new InputError(`--${given} says nothing of ${name}; it is planned from ${read.map((flag) => `--${flag}`).join(", ")}; leave --${given} out`);
}

// src/stages/planning/plan-holdout.ts
async function planHoldoutFrom(inputs, task, place) {
	const evidence = inputs.list("evidence");
	const known = evidence.length > 0 ? await readKnown(inputs, evidence, place) : assume(inputs, readTask(task));
	const request = completeRequest(inputs, known);
	checkGain(inputs, request);
	return {
		request,
		...known.pilot ? { pilot: known.pilot } : {},
		plan: planHoldout(request)
	};
}
function assume(inputs, task) {
	const name = inputs.text("metric");
	if (name === void 0) throw new InputError("name the metric that decides, such as --metric accuracy --discordance 0.05 --margin 0.01, or give --evidence .contender with an earlier comparison");
	const metric = findPlanned(name, task);
	if (metric.kind === "measured") throw new InputError(`${name} is measured on the model and not on rows; name another metric with --metric`);
	const { spread, design } = readSpread(inputs, metric);
	const value = readValue(inputs, spread.kind === "outcomes" || spread.kind === "areas") ?? (spread.kind === "areas" ? spread.area : void 0);
	return {
		metric: name,
		spread,
		design: {
			...design,
			groups: readGroups(inputs)
		},
		value
	};
}
async function readKnown(inputs, evidence, place) {
	const flag = [...SPREAD_FLAGS].find((name) => inputs.text(name) !== void 0);
	if (flag !== void 0) throw new InputError(`--evidence says already what --${flag} would say; leave one of them out`);
	const comparison = await readComparison(evidence, place);
	const { metric, spread, design } = readPilot(comparison, inputs.text("metric"));
	const groups = readGroups(inputs);
	if (groups !== void 0 && design.perGroup !== void 0) throw new InputError("the evidence was compared by groups and counts them already; leave --group-size and --intraclass-correlation out");
	const { rows, groups: groupCount } = comparison.holdout;
	return {
		metric: metric.name,
		spread,
		design: {
			...design,
			groups
		},
		value: readValue(inputs, false) ?? metric.champion?.value,
		margin: metric.margin,
		pilot: {
			model: comparison.model,
			rows,
			...groupCount === void 0 ? {} : { groups: groupCount }
		}
	};
}
async function readComparison(patterns, place) {
	const completed = (await readEvidence(patterns, place)).flatMap(({ comparison }) => comparison === void 0 || comparison.verdict === "error" ? [] : [comparison]);
	const [only, ...others] = completed;
	if (only === void 0) throw new InputError(`${patterns.join(", ")} has no completed comparison; run compare-models first, or say what --metric needs`);
	if (others.length > 0) {
		const names = completed.map(({ model }) => model);
		throw new InputError(`${patterns.join(", ")} has comparisons of ${names.join(", ")}; name the folder of one, such as --evidence .contender/${only.model}`);
	}
	return only;
}
function completeRequest(inputs, known) {
	const { metric, spread, design, value } = known;
	const margin = readDifference(inputs, "margin", value);
	const gain = readDifference(inputs, "gain", value);
	const size = margin ?? known.margin ?? gain;
	if (size === void 0 || size === 0) throw new InputError(`say what the holdout shall tell: --margin, how much worse in ${metric} still counts as not worse, or --gain, the improvement that is to be called better; such as --margin 0.01`);
	checkSize(margin === void 0 ? "gain" : "margin", size, known);
	return {
		metric,
		spread,
		design,
		value,
		margin: size,
		gain: gain ?? size,
		power: readChance(inputs, "power", .8, "nothing is seen with certainty"),
		confidence: readChance(inputs, "confidence", DEFAULT_CONFIDENCE, "nothing is known with certainty"),
		uses: readUses(inputs)
	};
}
function checkSize(name, size, { metric, spread }) {
	if (spread.kind !== "outcomes" && spread.kind !== "areas" || size < 1) return;
	throw new InputError(`--${name} is ${size}, but ${metric} lies between 0 and 1; write it in that unit, such as 0.01, or as a share of the champion's value, such as 2%`);
}
function checkGain(inputs, { metric, spread, gain }) {
	if (inputs.text("gain") === void 0) return;
	if (spread.kind === "outcomes" && gain > spread.discordance) throw new InputError(`--gain ${gain} is more than --discordance ${spread.discordance}: models that differ on so few rows cannot be so far apart; write a smaller gain or a larger discordance`);
	if (spread.kind === "areas" && spread.area + gain >= 1) throw new InputError(`--gain ${gain} above an area of ${spread.area} leaves no room: ${metric} is at most 1; write a smaller gain`);
}
function readChance(inputs, name, otherwise, why) {
	const advice = `a share from 0.5 to below 1, such as ${otherwise}; ${why}`;
	return readNumber(inputs, name, {
		from: .5,
		to: 1,
		includesFrom: true,
		percent: true,
		advice
	}) ?? otherwise;
}
function readUses(inputs) {
	const uses = inputs.count("uses");
	if (uses === void 0 || uses > 0) return uses;
	throw new InputError("--uses is \"0\"; write how many challengers the holdout shall judge, from 1");
}
function readValue(inputs, isShare) {
	return readNumber(inputs, "value", isShare ? {
		from: 0,
		to: 1,
		percent: true,
		advice: "the champion's value, between 0 and 1, such as 0.9"
	} : {
		from: Number.NEGATIVE_INFINITY,
		to: Number.POSITIVE_INFINITY,
		advice: "the champion's value in the unit of the metric, such as 0.9"
	});
}
function readGroups(inputs) {
	const size = readNumber(inputs, "group-size", {
		from: 1,
		to: Number.POSITIVE_INFINITY,
		includesFrom: true,
		advice: "the mean number of rows of a group, at least 1, such as 25"
	});
	const correlation = readNumber(inputs, "intraclass-correlation", {
		from: 0,
		to: 1,
		includesFrom: true,
		includesTo: true,
		advice: "how alike rows of one group are, from 0 to 1, such as 0.1"
	});
	if (size === void 0 && correlation === void 0) return void 0;
	if (size === void 0 || correlation === void 0) throw new InputError(`--group-size and --intraclass-correlation go together; add --${size === void 0 ? "group-size" : "intraclass-correlation"}, such as ${size === void 0 ? "25 (mean rows of a group)" : "0.1 (how alike rows of one group are; 0.05 to 0.3 is common)"}`);
	return {
		size,
		correlation
	};
}
function readTask(task) {
	if (task === void 0) return void 0;
	const known = TASKS.find((candidate) => candidate === task);
	if (known !== void 0) return known;
	throw new InputError(`--task is ${JSON.stringify(task)}; allowed: ${TASKS.join(", ")}`);
}

export { planHoldoutFrom };