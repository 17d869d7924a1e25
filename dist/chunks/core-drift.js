import { buildSample, checkGroups, readClasses, readTruth, takeValues } from "./core-comparison.js";
import { isPlainlyPersonal } from "./core-personal-data.js";
import { benjaminiHochberg, chiSquaredStatistic, chiSquaredSurvival, compareProportions, gapLowerBound, kolmogorovSmirnovTest, logGamma, normalQuantile, probabilityOfSuperiority, runPairedBootstrap, sampleVariance, scaledWasserstein, totalVariation, totalVariationLowerBound } from "./core-statistics.js";
import { sampleRowCount } from "./core-metrics.js";

// src/core/drift/column-values.ts
const FEW_VALUES = 20;
function countValues(column) {
	let missing = 0;
	let infinite = 0;
	const rows = column.kind === "text" ? column.codes.length : column.values.length;
	for (let row = 0; row < rows; row++) if (column.kind === "text") missing += Number(column.codes[row] < 0);
	else if (Number.isNaN(column.values[row])) missing++;
	else if (!Number.isFinite(column.values[row])) infinite++;
	return {
		rows,
		missing,
		infinite,
		present: rows - missing - infinite
	};
}
function areCategories(reference, current) {
	if (reference.kind === "text" || current.kind === "text") return true;
	const seen = /* @__PURE__ */ new Set();
	for (const { values } of [reference, current]) for (const value of values) {
		if (!Number.isFinite(value)) continue;
		if (!Number.isInteger(value)) return false;
		seen.add(value);
		if (seen.size > FEW_VALUES) return false;
	}
	return true;
}
function sortedNumbers(column) {
	if (column.kind === "text") throw new Error(`the column ${column.name} holds text, not numbers`);
	return column.values.filter((value) => Number.isFinite(value)).sort();
}
function tabulate(reference, current) {
	const positions = /* @__PURE__ */ new Map();
	const [before = [], now = []] = [reference, current].map((column) => {
		const counts = [];
		const { names, codes } = readClasses(finiteOnly(column));
		const place = names.map((name) => {
			const position = positions.get(name) ?? positions.size;
			positions.set(name, position);
			return position;
		});
		for (const code of codes) {
			if (code < 0) continue;
			const position = place[code];
			counts[position] = (counts[position] ?? 0) + 1;
		}
		return counts;
	}).map((counts) => Array.from({ length: positions.size }, (_, position) => counts[position] ?? 0));
	const unseen = [...positions.keys()].map((name, position) => ({
		name,
		count: now[position],
		before: before[position]
	})).filter((value) => value.before === 0 && value.count > 0).map(({ name, count }) => ({
		name,
		count
	})).toSorted((left, right) => right.count - left.count);
	return {
		table: {
			reference: before,
			current: now
		},
		unseen
	};
}
function finiteOnly(column) {
	if (column.kind === "text") return column;
	return {
		...column,
		values: column.values.map((value) => Number.isFinite(value) ? value : NaN)
	};
}

// src/core/drift/minimum-effects.ts
const MINIMUM_EFFECTS = {
	small: {
		superiority: .06,
		wasserstein: .1,
		totalVariation: .05,
		share: .02
	},
	medium: {
		superiority: .14,
		wasserstein: .25,
		totalVariation: .1,
		share: .02
	},
	large: {
		superiority: .21,
		wasserstein: .4,
		totalVariation: .2,
		share: .02
	}
};
const EFFECT_CONFIDENCE = .95;

// src/core/drift/broken-columns.ts
function findBrokenColumns(pairs, types) {
	return pairs.flatMap((pair) => {
		if (pair.role !== "feature") return [];
		const reference = countValues(pair.reference);
		const current = countValues(pair.current);
		if (reference.present >= 200 && current.rows >= 200 && current.present === 0) return [{
			name: pair.name,
			words: `${pair.name} has no values any more`
		}];
		const [before, after] = [types.reference.get(pair.name), types.current.get(pair.name)];
		if (before === void 0 || after === void 0 || isText(before) === isText(after)) return [];
		return [{
			name: pair.name,
			words: `${pair.name} was ${before} and is ${after} now`
		}];
	});
}
function isText(type) {
	return type === "string";
}

// src/core/drift/runs-per-year.ts
const MONTHS = [
	"jan",
	"feb",
	"mar",
	"apr",
	"may",
	"jun",
	"jul",
	"aug",
	"sep",
	"oct",
	"nov",
	"dec"
];
const WEEKDAYS = [
	"sun",
	"mon",
	"tue",
	"wed",
	"thu",
	"fri",
	"sat"
];
const FIRST_YEAR = 2025;
const YEARS = 4;
const DAY_MILLISECONDS = 864e5;
function countRunsPerYear(cronLine) {
	const fields = cronLine.trim().split(/\s+/);
	if (fields.length !== 5) return void 0;
	const [minuteText, hourText, dayText, monthText, weekdayText] = fields;
	const minutes = readField(minuteText, {
		from: 0,
		to: 59
	});
	const hours = readField(hourText, {
		from: 0,
		to: 23
	});
	const days = readField(dayText, {
		from: 1,
		to: 31
	});
	const months = readField(monthText, {
		from: 1,
		to: 12,
		names: MONTHS
	});
	const weekdays = readField(weekdayText, {
		from: 0,
		to: 7,
		names: WEEKDAYS
	});
	if (!minutes || !hours || !days || !months || !weekdays) return void 0;
	if (weekdays.has(7)) weekdays.add(0);
	const eitherDay = !dayText.startsWith("*") && !weekdayText.startsWith("*");
	let runDays = 0;
	const end = Date.UTC(2029, 0, 1);
	for (let time = Date.UTC(FIRST_YEAR, 0, 1); time < end; time += DAY_MILLISECONDS) {
		const date = new Date(time);
		if (!months.has(date.getUTCMonth() + 1)) continue;
		const byDay = days.has(date.getUTCDate());
		const byWeekday = weekdays.has(date.getUTCDay());
		if (eitherDay ? byDay || byWeekday : byDay && byWeekday) runDays++;
	}
	const runs = runDays * hours.size * minutes.size / YEARS;
	return runs === 0 ? void 0 : runs;
}
function readField(text, range) {
	const allowed = /* @__PURE__ */ new Set();
	for (const part of text.split(",")) {
		const match = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/i.exec(part);
		if (match === null) return void 0;
		const span = readSpan(match[1], range, match[2] !== void 0);
		const step = match[2] === void 0 ? 1 : Number(match[2]);
		if (span === void 0 || step === 0) return void 0;
		for (let value = span.from; value <= span.to; value += step) allowed.add(value);
	}
	return allowed;
}
function readSpan(text, range, hasStep) {
	if (text === "*") return range;
	const ends = text.split("-").map((end) => readValue(end, range));
	const [from, to = hasStep ? range.to : from] = ends;
	if (from === void 0 || to === void 0 || ends.includes(void 0) || to < from) return void 0;
	return {
		from,
		to
	};
}
function readValue(text, { from, to, names }) {
	const named = names?.indexOf(text.toLowerCase()) ?? -1;
	if (named >= 0) return named + from;
	const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
	return value >= from && value <= to ? value : void 0;
}

// src/core/drift/check-level.ts
const CHECKS_PER_YEAR = 365;
const LAXEST_LEVEL = .05;
function chooseLevel(falseAlarmsPerYear, schedule) {
	const checksPerYear = (schedule === void 0 ? void 0 : countRunsPerYear(schedule)) ?? CHECKS_PER_YEAR;
	return {
		level: Math.min(LAXEST_LEVEL, falseAlarmsPerYear / checksPerYear),
		checksPerYear
	};
}

// src/core/drift/fisher-exact.ts
function fisherExactP(table) {
	const { referenceRows, currentRows, current } = table;
	const holders = table.reference + current;
	const fewest = Math.max(0, holders - referenceRows);
	const most = Math.min(holders, currentRows);
	const logProbability = (count) => logChoose(currentRows, count) + logChoose(referenceRows, holders - count) - logChoose(referenceRows + currentRows, holders);
	const upper = tail(current, most, logProbability);
	const lower = tail(current, fewest, logProbability);
	return Math.min(1, 2 * Math.min(upper, lower));
}
function tail(from, to, logProbability) {
	const step = to >= from ? 1 : -1;
	let sum = 0;
	for (let count = from; step * count <= step * to; count += step) {
		const term = Math.exp(logProbability(count));
		const previous = sum;
		sum += term;
		if (sum === previous && term < sum) break;
	}
	return sum;
}
function logChoose(all, chosen) {
	return logGamma(all + 1) - logGamma(chosen + 1) - logGamma(all - chosen + 1);
}

// src/core/drift/merge-categories.ts
const CATEGORY_LIMIT = 50;
function mergeCategories(table) {
	if (table.reference.length <= CATEGORY_LIMIT) return table;
	const order = byFrequency(table);
	return putTogether(table, new Set(order.slice(0, 49)));
}
function splitRare(table, leastExpected) {
	const smallerShare = Math.min(sum(table.reference), sum(table.current)) / total(table);
	const isRare = (category) => (table.reference[category] + table.current[category]) * smallerShare < leastExpected;
	const order = byFrequency(table);
	const rare = order.filter(isRare);
	const frequent = order.filter((category) => !isRare(category));
	const kept = rare.reduce((count, category) => count + table.reference[category] + table.current[category], 0) * smallerShare < leastExpected && rare.length > 0 ? frequent.slice(0, -1) : frequent;
	return {
		dense: rare.length === 0 ? table : putTogether(table, new Set(kept)),
		rare
	};
}
function byFrequency(table) {
	return table.reference.map((_, category) => category).sort((left, right) => table.reference[right] + table.current[right] - table.reference[left] - table.current[left] || left - right);
}
function putTogether(table, kept) {
	const row = (counts) => [...counts.filter((_, category) => kept.has(category)), counts.reduce((rest, count, category) => kept.has(category) ? rest : rest + count, 0)];
	return {
		reference: row(table.reference),
		current: row(table.current)
	};
}
function total(table) {
	return sum(table.reference) + sum(table.current);
}
function sum(counts) {
	return counts.reduce((all, count) => all + count, 0);
}

// src/core/drift/category-test.ts
const LEAST_EXPECTED = 5;
const ONE_SIDED$1 = .5 + EFFECT_CONFIDENCE / 2;
function compareCategoryCounts(table, minimum) {
	const merged = mergeCategories(withoutEmpty(table));
	const { dense, rare } = splitRare(merged, LEAST_EXPECTED);
	const { statistic, degreesOfFreedom } = chiSquaredStatistic(dense);
	const whole = degreesOfFreedom === 0 ? void 0 : chiSquaredSurvival(statistic, degreesOfFreedom);
	const single = rarestP(merged, rare);
	const answers = [whole, single].filter((p) => p !== void 0);
	return {
		method: single === void 0 ? "chi-squared" : "chi-squared (rare values by Fisher)",
		statistic,
		pValue: answers.length === 0 ? 1 : Math.min(1, answers.length * Math.min(...answers)),
		effect: variationEffect(merged, minimum.totalVariation)
	};
}
function rarestP(table, rare) {
	if (rare.length === 0) return void 0;
	const referenceRows = sum(table.reference);
	const currentRows = sum(table.current);
	const pValues = rare.map((category) => fisherExactP({
		reference: table.reference[category],
		referenceRows,
		current: table.current[category],
		currentRows
	}));
	return Math.min(1, rare.length * Math.min(...pValues));
}
function variationEffect(table, minimum) {
	const value = totalVariation(table);
	const lowerBound = totalVariationLowerBound(table, ONE_SIDED$1);
	const noise = value - totalVariationLowerBound(table, .5);
	return {
		name: "total variation",
		value,
		interval: [lowerBound, Math.min(1, Math.max(value, totalVariationLowerBound(table, 1 - ONE_SIDED$1) + noise))],
		lowerBound,
		minimum
	};
}
function withoutEmpty(table) {
	const kept = table.reference.map((count, category) => count + table.current[category] > 0);
	return {
		reference: table.reference.filter((_, category) => kept[category]),
		current: table.current.filter((_, category) => kept[category])
	};
}

// src/core/drift/column-test.ts
function strongestEffect(effects) {
	const [strongest] = effects.toSorted((left, right) => right.lowerBound / right.minimum - left.lowerBound / left.minimum || right.value / right.minimum - left.value / left.minimum);
	return strongest;
}

// src/core/drift/numeric-test.ts
const ONE_SIDED = .5 + EFFECT_CONFIDENCE / 2;
function compareNumbers(reference, current, minimum) {
	const { statistic, pValue } = kolmogorovSmirnovTest(reference, current);
	const effects = [...shiftEffect(reference, current, minimum.superiority), distanceEffect(reference, current, minimum.wasserstein) ?? gapEffect(statistic, {
		reference,
		current
	}, minimum.totalVariation)];
	return {
		method: "kolmogorov-smirnov",
		statistic,
		pValue,
		effect: strongestEffect(effects)
	};
}
function shiftEffect(reference, current, minimum) {
	const superiority = probabilityOfSuperiority(reference, current, {
		confidence: EFFECT_CONFIDENCE,
		minimumEffect: minimum
	});
	if (!superiority.defined) return [];
	const { probability, interval } = superiority;
	const [low = 0, high = 0] = [interval.low - .5, interval.high - .5].map((end) => Math.min(.5, Math.max(-.5, end)));
	const lowerBound = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
	return [{
		name: "shift (distance of A12 from 0.5)",
		value: Math.abs(probability - .5),
		interval: [lowerBound, Math.max(Math.abs(low), Math.abs(high))],
		lowerBound,
		minimum
	}];
}
function distanceEffect(reference, current, minimum) {
	const distance = scaledWasserstein(reference, current, ONE_SIDED);
	if (!distance.defined || !Number.isFinite(distance.scaled)) return void 0;
	const lowerBound = distance.scaledLowerBound;
	if (!Number.isFinite(lowerBound)) return void 0;
	return {
		name: "wasserstein (in robust standard deviations)",
		value: distance.scaled,
		...upperEnd(reference, current, {
			lowerBound,
			noise: distance.scaledNoise
		}),
		lowerBound,
		minimum
	};
}
function upperEnd(reference, current, known) {
	const opposite = scaledWasserstein(reference, current, 1 - ONE_SIDED);
	const upper = opposite.defined ? opposite.scaledLowerBound + known.noise : NaN;
	return Number.isFinite(upper) ? { interval: [known.lowerBound, Math.max(upper, known.lowerBound)] } : {};
}
function gapEffect(gap, samples, minimum) {
	const sizes = {
		reference: samples.reference.length,
		current: samples.current.length
	};
	return {
		name: "largest gap between the distribution functions",
		value: gap,
		lowerBound: gapLowerBound(gap, sizes, ONE_SIDED),
		minimum
	};
}

// src/core/drift/compare-columns.ts
function compareColumns(pairs, rules) {
	const tests = pairs.flatMap((pair) => testColumn(pair, rules.minimum));
	const asked = tests.filter((test) => test.pValue !== void 0);
	const adjusted = benjaminiHochberg(asked.map((test) => test.pValue));
	return tests.map((test) => {
		const position = asked.indexOf(test);
		return describeTest(test, position < 0 ? void 0 : adjusted[position], rules.level);
	});
}
function testColumn(pair, minimum) {
	const reference = countValues(pair.reference);
	const current = countValues(pair.current);
	const common = {
		name: pair.name,
		role: pair.role
	};
	const tests = [{
		...common,
		...testValues(pair, {
			reference,
			current
		}, minimum)
	}];
	const enoughRows = Math.min(reference.rows, current.rows) >= 200;
	const shares = (what) => enoughRows && reference[what] + current[what] > 0 ? [{
		...common,
		...testShare(what, {
			reference,
			current
		}, minimum.share)
	}] : [];
	return [
		...tests,
		...pair.missingExpected ? [] : shares("missing"),
		...shares("infinite")
	];
}
function testValues(pair, counts, minimum) {
	const byCategories = areCategories(pair.reference, pair.current);
	const tooFew = describeTooFew(counts);
	if (tooFew !== void 0) return {
		method: byCategories ? "chi-squared" : "kolmogorov-smirnov",
		note: joinNotes([pair.note, tooFew]) ?? tooFew
	};
	if (!byCategories) return {
		...compareNumbers(sortedNumbers(pair.reference), sortedNumbers(pair.current), minimum),
		...noteOf([pair.note])
	};
	const { table, unseen } = tabulate(pair.reference, pair.current);
	return {
		...compareCategoryCounts(table, minimum),
		...noteOf([pair.note, describeUnseen(unseen, counts.current.present, pair.hidden === true)])
	};
}
function describeTooFew({ reference, current }) {
	const sides = [{
		name: "reference",
		present: reference.present
	}, {
		name: "current data",
		present: current.present
	}].filter((side) => side.present < 200);
	if (sides.length === 0) return void 0;
	return `not compared: ${sides.map((side) => side.present === 0 ? `no values in the ${side.name}` : `${side.present} values in the ${side.name}`).join(", ")}; ${200} are needed on each side`;
}
const LISTED_VALUES = 5;
const LISTED_CHARACTERS = 40;
function describeUnseen(unseen, rows, hidden) {
	if (unseen.length === 0) return void 0;
	const count = unseen.reduce((total, value) => total + value.count, 0);
	const listed = unseen.slice(0, LISTED_VALUES).map(({ name }) => isPlainlyPersonal(name) ? "(hidden)" : JSON.stringify(shorten(name)));
	const rest = unseen.length > LISTED_VALUES ? ", …" : "";
	const names = hidden ? "" : `: ${listed.join(", ")}${rest}`;
	return `${unseen.length === 1 ? "1 value" : `${unseen.length} values`} that the reference does not have, in ${count} of ${rows} rows${names}`;
}
function shorten(text) {
	const characters = [...text];
	return characters.length <= LISTED_CHARACTERS ? text : `${characters.slice(0, LISTED_CHARACTERS).join("")}…`;
}
function testShare(what, { reference, current }, minimum) {
	const compared = compareProportions({
		successes: current[what],
		rows: current.rows
	}, {
		successes: reference[what],
		rows: reference.rows
	}, EFFECT_CONFIDENCE);
	const { low, high } = compared.interval;
	const effect = {
		name: `change of the share of ${what} values`,
		value: compared.difference,
		interval: [low, high],
		lowerBound: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)),
		minimum
	};
	return {
		method: `two-proportion (${what} values)`,
		statistic: compared.z,
		pValue: compared.pValue,
		effect,
		note: `${current[what]} of ${current.rows} rows, before ${reference[what]} of ${reference.rows}`
	};
}
function describeTest(test, adjustedPValue, level) {
	const { effect } = test;
	const certain = effect !== void 0 && effect.lowerBound > effect.minimum;
	return {
		name: test.name,
		role: test.role,
		method: test.method,
		...test.statistic === void 0 ? {} : { statistic: test.statistic },
		...test.pValue === void 0 ? {} : { pValue: test.pValue },
		...adjustedPValue === void 0 ? {} : { adjustedPValue },
		...effect ? { effect: {
			name: effect.name,
			value: effect.value,
			...effect.interval?.every(Number.isFinite) ? { interval: effect.interval } : {},
			minimum: effect.minimum
		} } : {},
		drifted: certain && adjustedPValue !== void 0 && adjustedPValue < level,
		...test.note === void 0 ? {} : { note: test.note }
	};
}
function noteOf(notes) {
	const note = joinNotes(notes);
	return note === void 0 ? {} : { note };
}
function joinNotes(notes) {
	const given = notes.filter((note) => note !== void 0);
	return given.length === 0 ? void 0 : given.join("; ");
}

// src/core/drift/recommend.ts
function decideDrift(facts) {
	const { referenceRows, currentRows } = facts;
	if (currentRows === 0) return {
		verdict: "no-data",
		recommendation: "fix-data",
		reason: "the current data have no rows: the feed is empty or has stopped"
	};
	const drifted = driftedNames(facts.columns);
	const degraded = facts.performance?.measured === true && facts.performance.degraded;
	const anyDrift = degraded || Object.values(drifted).some((names) => names.length > 0);
	const tooFew = Math.min(referenceRows, currentRows) < 200;
	const verdict = tooFew ? "insufficient-data" : anyDrift ? "drift" : "stable";
	if (facts.validation === "fail" || facts.validation === "error") return {
		verdict,
		recommendation: "fix-data",
		reason: brokenData(facts.validation)
	};
	if (facts.goneColumns.length > 0) {
		const gone = listNames(facts.goneColumns);
		return {
			verdict: tooFew ? verdict : "drift",
			recommendation: "fix-data",
			reason: `the current data have no column ${gone}`
		};
	}
	if (facts.brokenColumns.length > 0) return {
		verdict: tooFew ? verdict : "drift",
		recommendation: "fix-data",
		reason: `the current data are broken: ${listNames(facts.brokenColumns.map(({ words }) => words))}`
	};
	if (tooFew) return {
		verdict,
		recommendation: "none",
		reason: `${referenceRows} reference rows and ${currentRows} current rows; ${200} are needed on each side`
	};
	return {
		verdict,
		...recommend(facts, drifted, degraded)
	};
}
function driftedNames(columns) {
	const of = (role) => [...new Set(columns.filter((column) => column.drifted && column.role === role).map(({ name }) => name))];
	return {
		feature: of("feature"),
		target: of("target"),
		prediction: of("prediction")
	};
}
function brokenData(validation) {
	return validation === "fail" ? "the data break their contract; a model must not learn from them before they are mended" : "the data could not be validated; a model must not learn from them before they are mended";
}
function recommend(facts, drifted, degraded) {
	const words = describeFindings(facts, drifted);
	const measured = facts.performance?.measured === true;
	const acts = (on) => facts.actOn.includes(on);
	const ignored = (on) => `${words}; drift.act-on does not list ${on}, so nothing is done about it`;
	if (degraded && acts("performance")) return {
		recommendation: "retrain",
		reason: words
	};
	if (drifted.target.length > 0 && acts("label")) return {
		recommendation: "retrain",
		reason: words
	};
	if (drifted.prediction.length > 0 && acts("prediction")) return measured ? {
		recommendation: "retrain",
		reason: words
	} : {
		recommendation: "collect-labels",
		reason: `${words}; label recent rows to see whether it does harm`
	};
	if (degraded) return {
		recommendation: "none",
		reason: ignored("performance")
	};
	if (drifted.target.length > 0) return {
		recommendation: "none",
		reason: ignored("label")
	};
	if (drifted.prediction.length > 0) return {
		recommendation: "none",
		reason: ignored("prediction")
	};
	if (drifted.feature.length > 0) return {
		recommendation: "none",
		reason: `${words}; a change of features alone is no reason to retrain`
	};
	return {
		recommendation: "none",
		reason: words
	};
}
const LISTED_COLUMNS = 5;
function describeFindings(facts, drifted) {
	const parts = [
		describePerformance(facts.performance),
		drifted.target.length > 0 ? "the labels have drifted" : void 0,
		drifted.prediction.length > 0 ? "the predictions have drifted" : void 0,
		describeFeatures(drifted.feature)
	].filter((part) => part !== void 0);
	const anyDrift = drifted.target.length + drifted.prediction.length + drifted.feature.length > 0;
	return [...parts, ...anyDrift ? [] : ["no column has drifted"]].join("; ");
}
function describeFeatures(names) {
	if (names.length === 0) return void 0;
	return `${names.length === 1 ? "1 feature has" : `${names.length} features have`} drifted (${listNames(names)})`;
}
function listNames(names) {
	const listed = names.slice(0, LISTED_COLUMNS).join(", ");
	return names.length > LISTED_COLUMNS ? `${listed} and ${names.length - LISTED_COLUMNS} more` : listed;
}
function describePerformance(performance) {
	if (performance === void 0) return void 0;
	if (!performance.measured) return `performance could not be measured (${performance.reason})`;
	const { metric, reference, current, change, interval, confidence, margin, degraded } = performance;
	const numbers = `${metric} ${round(reference)} → ${round(current)}, benefit ${round(change)} [${round(interval[0])}, ${round(interval[1])}] at ${percent(confidence)} % confidence, margin ${margin === void 0 ? "not set" : round(margin)}`;
	return degraded ? `performance has degraded (${numbers})` : `performance holds (${numbers})`;
}
function round(value) {
	return String(Number(value.toPrecision(3)));
}
function percent(share) {
	return String(Number((100 * share).toFixed(3)));
}

// src/core/drift/prediction-column.ts
const PREDICTION_NAME = "prediction";
function predictionColumn(answers, task, classes) {
	const { values, width } = answers;
	const rows = values.length / width;
	if (task === "multiclass-classification") {
		const codes = new Int32Array(rows);
		for (let row = 0; row < rows; row++) codes[row] = mostProbable(values, row * width, width);
		const dictionary = Array.from({ length: width }, (_, code) => classes?.[code] ?? `class ${code}`);
		return {
			kind: "text",
			name: PREDICTION_NAME,
			codes,
			dictionary
		};
	}
	const last = new Float64Array(rows);
	for (let row = 0; row < rows; row++) last[row] = values[(row + 1) * width - 1];
	return {
		kind: "number",
		name: PREDICTION_NAME,
		values: last
	};
}
function mostProbable(values, start, width) {
	let best = 0;
	for (let index = 0; index < width; index++) {
		const value = values[start + index];
		if (Number.isNaN(value)) return -1;
		if (value > values[start + best]) best = index;
	}
	return best;
}

// src/core/drift/performance.ts
const REPLICATES = 1e3;
const STRATIFY_BELOW = 100;
function measurePerformanceChange(request) {
	const sides = [measureSide(request, "reference"), measureSide(request, "current")];
	for (const side of sides) if (!side.measured) return side;
	const [reference, current] = sides;
	if (!reference.measured || !current.measured) throw new Error("a side without a value was let through");
	const change = (request.metric.direction === "higher" ? 1 : -1) * (current.value - reference.value);
	const standardError = Math.hypot(reference.standardError, current.standardError);
	const reach = -normalQuantile(request.level) * standardError;
	const interval = [change - reach, change + reach];
	const margin = request.marginOf(reference.value);
	return {
		measured: true,
		reference: reference.value,
		current: current.value,
		change,
		interval,
		confidence: 1 - 2 * request.level,
		...margin.defined ? { margin: margin.value } : {},
		degraded: interval[1] < -(margin.defined ? margin.value : 0)
	};
}
function measureSide(request, name) {
	const { metric, seed } = request;
	const { sample, groups } = request[name];
	const words = name === "reference" ? "the reference" : "the current data";
	const rows = sampleRowCount(sample);
	if (rows < 200) return {
		measured: false,
		reason: `${words}: ${rows} labelled rows; ${200} are needed`
	};
	const { refusal } = checkGroups(sample, groups);
	if (refusal !== void 0) return {
		measured: false,
		reason: `${words}: ${refusal}`
	};
	const value = metric.compute(sample);
	if (!value.defined) return {
		measured: false,
		reason: `${words}: ${value.reason}`
	};
	const [replicates] = runPairedBootstrap({
		design: chooseDesign(sample, groups),
		statistics: [metric.prepare(sample)],
		replicates: REPLICATES,
		seed: name === "reference" ? seed : seed ^ 1540483477
	});
	const defined = replicates.filter((replicate) => !Number.isNaN(replicate));
	if (defined.length < .95 * REPLICATES) return {
		measured: false,
		reason: `${words}: too few rows of a class for ${metric.name}`
	};
	return {
		measured: true,
		value: value.value,
		standardError: Math.sqrt(sampleVariance(defined))
	};
}
function chooseDesign(sample, groups) {
	if (groups !== void 0) return {
		kind: "groups",
		codes: groups
	};
	if (sample.task === "ranking") return {
		kind: "groups",
		codes: sample.queries
	};
	if (sample.task === "binary-classification") {
		const positives = sample.labels.reduce((total, label) => total + label, 0);
		if (Math.min(positives, sample.labels.length - positives) < STRATIFY_BELOW) return {
			kind: "strata",
			codes: sample.labels
		};
	}
	return {
		kind: "rows",
		rowCount: sampleRowCount(sample)
	};
}

// src/core/drift/performance-samples.ts
function readBothTruths(targets, options) {
	const truth = readTruth({
		...options,
		target: joinTargets(targets, options.task)
	});
	const split = rowsOf(targets.reference);
	return {
		reference: sliceTruth(truth, 0, split),
		current: sliceTruth(truth, split)
	};
}
function labelledSample(rows) {
	const { truth, answers } = rows;
	const kept = Uint32Array.from(answeredPositions(truth, answers));
	const groups = rows.groups && takeValues(rows.groups, kept);
	return {
		sample: buildSample(takeTruth(truth, kept), {
			values: takeValues(answers.values, kept, answers.width),
			width: answers.width,
			...answers.labels ? { labels: takeValues(answers.labels, kept) } : {}
		}, {
			threshold: rows.threshold,
			...costOf("falsePositiveCost", rows.falsePositiveCost, kept),
			...costOf("falseNegativeCost", rows.falseNegativeCost, kept),
			...truth.task === "ranking" && groups ? { queries: groups } : {}
		}),
		...groups && truth.task !== "ranking" ? { groups } : {}
	};
}
function costOf(name, cost, kept) {
	if (cost === void 0) return {};
	const taken = typeof cost === "number" ? cost : takeValues(cost, kept);
	return { [name]: taken };
}
function* answeredPositions(truth, answers) {
	const rows = "codes" in truth ? truth.codes.length : truth.values.length;
	for (let row = 0; row < rows; row++) if (("codes" in truth ? truth.codes[row] >= 0 : Number.isFinite(truth.values[row])) && Number.isFinite(answers.values[row * answers.width])) yield row;
}
function takeTruth(truth, kept) {
	return "codes" in truth ? {
		...truth,
		codes: takeValues(truth.codes, kept)
	} : {
		...truth,
		values: takeValues(truth.values, kept)
	};
}
function sliceTruth(truth, from, to) {
	return "codes" in truth ? {
		...truth,
		codes: truth.codes.slice(from, to)
	} : {
		...truth,
		values: truth.values.slice(from, to)
	};
}
function joinTargets({ reference, current }, task) {
	if (task === "regression" || task === "ranking") {
		if (reference.kind === "text") return reference;
		if (current.kind === "text") return current;
		const values = new Float64Array(reference.values.length + current.values.length);
		values.set(reference.values);
		values.set(current.values, reference.values.length);
		return {
			...reference,
			values
		};
	}
	const before = readClasses(reference);
	const now = readClasses(current);
	const dictionary = [.../* @__PURE__ */ new Set([...before.names, ...now.names])];
	const positions = new Map(dictionary.map((name, position) => [name, position]));
	const place = now.names.map((name) => positions.get(name));
	const codes = new Int32Array(before.codes.length + now.codes.length);
	codes.set(before.codes);
	codes.set(now.codes.map((code) => code < 0 ? -1 : place[code]), before.codes.length);
	return {
		kind: "text",
		name: reference.name,
		codes,
		dictionary
	};
}
function rowsOf(column) {
	return column.kind === "text" ? column.codes.length : column.values.length;
}

export { MINIMUM_EFFECTS, PREDICTION_NAME, chooseLevel, compareColumns, decideDrift, findBrokenColumns, labelledSample, measurePerformanceChange, predictionColumn, readBothTruths };