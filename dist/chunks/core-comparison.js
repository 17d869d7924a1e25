import { InputError } from "./core.js";
import { BCA_ROW_LIMIT, areaInterval, areaSwapTest, ascending, ascendingOrder, benjaminiHochberg, binomialCdf, bootstrapInterval, bootstrapTwoSidedP, compareAreasAt, compareMeans, compareOutcomes, countPairedOutcomes, createRandom, differences, holm, influenceOnArea, influenceStandardError, intervalAround, minimumDetectableDifference, quantileOfSorted, rowsNeeded, runJackknife, runPairedBootstrap, shuffle, signFlipTest, simultaneousConfidence, skewness, studentInterval, studentPValue, sum, twoSidedZ, wilsonInterval } from "./core-statistics.js";
import { cellText } from "./core-data.js";
import { prepareTogether, sampleRowCount } from "./core-metrics.js";
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
const SHUFFLE_SEED = 20261125;
function orderCanonically({ rows, truth, scores, groups }) {
	const labels = "classes" in truth ? truth.codes : truth.values;
	const groupTexts = groups && Array.from(rows, (row) => cellText(groups, row) ?? "");
	const textOf = new Map(groupTexts?.map((text, index) => [rows[index], text]));
	const sorted = rows.slice().sort((left, right) => {
		if (labels[left] !== labels[right]) return labels[left] - labels[right];
		for (const { values, width } of scores) for (let offset = 0; offset < width; offset++) {
			const difference = values[left * width + offset] - values[right * width + offset];
			if (difference !== 0) return difference;
		}
		const [leftText = "", rightText = ""] = [textOf.get(left), textOf.get(right)];
		return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
	});
	shuffle(sorted, createRandom(SHUFFLE_SEED));
	return sorted;
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

// src/core/comparison/estimation/estimated-metric.ts
function computeValues(metric, request) {
	const challenger = metric.compute(request.challenger);
	const champion = request.champion && metric.compute(request.champion);
	if (!challenger.defined) return {
		challenger,
		...champion ? { champion } : {},
		note: challenger.reason
	};
	if (champion === void 0) return { challenger };
	if (!champion.defined) return {
		challenger,
		champion,
		note: `champion: ${champion.reason}`
	};
	return {
		challenger,
		champion,
		difference: benefit(metric, challenger.value - champion.value)
	};
}
function benefit(metric, difference) {
	return metric.direction === "higher" ? difference : -difference;
}
function benefitInterval(metric, { low, high }) {
	return metric.direction === "higher" ? {
		low,
		high
	} : {
		low: -high,
		high: -low
	};
}
function known$1({ low, high }, method) {
	return {
		defined: true,
		interval: [low, high],
		method
	};
}
function unknown$1(reason) {
	return {
		defined: false,
		reason
	};
}
function withoutValue(metric, values, method) {
	const reason = values.note ?? "the metric is undefined";
	return {
		metric,
		...values,
		method,
		intervalOf: () => unknown$1(reason)
	};
}

// src/core/comparison/estimation/by-area.ts
const BY_ROWS$2 = "DeLong";
const BY_GROUPS$2 = "DeLong by group (Obuchowski)";
function estimateByArea(metric, request, pair) {
	const { groups } = request;
	const method = groups === void 0 ? BY_ROWS$2 : BY_GROUPS$2;
	const values = computeValues(metric, request);
	if (values.note !== void 0) return withoutValue(metric, values, method);
	const { challenger, champion } = pair;
	const compared = champion && compareAreasAt({
		labels: challenger.labels,
		champion: champion.probabilities,
		challenger: challenger.probabilities,
		...groups ? { groups } : {}
	});
	return {
		metric,
		...values,
		...compared?.outcome === "identical" ? { difference: 0 } : {},
		...testOf(compared, pair, request),
		method: isTiny$1(compared) ? "score-swap permutation" : method,
		intervalOf(what, confidence) {
			if (what === "difference") return differenceInterval$1(compared, confidence, method);
			const sample = what === "champion" ? champion : challenger;
			return sample === void 0 ? unknown$1("there is no champion") : valueInterval(sample, groups, confidence);
		}
	};
}
function isTiny$1(compared) {
	return compared?.outcome === "degenerate" || compared?.outcome === "estimated" && compared.fewRows;
}
function testOf(compared, { challenger, champion }, { groups, seed }) {
	if (compared === void 0 || champion === void 0 || compared.outcome === "undefined") return {};
	if (!isTiny$1(compared)) return "pValue" in compared ? { pValue: compared.pValue } : {};
	const ranking = {
		labels: challenger.labels,
		champion: champion.probabilities,
		challenger: challenger.probabilities
	};
	return {
		pValue: areaSwapTest(ranking, {
			seed,
			groups
		}).pValue,
		pValueAlone: true
	};
}
function differenceInterval$1(compared, confidence, method) {
	if (compared === void 0) return unknown$1("there is no champion");
	if (compared.outcome === "degenerate" || compared.outcome === "undefined") return unknown$1(compared.reason);
	if (isTiny$1(compared)) return unknown$1("fewer than ten rows of a class: too few for an interval");
	return known$1(compared.intervalAt(confidence), method);
}
function valueInterval({ labels, probabilities }, groups, confidence) {
	if (groups === void 0) {
		const area = areaInterval(labels, probabilities, confidence);
		return area.defined ? known$1(area.interval, area.method) : area;
	}
	const values = influenceOnArea(labels, probabilities);
	if (values === void 0) return unknown$1("the rows hold only one class");
	const area = areaInterval(labels, probabilities, confidence);
	if (!area.defined || area.standardError === 0) return unknown$1("the classes are told apart without fail, and groups give no bound then");
	const standardError = influenceStandardError({
		values,
		groups
	});
	const logit = Math.log(area.area / (1 - area.area));
	const halfWidth = twoSidedZ(confidence) * standardError / (area.area * (1 - area.area));
	const { low, high } = intervalAround(logit, halfWidth);
	return known$1({
		low: logistic(low),
		high: logistic(high)
	}, "delong-logit by group");
}
function logistic(logit) {
	return 1 / (1 + Math.exp(-logit));
}

// src/core/comparison/estimation/units.ts
function groupsOf({ challenger, groups }) {
	if (groups !== void 0) return groups;
	return challenger.task === "ranking" ? challenger.queries : void 0;
}
function countUnits(request) {
	const groups = groupsOf(request);
	const { challenger } = request;
	if (challenger.task !== "binary-classification") return countAmong(challenger, groups, () => true);
	const { labels } = challenger;
	return Math.min(countAmong(challenger, groups, (row) => labels[row] === 1), countAmong(challenger, groups, (row) => labels[row] === 0));
}
function countAmong(sample, groups, counts) {
	const rows = sampleRowCount(sample);
	const seen = /* @__PURE__ */ new Set();
	let single = 0;
	for (let row = 0; row < rows; row++) {
		if (!counts(row)) continue;
		if (groups === void 0 || groups[row] === -1) single++;
		else seen.add(groups[row]);
	}
	return seen.size + single;
}

// src/core/comparison/estimation/by-influence.ts
const METHODS$1 = { roc_auc_ovr: "DeLong, mean over classes" };
const GENERAL = "infinitesimal jackknife";
function estimateByInfluence(metric, request) {
	const groups = groupsOf(request);
	const units = countUnits(request);
	const method = `${METHODS$1[metric.name] ?? (request.challenger.task === "ranking" ? "paired t over queries" : GENERAL)}${request.groups === void 0 ? "" : " by group"}`;
	const values = computeValues(metric, request);
	if (values.note !== void 0) return withoutValue(metric, values, method);
	const challenger = metric.influence?.(request.challenger);
	const champion = request.champion && metric.influence?.(request.champion);
	if (challenger === void 0 || request.champion && champion === void 0) return void 0;
	const shift = champion && differences(challenger, champion);
	const spreadOf = (influence) => ({
		standardError: influenceStandardError({
			values: influence,
			groups
		}),
		degreesOfFreedom: Math.max(1, units - 1)
	});
	const parts = {
		challenger,
		champion,
		difference: shift
	};
	const estimates = {
		challenger: values.challenger.defined ? values.challenger.value : void 0,
		champion: values.champion?.defined ? values.champion.value : void 0,
		difference: values.difference
	};
	const spread = shift && spreadOf(shift);
	const isSame = shift?.every((value) => value === 0) === true && values.difference === 0;
	return {
		metric,
		...values,
		...pValueOf$1(values.difference, spread, isSame),
		method,
		intervalOf(what, confidence) {
			const influence = parts[what];
			const estimate = estimates[what];
			if (influence === void 0 || estimate === void 0) return unknown$1("there is no champion");
			if (what === "difference" && isSame) return known$1({
				low: 0,
				high: 0
			}, method);
			const own = spreadOf(influence);
			if (!(own.standardError > 0)) return unknown$1("the rows show no spread: there are too few distinct ones");
			return known$1(studentInterval(estimate, own, confidence), method);
		}
	};
}
function pValueOf$1(difference, spread, isSame) {
	if (isSame) return { pValue: 1 };
	if (difference === void 0 || spread === void 0 || !(spread.standardError > 0)) return {};
	return { pValue: studentPValue(difference, spread) };
}

// src/core/comparison/estimation/by-mean.ts
const BY_ROWS$1 = "paired t";
const BY_GROUPS$1 = "cluster-robust t";
const SKEWED_BELOW_ROWS = 200;
const SKEWED = 2;
function estimateByMean(metric, request) {
	const { groups } = request;
	const method = groups === void 0 ? BY_ROWS$1 : BY_GROUPS$1;
	const values = computeValues(metric, request);
	const challenger = metric.rowValues?.(request.challenger);
	const champion = request.champion && metric.rowValues?.(request.champion);
	if (values.note !== void 0 || challenger === void 0) return withoutValue(metric, values, method);
	const shift = champion && differences(challenger, champion);
	const ofMean = (rows, confidence) => rows && compareMeans({
		differences: rows,
		...groups ? { groups } : {},
		confidence
	});
	const compared = ofMean(shift, .95);
	return {
		metric,
		...values,
		...compared && "pValue" in compared ? { pValue: compared.pValue } : {},
		...shift ? fewRows(shift, request) : {},
		method: shift && isTiny(request) ? "sign-flip permutation" : method,
		intervalOf(what, confidence) {
			if (what === "difference") return differenceInterval(metric, ofMean(shift, confidence), method);
			const own = ofMean(what === "champion" ? champion : challenger, confidence);
			return own === void 0 ? unknown$1("there is no champion") : meanInterval(own, method);
		}
	};
}
function isSkewed(metric, request) {
	const { challenger, champion, groups } = request;
	const rows = sampleRowCount(challenger);
	if (groups !== void 0 || champion === void 0 || rows >= SKEWED_BELOW_ROWS) return false;
	const own = metric.rowValues?.(challenger);
	const other = metric.rowValues?.(champion);
	if (own === void 0 || other === void 0) return false;
	return Math.abs(skewness(differences(own, other))) > SKEWED;
}
function signFlipOf(metric, request) {
	const { challenger, champion, groups, seed } = request;
	const own = metric.rowValues?.(challenger);
	const other = champion && metric.rowValues?.(champion);
	if (own === void 0 || other === void 0) return void 0;
	return signFlipTest(differences(own, other), {
		seed,
		groups
	}).pValue;
}
function fewRows(shift, request) {
	if (!isTiny(request)) return {};
	const { groups, seed } = request;
	return {
		pValue: signFlipTest(shift, {
			seed,
			groups
		}).pValue,
		pValueAlone: true
	};
}
function isTiny({ challenger }) {
	return sampleRowCount(challenger) < 30;
}
function differenceInterval(metric, compared, method) {
	if (compared === void 0) return unknown$1("there is no champion");
	if (compared.outcome === "undefined") return unknown$1(compared.reason);
	return known$1(benefitInterval(metric, compared.interval), method);
}
function meanInterval(compared, method) {
	return compared.outcome === "undefined" ? unknown$1(compared.reason) : known$1(compared.interval, method);
}

// src/core/comparison/estimation/by-outcomes.ts
const BY_ROWS = "McNemar mid-p, Tango interval";
const BY_GROUPS = "cluster-robust t";
function estimateByOutcomes(metric, request) {
	const { groups } = request;
	const method = groups === void 0 ? BY_ROWS : BY_GROUPS;
	const values = computeValues(metric, request);
	const challenger = metric.outcomes?.(request.challenger);
	const champion = request.champion && metric.outcomes?.(request.champion);
	if (values.note !== void 0 || challenger === void 0) return withoutValue(metric, values, method);
	const codes = groups && takeCodes(groups, challenger);
	const compare = champion && comparison(champion.right, challenger.right, codes);
	const compared = compare?.(.95);
	return {
		metric,
		...values,
		...compared?.pValue === void 0 ? {} : { pValue: compared.pValue },
		method,
		intervalOf(what, confidence) {
			if (what === "difference") return compare?.(confidence).interval ?? unknown$1("there is no champion");
			const own = what === "champion" ? champion : challenger;
			return own === void 0 ? unknown$1("there is no champion") : shareInterval(own.right, codes, confidence);
		}
	};
}
function comparison(champion, challenger, groups) {
	if (groups === void 0) {
		const outcomes = countPairedOutcomes(champion, challenger);
		return (confidence) => {
			const { interval, pValue } = compareOutcomes(outcomes, confidence);
			return {
				interval: known$1(interval, BY_ROWS),
				pValue
			};
		};
	}
	const differences = Float64Array.from(challenger, (right, row) => right - champion[row]);
	return (confidence) => {
		const compared = compareMeans({
			differences,
			groups,
			confidence
		});
		return {
			interval: intervalOfMean(compared),
			..."pValue" in compared ? { pValue: compared.pValue } : {}
		};
	};
}
function shareInterval(right, groups, confidence) {
	if (groups === void 0) return known$1(wilsonInterval({
		successes: sum(right),
		rows: right.length
	}, confidence), "wilson");
	return intervalOfMean(compareMeans({
		differences: Float64Array.from(right),
		groups,
		confidence
	}));
}
function intervalOfMean(compared) {
	return compared.outcome === "undefined" ? unknown$1(compared.reason) : known$1(compared.interval, BY_GROUPS);
}
function takeCodes(groups, { rows }) {
	return rows === void 0 ? groups : Int32Array.from(rows, (row) => groups[row]);
}
function countsOutcomes(metric, sample) {
	return metric.comparison === "mcnemar" && metric.outcomes !== void 0 && sample.weights === void 0;
}

// src/core/comparison/estimation/by-resampling.ts
const STRATIFY_BELOW = 100;
function estimateByResampling(request, metrics) {
	if (metrics.length === 0) return [];
	const { champion, challenger } = request;
	const statistics = (champion ? [challenger, champion] : [challenger]).map((sample) => prepareTogether(metrics, sample));
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
	const method = METHODS[design.kind];
	const units = countUnits(request);
	return metrics.map((metric, index) => {
		const seriesAt = (position) => ({
			replicates: replicates[position],
			...leftOut ? { jackknife: leftOut[position] } : {}
		});
		return describeSeries(metric, computeValues(metric, request), {
			method,
			units,
			challenger: seriesAt(index),
			...champion ? { champion: seriesAt(metrics.length + index) } : {}
		});
	});
}
const METHODS = {
	rows: "paired bootstrap",
	strata: "paired bootstrap within classes",
	groups: "paired bootstrap by group"
};
function chooseDesign(request) {
	const groups = groupsOf(request);
	if (groups !== void 0) return {
		kind: "groups",
		codes: groups
	};
	const { challenger } = request;
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
function describeSeries(metric, values, series) {
	const { method, units } = series;
	const sign = metric.direction === "higher" ? 1 : -1;
	const shift = series.champion && subtract(series.challenger, series.champion, sign);
	const parts = {
		challenger: series.challenger,
		champion: series.champion,
		difference: shift
	};
	const estimates = {
		challenger: numberOf(values.challenger),
		champion: numberOf(values.champion),
		difference: values.difference ?? NaN
	};
	return {
		metric,
		...values,
		...shift && values.difference !== void 0 ? { pValue: bootstrapTwoSidedP(shift.replicates) } : {},
		method,
		intervalOf(what, confidence) {
			const chosen = parts[what];
			if (chosen === void 0) return unknown$1("there is no champion");
			const result = bootstrapInterval({
				estimate: estimates[what],
				...chosen,
				units,
				confidence
			});
			return result.defined ? known$1(result.interval, `bootstrap (${result.method})`) : result;
		}
	};
}
function numberOf(value) {
	return value?.defined ? value.value : NaN;
}
function subtract(challenger, champion, sign) {
	const apart = (left, right) => left.map((value, index) => sign * (value - right[index]));
	const replicates = apart(challenger.replicates, champion.replicates);
	if (challenger.jackknife === void 0 || champion.jackknife === void 0) return { replicates };
	return {
		replicates,
		jackknife: apart(challenger.jackknife, champion.jackknife)
	};
}

// src/core/comparison/estimate-metrics.ts
function estimateMetrics(request) {
	const isSame = request.champion !== void 0 && answerAlike(request.champion, request.challenger);
	const direct = new Map(request.metrics.flatMap((metric) => {
		const estimated = estimateDirectly(metric, request);
		return estimated === void 0 ? [] : [[metric, estimated]];
	}));
	const rest = request.metrics.filter((metric) => !direct.has(metric));
	const resampled = estimateByResampling(request, rest);
	return request.metrics.map((metric) => {
		const estimated = direct.get(metric) ?? resampled[rest.indexOf(metric)];
		if (isSame && estimated.difference !== void 0) return withoutDifference(estimated);
		if (metric.comparison !== "paired-mean" || direct.has(metric)) return estimated;
		const pValue = signFlipOf(metric, request);
		return pValue === void 0 ? estimated : {
			...estimated,
			pValue
		};
	});
}
function answerAlike(champion, challenger) {
	const before = Object.values(answersOf(champion));
	return Object.values(answersOf(challenger)).every((answers, index) => {
		const other = before[index];
		for (let row = 0; row < answers.length; row++) if (answers[row] !== other[row]) return false;
		return true;
	});
}
function answersOf(sample) {
	switch (sample.task) {
		case "binary-classification": return {
			probabilities: sample.probabilities,
			decisions: sample.decisions
		};
		case "multiclass-classification": return {
			probabilities: sample.probabilities,
			predicted: sample.predicted
		};
		case "regression": return { predictions: sample.predictions };
		case "ranking": return { scores: sample.scores };
	}
}
function withoutDifference(estimated) {
	return {
		...estimated,
		difference: 0,
		pValue: 1,
		method: "identical answers",
		intervalOf: (what, confidence) => what === "difference" ? known$1({
			low: 0,
			high: 0
		}, "identical answers") : estimated.intervalOf(what, confidence)
	};
}
function estimateDirectly(metric, request) {
	const { challenger, champion } = request;
	if (challenger.weights !== void 0) return void 0;
	switch (metric.comparison) {
		case "delong":
			if (challenger.task !== "binary-classification") return void 0;
			if (champion !== void 0 && champion.task !== "binary-classification") return void 0;
			return estimateByArea(metric, request, {
				challenger,
				...champion ? { champion } : {}
			});
		case "mcnemar": return countsOutcomes(metric, challenger) ? estimateByOutcomes(metric, request) : void 0;
		case "paired-mean": return isSkewed(metric, request) ? void 0 : estimateByMean(metric, request);
		case "influence": return estimateByInfluence(metric, request);
		case "bootstrap": return request.isPart === true ? estimateByInfluence(metric, request) : void 0;
	}
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
		...settleNotWorse(evidence, margin.value)
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
function settleNotWorse(evidence, margin) {
	const { precision, units } = evidence;
	if (precision === void 0) return {};
	const pilot = {
		rows: units,
		standardError: precision.standardError
	};
	const equal = rowsNeeded(pilot, margin, {
		confidence: precision.confidence,
		power: POWER
	});
	const seen = Math.abs((evidence.difference?.value ?? 0) + margin);
	return settle(evidence, equal > units ? margin : seen);
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
		...pValueOf(estimate, known),
		method: known.method ?? estimate.method
	};
}
function pValueOf({ pValue, pValueAlone }, { interval }) {
	return pValue !== void 0 && (interval !== void 0 || pValueAlone === true) ? { pValue } : {};
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

// src/core/comparison/slice-estimates.ts
const SLICE_REPLICATES = 400;
const known = /* @__PURE__ */ new WeakMap();
function estimateSlice({ input }, metricName, slice) {
	const rows = rowsOf(input, slice);
	const { sample, floor } = rows;
	const estimate = rows.estimates.get(metricName) ?? estimateOn(input, metricName, {
		slice,
		rows
	});
	if (estimate === void 0) return void 0;
	rows.estimates.set(metricName, estimate);
	return {
		estimate,
		sample,
		floor
	};
}
function rowsOf(input, slice) {
	const slices = known.get(input) ?? /* @__PURE__ */ new Map();
	known.set(input, slices);
	const found = slices.get(slice.name);
	if (found !== void 0) return found;
	const sample = takeSample(input.challenger, slice.rows);
	const groups = input.groups && takeValues(input.groups, slice.rows);
	const rows = {
		sample,
		champion: input.champion && takeSample(input.champion, slice.rows),
		groups,
		floor: checkGroups(sample, groups),
		estimates: /* @__PURE__ */ new Map()
	};
	slices.set(slice.name, rows);
	return rows;
}
function estimateOn(input, metricName, { slice, rows }) {
	const provided = input.provided?.find(({ whole }) => whole.metric.name === metricName);
	if (provided !== void 0) return provided.slices.get(slice.name);
	const metric = input.metrics.find((candidate) => candidate.name === metricName);
	if (metric === void 0) return void 0;
	const [estimate] = estimateMetrics({
		challenger: rows.sample,
		...rows.champion ? { champion: rows.champion } : {},
		...rows.groups ? { groups: rows.groups } : {},
		metrics: [metric],
		seed: input.seed,
		replicates: Math.min(input.replicates, SLICE_REPLICATES),
		isPart: true
	});
	return estimate;
}

// src/core/comparison/judge-slices.ts
function judgeSlices(context) {
	const { input } = context;
	const large = input.slices.filter(isLarge);
	const confidence = simultaneousConfidence(spentConfidence(DEFAULT_CONFIDENCE, input.holdoutUse), Math.max(1, large.length));
	return correctForNumber(input.slices.flatMap((slice) => describeSlice(context, slice, confidence) ?? []));
}
function isLarge(slice) {
	return slice.rows.length >= 50;
}
function describeSlice(context, slice, confidence) {
	const { primary, margins } = context.input.rules;
	const metric = context.estimates.find((estimate) => estimate.metric.name === primary)?.metric;
	if (metric === void 0) return void 0;
	const rows = {
		slice: slice.name,
		rows: slice.rows.length
	};
	if (!isLarge(slice)) {
		const { name, direction } = metric;
		return {
			...rows,
			name,
			direction,
			note: `fewer than ${50} rows`
		};
	}
	const found = estimateSlice(context, primary, slice);
	if (found === void 0) return void 0;
	const described = describeMetric(found.estimate, optionsOf(found, confidence, margins[primary]));
	return {
		...rows,
		...positivesOf(found.sample),
		...described
	};
}
function optionsOf({ sample, floor }, confidence, margin) {
	return {
		sample,
		confidence,
		...margin ? { margin } : {},
		...floor.refusal === void 0 ? {} : { refusal: floor.refusal }
	};
}
function correctForNumber(slices) {
	const tested = slices.filter((slice) => slice.difference?.pValue !== void 0);
	const pValues = tested.map((slice) => slice.difference.pValue);
	const familywise = holm(pValues);
	const discovery = benjaminiHochberg(pValues);
	return slices.map((slice) => {
		const position = tested.indexOf(slice);
		if (position < 0) return slice;
		const difference = {
			...slice.difference,
			pValue: familywise[position]
		};
		return {
			...slice,
			difference,
			falseDiscoveryRate: discovery[position]
		};
	});
}
function positivesOf(sample) {
	if (sample.task !== "binary-classification") return {};
	return { positives: sample.labels.reduce((total, label) => total + label, 0) };
}
function judgeSliceGate(context, gate, margin) {
	const judged = context.input.slices.filter((slice) => gate.slices === "all" || sliceMatches(slice.name, gate.slices)).filter(isLarge);
	const confidence = simultaneousConfidence(spentConfidence(gate.confidence, context.input.holdoutUse), judged.length);
	const decisions = judged.flatMap((slice) => {
		const found = estimateSlice(context, gate.metric, slice);
		if (found === void 0) return [];
		const evidence = gateEvidence(found.estimate, {
			...optionsOf(found, confidence, margin),
			units: found.floor.units
		});
		return [{
			name: slice.name,
			decision: evaluateGate(gate, evidence)
		}];
	});
	if (decisions.length === 0) return {
		outcome: "inconclusive",
		reason: `no slice has ${50} rows`
	};
	const decisive = decisions.find(({ decision }) => decision.outcome === "fail") ?? decisions.find(({ decision }) => decision.outcome === "inconclusive");
	if (decisive === void 0) return {
		outcome: "pass",
		reason: `holds on each of ${decisions.length} slices`
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