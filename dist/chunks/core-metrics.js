import { require_fastest_levenshtein } from "./vendor-fastest-levenshtein.js";
import { ascendingOrder, indexGroups, median, sum } from "./core-statistics.js";

// src/core/metrics/metric.ts
function sampleRowCount(sample) {
	switch (sample.task) {
		case "regression": return sample.targets.length;
		case "ranking": return sample.relevance.length;
		default: return sample.labels.length;
	}
}

// src/core/metrics/definition.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
function defineMetric(definition) {
	const { name, task, direction, needs, comparison } = definition;
	const { noInformation, rowValues } = definition;
	return {
		kind: "sample",
		name,
		task,
		direction,
		needs,
		comparison,
		compute: (sample) => computeValue(definition, ownSample(definition, sample)),
		prepare(sample) {
			const own = ownSample(definition, sample);
			const prepared = prepareChecked(definition, own);
			return "impossible" in prepared ? () => NaN : weighted(prepared.statistic, own.weights);
		},
		...noInformation && { noInformation: (sample) => noInformation(ownSample(definition, sample)) },
		...rowValues && { rowValues(sample) {
			const own = ownSample(definition, sample);
			const rows = rowValues(own);
			return "impossible" in rows ? new Float64Array(sampleRowCount(own)).fill(NaN) : rows.values;
		} }
	};
}
function preparedMean(rows) {
	if ("impossible" in rows) return rows;
	const { values, clippedRows } = rows;
	return {
		statistic: meanStatistic(values),
		...clippedRows !== void 0 && { clippedRows }
	};
}
const BLOCK = 256;
function meanStatistic(values) {
	return (multiplicities) => {
		let sum = 0;
		let lost = 0;
		let weight = 0;
		for (let start = 0; start < values.length; start += BLOCK) {
			const end = Math.min(values.length, start + BLOCK);
			let blockSum = 0;
			let blockWeight = 0;
			for (let row = start; row < end; row++) {
				const count = multiplicities[row];
				blockSum += count * values[row];
				blockWeight += count;
			}
			weight += blockWeight;
			const next = sum + blockSum;
			lost += Math.abs(sum) >= Math.abs(blockSum) ? sum - next + blockSum : blockSum - next + sum;
			sum = next;
		}
		return (sum + lost) / weight;
	};
}
function allFinite(values) {
	for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index])) return false;
	return true;
}
function allShares(values) {
	for (let index = 0; index < values.length; index++) {
		const value = values[index];
		if (!(value >= -1e-6 && value <= 1.000001)) return false;
	}
	return true;
}
function computeValue(definition, sample) {
	const prepared = prepareChecked(definition, sample);
	if ("impossible" in prepared) return {
		defined: false,
		reason: prepared.impossible
	};
	const { statistic, ...notes } = prepared;
	const once = new Float64Array(sampleRowCount(sample)).fill(1);
	const value = weighted(statistic, sample.weights)(once);
	return Number.isFinite(value) ? {
		defined: true,
		value,
		...notes
	} : {
		defined: false,
		reason: definition.undefinedWhen
	};
}
function prepareChecked(definition, sample) {
	if (sampleRowCount(sample) === 0) return { impossible: "there are no rows" };
	if (!numbersOf(sample).every(allFinite)) return { impossible: "a label or prediction is missing or not finite" };
	return definition.prepare(sample);
}
function numbersOf(sample) {
	switch (sample.task) {
		case "regression": return [sample.targets, sample.predictions];
		case "ranking": return [sample.relevance, sample.scores];
		default: return [sample.probabilities];
	}
}
function weighted(statistic, weights) {
	if (weights === void 0) return statistic;
	const product = new Float64Array(weights.length);
	return (multiplicities) => {
		for (let row = 0; row < product.length; row++) product[row] = multiplicities[row] * weights[row];
		return statistic(product);
	};
}
function ownSample(definition, sample) {
	if (sample.task !== definition.task) throw new TypeError(`${definition.name} of ${definition.task} was asked of a ${sample.task} sample`);
	return sample;
}

// src/core/metrics/weighting.ts
function weightedPrevalence(sample) {
	return weightedMean(Float64Array.from(sample.labels), sample.weights);
}
function weightedMean(values, weights) {
	if (weights === void 0) return sum(values) / values.length;
	return sum(values.map((value, row) => value * weights[row])) / sum(weights);
}
function classShares(labels, classCount, weights) {
	const shares = new Float64Array(classCount);
	let total = 0;
	for (let row = 0; row < labels.length; row++) {
		const weight = weights?.[row] ?? 1;
		shares[labels[row]] = shares[labels[row]] + weight;
		total += weight;
	}
	return shares.map((share) => share / total);
}
function weightedQuantile(values, weights, probability) {
	const total = weights === void 0 ? values.length : sum(weights);
	let passed = 0;
	for (const row of ascendingOrder(values)) {
		passed += weights?.[row] ?? 1;
		if (passed >= probability * total) return values[row];
	}
	return NaN;
}
function entropy(shares) {
	let total = 0;
	for (let index = 0; index < shares.length; index++) {
		const share = shares[index];
		if (share > 0) total -= share * Math.log(share);
	}
	return total;
}

// src/core/metrics/binary-decision-metrics.ts
const binaryAccuracy = rowMetric$1({
	name: "accuracy",
	direction: "higher",
	comparison: "mcnemar",
	rowValues: (sample) => ({ values: Float64Array.from(sample.labels, (label, row) => Number(label === sample.decisions[row])) }),
	noInformation(sample) {
		const prevalence = weightedPrevalence(sample);
		return Math.max(prevalence, 1 - prevalence);
	}
});
const expectedCost = rowMetric$1({
	name: "expected_cost",
	direction: "lower",
	comparison: "paired-mean",
	rowValues: rowCosts,
	noInformation(sample) {
		const constant = (decision) => {
			const rows = rowCosts({
				...sample,
				decisions: new Uint8Array(sample.labels.length).fill(decision)
			});
			return "impossible" in rows ? NaN : weightedMean(rows.values, sample.weights);
		};
		return Math.min(constant(0), constant(1));
	}
});
const binaryBalancedAccuracy = confusionMetric$1({
	name: "balanced_accuracy",
	undefinedWhen: "the rows hold only one class",
	noInformation: () => .5,
	of: (counts) => (recallOf(counts) + specificityOf(counts)) / 2
});
const f1 = confusionMetric$1({
	name: "f1",
	undefinedWhen: "there are neither positive rows nor positive decisions",
	of: ({ truePositives, falsePositives, falseNegatives }) => 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives)
});
const precision = confusionMetric$1({
	name: "precision",
	undefinedWhen: "there are no positive decisions",
	of: ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives)
});
const recall = confusionMetric$1({
	name: "recall",
	undefinedWhen: "there are no positive rows",
	of: recallOf
});
const specificity = confusionMetric$1({
	name: "specificity",
	undefinedWhen: "there are no negative rows",
	of: specificityOf
});
const binaryMatthews = confusionMetric$1({
	name: "matthews_corrcoef",
	undefinedWhen: "the rows hold only one class",
	noInformation: () => 0,
	of({ truePositives, falsePositives, trueNegatives, falseNegatives }) {
		const positives = truePositives + falseNegatives;
		const negatives = trueNegatives + falsePositives;
		const chosen = truePositives + falsePositives;
		const rejected = trueNegatives + falseNegatives;
		if (positives === 0 || negatives === 0) return NaN;
		if (chosen === 0 || rejected === 0) return 0;
		return (truePositives * trueNegatives - falsePositives * falseNegatives) / (Math.sqrt(chosen * positives) * Math.sqrt(negatives * rejected));
	}
});
function rowMetric$1(definition) {
	return defineMetric({
		...definition,
		task: "binary-classification",
		needs: "decisions",
		undefinedWhen: "all weights are zero",
		prepare: (sample) => preparedMean(definition.rowValues(sample))
	});
}
function confusionMetric$1(definition) {
	const { of, ...rest } = definition;
	return defineMetric({
		...rest,
		task: "binary-classification",
		direction: "higher",
		needs: "decisions",
		comparison: "bootstrap",
		prepare: ({ labels, decisions }) => ({ statistic: (multiplicities) => of(countOutcomes(labels, decisions, multiplicities)) })
	});
}
function countOutcomes(labels, decisions, multiplicities) {
	let all = 0;
	let positives = 0;
	let chosen = 0;
	let truePositives = 0;
	for (let row = 0; row < labels.length; row++) {
		const count = multiplicities[row];
		all += count;
		positives += count * labels[row];
		chosen += count * decisions[row];
		truePositives += count * (labels[row] & decisions[row]);
	}
	const falsePositives = chosen - truePositives;
	const falseNegatives = positives - truePositives;
	return {
		truePositives,
		falsePositives,
		falseNegatives,
		trueNegatives: all - positives - falsePositives
	};
}
function recallOf({ truePositives, falseNegatives }) {
	return truePositives / (truePositives + falseNegatives);
}
function specificityOf({ trueNegatives, falsePositives }) {
	return trueNegatives / (trueNegatives + falsePositives);
}
function rowCosts(sample) {
	const { labels, decisions, falsePositiveCost, falseNegativeCost } = sample;
	if (falsePositiveCost === void 0 || falseNegativeCost === void 0) return { impossible: "no costs of false positives and false negatives are given" };
	const values = new Float64Array(labels.length);
	for (let row = 0; row < labels.length; row++) {
		if (labels[row] === decisions[row]) continue;
		const cost = decisions[row] === 1 ? falsePositiveCost : falseNegativeCost;
		values[row] = typeof cost === "number" ? cost : cost[row];
		if (!Number.isFinite(values[row])) return { impossible: "a cost is missing or not finite" };
	}
	return { values };
}

// src/core/metrics/binary-probability-metrics.ts
const SMALLEST_PROBABILITY = Number.EPSILON;
const CALIBRATION_BINS = 15;
const NOT_SHARES = "a probability lies outside 0 … 1";
const NO_WEIGHT$2 = "all weights are zero";
const binaryLogLoss = defineMetric({
	name: "log_loss",
	task: "binary-classification",
	direction: "lower",
	needs: "probabilities",
	comparison: "paired-mean",
	undefinedWhen: NO_WEIGHT$2,
	prepare: (sample) => preparedMean(rowLogLosses$1(sample)),
	rowValues: rowLogLosses$1,
	noInformation(sample) {
		const prevalence = weightedPrevalence(sample);
		return entropy([prevalence, 1 - prevalence]);
	}
});
const brierScore = defineMetric({
	name: "brier_score",
	task: "binary-classification",
	direction: "lower",
	needs: "probabilities",
	comparison: "paired-mean",
	undefinedWhen: NO_WEIGHT$2,
	prepare: (sample) => preparedMean(rowBrierScores(sample)),
	rowValues: rowBrierScores,
	noInformation(sample) {
		const prevalence = weightedPrevalence(sample);
		return prevalence * (1 - prevalence);
	}
});
const expectedCalibrationError = defineMetric({
	name: "expected_calibration_error",
	task: "binary-classification",
	direction: "lower",
	needs: "probabilities",
	comparison: "bootstrap",
	undefinedWhen: NO_WEIGHT$2,
	prepare: (sample) => prepareCalibrationError(sample, CALIBRATION_BINS)
});
function prepareCalibrationError(sample, bins) {
	const { probabilities, labels } = sample;
	if (!allShares(probabilities)) return { impossible: NOT_SHARES };
	const rows = ascendingOrder(probabilities);
	const gaps = Float64Array.from(rows, (row) => probabilities[row] - labels[row]);
	const whole = sample.weights === void 0;
	return { statistic: (multiplicities) => calibrationError({
		rows,
		gaps,
		bins,
		whole
	}, multiplicities) };
}
function calibrationError(plan, multiplicities) {
	const { rows, gaps, bins, whole } = plan;
	let all = 0;
	for (let row = 0; row < rows.length; row++) all += multiplicities[row];
	const size = whole ? Math.floor(all / bins) : all / bins;
	const larger = whole ? all % bins : 0;
	const negligible = whole ? 0 : size * 1e-9;
	let bin = 0;
	let room = size + (bin < larger ? 1 : 0);
	let gap = 0;
	let sum = 0;
	for (let index = 0; index < rows.length; index++) {
		let count = multiplicities[rows[index]];
		while (count > room + negligible && bin < bins - 1) {
			sum += Math.abs(gap + room * gaps[index]);
			count -= room;
			bin++;
			room = size + (bin < larger ? 1 : 0);
			gap = 0;
		}
		gap += count * gaps[index];
		room -= count;
	}
	return (sum + Math.abs(gap)) / all;
}
function rowLogLosses$1({ labels, probabilities }) {
	if (!allShares(probabilities)) return { impossible: NOT_SHARES };
	let clippedRows = 0;
	return {
		values: Float64Array.from(labels, (label, row) => {
			const probability = label === 1 ? probabilities[row] : 1 - probabilities[row];
			if (probability >= SMALLEST_PROBABILITY) return -Math.log(Math.min(probability, 1 - SMALLEST_PROBABILITY));
			clippedRows++;
			return -Math.log(SMALLEST_PROBABILITY);
		}),
		clippedRows
	};
}
function rowBrierScores({ labels, probabilities }) {
	if (!allShares(probabilities)) return { impossible: NOT_SHARES };
	return { values: Float64Array.from(labels, (label, row) => (probabilities[row] - label) ** 2) };
}

// src/core/metrics/score-order.ts
function orderByScore(scores, isPositive) {
	const rows = ascendingOrder(scores).reverse();
	const positive = new Uint8Array(rows.length);
	const closesTie = new Uint8Array(rows.length);
	for (let index = 0; index < rows.length; index++) {
		const row = rows[index];
		positive[index] = isPositive(row) ? 1 : 0;
		closesTie[index] = index + 1 === rows.length || scores[rows[index + 1]] !== scores[row] ? 1 : 0;
	}
	return {
		rows,
		positive,
		closesTie
	};
}
function areaUnderCurve(order, multiplicities) {
	const { rows, positive, closesTie } = order;
	let positives = 0;
	let negatives = 0;
	let area = 0;
	let tiedPositives = 0;
	let tied = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		tied += count;
		tiedPositives += count * positive[index];
		if (closesTie[index] === 1) {
			const tiedNegatives = tied - tiedPositives;
			area += tiedNegatives * (positives + tiedPositives / 2);
			positives += tiedPositives;
			negatives += tiedNegatives;
			tiedPositives = 0;
			tied = 0;
		}
	}
	return area / (positives * negatives);
}
function averagePrecision(order, multiplicities) {
	const { rows, positive, closesTie } = order;
	let positives = 0;
	let selected = 0;
	let sum = 0;
	let tiedPositives = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		selected += count;
		tiedPositives += count * positive[index];
		if (closesTie[index] === 1 && tiedPositives > 0) {
			positives += tiedPositives;
			sum += tiedPositives * positives / selected;
			tiedPositives = 0;
		}
	}
	return sum / positives;
}
function classTotals(order, multiplicities) {
	const { rows, positive } = order;
	let positives = 0;
	let all = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		all += count;
		positives += count * positive[index];
	}
	return {
		positives,
		negatives: all - positives
	};
}

// src/core/metrics/binary-rank-metrics.ts
const ONE_CLASS = "the rows hold only one class";
const ROUNDING = 1e-12;
const rocAuc = rankMetric({
	name: "roc_auc",
	comparison: "delong",
	undefinedWhen: ONE_CLASS,
	noInformation: () => .5,
	sweep: areaUnderCurve
});
const averagePrecisionMetric = rankMetric({
	name: "average_precision",
	undefinedWhen: "there are no positive rows",
	noInformation: weightedPrevalence,
	sweep: averagePrecision
});
const ksStatistic = rankMetric({
	name: "ks_statistic",
	undefinedWhen: ONE_CLASS,
	noInformation: () => 0,
	sweep: largestRateGap
});
function recallAtFalsePositiveRate(name, limit) {
	return rankMetric({
		name,
		undefinedWhen: ONE_CLASS,
		sweep: (order, multiplicities) => recallWithinRate(order, multiplicities, limit)
	});
}
function precisionAtRecall(name, limit) {
	return rankMetric({
		name,
		undefinedWhen: "there are no positive rows",
		noInformation: weightedPrevalence,
		sweep: (order, multiplicities) => precisionFromRecall(order, multiplicities, limit)
	});
}
function rankMetric(definition) {
	const { name, comparison = "bootstrap", undefinedWhen, noInformation, sweep } = definition;
	return defineMetric({
		name,
		task: "binary-classification",
		direction: "higher",
		needs: "probabilities",
		comparison,
		undefinedWhen,
		prepare(sample) {
			const order = scoreOrderOf(sample);
			const statistic = (multiplicities) => sweep(order, multiplicities);
			return { statistic };
		},
		...noInformation && { noInformation }
	});
}
const knownOrders = /* @__PURE__ */ new WeakMap();
function scoreOrderOf(sample) {
	const known = knownOrders.get(sample);
	if (known !== void 0) return known;
	const order = orderByScore(sample.probabilities, (row) => sample.labels[row] === 1);
	knownOrders.set(sample, order);
	return order;
}
function largestRateGap(order, multiplicities) {
	const { rows, positive, closesTie } = order;
	const { positives, negatives } = classTotals(order, multiplicities);
	if (positives === 0 || negatives === 0) return NaN;
	let truePositives = 0;
	let selected = 0;
	let largest = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		selected += count;
		truePositives += count * positive[index];
		if (closesTie[index] === 1) {
			const gap = Math.abs(truePositives / positives - (selected - truePositives) / negatives);
			if (gap > largest) largest = gap;
		}
	}
	return largest;
}
function recallWithinRate(order, multiplicities, limit) {
	const { rows, positive, closesTie } = order;
	const { positives, negatives } = classTotals(order, multiplicities);
	if (positives === 0 || negatives === 0) return NaN;
	let truePositives = 0;
	let selected = 0;
	let recalled = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		selected += count;
		truePositives += count * positive[index];
		if (closesTie[index] === 0) continue;
		if ((selected - truePositives) / negatives > limit + ROUNDING) break;
		recalled = truePositives;
	}
	return recalled / positives;
}
function precisionFromRecall(order, multiplicities, limit) {
	const { rows, positive, closesTie } = order;
	const { positives } = classTotals(order, multiplicities);
	if (positives === 0) return NaN;
	let truePositives = 0;
	let selected = 0;
	let highest = 0;
	for (let index = 0; index < rows.length; index++) {
		const count = multiplicities[rows[index]];
		selected += count;
		truePositives += count * positive[index];
		if (closesTie[index] === 1 && truePositives / positives >= limit - ROUNDING) highest = Math.max(highest, truePositives / selected);
	}
	return highest;
}

// src/core/metrics/multiclass-metrics.ts
const FOREIGN_CLASS = "a label or a predicted class is not among the classes of the model";
const NO_WEIGHT$1 = "all weights are zero";
const multiclassAccuracy = defineMetric({
	name: "accuracy",
	task: "multiclass-classification",
	direction: "higher",
	needs: "decisions",
	comparison: "mcnemar",
	undefinedWhen: NO_WEIGHT$1,
	prepare: (sample) => preparedMean(rowHits(sample)),
	rowValues: rowHits,
	noInformation: ({ labels, classCount, weights }) => Math.max(...classShares(labels, classCount, weights))
});
const multiclassBalancedAccuracy = confusionMetric({
	name: "balanced_accuracy",
	undefinedWhen: NO_WEIGHT$1,
	noInformation: ({ labels, classCount, weights }) => 1 / classShares(labels, classCount, weights).filter((share) => share > 0).length,
	of: ({ hits, support, classCount }) => {
		let recalls = 0;
		let present = 0;
		for (let code = 0; code < classCount; code++) {
			if (support[code] === 0) continue;
			recalls += hits[code] / support[code];
			present++;
		}
		return recalls / present;
	}
});
const f1Macro = confusionMetric({
	name: "f1_macro",
	undefinedWhen: NO_WEIGHT$1,
	of: ({ hits, support, chosen, classCount }) => {
		let sum = 0;
		let present = 0;
		for (let code = 0; code < classCount; code++) {
			const size = support[code] + chosen[code];
			if (size === 0) continue;
			sum += 2 * hits[code] / size;
			present++;
		}
		return sum / present;
	}
});
const f1Weighted = confusionMetric({
	name: "f1_weighted",
	undefinedWhen: NO_WEIGHT$1,
	of: ({ hits, support, chosen, classCount, all }) => {
		let sum = 0;
		for (let code = 0; code < classCount; code++) {
			if (support[code] === 0) continue;
			sum += support[code] * 2 * hits[code] / (support[code] + chosen[code]);
		}
		return sum / all;
	}
});
const multiclassMatthews = confusionMetric({
	name: "matthews_corrcoef",
	undefinedWhen: "the rows hold only one class",
	noInformation: () => 0,
	of: ({ hits, support, chosen, classCount, all }) => {
		let right = 0;
		let products = 0;
		let chosenSquares = 0;
		let supportSquares = 0;
		for (let code = 0; code < classCount; code++) {
			right += hits[code];
			products += support[code] * chosen[code];
			chosenSquares += chosen[code] ** 2;
			supportSquares += support[code] ** 2;
		}
		const square = all * all;
		if (supportSquares === square) return NaN;
		if (chosenSquares === square) return 0;
		return (right * all - products) / Math.sqrt((square - chosenSquares) * (square - supportSquares));
	}
});
const multiclassLogLoss = defineMetric({
	name: "log_loss",
	task: "multiclass-classification",
	direction: "lower",
	needs: "probabilities",
	comparison: "paired-mean",
	undefinedWhen: NO_WEIGHT$1,
	prepare: (sample) => preparedMean(rowLogLosses(sample)),
	rowValues: rowLogLosses,
	noInformation: ({ labels, classCount, weights }) => entropy(classShares(labels, classCount, weights))
});
const rocAucOneVersusRest = defineMetric({
	name: "roc_auc_ovr",
	task: "multiclass-classification",
	direction: "higher",
	needs: "probabilities",
	comparison: "bootstrap",
	undefinedWhen: "the rows hold only one class",
	prepare: prepareOneVersusRest,
	noInformation: () => .5
});
function topKAccuracy(name, k) {
	const rowValues = (sample) => rowTopHits(sample, k);
	return defineMetric({
		name,
		task: "multiclass-classification",
		direction: "higher",
		needs: "probabilities",
		comparison: "paired-mean",
		undefinedWhen: NO_WEIGHT$1,
		prepare: (sample) => preparedMean(rowValues(sample)),
		rowValues
	});
}
function confusionMetric(definition) {
	const { of, ...rest } = definition;
	return defineMetric({
		...rest,
		task: "multiclass-classification",
		direction: "higher",
		needs: "decisions",
		comparison: "bootstrap",
		prepare(sample) {
			if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
			return { statistic: (multiplicities) => of(countByClass(sample, multiplicities)) };
		}
	});
}
function countByClass(sample, multiplicities) {
	const { labels, predicted, classCount } = sample;
	const support = new Float64Array(classCount);
	const chosen = new Float64Array(classCount);
	const hits = new Float64Array(classCount);
	let all = 0;
	for (let row = 0; row < labels.length; row++) {
		const count = multiplicities[row];
		const label = labels[row];
		const prediction = predicted[row];
		all += count;
		support[label] = support[label] + count;
		chosen[prediction] = chosen[prediction] + count;
		if (label === prediction) hits[label] = hits[label] + count;
	}
	return {
		classCount,
		all,
		support,
		chosen,
		hits
	};
}
function prepareOneVersusRest(sample) {
	if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
	const { labels, classCount, probabilities } = sample;
	const shares = classShares(labels, classCount, sample.weights);
	const codes = Array.from({ length: classCount }, (_, code) => code);
	const usable = codes.filter((code) => shares[code] > 0 && shares[code] < 1);
	const leftOutClasses = codes.filter((code) => !usable.includes(code));
	const orders = usable.map((code) => {
		const scores = Float64Array.from(labels, (_, row) => probabilities[row * classCount + code]);
		return orderByScore(scores, (row) => labels[row] === code);
	});
	const statistic = (multiplicities) => {
		let sum = 0;
		let defined = 0;
		for (const order of orders) {
			const area = areaUnderCurve(order, multiplicities);
			if (Number.isNaN(area)) continue;
			sum += area;
			defined++;
		}
		return sum / defined;
	};
	return leftOutClasses.length === 0 ? { statistic } : {
		statistic,
		leftOutClasses
	};
}
function rowHits(sample) {
	if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
	const { labels, predicted } = sample;
	return { values: Float64Array.from(labels, (label, row) => Number(label === predicted[row])) };
}
function rowLogLosses(sample) {
	if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
	const { labels, probabilities, classCount } = sample;
	if (!allShares(probabilities)) return { impossible: "a probability lies outside 0 … 1" };
	let clippedRows = 0;
	const values = new Float64Array(labels.length);
	for (let row = 0; row < labels.length; row++) {
		let total = 0;
		for (let code = 0; code < classCount; code++) total += probabilities[row * classCount + code];
		if (total === 0) return { impossible: "a row has no probability for any class" };
		const probability = probabilities[row * classCount + labels[row]] / total;
		if (probability < SMALLEST_PROBABILITY) clippedRows++;
		values[row] = -Math.log(Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability)));
	}
	return {
		values,
		clippedRows
	};
}
function rowTopHits(sample, k) {
	if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
	const { labels, probabilities, classCount } = sample;
	const values = new Float64Array(labels.length);
	for (let row = 0; row < labels.length; row++) {
		const own = probabilities[row * classCount + labels[row]];
		let greater = 0;
		let equal = 0;
		for (let code = 0; code < classCount; code++) {
			const other = probabilities[row * classCount + code];
			if (other > own) greater++;
			else if (other === own) equal++;
		}
		values[row] = Math.min(1, Math.max(0, (k - greater) / equal));
	}
	return { values };
}
function classesKnown({ labels, predicted, classCount }) {
	const known = (code) => code >= 0 && code < classCount;
	return labels.every(known) && predicted.every(known);
}

// src/core/metrics/ranking-metrics.ts
function normalisedGain(name, places) {
	return defineMetric({
		name,
		task: "ranking",
		direction: "higher",
		needs: "queries",
		comparison: "bootstrap",
		undefinedWhen: "no query holds a relevant row",
		prepare: (sample) => prepareGain(sample, places),
		noInformation(sample) {
			const prepared = prepareGain({
				...sample,
				scores: new Float64Array(sample.scores.length)
			}, places);
			if ("impossible" in prepared) return NaN;
			return prepared.statistic(sample.weights ?? new Float64Array(sample.scores.length).fill(1));
		}
	});
}
function prepareGain(sample, places) {
	if (sample.relevance.some((gain) => gain < 0)) return { impossible: "a relevance is negative" };
	const firstRows = [];
	const values = [];
	for (const rows of rowsByQuery(sample.queries)) {
		const ideal = discountedGain(rows, sample.relevance, {
			scores: sample.relevance,
			places
		});
		if (ideal === 0) continue;
		firstRows.push(rows[0]);
		values.push(discountedGain(rows, sample.relevance, {
			scores: sample.scores,
			places
		}) / ideal);
	}
	const statistic = (multiplicities) => {
		let sum = 0;
		let queries = 0;
		for (let query = 0; query < values.length; query++) {
			const count = multiplicities[firstRows[query]];
			sum += count * values[query];
			queries += count;
		}
		return sum / queries;
	};
	return { statistic };
}
function rowsByQuery(queries) {
	const { groupCount, groupOfRow } = indexGroups(queries);
	const rows = Array.from({ length: groupCount }, () => []);
	for (let row = 0; row < groupOfRow.length; row++) rows[groupOfRow[row]].push(row);
	return rows;
}
function discountedGain(rows, gains, by) {
	const order = [...rows].sort((left, right) => by.scores[right] - by.scores[left]);
	const places = Math.min(order.length, by.places ?? order.length);
	let total = 0;
	let start = 0;
	while (start < places) {
		const score = by.scores[order[start]];
		let end = start;
		let gain = 0;
		while (end < order.length && by.scores[order[end]] === score) gain += gains[order[end++]];
		let discounts = 0;
		for (let place = start; place < Math.min(end, places); place++) discounts += 1 / Math.log2(place + 2);
		total += gain / (end - start) * discounts;
		start = end;
	}
	return total;
}

// src/core/metrics/regression-metrics.ts
const NEAR_ZERO = 1e-6;
const NO_SPREAD = 1e-12;
const NO_WEIGHT = "all weights are zero";
const rmse = regressionMetric({
	name: "rmse",
	prepare({ targets, predictions }) {
		const meanSquare = meanStatistic(targets.map((target, row) => (target - predictions[row]) ** 2));
		return { statistic: (multiplicities) => Math.sqrt(meanSquare(multiplicities)) };
	},
	noInformation({ targets, weights }) {
		const centre = weightedMean(targets, weights);
		const squares = targets.map((target) => (target - centre) ** 2);
		return Math.sqrt(weightedMean(squares, weights));
	}
});
const mae = rowMetric("mae", {
	rowValues: ({ targets, predictions }) => ({ values: targets.map((target, row) => Math.abs(target - predictions[row])) }),
	noInformation: ({ targets, weights }) => 2 * constantPinball({
		targets,
		weights
	}, .5)
});
const medianAbsoluteError = regressionMetric({
	name: "median_absolute_error",
	prepare: ({ targets, predictions }) => ({ statistic: medianStatistic(targets.map((target, row) => Math.abs(target - predictions[row]))) })
});
const r2 = regressionMetric({
	name: "r2",
	direction: "higher",
	undefinedWhen: "all targets are equal",
	prepare: prepareDetermination,
	noInformation: () => 0
});
const mape = rowMetric("mape", { rowValues({ targets, predictions }) {
	const sizes = targets.map(Math.abs);
	const smallest = sizes.reduce((low, size) => Math.min(low, size), Number.POSITIVE_INFINITY);
	if (smallest === 0 || smallest < NEAR_ZERO * median(sizes)) return { impossible: "a target is zero or nearly so, which a relative error cannot bear: use wape" };
	return { values: targets.map((target, row) => Math.abs(target - predictions[row]) / sizes[row]) };
} });
const wape = regressionMetric({
	name: "wape",
	undefinedWhen: "all targets are zero",
	prepare({ targets, predictions }) {
		const meanError = meanStatistic(targets.map((target, row) => Math.abs(target - predictions[row])));
		const meanSize = meanStatistic(targets.map(Math.abs));
		return { statistic: (multiplicities) => meanError(multiplicities) / meanSize(multiplicities) };
	}
});
const smape = rowMetric("smape", { rowValues: ({ targets, predictions }) => ({ values: targets.map((target, row) => {
	const size = Math.abs(target) + Math.abs(predictions[row]);
	return size === 0 ? 0 : 2 * Math.abs(target - predictions[row]) / size;
}) }) });
const poissonDeviance = rowMetric("poisson_deviance", {
	rowValues({ targets, predictions }) {
		if (targets.some((target) => target < 0)) return { impossible: "a target is negative" };
		if (predictions.some((prediction) => prediction <= 0)) return { impossible: "a prediction is not positive" };
		return { values: targets.map((target, row) => poissonDevianceOf(target, predictions[row])) };
	},
	noInformation({ targets, weights }) {
		const centre = weightedMean(targets, weights);
		return weightedMean(targets.map((target) => poissonDevianceOf(target, centre)), weights);
	}
});
function pinball(name, probability) {
	return rowMetric(name, {
		rowValues: ({ targets, predictions }) => ({ values: targets.map((target, row) => pinballOf(target - predictions[row], probability)) }),
		noInformation: ({ targets, weights }) => constantPinball({
			targets,
			weights
		}, probability)
	});
}
function regressionMetric(definition) {
	return defineMetric({
		direction: "lower",
		undefinedWhen: NO_WEIGHT,
		...definition,
		task: "regression",
		needs: "values",
		comparison: "bootstrap"
	});
}
function rowMetric(name, definition) {
	return defineMetric({
		...definition,
		name,
		task: "regression",
		direction: "lower",
		needs: "values",
		comparison: "paired-mean",
		undefinedWhen: NO_WEIGHT,
		prepare: (sample) => preparedMean(definition.rowValues(sample))
	});
}
function medianStatistic(values) {
	const rows = ascendingOrder(values);
	return (multiplicities) => {
		let all = 0;
		for (let row = 0; row < rows.length; row++) all += multiplicities[row];
		let passed = 0;
		for (let index = 0; index < rows.length; index++) {
			passed += multiplicities[rows[index]];
			if (passed > all / 2) return values[rows[index]];
			if (passed === all / 2 && passed > 0) return middleOf(index, multiplicities);
		}
		return NaN;
	};
	function middleOf(index, multiplicities) {
		let next = index + 1;
		while (multiplicities[rows[next]] === 0) next++;
		return (values[rows[index]] + values[rows[next]]) / 2;
	}
}
function prepareDetermination({ targets, predictions, weights }) {
	const centre = weightedMean(targets, weights);
	const centred = targets.map((target) => target - centre);
	const meanError = meanStatistic(targets.map((target, row) => (target - predictions[row]) ** 2));
	const meanCentred = meanStatistic(centred);
	const meanSquare = meanStatistic(centred.map((value) => value * value));
	return { statistic(multiplicities) {
		const square = meanSquare(multiplicities);
		const spread = square - meanCentred(multiplicities) ** 2;
		return spread <= NO_SPREAD * square ? NaN : 1 - meanError(multiplicities) / spread;
	} };
}
function pinballOf(error, probability) {
	return Math.max(probability * error, (probability - 1) * error);
}
function constantPinball(sample, probability) {
	const constant = weightedQuantile(sample.targets, sample.weights, probability);
	const losses = sample.targets.map((target) => pinballOf(target - constant, probability));
	return weightedMean(losses, sample.weights);
}
function poissonDevianceOf(target, prediction) {
	return 2 * ((target === 0 ? 0 : target * Math.log(target / prediction)) - target + prediction);
}

// src/core/metrics/registry.ts
const measured = [{
	kind: "measured",
	name: "latency_p95_ms",
	direction: "lower"
}, {
	kind: "measured",
	name: "size_bytes",
	direction: "lower"
}];
const SHARE = "a share from 0 to 1";
const COUNT = "a whole number from 1";
const metricsOfTask = {
	"binary-classification": {
		fixed: [
			rocAuc,
			averagePrecisionMetric,
			binaryLogLoss,
			brierScore,
			binaryAccuracy,
			binaryBalancedAccuracy,
			f1,
			precision,
			recall,
			specificity,
			binaryMatthews,
			ksStatistic,
			expectedCalibrationError,
			expectedCost
		],
		families: [{
			pattern: "recall_at_fpr_<x>",
			parameter: SHARE,
			accepts: isShare,
			create: recallAtFalsePositiveRate
		}, {
			pattern: "precision_at_recall_<x>",
			parameter: SHARE,
			accepts: isShare,
			create: precisionAtRecall
		}]
	},
	"multiclass-classification": {
		fixed: [
			multiclassAccuracy,
			multiclassBalancedAccuracy,
			f1Macro,
			f1Weighted,
			multiclassLogLoss,
			rocAucOneVersusRest,
			multiclassMatthews
		],
		families: [{
			pattern: "top_<k>_accuracy",
			parameter: COUNT,
			accepts: isCount,
			create: topKAccuracy
		}]
	},
	regression: {
		fixed: [
			rmse,
			mae,
			medianAbsoluteError,
			r2,
			mape,
			wape,
			smape,
			poissonDeviance
		],
		families: [{
			pattern: "pinball_<q>",
			parameter: "a probability between 0 and 1",
			accepts: (value) => value > 0 && value < 1,
			create: pinball
		}]
	},
	ranking: {
		fixed: [normalisedGain("ndcg")],
		families: [{
			pattern: "ndcg_at_<k>",
			parameter: COUNT,
			accepts: isCount,
			create: normalisedGain
		}]
	}
};
function metricNames(task) {
	const { fixed, families } = metricsOfTask[task];
	return [
		...fixed.map((metric) => metric.name),
		...families.map((family) => family.pattern),
		...measured.map((metric) => metric.name)
	];
}
function findMetric(task, name) {
	const { fixed, families } = metricsOfTask[task];
	const plain = [...fixed, ...measured].find((metric) => metric.name === name);
	if (plain !== void 0) return {
		found: true,
		metric: plain
	};
	const allowed = metricNames(task);
	const nearest = nearestName(name, allowed);
	for (const family of families) {
		const value = parameterOf(name, family.pattern);
		if (value === void 0) continue;
		if (family.accepts(value)) return {
			found: true,
			metric: family.create(name, value)
		};
		return {
			found: false,
			reason: `the number in ${name} has to be ${family.parameter}`,
			nearest: family.pattern,
			allowed
		};
	}
	return {
		found: false,
		reason: `${task} has no metric ${name}`,
		nearest,
		allowed
	};
}
function isShare(value) {
	return value >= 0 && value <= 1;
}
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 1;
}
function parameterOf(name, pattern) {
	const [before = "", after = ""] = pattern.split(/<.>/);
	if (!name.startsWith(before) || !name.endsWith(after)) return void 0;
	const text = name.slice(before.length, name.length - after.length);
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) : void 0;
}
function nearestName(name, allowed) {
	const number = /\d+(\.\d+)?/.exec(name)?.[0];
	if (number === void 0) return (0, import_fastest_levenshtein.closest)(name, allowed);
	return (0, import_fastest_levenshtein.closest)(name, allowed.map((pattern) => pattern.replace(/<.>/, number)));
}

export { findMetric, sampleRowCount };