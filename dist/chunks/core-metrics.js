import { ascendingOrder, indexGroups, influenceOnArea, mean, median, sum } from "./core-statistics.js";
import { require_fastest_levenshtein } from "./vendor-fastest-levenshtein.js";

// src/core/metrics/metric.ts
function sampleRowCount(sample) {
	switch (sample.task) {
		case "regression": return sample.targets.length;
		case "ranking": return sample.relevance.length;
		default: return sample.labels.length;
	}
}

// src/core/metrics/definition.ts
function defineMetric(definition) {
	const { name, task, direction, needs, comparison } = definition;
	const { noInformation, rowValues, outcomes } = definition;
	const influence = definition.influence ?? (rowValues && meanInfluence(rowValues));
	const { pass, limits } = definition;
	const isDefined = (sample) => !("impossible" in prepareChecked(definition, sample));
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
		...pass && { pass },
		...limits && { limits: (sample) => limits(ownSample(definition, sample)) },
		...noInformation && { noInformation: (sample) => noInformation(ownSample(definition, sample)) },
		...rowValues && { rowValues(sample) {
			const own = ownSample(definition, sample);
			const rows = rowValues(own);
			return "impossible" in rows ? new Float64Array(sampleRowCount(own)).fill(NaN) : rows.values;
		} },
		...outcomes && { outcomes(sample) {
			const own = ownSample(definition, sample);
			return isDefined(own) ? outcomes(own) : void 0;
		} },
		...influence && { influence(sample) {
			const own = ownSample(definition, sample);
			if (own.weights !== void 0 || !isDefined(own)) return void 0;
			const values = influence(own);
			return allFinite(values) ? values : void 0;
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
function meanInfluence(rowValues) {
	return (sample) => {
		const rows = rowValues(sample);
		if ("impossible" in rows) return new Float64Array(sampleRowCount(sample)).fill(NaN);
		return influenceOfMean(rows.values);
	};
}
function influenceOfMean(values) {
	const centre = mean(values);
	return values.map((value) => (value - centre) / values.length);
}
const STEP = 1e-6;
function influenceOfCells(counts, statistic) {
	const total = sum(counts);
	const shares = counts.map((count) => count / total);
	return counts.map((count, cell) => {
		if (count === 0) return 0;
		const share = shares[cell];
		const step = Math.min(STEP, share / 2);
		shares[cell] = share + step;
		const above = statistic(shares);
		shares[cell] = share - step;
		const below = statistic(shares);
		shares[cell] = share;
		return (above - below) / (2 * step * total);
	});
}
const BLOCK$1 = 256;
function meanStatistic(values) {
	return (multiplicities) => {
		let sum = 0;
		let lost = 0;
		let weight = 0;
		for (let start = 0; start < values.length; start += BLOCK$1) {
			const end = Math.min(values.length, start + BLOCK$1);
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

// src/core/metrics/ranking-metrics.ts
function normalisedGain(name, places) {
	return defineMetric({
		name,
		task: "ranking",
		direction: "higher",
		needs: "queries",
		comparison: "influence",
		undefinedWhen: "no query holds a relevant row",
		prepare: (sample) => prepareGain(sample, places),
		influence: (sample) => influenceOnGain(sample, places),
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
function informativeRows({ queries, relevance }) {
	const informative = /* @__PURE__ */ new Set();
	for (let row = 0; row < queries.length; row++) if (relevance[row] > 0) informative.add(queries[row]);
	return Uint8Array.from(queries, (query, row) => Number(query === -1 ? relevance[row] > 0 : informative.has(query)));
}
function influenceOnGain(sample, places) {
	const { firstRows, values } = gainsByQuery(sample, places);
	const influence = new Float64Array(sample.scores.length);
	influenceOfMean(Float64Array.from(values)).forEach((value, query) => {
		influence[firstRows[query]] = value;
	});
	return influence;
}
function gainsByQuery(sample, places) {
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
	return {
		firstRows,
		values
	};
}
function prepareGain(sample, places) {
	if (sample.relevance.some((gain) => gain < 0)) return { impossible: "a relevance is negative" };
	const { firstRows, values } = gainsByQuery(sample, places);
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

// src/core/metrics/weighting.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
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
const MINIMUM_DECISIONS = 30;
const binaryAccuracy = rowMetric$1({
	name: "accuracy",
	direction: "higher",
	comparison: "mcnemar",
	rowValues: (sample) => ({ values: Float64Array.from(sample.labels, (label, row) => Number(label === sample.decisions[row])) }),
	outcomes: ({ labels, decisions }) => ({ right: Uint8Array.from(labels, (label, row) => Number(label === decisions[row])) }),
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
	of: ({ truePositives, falsePositives, falseNegatives }) => 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives),
	noInformation(sample) {
		const prevalence = weightedPrevalence(sample);
		const chosen = chosenShare(sample);
		return 2 * prevalence * chosen / (prevalence + chosen);
	}
});
const precision = confusionMetric$1({
	name: "precision",
	undefinedWhen: "there are no positive decisions",
	noInformation: weightedPrevalence,
	of: ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
	limits({ decisions }) {
		const units = decisions.reduce((total, decision) => total + decision, 0);
		if (units >= MINIMUM_DECISIONS) return { units };
		return {
			units,
			refusal: `${units} positive decisions; at least ${MINIMUM_DECISIONS} are needed for an interval`
		};
	}
});
const recall = confusionMetric$1({
	name: "recall",
	undefinedWhen: "there are no positive rows",
	comparison: "mcnemar",
	outcomes: (sample) => outcomesOfClass(sample, 1),
	noInformation: chosenShare,
	of: recallOf
});
const specificity = confusionMetric$1({
	name: "specificity",
	undefinedWhen: "there are no negative rows",
	comparison: "mcnemar",
	outcomes: (sample) => outcomesOfClass(sample, 0),
	noInformation: (sample) => 1 - chosenShare(sample),
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
		comparison: "bootstrap",
		...rest,
		task: "binary-classification",
		direction: "higher",
		needs: "decisions",
		prepare: ({ labels, decisions }) => ({ statistic: (multiplicities) => of(countOutcomes(labels, decisions, multiplicities)) }),
		influence: (sample) => influenceOfConfusion$1(sample, of),
		pass: {
			kind: "confusion",
			read: (counts) => of(confusionOf(counts))
		}
	});
}
function influenceOfConfusion$1({ labels, decisions }, of) {
	const counts = /* @__PURE__ */ new Float64Array(4);
	for (let row = 0; row < labels.length; row++) {
		const cell = 2 * labels[row] + decisions[row];
		counts[cell] = counts[cell] + 1;
	}
	const ofCell = influenceOfCells(counts, (shares) => of(confusionOf(shares)));
	return Float64Array.from(labels, (label, row) => ofCell[2 * label + decisions[row]]);
}
function confusionOf(cells) {
	return {
		trueNegatives: cells[0],
		falsePositives: cells[1],
		falseNegatives: cells[2],
		truePositives: cells[3]
	};
}
function outcomesOfClass({ labels, decisions }, label) {
	const rows = [];
	for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows.push(row);
	return {
		rows: Uint32Array.from(rows),
		right: Uint8Array.from(rows, (row) => Number(decisions[row] === label))
	};
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
function chosenShare({ decisions, weights }) {
	return weightedMean(Float64Array.from(decisions), weights);
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
const NO_WEIGHT$3 = "all weights are zero";
const binaryLogLoss = defineMetric({
	name: "log_loss",
	task: "binary-classification",
	direction: "lower",
	needs: "probabilities",
	comparison: "paired-mean",
	undefinedWhen: NO_WEIGHT$3,
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
	undefinedWhen: NO_WEIGHT$3,
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
	undefinedWhen: NO_WEIGHT$3,
	prepare: (sample) => prepareCalibrationError(sample, CALIBRATION_BINS),
	limits: () => ({ valueRefusal: "an expected calibration error comes out too high, the more so the fewer rows there are" })
});
function prepareCalibrationError(sample, bins, ties = "in-proportion") {
	const { probabilities, labels } = sample;
	if (!allShares(probabilities)) return { impossible: NOT_SHARES };
	const rows = ascendingOrder(probabilities);
	const gaps = Float64Array.from(rows, (row) => probabilities[row] - labels[row]);
	const tieEnds = ties === "in-order" ? Uint32Array.from(rows, (_, index) => index + 1) : endsOfTies(probabilities, rows);
	const blockTies = chooseBlocks(tieEnds);
	const plan = {
		rows,
		gaps,
		tieEnds,
		blockTies,
		bins,
		blockEnds: blockTies.map((tie) => tieEnds[tie]),
		blocks: makeMasses(blockTies.length),
		whole: sample.weights === void 0
	};
	return { statistic: (multiplicities) => calibrationError(plan, multiplicities) };
}
const BLOCK = 512;
function endsOfTies(probabilities, rows) {
	const ends = [];
	for (let index = 1; index <= rows.length; index++) if (index === rows.length || probabilities[rows[index]] !== probabilities[rows[index - 1]]) ends.push(index);
	return Uint32Array.from(ends);
}
function chooseBlocks(tieEnds) {
	const blocks = [];
	let start = 0;
	for (let tie = 0; tie < tieEnds.length; tie++) {
		if (tieEnds[tie] - start < BLOCK && tie + 1 < tieEnds.length) continue;
		blocks.push(tie);
		start = tieEnds[tie];
	}
	return Uint32Array.from(blocks);
}
function makeMasses(parts) {
	return {
		weights: new Float64Array(parts),
		gaps: new Float64Array(parts)
	};
}
function sumMasses({ rows, gaps }, multiplicities, { ends, start, into }) {
	let index = start;
	for (let part = 0; part < ends.length; part++) {
		let weight = 0;
		let gap = 0;
		for (const end = ends[part]; index < end; index++) {
			const own = multiplicities[rows[index]];
			weight += own;
			gap += own * gaps[index];
		}
		into.weights[part] = weight;
		into.gaps[part] = gap;
	}
}
function calibrationError(plan, multiplicities) {
	const { tieEnds, blockTies, blockEnds, blocks, bins, whole } = plan;
	sumMasses(plan, multiplicities, {
		ends: blockEnds,
		start: 0,
		into: blocks
	});
	const total = sum(blocks.weights);
	const size = whole ? Math.floor(total / bins) : total / bins;
	const larger = whole ? total % bins : 0;
	const filled = {
		bin: 0,
		gap: 0,
		sum: 0,
		room: size + (larger > 0 ? 1 : 0)
	};
	const add = (weight, gap) => {
		let left = weight;
		while (left > filled.room + 1e-9 * size && filled.bin < bins - 1) {
			filled.sum += Math.abs(filled.gap + gap * (filled.room / weight));
			left -= filled.room;
			filled.bin++;
			filled.room = size + (filled.bin < larger ? 1 : 0);
			filled.gap = 0;
		}
		filled.gap += gap * (left / weight);
		filled.room -= left;
	};
	for (let block = 0; block < blockTies.length; block++) {
		const weight = blocks.weights[block];
		if (weight === 0) continue;
		if (weight <= filled.room || filled.bin === bins - 1) {
			add(weight, blocks.gaps[block]);
			continue;
		}
		const first = block === 0 ? 0 : blockTies[block - 1] + 1;
		const ties = tieEnds.subarray(first, blockTies[block] + 1);
		const masses = makeMasses(ties.length);
		sumMasses(plan, multiplicities, {
			ends: ties,
			start: first === 0 ? 0 : tieEnds[first - 1],
			into: masses
		});
		for (let tie = 0; tie < ties.length; tie++) if (masses.weights[tie] > 0) add(masses.weights[tie], masses.gaps[tie]);
	}
	return (filled.sum + Math.abs(filled.gap)) / total;
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

// src/core/metrics/rank-curve.ts
function orderByScore(scores, isPositive) {
	const ascending = ascendingOrder(scores);
	const size = ascending.length;
	const rows = new Uint32Array(size);
	const ends = [];
	let filled = 0;
	let high = size;
	while (high > 0) {
		let low = high - 1;
		while (low > 0 && scores[ascending[low - 1]] === scores[ascending[low]]) low--;
		const before = filled;
		for (let index = low; index < high; index++) if (isPositive(ascending[index])) rows[filled++] = ascending[index];
		if (filled > before) ends.push(before, filled);
		for (let index = low; index < high; index++) if (!isPositive(ascending[index])) rows[filled++] = ascending[index];
		if (ends.length % 3 === 2) ends.push(filled);
		high = low;
	}
	ends.push(size);
	return {
		rows,
		runEnds: Uint32Array.from(ends)
	};
}
function prepareCurve({ rows, runEnds }) {
	const length = (runEnds.length - 1) / 3;
	const curve = {
		length,
		positives: 0,
		negatives: 0,
		truePositives: new Float64Array(length),
		falsePositives: new Float64Array(length),
		falsePositivesBefore: new Float64Array(length)
	};
	const { truePositives, falsePositives, falsePositivesBefore } = curve;
	return (multiplicities) => {
		let positives = 0;
		let negatives = 0;
		let index = 0;
		for (let group = 0; group < length; group++) {
			for (const end = runEnds[3 * group]; index < end; index++) negatives += multiplicities[rows[index]];
			falsePositivesBefore[group] = negatives;
			for (const end = runEnds[3 * group + 1]; index < end; index++) positives += multiplicities[rows[index]];
			for (const end = runEnds[3 * group + 2]; index < end; index++) negatives += multiplicities[rows[index]];
			truePositives[group] = positives;
			falsePositives[group] = negatives;
		}
		for (; index < rows.length; index++) negatives += multiplicities[rows[index]];
		curve.positives = positives;
		curve.negatives = negatives;
		return curve;
	};
}
function areaUnderCurve(curve) {
	const { length, positives, negatives, truePositives, falsePositives, falsePositivesBefore } = curve;
	let area = 0;
	let above = 0;
	let below = 0;
	for (let group = 0; group < length; group++) {
		const reached = truePositives[group];
		area += (falsePositivesBefore[group] - below) * above;
		area += (falsePositives[group] - falsePositivesBefore[group]) * (above + (reached - above) / 2);
		above = reached;
		below = falsePositives[group];
	}
	area += (negatives - below) * above;
	return area / (positives * negatives);
}
function averagePrecision({ length, positives, truePositives, falsePositives }) {
	let sum = 0;
	let before = 0;
	for (let group = 0; group < length; group++) {
		const reached = truePositives[group];
		if (reached > before) sum += (reached - before) * reached / (reached + falsePositives[group]);
		before = reached;
	}
	return sum / positives;
}
function largestRateGap(curve) {
	const { length, positives, negatives, truePositives, falsePositives, falsePositivesBefore } = curve;
	if (positives === 0 || negatives === 0) return NaN;
	let largest = 0;
	let before = 0;
	for (let group = 0; group < length; group++) {
		largest = Math.max(largest, falsePositivesBefore[group] / negatives - before / positives, Math.abs(truePositives[group] / positives - falsePositives[group] / negatives));
		before = truePositives[group];
	}
	return largest;
}
const ROUNDING = 1e-12;
function recallWithinRate(curve, limit) {
	const { length, positives, negatives, truePositives, falsePositives } = curve;
	if (positives === 0 || negatives === 0) return NaN;
	const allowed = (limit + ROUNDING) * negatives;
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (falsePositives[middle] <= allowed) low = middle + 1;
		else high = middle;
	}
	return low === 0 ? 0 : truePositives[low - 1] / positives;
}
function precisionFromRecall(curve, limit) {
	const { length, positives, truePositives, falsePositives } = curve;
	if (positives === 0) return NaN;
	const wanted = (limit - ROUNDING) * positives;
	let highest = 0;
	for (let group = 0; group < length; group++) {
		const reached = truePositives[group];
		if (reached >= wanted && reached > 0) highest = Math.max(highest, reached / (reached + falsePositives[group]));
	}
	return highest;
}

// src/core/metrics/rank-influence.ts
function influenceOnAveragePrecision({ rows, runEnds }, labels) {
	const groups = (runEnds.length - 1) / 3;
	const precision = new Float64Array(groups);
	const size = new Float64Array(groups);
	let positives = 0;
	let sum = 0;
	for (let group = 0; group < groups; group++) {
		const ends = 3 * group;
		size[group] = runEnds[ends + 1] - runEnds[ends];
		positives += size[group];
		precision[group] = positives / runEnds[ends + 2];
		sum += size[group] * precision[group];
	}
	const average = sum / positives;
	const influence = new Float64Array(labels.length);
	let rise = 0;
	let fall = 0;
	let end = rows.length;
	for (let group = groups; group > 0; group--) {
		const ends = 3 * (group - 1);
		setAll(influence, rows, {
			from: runEnds[ends + 2],
			to: end,
			value: -fall / positives
		});
		const all = runEnds[ends + 2];
		rise += size[group - 1] / all;
		fall += size[group - 1] * precision[group - 1] / all;
		setAll(influence, rows, {
			from: runEnds[ends],
			to: runEnds[ends + 1],
			value: (precision[group - 1] + rise - fall - average) / positives
		});
		setAll(influence, rows, {
			from: runEnds[ends + 1],
			to: all,
			value: -fall / positives
		});
		end = runEnds[ends];
	}
	setAll(influence, rows, {
		from: 0,
		to: end,
		value: -fall / positives
	});
	return influence;
}
function setAll(influence, rows, { from, to, value }) {
	for (let index = from; index < to; index++) influence[rows[index]] = value;
}

// src/core/metrics/binary-rank-metrics.ts
const MINIMUM_FALSE_POSITIVES = 10;
const ROWS_FOR_LARGEST_GAP = 500;
const ONE_CLASS = "the rows hold only one class";
const rocAuc = rankMetric({
	name: "roc_auc",
	comparison: "delong",
	undefinedWhen: ONE_CLASS,
	noInformation: () => .5,
	read: areaUnderCurve
});
const averagePrecisionMetric = rankMetric({
	name: "average_precision",
	undefinedWhen: "there are no positive rows",
	noInformation: weightedPrevalence,
	read: averagePrecision,
	influence: (sample) => influenceOnAveragePrecision(scoreOrderOf(sample), sample.labels)
});
const ksStatistic = rankMetric({
	name: "ks_statistic",
	undefinedWhen: ONE_CLASS,
	noInformation: () => 0,
	read: largestRateGap,
	limits: ({ labels }) => {
		const positives = labels.reduce((total, label) => total + label, 0);
		if (Math.min(positives, labels.length - positives) >= ROWS_FOR_LARGEST_GAP) return {};
		return { valueRefusal: `the largest of many gaps comes out too high; ${ROWS_FOR_LARGEST_GAP} rows of either class are needed for an interval` };
	}
});
function recallAtFalsePositiveRate(name, limit) {
	return rankMetric({
		name,
		undefinedWhen: ONE_CLASS,
		read: (curve) => recallWithinRate(curve, limit),
		noInformation: () => limit,
		limits({ labels }) {
			const negatives = labels.reduce((total, label) => total + 1 - label, 0);
			if (limit * negatives >= MINIMUM_FALSE_POSITIVES) return {};
			return { refusal: `a false positive rate of ${limit} lets in ${Math.floor(limit * negatives)} of ${negatives} negative rows; at least ${MINIMUM_FALSE_POSITIVES} are needed for an interval` };
		}
	});
}
function precisionAtRecall(name, limit) {
	return rankMetric({
		name,
		undefinedWhen: "there are no positive rows",
		noInformation: weightedPrevalence,
		read: (curve) => precisionFromRecall(curve, limit)
	});
}
function rankMetric(definition) {
	const { comparison = "bootstrap", read, ...rest } = definition;
	return defineMetric({
		...rest,
		task: "binary-classification",
		direction: "higher",
		needs: "probabilities",
		comparison,
		prepare(sample) {
			const sweep = prepareCurve(scoreOrderOf(sample));
			return { statistic: (multiplicities) => read(sweep(multiplicities)) };
		},
		pass: {
			kind: "ranking",
			read
		}
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

// src/core/metrics/multiclass-decision-metrics.ts
const FOREIGN_CLASS = "a label or a predicted class is not among the classes of the model";
const NO_WEIGHT$2 = "all weights are zero";
const multiclassBalancedAccuracy = confusionMetric({
	name: "balanced_accuracy",
	undefinedWhen: NO_WEIGHT$2,
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
	undefinedWhen: NO_WEIGHT$2,
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
	},
	noInformation: (sample) => f1AtRandom(sample, "macro")
});
const f1Weighted = confusionMetric({
	name: "f1_weighted",
	undefinedWhen: NO_WEIGHT$2,
	of: ({ hits, support, chosen, classCount, all }) => {
		let sum = 0;
		for (let code = 0; code < classCount; code++) {
			if (support[code] === 0) continue;
			sum += support[code] * 2 * hits[code] / (support[code] + chosen[code]);
		}
		return sum / all;
	},
	noInformation: (sample) => f1AtRandom(sample, "weighted")
});
function f1AtRandom({ labels, predicted, classCount, weights }, average) {
	const support = classShares(labels, classCount, weights);
	const chosen = classShares(predicted, classCount, weights);
	let total = 0;
	let present = 0;
	for (let code = 0; code < classCount; code++) {
		const both = support[code] + chosen[code];
		if (both === 0) continue;
		const own = 2 * support[code] * chosen[code] / both;
		total += average === "macro" ? own : own * support[code];
		present++;
	}
	return average === "macro" ? total / present : total;
}
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
		},
		influence: (sample) => influenceOfConfusion(sample, of)
	});
}
function influenceOfConfusion({ labels, predicted, classCount }, of) {
	const counts = new Float64Array(classCount * classCount);
	for (let row = 0; row < labels.length; row++) {
		const cell = labels[row] * classCount + predicted[row];
		counts[cell] = counts[cell] + 1;
	}
	const ofCell = influenceOfCells(counts, (shares) => of(countsOfCells(shares, classCount)));
	return Float64Array.from(labels, (label, row) => ofCell[label * classCount + predicted[row]]);
}
function countsOfCells(cells, classCount) {
	const support = new Float64Array(classCount);
	const chosen = new Float64Array(classCount);
	const hits = new Float64Array(classCount);
	for (let label = 0; label < classCount; label++) for (let prediction = 0; prediction < classCount; prediction++) {
		const count = cells[label * classCount + prediction];
		support[label] = support[label] + count;
		chosen[prediction] = chosen[prediction] + count;
		if (label === prediction) hits[label] = count;
	}
	return {
		classCount,
		all: sum(support),
		support,
		chosen,
		hits
	};
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
function classesKnown({ labels, predicted, classCount }) {
	const known = (code) => code >= 0 && code < classCount;
	return labels.every(known) && predicted.every(known);
}

// src/core/metrics/multiclass-metrics.ts
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
	outcomes: ({ labels, predicted }) => ({ right: Uint8Array.from(labels, (label, row) => Number(label === predicted[row])) }),
	noInformation: ({ labels, classCount, weights }) => Math.max(...classShares(labels, classCount, weights))
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
	comparison: "influence",
	undefinedWhen: "the rows hold only one class",
	prepare: prepareOneVersusRest,
	influence: influenceOnAreas,
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
function prepareOneVersusRest(sample) {
	if (!classesKnown(sample)) return { impossible: FOREIGN_CLASS };
	const { labels, classCount } = sample;
	const shares = classShares(labels, classCount, sample.weights);
	const codes = Array.from({ length: classCount }, (_, code) => code);
	const usable = codes.filter((code) => shares[code] > 0 && shares[code] < 1);
	const leftOutClasses = codes.filter((code) => !usable.includes(code));
	const sweeps = usable.map((code) => {
		const scores = scoresOfClass(sample, code);
		return prepareCurve(orderByScore(scores, (row) => labels[row] === code));
	});
	const statistic = (multiplicities) => {
		let sum = 0;
		let defined = 0;
		for (const sweep of sweeps) {
			const area = areaUnderCurve(sweep(multiplicities));
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
function scoresOfClass({ labels, probabilities, classCount }, code) {
	return Float64Array.from(labels, (_, row) => probabilities[row * classCount + code]);
}
function influenceOnAreas(sample) {
	const { labels, classCount } = sample;
	const total = new Float64Array(labels.length);
	let areas = 0;
	for (let code = 0; code < classCount; code++) {
		const own = Uint8Array.from(labels, (label) => Number(label === code));
		const influence = influenceOnArea(own, scoresOfClass(sample, code));
		if (influence === void 0) continue;
		areas++;
		for (let row = 0; row < total.length; row++) total[row] = total[row] + influence[row];
	}
	return total.map((value) => value / areas);
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
	influence({ targets, predictions }) {
		const squares = targets.map((target, row) => (target - predictions[row]) ** 2);
		const root = Math.sqrt(mean(squares));
		return influenceOfMean(squares).map((value) => value / (2 * root));
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
	prepare: ({ targets, predictions }) => ({ statistic: medianStatistic(targets.map((target, row) => Math.abs(target - predictions[row]))) }),
	noInformation({ targets, weights }) {
		const centre = weightedQuantile(targets, weights, .5);
		return weightedQuantile(targets.map((target) => Math.abs(target - centre)), weights, .5);
	}
});
const r2 = regressionMetric({
	name: "r2",
	direction: "higher",
	undefinedWhen: "all targets are equal",
	prepare: prepareDetermination,
	influence({ targets, predictions }) {
		const centre = mean(targets);
		return influenceOfRatio(targets.map((target, row) => (target - predictions[row]) ** 2), targets.map((target) => (target - centre) ** 2)).map((value) => -value);
	},
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
	},
	influence: ({ targets, predictions }) => influenceOfRatio(targets.map((target, row) => Math.abs(target - predictions[row])), targets.map(Math.abs)),
	noInformation: ({ targets, weights }) => 2 * constantPinball({
		targets,
		weights
	}, .5) / weightedMean(targets.map(Math.abs), weights)
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
function influenceOfRatio(numerators, denominators) {
	const total = sum(denominators);
	const ratio = sum(numerators) / total;
	return numerators.map((numerator, row) => (numerator - ratio * denominators[row]) / total);
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

// src/core/metrics/prepare-together.ts
function prepareTogether(metrics, sample) {
	const passes = sample.task === "binary-classification" ? sharedPasses(metrics, sample) : void 0;
	const readers = metrics.map((metric) => readerOf(metric, sample, passes));
	return {
		count: metrics.length,
		evaluate(multiplicities, values, offset) {
			const cells = passes?.cells?.(multiplicities);
			const curve = passes?.curve?.(multiplicities);
			readers.forEach((read, index) => {
				values[offset + index] = read({
					multiplicities,
					cells,
					curve
				});
			});
		}
	};
}
function sharedPasses(metrics, sample) {
	if (sample.weights !== void 0) return void 0;
	const wants = (kind) => metrics.some((metric) => metric.pass?.kind === kind && metric.compute(sample).defined);
	return {
		...wants("confusion") ? { cells: prepareCells(sample) } : {},
		...wants("ranking") ? { curve: prepareCurve(scoreOrderOf(sample)) } : {}
	};
}
function readerOf(metric, sample, passes) {
	const { pass } = metric;
	if (passes !== void 0 && pass !== void 0 && metric.compute(sample).defined) {
		if (pass.kind === "confusion") return ({ cells }) => pass.read(cells);
		return ({ curve }) => pass.read(curve);
	}
	const statistic = metric.prepare(sample);
	return ({ multiplicities }) => statistic(multiplicities);
}
function prepareCells({ labels, decisions }) {
	const cells = /* @__PURE__ */ new Float64Array(4);
	const ends = /* @__PURE__ */ new Uint32Array(4);
	const rows = new Uint32Array(labels.length);
	let filled = 0;
	for (let cell = 0; cell < 4; cell++) {
		for (let row = 0; row < labels.length; row++) if (2 * labels[row] + decisions[row] === cell) rows[filled++] = row;
		ends[cell] = filled;
	}
	return (multiplicities) => {
		let index = 0;
		for (let cell = 0; cell < 4; cell++) {
			let total = 0;
			for (const end = ends[cell]; index < end; index++) total += multiplicities[rows[index]];
			cells[cell] = total;
		}
		return cells;
	};
}

export { allShares, binaryLogLoss, findMetric, informativeRows, prepareTogether, sampleRowCount };