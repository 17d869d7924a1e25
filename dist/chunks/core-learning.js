import { readTruth } from "./core-comparison.js";
import { InputError } from "./core.js";
import { exportEnsemble } from "./core-onnx.js";
import { findColumn, takeRows } from "./core-data.js";
import { nearestName } from "./core-configuration.js";

// src/core/learning/seeded-random.ts
function seededRandom(seed) {
	let state = seed >>> 0;
	return () => {
		state = state + 1831565813 >>> 0;
		let mixed = Math.imul(state ^ state >>> 15, state | 1);
		mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
		return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
	};
}
function shuffle(values, random) {
	for (let last = values.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		const kept = values[last];
		values[last] = values[other];
		values[other] = kept;
	}
}

// src/core/learning/binning.ts
const SLOTS = 256;
const MISSING_BIN = 255;
const QUANTILE_SAMPLE = 2e5;
const CATEGORY_SMOOTHING$1 = 10;
function binTable(options) {
	const { columns, rows } = options;
	const groups = Array.from({ length: Math.ceil(columns.length / 4) }, () => new Int32Array(rows.length));
	const features = columns.map((column, position) => {
		const place = {
			group: groups[position >> 2],
			shift: (position & 3) * 8
		};
		return column.kind === "number" ? binNumbers(column, options, place) : binTexts(column, options, place);
	});
	return {
		rowCount: rows.length,
		features,
		groups
	};
}
function binNumbers(column, options, place) {
	const { rows, maxBins, seed } = options;
	const values = new Float32Array(rows.length);
	for (let index = 0; index < rows.length; index++) values[index] = column.values[rows[index]];
	const edges = quantileEdges(sampleValues(values, seed), maxBins);
	writeNumberBins(values, edges, place);
	return {
		feature: {
			kind: "number",
			name: column.name
		},
		binCount: edges.length,
		edges
	};
}
function sampleValues(values, seed) {
	const stretch = Math.max(1, Math.floor(values.length / QUANTILE_SAMPLE));
	const random = seededRandom(seed);
	const sample = new Float32Array(Math.ceil(values.length / stretch));
	let size = 0;
	for (let start = 0; start < values.length; start += stretch) {
		const offset = stretch === 1 ? 0 : Math.floor(random() * Math.min(stretch, values.length - start));
		const value = values[start + offset];
		if (!Number.isNaN(value)) sample[size++] = value;
	}
	return sample.subarray(0, size).sort();
}
function quantileEdges(sorted, maxBins) {
	const runEnds = [];
	for (let index = 1; index <= sorted.length; index++) if (sorted[index] !== sorted[index - 1]) runEnds.push(index);
	const edges = [];
	const everyValue = runEnds.length <= maxBins;
	let binsLeft = maxBins;
	let binStart = 0;
	for (const end of runEnds) {
		if (end === sorted.length) break;
		const isFull = end - binStart >= (sorted.length - binStart) / binsLeft;
		if (!everyValue && (!isFull || binsLeft === 1)) continue;
		edges.push(edgeBetween(sorted[end - 1], sorted[end]));
		binStart = end;
		binsLeft--;
	}
	edges.push(Number.POSITIVE_INFINITY);
	return Float32Array.from(edges);
}
function edgeBetween(low, high) {
	const middle = Math.fround(low + (high - low) / 2);
	return middle >= low && middle < high ? middle : low;
}
function writeNumberBins(values, edges, place) {
	const padded = new Float32Array(256).fill(Number.POSITIVE_INFINITY);
	padded.set(edges);
	const { group, shift } = place;
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		let bin = 0;
		for (let step = 128; step > 0; step >>= 1) if (value > padded[bin + step - 1]) bin += step;
		group[row] |= (Number.isNaN(value) ? 255 : bin) << shift;
	}
}
function binTexts(column, options, place) {
	const { rows } = options;
	const codes = orderedCategories(column, options);
	const binOfCode = new Uint8Array(column.dictionary.length).fill(codes.length);
	codes.forEach((code, position) => {
		binOfCode[code] = position;
	});
	const { group, shift } = place;
	for (let row = 0; row < rows.length; row++) {
		const code = column.codes[rows[row]];
		const isMissing = code < 0 || column.dictionary[code] === "";
		group[row] |= (isMissing ? 255 : binOfCode[code]) << shift;
	}
	return {
		feature: {
			kind: "text",
			name: column.name,
			categories: codes.map((code) => column.dictionary[code])
		},
		binCount: codes.length + 1,
		edges: /* @__PURE__ */ new Float32Array(0)
	};
}
function orderedCategories(column, options) {
	const { rows, target, maxBins } = options;
	const counts = new Float64Array(column.dictionary.length);
	const sums = new Float64Array(column.dictionary.length);
	let total = 0;
	for (let index = 0; index < rows.length; index++) {
		total += target[index];
		const code = column.codes[rows[index]];
		if (code < 0) continue;
		counts[code] += 1;
		sums[code] += target[index];
	}
	const average = total / rows.length;
	const smoothedMean = (code) => (sums[code] + CATEGORY_SMOOTHING$1 * average) / (counts[code] + CATEGORY_SMOOTHING$1);
	return Array.from(counts.keys()).filter((code) => counts[code] > 0 && column.dictionary[code] !== "").sort((one, other) => counts[other] - counts[one] || one - other).slice(0, maxBins - 1).sort((one, other) => smoothedMean(one) - smoothedMean(other) || one - other);
}

// src/core/learning/histogram.ts
const GRADIENT_UNIT = 67108864;
const PER_GRADIENT_UNIT = 1 / GRADIENT_UNIT;
const MAXIMUM_ROWS = GRADIENT_UNIT / 4 - 1;
const MAXIMUM_STEPS = 65535;
function stepsFor(rowCount) {
	return Math.min(MAXIMUM_STEPS, Math.floor(67108863 / rowCount));
}
function histogramLength(table) {
	return table.groups.length * 4 * 256;
}
function sumAllRows(table, packed, histogram) {
	table.groups.forEach((bins, group) => {
		sumGroupOfAll(bins, packed, histogram.subarray(group * 4 * 256, (group + 1) * 4 * 256));
	});
}
function sumRows(table, rows, sums) {
	const { packed, scratch, histogram } = sums;
	for (let index = 0; index < rows.length; index++) scratch[index] = packed[rows[index]];
	for (let group = 0; group < table.groups.length; group += 2) {
		const bins = table.groups[group];
		const moreBins = table.groups[group + 1];
		const part = histogram.subarray(group * 4 * 256, (group + 2) * 4 * 256);
		if (moreBins === void 0) sumGroup(bins, rows, {
			values: scratch,
			histogram: part
		});
		else sumTwoGroups(bins, moreBins, {
			rows,
			values: scratch,
			histogram: part
		});
	}
}
function subtractHistogram(parent, child) {
	for (let slot = 0; slot < parent.length; slot++) parent[slot] -= child[slot];
}
function sumGroupOfAll(bins, packed, histogram) {
	for (let row = 0; row < bins.length; row++) {
		const four = bins[row];
		const value = packed[row];
		histogram[four & 255] += value;
		histogram[256 + (four >>> 8 & 255)] += value;
		histogram[512 + (four >>> 16 & 255)] += value;
		histogram[768 + (four >>> 24)] += value;
	}
}
function sumGroup(bins, rows, { values, histogram }) {
	for (let index = 0; index < rows.length; index++) {
		const four = bins[rows[index]];
		const value = values[index];
		histogram[four & 255] += value;
		histogram[256 + (four >>> 8 & 255)] += value;
		histogram[512 + (four >>> 16 & 255)] += value;
		histogram[768 + (four >>> 24)] += value;
	}
}
function sumTwoGroups(bins, moreBins, sums) {
	const { rows, values, histogram } = sums;
	for (let index = 0; index < rows.length; index++) {
		const row = rows[index];
		const four = bins[row];
		const more = moreBins[row];
		const value = values[index];
		histogram[four & 255] += value;
		histogram[256 + (four >>> 8 & 255)] += value;
		histogram[512 + (four >>> 16 & 255)] += value;
		histogram[768 + (four >>> 24)] += value;
		histogram[1024 + (more & 255)] += value;
		histogram[1280 + (more >>> 8 & 255)] += value;
		histogram[1536 + (more >>> 16 & 255)] += value;
		histogram[1792 + (more >>> 24)] += value;
	}
}

// src/core/learning/objective.ts
function createDerivatives(rowCount) {
	return {
		exact: new Float32Array(rowCount * 2),
		packed: new Float64Array(rowCount),
		gradientStep: 1,
		hessianStep: 1,
		gradient: 0,
		hessian: 0
	};
}
function baseScore(objective, target, weights) {
	let total = 0;
	let weighted = 0;
	for (let row = 0; row < target.length; row++) {
		total += weights[row];
		weighted += weights[row] * target[row];
	}
	const mean = weighted / total;
	return Math.fround(objective === "binary" ? Math.log(mean / (1 - mean)) : mean);
}
function computeDerivatives(objective, rows, into) {
	const { derivatives, seed } = into;
	const largest = objective === "binary" ? logLossDerivatives(rows, derivatives.exact) : squaredErrorDerivatives(rows, derivatives.exact);
	const steps = stepsFor(rows.target.length);
	derivatives.gradientStep = largest.gradient / steps || 1;
	derivatives.hessianStep = largest.hessian / steps || 1;
	packDerivatives(derivatives, seed);
}
function meanLoss(objective, rows) {
	const { target, weights, scores } = rows;
	let total = 0;
	let loss = 0;
	for (let row = 0; row < target.length; row++) {
		const score = scores[row];
		total += weights[row];
		loss += weights[row] * (objective === "binary" ? Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - score * target[row] : (score - target[row]) ** 2);
	}
	return loss / total;
}
function logLossDerivatives(rows, exact) {
	const { target, weights, scores } = rows;
	let largestGradient = 0;
	let largestHessian = 0;
	for (let row = 0; row < target.length; row++) {
		const probability = 1 / (1 + Math.exp(-scores[row]));
		const weight = weights[row];
		const gradient = weight * (probability - target[row]);
		const hessian = weight * probability * (1 - probability);
		exact[2 * row] = gradient;
		exact[2 * row + 1] = hessian;
		const size = Math.abs(gradient);
		if (size > largestGradient) largestGradient = size;
		if (hessian > largestHessian) largestHessian = hessian;
	}
	return {
		gradient: largestGradient,
		hessian: largestHessian
	};
}
function squaredErrorDerivatives(rows, exact) {
	const { target, weights, scores } = rows;
	let largestGradient = 0;
	let largestHessian = 0;
	for (let row = 0; row < target.length; row++) {
		const weight = weights[row];
		const gradient = weight * (scores[row] - target[row]);
		exact[2 * row] = gradient;
		exact[2 * row + 1] = weight;
		const size = Math.abs(gradient);
		if (size > largestGradient) largestGradient = size;
		if (weight > largestHessian) largestHessian = weight;
	}
	return {
		gradient: largestGradient,
		hessian: largestHessian
	};
}
function packDerivatives(derivatives, seed) {
	const { exact, packed, gradientStep, hessianStep } = derivatives;
	const mostSteps = stepsFor(packed.length);
	const gradientScale = 1 / gradientStep;
	const hessianScale = 1 / hessianStep;
	let state = seed | 0;
	let gradientSum = 0;
	let hessianSum = 0;
	for (let row = 0; row < packed.length; row++) {
		state = Math.imul(state, 1664525) + 1013904223 | 0;
		const fraction = (state >>> 8) / 16777216;
		const gradient = Math.floor(exact[2 * row] * gradientScale + fraction);
		const hessian = Math.min(mostSteps, Math.floor(exact[2 * row + 1] * hessianScale + fraction));
		packed[row] = gradient * GRADIENT_UNIT + hessian;
		gradientSum += gradient;
		hessianSum += hessian;
	}
	derivatives.gradient = gradientSum;
	derivatives.hessian = hessianSum;
}

// src/core/learning/training-rows.ts
function prepareRows(data, objective, options) {
	checkColumns(data);
	const used = usableRows(data);
	if (objective === "binary") checkClasses(data.target, used);
	const { parameters, seed } = options;
	const parts = parameters.earlyStopping === 0 ? {
		training: used,
		validation: void 0
	} : holdBack(data.target, used, {
		objective,
		share: parameters.validationFraction,
		seed
	});
	const weights = classWeights(data, parts.training, parameters.classWeight);
	return {
		training: weighted(data, parts.training, weights),
		validation: parts.validation && weighted(data, parts.validation, weights)
	};
}
function checkColumns(data) {
	const { features, target, weights } = data;
	if (features.length === 0) throw new InputError("There is no feature column to train on.");
	const names = /* @__PURE__ */ new Set();
	for (const column of features) {
		const length = column.kind === "number" ? column.values.length : column.codes.length;
		if (length !== target.length) throw new Error(`column ${column.name} has ${length} rows, the target ${target.length}`);
		if (column.name === "" || names.has(column.name)) {
			const what = column.name === "" ? "has no name" : "appears twice";
			throw new InputError(`Feature column ${JSON.stringify(column.name)} ${what}; give every feature a name of its own.`);
		}
		names.add(column.name);
	}
	if (weights !== void 0 && weights.length !== target.length) throw new Error(`${weights.length} weights for ${target.length} rows`);
}
function usableRows(data) {
	const { target, weights } = data;
	const rows = new Uint32Array(target.length);
	let count = 0;
	for (let row = 0; row < target.length; row++) {
		const weight = weights === void 0 ? 1 : weights[row];
		if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) throw new InputError(`The weight of training row ${row + 1} is ${weight}; weights are 0 or more.`);
		if (!Number.isFinite(Math.fround(target[row]))) throw new InputError(`The target of training row ${row + 1} is ${Number.isNaN(target[row]) ? "missing" : target[row]}; every training row needs a finite one within 3.4e38. Leave out other rows with a condition (where).`);
		if (weight > 0) rows[count++] = row;
	}
	if (target.length === 0) throw new InputError("The training data has no rows.");
	if (count === 0) throw new InputError("Every training row has weight 0; at least one needs more.");
	if (count > 16777215) throw new InputError(`The training data has ${count} rows; gradient-boosting takes at most ${MAXIMUM_ROWS}. Train on a sample (where) or with a training.command.`);
	return rows.slice(0, count);
}
function checkClasses(target, rows) {
	let positives = 0;
	for (const row of rows) {
		if (target[row] !== 0 && target[row] !== 1) throw new Error(`binary target of row ${row + 1} is ${target[row]}, not 0 or 1`);
		positives += target[row];
	}
	if (positives > 0 && positives < rows.length) return;
	throw new InputError(`The training data has no ${positives === 0 ? "positive" : "negative"} row among ${rows.length} with a weight: a classifier needs both classes. Check data.target, data.positive-class and the condition on the training rows.`);
}
function holdBack(target, rows, options) {
	const random = seededRandom(options.seed);
	const strata = options.objective === "binary" ? [rows.filter((row) => target[row] === 0), rows.filter((row) => target[row] === 1)] : [rows.slice()];
	const heldBack = /* @__PURE__ */ new Set();
	for (const stratum of strata) {
		shuffle(stratum, random);
		const size = Math.floor(stratum.length * options.share);
		for (const row of stratum.subarray(0, size)) heldBack.add(row);
	}
	if (heldBack.size === 0) throw new InputError(`Early stopping would hold back ${options.share} of ${rows.length} training rows, which is none; remove early-stopping or raise validation-fraction.`);
	return {
		training: rows.filter((row) => !heldBack.has(row)),
		validation: rows.filter((row) => heldBack.has(row))
	};
}
function classWeights(data, rows, classWeight) {
	let positive = 0;
	let total = 0;
	for (const row of rows) {
		const weight = data.weights?.[row] ?? 1;
		total += weight;
		if (data.target[row] === 1) positive += weight;
	}
	if (classWeight === "balanced") return {
		negative: rows.length / (2 * (total - positive)),
		positive: rows.length / (2 * positive)
	};
	const scale = rows.length / (total - positive + classWeight * positive);
	return {
		negative: scale,
		positive: scale * classWeight
	};
}
function weighted(data, rows, factors) {
	return {
		rows,
		target: Float64Array.from(rows, (row) => data.target[row]),
		weights: Float64Array.from(rows, (row) => {
			const factor = data.target[row] === 1 ? factors.positive : factors.negative;
			return (data.weights?.[row] ?? 1) * factor;
		})
	};
}

// src/core/learning/tree-ensemble.ts
function encodeFeatures(features, columns) {
	const table = {
		rowCount: 0,
		columns
	};
	return features.map((feature) => {
		const column = findColumn(table, feature.name);
		if (column === void 0) throw new InputError(`The model needs column ${JSON.stringify(feature.name)}, which the data does not have.`);
		return encodeColumn(feature, column);
	});
}
function addTreeScores(tree, encoded, scores) {
	const { feature, threshold, left, right, missingLeft, leftCategories, value } = tree;
	for (let row = 0; row < scores.length; row++) {
		let node = 0;
		while (feature[node] >= 0) {
			const input = encoded[feature[node]][row];
			const categories = leftCategories[node];
			let goesLeft;
			if (Number.isNaN(input)) goesLeft = missingLeft[node] === 1;
			else if (categories === void 0) goesLeft = input <= threshold[node];
			else goesLeft = categories[input] === 1;
			node = goesLeft ? left[node] : right[node];
		}
		scores[row] += value[node];
	}
}
function encodeColumn(feature, column) {
	if (feature.kind === "number" && column.kind === "number") return Float32Array.from(column.values);
	if (feature.kind === "text" && column.kind === "text") {
		const positions = new Map(feature.categories.map((category, position) => [category, position]));
		const byCode = Float32Array.from(column.dictionary, (text) => text === "" ? NaN : positions.get(text) ?? feature.categories.length);
		return Float32Array.from(column.codes, (code) => byCode[code] ?? NaN);
	}
	throw new InputError(`The model takes column ${JSON.stringify(feature.name)} as ${feature.kind}, but the data has it as ${column.kind}.`);
}

// src/core/learning/partition.ts
function partitionRows(table, split, range) {
	const goesLeft = split.leftBins ?? leftBinsOfNumber(split);
	const bins = table.groups[split.feature >> 2];
	return partitionByBin(bins, {
		goesLeft,
		shift: (split.feature & 3) * 8
	}, range);
}
function leftBinsOfNumber(split) {
	const goesLeft = new Uint8Array(256).fill(1, 0, split.lastLeftBin + 1);
	goesLeft[255] = split.missingLeft ? 1 : 0;
	return goesLeft;
}
function partitionByBin(bins, side, range) {
	const { goesLeft, shift } = side;
	const { start, end, rows, scratch } = range;
	let left = start;
	let right = 0;
	for (let index = start; index < end; index++) {
		const row = rows[index];
		const isLeft = goesLeft[bins[row] >>> shift & 255];
		rows[left] = row;
		scratch[right] = row;
		left += isLeft;
		right += 1 - isLeft;
	}
	rows.set(scratch.subarray(0, right), left);
	return left;
}

// src/core/learning/category-split.ts
const ONE_AGAINST_REST = 4;
const MAXIMUM_SET = 32;
const MINIMUM_CATEGORY_ROWS = 10;
const MINIMUM_GROUP_ROWS = 100;
function searchText(search, feature, position) {
	const categories = presentCategories(search, feature, position);
	if (categories.length < 2) return;
	const found = categories.length <= ONE_AGAINST_REST ? bestSingle(search, categories) : bestRun(search, categories);
	if (found === void 0) return;
	const leftBins = new Uint8Array(256);
	for (const { bin } of found.categories) leftBins[bin] = 1;
	search.best = {
		feature: position,
		lastLeftBin: -1,
		leftBins,
		missingLeft: leftBins[255] === 1,
		missingSeen: categories.some(({ bin }) => bin === 255),
		gain: search.bestGain,
		leftGradient: found.gradient,
		leftHessian: found.hessian
	};
}
function presentCategories(search, feature, position) {
	const { histogram, counts, node } = search;
	const offset = position * 256;
	const rowsPerHessian = node.rowCount / Math.max(1, node.hessian);
	const present = [];
	for (let bin = 0; bin < 256; bin++) {
		if (bin >= feature.binCount && bin !== 255) continue;
		const packed = histogram[offset + bin];
		if (packed === 0) continue;
		const gradient = Math.floor(packed * PER_GRADIENT_UNIT);
		const hessian = packed - gradient * GRADIENT_UNIT;
		const rows = counts === void 0 ? hessian * rowsPerHessian : counts[offset + bin];
		present.push({
			bin,
			gradient,
			hessian,
			rows
		});
	}
	return present;
}
function bestSingle(search, categories) {
	let found;
	for (const sums of categories) {
		const { gradient, hessian, rows } = sums;
		const gain = gainOf(search, {
			gradient,
			hessian,
			rows
		}, search.rules.regularization);
		if (gain <= search.bestGain) continue;
		search.bestGain = gain;
		found = {
			categories: [sums],
			gradient,
			hessian
		};
	}
	return found;
}
function bestRun(search, categories) {
	const smoothing = search.rules.categorySmoothing;
	const rank = (sums) => sums.gradient / (sums.hessian + smoothing);
	const ordered = categories.filter((sums) => sums.rows >= MINIMUM_CATEGORY_ROWS).sort((one, other) => rank(one) - rank(other) || one.bin - other.bin);
	const fromFront = bestPrefix(search, ordered);
	return bestPrefix(search, ordered.reverse()) ?? fromFront;
}
function bestPrefix(search, categories) {
	const regularization = search.rules.regularization + search.rules.categorySmoothing;
	let best;
	let gradient = 0;
	let hessian = 0;
	let rows = 0;
	let groupRows = 0;
	const longest = Math.min(MAXIMUM_SET, Math.ceil(categories.length / 2));
	for (let length = 1; length <= longest; length++) {
		const sums = categories[length - 1];
		gradient += sums.gradient;
		hessian += sums.hessian;
		rows += sums.rows;
		groupRows += sums.rows;
		if (groupRows < MINIMUM_GROUP_ROWS) continue;
		if (search.node.rowCount - rows < MINIMUM_GROUP_ROWS) break;
		groupRows = 0;
		const gain = gainOf(search, {
			gradient,
			hessian,
			rows
		}, regularization);
		if (gain <= search.bestGain) continue;
		search.bestGain = gain;
		best = {
			length,
			gradient,
			hessian
		};
	}
	return best && {
		categories: categories.slice(0, best.length),
		gradient: best.gradient,
		hessian: best.hessian
	};
}
function gainOf(search, left, regularization) {
	const { node, counts, rules, parentGain } = search;
	const rightGradient = node.gradient - left.gradient;
	const rightHessian = node.hessian - left.hessian;
	if (Math.min(left.hessian, rightHessian) < rules.minimumHessian) return Number.NEGATIVE_INFINITY;
	const fewest = Math.min(left.rows, node.rowCount - left.rows);
	if (counts !== void 0 && fewest < rules.minSamplesLeaf) return Number.NEGATIVE_INFINITY;
	return left.gradient ** 2 / (left.hessian + regularization) + rightGradient ** 2 / (rightHessian + regularization) - parentGain;
}

// src/core/learning/split-search.ts
const NOISE_FACTOR = 4;
function findBestSplit(table, node, options) {
	const { histogram, counts, rules } = options;
	const parentGain = node.gradient ** 2 / (node.hessian + rules.regularization);
	const noise = NOISE_FACTOR * node.rowCount / Math.max(1, node.hessian);
	const search = {
		node,
		histogram,
		counts,
		rules,
		parentGain,
		best: void 0,
		bestGain: Math.max(noise, parentGain * 1e-12)
	};
	table.features.forEach((feature, position) => {
		if (feature.feature.kind === "number") searchNumber(search, feature, position);
		else searchText(search, feature, position);
	});
	return search.best;
}
function searchNumber(search, feature, position) {
	const missingSeen = search.histogram[position * 256 + 255] !== 0;
	scanNumber(search, feature, {
		position,
		missingLeft: false,
		missingSeen
	});
	if (missingSeen) scanNumber(search, feature, {
		position,
		missingLeft: true,
		missingSeen
	});
}
function scanNumber(search, feature, scan) {
	const { node, histogram, counts, rules, parentGain } = search;
	const { regularization, minimumHessian, minSamplesLeaf } = rules;
	const offset = scan.position * 256;
	const { gradient: allGradient, hessian: allHessian, rowCount } = node;
	let leftGradient = 0;
	let leftHessian = 0;
	let leftCount = 0;
	if (scan.missingLeft) {
		const missing = histogram[offset + 255];
		leftGradient = Math.floor(missing * PER_GRADIENT_UNIT);
		leftHessian = missing - leftGradient * GRADIENT_UNIT;
		if (counts !== void 0) leftCount = counts[offset + 255];
	}
	const lastBin = scan.missingSeen && !scan.missingLeft ? feature.binCount : feature.binCount - 1;
	let found;
	let bestGain = search.bestGain;
	for (let bin = 0; bin < lastBin; bin++) {
		const packed = histogram[offset + bin];
		const gradient = Math.floor(packed * PER_GRADIENT_UNIT);
		leftGradient += gradient;
		leftHessian += packed - gradient * GRADIENT_UNIT;
		if (counts !== void 0) {
			leftCount += counts[offset + bin];
			if (leftCount < minSamplesLeaf) continue;
			if (rowCount - leftCount < minSamplesLeaf) break;
		}
		if (leftHessian < minimumHessian) continue;
		const rightHessian = allHessian - leftHessian;
		if (rightHessian < minimumHessian) break;
		const rightGradient = allGradient - leftGradient;
		const leftScale = leftHessian + regularization;
		const rightScale = rightHessian + regularization;
		const gain = (leftGradient * leftGradient * rightScale + rightGradient * rightGradient * leftScale) / (leftScale * rightScale) - parentGain;
		if (gain <= bestGain) continue;
		bestGain = gain;
		found = {
			bin,
			leftGradient,
			leftHessian
		};
	}
	if (found === void 0) return;
	search.bestGain = bestGain;
	search.best = {
		feature: scan.position,
		lastLeftBin: found.bin,
		leftBins: void 0,
		missingLeft: scan.missingLeft,
		missingSeen: scan.missingSeen,
		gain: bestGain,
		leftGradient: found.leftGradient,
		leftHessian: found.leftHessian
	};
}

// src/core/learning/tree-builder.ts
function createTreeBuilder(maxLeaves) {
	const capacity = 2 * maxLeaves - 1;
	const tree = {
		feature: new Int32Array(capacity).fill(-1),
		threshold: new Float32Array(capacity),
		leftCategories: [],
		missingLeft: new Uint8Array(capacity),
		left: new Int32Array(capacity),
		right: new Int32Array(capacity),
		value: new Float32Array(capacity)
	};
	let size = 1;
	return {
		split(node, division) {
			const { split, feature, unseenLeft, seen } = division;
			tree.feature[node] = split.feature;
			tree.missingLeft[node] = Number(split.missingSeen ? split.missingLeft : unseenLeft);
			if (split.leftBins === void 0) tree.threshold[node] = feature.edges[split.lastLeftBin];
			else tree.leftCategories[node] = split.leftBins.slice(0, Math.min(feature.binCount, 255)).map((goesLeft, bin) => seen?.[bin] ? goesLeft : Number(unseenLeft));
			tree.left[node] = size;
			tree.right[node] = size + 1;
			size += 2;
			return {
				left: size - 2,
				right: size - 1
			};
		},
		setValue(node, value) {
			tree.value[node] = value;
		},
		finish() {
			return {
				feature: tree.feature.slice(0, size),
				threshold: tree.threshold.slice(0, size),
				leftCategories: Array.from({ length: size }, (_, node) => tree.leftCategories[node]),
				missingLeft: tree.missingLeft.slice(0, size),
				left: tree.left.slice(0, size),
				right: tree.right.slice(0, size),
				value: tree.value.slice(0, size)
			};
		}
	};
}

// src/core/learning/tree-growth.ts
const HISTOGRAM_BYTES = 536870912;
const MINIMUM_HESSIAN = .001;
const CATEGORY_SMOOTHING = 10;
var TreeGrower = class {
	table;
	parameters;
	rows;
	scratchRows;
	scratch;
	ones;
	freeHistograms = [];
	importance;
	constructor(table, parameters, importance) {
		this.table = table;
		this.parameters = parameters;
		this.importance = importance;
		this.rows = new Int32Array(table.rowCount);
		this.scratchRows = new Int32Array(table.rowCount);
		this.scratch = new Float64Array(table.rowCount);
		this.ones = new Float64Array(table.rowCount).fill(1);
	}
	grow(derivatives, scores) {
		const { maxLeaves } = this.parameters;
		for (let row = 0; row < this.rows.length; row++) this.rows[row] = row;
		const rules = this.searchRules(derivatives);
		const builder = createTreeBuilder(maxLeaves);
		const leaves = [this.plantRoot(derivatives, rules)];
		while (leaves.length < maxLeaves) {
			const chosen = mostPromising(leaves);
			if (chosen === void 0) break;
			const isLast = leaves.length + 1 === maxLeaves;
			const right = this.divide(chosen, {
				derivatives,
				rules,
				builder,
				isLast
			});
			if (right !== void 0) leaves.push(right);
			this.boundMemory(leaves);
		}
		for (const leaf of leaves) {
			this.settle(leaf, {
				derivatives,
				scores,
				builder
			});
			this.release(leaf);
		}
		return builder.finish();
	}
	searchRules(derivatives) {
		const { hessianStep } = derivatives;
		return {
			regularization: this.parameters.l2Regularization / hessianStep,
			minimumHessian: Math.max(1, MINIMUM_HESSIAN / hessianStep),
			categorySmoothing: CATEGORY_SMOOTHING / hessianStep,
			minSamplesLeaf: this.parameters.minSamplesLeaf
		};
	}
	plantRoot(derivatives, rules) {
		const { gradient, hessian, packed } = derivatives;
		const root = {
			node: 0,
			start: 0,
			end: this.rows.length,
			depth: 0,
			gradient,
			hessian,
			histogram: void 0,
			split: void 0
		};
		if (!this.canBeSplit(root)) return root;
		root.histogram = this.takeHistogram();
		sumAllRows(this.table, packed, root.histogram);
		root.split = this.search(root, rules);
		return root;
	}
	canBeSplit(leaf) {
		const { minSamplesLeaf, maxDepth } = this.parameters;
		return leaf.depth < maxDepth && leaf.end - leaf.start >= 2 * minSamplesLeaf;
	}
	search(leaf, rules, counts) {
		const node = {
			gradient: leaf.gradient,
			hessian: leaf.hessian,
			rowCount: leaf.end - leaf.start
		};
		return findBestSplit(this.table, node, {
			histogram: leaf.histogram,
			counts,
			rules
		});
	}
	divide(leaf, growth) {
		const { derivatives, rules, builder, isLast } = growth;
		const split = leaf.split;
		const range = {
			start: leaf.start,
			end: leaf.end,
			rows: this.rows,
			scratch: this.scratchRows
		};
		const middle = partitionRows(this.table, split, range);
		const leftCount = middle - leaf.start;
		const rightCount = leaf.end - middle;
		if (Math.min(leftCount, rightCount) < this.parameters.minSamplesLeaf) {
			this.searchWithCounts(leaf, rules);
			return;
		}
		this.importance[split.feature] += split.gain * derivatives.gradientStep ** 2 / derivatives.hessianStep;
		const children = builder.split(leaf.node, {
			split,
			feature: this.table.features[split.feature],
			unseenLeft: leftCount >= rightCount,
			seen: split.leftBins && this.binsSeen(leaf.histogram, split.feature)
		});
		const depth = leaf.depth + 1;
		const rightGradient = leaf.gradient - split.leftGradient;
		const rightHessian = leaf.hessian - split.leftHessian;
		const right = {
			node: children.right,
			start: middle,
			end: leaf.end,
			depth,
			gradient: rightGradient,
			hessian: rightHessian,
			histogram: void 0,
			split: void 0
		};
		leaf.node = children.left;
		leaf.end = middle;
		leaf.depth = depth;
		leaf.gradient = split.leftGradient;
		leaf.hessian = split.leftHessian;
		leaf.split = void 0;
		if (!isLast) this.searchChildren(leaf, right, growth);
		return right;
	}
	searchChildren(left, right, growth) {
		const { derivatives, rules } = growth;
		const open = [left, right].filter((leaf) => this.canBeSplit(leaf));
		if (open.length === 0) return;
		const smaller = left.end - left.start <= right.end - right.start ? left : right;
		const larger = smaller === left ? right : left;
		const parentHistogram = left.histogram;
		smaller.histogram = this.takeHistogram();
		sumRows(this.table, this.rows.subarray(smaller.start, smaller.end), {
			packed: derivatives.packed,
			scratch: this.scratch,
			histogram: smaller.histogram
		});
		subtractHistogram(parentHistogram, smaller.histogram);
		larger.histogram = parentHistogram;
		for (const leaf of open) leaf.split = this.search(leaf, rules);
	}
	searchWithCounts(leaf, rules) {
		const counts = this.takeHistogram();
		const rows = this.rows.subarray(leaf.start, leaf.end);
		sumRows(this.table, rows, {
			packed: this.ones,
			scratch: this.scratch,
			histogram: counts
		});
		leaf.split = this.search(leaf, rules, counts);
		this.freeHistograms.push(counts);
		if (leaf.split === void 0) this.release(leaf);
	}
	binsSeen(histogram, feature) {
		const offset = feature * 256;
		return Uint8Array.from(histogram.subarray(offset, offset + 256), (packed) => packed === 0 ? 0 : 1);
	}
	settle(leaf, into) {
		const { exact } = into.derivatives;
		let gradient = 0;
		let hessian = 0;
		for (let index = leaf.start; index < leaf.end; index++) {
			const row = this.rows[index];
			gradient += exact[2 * row];
			hessian += exact[2 * row + 1];
		}
		const { learningRate, l2Regularization } = this.parameters;
		const denominator = Math.max(hessian, MINIMUM_HESSIAN) + l2Regularization;
		const value = Math.fround(-learningRate * gradient / denominator);
		into.builder.setValue(leaf.node, value);
		for (let index = leaf.start; index < leaf.end; index++) into.scores[this.rows[index]] += value;
	}
	boundMemory(leaves) {
		const bytes = histogramLength(this.table) * Float64Array.BYTES_PER_ELEMENT;
		const bound = Math.max(4, Math.floor(HISTOGRAM_BYTES / bytes));
		const holding = leaves.filter((leaf) => leaf.histogram !== void 0);
		for (const leaf of holding) if (leaf.split === void 0) this.release(leaf);
		const open = holding.filter((leaf) => leaf.histogram !== void 0);
		if (open.length <= bound) return;
		const least = open.reduce((one, other) => other.split.gain < one.split.gain ? other : one);
		least.split = void 0;
		this.release(least);
	}
	takeHistogram() {
		const free = this.freeHistograms.pop();
		return free === void 0 ? new Float64Array(histogramLength(this.table)) : free.fill(0);
	}
	release(leaf) {
		if (leaf.histogram !== void 0) this.freeHistograms.push(leaf.histogram);
		leaf.histogram = void 0;
	}
};
function mostPromising(leaves) {
	let best;
	for (const leaf of leaves) if (leaf.split !== void 0 && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
	return best;
}

// src/core/learning/boosting.ts
function trainGradientBoosting(options) {
	const { objective, parameters, features, seed } = options;
	const { training, validation } = prepareRows(options, objective, {
		parameters,
		seed
	});
	const table = binTable({
		columns: features,
		rows: training.rows,
		target: training.target,
		maxBins: parameters.maxBins,
		seed
	});
	const base = baseScore(objective, training.target, training.weights);
	const untrained = {
		objective,
		baseScore: base,
		features: table.features.map((binned) => binned.feature),
		trees: []
	};
	const watch = validation && createValidation(untrained, options, validation);
	const grown = growTrees(options, {
		table,
		training,
		base,
		watch
	});
	const ensemble = {
		...untrained,
		trees: grown.trees
	};
	return {
		ensemble,
		report: {
			iterations: grown.trees.length,
			loss: objective === "binary" ? "log_loss" : "mean_squared_error",
			trainingLoss: grown.trainingLoss,
			validationLoss: watch?.bestLoss,
			trainingRows: training.rows.length,
			validationRows: validation?.rows.length ?? 0,
			importance: shares(ensemble, grown.importance)
		}
	};
}
function growTrees(options, growing) {
	const { objective, parameters, onProgress } = options;
	const { table, training, watch } = growing;
	const random = seededRandom(options.seed);
	const scores = new Float64Array(training.rows.length).fill(growing.base);
	const rows = {
		target: training.target,
		weights: training.weights,
		scores
	};
	const derivatives = createDerivatives(training.rows.length);
	const gains = new Float64Array(table.features.length);
	const grower = new TreeGrower(table, parameters, gains);
	const trees = [];
	const kept = {
		count: 0,
		scores: watch === void 0 ? scores : scores.slice(),
		gains
	};
	for (let iteration = 1; iteration <= parameters.iterations; iteration++) {
		computeDerivatives(objective, rows, {
			derivatives,
			seed: Math.floor(random() * 4294967296)
		});
		const tree = grower.grow(derivatives, scores);
		const isStump = tree.feature.length === 1;
		if (isStump && iteration > 1) break;
		trees.push(tree);
		const validationLoss = watch?.add(tree);
		onProgress?.({
			iteration,
			iterations: parameters.iterations,
			...validationLoss !== void 0 && { validationLoss }
		});
		if (watch === void 0) kept.count = iteration;
		else if (watch.isBest) {
			kept.count = iteration;
			kept.scores.set(scores);
			kept.gains = gains.slice();
		}
		if (isStump || watch !== void 0 && watch.sinceBest >= parameters.earlyStopping) break;
	}
	return {
		trees: trees.slice(0, kept.count),
		trainingLoss: meanLoss(objective, {
			...rows,
			scores: kept.scores
		}),
		importance: kept.gains
	};
}
function createValidation(untrained, data, validation) {
	const table = {
		rowCount: data.target.length,
		columns: data.features
	};
	const encoded = encodeFeatures(untrained.features, takeRows(table, validation.rows).columns);
	const scores = new Float64Array(validation.rows.length).fill(untrained.baseScore);
	const rows = {
		target: validation.target,
		weights: validation.weights,
		scores
	};
	const state = {
		bestLoss: Number.POSITIVE_INFINITY,
		isBest: false,
		sinceBest: 0,
		add(tree) {
			addTreeScores(tree, encoded, scores);
			const loss = meanLoss(untrained.objective, rows);
			state.isBest = loss < state.bestLoss;
			if (state.isBest) {
				state.bestLoss = loss;
				state.sinceBest = 0;
			} else state.sinceBest++;
			return loss;
		}
	};
	return state;
}
function shares(ensemble, gains) {
	const total = gains.reduce((sum, gain) => sum + gain, 0);
	return ensemble.features.map((feature, position) => ({
		column: feature.name,
		share: total === 0 ? 0 : gains[position] / total
	})).sort((one, other) => other.share - one.share);
}

// src/core/learning/parameters.ts
const NUMBER_RULES = {
	iterations: {
		initial: 100,
		minimum: 1,
		maximum: 1e4,
		whole: true
	},
	"learning-rate": {
		initial: .1,
		minimum: 0,
		maximum: 1,
		whole: false,
		open: true
	},
	"max-leaves": {
		initial: 31,
		minimum: 2,
		maximum: 1024,
		whole: true
	},
	"max-depth": {
		initial: 64,
		minimum: 1,
		maximum: 64,
		whole: true
	},
	"min-samples-leaf": {
		initial: 20,
		minimum: 1,
		maximum: 1e6,
		whole: true
	},
	"l2-regularization": {
		initial: 1,
		minimum: 0,
		maximum: 1e6,
		whole: false
	},
	"max-bins": {
		initial: 255,
		minimum: 2,
		maximum: 255,
		whole: true
	},
	"early-stopping": {
		initial: 0,
		minimum: 0,
		maximum: 1e4,
		whole: true
	},
	"validation-fraction": {
		initial: .1,
		minimum: .01,
		maximum: .5,
		whole: false
	}
};
const CLASS_WEIGHT_RULE = {
	initial: 1,
	minimum: 0,
	maximum: 1e6,
	whole: false,
	open: true
};
const LEAVES_IN_ALL = 1e6;
const GRADIENT_BOOSTING_KEYS = [...Object.keys(NUMBER_RULES), "class-weight"];
function parseGradientBoostingParameters(values, objective, where = "training.parameters") {
	for (const key of Object.keys(values)) if (!GRADIENT_BOOSTING_KEYS.includes(key)) throw unknownKey(key, where);
	const number = (key) => checkNumber(values[key] ?? NUMBER_RULES[key].initial, NUMBER_RULES[key], `${where}.${key}`);
	const parameters = {
		iterations: number("iterations"),
		learningRate: number("learning-rate"),
		maxLeaves: number("max-leaves"),
		maxDepth: number("max-depth"),
		minSamplesLeaf: number("min-samples-leaf"),
		l2Regularization: number("l2-regularization"),
		maxBins: number("max-bins"),
		earlyStopping: number("early-stopping"),
		validationFraction: number("validation-fraction"),
		classWeight: checkClassWeight(values["class-weight"], objective, `${where}.class-weight`)
	};
	checkSize(parameters, where);
	return parameters;
}
function describeGradientBoostingParameters(parameters) {
	return {
		iterations: parameters.iterations,
		"learning-rate": parameters.learningRate,
		"max-leaves": parameters.maxLeaves,
		"max-depth": parameters.maxDepth,
		"min-samples-leaf": parameters.minSamplesLeaf,
		"l2-regularization": parameters.l2Regularization,
		"max-bins": parameters.maxBins,
		"early-stopping": parameters.earlyStopping,
		"validation-fraction": parameters.validationFraction,
		"class-weight": parameters.classWeight
	};
}
function unknownKey(key, where) {
	const near = nearestName(key, GRADIENT_BOOSTING_KEYS);
	const hint = near === void 0 ? "" : ` Did you mean ${near}?`;
	return new InputError(`${where}.${key} is not a parameter of gradient-boosting.${hint} Allowed are ${GRADIENT_BOOSTING_KEYS.join(", ")}.`);
}
function checkNumber(value, rule, where) {
	if (typeof value === "number" && isAllowed(value, rule)) return value;
	throw new InputError(`${where} is ${quote(value)}; write ${describeRule(rule)}.`);
}
function isAllowed(value, rule) {
	if (rule.whole && !Number.isInteger(value)) return false;
	return (rule.open ? value > rule.minimum : value >= rule.minimum) && value <= rule.maximum;
}
function describeRule(rule) {
	const kind = rule.whole ? "a whole number" : "a number";
	return rule.open ? `${kind} above ${rule.minimum} and at most ${rule.maximum}` : `${kind} from ${rule.minimum} to ${rule.maximum}`;
}
function checkClassWeight(value, objective, where) {
	if (value === void 0) return 1;
	if (objective === "regression") throw new InputError(`${where} is ${quote(value)}, but a regression has no classes; remove the key or use data.weight.`);
	if (value === "balanced") return value;
	if (typeof value === "number" && isAllowed(value, CLASS_WEIGHT_RULE)) return value;
	throw new InputError(`${where} is ${quote(value)}; write balanced or, as the weight of a positive row, ${describeRule(CLASS_WEIGHT_RULE)}.`);
}
function checkSize(parameters, where) {
	const leaves = parameters.iterations * parameters.maxLeaves;
	if (leaves <= LEAVES_IN_ALL) return;
	throw new InputError(`${where}.iterations is ${parameters.iterations} and ${where}.max-leaves ${parameters.maxLeaves}, together up to ${leaves} leaves; lower one of them so that their product is at most ${LEAVES_IN_ALL}.`);
}
function quote(value) {
	const text = JSON.stringify(value) ?? String(value);
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

// src/core/learning/train-learner.ts
function trainLearner(request) {
	if (request.learner === "linear") throw new InputError("training.learner is linear, which is not built yet; use gradient-boosting or training.command");
	const { target, classes } = prepareTarget(request);
	const objective = classes ? "binary" : "regression";
	const parameters = parseGradientBoostingParameters(request.parameters, objective);
	const { ensemble, report } = trainGradientBoosting({
		features: request.features,
		target,
		weights: request.weights,
		objective,
		parameters,
		seed: request.seed,
		...request.onProgress ? { onProgress: request.onProgress } : {}
	});
	return {
		bytes: exportEnsemble(ensemble, {
			name: request.model,
			toolVersion: request.toolVersion,
			...classes ? { classes } : {}
		}),
		report,
		parameters: describeGradientBoostingParameters(parameters)
	};
}
function prepareTarget(request) {
	const { task, target, positiveClass } = request;
	if (task === "regression") {
		const truth = readTruth({
			task,
			target,
			positiveClass: void 0
		});
		if (truth.task !== "regression") throw new Error("a regression target was read as classes");
		return { target: truth.values };
	}
	if (task !== "binary-classification") throw new InputError(`the built-in learner trains binary-classification and regression, not ${task}; use training.command`);
	const truth = readTruth({
		task,
		target,
		positiveClass
	});
	if (!("classes" in truth)) throw new Error("a binary target was read as numbers");
	return {
		target: Float64Array.from(truth.codes),
		classes: classLabels(truth.classes)
	};
}
function classLabels([negative = "", positive = ""]) {
	const numbers = [Number(negative), Number(positive)];
	return numbers.every(Number.isSafeInteger) && String(numbers) === String([negative, positive]) ? numbers : [negative, positive];
}

export { trainLearner };