import { areaInterval, ascending, ascendingOrder, intervalAround, midranks, quantileOfSorted, simultaneousConfidence, twoSidedZ } from "./core-statistics.js";
import { findColumn, takeRows } from "./core-data.js";
import { LEAST_SHARE, judgeOverlap } from "./core-leakage.js";

// src/core/data-checks/checks.ts
const DATA_CHECKS = [
	...[
		"row-count",
		"columns-differ",
		"types-differ",
		"declared-column"
	],
	...["target-missing", "labels-missing"],
	...[
		"constant-column",
		"mostly-missing",
		"undeclared-id",
		"mixed-types",
		"value-variants"
	],
	...[
		"non-finite",
		"future-time",
		"duplicate-rows",
		"personal-data"
	],
	...[
		"target-type",
		"class-count",
		"class-rows",
		"label-variants",
		"new-label"
	],
	...[
		"conflicting-labels",
		"target-copy",
		"target-leakage",
		"predictive-id"
	],
	...[
		"shared-ids",
		"shared-rows",
		"shared-groups",
		"time-overlap"
	]
];
function applySettings(findings, settings) {
	return findings.flatMap((finding) => {
		const severity = chosenSeverity(settings.get(finding.dataset) ?? [], finding);
		if (severity === void 0) return [finding];
		return severity === "off" ? [] : [{
			...finding,
			severity
		}];
	});
}
function chosenSeverity(settings, about) {
	const own = settings.filter(({ check }) => check === about.check);
	return (own.find(({ column }) => column !== void 0 && column === about.column) ?? own.find(({ column }) => column === void 0))?.severity;
}
function percent(share) {
	const value = 100 * share;
	if (value === 0 || value === 100) return `${value} %`;
	const digits = value >= 99 || value < 1 ? 2 : 1;
	const text = value.toFixed(digits);
	if (Number(text) === 100) return "more than 99.99 %";
	return Number(text) === 0 ? "less than 0.01 %" : `${Number(text)} %`;
}
function shownValues(values, isHidden) {
	if (isHidden) return `${values.length} ${values.length === 1 ? "value" : "values"} (hidden)`;
	const listed = values.slice(0, 5).map((value) => JSON.stringify(value.slice(0, 40)));
	return values.length > 5 ? `${listed.join(", ")}, … (${values.length})` : listed.join(", ");
}

// src/core/data-checks/roles.ts
function columnRoles(data) {
	const { target, id, timestamp, group, weight, columns, features, exclude } = data;
	const reserved = /* @__PURE__ */ new Set([
		target,
		id,
		timestamp,
		group,
		weight,
		...exclude
	]);
	const isDerived = features !== void 0;
	const listed = columns === void 0 || isDerived ? void 0 : new Set(columns);
	return {
		...target === void 0 ? {} : { target },
		...id === void 0 ? {} : { id },
		...timestamp === void 0 ? {} : { timestamp },
		...group === void 0 ? {} : { group },
		...weight === void 0 ? {} : { weight },
		exclude: new Set(exclude),
		isFeature: (column) => column !== target && (listed?.has(column) ?? !reserved.has(column)),
		isDerived
	};
}
function identifyingColumns(names, roles) {
	const { id, target, weight, exclude } = roles;
	return names.filter((name) => name !== id && name !== target && name !== weight && !exclude.has(name));
}

// src/core/data-checks/columns.ts
const MOSTLY_MISSING = .5;
const NEARLY_ALL_MISSING = .95;
const NEARLY_UNIQUE = .99;
function checkColumns({ rowCount, profiles, roles, first }) {
	if (rowCount < 30) return [];
	return profiles.filter(({ name }) => roles.isFeature(name)).flatMap((profile) => {
		const earlier = first?.get(profile.name);
		const constant = checkConstant(profile, {
			rowCount,
			roles
		});
		if (constant && earlier === void 0) return [constant];
		if (constant && earlier) return laterConstant(constant, earlier, roles);
		const missing = checkMissing(profile, {
			rowCount,
			roles
		});
		const isKnown = earlier !== void 0 && checkMissing(earlier, {
			...earlier,
			roles
		}) !== void 0;
		const found = missing && !isKnown ? [missing] : [];
		const id = first === void 0 ? checkUndeclaredId(profile, {
			rowCount,
			roles
		}) : void 0;
		return id ? [...found, id] : found;
	});
}
function severityOfFeature(severity, roles) {
	return roles.isDerived ? "info" : severity;
}
function checkConstant({ name, distinct, missing }, context) {
	const { rowCount, roles } = context;
	const common = {
		check: "constant-column",
		column: name,
		failing: rowCount,
		checked: rowCount
	};
	const severity = severityOfFeature("warning", roles);
	if (distinct === 0) return {
		...common,
		severity,
		message: `${name} has no value in any of ${rowCount} rows: nothing can be learned from it`
	};
	if (distinct > 1 || missing > 0) return void 0;
	return {
		...common,
		severity,
		message: `${name} has the same value in all ${rowCount} rows: nothing can be learned from it`
	};
}
function laterConstant(constant, earlier, roles) {
	if (checkConstant(earlier, {
		...earlier,
		roles
	})) return [];
	return [{
		...constant,
		severity: "info",
		message: `${constant.message.replace(/:.*$/, "")}, and ${earlier.distinct} different ones in the first data set`
	}];
}
function checkMissing(profile, { rowCount, roles }) {
	const { name, missing } = profile;
	const share = missing / rowCount;
	if (share < MOSTLY_MISSING) return void 0;
	return {
		check: "mostly-missing",
		severity: share >= NEARLY_ALL_MISSING ? severityOfFeature("warning", roles) : "info",
		column: name,
		message: `${name} is missing in ${missing} of ${rowCount} rows (${percent(share)})`,
		failing: missing,
		checked: rowCount
	};
}
function checkUndeclaredId(profile, { rowCount, roles }) {
	const kind = idLikeness({
		...profile,
		rowCount
	});
	if (kind === void 0) return void 0;
	const { name, distinct, missing } = profile;
	const words = kind === "texts" ? "another text in nearly each row" : "a number of its own in each row";
	return {
		check: "undeclared-id",
		severity: severityOfFeature("warning", roles),
		column: name,
		message: `${name} has ${words} (${distinct} different of ${rowCount - missing}): it names rows and teaches nothing; declare it in data.id or data.exclude`,
		failing: distinct,
		checked: rowCount - missing
	};
}
function idLikeness(profile) {
	const { type, distinct, missing, minimum, maximum, rowCount } = profile;
	const present = rowCount - missing;
	if (present < 30) return void 0;
	if (type === "string") return distinct >= NEARLY_UNIQUE * present ? "texts" : void 0;
	if (type !== "integer" || distinct < present || minimum === void 0 || maximum === void 0) return void 0;
	return maximum - minimum + 1 <= 2 * present ? "count" : void 0;
}

// src/core/data-checks/overlap.ts
const MOST_SHARED = .05;
const EXAMPLES$1 = 5;
function knowKeys(keys) {
	const sorted = keys.filter((key) => !Number.isNaN(key)).sort();
	let single = 0;
	for (let index = 0; index < sorted.length; index++) {
		const key = sorted[index];
		if (sorted[index - 1] !== key && sorted[index + 1] !== key) single++;
	}
	return {
		sorted,
		single
	};
}
function isKnownKey(sorted, key) {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < key) low = middle + 1;
		else high = middle;
	}
	return sorted[low] === key;
}
function findShared({ sorted }, asked, known) {
	const isShared = new Uint8Array(asked.length);
	const first = [];
	let count = 0;
	for (let row = 0; row < asked.length; row++) {
		if (known?.[row] === 1 || !isKnownKey(sorted, asked[row])) continue;
		isShared[row] = 1;
		count++;
		if (first.length < EXAMPLES$1) first.push(row);
	}
	return {
		isShared,
		count,
		first
	};
}
function sharedIds(shared, id, { own, training }) {
	const { count, isShared, first } = shared;
	if (count === 0) return [];
	return [{
		check: "shared-ids",
		severity: "warning",
		column: id,
		message: `${count} of ${isShared.length} rows of ${own} share their ${id} with ${training}: leakage, since a model may know their answers`,
		failing: count,
		checked: isShared.length,
		rows: first
	}];
}
function sharedRows({ training, shared, byId }, { own, training: name }) {
	const total = shared.isShared.length;
	const rate = training.sorted.length === 0 ? 0 : 1 - training.single / training.sorted.length;
	const { rows, expected, suspicious } = judgeOverlap({
		rows: shared.count,
		asked: total - byId,
		rate,
		trainingRows: training.sorted.length,
		least: LEAST_SHARE * total
	});
	if (rows === 0 || total < 30) return [];
	const common = {
		check: "shared-rows",
		failing: rows,
		checked: total,
		rows: shared.first
	};
	const words = `${rows} of ${total} rows of ${own} (${percent(rows / total)}) have the features of a row of ${name}`;
	const chance = `by chance about ${expected < 10 ? expected.toFixed(1) : Math.round(expected)} would`;
	if (!suspicious) return [{
		...common,
		severity: "info",
		message: `${words}; ${chance}`
	}];
	const severity = rows - expected > MOST_SHARED * total ? "error" : "warning";
	const message = `${words}; ${chance}: leakage, since a model may know their answers`;
	return [{
		...common,
		severity,
		message
	}];
}
function sharedGroups(shared, group, { own, training, isLater }) {
	const { count, isShared, first } = shared;
	if (count === 0) return [];
	const share = `${count} of ${isShared.length} rows of ${own} (${percent(count / isShared.length)})`;
	return [{
		check: "shared-groups",
		severity: isLater ? "info" : "warning",
		column: group,
		message: isLater ? `${share} belong to a ${group} that ${training} has too; ${own} is later, so a model meets them as it will in use` : `${share} belong to a ${group} that ${training} has too: leakage where a model shall answer for a new ${group}; split by group`,
		failing: count,
		checked: isShared.length,
		rows: first
	}];
}

// src/core/data-checks/times.ts
const AHEAD_MILLISECONDS = 864e5;
const MIXED_SHARE = .05;
function futureFinding({ failing, checked, examples }, timestamp) {
	if (failing === 0) return [];
	return [{
		check: "future-time",
		severity: "warning",
		column: timestamp,
		message: `${failing} of ${checked} rows have a value of ${timestamp} more than a day from now: a wrong clock, unit or century?`,
		failing,
		checked,
		examples
	}];
}
function isSplitByTime({ notLater, early }) {
	return notLater.checked > 0 && early < MIXED_SHARE * notLater.checked;
}
function timeOverlapFinding(overlap) {
	const { own, training, timestamp, notLater } = overlap;
	const { failing, checked, examples } = notLater;
	if (failing === 0) return [];
	const share = `${failing} of ${checked} rows of ${own} (${percent(failing / checked)}) are not later than the latest ${timestamp} of ${training}`;
	const common = {
		check: "time-overlap",
		column: timestamp,
		failing,
		checked
	};
	if (!isSplitByTime(overlap)) {
		const message = `${share}: the split is not by time, so the result says little about how well the future is foretold`;
		return [{
			...common,
			severity: "info",
			message
		}];
	}
	const message = `${share}: leakage, since a model knows of their time`;
	return [{
		...common,
		severity: "warning",
		message,
		examples
	}];
}

// src/core/data-checks/repeats.ts
const MOST_DUPLICATES = .05;
const MOST_CONFLICTING = .05;
const EXAMPLES = 5;
function findEqualRows(keys) {
	const sorted = ascendingOrder(keys);
	const starts = [0];
	let kept = 0;
	let start = 0;
	while (start < sorted.length) {
		const key = keys[sorted[start]];
		if (Number.isNaN(key)) break;
		let end = start + 1;
		while (end < sorted.length && keys[sorted[end]] === key) end++;
		if (end - start > 1) {
			sorted.copyWithin(kept, start, end);
			kept += end - start;
			starts.push(kept);
		}
		start = end;
	}
	return {
		order: sorted.subarray(0, kept),
		starts: Uint32Array.from(starts)
	};
}
function countDuplicates(equal, labels) {
	let rows = 0;
	const first = [];
	const seen = /* @__PURE__ */ new Map();
	eachRun(equal, (run) => {
		seen.clear();
		for (const row of run) {
			const label = labels?.[row] ?? 0;
			const like = seen.get(label);
			if (like === void 0) {
				seen.set(label, row);
				continue;
			}
			rows++;
			keepFirst(first, {
				row,
				like
			});
		}
	});
	return {
		rows,
		first
	};
}
function duplicateFinding({ rows, first }, rowCount) {
	if (rows === 0) return [];
	const share = rows / rowCount;
	const isMany = share > MOST_DUPLICATES;
	return [{
		check: "duplicate-rows",
		severity: isMany ? "warning" : "info",
		message: `${rows} of ${rowCount} rows (${percent(share)}) repeat an earlier row in features and label${isMany ? "; copies on both sides of a split are a leak, and rows count more often than they were seen" : ""}`,
		failing: rows,
		checked: rowCount,
		rows: first.map(({ row }) => row)
	}];
}
function countConflicts(equal, labels) {
	const labelled = labels.reduce((count, code) => count + (code < 0 ? 0 : 1), 0);
	let rows = 0;
	let unreachable = 0;
	const first = [];
	const counts = /* @__PURE__ */ new Map();
	eachRun(equal, (run) => {
		counts.clear();
		let size = 0;
		for (const row of run) {
			const label = labels[row];
			if (label < 0) continue;
			size++;
			counts.set(label, (counts.get(label) ?? 0) + 1);
		}
		if (counts.size < 2) return;
		rows += size;
		unreachable += size - Math.max(...counts.values());
		for (const row of run) if (labels[row] >= 0) keepFirst(first, { row });
	});
	return {
		rows,
		labelled,
		unreachable,
		first: first.map(({ row }) => row)
	};
}
function conflictFinding(conflicts, target) {
	const { rows, labelled, unreachable, first } = conflicts;
	if (rows === 0) return [];
	return [{
		check: "conflicting-labels",
		severity: rows > MOST_CONFLICTING * labelled ? "warning" : "info",
		column: target,
		message: `${rows} of ${labelled} rows (${percent(rows / labelled)}) have the features of a row with another ${target}: on these data no model has an accuracy above ${shownBound(1 - unreachable / labelled)}`,
		failing: rows,
		checked: labelled,
		rows: first
	}];
}
function measureDisagreement(equal, labels) {
	const labelled = labels.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
	const mean = labels.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / labelled;
	const squares = labels.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : (value - mean) ** 2), 0);
	let rows = 0;
	let within = 0;
	const first = [];
	eachRun(equal, (run) => {
		const known = [...run].filter((row) => !Number.isNaN(labels[row]));
		const own = known.reduce((sum, row) => sum + labels[row], 0) / known.length;
		const spread = known.reduce((sum, row) => sum + (labels[row] - own) ** 2, 0);
		if (known.every((row) => labels[row] === labels[known[0]])) return;
		rows += known.length;
		within += spread;
		for (const row of known) keepFirst(first, { row });
	});
	const bestDetermination = squares > 0 ? 1 - within / squares : 1;
	return {
		rows,
		labelled,
		bestDetermination,
		first: first.map(({ row }) => row)
	};
}
function disagreementFinding(found, target) {
	const { rows, labelled, bestDetermination, first } = found;
	if (rows === 0) return [];
	return [{
		check: "conflicting-labels",
		severity: bestDetermination < .95 ? "warning" : "info",
		column: target,
		message: `${rows} of ${labelled} rows (${percent(rows / labelled)}) have the features of a row with another ${target}: on these data no model has an R² above ${shownBound(bestDetermination)}`,
		failing: rows,
		checked: labelled,
		rows: first
	}];
}
function shownBound(bound) {
	const text = bound.toFixed(4);
	return text === "1.0000" ? "0.9999" : text;
}
function eachRun({ order, starts }, visit) {
	for (let run = 0; run + 1 < starts.length; run++) visit(order.subarray(starts[run], starts[run + 1]));
}
function keepFirst(kept, next) {
	const last = kept.at(-1);
	if (kept.length >= EXAMPLES && last !== void 0 && next.row >= last.row) return;
	kept.push(next);
	kept.sort((left, right) => left.row - right.row);
	if (kept.length > EXAMPLES) kept.pop();
}

// src/core/data-checks/strength.ts
const CONFIDENCE = .95;
const MOST_BINS = 50;
const MOST_CLASSES = 20;
const FEWEST_PAIRS = 10;
function strengthOfOrder(target, values) {
	const rows = presentRows(values);
	const scores = Float64Array.from(rows, (row) => values[row]);
	switch (target.kind) {
		case "binary": return strengthOfScores(Uint8Array.from(rows, (row) => target.labels[row]), scores, CONFIDENCE);
		case "number": return rankCorrelation(Float64Array.from(rows, (row) => target.values[row]), scores);
		case "classes": {
			const codes = Int32Array.from(rows, (row) => target.codes[row]);
			let best;
			for (const code of largestClasses(codes, target.classes)) {
				const next = strengthOfClass(codes, code, {
					scores,
					classes: target.classes
				});
				if (next && next.interval.low > (best?.interval.low ?? 0)) best = next;
			}
			return best;
		}
	}
}
function strengthOfCategories(target, codes, enough = 0) {
	const halves = splitHalves(codes.length);
	switch (target.kind) {
		case "binary": {
			const scores = heldOutMeans(codes, target.labels, halves);
			return strengthOfScores(Uint8Array.from(halves.judged, (row) => target.labels[row]), scores, CONFIDENCE);
		}
		case "number": return rankCorrelation(Float64Array.from(halves.judged, (row) => target.values[row]), heldOutMeans(codes, target.values, halves));
		case "classes": {
			const judged = Int32Array.from(halves.judged, (row) => target.codes[row]);
			let worst;
			for (const code of largestClasses(judged, target.classes)) {
				const next = strengthOfClass(judged, code, {
					scores: heldOutMeans(codes, Uint8Array.from(target.codes, (other) => Number(other === code)), halves),
					classes: target.classes
				});
				if (next && (worst === void 0 || next.value < worst.value)) worst = next;
				if (worst !== void 0 && worst.value < enough) break;
			}
			return worst;
		}
	}
}
function binNumbers(values) {
	const sorted = ascending(Float64Array.from(presentRows(values), (row) => values[row]));
	const bins = Math.max(2, Math.min(MOST_BINS, Math.floor(Math.sqrt(sorted.length / 2))));
	const edges = [...new Set(Array.from({ length: bins - 1 }, (_, index) => quantileOfSorted(sorted, (index + 1) / bins)))];
	return Int32Array.from(values, (value) => {
		if (Number.isNaN(value)) return -1;
		let low = 0;
		let high = edges.length;
		while (low < high) {
			const middle = low + high >>> 1;
			if (edges[middle] < value) low = middle + 1;
			else high = middle;
		}
		return low;
	});
}
function rankCorrelation(left, right) {
	const count = left.length;
	if (count < FEWEST_PAIRS) return void 0;
	const correlation = pearson(midranks(left), midranks(right));
	if (Number.isNaN(correlation)) return void 0;
	const bounded = Math.min(Math.abs(correlation), 1 - 1e-12);
	const spread = twoSidedZ(CONFIDENCE) * Math.sqrt((1 + bounded ** 2 / 2) / (count - 3));
	const { low, high } = intervalAround(Math.atanh(bounded), spread);
	return {
		measure: "R² of ranks",
		value: Math.min(1, correlation ** 2),
		interval: {
			low: Math.max(0, Math.tanh(low)) ** 2,
			high: Math.tanh(high) ** 2
		}
	};
}
function pearson(left, right) {
	const count = left.length;
	const leftMean = left.reduce((sum, value) => sum + value, 0) / count;
	const rightMean = right.reduce((sum, value) => sum + value, 0) / count;
	let [both, leftSquares, rightSquares] = [
		0,
		0,
		0
	];
	for (let row = 0; row < count; row++) {
		const a = left[row] - leftMean;
		const b = right[row] - rightMean;
		both += a * b;
		leftSquares += a * a;
		rightSquares += b * b;
	}
	return leftSquares > 0 && rightSquares > 0 ? both / Math.sqrt(leftSquares * rightSquares) : NaN;
}
function strengthOfScores(labels, scores, confidence) {
	const positives = labels.reduce((count, label) => count + label, 0);
	if (Math.min(positives, labels.length - positives) < 10) return void 0;
	const found = areaInterval(labels, scores, confidence);
	if (!found.defined) return void 0;
	const { area, interval } = found;
	if (area >= .5) return {
		measure: "AUC",
		value: area,
		interval
	};
	return {
		measure: "AUC",
		value: 1 - area,
		interval: {
			low: 1 - interval.high,
			high: 1 - interval.low
		}
	};
}
function strengthOfClass(codes, code, { scores, classes }) {
	return strengthOfScores(Uint8Array.from(codes, (own) => Number(own === code)), scores, simultaneousConfidence(CONFIDENCE, classes));
}
function largestClasses(codes, classes) {
	const counts = new Float64Array(classes);
	for (const code of codes) counts[code] = counts[code] + 1;
	return [...counts.keys()].sort((left, right) => counts[right] - counts[left]).slice(0, MOST_CLASSES);
}
function splitHalves(count) {
	const learned = [];
	const judged = [];
	for (let row = 0; row < count; row++) ((scramble(row) & 1) === 0 ? learned : judged).push(row);
	return {
		learned: Uint32Array.from(learned),
		judged: Uint32Array.from(judged)
	};
}
function scramble(value) {
	let mixed = value | 0;
	mixed = Math.imul(mixed ^ mixed >>> 16, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 13, 3266489909);
	return (mixed ^ mixed >>> 16) >>> 0;
}
function heldOutMeans(codes, target, { learned, judged }) {
	let size = 0;
	for (const code of codes) if (code + 2 > size) size = code + 2;
	const sums = new Float64Array(size);
	const counts = new Float64Array(size);
	let sum = 0;
	for (const row of learned) {
		const place = codes[row] + 1;
		sums[place] = sums[place] + target[row];
		counts[place] = counts[place] + 1;
		sum += target[row];
	}
	const mean = learned.length === 0 ? 0 : sum / learned.length;
	return Float64Array.from(judged, (row) => {
		const place = codes[row] + 1;
		return (sums[place] + mean) / (counts[place] + 1);
	});
}
function presentRows(values) {
	const rows = new Uint32Array(values.length);
	let count = 0;
	for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[count++] = row;
	return rows.subarray(0, count);
}

// src/core/data-checks/copies.ts
function isCopy(target, column) {
	switch (target.kind) {
		case "number": return column.kind === "number" && isStraightLine(target.values, column.values);
		case "binary": return namesClasses(Int32Array.from(target.labels), column);
		case "classes": return namesClasses(target.codes, column);
	}
}
function namesClasses(codes, column) {
	const classOf = /* @__PURE__ */ new Map();
	const valueOfClass = /* @__PURE__ */ new Map();
	const counts = /* @__PURE__ */ new Map();
	let asked = 0;
	for (let row = 0; row < codes.length; row++) {
		const value = column.kind === "text" ? column.codes[row] : column.values[row];
		if (column.kind === "text" ? value < 0 : Number.isNaN(value)) continue;
		const code = codes[row];
		if ((classOf.get(value) ?? code) !== code || (valueOfClass.get(code) ?? value) !== value) return false;
		classOf.set(value, code);
		valueOfClass.set(code, value);
		counts.set(code, (counts.get(code) ?? 0) + 1);
		asked++;
	}
	const supported = [...counts.values()].filter((count) => count >= 10);
	return asked >= 30 && 2 * asked >= codes.length && supported.length >= 2;
}
function isStraightLine(target, values) {
	const rows = [];
	for (let row = 0; row < values.length; row++) if (Number.isFinite(values[row])) rows.push(row);
	if (rows.length < 30 || 2 * rows.length < values.length) return false;
	const correlation = pearson(Float64Array.from(rows, (row) => target[row]), Float64Array.from(rows, (row) => values[row]));
	return Math.abs(correlation) > .999999999;
}

// src/core/data-checks/predictors.ts
const GIVES_AWAY = .95;
const MEANS_NOTHING = {
	AUC: .55,
	"R² of ranks": .01
};
const FOLLOWS_TIME = .8;
function checkPredictors(sample) {
	const labelled = labelledRows(sample);
	if (labelled === void 0) return [];
	const { table, target, rows } = labelled;
	const { roles } = sample;
	const judged = table.columns.filter(({ name }) => name !== sample.target).filter(({ name }) => roles.isFeature(name) && !sample.ids.includes(name)).flatMap((column) => checkFeature(column, target, sample));
	const ids = sample.ids.flatMap((name) => {
		const column = findColumn(table, name);
		return column === void 0 || followsTime(column, table, roles) ? [] : checkId(column, target, sample);
	});
	const order = roles.timestamp === void 0 ? checkOrder(rows, target, sample) : [];
	return [
		...judged,
		...ids,
		...order
	];
}
function labelledRows({ table, target, kind }) {
	const column = findColumn(table, target);
	if (column === void 0) return void 0;
	const isLabelled = (row) => column.kind === "text" ? column.codes[row] >= 0 : Number.isFinite(column.values[row]);
	const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter(isLabelled);
	if (rows.length < 30) return void 0;
	const known = rows.length === table.rowCount ? table : takeRows(table, rows);
	const sample = targetOf(findColumn(known, target), kind);
	return sample && {
		table: known,
		target: sample,
		rows
	};
}
function targetOf(column, kind) {
	if (column.kind === "number") return kind === "number" ? {
		kind,
		values: column.values
	} : void 0;
	const classes = column.dictionary.length;
	if (kind === "number" || classes < 2) return void 0;
	if (kind === "classes") return {
		kind,
		codes: column.codes,
		classes
	};
	return classes === 2 ? {
		kind,
		labels: Uint8Array.from(column.codes)
	} : void 0;
}
function checkFeature(column, target, sample) {
	const { name } = column;
	const { roles } = sample;
	if (isCopy(target, column)) return [{
		check: "target-copy",
		severity: severityOfFeature("error", roles),
		column: name,
		message: `${name} is ${sample.target} in other words: each value of one belongs to one value of the other${extent(sample)}; exclude it${unlessLeftOut(roles)}`
	}];
	const strength = strongest(column, target);
	if (strength === void 0 || strength.value < GIVES_AWAY) return [];
	return [{
		check: "target-leakage",
		severity: strength.interval.low >= GIVES_AWAY ? severityOfFeature("warning", roles) : "info",
		column: name,
		message: `${name} alone predicts ${sample.target}: ${describe(strength)}${extent(sample)}; is it known when the prediction is made?${unlessLeftOut(roles)}`
	}];
}
function strongest(column, target) {
	if (column.kind === "text") return strengthOfCategories(target, column.codes, GIVES_AWAY);
	const byOrder = target.kind === "classes" ? void 0 : strengthOfOrder(target, column.values);
	const byIntervals = strengthOfCategories(target, binNumbers(column.values), GIVES_AWAY);
	if (byOrder === void 0 || byIntervals === void 0) return byOrder ?? byIntervals;
	return byIntervals.value > byOrder.value ? byIntervals : byOrder;
}
function checkId(column, target, sample) {
	const strength = strengthOfOrder(target, orderOf(column));
	if (strength === void 0 || strength.interval.low <= MEANS_NOTHING[strength.measure]) return [];
	return [{
		check: "predictive-id",
		severity: "warning",
		column: column.name,
		message: `the order of ${column.name} predicts ${sample.target}: ${describe(strength)}${extent(sample)}; an id should tell nothing: were rows collected or numbered by their answer?`
	}];
}
function checkOrder(rows, target, sample) {
	const strength = strengthOfOrder(target, Float64Array.from(rows));
	if (strength === void 0 || strength.interval.low <= MEANS_NOTHING[strength.measure]) return [];
	return [{
		check: "predictive-id",
		severity: "info",
		message: `the order of the rows predicts ${sample.target}: ${describe(strength)}${extent(sample)}; shuffle them before a training that reads them in order`
	}];
}
function followsTime(column, table, { timestamp }) {
	const time = timestamp === void 0 ? void 0 : findColumn(table, timestamp);
	if (time === void 0) return false;
	const [own, other] = [orderOf(column), orderOf(time)];
	const rows = Uint32Array.from(own.keys()).filter((row) => !Number.isNaN(own[row]) && !Number.isNaN(other[row]));
	const along = rankCorrelation(Float64Array.from(rows, (row) => own[row]), Float64Array.from(rows, (row) => other[row]));
	return along !== void 0 && along.value >= FOLLOWS_TIME;
}
function orderOf(column) {
	if (column.kind === "number") return column.values;
	const { codes, dictionary } = column;
	const isCount = dictionary.every((text) => /^\d{1,15}$/.test(text));
	const sorted = [...dictionary.keys()].sort((left, right) => {
		const [a, b] = [dictionary[left], dictionary[right]];
		if (isCount) return Number(a) - Number(b);
		return a < b ? -1 : Number(a > b);
	});
	const ranks = new Float64Array(dictionary.length);
	for (const [rank, code] of sorted.entries()) ranks[code] = rank;
	return Float64Array.from(codes, (code) => code < 0 ? NaN : ranks[code]);
}
function describe({ measure, value, interval }) {
	return `${measure} ${shown(value)} [${shown(interval.low)}, ${shown(interval.high)}]`;
}
function shown(value) {
	const text = value.toFixed(3);
	return text === "1.000" && value < 1 ? "0.999+" : text;
}
function extent({ table, total }) {
	return table.rowCount === total ? "" : ` (on ${table.rowCount} of ${total} rows)`;
}
function unlessLeftOut(roles) {
	return roles.isDerived ? " (it matters where data.features hands it on)" : "";
}

// src/core/data-checks/text-columns.ts
const MOSTLY_NUMBERS = .9;
const MOST_CATEGORIES = 1e3;
function countKinds({ codes, dictionary }) {
	const isNumber = dictionary.map((text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()));
	let numbers = 0;
	let words = 0;
	for (const code of codes) {
		if (code < 0) continue;
		if (isNumber[code]) numbers++;
		else words++;
	}
	return {
		numbers,
		words
	};
}
function isMostlyNumbers({ numbers, words }) {
	return numbers + words >= 30 && numbers >= MOSTLY_NUMBERS * (numbers + words);
}
function findVariants(texts) {
	if (texts.length > MOST_CATEGORIES) return [];
	const groups = /* @__PURE__ */ new Map();
	for (const text of texts) {
		const key = foldText(text);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [text]);
		else group.push(text);
	}
	return [...groups.values()].filter((group) => group.length > 1);
}
function foldText(text) {
	return text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

// src/core/data-checks/labels.ts
const RARE_CLASS = .01;
function countLabels({ codes, dictionary }) {
	const counts = new Float64Array(dictionary.length);
	for (const code of codes) if (code >= 0) counts[code] = counts[code] + 1;
	return new Map(dictionary.map((label, code) => [label, counts[code]]));
}
function checkLabels(data) {
	return [
		...checkVariants(data),
		...checkClassCount(data),
		...checkNewLabels(data),
		...checkClassRows(data)
	];
}
function checkVariants({ target, task, labels, isHidden }) {
	return findVariants([...labels.keys()]).map((variants) => {
		const [most, ...others] = variants.toSorted((left, right) => labels.get(right) - labels.get(left));
		const failing = others.reduce((sum, label) => sum + labels.get(label), 0);
		return {
			check: "label-variants",
			severity: task === "binary-classification" ? "error" : "warning",
			column: target,
			message: `labels of ${target} differ by capitals or blanks only: ${shownValues(variants, isHidden)}; they count as different classes: ${failing} rows have another spelling${isHidden ? "" : ` than ${JSON.stringify(most.slice(0, 40))}`}`,
			failing,
			checked: total(labels)
		};
	});
}
function checkClassCount({ target, task, labels, known, isHidden }) {
	if (labels.size === 0) return [];
	const classes = new Set([...labels.keys()].map(foldText)).size;
	const names = shownValues([...labels.keys()], isHidden);
	const common = {
		check: "class-count",
		column: target,
		checked: total(labels)
	};
	if (classes === 1) {
		const severity = known === void 0 ? "error" : "warning";
		const why = known === void 0 ? "a classifier needs two" : "nothing that tells classes apart can be measured";
		return [{
			...common,
			severity,
			message: `all labels of ${target} are the same (${names}); ${why}`
		}];
	}
	if (known !== void 0 && [...labels.keys()].some((label) => !known.has(label))) return [];
	if (task !== "binary-classification" || classes === 2) return [];
	const message = `${target} has ${classes} classes (${names}); binary-classification needs two: set task to multiclass-classification, or mend the data`;
	return [{
		...common,
		severity: "error",
		message
	}];
}
function checkNewLabels({ target, task, labels, known, isHidden }) {
	if (known === void 0) return [];
	const folded = new Set([...known].map(foldText));
	const fresh = [...labels.keys()].filter((label) => !known.has(label));
	const spelled = new Set(findVariants([...labels.keys()]).flat());
	const told = fresh.filter((label) => !spelled.has(label));
	if (told.length === 0) return [];
	const failing = told.reduce((sum, label) => sum + labels.get(label), 0);
	const isSpelling = told.every((label) => folded.has(foldText(label)));
	return [{
		check: "new-label",
		severity: task === "binary-classification" ? "error" : "warning",
		column: target,
		message: `${failing} rows have a label of ${target} that the training data lack: ${shownValues(told, isHidden)}${isSpelling ? "; it differs by capitals or blanks only" : "; no model can answer it"}`,
		failing,
		checked: total(labels)
	}];
}
function checkClassRows({ target, labels, isHidden }) {
	const rows = total(labels);
	if (rows < 30 || labels.size < 2) return [];
	const few = [...labels].filter(([, count]) => count < 10);
	const common = {
		check: "class-rows",
		column: target,
		checked: rows
	};
	if (few.length > 0) {
		const failing = few.reduce((sum, [, count]) => sum + count, 0);
		const names = shownValues(few.map(([label]) => label), isHidden);
		const message = `${few.length === 1 ? "a class" : `${few.length} classes`} of ${target} ${few.length === 1 ? "has" : "have"} fewer than ${10} rows: ${names}; that is too few to learn or judge ${few.length === 1 ? "it" : "them"} by`;
		return [{
			...common,
			severity: "warning",
			message,
			failing
		}];
	}
	const rare = [...labels].filter(([, count]) => count < RARE_CLASS * rows);
	if (rare.length === 0) return [];
	const least = rare.toSorted(([, left], [, right]) => left - right)[0][1];
	const names = shownValues(rare.map(([label]) => label), isHidden);
	const message = `${rare.length === 1 ? "a class" : `${rare.length} classes`} of ${target} ${rare.length === 1 ? "is" : "are"} rare: ${names}, ${rare.length === 1 ? "" : "the rarest "}with ${least} of ${rows} rows (${percent(least / rows)}); accuracy says little here`;
	return [{
		...common,
		severity: "info",
		message,
		failing: least
	}];
}
function total(labels) {
	return [...labels.values()].reduce((sum, count) => sum + count, 0);
}

export { AHEAD_MILLISECONDS, DATA_CHECKS, applySettings, checkColumns, checkLabels, checkPredictors, chosenSeverity, columnRoles, conflictFinding, countConflicts, countDuplicates, countKinds, countLabels, disagreementFinding, duplicateFinding, findEqualRows, findShared, findVariants, futureFinding, idLikeness, identifyingColumns, isMostlyNumbers, isSplitByTime, knowKeys, measureDisagreement, percent, sharedGroups, sharedIds, sharedRows, shownValues, timeOverlapFinding };