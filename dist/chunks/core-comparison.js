import { InputError } from "./core.js";
import { BCA_ROW_LIMIT, areaInterval, ascending, ascendingOrder, binomialCdf, bootstrapInterval, bootstrapTwoSidedP, compareAreas, minimumDetectableDifference, quantileOfSorted, rowsNeeded, runJackknife, runPairedBootstrap, simultaneousConfidence, twoSidedZ } from "./core-statistics.js";
import { cellText } from "./core-data.js";
import { sampleRowCount } from "./core-metrics.js";
import { chooseStyle, formatInterval, formatNumber, formatValue } from "./core-report.js";

// src/core/comparison/truth.ts
const USUAL_POSITIVES = [
	"1",
	"true",
	"True",
	"TRUE",
	"yes",
	"Yes",
	"YES",
	"Y"
];
function readTruth(request) {
	if (request.task === "regression" || request.task === "ranking") return readValues(request.task, request.target);
	const { names, codes } = readClasses(request.target);
	if (request.task === "multiclass-classification") return orderClasses(request.task, [.../* @__PURE__ */ new Set([...names, ...request.knownClasses ?? []])].sort(compareText), {
		names,
		codes
	});
	return orderClasses(request.task, binaryClasses(names, request), {
		names,
		codes
	});
}
function readClasses(column) {
	if (column.kind === "text") return {
		names: column.dictionary,
		codes: column.codes
	};
	const positions = /* @__PURE__ */ new Map();
	const codes = Int32Array.from(column.values, (value) => {
		if (Number.isNaN(value)) return -1;
		const known = positions.get(value) ?? positions.size;
		positions.set(value, known);
		return known;
	});
	return {
		names: [...positions.keys()].map(String),
		codes
	};
}
function readValues(task, target) {
	if (target.kind === "number") return {
		task,
		values: target.values
	};
	throw new InputError(`the target ${JSON.stringify(target.name)} is text (such as ${JSON.stringify(target.dictionary[0] ?? "")}); ${task} needs numbers`);
}
function binaryClasses(names, { target, positiveClass }) {
	const found = names.map((name) => JSON.stringify(name)).join(", ");
	if (names.length > 2) throw new InputError(`the target ${JSON.stringify(target.name)} has ${names.length} classes (${found.slice(0, 200)}); binary-classification needs two: set task to multiclass-classification, or mend the data`);
	const positive = positiveClass ?? names.find((name) => USUAL_POSITIVES.includes(name));
	const others = names.filter((name) => name !== positive);
	if (positive === void 0 || others.length > 1) {
		const what = positive === void 0 ? "none is named positive" : `none of them is ${JSON.stringify(positive)}`;
		throw new InputError(`the target ${JSON.stringify(target.name)} has the classes ${found}, and ${what}; set data.positive-class (or --positive-class) to one of them`);
	}
	const [negative] = others;
	if (negative !== void 0) return [negative, positive];
	const only = names.length === 0 ? "no label at all" : `only the class ${found}`;
	throw new InputError(`the target ${JSON.stringify(target.name)} has ${only}; binary-classification needs rows of both classes`);
}
function orderClasses(task, classes, read) {
	const positions = read.names.map((name) => classes.indexOf(name));
	return {
		task,
		classes,
		codes: read.codes.map((code) => code < 0 ? -1 : positions[code])
	};
}
function compareText(left, right) {
	return left < right ? -1 : left > right ? 1 : 0;
}

// src/core/comparison/take-sample.ts
function takeSample(sample, rows) {
	const entries = Object.entries(sample).map(([name, value]) => [name, takeEntry(sample, value, rows)]);
	return Object.fromEntries(entries);
}
function takeValues(values, rows, width = 1) {
	const taken = new values.constructor(rows.length * width);
	for (let index = 0; index < rows.length; index++) {
		const start = rows[index] * width;
		for (let offset = 0; offset < width; offset++) taken[index * width + offset] = values[start + offset];
	}
	return taken;
}
function takeEntry(sample, value, rows) {
	if (!(value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array)) return value;
	return takeValues(value, rows, sample.task === "multiclass-classification" && value === sample.probabilities ? sample.classCount : 1);
}

// src/core/comparison/defaults.ts
const DEFAULT_METRICS = {
	"binary-classification": [
		"average_precision",
		"roc_auc",
		"log_loss",
		"brier_score",
		"accuracy",
		"recall",
		"precision"
	],
	"multiclass-classification": [
		"accuracy",
		"balanced_accuracy",
		"f1_macro",
		"log_loss"
	],
	regression: [
		"rmse",
		"mae",
		"r2"
	],
	ranking: ["ndcg"]
};
const DEFAULT_CONFIDENCE = .95;
const DEFAULT_THRESHOLD = .5;
const BOOTSTRAP_REPLICATES = 2e3;

// src/core/comparison/margin.ts
const DEFAULT_SHARE_OF_GAIN = .02;
function resolveMargin(request) {
	const { margin } = request;
	if (margin?.kind === "absolute") return {
		defined: true,
		value: margin.value,
		words: "as configured"
	};
	if (margin?.kind === "relative") return {
		defined: true,
		value: margin.share * Math.abs(request.championValue),
		words: `${percent(margin.share)} of the champion's value`
	};
	return resolveShareOfGain(request, margin?.share ?? .02, margin === void 0);
}
function resolveShareOfGain(request, share, isDefault) {
	if (request.noInformation === void 0) return {
		defined: false,
		reason: "this metric has no no-information value; set an explicit margin"
	};
	const gain = (request.direction === "higher" ? 1 : -1) * (request.championValue - request.noInformation);
	if (!(gain > 0)) return {
		defined: false,
		reason: "the champion gains nothing over knowing nothing; set an explicit margin"
	};
	const words = `${percent(share)} of the champion's gain over knowing nothing${isDefault ? ", the default" : ""}`;
	return {
		defined: true,
		value: share * gain,
		words
	};
}
function percent(share) {
	return `${Number((share * 100).toPrecision(3))} %`;
}

// src/core/comparison/group-floor.ts
function checkGroups(sample, declared) {
	const groups = declared ?? (sample.task === "ranking" ? sample.queries : void 0);
	if (groups === void 0) return {
		units: {
			count: sampleRowCount(sample),
			name: "rows"
		},
		refusal: refusalOfRows(sample)
	};
	const total = countGroups(groups, () => true);
	const positives = sample.task === "binary-classification" ? countGroups(groups, (row) => sample.labels[row] === 1) : void 0;
	const counted = {
		groups: total,
		...positives === void 0 ? {} : { groupsWithPositives: positives }
	};
	return {
		units: {
			count: total,
			name: "groups"
		},
		refusal: refusalOf(total, positives),
		...counted
	};
}
function refusalOfRows(sample) {
	const rows = sampleRowCount(sample);
	if (rows < 30) return `${rows} rows; at least ${30} are needed for an interval`;
	if (sample.task !== "binary-classification") return void 0;
	const positives = sample.labels.reduce((total, label) => total + label, 0);
	const smaller = Math.min(positives, rows - positives);
	if (smaller >= 10) return void 0;
	return `${smaller} ${positives === smaller ? "positive" : "negative"} rows; at least ${10} are needed for an interval`;
}
function refusalOf(total, positives) {
	if (total < 20) return `${total} groups; at least ${20} are needed for an interval`;
	if (positives !== void 0 && positives < 20) return `${positives} groups with positives; at least ${20} are needed for an interval`;
}
function countGroups(groups, counts) {
	const seen = /* @__PURE__ */ new Set();
	let single = 0;
	for (let row = 0; row < groups.length; row++) {
		if (!counts(row)) continue;
		if (groups[row] === -1) single++;
		else seen.add(groups[row]);
	}
	return seen.size + single;
}

// src/core/comparison/build-sample.ts
function buildSample(truth, answers, options) {
	switch (truth.task) {
		case "binary-classification": return buildBinary(truth.codes, answers, options);
		case "multiclass-classification": return {
			task: truth.task,
			classCount: truth.classes.length,
			labels: truth.codes,
			probabilities: answers.values,
			predicted: chosenClasses(answers)
		};
		case "regression": return {
			task: truth.task,
			targets: truth.values,
			predictions: answers.values
		};
		case "ranking": {
			const queries = options.queries ?? new Int32Array(truth.values.length).fill(-1);
			return {
				task: truth.task,
				relevance: truth.values,
				scores: answers.values,
				queries
			};
		}
	}
}
function buildBinary(codes, answers, options) {
	const rows = codes.length;
	const probabilities = new Float64Array(rows);
	const decisions = new Uint8Array(rows);
	const { labels } = answers;
	const useOwn = options.threshold === void 0 && labels !== void 0;
	const threshold = options.threshold ?? .5;
	for (let row = 0; row < rows; row++) {
		const probability = answers.values[row * 2 + 1];
		probabilities[row] = probability;
		const own = useOwn ? labels[row] : -1;
		decisions[row] = own === -1 ? Number(probability >= threshold) : own;
	}
	return {
		task: "binary-classification",
		labels: Uint8Array.from(codes),
		probabilities,
		decisions,
		...options.falsePositiveCost === void 0 ? {} : { falsePositiveCost: options.falsePositiveCost },
		...options.falseNegativeCost === void 0 ? {} : { falseNegativeCost: options.falseNegativeCost }
	};
}
function chosenClasses(answers) {
	const rows = answers.values.length / answers.width;
	const chosen = new Int32Array(rows);
	for (let row = 0; row < rows; row++) {
		const own = answers.labels?.[row] ?? -1;
		chosen[row] = own >= 0 ? own : largest(answers.values, row * answers.width, answers.width);
	}
	return chosen;
}
function largest(values, start, width) {
	let best = 0;
	for (let index = 1; index < width; index++) if (values[start + index] > values[start + best]) best = index;
	return best;
}

// src/core/comparison/canonical-order.ts
function orderCanonically({ rows, truth, scores, groups }) {
	const labels = "classes" in truth ? truth.codes : truth.values;
	const groupTexts = groups && Array.from(rows, (row) => cellText(groups, row) ?? "");
	const textOf = new Map(groupTexts?.map((text, index) => [rows[index], text]));
	return rows.slice().sort((left, right) => {
		if (labels[left] !== labels[right]) return labels[left] - labels[right];
		for (const { values, width } of scores) for (let offset = 0; offset < width; offset++) {
			const difference = values[left * width + offset] - values[right * width + offset];
			if (difference !== 0) return difference;
		}
		const [leftText = "", rightText = ""] = [textOf.get(left), textOf.get(right)];
		return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
	});
}
function renumber(codes) {
	const numbers = /* @__PURE__ */ new Map();
	return codes.map((code) => {
		if (code === -1) return -1;
		const known = numbers.get(code) ?? numbers.size;
		numbers.set(code, known);
		return known;
	});
}

// src/core/comparison/confidence.ts
function spentConfidence(confidence, use) {
	if (use === void 0) return confidence;
	return 1 - (1 - confidence) * 6 / (Math.PI ** 2 * use ** 2);
}

// src/core/comparison/estimate-metrics.ts
const STRATIFY_BELOW = 100;
function estimateMetrics(request) {
	const byBootstrap = request.metrics.filter((metric) => !usesDelong(metric, request));
	const bootstrapped = new Map(bootstrapMetrics(request, byBootstrap).map((estimate) => [estimate.metric, estimate]));
	return request.metrics.map((metric) => bootstrapped.get(metric) ?? estimateByDelong(metric, request));
}
function usesDelong(metric, request) {
	return metric.comparison === "delong" && request.groups === void 0 && request.challenger.task === "binary-classification";
}
function estimateByDelong(metric, request) {
	const { challenger, champion } = request;
	if (challenger.task !== "binary-classification" || champion && champion.task !== "binary-classification") throw new Error("DeLong was asked of scores that are not binary");
	const values = {
		challenger: metric.compute(challenger),
		champion: champion && metric.compute(champion)
	};
	const unknown = reasonOf(values.challenger, values.champion).note;
	if (unknown !== void 0) return withoutComparison(metric, values, unknown);
	const compare = (confidence) => champion && compareAreas({
		labels: challenger.labels,
		champion: champion.probabilities,
		challenger: challenger.probabilities,
		confidence
	});
	const compared = compare(.95);
	const known = compared && "difference" in compared ? compared.difference : void 0;
	const pValue = compared && "pValue" in compared ? compared.pValue : void 0;
	return {
		metric,
		challenger: values.challenger,
		...values.champion ? { champion: values.champion } : {},
		...known === void 0 ? {} : { difference: known },
		...pValue === void 0 ? {} : { pValue },
		method: "DeLong",
		intervalOf(what, confidence) {
			if (what === "difference") return delongDifference(compare(confidence));
			const sample = what === "champion" ? champion : challenger;
			if (sample === void 0) return {
				defined: false,
				reason: "there is no champion"
			};
			const area = areaInterval(sample.labels, sample.probabilities, confidence);
			if (!area.defined) return area;
			return {
				defined: true,
				interval: [area.interval.low, area.interval.high],
				method: area.method
			};
		}
	};
}
function withoutComparison(metric, values, reason) {
	return {
		metric,
		challenger: values.challenger,
		...values.champion ? { champion: values.champion } : {},
		method: "DeLong",
		note: reason,
		intervalOf: () => ({
			defined: false,
			reason
		})
	};
}
function delongDifference(compared) {
	if (compared === void 0) return {
		defined: false,
		reason: "there is no champion"
	};
	if (compared.outcome === "degenerate" || compared.outcome === "undefined") return {
		defined: false,
		reason: compared.reason
	};
	if (compared.outcome === "estimated" && compared.fewRows) return {
		defined: false,
		reason: "fewer than ten rows of a class: too few for an interval"
	};
	return {
		defined: true,
		interval: [compared.interval.low, compared.interval.high],
		method: "DeLong"
	};
}
function bootstrapMetrics(request, metrics) {
	if (metrics.length === 0) return [];
	const { champion, challenger } = request;
	const statistics = metrics.flatMap((metric) => champion ? [metric.prepare(challenger), metric.prepare(champion)] : [metric.prepare(challenger)]);
	const design = chooseDesign(request);
	const plan = {
		design,
		statistics,
		replicates: request.replicates,
		seed: request.seed
	};
	const replicates = runPairedBootstrap(request.onProgress ? {
		...plan,
		onProgress: request.onProgress
	} : plan);
	const leftOut = sampleRowCount(challenger) <= 5e3 ? runJackknife({
		design,
		statistics
	}) : void 0;
	const step = champion ? 2 : 1;
	return metrics.map((metric, index) => {
		const series = (offset) => ({
			replicates: replicates[index * step + offset],
			...leftOut ? { jackknife: leftOut[index * step + offset] } : {}
		});
		return describeBootstrap(metric, request, {
			challenger: series(0),
			...champion ? { champion: series(1) } : {}
		});
	});
}
function chooseDesign({ challenger, groups }) {
	if (groups !== void 0) return {
		kind: "groups",
		codes: groups
	};
	if (challenger.task === "ranking") return {
		kind: "groups",
		codes: challenger.queries
	};
	if (challenger.task === "binary-classification") {
		const positives = challenger.labels.reduce((total, label) => total + label, 0);
		if (Math.min(positives, challenger.labels.length - positives) < STRATIFY_BELOW) return {
			kind: "strata",
			codes: challenger.labels
		};
	}
	return {
		kind: "rows",
		rowCount: sampleRowCount(challenger)
	};
}
function describeBootstrap(metric, request, series) {
	const challenger = metric.compute(request.challenger);
	const champion = request.champion && metric.compute(request.champion);
	const sign = metric.direction === "higher" ? 1 : -1;
	const known = champion?.defined && challenger.defined ? sign * (challenger.value - champion.value) : void 0;
	const difference = series.champion && subtractSeries(series.challenger, series.champion, sign);
	const values = {
		challenger: numberOf(challenger),
		champion: numberOf(champion),
		difference: known ?? NaN
	};
	const all = {
		challenger: series.challenger,
		champion: series.champion,
		difference
	};
	return {
		metric,
		challenger,
		...champion ? { champion } : {},
		...known === void 0 ? {} : { difference: known },
		...difference && known !== void 0 ? { pValue: bootstrapTwoSidedP(difference.replicates) } : {},
		method: request.groups ? "paired bootstrap by group" : "paired bootstrap",
		...reasonOf(challenger, champion),
		intervalOf(what, confidence) {
			const chosen = all[what];
			if (chosen === void 0) return {
				defined: false,
				reason: "there is no champion"
			};
			const result = bootstrapInterval({
				estimate: values[what],
				...chosen,
				confidence
			});
			if (!result.defined) return result;
			return {
				defined: true,
				interval: [result.interval.low, result.interval.high],
				method: `bootstrap (${result.method})`
			};
		}
	};
}
function numberOf(value) {
	return value?.defined ? value.value : NaN;
}
function reasonOf(challenger, champion) {
	if (!challenger.defined) return { note: challenger.reason };
	if (champion && !champion.defined) return { note: `champion: ${champion.reason}` };
	return {};
}
function subtractSeries(challenger, champion, sign) {
	const subtract = (left, right) => left.map((value, index) => sign * (value - right[index]));
	const replicates = subtract(challenger.replicates, champion.replicates);
	if (challenger.jackknife === void 0 || champion.jackknife === void 0) return { replicates };
	return {
		replicates,
		jackknife: subtract(challenger.jackknife, champion.jackknife)
	};
}

// src/core/comparison/gates.ts
const POWER = .8;
const MAX_ROWS_NEEDED = 1e9;
function evaluateGate(gate, evidence) {
	switch (gate.require) {
		case "better": return decideBetter(evidence);
		case "not-worse": return decideNotWorse(evidence);
		case "at-least":
		case "at-most": return decideBound(gate.require, gate.value, evidence);
	}
}
function evaluateDefaultGate(evidence) {
	const decision = decideNotWorse(evidence);
	const difference = evidence.difference?.value;
	if (decision.outcome !== "pass" || difference === void 0 || difference >= 0) return decision;
	const lower = `within the margin, but the challenger is lower by ${formatNumber(-difference)}`;
	if ((evidence.difference?.interval?.[1] ?? 0) < 0) return {
		outcome: "inconclusive",
		reason: `${lower}, and that is no chance; a person decides`
	};
	return {
		outcome: "inconclusive",
		reason: `${lower}; the default asks for no loss`,
		...settle(evidence, -difference)
	};
}
function evaluateBaselineGate(evidence) {
	const { challenger, noInformation, direction } = evidence;
	if (challenger?.interval === void 0) return {
		outcome: "inconclusive",
		reason: "no interval for the challenger"
	};
	if (noInformation === void 0) return {
		outcome: "inconclusive",
		reason: "this metric has no no-information value to be compared with"
	};
	const [low, high] = challenger.interval;
	const gained = direction === "higher" ? low > noInformation : high < noInformation;
	const text = write(challenger.interval, noInformation);
	const words = `interval ${text.interval} against ${text.bound} of knowing nothing`;
	if (gained) return {
		outcome: "pass",
		reason: `a significant gain: ${words}`
	};
	return (direction === "higher" ? high < noInformation : low > noInformation) ? {
		outcome: "fail",
		reason: `worse than knowing nothing: ${words}`
	} : {
		outcome: "inconclusive",
		reason: `no significant gain: ${words}`
	};
}
function decideBetter(evidence) {
	const known = evidence.difference?.interval;
	if (known === void 0) return unknown(evidence);
	const [low, high] = known;
	const { interval } = write(known, 0);
	if (low > 0) return {
		outcome: "pass",
		reason: `the interval ${interval} is above 0`
	};
	if (high <= 0) return {
		outcome: "fail",
		reason: `the interval ${interval} is not above 0`
	};
	return {
		outcome: "inconclusive",
		reason: `the interval ${interval} contains 0`,
		...settle(evidence, Math.abs(evidence.difference?.value ?? 0))
	};
}
function decideNotWorse(evidence) {
	const known = evidence.difference?.interval;
	if (known === void 0) return unknown(evidence);
	const [low, high] = known;
	const { margin } = evidence;
	if (!margin.defined) {
		if (low > 0) return {
			outcome: "pass",
			reason: `the interval ${write(known, 0).interval} is above 0`
		};
		return {
			outcome: "inconclusive",
			reason: margin.reason
		};
	}
	const text = write(known, -margin.value);
	const bound = `${text.bound} (margin: ${margin.words})`;
	if (low > -margin.value) return {
		outcome: "pass",
		reason: `the interval ${text.interval} is above ${bound}`
	};
	if (high < -margin.value) return {
		outcome: "fail",
		reason: `the interval ${text.interval} is below ${bound}`
	};
	return {
		outcome: "inconclusive",
		reason: `the interval ${text.interval} contains ${bound}`,
		...settle(evidence, Math.abs((evidence.difference?.value ?? 0) + margin.value))
	};
}
function decideBound(require, bound, evidence) {
	const { challenger } = evidence;
	if (challenger?.interval === void 0) return unknown(evidence);
	const [low, high] = challenger.interval;
	const text = write(challenger.interval, bound);
	const words = `interval ${text.interval} against ${require === "at-least" ? "at least" : "at most"} ${text.bound}`;
	if (require === "at-least" ? low >= bound : high <= bound) return {
		outcome: "pass",
		reason: words
	};
	if (require === "at-least" ? high < bound : low > bound) return {
		outcome: "fail",
		reason: words
	};
	return {
		outcome: "inconclusive",
		reason: words,
		...settle(evidence, Math.abs(challenger.value - bound))
	};
}
function unknown(evidence) {
	return {
		outcome: "inconclusive",
		reason: evidence.note ?? "there is no interval to decide from"
	};
}
function settle(evidence, distance) {
	const { precision, units } = evidence;
	if (precision === void 0 || !(distance > 0) || !(precision.standardError > 0)) return {};
	const pilot = {
		rows: units,
		standardError: precision.standardError
	};
	const needed = rowsNeeded(pilot, distance, {
		confidence: precision.confidence,
		power: POWER
	});
	if (!(needed <= MAX_ROWS_NEEDED)) return {};
	return {
		rowsNeeded: Math.max(needed, units + 1),
		rowsUnit: evidence.unitName
	};
}
function detectableDifference({ standardError, confidence }) {
	return minimumDetectableDifference(standardError, {
		confidence,
		power: POWER
	});
}
function write(known, bound) {
	const style = chooseStyle({
		name: "",
		values: [],
		interval: known,
		bounds: [bound]
	});
	return {
		interval: formatInterval(known, style),
		bound: formatValue(bound, style)
	};
}

// src/core/comparison/verdict.ts
function decideVerdict(interval, margin) {
	const [low, high] = interval;
	if (low > 0) return "better";
	if (margin === void 0) return "inconclusive";
	if (high < -margin) return "worse";
	if (-margin < low && high < margin) return "equivalent";
	if (low > -margin) return "not-worse";
	return "inconclusive";
}

// src/core/comparison/describe-metric.ts
function describeMetric(estimate, options) {
	const { metric } = estimate;
	const difference = intervalOf(estimate, "difference", options);
	const margin = marginOf$1(estimate, options);
	const known = estimate.difference !== void 0;
	const verdict = known ? verdictOf(difference.interval, margin) : void 0;
	const notes = [
		estimate.note,
		known && difference.interval === void 0 ? difference.note : void 0,
		estimate.challenger.defined && !known ? intervalOf(estimate, "challenger", options).note : void 0,
		verdict === "inconclusive" && !margin.defined ? margin.reason : void 0
	].filter((note) => note !== void 0);
	return {
		name: metric.name,
		direction: metric.direction,
		...valueWithInterval(estimate, "champion", options),
		...valueWithInterval(estimate, "challenger", options),
		...known ? { difference: describeDifference(estimate, difference) } : {},
		...verdict ? { verdict } : {},
		...margin.defined ? { margin: margin.value } : {},
		...noInformationOf(estimate, options.sample),
		...notes.length === 0 ? {} : { note: notes.join("; ") },
		...difference.interval ? { detectable: detectableDifference(precisionOf(difference.interval, options.confidence)) } : {}
	};
}
function gateEvidence(estimate, options) {
	const described = describeMetric(estimate, options);
	const interval = described.difference?.interval;
	return {
		...described.difference ? { difference: withoutUndefined(described.difference) } : {},
		...described.challenger ? { challenger: withoutUndefined(described.challenger) } : {},
		margin: marginOf$1(estimate, options),
		...described.note === void 0 ? {} : { note: described.note },
		direction: estimate.metric.direction,
		...interval ? { precision: precisionOf(interval, options.confidence) } : {},
		units: options.units.count,
		unitName: options.units.name
	};
}
function withoutUndefined({ value, interval }) {
	return interval === void 0 ? { value } : {
		value,
		interval
	};
}
function verdictOf(interval, margin) {
	if (interval === void 0) return "inconclusive";
	return decideVerdict(interval, margin.defined ? margin.value : void 0);
}
function describeDifference(estimate, known) {
	return {
		value: estimate.difference ?? NaN,
		...known.interval ? { interval: known.interval } : {},
		...known.interval && estimate.pValue !== void 0 ? { pValue: estimate.pValue } : {},
		method: known.method ?? estimate.method
	};
}
function intervalOf(estimate, what, { confidence, refusal }) {
	if (refusal !== void 0) return { note: refusal };
	const result = estimate.intervalOf(what, confidence);
	if (!result.defined) return { note: result.reason };
	return {
		interval: result.interval,
		method: `${estimate.method}${suffixOf(result.method, estimate.method)}`
	};
}
function suffixOf(detail, method) {
	const inBrackets = /\(.*\)$/.exec(detail)?.[0];
	return inBrackets === void 0 || method.includes(inBrackets) ? "" : ` ${inBrackets}`;
}
function valueWithInterval(estimate, what, options) {
	const value = estimate[what];
	if (!value?.defined) return {};
	const { interval } = intervalOf(estimate, what, options);
	return { [what]: {
		value: value.value,
		...interval ? { interval } : {}
	} };
}
function marginOf$1(estimate, { sample, margin }) {
	if (!estimate.champion?.defined) return {
		defined: false,
		reason: "there is no champion to lose against"
	};
	return resolveMargin({
		margin,
		championValue: estimate.champion.value,
		noInformation: noInformationOf(estimate, sample).noInformation,
		direction: estimate.metric.direction
	});
}
function noInformationOf(estimate, sample) {
	const value = estimate.metric.noInformation?.(sample);
	return value === void 0 || !Number.isFinite(value) ? {} : { noInformation: value };
}
function precisionOf([low, high], confidence) {
	return {
		standardError: (high - low) / (2 * twoSidedZ(confidence)),
		confidence
	};
}

// src/core/comparison/judge-context.ts
function describeOnHoldout(context, estimate, confidence) {
	const { input, refusal } = context;
	const configured = input.rules.margins[estimate.metric.name];
	return describeMetric(estimate, {
		sample: input.challenger,
		confidence: spentConfidence(confidence, input.holdoutUse),
		...configured ? { margin: configured } : {},
		...refusal === void 0 ? {} : { refusal }
	});
}

// src/core/comparison/judge-slices.ts
function judgeSlices(context) {
	const { input } = context;
	const metric = input.metrics.find((candidate) => candidate.name === input.rules.primary);
	if (metric === void 0) return [];
	const large = input.slices.filter((slice) => slice.rows.length >= 50);
	const confidence = simultaneousConfidence(spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse), Math.max(1, large.length));
	return input.slices.map((slice) => {
		const rows = {
			slice: slice.name,
			rows: slice.rows.length
		};
		if (slice.rows.length < 50) return {
			...rows,
			name: metric.name,
			direction: metric.direction,
			note: `fewer than ${50} rows`
		};
		const { estimate, sample, floor } = estimateSlice(context, metric, slice.rows);
		const configured = input.rules.margins[metric.name];
		const described = describeMetric(estimate, {
			sample,
			confidence,
			...configured ? { margin: configured } : {},
			...floor.refusal === void 0 ? {} : { refusal: floor.refusal }
		});
		return {
			...rows,
			...positivesOf(sample),
			...correctP(described, large.length)
		};
	});
}
function correctP(described, slices) {
	const { difference } = described;
	if (difference?.pValue === void 0) return described;
	return {
		...described,
		difference: {
			...difference,
			pValue: Math.min(1, difference.pValue * slices)
		}
	};
}
function estimateSlice(context, metric, rows) {
	const { input } = context;
	const sample = takeSample(input.challenger, rows);
	const groups = input.groups && takeValues(input.groups, rows);
	const [estimate] = estimateMetrics({
		challenger: sample,
		...input.champion ? { champion: takeSample(input.champion, rows) } : {},
		...groups ? { groups } : {},
		metrics: [metric],
		seed: input.seed,
		replicates: input.replicates
	});
	return {
		estimate,
		sample,
		floor: checkGroups(sample, groups)
	};
}
function positivesOf(sample) {
	if (sample.task !== "binary-classification") return {};
	return { positives: sample.labels.reduce((total, label) => total + label, 0) };
}
function judgeSliceGate(context, gate, margin) {
	const judged = context.input.slices.filter((slice) => gate.slices === "all" || sliceMatches(slice.name, gate.slices)).filter((slice) => slice.rows.length >= 50);
	const metric = context.input.metrics.find((candidate) => candidate.name === gate.metric);
	if (judged.length === 0 || metric === void 0) return {
		outcome: "inconclusive",
		reason: `no slice has ${50} rows`
	};
	const confidence = simultaneousConfidence(spentConfidence(gate.confidence, context.input.holdoutUse), judged.length);
	const decisions = judged.map((slice) => {
		const { estimate, sample, floor } = estimateSlice(context, metric, slice.rows);
		const evidence = gateEvidence(estimate, {
			sample,
			confidence,
			...margin ? { margin } : {},
			...floor.refusal === void 0 ? {} : { refusal: floor.refusal },
			units: floor.units
		});
		return {
			name: slice.name,
			decision: evaluateGate(gate, evidence)
		};
	});
	const decisive = decisions.find(({ decision }) => decision.outcome === "fail") ?? decisions.find(({ decision }) => decision.outcome === "inconclusive");
	if (decisive === void 0) return {
		outcome: "pass",
		reason: `holds on each of ${judged.length} slices`
	};
	return {
		...decisive.decision,
		reason: `${decisive.name}: ${decisive.decision.reason}`
	};
}
function sliceMatches(slice, wanted) {
	return slice === wanted || slice.startsWith(`${wanted} = `);
}

// src/core/comparison/judge-gates.ts
function judgeGates(context) {
	const { rules, champion } = context.input;
	if (champion === void 0) return judgeFirstModel(context);
	const own = rules.gates?.map((gate) => judgeConfigured(context, gate, "gate")) ?? [judgeDefault(context)];
	const guardrails = rules.guardrails.map((metric) => judgeConfigured(context, {
		metric,
		require: "not-worse",
		confidence: DEFAULT_CONFIDENCE
	}, "guardrail"));
	return [...own, ...guardrails];
}
function judgeFirstModel(context) {
	const absolute = (context.input.rules.gates ?? []).filter((gate) => gate.require === "at-least" || gate.require === "at-most");
	const { primary } = context.input.rules;
	const estimate = context.estimates.find((candidate) => candidate.metric.name === primary);
	if (estimate === void 0) return absolute.map((gate) => judgeConfigured(context, gate, "gate"));
	const described = describeOnHoldout(context, estimate, DEFAULT_CONFIDENCE);
	const baseline = {
		description: `${primary} above what knowing nothing gives`,
		metric: primary,
		role: "baseline",
		...evaluateBaselineGate({
			challenger: described.challenger,
			noInformation: described.noInformation,
			direction: estimate.metric.direction
		})
	};
	return [...absolute.map((gate) => judgeConfigured(context, gate, "gate")), baseline];
}
function judgeDefault(context) {
	const { primary, margins } = context.input.rules;
	const evidence = evidenceFor(context, {
		metric: primary,
		confidence: DEFAULT_CONFIDENCE,
		margin: margins[primary]
	});
	const decision = evidence ? evaluateDefaultGate(evidence) : {
		outcome: "inconclusive",
		reason: "the metric was not computed"
	};
	return {
		description: `${primary} not worse and not lower`,
		metric: primary,
		role: "primary",
		...decision
	};
}
function judgeConfigured(context, gate, role) {
	const description = describeGate(gate);
	const margin = (gate.require === "not-worse" ? gate.margin : void 0) ?? context.input.rules.margins[gate.metric];
	if (gate.slices !== void 0) return {
		description,
		metric: gate.metric,
		role,
		...judgeSliceGate(context, gate, margin)
	};
	const evidence = evidenceFor(context, {
		metric: gate.metric,
		confidence: gate.confidence,
		margin
	});
	const decision = evidence ? evaluateGate(gate, evidence) : {
		outcome: "inconclusive",
		reason: "the metric was not computed"
	};
	return {
		description,
		metric: gate.metric,
		role,
		...decision
	};
}
function evidenceFor(context, request) {
	const measured = context.input.measured.find((candidate) => candidate.described.name === request.metric);
	if (measured) return measured.evidenceFor(request);
	const estimate = context.estimates.find((candidate) => candidate.metric.name === request.metric);
	if (estimate === void 0) return void 0;
	return gateEvidence(estimate, {
		sample: context.input.challenger,
		confidence: spentConfidence(request.confidence, context.input.holdoutUse),
		...request.margin ? { margin: request.margin } : {},
		...context.refusal === void 0 ? {} : { refusal: context.refusal },
		units: context.units
	});
}
function describeGate(gate) {
	const where = gate.slices === void 0 ? "" : gate.slices === "all" ? " on all slices" : ` on ${gate.slices}`;
	const bound = gate.require === "at-least" || gate.require === "at-most" ? ` ${gate.value}` : "";
	return `${gate.metric} ${gate.require.replace("-", " ")}${bound}${where}`;
}

// src/core/comparison/compare-models.ts
function compareModels(input) {
	const floor = checkGroups(input.challenger, input.groups);
	const estimates = [...estimateMetrics({
		challenger: input.challenger,
		...input.champion ? { champion: input.champion } : {},
		...input.groups ? { groups: input.groups } : {},
		metrics: input.metrics,
		seed: input.seed,
		replicates: input.replicates,
		...input.onProgress ? { onProgress: input.onProgress } : {}
	}), ...(input.provided ?? []).map(({ whole }) => whole)];
	const context = {
		input,
		estimates,
		units: floor.units,
		refusal: floor.refusal
	};
	const metrics = [...estimates.map((estimate) => describeOnHoldout(context, estimate, DEFAULT_CONFIDENCE)), ...input.measured.map((measured) => measured.described)];
	const gates = judgeGates(context);
	const primary = metrics.find((metric) => metric.name === input.rules.primary);
	const verdict = input.champion === void 0 ? "no-champion" : primary?.verdict ?? "inconclusive";
	return {
		verdict,
		promote: mayPromote(verdict, gates),
		confidence: spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse),
		metrics,
		gates,
		slices: judgeSlices(context)
	};
}
const MEASURED = ["size_bytes", "latency_p95_ms"];
function mayPromote(verdict, gates) {
	if (verdict === "worse" || verdict === "inconclusive") return false;
	if (verdict === "no-champion") {
		const decisive = gates.filter((gate) => gate.role !== "guardrail" && !MEASURED.includes(gate.metric));
		return gates.every((gate) => gate.outcome !== "fail") && decisive.some((gate) => gate.outcome === "pass");
	}
	return gates.every((gate) => gate.outcome === "pass");
}

// src/core/comparison/curves.ts
const CURVE_POINTS = 100;
const CALIBRATION_BINS = 10;
function computeCurves(challenger, champion) {
	if (challenger.task !== "binary-classification") return void 0;
	const after = curvesOf(challenger);
	if (after === void 0) return void 0;
	const before = champion?.task === "binary-classification" ? curvesOf(champion) : void 0;
	const pair = (name) => ({
		...before ? { champion: before[name] } : {},
		challenger: after[name]
	});
	return {
		roc: pair("roc"),
		precisionRecall: pair("precisionRecall"),
		calibration: pair("calibration")
	};
}
function curvesOf(sample) {
	const order = ascendingOrder(sample.probabilities).reverse();
	const positives = sample.labels.reduce((total, label) => total + label, 0);
	const negatives = sample.labels.length - positives;
	if (positives === 0 || negatives === 0) return void 0;
	const roc = [[0, 0]];
	const precisionRecall = [];
	let truePositives = 0;
	for (let index = 0; index < order.length; index++) {
		const row = order[index];
		truePositives += sample.labels[row];
		const next = order[index + 1];
		if (next !== void 0 && sample.probabilities[next] === sample.probabilities[row]) continue;
		const falsePositives = index + 1 - truePositives;
		roc.push([falsePositives / negatives, truePositives / positives]);
		precisionRecall.push([truePositives / positives, truePositives / (index + 1)]);
	}
	return {
		roc: thin(roc, 0, 1),
		precisionRecall: thin(precisionRecall, 0),
		calibration: calibrationOf(sample, order)
	};
}
function calibrationOf(sample, descending) {
	const points = [];
	const rows = descending.length;
	for (let bin = 9; bin >= 0; bin--) {
		const start = Math.floor(rows * bin / CALIBRATION_BINS);
		const end = Math.floor(rows * (bin + 1) / CALIBRATION_BINS);
		if (end === start) continue;
		let probability = 0;
		let positives = 0;
		for (let index = start; index < end; index++) {
			probability += sample.probabilities[descending[index]];
			positives += sample.labels[descending[index]];
		}
		points.push([round(probability / (end - start)), round(positives / (end - start))]);
	}
	return points;
}
function thin(points, ...axes) {
	let walked = 0;
	let nextStep = 0;
	const total = axes.length;
	const kept = [];
	points.forEach((point, index) => {
		const before = points[index - 1];
		if (before) walked += axes.reduce((sum, axis) => sum + Math.abs(point[axis] - before[axis]), 0);
		if (walked < nextStep && index < points.length - 1) return;
		kept.push([round(point[0]), round(point[1])]);
		nextStep = walked + total / CURVE_POINTS;
	});
	return kept;
}
function round(value) {
	return Number(value.toFixed(5));
}

// src/core/comparison/flips.ts
function countFlips(champion, challenger) {
	const before = decisionsOf(champion);
	const after = decisionsOf(challenger);
	if (before === void 0 || after === void 0) return void 0;
	let newlyRight = 0;
	let newlyWrong = 0;
	for (let row = 0; row < after.labels.length; row++) {
		const wasRight = before.decisions[row] === before.labels[row];
		const isRight = after.decisions[row] === after.labels[row];
		if (isRight && !wasRight) newlyRight++;
		if (wasRight && !isRight) newlyWrong++;
	}
	return {
		newlyRight,
		newlyWrong
	};
}
function decisionsOf(sample) {
	if (sample.task === "binary-classification") return {
		labels: sample.labels,
		decisions: sample.decisions
	};
	if (sample.task === "multiclass-classification") return {
		labels: sample.labels,
		decisions: sample.predicted
	};
}

// src/core/comparison/measured-metrics.ts
function compareSizes(sizes) {
	const challenger = {
		value: sizes.challenger,
		interval: pointInterval(sizes.challenger)
	};
	const gain = sizes.champion === void 0 ? void 0 : sizes.champion - sizes.challenger;
	const difference = gain === void 0 ? {} : { difference: {
		value: gain,
		interval: pointInterval(gain),
		method: "exact"
	} };
	return {
		described: {
			name: "size_bytes",
			direction: "lower",
			...sizes.champion === void 0 ? {} : { champion: { value: sizes.champion } },
			challenger: { value: sizes.challenger },
			...difference
		},
		evidenceFor: ({ margin }) => ({
			...measuredEvidence(1, marginOf(margin, sizes.champion)),
			challenger,
			...difference
		})
	};
}
const LATENCY_QUANTILE = .95;
function compareLatencies(runs) {
	return {
		described: {
			name: "latency_p95_ms",
			direction: "lower",
			...runs.champion ? { champion: latencyQuantile(runs.champion, DEFAULT_CONFIDENCE) } : {},
			challenger: latencyQuantile(runs.challenger, DEFAULT_CONFIDENCE),
			note: "measured on this machine; differs from run to run"
		},
		evidenceFor: ({ confidence }) => ({
			...measuredEvidence(runs.challenger.length, {
				defined: false,
				reason: "latencies of two models are not compared; use at-most"
			}),
			challenger: latencyQuantile(runs.challenger, confidence),
			note: `${runs.challenger.length} runs give no interval at this confidence, and latencies of two models are not compared; use at-most`
		})
	};
}
function latencyQuantile(milliseconds, confidence) {
	const sorted = ascending(milliseconds);
	const value = quantileOfSorted(sorted, LATENCY_QUANTILE);
	const positions = orderStatistics(sorted.length, (1 - confidence) / 2);
	if (positions === void 0) return { value };
	return {
		value,
		interval: [sorted[positions.low], sorted[positions.high]]
	};
}
function orderStatistics(runs, tail) {
	const cdf = (below) => binomialCdf(below, runs, LATENCY_QUANTILE);
	if (cdf(0) > tail || 1 - cdf(runs - 1) > tail) return void 0;
	let low = 0;
	while (cdf(low + 1) <= tail) low++;
	let high = runs - 1;
	while (1 - cdf(high - 1) <= tail) high--;
	return {
		low,
		high
	};
}
function pointInterval(value) {
	return [value, value];
}
function marginOf(margin, championValue) {
	if (championValue === void 0) return {
		defined: false,
		reason: "there is no champion to lose against"
	};
	return resolveMargin({
		margin,
		championValue,
		noInformation: void 0,
		direction: "lower"
	});
}
function measuredEvidence(units, margin) {
	return {
		margin,
		direction: "lower",
		units,
		unitName: "rows"
	};
}

export { BOOTSTRAP_REPLICATES, DEFAULT_CONFIDENCE, DEFAULT_METRICS, buildSample, checkGroups, compareLatencies, compareModels, compareSizes, computeCurves, countFlips, orderCanonically, readClasses, readTruth, renumber, resolveMargin, takeValues };