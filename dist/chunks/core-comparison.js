import { array, boolean, integer, literal, maxLength, minValue, nullable, number, object, optional, picklist, pipe, regex, safeInteger, safeParse, string, tuple } from "./vendor-valibot.js";
import { InputError } from "./core.js";
import { modelName, sha256 } from "./core-documents.js";
import { BCA_ROW_LIMIT, areaInterval, areaSwapTest, ascending, ascendingOrder, benjaminiHochberg, binByProbability, binomialCdf, bootstrapInterval, compareAreasAt, compareMeans, compareOutcomes, countGroups, countPairedOutcomes, debiasedSquaredError, differences, expectedError, hodgesLehmannRatio, holm, influenceDegreesOfFreedom, influenceStandardError, mean, median, minimumDetectableDifference, quantileOfSorted, rowsNeeded, runJackknife, runPairedBootstrap, sampleVariance, signFlipTest, simultaneousConfidence, skewness, spiegelhalterTest, spreadPValue, studentInterval, studentPValue, sum, twoSidedZ, wilsonInterval } from "./core-statistics.js";
import { cellText } from "./core-data.js";
import { allShares, binaryLogLoss, informativeRows, prepareTogether, sampleRowCount } from "./core-metrics.js";
import { REFRESH_SHARE, chanceOfLuck, spentShare } from "./core-ledger.js";

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
const USUAL_NEGATIVES = [
	"0",
	"-1",
	"false",
	"False",
	"FALSE",
	"no",
	"No",
	"NO",
	"N"
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
	const usual = names.find((name) => USUAL_POSITIVES.includes(name));
	const isUsual = names.every((name) => name === usual || USUAL_NEGATIVES.includes(name));
	const positive = positiveClass ?? (isUsual ? usual : void 0);
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

// src/core/comparison/estimation/units.ts
function groupsOf({ challenger, groups }) {
	if (groups !== void 0) return groups;
	return challenger.task === "ranking" ? challenger.queries : void 0;
}
function countUnits(request) {
	const groups = groupsOf(request);
	const { challenger } = request;
	const count = (counts) => countGroups(sampleRowCount(challenger), groups, counts);
	if (challenger.task === "ranking") {
		const informative = informativeRows(challenger);
		return count((row) => informative[row] === 1);
	}
	if (challenger.task !== "binary-classification") return count();
	const { labels } = challenger;
	return Math.min(count((row) => labels[row] === 1), count((row) => labels[row] === 0));
}
function limitsOf(metric, request) {
	const limits = (request.champion ? [request.challenger, request.champion] : [request.challenger]).map((sample) => metric.limits?.(sample) ?? {});
	const units = limits.map((limit) => limit.units ?? Number.POSITIVE_INFINITY);
	return Object.assign({}, ...limits, { units: Math.min(countUnits(request), ...units) });
}

// src/core/comparison/group-floor.ts
function checkGroups(sample, declared) {
	const groups = groupsOf({
		challenger: sample,
		...declared ? { groups: declared } : {}
	});
	if (groups === void 0) return {
		units: {
			count: sampleRowCount(sample),
			name: "rows"
		},
		refusal: refusalOfRows(sample)
	};
	const total = countGroups(groups.length, groups);
	const positives = countWithPositives(sample, groups);
	const counted = {
		groups: total,
		...positives === void 0 ? {} : { groupsWithPositives: positives }
	};
	return {
		units: {
			count: sample.task === "ranking" ? positives ?? total : total,
			name: "groups"
		},
		refusal: refusalOf(sample, total, positives),
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
function countWithPositives(sample, groups) {
	if (sample.task === "binary-classification") return countGroups(groups.length, groups, (row) => sample.labels[row] === 1);
	if (sample.task !== "ranking") return void 0;
	const informative = informativeRows(sample);
	return countGroups(groups.length, groups, (row) => informative[row] === 1);
}
function refusalOf(sample, total, positives) {
	if (total < 20) return `${total} groups; at least ${20} are needed for an interval`;
	if (positives !== void 0 && positives < 20) return `${positives} ${sample.task === "ranking" ? "queries with a relevant row" : "groups with positives"}; at least ${20} are needed for an interval`;
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

// src/core/report/markdown.ts
const BREAK = "&#8203;";
const RAW_BREAK = "​";
const DEFAULT_LENGTH = 200;
const UNSEEN = /(?!\ufe0f|(?<=[\p{Extended_Pictographic}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{M}])[\u200c\u200d])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
function makeVisible(text, maximumLength = DEFAULT_LENGTH) {
	const bounded = text.length > maximumLength * 8 ? text.slice(0, maximumLength * 8) : text;
	const visible = bounded.toWellFormed().replace(/[^\S\u00a0]+/gu, " ").trim().replace(UNSEEN, nameCharacter).replace(/(\p{M}{3})\p{M}+/gu, "$1").replace(/<!--/g, "<! --").replace(/-->/g, "-- >");
	const characters = [...visible];
	if (characters.length > maximumLength) return `${characters.slice(0, maximumLength - 1).join("")}…`;
	return bounded.length < text.length ? `${visible}…` : visible;
}
function escapeText(text, maximumLength) {
	return escapeMarkup(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}
function escapeSummary(text, maximumLength) {
	return escapeHtml(breakReferences(makeVisible(text, maximumLength))).replaceAll(RAW_BREAK, BREAK);
}
function codeSpan(text, maximumLength = 80) {
	const visible = makeVisible(text, maximumLength);
	if (visible === "") return "(empty)";
	return /^[^`|\\<>&$]+$/.test(visible) ? `\`${visible}\`` : `<code>${escapeText(visible, maximumLength)}</code>`;
}
function codeBlock(text, maximumLength = 4e3, options = {}) {
	const visible = (part) => makeVisible(part.replaceAll("	", "  "), maximumLength);
	const lines = text.slice(0, maximumLength).split(/\r?\n/).map((line) => options.keepSpaces === true ? line.split(/( {2,})/).map((part, index) => index % 2 === 1 ? part : visible(part)).join("") : visible(line));
	const content = text.length > maximumLength ? [...lines, "…"] : lines;
	const longest = Math.max(2, ...content.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}text\n${content.join("\n")}\n${fence}`;
}
function escapeHtml(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("'", "&#39;");
}
function link(label, address) {
	return isPlainAddress(address) ? `[${label}](${address})` : void 0;
}
function isPlainAddress(address) {
	return address !== void 0 && /^https?:\/\/[A-Za-z0-9][\w.:/?#=&%~+@,-]*$/.test(address) && address.length < 2e3;
}
function renderTable(header, rows, alignment = header.map(() => "l").join("")) {
	return [
		header,
		[...alignment].map((side) => side === "r" ? "---:" : side === "c" ? ":---:" : ":---"),
		...rows
	].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
function renderFolded(summary, body, options = {}) {
	return `<details${options.open === true ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
function renderAlert(kind, body) {
	return `> [!${kind}]\n${body.split("\n").map((line) => line === "" ? ">" : `> ${line}`).join("\n")}`;
}
function nameCharacter(character) {
	return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
function breakReferences(text) {
	return text.replace(/@/g, `@${RAW_BREAK}`).replace(/#(?=\w)/g, `#${RAW_BREAK}`).replace(/\b([a-z][a-z0-9_]*)-(?=\d)/gi, `$1-${RAW_BREAK}`).replace(/:(?=\/\/)/g, `:${RAW_BREAK}`).replace(/\b(mailto|xmpp|javascript|data|vbscript):/gi, `$1${RAW_BREAK}:`).replace(/www\./gi, (found) => `${found.slice(0, 3)}${RAW_BREAK}.`).replace(/[0-9a-f]{7,}/gi, (digits) => digits.replace(/.{6}(?=.)/g, `$&${RAW_BREAK}`)).replace(/:(?=[\w+-]+(?::|$))/g, `:${RAW_BREAK}`);
}
function escapeMarkup(text) {
	return text.replace(/[&<>"'`*~[\]\\|$!^={}]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "&#95;").replace(/^([-+#])/, (character) => `&#${character.charCodeAt(0)};`).replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => `${digits}&#${mark.charCodeAt(0)};`);
}

// src/core/report/log-text.ts
function logLine(text, maximumLength = 2e3) {
	return makeVisible(text, maximumLength).replaceAll(/:(?=:)/g, ":​").replaceAll("##[", "#​#[");
}

// src/core/comparison/answer-columns.ts
const ANSWER_NAMES = [
	"score",
	"prediction",
	"score_of_label"
];
function answerColumns(sample, classes) {
	switch (sample.task) {
		case "binary-classification": return {
			shared: [numbers("label", Float64Array.from(sample.labels))],
			own: [numbers("score", sample.probabilities), numbers("prediction", Float64Array.from(sample.decisions))]
		};
		case "multiclass-classification": {
			const { probabilities, classCount } = sample;
			const probabilityOf = (codes) => Float64Array.from(codes, (code, row) => probabilities[row * classCount + code] ?? NaN);
			return {
				shared: [texts("label", sample.labels, classes)],
				own: [
					numbers("score", probabilityOf(sample.predicted)),
					texts("prediction", sample.predicted, classes),
					numbers("score_of_label", probabilityOf(sample.labels))
				]
			};
		}
		case "regression": return ofNumbers(sample.targets, sample.predictions);
		case "ranking": return ofNumbers(sample.relevance, sample.scores);
	}
}
function ofNumbers(labels, predictions) {
	return {
		shared: [numbers("label", labels)],
		own: [numbers("score", predictions), numbers("prediction", predictions)]
	};
}
function numbers(name, values) {
	return {
		kind: "number",
		name,
		values
	};
}
function texts(name, codes, dictionary) {
	return {
		kind: "text",
		name,
		codes,
		dictionary
	};
}

// src/core/report/format-number.ts
const NO_BREAK_SPACE = "\xA0";
const MINUS = "−";
const MAX_DECIMALS = 6;
const EXTRA_DECIMALS = 3;
function chooseStyle(numbers) {
	if (numbers.name.endsWith("_bytes")) return {
		unit: "bytes",
		decimals: 0
	};
	const unit = numbers.name.endsWith("_ms") ? "milliseconds" : "plain";
	const present = numbers.values.filter((value) => value !== void 0);
	const least = unit === "plain" && present.every((value) => Math.abs(value) <= 1) ? 3 : 0;
	const decimals = Math.max(least, decimalsOfWidth(numbers, present));
	return {
		unit,
		decimals: separateEnds(numbers, Math.min(decimals, MAX_DECIMALS))
	};
}
function formatValue(value, style) {
	if (style.unit === "bytes") return formatBytes(value);
	const text = formatFixed(value, style.decimals);
	return style.unit === "milliseconds" ? `${text}${"\xA0"}ms` : text;
}
function formatBound(value, style) {
	const text = formatValue(value, style);
	return value !== 0 && !/[1-9]/.test(text) ? formatNumber(value) : text;
}
function formatDifference(value, style) {
	const text = formatValue(value, style);
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
function formatInterval([low, high], style) {
	if (style.unit === "bytes") return `[${formatBytes(low)}, ${formatBytes(high)}]`;
	const text = `[${formatFixed(low, style.decimals)}, ${formatFixed(high, style.decimals)}]`;
	return style.unit === "milliseconds" ? `${text}${"\xA0"}ms` : text;
}
function formatNumber(value) {
	if (value === 0) return "0";
	const size = Math.floor(Math.log10(Math.abs(value)));
	if (size < -6 || size > 14) return withMinus(value.toExponential(2));
	const text = formatFixed(value, Math.max(0, 3 - size));
	return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
function formatCount(count) {
	return formatFixed(Math.round(count), 0);
}
function formatQuantity(count, singular, plural = `${singular}s`) {
	return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
function formatPercent(share) {
	const percent = share * 100;
	if (percent > 0 && percent < .05) return `<${"\xA0"}0.1${"\xA0"}%`;
	if (percent < 100 && percent > 99.95) return `>${"\xA0"}99.9${"\xA0"}%`;
	return `${formatFixed(percent, 1).replace(/\.0$/, "")}${"\xA0"}%`;
}
function formatBytes(bytes) {
	const units = [
		"B",
		"kB",
		"MB",
		"GB",
		"TB"
	];
	let scaled = Math.abs(bytes);
	let index = 0;
	while (scaled >= 999.5 && index < units.length - 1) {
		scaled /= 1e3;
		index += 1;
	}
	const text = index === 0 ? formatFixed(scaled, 0) : formatNumber(Number(scaled.toPrecision(3)));
	return `${bytes < 0 ? MINUS : ""}${text}${"\xA0"}${units[index]}`;
}
function formatDuration(seconds) {
	if (seconds < 1) return `${formatFixed(seconds * 1e3, 0)}${"\xA0"}ms`;
	if (seconds < 60) return `${formatFixed(seconds, 1).replace(/\.0$/, "")}${"\xA0"}s`;
	const whole = Math.round(seconds);
	if (whole < 3600) return joinSpan([Math.floor(whole / 60), "min"], [whole % 60, "s"]);
	return joinSpan([Math.floor(whole / 3600), "h"], [Math.floor(whole % 3600 / 60), "min"]);
}
function formatPValue(value) {
	if (value < .001) return `p${"\xA0"}<${"\xA0"}0.001`;
	return `p${"\xA0"}=${"\xA0"}${formatFixed(value, 3)}`;
}
function joinSpan(large, small) {
	const text = `${large[0]}${"\xA0"}${large[1]}`;
	return small[0] === 0 ? text : `${text} ${small[0]}${"\xA0"}${small[1]}`;
}
function decimalsOfWidth(numbers, present) {
	const width = numbers.interval ? numbers.interval[1] - numbers.interval[0] : 0;
	if (width > 0) return Math.max(0, 1 - Math.floor(Math.log10(width)));
	const largest = Math.max(0, ...present.map(Math.abs));
	return largest === 0 ? 3 : Math.max(0, 3 - Math.max(0, Math.ceil(Math.log10(largest))));
}
function separateEnds(numbers, decimals) {
	const { interval } = numbers;
	if (interval === void 0) return decimals;
	const bounds = [0, ...numbers.bounds ?? []];
	const apart = (digits) => interval.every((end) => bounds.every((bound) => end === bound || printed(end, digits) !== printed(bound, digits)));
	for (let extra = 0; extra <= EXTRA_DECIMALS; extra += 1) if (apart(decimals + extra)) return decimals + extra;
	return decimals;
}
function printed(value, decimals) {
	return value.toFixed(decimals).replace(/^-(?=[0.]+$)/, "");
}
function formatFixed(value, decimals) {
	if (Math.abs(value) >= 0x38d7ea4c68000) return withMinus(value.toExponential(2));
	const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
	const text = fraction === void 0 ? grouped : `${grouped}.${fraction}`;
	return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
function withMinus(text) {
	return text.replace(/-/g, MINUS);
}

// src/core/report/metric-text.ts
const NO_NUMBER = "–";
const MARKS = {
	better: {
		glyph: "▲",
		words: "better"
	},
	equivalent: {
		glyph: "◆",
		words: "equivalent"
	},
	"not-worse": {
		glyph: "◇",
		words: "not worse"
	},
	worse: {
		glyph: "▼",
		words: "worse"
	},
	inconclusive: {
		glyph: "?",
		words: "undecided"
	}
};
function describeMetric$1(metric) {
	const { champion, challenger, difference } = metric;
	const style = chooseStyle({
		name: metric.name,
		values: [champion?.value, challenger?.value],
		interval: difference?.interval ?? challenger?.interval,
		bounds: difference !== void 0 && metric.margin !== void 0 ? [-metric.margin, metric.margin] : []
	});
	const value = (number) => number === void 0 ? "–" : formatValue(number, style);
	return {
		style,
		champion: value(champion?.value),
		challenger: value(challenger?.value),
		championInterval: champion?.interval && formatInterval(champion.interval, style),
		challengerInterval: challenger?.interval && formatInterval(challenger.interval, style),
		gain: difference === void 0 ? "–" : formatDifference(difference.value, style),
		interval: difference?.interval && !isExact(difference.interval) ? formatInterval(difference.interval, style) : void 0,
		noInformation: metric.noInformation === void 0 ? void 0 : value(metric.noInformation),
		margin: metric.margin === void 0 ? void 0 : formatBound(metric.margin, style),
		mark: chooseMark(metric)
	};
}
function isExact([low, high]) {
	return low === high;
}
function findPrimary(comparison) {
	return comparison.metrics.find((metric) => metric.name === comparison.primary);
}
function findLosingSlices(slices) {
	return slices.filter((slice) => slice.verdict === "worse" || isBelowZero(slice)).sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
}
function findGainingSlices(slices) {
	return slices.filter((slice) => (slice.difference?.interval?.[0] ?? -1) > 0).sort((left, right) => (right.difference?.value ?? 0) - (left.difference?.value ?? 0));
}
const FALSE_DISCOVERY_RATE = .05;
function findSuspectSlices(slices) {
	const rateOf = (slice) => slice.falseDiscoveryRate ?? 1;
	return slices.filter((slice) => rateOf(slice) <= FALSE_DISCOVERY_RATE && (slice.difference?.value ?? 0) < 0).filter((slice) => slice.verdict !== "worse" && !isBelowZero(slice)).sort((left, right) => rateOf(left) - rateOf(right));
}
function countOpenSlices(slices) {
	return slices.filter((slice) => slice.difference?.interval === void 0 || slice.verdict === "inconclusive" && !isBelowZero(slice)).length;
}
function isBelowZero(metric) {
	return metric.difference?.interval !== void 0 && metric.difference.interval[1] < 0;
}
function chooseMark(metric) {
	if (metric.verdict === void 0) return {
		glyph: "",
		words: ""
	};
	if (metric.verdict === "equivalent" && isBelowZero(metric)) return {
		glyph: "◆",
		words: "slightly worse"
	};
	if (metric.verdict === "inconclusive" && isBelowZero(metric)) return {
		glyph: "▽",
		words: "lower"
	};
	return MARKS[metric.verdict];
}

// src/core/report/coverage-note.ts
function describeCoverage({ exam, verdict }) {
	if (exam.coversData !== false || verdict === "unchanged") return void 0;
	return {
		title: "The base branch protects the rules only, not the data.",
		advice: "The holdout is not in Git, so nothing says that these are the rows the base branch would judge by. Pin it (`sha256`), let `data.fetch` bring it, or keep it in Git."
	};
}

// src/core/report/headline.ts
const GLANCE = 60;
const ICONS = {
	success: "✅",
	failure: "❌",
	pending: "🟡",
	error: "⛔"
};
const WORDS = {
	better: "Better",
	equivalent: "Equivalent",
	"slightly-worse": "Slightly worse",
	"not-worse": "Not worse",
	worse: "Worse",
	inconclusive: "Inconclusive",
	"gate-failed": "Gate failed",
	"gate-undecided": "Gate undecided",
	"first-model": "First model",
	unchanged: "Unchanged",
	accepted: "Accepted"
};
function iconOf(outcome, cautious) {
	return cautious && outcome === "success" ? "⚠️" : ICONS[outcome];
}
function buildHeadline(judgement) {
	if (judgement.kind === "failed") {
		const words = judgement.error.code === "data-unavailable" ? {
			word: "Data unavailable",
			subject: ""
		} : {
			word: "Error",
			subject: judgement.stage
		};
		return {
			icon: iconOf(judgement.outcome, false),
			...words,
			numbers: "",
			cautious: false
		};
	}
	if (judgement.kind === "data") {
		const { outcome, validation } = judgement;
		const { word, subject } = describeData(validation);
		return {
			icon: iconOf(outcome, false),
			word,
			subject,
			numbers: "",
			cautious: false
		};
	}
	const { outcome, state, caution, selfReported } = judgement;
	const cautious = caution !== void 0 && outcome === "success" && state !== "accepted";
	const icon = iconOf(outcome, cautious);
	const verdict = selfReported ? `Self-reported ${WORDS[state].toLowerCase()}` : WORDS[state];
	const word = cautious ? `${verdict}, ${caution}` : verdict;
	const { subject, numbers } = chooseSubject(judgement);
	const room = 60 - [...`${icon} ${word} ${numbers} `].length - 1;
	return {
		icon,
		word,
		subject: makeVisible(subject, Math.max(room, 12)),
		numbers,
		cautious
	};
}
function describeData({ verdict, findings }) {
	const words = {
		fail: "Data failed",
		warn: "Data with warnings",
		pass: "Data passed"
	};
	const severity = {
		fail: "error",
		warn: "warning",
		pass: void 0
	};
	const counted = findings.filter((finding) => finding.severity === severity[verdict]).length;
	return {
		word: words[verdict],
		subject: severity[verdict] === void 0 ? "" : formatQuantity(counted, severity[verdict])
	};
}
function headlineText(headline) {
	return [
		headline.word,
		headline.subject,
		headline.numbers
	].filter((part) => part !== "").join(" ");
}
function describeMerging(judgement) {
	const { comparison, outcome, state } = judgement;
	if (state === "unchanged") return "merging publishes nothing new";
	if (outcome === "success") {
		const version = comparison.proposedVersion;
		return version === void 0 ? "merging publishes it" : `merging publishes ${makeVisible(version, 40)}`;
	}
	if (judgement.selfReported) return "a run without code of the pull request has to confirm it";
	return "merging publishes nothing unless a maintainer accepts it";
}
function describeSlices(comparison) {
	const { slices } = comparison;
	if (slices.length === 0 || comparison.champion === void 0) return void 0;
	const losing = findLosingSlices(slices).length;
	return losing === 0 ? "no slice got worse" : `${losing} of ${formatQuantity(slices.length, "slice")} got worse`;
}
function describeRowsNeeded(comparison) {
	const most = comparison.gates.filter((gate) => gate.outcome === "inconclusive" && gate.rowsNeeded !== void 0).sort((left, right) => right.rowsNeeded - left.rowsNeeded)[0];
	if (most === void 0) return void 0;
	const rounded = Number(most.rowsNeeded.toPrecision(2));
	const noun = most.rowsUnit === "groups" ? "labelled group" : "labelled row";
	return `about ${formatQuantity(rounded, noun)}`;
}
function chooseSubject(judgement) {
	const { comparison, decisiveGate, state } = judgement;
	if (state === "unchanged") return {
		subject: "",
		numbers: ""
	};
	if ((state === "gate-failed" || state === "gate-undecided") && decisiveGate !== void 0) {
		const metric = comparison.metrics.find((candidate) => candidate.name === decisiveGate.metric);
		if (decisiveGate.role === "gate" || metric === void 0) return {
			subject: decisiveGate.description,
			numbers: ""
		};
		return {
			subject: metric.name,
			numbers: pairOfNumbers(metric)
		};
	}
	const primary = findPrimary(comparison);
	return {
		subject: comparison.primary,
		numbers: primary === void 0 ? "" : pairOfNumbers(primary)
	};
}
function pairOfNumbers(metric) {
	const text = describeMetric$1(metric);
	return metric.champion === void 0 ? text.challenger : `${text.champion} → ${text.challenger}`;
}

// src/core/report/holdout-use.ts
const MOST_LUCK = 1 / 3;
function describeHoldoutUse({ holdout, confidence }) {
	const { use, uses } = holdout;
	if (uses === void 0) return void 0;
	const used = `used ${formatQuantity(uses, "time")}`;
	if (use === void 0) return used;
	return `${used}, judged as use ${formatCount(use)} at ${formatConfidence(confidence)} confidence`;
}
function describeOveruse(comparison) {
	const { use, uses = 0 } = comparison.holdout;
	return use === void 0 ? describeLuck(uses, comparison.confidence) : describeSpending(comparison);
}
function describeLuck(uses, confidence) {
	const luck = chanceOfLuck(uses, confidence);
	if (luck < MOST_LUCK) return void 0;
	return {
		title: `This holdout has judged ${formatQuantity(uses, "change")}.`,
		advice: `With so many tries one that is no better passes for better with a chance of about ${formatPercent(Math.round(luck * 100) / 100)}; replace the holdout.`
	};
}
function describeSpending({ holdout, confidence }) {
	const { use = 1, uses = use } = holdout;
	const spent = spentShare(uses);
	if (spent <= .8) return void 0;
	return {
		title: `${formatPercent(spent)} of the error budget of this holdout is spent.`,
		advice: `It has judged ${formatQuantity(uses, "change")}, each at a higher confidence: this one, use ${formatCount(use)}, at ${formatConfidence(confidence)}. Replace the holdout: new rows start a new budget.`
	};
}
function formatConfidence(confidence) {
	if (!(confidence > 0 && confidence < 1)) return `${formatNumber(confidence * 100)}${"\xA0"}%`;
	const error = (1 - confidence) * 100;
	const decimals = error > 0 ? Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error)))) : 0;
	return `${(100 - error).toFixed(decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")}${"\xA0"}%`;
}

// src/core/report/leakage-note.ts
const CONSEQUENCE = {
	challenger: "this flatters the challenger",
	champion: "this flatters the champion, and makes the challenger look worse than it is"
};
function describeLeakage({ holdout }) {
	const { overlap, leakage = 0 } = holdout;
	if (overlap === void 0) return {
		alerts: leakage === 0 ? [] : [`${describeOldCount(leakage)}; the numbers below flatter the challenger.`],
		notes: []
	};
	const told = [describeSide("challenger", overlap.challenger)];
	if (overlap.champion !== void 0) told.push(describeSide("champion", overlap.champion));
	return {
		alerts: told.flatMap(({ alerts }) => alerts),
		notes: told.flatMap(({ notes }) => notes)
	};
}
function describeOldCount(rows) {
	return `${formatQuantity(rows, "row")} of the holdout ${rows === 1 ? "was" : "were"} also in the training data`;
}
function describeSide(side, overlap) {
	if ("notChecked" in overlap) return {
		alerts: [],
		notes: [`Whether the ${side} was trained on holdout rows was not checked: ${overlap.notChecked}.`]
	};
	const { labelledRows, checks } = overlap;
	const found = checks.filter(({ rows }) => rows > 0);
	if (found.length === 0) return {
		alerts: [],
		notes: [`The ${side} was trained on none of ${formatQuantity(labelledRows, "holdout row")}.`]
	};
	const hasId = checks.some(({ by }) => by === "id");
	const sentence = (check) => `${describeFound(check, {
		side,
		labelledRows,
		hasId
	})}; `;
	return {
		alerts: found.filter(({ suspicious }) => suspicious).map((check) => `${sentence(check)}${CONSEQUENCE[side]}.`),
		notes: found.filter(({ suspicious }) => !suspicious).map((check) => `${sentence(check)}too few to matter, or no more than chance explains.`)
	};
}
function describeFound({ by, rows, expected }, { side, labelledRows, hasId }) {
	const rowsOf = `${formatCount(rows)} of ${formatQuantity(labelledRows, "holdout row")}`;
	const share = formatPercent(rows / labelledRows);
	const chance = describeExpected(expected);
	if (by === "id") return `The ${side} was trained on ${rowsOf} (${share}, found by id; ${chance})`;
	return `The ${side} was trained on rows with the values of ${rowsOf} (${share}${hasId ? ", under another id" : ""}; ${chance})`;
}
function describeExpected(expected) {
	if (expected < .5) return "none is expected";
	return `${formatNumber(Math.round(expected))} ${Math.round(expected) === 1 ? "is" : "are"} expected, since rows repeat by nature`;
}

// src/core/report/comment/contract-edits.ts
function renderContractEdits(findings) {
	const edits = new Map(findings.flatMap(({ edit }) => edit ? [[`${edit.file}:${edit.line}:${edit.before}:${edit.after}`, edit]] : []));
	if (edits.size === 0) return void 0;
	const blocks = [...edits.values()].map(({ file, line, before, after }) => [
		`${file}:${line}`,
		...markLines("-", before),
		...markLines("+", after)
	].join("\n"));
	const summary = `If the change is meant: ${formatQuantity(edits.size, "edit")} of the contract`;
	return renderFolded(summary, codeBlock(blocks.join("\n\n"), 4e3, { keepSpaces: true }));
}
function markLines(mark, text) {
	if (text === "") return [];
	return text.replace(/\n$/, "").split("\n").map((line) => `${mark}${line}`);
}

// src/core/report/comment/alerts.ts
function renderAlerts(judgement, validation, detail) {
	const { comparison } = judgement;
	return [
		describeExam(comparison, detail),
		describeUncovered(comparison),
		renderLeakage$1(comparison),
		describeBrokenData(validation, detail),
		renderOveruse(comparison),
		describeSelfReport(judgement),
		describeMissingRows(judgement)
	].filter((alert) => alert !== void 0);
}
function describeExam(comparison, detail) {
	const { changed, proposed } = comparison.exam;
	if (changed.length === 0) return void 0;
	const shown = changed.slice(0, Math.min(detail.rows, 12));
	const lines = shown.map(({ what, before, after }) => {
		const values = [before, after].map((value) => value === void 0 ? "nothing" : codeSpan(value, 120));
		const change = before === void 0 && after === void 0 ? "" : `: ${values[0]} → ${values[1]}`;
		return `- ${escapeText(what) || "(empty)"}${change}`;
	});
	if (shown.length < changed.length) lines.push(`- and ${formatQuantity(changed.length - shown.length, "more")}`);
	const note = proposed === void 0 ? [] : ["", `Under its own rules it would be **${escapeText(proposed.verdict)}**: ${escapeText(proposed.note)}`];
	return renderAlert("IMPORTANT", [
		"**This pull request changes the rules.** It is judged under the rules of the base branch.",
		...lines,
		...note
	].join("\n"));
}
function describeUncovered(comparison) {
	const text = describeCoverage(comparison);
	return text === void 0 ? void 0 : renderAlert("NOTE", `**${text.title}** ${text.advice}`);
}
function renderLeakage$1(comparison) {
	const { alerts } = describeLeakage(comparison);
	if (alerts.length === 0) return void 0;
	return renderAlert("CAUTION", `**Leakage.** ${alerts.map((alert) => escapeText(alert)).join(" ")}`);
}
function renderOveruse(comparison) {
	const overuse = describeOveruse(comparison);
	return overuse && renderAlert("WARNING", `**${overuse.title}** ${overuse.advice}`);
}
function describeBrokenData(validation, detail) {
	if (validation?.verdict !== "fail") return void 0;
	const errors = validation.findings.filter((finding) => finding.severity === "error");
	const shown = errors.slice(0, Math.min(detail.rows, 5));
	const lines = shown.map((finding) => {
		const where = [finding.dataset, finding.column].filter((name) => name !== void 0).join(".");
		return `- ${codeSpan(where)}: ${escapeText(finding.message)}`;
	});
	if (shown.length < errors.length) lines.push(`- and ${errors.length - shown.length} more`);
	const intro = `**The data break their contract** (${formatQuantity(errors.length, "error")}).`;
	const edits = renderContractEdits(errors);
	return renderAlert("CAUTION", [
		intro,
		...lines,
		...edits === void 0 ? [] : ["", edits]
	].join("\n"));
}
function describeSelfReport(judgement) {
	if (!judgement.selfReported) return void 0;
	return renderAlert("WARNING", "**Self-reported.** Code of this pull request ran in the job that made these numbers, so they are its own word; they set no passing status.");
}
function describeMissingRows(judgement) {
	const { comparison, state } = judgement;
	if (state !== "inconclusive" && state !== "gate-undecided") return void 0;
	const needed = describeRowsNeeded(comparison);
	const seen = describeSight(judgement);
	const advice = needed === void 0 ? "" : `${capitalize$3(needed)} would settle it.`;
	if (seen === "" && advice === "") return void 0;
	return renderAlert("NOTE", [
		"**Not enough data to tell.**",
		seen,
		advice
	].filter((part) => part !== "").join(" "));
}
function describeSight({ comparison, state, decisiveGate }) {
	const metric = state === "gate-undecided" ? comparison.metrics.find(({ name }) => name === decisiveGate?.metric) : findPrimary(comparison);
	if (metric?.detectable === void 0) return "";
	const smallest = formatValue(metric.detectable, describeMetric$1(metric).style);
	const { holdout } = comparison;
	return `A holdout of ${holdout.groups === void 0 ? formatQuantity(holdout.rows, "row") : `${formatQuantity(holdout.rows, "row")} in ${formatQuantity(holdout.groups, "group")}`} shows a difference of ${smallest} or more with 80 % chance.`;
}
function capitalize$3(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/comment/data-part.ts
const MOST_DATASETS = 12;
const MOST_FINDINGS = 50;
const RANKS = {
	error: 0,
	warning: 1,
	info: 2
};
function renderDataPart(validation, detail) {
	const { findings } = validation;
	const table = renderFindings(findings, detail.rows);
	const folded = detail.folded.includes("data") ? renderFolded(`Data: ${formatQuantity(findings.length, "finding")}`, [renderDatasets(validation), ...table].join("\n\n")) : void 0;
	return [describeBrokenData(validation, detail), folded].filter((part) => part !== void 0).join("\n\n");
}
function renderValidationSummary(validation) {
	const { findings, contract } = validation;
	const rules = contract === void 0 ? "no contract" : `${codeSpan(contract.path, 120)} with ${formatQuantity(contract.rules, "rule")}`;
	return [
		renderDatasets(validation),
		`Held to ${rules}: ${findings.length === 0 ? "no finding" : formatQuantity(findings.length, "finding")}.`,
		...renderFindings(findings, MOST_FINDINGS),
		renderContractEdits(findings)
	].filter((part) => part !== void 0).join("\n\n");
}
function renderDatasets({ datasets, inputs }) {
	const rows = datasets.slice(0, MOST_DATASETS).map(({ name, rows: count, columns }) => {
		const files = inputs.filter((input) => input.role === name && input.sha256 !== void 0);
		const rejected = files.reduce((sum, file) => sum + (file.rejectedRows ?? 0), 0);
		const missing = columns.reduce((sum, column) => sum + column.missing, 0);
		const cells = count * columns.length;
		return [
			codeSpan(name),
			formatCount(count),
			formatCount(columns.length),
			...files.length === 0 ? ["–", "–"] : [formatCount(files.length), formatCount(rejected)],
			cells === 0 ? "–" : formatPercent(missing / cells)
		];
	});
	const table = renderTable([
		"data set",
		"rows",
		"columns",
		"files",
		"rejected rows",
		"missing"
	], rows, "lrrrrr");
	const more = datasets.length - rows.length;
	return more === 0 ? table : `${table}\n\nand ${formatQuantity(more, "data set")} more`;
}
function renderFindings(findings, most) {
	if (findings.length === 0) return [];
	const sorted = findings.toSorted((left, right) => RANKS[left.severity] - RANKS[right.severity]);
	const shown = sorted.slice(0, Math.min(most, MOST_FINDINGS));
	const rows = shown.map((finding) => [
		finding.severity,
		codeSpan([finding.dataset, finding.column].filter((name) => name !== void 0).join(".")),
		escapeText(finding.message, 160),
		placeOf$1(finding),
		finding.failing === void 0 ? "–" : formatCount(finding.failing)
	]);
	const more = sorted.length - shown.length;
	const table = renderTable([
		"",
		"where",
		"what",
		"place",
		"rows"
	], rows, "llllr");
	return more === 0 ? [table] : [table, `and ${formatQuantity(more, "finding")} more`];
}
function placeOf$1({ examples: [first], location }) {
	const data = first === void 0 ? [] : [`${first.file}:${first.line}`];
	const rule = location === void 0 ? [] : [location.line === void 0 ? location.file : `${location.file}:${location.line}`];
	const places = [...data, ...rule].map((place) => codeSpan(place, 100));
	return places.length === 0 ? "–" : places.join("<br>");
}

// src/core/report/comment/detail.ts
const FOLDED_PARTS = [
	"slices",
	"flips",
	"intervals",
	"curves",
	"model",
	"data",
	"importance"
];
const EVERYTHING$1 = {
	folded: FOLDED_PARTS,
	rows: 250,
	parts: 20,
	lines: 100,
	pushes: 10
};
const DETAIL_STEPS = [
	EVERYTHING$1,
	{
		...EVERYTHING$1,
		folded: [
			"slices",
			"model",
			"data"
		],
		leftOut: "flips by slice, curves, calibration, intervals of each model and importance"
	},
	{
		...EVERYTHING$1,
		folded: ["slices", "model"],
		rows: 40,
		leftOut: "most folded details and rows beyond 40 of each table"
	},
	{
		...EVERYTHING$1,
		folded: [],
		rows: 25,
		leftOut: "folded details and rows beyond 25 of each table"
	},
	{
		...EVERYTHING$1,
		folded: [],
		rows: 8,
		parts: 8,
		pushes: 3,
		leftOut: "all but the first rows of each table"
	},
	{
		folded: [],
		rows: 4,
		parts: 1,
		lines: 50,
		pushes: 0,
		leftOut: "all but the essential of the first model"
	},
	{
		folded: [],
		rows: 2,
		parts: 0,
		lines: 25,
		pushes: 0,
		leftOut: "all but a line per model"
	}
];

// src/core/report/comment/marker.ts
const WORD = /^[A-Za-z0-9_.]+(-[A-Za-z0-9_.]+)*$/;
const LINE = /^<!-- contender key=(?<key>[\w.-]+)(?: commit=(?<commit>[0-9a-f]{40,64}))?(?: run=(?<run>\d+))?(?: attempt=(?<attempt>\d+))? content=(?<content>[0-9a-f]+) -->$/;
function renderMarker(marker) {
	const line = `<!-- contender ${[
		["key", marker.key],
		["commit", marker.commit],
		["run", marker.run],
		["attempt", marker.attempt],
		["content", marker.content]
	].filter((part) => part[1] !== void 0).map(([name, value]) => `${name}=${value}`).join(" ")} -->`;
	if (!WORD.test(marker.key) || !LINE.test(line)) throw new Error(`a marker is made of plain words, and this is none: ${line}`);
	return line;
}
function parseMarker(body) {
	const last = body.trimEnd().split("\n").at(-1)?.trim() ?? "";
	const groups = LINE.exec(last)?.groups;
	if (groups === void 0) return void 0;
	const { key, commit, run, attempt, content } = groups;
	if (key === void 0 || content === void 0) return void 0;
	return {
		key,
		commit,
		run,
		attempt,
		content
	};
}
function decideReplacement(options) {
	const { existing, proposed, headCommit } = options;
	if (headCommit !== void 0 && proposed.commit !== void 0 && proposed.commit !== headCommit) return "older";
	if (existing.commit === proposed.commit && existing.content === proposed.content) return "unchanged";
	const existingIsOfHead = headCommit !== void 0 && existing.commit === headCommit;
	if (headCommit !== void 0 && !existingIsOfHead) return "replace";
	return isOlderRun(proposed, existing) ? "older" : "replace";
}
function isOlderRun(left, right) {
	if (left.run === void 0 || right.run === void 0) return false;
	const difference = BigInt(left.run) - BigInt(right.run);
	if (difference !== 0n) return difference < 0n;
	return Number(left.attempt ?? "1") < Number(right.attempt ?? "1");
}

// src/core/report/cautions.ts
function findCaution(comparison, validation) {
	if (describeLeakage(comparison).alerts.length > 0) return "leakage";
	if (validation?.verdict === "fail") return "broken data";
	if (comparison.exam.changed.length > 0) return "rules changed";
}

// src/core/report/judgement.ts
function judge(evidence) {
	const died = findDeadStage(evidence);
	if (died !== void 0) return died;
	const { comparison, training, validation } = evidence;
	if (comparison === void 0 && training === void 0 && isCompleted(validation)) return {
		kind: "data",
		outcome: validation.verdict === "fail" ? "failure" : "pending",
		validation
	};
	if (comparison === void 0 || comparison.verdict === "error") return missingComparison();
	const decisiveGate = findDecisiveGate(comparison);
	const selfReported = evidence.selfReported === true || comparison.selfReported === true;
	const outcome = decideOutcome(comparison, decisiveGate);
	return {
		kind: "completed",
		state: decideState(comparison, outcome, decisiveGate),
		outcome: selfReported && outcome === "success" ? "pending" : outcome,
		comparison,
		decisiveGate,
		selfReported,
		caution: findCaution(comparison, evidence.validation)
	};
}
function isUnchanged(judgement) {
	return judgement.kind === "completed" && judgement.state === "unchanged" && judgement.comparison.exam.changed.length === 0;
}
function worstFirst(items) {
	const rank = {
		error: 0,
		failure: 1,
		pending: 2,
		success: 3
	};
	return [...items].sort((left, right) => rank[left.judgement.outcome] - rank[right.judgement.outcome]);
}
function validAcceptance(comparison) {
	return comparison.accepted?.digest === comparison.challenger.digest ? comparison.accepted : void 0;
}
function findDeadStage(evidence) {
	const stages = [
		{
			stage: "validate-data",
			document: evidence.validation
		},
		{
			stage: "train-model",
			document: evidence.training
		},
		{
			stage: "compare-models",
			document: evidence.comparison
		}
	];
	for (const { stage, document } of stages) if (document?.verdict === "error") return {
		kind: "failed",
		outcome: "error",
		stage,
		error: document.error
	};
}
function isCompleted(document) {
	return document !== void 0 && document.verdict !== "error";
}
function missingComparison() {
	return {
		kind: "failed",
		outcome: "error",
		stage: "compare-models",
		error: {
			code: "outside",
			message: "it left no comparison; look at the log of the run"
		}
	};
}
function findDecisiveGate(comparison) {
	const { gates } = comparison;
	return gates.find((gate) => gate.outcome === "fail") ?? gates.find((gate) => gate.outcome === "inconclusive");
}
function decideOutcome(comparison, gate) {
	if (comparison.verdict === "unchanged" || validAcceptance(comparison) !== void 0) return "success";
	if (comparison.verdict === "no-champion") return comparison.promote ? "success" : "pending";
	if (comparison.verdict === "worse" || gate?.outcome === "fail") return "failure";
	if (comparison.verdict === "inconclusive" || gate !== void 0) return "pending";
	return comparison.promote ? "success" : "pending";
}
function decideState(comparison, outcome, gate) {
	const { verdict } = comparison;
	if (verdict === "unchanged") return "unchanged";
	if (validAcceptance(comparison) !== void 0) return "accepted";
	if (verdict === "no-champion") return "first-model";
	if (verdict === "worse") return "worse";
	if (outcome === "failure") return "gate-failed";
	if (verdict === "inconclusive") return "inconclusive";
	const primary = findPrimary(comparison);
	if (verdict === "equivalent" && primary !== void 0 && isBelowZero(primary)) return "slightly-worse";
	return outcome === "pending" && gate !== void 0 ? "gate-undecided" : verdict;
}

// src/core/report/repeated-ids.ts
function describeRepeatedIds(repeated, rows) {
	return `${formatQuantity(repeated, "row")} of ${rows} labelled ones ${repeated === 1 ? "has" : "have"} the id of an earlier row: rows of one id are counted as one group, not as rows of their own`;
}

// src/core/report/scores-note.ts
const ORIGINS = {
	table: "a table of scores",
	command: "the scores of scoring.command",
	release: "the scores of its release"
};
function describeScores({ champion, challenger }) {
	const judged = [{
		name: "the challenger",
		scores: challenger.scores
	}, {
		name: "the champion",
		scores: champion?.scores
	}].flatMap(({ name, scores }) => scores ? [`${name} was judged by ${ORIGINS[scores.by]}`] : []);
	if (judged.length === 0) return void 0;
	return `${judged.join(", ")}; latency and model contract are not compared`;
}
function hasOutsideScores({ champion, challenger }) {
	return [champion, challenger].some((model) => model?.scores !== void 0 && model.scores.by !== "release");
}

// src/core/comparison/latency-gate.ts
const DEFAULT_LATENCY_MARGIN = .1;
function latencyMargin(margin, championValue) {
	if (margin === void 0) {
		const words = `${formatPercent(DEFAULT_LATENCY_MARGIN)} of the champion's time, the default`;
		return {
			defined: true,
			value: DEFAULT_LATENCY_MARGIN * championValue,
			words
		};
	}
	return resolveMargin({
		margin,
		championValue,
		noInformation: void 0,
		direction: "lower"
	});
}
function decideLatencyGate(gate, margin, evidence) {
	if (gate.require === "better") return decide$1(evidence, {
		factor: 1,
		words: ""
	});
	if (gate.require !== "not-worse") return void 0;
	const { value } = evidence.champion;
	const allowed = latencyMargin(margin, value);
	if (!allowed.defined) return {
		outcome: "inconclusive",
		reason: allowed.reason
	};
	const words = margin?.kind === "absolute" ? `${formatNumber(allowed.value)} ms on ${formatNumber(value)} ms` : allowed.words;
	return decide$1(evidence, {
		factor: 1 + allowed.value / value,
		words: ` (margin: ${words})`
	});
}
function decide$1(evidence, bound) {
	const decision = decideByRatio(evidence, bound);
	const stalls = decision.outcome === "fail" ? void 0 : describeStalls(evidence, bound);
	return stalls === void 0 ? decision : {
		outcome: "fail",
		reason: stalls
	};
}
function decideByRatio({ ratio, runs }, { factor, words }) {
	if (ratio.interval === void 0) return {
		outcome: "inconclusive",
		reason: `${runs} runs give no interval at this confidence`
	};
	const [low, high] = ratio.interval;
	const isBelow = high < factor;
	const isAbove = factor === 1 ? low >= 1 : low > factor;
	const relation = isBelow ? "below" : isAbove ? "not below" : "around";
	return {
		outcome: isBelow ? "pass" : isAbove ? "fail" : "inconclusive",
		reason: `it takes ${describeRatio(ratio, factor)} times the champion's time over all pairs of ${runs} runs of each (Hodges-Lehmann), ${relation} ${formatNumber(factor)}${words}`
	};
}
function describeStalls({ champion, challenger }, bound) {
	if (champion.interval === void 0 || challenger.interval === void 0) return void 0;
	const [before, after] = [champion.interval[1], challenger.interval[0]];
	if (!(after > before * bound.factor)) return void 0;
	const [own, other] = [formatNumber(after), formatNumber(before)];
	return `its 95 % quantile is at least ${own} ms, more than ${formatNumber(bound.factor)} times the champion's, which is at most ${other} ms${bound.words}`;
}
function describeRatio({ value, interval }, bound = 1) {
	const style = chooseStyle({
		name: "",
		values: [value, bound],
		interval,
		bounds: [1, bound]
	});
	const text = formatValue(value, style);
	return interval === void 0 ? text : `${text} ${formatInterval(interval, style)}`;
}

// src/core/report/latency-text.ts
function describeLatency$1({ measured }) {
	const { latency } = measured;
	if (latency === void 0) return [];
	const { champion, challenger, ratio } = latency;
	const pair = (write) => champion === void 0 ? write(challenger) : `${write(champion)} → ${write(challenger)}`;
	const time = (value) => `${formatNumber(value)}${"\xA0"}ms`;
	const compared = ratio === void 0 ? "" : `; ${describeRatio(ratio)} times the champion's time (${ratio.method}, ${formatPercent(ratio.confidence)} interval)`;
	const runs = `${formatQuantity(latency.runs, "run")}${champion === void 0 ? "" : " of each in turn"}`;
	return [{
		name: `Latency of ${formatQuantity(latency.batchRows, "row")}`,
		text: `median ${pair((side) => time(side.median))}, 95${"\xA0"}% quantile ${pair((side) => time(side.p95))}${compared}; ${runs}`
	}, {
		name: "Throughput",
		text: `${pair((side) => formatCount(Number(side.rowsPerSecond.toPrecision(3))))} rows per second`
	}];
}

// src/core/report/model-changes.ts
function breakingFirst(changes) {
	return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)];
}

// src/core/report/scoring-notes.ts
function describeScoring({ champion, challenger }) {
	return [...describeModel("challenger", challenger), ...champion ? describeModel("champion", champion) : []];
}
function describeModel(name, { binding, refused }) {
	const fed = binding ? [`${name}: inputs take their columns ${[binding.by, ...binding.notes].join("; ")}`] : [];
	if (refused === void 0) return fed;
	const { rows, reasons, first } = refused;
	const places = rows > first.length ? [...first, "and others"] : first;
	const count = rows === 1 ? "1 row" : `${formatCount(rows)} rows`;
	return [...fed, `${name}: no answer for ${count}, left out for both: ${reasons.join("; ")} (${places.join(", ")})`];
}

// src/core/report/sparkline.ts
const BLOCKS = "▁▂▃▄▅▆▇█";
function renderSparkline(values, range) {
	const [low, high] = range;
	const span = high - low;
	return values.map((value) => {
		const share = span > 0 ? (value - low) / span : 0;
		const index = Math.min(7, Math.max(0, Math.floor(share * 8)));
		return BLOCKS.charAt(index);
	}).join("");
}
function renderBar(share) {
	const eighths = Math.round(Math.min(1, Math.max(0, share)) * 80);
	const rest = eighths % 8;
	return `${"█".repeat(Math.floor(eighths / 8))}${rest === 0 ? "" : "▏▎▍▌▋▊▉".charAt(rest - 1)}`;
}
function reachWithin(points, bound) {
	return Math.max(0, ...points.filter(([first]) => first <= bound + 1e-12).map(([, second]) => second));
}
function reachFrom(points, bound) {
	return Math.max(0, ...points.filter(([first]) => first >= bound - 1e-12).map(([, second]) => second));
}

// src/core/report/calibration-text.ts
function describeCalibration({ calibration }) {
	if (calibration === void 0) return void 0;
	const { champion, challenger, bins } = calibration;
	const row = (name, write) => ({
		name,
		champion: (champion && write(champion)) ?? "–",
		challenger: write(challenger) ?? "–"
	});
	const clipped = (champion?.clippedRows ?? 0) + (challenger.clippedRows ?? 0);
	const number = (value) => value === void 0 ? void 0 : formatNumber(value);
	return {
		rows: [
			row(`expected error (${formatCount(bins)} bins)`, (model) => number(model.expectedError)),
			row("squared error without chance", (model) => number(model.squaredError)),
			row("Spiegelhalter's Z", writeTest),
			...clipped === 0 ? [] : [row("probabilities clipped in log loss", (model) => number(model.clippedRows))]
		],
		notes: describeNotes(champion, challenger)
	};
}
function writeTest({ spiegelhalter }) {
	if (spiegelhalter === void 0) return void 0;
	const { z, pValue } = spiegelhalter;
	const text = formatNumber(Number(z.toFixed(3)));
	return pValue === void 0 ? text : `${text} (${formatPValue(pValue)})`;
}
function describeNotes(champion, challenger) {
	const before = champion?.notes ?? [];
	const shared = challenger.notes.filter((note) => champion === void 0 || before.includes(note));
	const only = (name, notes) => notes.filter((note) => !shared.includes(note)).map((note) => `${name}: ${note}`);
	return [
		...shared,
		...only("champion", before),
		...only("challenger", challenger.notes)
	];
}

// src/core/report/comment/calibration.ts
function renderCalibrationSummary(comparison) {
	const text = describeCalibration(comparison);
	if (text === void 0) return void 0;
	const rows = text.rows.map(({ name, champion, challenger }) => [
		name,
		champion,
		challenger
	]);
	const notes = text.notes.map((note) => `- ${escapeText(note, 400)}`);
	return [renderTable([
		"calibration",
		"champion",
		"challenger"
	], rows, "lrr"), ...notes.length === 0 ? [] : ["", ...notes]].join("\n");
}

// src/core/report/comment/curves.ts
const FALSE_POSITIVE_RATES = [
	.01,
	.05,
	.1,
	.2,
	.5
];
const RECALLS = [
	.1,
	.25,
	.5,
	.75,
	.9
];
const GRID = Array.from({ length: 24 }, (_, index) => (index + .5) / 24);
const MOST_CALIBRATION_ROWS = 12;
function renderCurves(comparison, { drawn } = { drawn: false }) {
	const { curves } = comparison;
	const parts = [renderPair(curves?.roc, {
		title: "ROC",
		axis: "false positive rate at most",
		value: "recall",
		bounds: FALSE_POSITIVE_RATES,
		reach: reachWithin,
		drawn
	}), renderPair(curves?.precisionRecall, {
		title: "Precision-recall",
		axis: "recall at least",
		value: "precision",
		bounds: RECALLS,
		reach: reachFrom,
		drawn
	})].filter((part) => part !== void 0);
	return parts.length === 0 ? void 0 : parts.join("\n\n");
}
function renderCalibration(comparison) {
	const pair = comparison.curves?.calibration;
	if (pair === void 0 || pair.challenger.length === 0) return void 0;
	const challenger = thin$1(pair.challenger, MOST_CALIBRATION_ROWS);
	const champion = thin$1(pair.champion ?? [], MOST_CALIBRATION_ROWS);
	const rows = Array.from({ length: Math.max(challenger.length, champion.length) }, (_, index) => [...calibrationCells(champion[index]), ...calibrationCells(challenger[index])]);
	return `**Calibration:** predicted and observed share\n\n${renderTable([
		"champion predicts",
		"observed",
		"challenger predicts",
		"observed"
	], rows, "rrrr")}`;
}
function renderPair(pair, words) {
	if (pair === void 0 || pair.challenger.length === 0) return void 0;
	const sides = [pair.champion, pair.challenger];
	const lines = sides.map((points) => points === void 0 ? "–" : `\`${renderSparkline(GRID.map((x) => words.reach(points, x)), [0, 1])}\``);
	const rows = words.bounds.map((bound) => [formatPercent(bound), ...sides.map((points) => points === void 0 ? "–" : formatPercent(words.reach(points, bound)))]);
	const line = words.drawn ? [] : [["0 to 100 %", ...lines]];
	return [
		`**${words.title}:** ${words.value} by ${words.axis.replace(/ at (most|least)$/, "")}, read off the drawn curve`,
		"",
		renderTable([
			words.axis,
			"champion",
			"challenger"
		], [...rows, ...line], "rrr")
	].join("\n");
}
function thin$1(points, most) {
	if (points.length <= most) return points;
	return Array.from({ length: most }, (_, index) => points[Math.round(index * (points.length - 1) / (most - 1))]);
}
function calibrationCells(point) {
	return point === void 0 ? ["–", "–"] : point.map((share) => formatPercent(share));
}

// src/core/report/flip-text.ts
function describeFlips$1({ flips }) {
	if (flips === void 0) return void 0;
	const at = flips.threshold === void 0 ? "" : ` (threshold ${formatNumber(flips.threshold)})`;
	return `${formatQuantity(flips.newlyRight, "row")} newly right, ${formatQuantity(flips.newlyWrong, "row")} newly wrong${at}`;
}
function flippedSlices({ flips }) {
	const loss = (slice) => slice.newlyWrong - slice.newlyRight;
	return (flips?.slices ?? []).filter((slice) => slice.newlyRight + slice.newlyWrong > 0).sort((left, right) => loss(right) - loss(left) || right.newlyWrong - left.newlyWrong);
}
function describeIdHash({ model }) {
	return `A row is named by the first 16 digits of the SHA-256 of ${model}:<id>; in brackets what the challenger gave to the class that it chose.`;
}

// src/core/report/comment/flips.ts
const MOST_EXAMPLES$1 = 5;
function renderFlipDetails(comparison, detail) {
	const present = [renderBySlice(comparison, detail), renderExamples(comparison)].filter((part) => part !== void 0);
	return present.length === 0 ? void 0 : present.join("\n\n");
}
function renderBySlice(comparison, detail) {
	const slices = flippedSlices(comparison);
	if (slices.length === 0) return void 0;
	const shown = slices.slice(0, Math.min(detail.rows, 50));
	const rows = shown.map(({ slice, rows, newlyRight, newlyWrong }) => [
		codeSpan(slice),
		formatCount(rows),
		formatCount(newlyRight),
		formatCount(newlyWrong)
	]);
	const more = slices.length - shown.length;
	const rest = more === 0 ? [] : ["", `and ${formatQuantity(more, "slice")} more`];
	return [renderTable([
		"slice",
		"rows",
		"newly right",
		"newly wrong"
	], rows, "lrrr"), ...rest].join("\n");
}
function renderExamples(comparison) {
	const examples = comparison.flips?.examples;
	if (examples === void 0) return void 0;
	const lines = [listExamples("newly wrong", examples.newlyWrong), listExamples("newly right", examples.newlyRight)].filter((line) => line !== void 0);
	if (lines.length === 0) return void 0;
	return [
		...lines,
		"",
		`<sub>${escapeText(describeIdHash(comparison), 400)}</sub>`
	].join("\n");
}
function listExamples(kind, rows) {
	if (rows.length === 0) return void 0;
	const shown = rows.slice(0, MOST_EXAMPLES$1);
	const words = shown.map(({ idHash, score }) => `${codeSpan(idHash)} (${formatNumber(score)})`);
	const more = rows.length - shown.length;
	return `- ${kind}, surest first: ${words.join(", ")}${more === 0 ? "" : `, and ${formatCount(more)} more in the report`}`;
}

// src/core/report/comment/metric-table.ts
function renderMetricTable(comparison, detail) {
	const metrics = primaryFirst(comparison);
	const shown = metrics.slice(0, detail.rows);
	const hidden = metrics.length - shown.length;
	return [comparison.champion === void 0 ? renderFirstModel(shown) : renderPairs(shown, comparison.confidence), hidden > 0 ? `${formatCount(hidden)} more ${hidden === 1 ? "metric is" : "metrics are"} in the report.` : ""].filter((part) => part !== "").join("\n\n");
}
function renderIntervalTable(comparison, detail) {
	const rows = primaryFirst(comparison).slice(0, detail.rows).map((metric) => {
		const text = describeMetric$1(metric);
		return [
			codeSpan(metric.name),
			twoLines(text.champion, text.championInterval),
			twoLines(text.challenger, text.challengerInterval),
			text.margin ?? "–",
			metric.detectable === void 0 ? "–" : formatValue(metric.detectable, text.style)
		];
	});
	if (rows.length === 0) return void 0;
	return renderTable([
		"metric",
		"champion",
		"challenger",
		"margin",
		"detectable"
	], rows, "lrrrr");
}
function renderPairs(metrics, confidence) {
	const rows = metrics.map((metric) => {
		const text = describeMetric$1(metric);
		return [
			nameCell$1(metric),
			gainCell(text),
			text.champion,
			text.challenger,
			unbroken(text.mark.words)
		];
	});
	const header = [
		"metric",
		`gain [${formatConfidence(confidence)}]`,
		"champion",
		"challenger",
		""
	];
	return renderTable(header, rows, "lrrrl");
}
function renderFirstModel(metrics) {
	const rows = metrics.map((metric) => {
		const text = describeMetric$1(metric);
		const value = text.challenger === "–" ? "–" : `**${text.challenger}**`;
		return [
			nameCell$1(metric),
			twoLines(value, text.challengerInterval),
			text.noInformation ?? "–"
		];
	});
	return renderTable([
		"metric",
		"challenger",
		"knowing nothing"
	], rows, "lrr");
}
function nameCell$1(metric) {
	const name = codeSpan(metric.name, 40);
	return metric.direction === "lower" ? `${name}<br><sub>lower is better</sub>` : name;
}
function gainCell({ gain, interval, mark }) {
	if (gain === "–") return gain;
	return twoLines(`${mark.glyph === "" ? "" : `${mark.glyph}&nbsp;`}**${gain}**`, interval);
}
function unbroken(text) {
	return text.replaceAll(" ", "&nbsp;");
}
function twoLines(first, second) {
	return second === void 0 ? first : `${first}<br>${unbroken(second)}`;
}
function primaryFirst(comparison) {
	const isPrimary = (metric) => Number(metric.name === comparison.primary);
	return [...comparison.metrics].sort((left, right) => isPrimary(right) - isPrimary(left));
}

// src/core/report/comment/shown-pictures.ts
const PICTURE_BRANCH = "contender-pictures";
const PICTURE_BUDGET = {
	picture: 6e4,
	report: 4e5
};
function picturePath({ pullRequest, key, model, kind, theme, hash }) {
	return `pull-${pullRequest}/${key}/${model}/${kind}-${hash}-${theme}.svg`;
}

// src/core/report/comment/pictures.ts
const PICTURE_WIDTH = {
	metrics: 480,
	slices: 480,
	roc: 400,
	"precision-recall": 400,
	calibration: 400
};
function renderMetricPicture({ pictures }, detail) {
	const picture = renderPictures(pictures, ["metrics"]);
	if (picture === void 0 || !detail.folded.includes("curves")) return void 0;
	return `${picture}\n<br><sub>Each row has its own scale: the line is no difference, the band is the margin.</sub>`;
}
function renderPictures(pictures, kinds) {
	const shown = kinds.flatMap((kind) => {
		const picture = pictures?.[kind];
		if (picture === void 0) return [];
		const { light, dark } = picture.paths;
		const alternative = escapeSummary(picture.alternative, MOST_CHARACTERS);
		return [`<picture><source media="(prefers-color-scheme: dark)" srcset="${addressOf(dark)}"><img alt="${alternative}" src="${addressOf(light)}" width="${PICTURE_WIDTH[kind]}"></picture>`];
	});
	return shown.length === 0 ? void 0 : shown.join("\n");
}
const MOST_CHARACTERS = 600;
function addressOf(path) {
	return `../blob/${PICTURE_BRANCH}/${path}?raw=true`;
}

// src/core/report/comment/slices.ts
function renderLosingSlices(comparison, detail) {
	const { slices } = comparison;
	if (slices.length === 0 || comparison.champion === void 0) return void 0;
	const losing = findLosingSlices(slices);
	const open = countOpenSlices(slices);
	const openWords = open === 0 ? "" : ` (${formatCount(open)} undecided)`;
	const others = describeOthers(slices);
	if (losing.length === 0) return [`**Slices that got worse:** none of ${formatCount(slices.length)}${openWords}`, ...others].join("\n\n");
	const intro = `**Slices that got worse:** ${formatCount(losing.length)} of ${formatCount(slices.length)}${openWords}`;
	const shown = losing.slice(0, Math.min(detail.rows, 10));
	const more = losing.length - shown.length;
	const rest = more === 0 ? [] : ["", `and ${formatQuantity(more, "slice")} more`];
	return [[
		intro,
		"",
		renderTable(...sliceTable(shown)),
		...rest
	].join("\n"), ...others].join("\n\n");
}
function describeOthers(slices) {
	const name = (found) => {
		const names = found.slice(0, MOST_NAMED$1).map((slice) => nameCell(slice.slice));
		const more = found.length - names.length;
		return `${names.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
	};
	const gaining = findGainingSlices(slices);
	const suspect = findSuspectSlices(slices);
	return [...gaining.length === 0 ? [] : [`**Slices that got better:** ${name(gaining)}`], ...suspect.length === 0 ? [] : [`**Worth a look:** ${name(suspect)}, lower by more than luck usually makes, though no interval proves it`]];
}
const MOST_NAMED$1 = 6;
function renderAllSlices(comparison, detail) {
	if (comparison.slices.length === 0) return void 0;
	const sorted = [...comparison.slices].sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
	const shown = sorted.slice(0, detail.rows);
	const rest = shown.length < sorted.length ? ["", `and ${formatQuantity(sorted.length - shown.length, "slice")} more`] : [];
	return [renderTable(...sliceTable(shown)), ...rest].join("\n");
}
function renderFlips(comparison) {
	const flips = describeFlips$1(comparison);
	return flips && `**Flips:** ${flips}`;
}
function sliceTable(slices) {
	const metrics = new Set(slices.map((slice) => slice.name));
	const rows = slices.map((slice) => {
		const text = describeMetric$1(slice);
		return [
			metrics.size > 1 ? `${nameCell(slice.slice)}<br>${codeSpan(slice.name, 40)}` : nameCell(slice.slice),
			gainCell(text),
			formatCount(slice.rows),
			text.champion,
			text.challenger,
			unbroken(text.mark.words)
		];
	});
	const only = metrics.size === 1 ? slices[0] : void 0;
	return [
		[
			"slice",
			only === void 0 ? "gain" : `gain in ${codeSpan(only.name, 40)}`,
			"rows",
			"champion",
			"challenger",
			""
		],
		rows,
		"lrrrrl"
	];
}
function nameCell(name) {
	return codeSpan(name.length <= 28 ? name.replaceAll(" ", "\xA0") : name);
}

// src/core/report/comment/details.ts
const MOST_IMPORTANCES = 15;
function renderDetails(comparison, evidence, detail) {
	const parts = {
		slices: () => [`All ${formatQuantity(comparison.slices.length, "slice")}`, joinParts([renderPictures(evidence.pictures, ["slices"]), renderAllSlices(comparison, detail)])],
		flips: () => ["Flips by slice, and some rows", renderFlipDetails(comparison, detail)],
		intervals: () => ["Intervals, margins, detectable differences", renderIntervalTable(comparison, detail)],
		curves: () => ["Curves and calibration", joinParts([
			renderPictures(evidence.pictures, [
				"roc",
				"precision-recall",
				"calibration"
			]),
			renderCurves(comparison, { drawn: evidence.pictures !== void 0 }),
			renderCalibration(comparison),
			renderCalibrationSummary(comparison)
		])],
		model: () => ["Size, parameters, inputs and outputs of the model", joinParts([
			renderSize(comparison),
			renderLatency(comparison),
			renderParameters(comparison, detail),
			renderModelContract(comparison, detail),
			renderScoring(comparison)
		])],
		data: () => renderData(comparison, evidence, detail),
		importance: () => ["Importance of columns", renderImportance(comparison)]
	};
	return detail.folded.map((name) => parts[name]()).filter((part) => part[1] !== void 0).map(([summary, body]) => renderFolded(summary, body));
}
function joinParts(parts) {
	const present = parts.filter((part) => part !== void 0);
	return present.length === 0 ? void 0 : present.join("\n\n");
}
function renderSize({ size }) {
	if (size === void 0) return void 0;
	const { champion, challenger } = size;
	return `**Size:** ${champion === void 0 ? "" : `${formatBytes(champion)} → `}${formatBytes(challenger)}`;
}
function renderLatency(comparison) {
	return joinParts(describeLatency$1(comparison).map(({ name, text }) => `**${name}:** ${escapeText(text, 400)}`));
}
function renderData(comparison, evidence, detail) {
	const { validation } = evidence;
	const leakage = renderLeakage(comparison);
	if (validation === void 0 || validation.verdict === "error") return ["Data", leakage];
	return [`Data: ${formatQuantity(validation.findings.length, "finding")}`, joinParts([
		renderDatasets(validation),
		...renderFindings(validation.findings, detail.rows),
		leakage
	])];
}
function renderLeakage(comparison) {
	const { notes } = describeLeakage(comparison);
	return notes.length === 0 ? void 0 : notes.map((note) => `- ${escapeText(note, 600)}`).join("\n");
}
function renderParameters(comparison, detail) {
	const changes = comparison.parametersChanged ?? [];
	if (changes.length === 0) return void 0;
	const rows = changes.slice(0, Math.min(detail.rows, 50)).map(({ what, before, after }) => [
		codeSpan(what),
		valueCell(before),
		valueCell(after)
	]);
	return `**Parameters changed**\n\n${renderTable([
		"parameter",
		"champion",
		"challenger"
	], rows, "lrr")}`;
}
function renderModelContract(comparison, detail) {
	const changes = comparison.modelContract?.changes ?? [];
	if (changes.length === 0) return void 0;
	const shown = breakingFirst(changes).slice(0, Math.min(detail.rows, 50));
	const lines = shown.map(({ change, breaking }) => `- ${breaking ? "**breaking:** " : "compatible: "}${escapeText(change, 400)}`);
	const more = changes.length - shown.length;
	if (more > 0) lines.push(`- and ${formatQuantity(more, "change")} more`);
	return `**Inputs, outputs and operators**\n\n${lines.join("\n")}`;
}
function renderScoring(comparison) {
	const notes = describeScoring(comparison);
	if (notes.length === 0) return void 0;
	return `**How they were scored**\n\n${notes.map((note) => `- ${escapeText(note, 400)}`).join("\n")}`;
}
function renderImportance(comparison) {
	const sorted = [...comparison.importance ?? []].sort((left, right) => right.share - left.share);
	if (sorted.length === 0) return void 0;
	const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
	const rows = sorted.slice(0, MOST_IMPORTANCES).map(({ column, share }) => [codeSpan(column), `${renderBar(share / largest)} ${formatPercent(share)}`]);
	return renderTable(["column", "share of the gain in training"], rows, "ll");
}
function valueCell(value) {
	return value === void 0 ? "–" : codeSpan(value, 60);
}

// src/core/report/comment/footer.ts
const PLAIN_WORD = /^[A-Za-z0-9_./:=,@+-]+$/;
const SHORT$1 = 12;
function renderRunLine(run) {
	const parts = [
		run.commit === void 0 ? void 0 : `commit ${shortDigest(run.commit)}`,
		link("run", run.runUrl),
		link("full report", run.reportUrl)
	].filter((part) => part !== void 0);
	return parts.length === 0 ? "" : `<sub>${capitalize$2(parts.join(" · "))}</sub>`;
}
function renderReproduction(run) {
	const words = run.reproduce;
	if (words === void 0 || words.length === 0 || !words.every((word) => PLAIN_WORD.test(word))) return;
	const command = `contender ${words.join(" ")}`;
	if (run.commit === void 0 || !/^[0-9a-f]{40,64}$/.test(run.commit)) return command;
	return `git fetch origin ${run.commit} && git checkout ${run.commit} && ${command}`;
}
function renderProvenance(evidence) {
	const judgement = judge(evidence);
	if (judgement.kind !== "completed") return "";
	const { comparison } = judgement;
	const { champion, challenger, holdout } = comparison;
	const lines = [`<sub>${capitalize$2([
		champion === void 0 ? void 0 : `champion ${champion.version === void 0 ? "" : `${codeSpan(champion.version, 30)} `}${shortDigest(champion.digest)}`,
		`challenger ${shortDigest(challenger.digest)}`,
		`holdout ${[shortDigest(holdout.digest), describeHoldoutUse(comparison)].filter((part) => part !== void 0).join(", ")}`,
		comparison.exam.commit === void 0 ? void 0 : `rules of ${shortDigest(comparison.exam.commit)}`
	].filter((part) => part !== void 0).join(" · "))}</sub>`];
	if (judgement.outcome !== "success" && validAcceptance(comparison) === void 0 && !judgement.selfReported) lines.push(`<sub>A maintainer can accept it all the same: \`/contender accept ${challenger.digest.slice(0, SHORT$1)} <reason>\`</sub>`);
	return lines.join("<br>\n");
}
function shortDigest(digest) {
	return codeSpan(digest.replace(/^[a-z0-9-]+:/, "").slice(0, SHORT$1), SHORT$1);
}
function capitalize$2(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/comment/gates.ts
const OUTCOMES = {
	fail: {
		icon: "❌",
		word: "failed",
		rank: 0
	},
	inconclusive: {
		icon: "🟡",
		word: "undecided",
		rank: 1
	},
	pass: {
		icon: "✅",
		word: "passed",
		rank: 2
	}
};
function renderGates(comparison, detail) {
	if (comparison.gates.length === 0) return void 0;
	const sorted = [...comparison.gates].sort((left, right) => OUTCOMES[left.outcome].rank - OUTCOMES[right.outcome].rank);
	const shown = sorted.slice(0, detail.rows);
	const lines = shown.map(renderGate);
	if (shown.length < sorted.length) lines.push(`- and ${formatQuantity(sorted.length - shown.length, "gate")} more`);
	return [
		"**Gates**",
		"",
		...lines
	].join("\n");
}
function renderGate(gate) {
	const { icon, word } = OUTCOMES[gate.outcome];
	const needed = gate.outcome === "inconclusive" && gate.rowsNeeded !== void 0 ? `; about ${formatQuantity(Number(gate.rowsNeeded.toPrecision(2)), gate.rowsUnit === "groups" ? "group" : "row")} would settle it` : "";
	return `- ${icon} **${escapeText(gate.description)}** ${word}: ${escapeText(gate.reason, 400)}${needed}`;
}

// src/core/report/comment/sentence.ts
function renderSentence(judgement) {
	if (judgement.kind === "failed") return describeFailure(judgement);
	if (judgement.kind === "data") return describeDataAlone(judgement);
	switch (judgement.state) {
		case "unchanged": return describeUnchanged(judgement);
		case "accepted": return describeAcceptance(judgement);
		case "first-model": return describeFirstModel(judgement);
		default: return describeDifference$1(judgement);
	}
}
function describeUnchanged({ comparison }) {
	return comparison.exam.changed.length > 0 ? "The model is the champion, byte for byte; nothing but the rules changes." : "Code, data, rules and environment are those of the champion; nothing had to be judged.";
}
function describeDataAlone({ validation }) {
	const rows = validation.datasets.map(({ name, rows: count }) => `${codeSpan(name)} ${formatQuantity(count, "row")}`);
	const seen = rows.length === 0 ? "" : ` (${rows.slice(0, 6).join(", ")})`;
	return `${validation.verdict === "fail" ? "Nothing is trained on data that fail" : "The data were checked"}${seen}. No model was trained or judged.`;
}
function describeFailure(judgement) {
	const { error, stage } = judgement;
	const place = error.file === void 0 ? "" : ` (${codeSpan(error.line === void 0 ? error.file : `${error.file}:${error.line}`, 120)})`;
	if (error.code === "data-unavailable") return `The data cannot be had in this run, so nothing was judged: ${escapeText(error.message, 600)}${place}`;
	const whose = error.code === "bug" ? " This is a bug of Contender, not of this pull request." : "";
	return `\`${stage}\` stopped: ${escapeText(error.message, 600)}${place}. Nothing was judged.${whose}`;
}
function describeAcceptance(judgement) {
	const accepted = validAcceptance(judgement.comparison);
	return `Accepted by ${accepted === void 0 ? "a maintainer" : codeSpan(accepted.by)}${accepted === void 0 ? "" : `: “${escapeText(accepted.reason, 400)}”`}. By itself it was ${describeVerdict$1(judgement)}; ${escapeText(describeMerging(judgement))}.`;
}
function describeVerdict$1(judgement) {
	const { verdict } = judgement.comparison;
	const failed = judgement.decisiveGate?.outcome === "fail" && verdict !== "worse";
	if (verdict === "no-champion") return "a first model that no gate let pass";
	return `**${verdict.replace("-", " ")}**${failed ? " with a failed gate" : ""}`;
}
function describeFirstModel(judgement) {
	const primary = findPrimary(judgement.comparison);
	const text = primary && describeMetric$1(primary);
	const against = text?.noInformation === void 0 ? "" : ` against ${text.noInformation} for knowing nothing`;
	const interval = text?.challengerInterval === void 0 ? "" : ` ${text.challengerInterval}`;
	return `There is no champion yet.${primary === void 0 ? "" : ` ${codeSpan(primary.name, 40)} is **${text?.challenger}**${interval}${against};`} ${judgement.outcome === "success" ? escapeText(describeMerging(judgement)) : "no gate lets it pass, so a person decides"}.`;
}
function describeDifference$1(judgement) {
	const { comparison, state } = judgement;
	const primary = findPrimary(comparison);
	const parts = [];
	if (primary?.difference === void 0) parts.push(`${codeSpan(comparison.primary, 40)} could not be compared${primary?.note === void 0 ? "" : ` (${escapeText(primary.note)})`}`);
	else {
		const text = describeMetric$1(primary);
		const interval = text.interval === void 0 ? "" : ` ${text.interval}`;
		const ofPrimary = state === "gate-failed" || state === "gate-undecided" ? ` in ${codeSpan(primary.name, 40)}` : "";
		parts.push(`Difference${ofPrimary} **${text.gain}**${interval} on ${describeHoldout(judgement)}`);
	}
	const slices = describeSlices(comparison);
	if (slices !== void 0) parts.push(slices);
	return `${[...parts, escapeText(describeMerging(judgement))].join("; ")}.`;
}
function describeHoldout(judgement) {
	const { holdout } = judgement.comparison;
	const positives = holdout.positives === void 0 ? "" : ` (${formatQuantity(holdout.positives, "positive")})`;
	return `${formatQuantity(holdout.rows, "row")}${positives}`;
}

// src/core/report/comment/model-part.ts
function renderModelPart({ evidence, judgement }, detail) {
	return {
		sentence: renderSentence(judgement),
		rest: renderRest({
			evidence,
			judgement
		}, detail)
	};
}
function renderRest({ evidence, judgement }, detail) {
	if (judgement.kind === "failed") return "";
	if (judgement.kind === "data") return renderDataPart(judgement.validation, detail);
	const { comparison } = judgement;
	if (judgement.state === "unchanged") return [...renderAlerts(judgement, evidence.validation, detail), renderProvenance(evidence)].join("\n\n");
	return [
		...renderAlerts(judgement, evidence.validation, detail),
		renderMetricTable(comparison, detail),
		renderMetricPicture(evidence, detail),
		renderRefusals(judgement),
		renderGates(comparison, detail),
		renderLosingSlices(comparison, detail),
		renderFlips(comparison),
		...renderDetails(comparison, evidence, detail),
		renderProvenance(evidence)
	].filter((section) => section !== void 0 && section !== "").join("\n\n");
}
function renderRefusals(judgement) {
	const { holdout, metrics } = judgement.comparison;
	const notes = metrics.filter((metric) => metric.note !== void 0).slice(0, 6).map((metric) => `- ${codeSpan(metric.name, 40)}: ${escapeText(metric.note ?? "")}`);
	const scores = describeScores(judgement.comparison);
	if (scores !== void 0) notes.unshift(`- ${scores}`);
	const refused = holdout.refusedRows ?? 0;
	if (refused > 0) notes.push(`- rows that a model refused to score: ${formatCount(refused)}`);
	if (holdout.repeatedIds) notes.push(`- ${describeRepeatedIds(holdout.repeatedIds, holdout.rows)}`);
	return notes.length === 0 ? void 0 : [
		"**To know**",
		"",
		...notes
	].join("\n");
}

// src/core/report/comment/snapshot.ts
function takeSnapshot(model, judgement) {
	return {
		model,
		outcome: judgement.outcome,
		headline: buildHeadline(judgement),
		primary: judgement.kind === "completed" ? readPrimary(judgement) : void 0
	};
}
function readPrimary({ comparison }) {
	const primary = findPrimary(comparison);
	if (primary === void 0) return void 0;
	const { challenger, gain } = describeMetric$1(primary);
	return challenger === "–" ? void 0 : {
		metric: primary.name,
		value: challenger,
		gain
	};
}
function renderHeadline({ model, headline }) {
	return `${headlineMarkdown(headline)}, ${escapeText(model)}`;
}
function renderSummaryLine({ model, headline }) {
	if (headline === void 0) return `<b>${escapeSummary(model)}</b>`;
	const { icon, word, subject, numbers } = headline;
	const text = [subject, numbers].filter((part) => part !== "").map((part) => escapeSummary(part));
	return `${[`${icon} <b>${escapeSummary(word)}</b>`, ...text].join(" ")}, <b>${escapeSummary(model)}</b>`;
}
function renderVerdict({ headline }) {
	return headline === void 0 ? "–" : `${headline.icon} ${escapeText(headline.word)}`;
}
function renderMetricName({ metric }) {
	return codeSpan(metric, 40);
}
function headlineMarkdown(headline) {
	if (headline === void 0) return "–";
	const { icon, word, subject, numbers } = headline;
	const text = [subject, numbers].filter((part) => part !== "").map((part) => escapeText(part));
	return [`${icon} **${escapeText(word)}**`, ...text].join(" ");
}

// src/core/report/comment/reported-model.ts
function reportModel(evidence, from, sha256) {
	const judgement = judge(evidence);
	const snapshot = takeSnapshot(evidence.model, judgement);
	const render = (detail) => renderModelPart({
		evidence,
		judgement
	}, detail);
	return {
		snapshot,
		unchanged: isUnchanged(judgement),
		digest: digestOf$2(evidence, sha256),
		from,
		render
	};
}
function digestOf$2(evidence, sha256) {
	const steady = withoutLatency(evidence);
	const judgement = judge(steady);
	const { sentence, rest } = renderModelPart({
		evidence: steady,
		judgement
	}, DETAIL_STEPS[0]);
	return sha256([
		renderHeadline(takeSnapshot(evidence.model, judgement)),
		sentence,
		rest
	].join("\n\n")).slice(0, 16);
}
function worstReportedFirst(models) {
	const rank = {
		error: 0,
		failure: 1,
		pending: 2,
		success: 4
	};
	const rankOf = ({ snapshot }) => snapshot.headline?.cautious === true ? Math.min(3, rank[snapshot.outcome]) : rank[snapshot.outcome];
	return [...models].sort((left, right) => rankOf(left) - rankOf(right) || (left.snapshot.model < right.snapshot.model ? -1 : 1));
}
function withoutLatency(evidence) {
	const { comparison } = evidence;
	if (comparison === void 0 || comparison.verdict === "error") return evidence;
	const { latency: _latency, ...measured } = comparison.measured;
	const isSteady = (name) => !name.startsWith("latency_");
	return {
		...evidence,
		comparison: {
			...comparison,
			measured,
			metrics: comparison.metrics.filter((metric) => isSteady(metric.name)),
			slices: comparison.slices.filter((slice) => isSteady(slice.name)),
			gates: comparison.gates.map((gate) => isSteady(gate.metric) ? gate : {
				...gate,
				reason: ""
			})
		}
	};
}

// src/core/report/comment/state.ts
const MOST_PUSHES = 10;
const MOST_MODELS_OF_PUSH = 12;
const MOST_ARTIFACTS = 30;
const STATE_LIMIT = 16e3;
const short = (length) => pipe(string(), maxLength(length));
const commit = pipe(string(), regex(/^[0-9a-f]{40,64}$/));
const digits = pipe(string(), regex(/^\d{1,20}$/));
const offsets = tuple([pipe(number(), integer(), minValue(0)), pipe(number(), integer())]);
const snapshotItems = [
	modelName,
	picklist([
		"success",
		"failure",
		"pending",
		"error"
	]),
	boolean(),
	nullable(tuple([
		short(80),
		short(200),
		short(80)
	])),
	nullable(tuple([
		short(80),
		short(40),
		short(40)
	]))
];
const snapshotSchema = tuple([...snapshotItems]);
const writerSchema = pipe(string(), regex(/^[0-9a-f]{1,16}$/));
const stateSchema = object({
	version: literal(1),
	artifacts: optional(pipe(array(tuple([
		pipe(number(), safeInteger(), minValue(1)),
		sha256,
		nullable(writerSchema)
	])), maxLength(30))),
	models: pipe(array(object({
		is: snapshotSchema,
		unchanged: optional(literal(true)),
		digest: pipe(string(), regex(/^[0-9a-f]{16}$/)),
		run: optional(tuple([digits, digits])),
		writer: optional(writerSchema),
		at: optional(tuple([offsets, offsets]))
	})), maxLength(1e3)),
	pushes: pipe(array(object({
		commit,
		models: pipe(array(snapshotSchema), maxLength(12))
	})), maxLength(10))
});
function encodeState(state, limit = STATE_LIMIT) {
	for (const smaller of shrink(state)) {
		const encoded = toBase64(JSON.stringify(store(smaller)));
		if (encoded.length <= limit) return encoded;
	}
	return toBase64(JSON.stringify(store({
		models: [],
		pushes: [],
		artifacts: []
	})));
}
function decodeState(encoded) {
	let value;
	try {
		value = JSON.parse(fromBase64(encoded));
	} catch {
		return;
	}
	const checked = safeParse(stateSchema, value);
	return checked.success ? restore(checked.output) : void 0;
}
function* shrink({ models, pushes, artifacts }) {
	for (const kept of [
		10,
		5,
		2,
		1
	]) yield {
		models,
		pushes: pushes.slice(0, kept),
		artifacts
	};
	const withoutValues = models.map((one) => withSnapshot(one, { primary: void 0 }));
	yield {
		models: withoutValues,
		pushes: [],
		artifacts
	};
	for (const lines of [50, 25]) {
		const brief = withoutValues.map((one, index) => index < lines ? one : withSnapshot(one, { headline: void 0 }));
		yield {
			models: brief,
			pushes: [],
			artifacts
		};
		for (let count = brief.length - 1; count > lines; count = Math.floor(count * .9)) yield {
			models: brief.slice(0, count),
			pushes: [],
			artifacts
		};
	}
	for (let count = 20; count > 0; count -= 5) yield {
		models: withoutValues.slice(0, count),
		pushes: [],
		artifacts
	};
}
function withSnapshot(model, change) {
	return {
		...model,
		snapshot: {
			...model.snapshot,
			...change
		}
	};
}
function store({ models, pushes, artifacts }) {
	return {
		version: 1,
		...artifacts.length === 0 ? {} : { artifacts: artifacts.map(({ id, digest, writer }) => [
			id,
			digest,
			writer ?? null
		]) },
		models: models.map(({ snapshot, unchanged, digest, run, attempt, writer, place }) => ({
			is: storeSnapshot(snapshot),
			...unchanged ? { unchanged } : {},
			digest,
			...run === void 0 ? {} : { run: [run, attempt ?? "1"] },
			...writer === void 0 ? {} : { writer },
			...place === void 0 ? {} : { at: [[...place.sentence], [...place.rest]] }
		})),
		pushes: pushes.map(({ commit, models: ofPush }) => ({
			commit,
			models: ofPush.slice(0, 12).map(storeSnapshot)
		}))
	};
}
function storeSnapshot({ model, outcome, headline, primary }) {
	return [
		model,
		outcome,
		headline?.cautious ?? false,
		headline === void 0 ? null : cut([
			headline.word,
			headline.subject,
			headline.numbers
		], [
			80,
			200,
			80
		]),
		primary === void 0 ? null : cut([
			primary.metric,
			primary.value,
			primary.gain
		], [
			80,
			40,
			40
		])
	];
}
function cut(texts, lengths) {
	return [
		texts[0].slice(0, lengths[0]),
		texts[1].slice(0, lengths[1]),
		texts[2].slice(0, lengths[2])
	];
}
function restore({ models, pushes, artifacts = [] }) {
	return {
		artifacts: artifacts.map(([id, digest, writer]) => ({
			id,
			digest,
			writer: writer ?? void 0
		})),
		models: models.map(({ is, unchanged, digest, run, writer, at }) => ({
			snapshot: restoreSnapshot(is),
			unchanged: unchanged === true,
			digest,
			run: run?.[0],
			attempt: run?.[1],
			writer,
			place: at === void 0 ? void 0 : {
				sentence: at[0],
				rest: at[1]
			}
		})),
		pushes: pushes.map(({ commit, models: ofPush }) => ({
			commit,
			models: ofPush.map(restoreSnapshot)
		}))
	};
}
function restoreSnapshot([model, outcome, cautious, headline, primary]) {
	return {
		model,
		outcome,
		headline: headline === null ? void 0 : restoreHeadline(headline, iconOf(outcome, cautious), cautious),
		primary: primary === null ? void 0 : {
			metric: primary[0],
			value: primary[1],
			gain: primary[2]
		}
	};
}
function restoreHeadline([word, subject, numbers], icon, cautious) {
	return {
		icon,
		word,
		subject,
		numbers,
		cautious
	};
}
function toBase64(text) {
	const bytes = new TextEncoder().encode(text);
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary);
}
function fromBase64(encoded) {
	const binary = atob(encoded);
	const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
	return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

// src/core/report/comment/merge-reports.ts
function mergeReports(request) {
	const { own, earlier, run } = request;
	const isSameCommit = earlier !== void 0 && earlier.marker.commit === run.commit;
	const known = new Map((isSameCommit ? earlier.state.models : []).map((one) => [one.snapshot.model, one]));
	const current = own.filter(({ snapshot, from }) => {
		const before = known.get(snapshot.model);
		return before === void 0 || !isOlderRun(from, before);
	});
	const names = new Set(current.map(({ snapshot }) => snapshot.model));
	const others = [...known.values()].filter(({ snapshot }) => !names.has(snapshot.model));
	const kept = others.filter((one) => !isGone(one, request.from));
	const pushes = earlier === void 0 ? [] : listPushes(earlier, run.commit);
	const models = [...current, ...kept.map((one) => takeOver(one, earlier?.text ?? ""))];
	const changed = current.some(({ snapshot, digest }) => known.get(snapshot.model)?.digest !== digest);
	return {
		models: worstReportedFirst(models),
		pushes,
		current: names,
		isNews: !isSameCommit || changed || kept.length < others.length,
		turn: findTurn({
			before: [...known.values()],
			after: models,
			pushes,
			...request
		})
	};
}
function isGone(one, from) {
	return from.writer !== void 0 && one.writer === from.writer && isOlderRun(one, from);
}
function takeOver(remembered, text) {
	const { snapshot, unchanged, digest, run, attempt, writer, place } = remembered;
	const sentence = place && text.slice(...place.sentence);
	const rest = place && text.slice(...place.rest);
	const render = (detail) => ({
		sentence: sentence ?? "",
		rest: detail.leftOut === void 0 ? rest ?? "" : withoutFolded(rest ?? "")
	});
	return {
		snapshot,
		unchanged,
		digest,
		from: {
			run,
			attempt,
			writer
		},
		render: sentence ? render : void 0
	};
}
function withoutFolded(part) {
	return part.replace(/(?:^|\n\n)<details>[\s\S]*?<\/details>/g, "").trim();
}
function listPushes({ marker, state }, commit) {
	const changed = state.models.filter(({ unchanged }) => !unchanged).map(({ snapshot }) => snapshot);
	return [...marker.commit === void 0 || marker.commit === commit ? [] : [{
		commit: marker.commit,
		models: changed.slice(0, 12)
	}], ...state.pushes.filter((push) => push.commit !== commit)].slice(0, 10);
}
function findTurn({ before, after, pushes, expectsOthers, earlier, run }) {
	if (earlier === void 0) return void 0;
	const [last] = pushes;
	const awaited = earlier.marker.commit !== run.commit || expectsOthers ? last?.models ?? [] : [];
	const failedBefore = isFailing([...before.map(({ snapshot }) => snapshot)], awaited);
	const failsNow = isFailing(after.map(({ snapshot }) => snapshot), expectsOthers ? awaited : []);
	if (failedBefore === failsNow) return void 0;
	return failsNow ? "failing" : "passing";
}
function isFailing(models, awaited) {
	const reported = new Set(models.map(({ model }) => model));
	return [...models, ...awaited.filter(({ model }) => !reported.has(model))].some(({ outcome }) => outcome === "failure" || outcome === "error");
}

// src/core/report/comment/earlier-pushes.ts
const SHORT = 12;
const MOST_NAMED = 4;
const MOST_MODELS_SHOWN = 6;
function renderSincePush(models, { pushes, isAboutOne }) {
	const [last] = pushes;
	if (last === void 0) return void 0;
	const before = new Map(last.models.map((one) => [one.model, one]));
	const changes = models.flatMap(({ snapshot, unchanged }) => {
		const known = before.get(snapshot.model);
		const change = known && describeChange$1(known, snapshot, unchanged);
		return change === void 0 ? [] : [{
			model: snapshot.model,
			change
		}];
	});
	if (changes.length === 0) return void 0;
	const named = changes.slice(0, MOST_NAMED).map(({ model, change }) => isAboutOne ? change : `${codeSpan(model)} ${change}`);
	const more = changes.length - named.length;
	if (more > 0) named.push(`${formatQuantity(more, "more model")} changed`);
	return `Since the previous push ${shortCommit(last.commit)}: ${named.join("; ")}.`;
}
function describeChange$1(before, now, unchanged) {
	const was = renderVerdict(before);
	if (unchanged) return `was ${was}, now nothing of it changes`;
	const isOther = was !== renderVerdict(now);
	const [old, current] = [before.primary, now.primary];
	const numbers = old !== void 0 && current?.metric === old.metric && current.value !== old.value ? `${renderMetricName(old)} ${escapeText(old.value)} → now ${escapeText(current.value)}` : void 0;
	if (isOther) return numbers === void 0 ? `was ${was}` : `was ${was}, ${numbers}`;
	return numbers;
}
function renderEarlierPushes(pushes, detail) {
	const shown = pushes.slice(0, detail.pushes);
	if (shown.length === 0) return void 0;
	const hasOne = new Set(shown.flatMap(({ models }) => models.map(({ model }) => model))).size <= 1;
	const rows = shown.flatMap((push) => rowsOf$2(push, hasOne));
	const header = [
		"push",
		...hasOne ? [] : ["model"],
		"verdict",
		"value",
		"gain"
	];
	const table = renderTable(header, rows, hasOne ? "llrr" : "lllrr");
	return renderFolded(`Earlier pushes (${shown.length})`, table);
}
function rowsOf$2({ commit, models }, hasOne) {
	if (models.length === 0) return [[
		shortCommit(commit),
		...hasOne ? [] : [""],
		"nothing changed",
		"–",
		"–"
	]];
	const rows = models.slice(0, MOST_MODELS_SHOWN).map((snapshot, index) => {
		const { model, primary } = snapshot;
		return [
			index === 0 ? shortCommit(commit) : "",
			...hasOne ? [] : [codeSpan(model, 60)],
			renderVerdict(snapshot),
			primary === void 0 ? "–" : `${renderMetricName(primary)} ${escapeText(primary.value)}`,
			primary === void 0 ? "–" : escapeText(primary.gain)
		];
	});
	const more = models.length - rows.length;
	if (more > 0) rows.push([
		"",
		...hasOne ? [] : [`and ${more} more`],
		"",
		"",
		""
	]);
	return rows;
}
function shortCommit(commit) {
	return codeSpan(commit.slice(0, SHORT), SHORT);
}

// src/core/report/comment/render-report.ts
const MOST_UNCHANGED_NAMED = 20;
function renderReport({ models, pushes, run }, detail) {
	const changed = models.filter(({ unchanged }) => !unchanged);
	const shown = changed.length > 0 ? changed : models;
	const since = renderSincePush(models, {
		pushes,
		isAboutOne: models.length === 1
	}) ?? "";
	const parts = /* @__PURE__ */ new Map();
	for (const { snapshot, render } of shown) if (parts.size < detail.parts && render !== void 0) parts.set(snapshot.model, render(detail));
	const text = [...shown.length === 1 ? renderOne(shown, parts, since) : changed.length === 0 ? renderUnchanged(shown) : renderSeveral(shown, parts, {
		detail,
		since
	}), ...renderFooter({
		pushes,
		run
	}, detail)].filter((part) => part !== "").join("\n\n");
	return {
		text,
		places: findPlaces(text, parts)
	};
}
function renderOne(models, parts, since) {
	const [model] = models;
	const { sentence = "", rest = "" } = parts.get(model.snapshot.model) ?? {};
	return [
		`### ${renderHeadline(model.snapshot)}`,
		sentence,
		since,
		rest
	];
}
function renderUnchanged(models) {
	if (models.length === 0) return ["### Nothing to report"];
	const names = models.slice(0, MOST_UNCHANGED_NAMED).map(({ snapshot }) => codeSpan(snapshot.model));
	const more = models.length - names.length;
	if (more > 0) names.push(`${more} more`);
	return [`### ✅ **Unchanged**, all ${formatQuantity(models.length, "model")}`, `Nothing that they depend on changed, so nothing had to be judged: ${names.join(", ")}.`];
}
function renderSeveral(models, parts, { detail, since }) {
	const [first] = models;
	const folded = [];
	const lines = [];
	for (const model of models) {
		const part = parts.get(model.snapshot.model);
		const open = model === first && model.snapshot.outcome !== "success";
		if (part !== void 0) folded.push(renderFolded(renderSummaryLine(model.snapshot), joinPart(part), { open }));
		else if (lines.length < detail.lines && model.snapshot.headline !== void 0) lines.push(`- ${renderHeadline(model.snapshot)}`);
	}
	const more = models.length - folded.length - lines.length;
	if (more > 0) lines.push(`- and ${formatQuantity(more, "model")} more`);
	return [
		`### ${renderHeadline(first.snapshot)}`,
		countOutcomes(models),
		since,
		...folded,
		lines.join("\n")
	];
}
function countOutcomes(models) {
	const words = {
		error: "stopped",
		failure: "failed",
		pending: "undecided",
		success: "passed"
	};
	const counts = Object.keys(words).map((outcome) => ({
		word: words[outcome],
		count: models.filter(({ snapshot }) => snapshot.outcome === outcome).length
	})).filter(({ count }) => count > 0).map(({ count, word }) => `${count} ${word}`);
	return `${formatQuantity(models.length, "model")} changed: ${counts.join(", ")}.`;
}
function renderFooter({ pushes, run }, detail) {
	const command = renderReproduction(run);
	return [
		detail.leftOut === void 0 ? "" : `<sub>Shortened to fit: without ${detail.leftOut}. The full report has them.</sub>`,
		renderEarlierPushes(pushes, detail) ?? "",
		command === void 0 ? "" : renderFolded("Repeat this on a laptop", `\`\`\`sh\n${command}\n\`\`\``),
		renderRunLine(run)
	];
}
function joinPart({ sentence, rest }) {
	return rest === "" ? sentence : `${sentence}\n\n${rest}`;
}
function findPlaces(text, parts) {
	const places = /* @__PURE__ */ new Map();
	for (const [model, { sentence, rest }] of parts) {
		const start = text.indexOf(sentence);
		const restStart = rest === "" ? start : text.indexOf(rest);
		if (start < 0 || restStart < 0) continue;
		places.set(model, {
			sentence: [start, start + sentence.length],
			rest: [restStart, restStart + rest.length]
		});
	}
	return places;
}

// src/core/report/comment/seal.ts
const STATE = /^<!-- contender-state ([A-Za-z0-9+/]+={0,2}) -->$/;
const SEAL = /^<!-- contender-seal ([0-9a-f]{32}) -->$/;
function sealComment({ text, state, marker }, sha256) {
	const hidden = `<!-- contender-state ${encodeState(state)} -->`;
	const line = renderMarker(marker);
	return `${text}\n\n${hidden}\n<!-- contender-seal ${digestOf$1(text, [hidden, line], sha256)} -->\n${line}\n`;
}
function openComment(body, sha256) {
	const lines = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
	const [hidden = "", seal = "", line = ""] = lines.slice(-3);
	const marker = parseMarker(line);
	const encoded = STATE.exec(hidden)?.[1];
	if (marker === void 0 || encoded === void 0) return void 0;
	const text = lines.slice(0, -3).join("\n").trimEnd();
	if (SEAL.exec(seal)?.[1] !== digestOf$1(text, [hidden, line], sha256)) return void 0;
	const state = decodeState(encoded);
	return state === void 0 ? void 0 : {
		text,
		state,
		marker
	};
}
function digestOf$1(text, hidden, sha256) {
	return sha256([text, ...hidden].join("\n")).slice(0, 32);
}

// src/core/report/comment.ts
const COMMENT_LIMIT = {
	units: 65e3,
	bytes: 65536
};
function renderComment(request) {
	const { earlier, run, sha256 } = request;
	const from = {
		run: run.run,
		attempt: run.attempt,
		writer: request.writer
	};
	const own = request.models.map((one) => reportModel(one, from, sha256)).map((one) => request.isPartial === true ? withOtherDigest(one, sha256) : one);
	const merged = mergeReports({
		own,
		from,
		run,
		earlier,
		expectsOthers: request.expectsOthers ?? false
	});
	const marker = {
		key: request.key ?? "report",
		commit: run.commit,
		...newestRun(from, earlier?.marker.commit === run.commit ? earlier?.marker : void 0),
		content: digestOf(merged.models, sha256)
	};
	const artifacts = rememberArtifacts(request);
	for (const detail of DETAIL_STEPS) {
		const report = renderReport({
			...merged,
			run
		}, detail);
		const state = {
			models: rememberModels(merged.models, report),
			pushes: merged.pushes,
			artifacts
		};
		const body = sealComment({
			text: report.text,
			state,
			marker
		}, sha256);
		if (fits(body, COMMENT_LIMIT)) return {
			text: report.text,
			body,
			marker,
			leftOut: detail.leftOut,
			merged
		};
	}
	throw new Error(`a report of ${merged.models.length} models does not fit into a comment at its smallest`);
}
function fitReport(evidence, run, limit, steps = DETAIL_STEPS) {
	const models = worstReportedFirst(evidence.map((one) => reportModel(one, {}, () => "")));
	for (const detail of steps) {
		const { text } = renderReport({
			models,
			pushes: [],
			run
		}, detail);
		if (fits(text, limit)) return {
			text,
			leftOut: detail.leftOut
		};
	}
	throw new Error(`a report of ${models.length} models does not fit in ${limit.units} characters at its smallest`);
}
function rememberModels(models, { places }) {
	return models.map(({ snapshot, unchanged, digest, from }) => ({
		snapshot,
		unchanged,
		digest,
		run: from.run,
		attempt: from.attempt,
		writer: from.writer,
		place: places.get(snapshot.model)
	}));
}
function withOtherDigest(model, sha256) {
	return {
		...model,
		digest: sha256(`a part of ${model.digest}`).slice(0, model.digest.length)
	};
}
function rememberArtifacts({ artifacts = [], writer, earlier, run }) {
	const others = earlier?.marker.commit === run.commit ? earlier?.state.artifacts : void 0;
	const own = artifacts.map(({ id, digest }) => ({
		id,
		digest,
		writer
	}));
	return [...own, ...(others ?? []).filter((one) => one.writer !== writer && own.every(({ id }) => id !== one.id))].slice(0, 30);
}
function newestRun(own, known) {
	const { run, attempt } = known !== void 0 && isOlderRun(own, known) ? known : own;
	return {
		run,
		attempt
	};
}
function digestOf(models, sha256) {
	return sha256(models.map(({ snapshot, digest }) => `${snapshot.model} ${digest}`).sort().join("\n")).slice(0, 32);
}
function fits(text, limit) {
	return text.length <= limit.units && byteLength(text) <= limit.bytes;
}
function byteLength(text) {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		bytes += code < 128 ? 1 : code < 2048 ? 2 : code < 65536 ? 3 : 4;
	}
	return bytes;
}

// src/core/report/retraining.ts
const MOST_COLUMNS = 20;
const COMPARISON_LIMIT = {
	units: 4e4,
	bytes: 4e4
};
function renderRetrainingTitle(request) {
	const { comparison, version } = request;
	const { subject, numbers } = buildHeadline(judge({
		model: comparison.model,
		comparison
	}));
	return makeVisible(`Retrain ${comparison.model} ${version}: ${subject} ${numbers}`, 120);
}
function renderRetrainingBody(request) {
	const { comparison, drift } = request;
	return `${[
		`**Merging this publishes ${codeSpan(comparison.model)} ${codeSpan(request.version, 40)}.** ${escapeText(capitalize$1(drift.reason))}.`,
		"## Why: what the check found",
		renderDriftEvidence(drift),
		"## What it proposes",
		renderComparison(request),
		"## What waiting costs",
		describeWaiting(request),
		"## What you can do",
		renderChoices(request)
	].join("\n\n")}\n`;
}
function renderDriftEvidence(drift) {
	const drifted = drift.columns.filter((column) => column.drifted);
	const shown = drifted.slice(0, MOST_COLUMNS);
	const intro = `${formatQuantity(drift.current.rows, "row")}${describeSpan(drift)} against ${formatQuantity(drift.reference.rows, "row")} (${escapeText(drift.reference.description)}).`;
	const form = drift.form === "unknown" ? "" : ` The change is ${drift.form}.`;
	const count = `${formatCount(drifted.length)} of ${formatQuantity(drift.columns.length, "column")} drifted.${form}`;
	const table = renderTable([
		"column",
		"role",
		"effect",
		"minimum",
		"adjusted p"
	], shown.map(({ name, role, effect, adjustedPValue }) => [
		codeSpan(name),
		role,
		effect === void 0 ? "–" : `${formatNumber(effect.value)}<br><sub>${escapeText(effect.name, 60)}</sub>`,
		effect === void 0 ? "–" : formatNumber(effect.minimum),
		adjustedPValue === void 0 ? "–" : formatPValue(adjustedPValue)
	]), "llrrr");
	const more = drifted.length - shown.length;
	return [
		describePerformance(drift),
		`${intro} ${count}`,
		drift.leftOut === void 0 ? "" : `Not checked: ${escapeText(drift.leftOut, 300)}.`,
		shown.length === 0 ? "" : table,
		more > 0 ? `and ${formatQuantity(more, "column")} more` : ""
	].filter((part) => part !== "").join("\n\n");
}
function renderDashboard(models) {
	const sorted = [...models].sort((left, right) => left.model < right.model ? -1 : 1).slice(0, 200);
	const rows = sorted.map((one) => [
		codeSpan(one.model),
		one.champion === void 0 ? "none yet" : link(makeVisible(one.champion.version, 40).replace(/[^\w.+-]/g, ""), one.champion.url) ?? codeSpan(one.champion.version, 40),
		one.lastCheck === void 0 ? "never" : `${escapeText(one.lastCheck.on, 20)}: **${escapeText(one.lastCheck.verdict, 40)}**`,
		describeNext(one)
	]);
	const reasons = sorted.filter((one) => one.lastCheck !== void 0).slice(0, 100).map(({ model, lastCheck, withheld }) => {
		const why = withheld === void 0 ? "" : `; no pull request: ${escapeText(withheld)}`;
		return `- ${codeSpan(model)}: ${escapeText(lastCheck?.recommendation ?? "")}, ${escapeText(lastCheck?.reason ?? "")}${why}`;
	});
	return `${[
		"Champions of this repository, their last drift checks and open retrainings. Contender rewrites this text; comments stay.",
		renderTable([
			"model",
			"champion",
			"last check",
			"retraining"
		], rows),
		reasons.join("\n"),
		"<!-- contender kind=dashboard -->"
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function isDashboard(body) {
	return body.trimEnd().split("\n").at(-1)?.trim() === "<!-- contender kind=dashboard -->";
}
function describeNext(one) {
	if (one.retraining !== void 0) return link(`open: ${one.retraining.number}`, one.retraining.url) ?? `open: ${one.retraining.number}`;
	const opening = link("open it by hand", one.openLink);
	if (opening !== void 0) return `waits: ${opening}`;
	if (one.snoozedUntil !== void 0) return `snoozed until ${escapeText(one.snoozedUntil, 20)}`;
	return one.withheld === void 0 ? "none" : "withheld";
}
function renderComparison({ comparison, run }) {
	const full = fitReport([{
		model: comparison.model,
		comparison
	}], run, COMPARISON_LIMIT);
	const table = {
		...DETAIL_STEPS[0],
		rows: 20
	};
	return [renderMetricTable(comparison, table), renderFolded("The whole comparison", full.text)].join("\n\n");
}
function describePerformance(drift) {
	const { performance } = drift;
	if (performance === void 0) return "";
	const { metric, reference, current, interval, kind, margin } = performance;
	const style = chooseStyle({
		name: metric,
		values: [reference, current],
		interval
	});
	const how = kind === "realized" ? "measured on labelled rows" : "estimated without labels";
	const bound = margin === void 0 ? "" : `, margin ${formatValue(margin, style)}`;
	return `**${codeSpan(metric, 40)} ${formatValue(reference, style)} → ${formatValue(current, style)}** (${how}; change ${formatInterval(interval, style)}${bound}).`;
}
function describeSpan({ current }) {
	if (current.from === void 0 || current.to === void 0) return "";
	return ` from ${codeSpan(current.from, 40)} to before ${codeSpan(current.to, 40)}`;
}
function describeWaiting({ comparison, drift, lossPerDay }) {
	const primary = comparison.metrics.find((metric) => metric.name === comparison.primary);
	const parts = [];
	if (primary?.difference !== void 0) {
		const { value, interval } = primary.difference;
		const style = chooseStyle({
			name: primary.name,
			values: [value],
			interval
		});
		const range = interval === void 0 ? "" : ` ${formatInterval(interval, style)}`;
		parts.push(`Until it is merged the champion answers, and on the newest labelled rows it is behind by ${formatDifference(value, style).replace("+", "")}${range} of ${codeSpan(primary.name, 40)}.`);
	}
	if (lossPerDay !== void 0) parts.push(`By the declared costs that is about ${formatNumber(lossPerDay)} a day.`);
	if (drift.performance?.kind === "estimated") parts.push("The loss of performance is an estimate without labels; it assumes that only the inputs changed.");
	return parts.length === 0 ? "It could not be told from these rows." : parts.join(" ");
}
function renderChoices({ comparison, version, lockFile, cooldownDays, token }) {
	const undo = comparison.champion?.version === void 0 ? `- **Undo** later: revert the merge and publish an older model again as a newer version.` : `- **Undo** later: publish ${codeSpan(comparison.champion.version, 40)} again as a newer version; releases only move forward, and its bytes stay in its release.`;
	return [
		`- **Take it:** merge. The only file that changes is ${codeSpan(lockFile, 200)}; merging publishes exactly the bytes \`${comparison.challenger.digest.slice(0, 12)}\` as ${codeSpan(version, 40)}.`,
		`- **Decline it:** close this pull request; none is opened for ${formatQuantity(cooldownDays, "day")}. The label \`contender:snooze\` does the same without closing.`,
		undo,
		`- **Checks:** ${describeChecks(token)}`
	].join("\n");
}
function describeChecks(token) {
	return token === "job" ? "this was opened with the token of the job, so workflows on it wait until someone with write permission approves them, and later pushes need it again. The verdict is a commit status on the head commit and waits for nothing." : "this was opened with the token of an app or a person, so workflows on it start by themselves. The verdict is a commit status on the head commit.";
}
function capitalize$1(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/summary-limit.ts
const SUMMARY_LIMIT_BYTES = 1048576;

// src/core/report/job-summary.ts
const DRIFT_UNITS = SUMMARY_LIMIT_BYTES / 12;
const MOST_LINES = 1e3;
const [EVERYTHING, ...SMALLER] = DETAIL_STEPS;
const SUMMARY_STEPS = [
	{
		...EVERYTHING,
		parts: 100,
		lines: MOST_LINES
	},
	...SMALLER.map((step) => ({
		...step,
		lines: MOST_LINES
	})),
	...SMALLER.slice(-1)
];
function renderJobSummary(models, run) {
	const limit = {
		units: SUMMARY_LIMIT_BYTES / 2,
		bytes: SUMMARY_LIMIT_BYTES / 2
	};
	return `${fitReport(models, run, limit, SUMMARY_STEPS).text}\n`;
}
function renderDriftSummaries(evidence) {
	const checks = evidence.flatMap(({ model, drift }) => drift === void 0 ? [] : [{
		model,
		drift
	}]).sort((left, right) => rankOf(left.drift.verdict) - rankOf(right.drift.verdict));
	let room = DRIFT_UNITS;
	const parts = [];
	for (const { model, drift } of checks) {
		const title = drift.verdict === "error" ? `### Drift check of ${escapeText(model)} stopped` : `### Drift check of ${escapeText(model)}: ${drift.verdict}`;
		const body = drift.verdict === "error" ? escapeText(drift.error.message, 600) : renderDriftEvidence(drift);
		room -= title.length + body.length;
		if (room < 0) break;
		parts.push(`${title}\n\n${body}\n`);
	}
	const more = checks.length - parts.length;
	return more === 0 ? parts : [...parts, `and ${more} more drift checks, which are in the evidence\n`];
}
function rankOf(verdict) {
	const order = [
		"error",
		"drift",
		"insufficient-data",
		"no-data"
	];
	const index = order.indexOf(verdict);
	return index < 0 ? order.length : index;
}

// src/core/report/stage-summary.ts
const MOST_MODELS = 100;
const MESSAGE_LENGTH$1 = 2e3;
const VALUE_LENGTH = 300;
const DETAILS_UNITS = SUMMARY_LIMIT_BYTES / 4;
function renderStageSummary({ stage, verdict, endings }) {
	const shown = boundDetails(endings.slice(0, MOST_MODELS));
	const more = endings.length - shown.length;
	return `${[
		`## ${escapeText(stage)}: ${escapeText(verdict)}`,
		...shown.flatMap(renderEnding),
		more > 0 ? `and ${more} more` : ""
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function boundDetails(endings) {
	let room = DETAILS_UNITS;
	return endings.map((ending) => {
		const { details } = ending;
		if (details === void 0) return ending;
		room -= details.length;
		return room >= 0 ? ending : {
			...ending,
			details: "The details did not fit here; they are in the evidence."
		};
	});
}
function renderEnding({ model, outputs, message, details }) {
	const heading = model === "" ? "" : `### ${codeSpan(model)}`;
	if (message !== void 0) return [heading, `**Stopped:** ${escapeText(message, MESSAGE_LENGTH$1)}`];
	const rows = Object.entries(outputs).filter(([, value]) => value !== "").map(([name, value]) => [codeSpan(name), codeSpan(value, VALUE_LENGTH)]);
	return [
		heading,
		rows.length === 0 ? "" : renderTable(["output", "value"], rows),
		details?.trim() ?? ""
	];
}

// src/core/report/comparison-log.ts
function describeComparison(comparison) {
	const primary = describePrimary(comparison);
	const scores = describeScores(comparison);
	const coverage = describeCoverage(comparison);
	return [
		...primary === void 0 ? [] : [primary],
		...comparison.gates.map(describeGate$2),
		...describeDetails(comparison),
		...scores === void 0 ? [] : [scores],
		...coverage === void 0 ? [] : [`${coverage.title} ${coverage.advice}`],
		...describeLeakage(comparison).notes
	].map((line) => logLine(line));
}
function describeDetails(comparison) {
	const flips = describeFlips$1(comparison);
	const calibration = describeCalibration(comparison);
	const numbers = calibration?.rows.map(({ name, champion, challenger }) => comparison.champion === void 0 ? `${name} ${challenger}` : `${name} ${champion} → ${challenger}`);
	return [
		...flips === void 0 ? [] : [`flips: ${flips}`],
		...numbers === void 0 ? [] : [`calibration: ${[...numbers, ...calibration.notes].join("; ")}`],
		...describeLatency$1(comparison).map(({ name, text }) => `${name}: ${text}`)
	];
}
function describePrimary(comparison) {
	const metric = findPrimary(comparison);
	if (metric === void 0) return void 0;
	const text = describeMetric$1(metric);
	if (metric.champion === void 0) {
		const interval = text.challengerInterval === void 0 ? "" : ` ${text.challengerInterval}`;
		const baseline = text.noInformation === void 0 ? "" : `, no information gives ${text.noInformation}`;
		return `${metric.name}: ${text.challenger}${interval}${baseline}`;
	}
	const interval = text.interval === void 0 ? "" : ` ${text.interval}`;
	const verdict = text.mark.words === "" ? "" : `, ${text.mark.words}`;
	return `${metric.name}: ${text.champion} → ${text.challenger}, gain ${text.gain}${interval}${verdict}`;
}
function describeGate$2({ outcome, description, reason, rowsNeeded, rowsUnit }) {
	const unit = rowsUnit === "groups" ? "group" : "row";
	const needed = outcome === "inconclusive" && rowsNeeded !== void 0 ? `; about ${formatQuantity(Number(rowsNeeded.toPrecision(2)), unit)} would settle it` : "";
	return `gate ${outcome}: ${description}${reason === "" ? "" : `: ${reason}`}${needed}`;
}

// src/core/comparison/canonical-order.ts
function orderCanonically(request) {
	const { rows } = request;
	const keys = scrambledKeys(request);
	const compare = compareContents(request);
	return rows.slice().sort((left, right) => keys[left] - keys[right] || compare(left, right));
}
function scrambledKeys({ rows, truth, scores, groups }) {
	const labels = "classes" in truth ? truth.codes : truth.values;
	const keys = new Float64Array(labels.length);
	const double = /* @__PURE__ */ new Float64Array(1);
	const halves = new Uint32Array(double.buffer);
	for (const row of rows) {
		let key = 0;
		const add = (value) => {
			double[0] = value + 0;
			key = scramble(scramble(key ^ halves[0]) ^ halves[1]);
		};
		add(labels[row]);
		for (const { values, width } of scores) for (let offset = 0; offset < width; offset++) add(values[row * width + offset]);
		const text = groups === void 0 ? "" : cellText(groups, row) ?? "";
		for (let index = 0; index < text.length; index++) key = scramble(key ^ text.charCodeAt(index));
		keys[row] = key >>> 0;
	}
	return keys;
}
function scramble(bits) {
	let mixed = bits + 2654435769 | 0;
	mixed = Math.imul(mixed ^ mixed >>> 16, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 13, 3266489909);
	return mixed ^ mixed >>> 16;
}
function compareContents({ truth, scores, groups }) {
	const labels = "classes" in truth ? truth.codes : truth.values;
	const textOf = (row) => groups === void 0 ? "" : cellText(groups, row) ?? "";
	return (left, right) => {
		if (labels[left] !== labels[right]) return labels[left] - labels[right];
		for (const { values, width } of scores) for (let offset = 0; offset < width; offset++) {
			const difference = values[left * width + offset] - values[right * width + offset];
			if (difference !== 0) return difference;
		}
		const [leftText, rightText] = [textOf(left), textOf(right)];
		return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
	};
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
	const champion = request.champion && metric.compute(request.champion);
	return pairValues(metric, metric.compute(request.challenger), champion);
}
function pairValues(metric, challenger, champion) {
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
		difference: gainOf(metric, challenger.value, champion.value)
	};
}
function gainOf({ direction }, challenger, champion) {
	return direction === "higher" ? challenger - champion : champion - challenger;
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
	const units = groups === void 0 ? void 0 : countUnits(request);
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
			if (what === "difference") return differenceInterval$1(compared, {
				confidence,
				method,
				units
			});
			const sample = what === "champion" ? champion : challenger;
			return sample === void 0 ? unknown$1("there is no champion") : valueInterval(sample, groups, confidence);
		}
	};
}
function isTiny$1(compared) {
	return compared?.outcome === "degenerate" || compared?.outcome === "estimated" && compared.fewRows;
}
function testOf(compared, { challenger, champion }, request) {
	const { groups, seed } = request;
	if (compared === void 0 || champion === void 0 || compared.outcome === "undefined") return {};
	if (!isTiny$1(compared)) {
		if (groups !== void 0 && compared.outcome === "estimated") {
			const { difference, standardError } = compared;
			const degreesOfFreedom = countUnits(request) - 1;
			return { pValue: studentPValue(difference, {
				standardError,
				degreesOfFreedom
			}) };
		}
		return "pValue" in compared ? { pValue: compared.pValue } : {};
	}
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
function differenceInterval$1(compared, { confidence, method, units }) {
	if (compared === void 0) return unknown$1("there is no champion");
	if (compared.outcome === "degenerate" || compared.outcome === "undefined") return unknown$1(compared.reason);
	if (isTiny$1(compared)) return unknown$1("fewer than ten rows of a class: too few for an interval");
	if (units === void 0 || compared.outcome === "identical") return known$1(compared.intervalAt(confidence), method);
	const { difference, standardError } = compared;
	return known$1(studentInterval(difference, {
		standardError,
		degreesOfFreedom: units - 1
	}, confidence), method);
}
function valueInterval({ labels, probabilities }, groups, confidence) {
	const area = areaInterval(labels, probabilities, confidence, groups);
	return area.defined ? known$1(area.interval, area.method) : area;
}

// src/core/comparison/estimation/by-influence.ts
const METHODS$1 = { roc_auc_ovr: "DeLong, mean over classes" };
const GENERAL = "infinitesimal jackknife";
function estimateByInfluence(metric, request) {
	const groups = groupsOf(request);
	const { units, refusal } = limitsOf(metric, request);
	const method = `${METHODS$1[metric.name] ?? (request.challenger.task === "ranking" ? "paired t over queries" : GENERAL)}${request.groups === void 0 ? "" : " by group"}`;
	const values = computeValues(metric, request);
	if (values.note !== void 0) return withoutValue(metric, values, method);
	const challenger = metric.influence?.(request.challenger);
	const champion = request.champion && metric.influence?.(request.champion);
	if (challenger === void 0 || request.champion && champion === void 0) return void 0;
	const shift = champion && differences(challenger, champion);
	const spreadOf = (influence) => {
		const own = informative(request.challenger, {
			values: influence,
			groups
		});
		return {
			standardError: influenceStandardError(own),
			degreesOfFreedom: Math.max(1, Math.min(units - 1, influenceDegreesOfFreedom(own)))
		};
	};
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
		...pValueOf$2(values.difference, spread, isSame),
		method,
		intervalOf(what, confidence) {
			const influence = parts[what];
			const estimate = estimates[what];
			if (influence === void 0 || estimate === void 0) return unknown$1("there is no champion");
			if (refusal !== void 0) return unknown$1(refusal);
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
function informative(sample, influence) {
	if (sample.task !== "ranking") return influence;
	const counts = informativeRows(sample);
	const keep = (values) => values.filter((_, row) => counts[row] === 1);
	return {
		values: keep(influence.values),
		groups: influence.groups && keep(influence.groups)
	};
}
function pValueOf$2(difference, spread, isSame) {
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
	let leftOut;
	const leaveOut = () => {
		if (sampleRowCount(challenger) > 5e3) return void 0;
		leftOut ??= runJackknife({
			design,
			statistics
		});
		return leftOut;
	};
	const method = METHODS[design.kind];
	return metrics.map((metric, index) => {
		const seriesAt = (position) => ({
			replicates: replicates[position],
			jackknife: () => leaveOut()?.[position]
		});
		const limits = limitsOf(metric, request);
		return describeSeries(metric, computeValues(metric, request), {
			method,
			...limits,
			units: Math.min(limits.units, unitsOfDifference(metric, request)),
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
	const { method, units, refusal, valueRefusal } = series;
	const sign = metric.direction === "higher" ? 1 : -1;
	const shift = series.champion && subtract$1(series.challenger, series.champion, sign);
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
		...pValueOf$1(shift, values.difference, units),
		method,
		intervalOf(what, confidence) {
			const chosen = parts[what];
			if (chosen === void 0) return unknown$1("there is no champion");
			const reason = refusal ?? (what === "difference" ? void 0 : valueRefusal);
			if (reason !== void 0) return unknown$1(reason);
			const by = what === "difference" && metric.comparison !== "paired-mean" ? "spread" : "quantiles";
			const { replicates } = chosen;
			const jackknife = by === "quantiles" ? chosen.jackknife() : void 0;
			const result = bootstrapInterval({
				estimate: estimates[what],
				replicates,
				units,
				confidence,
				by,
				...jackknife ? { jackknife } : {}
			});
			return result.defined ? known$1(result.interval, `bootstrap (${result.method})`) : result;
		}
	};
}
function pValueOf$1(shift, difference, units) {
	if (shift === void 0 || difference === void 0) return {};
	const pValue = spreadPValue({
		estimate: difference,
		replicates: shift.replicates,
		units
	});
	return Number.isNaN(pValue) ? {} : { pValue };
}
function unitsOfDifference(metric, request) {
	if (metric.pass?.kind !== "ranking") return Number.POSITIVE_INFINITY;
	const own = metric.influence?.(request.challenger);
	const other = request.champion && metric.influence?.(request.champion);
	if (own === void 0 || other === void 0) return Number.POSITIVE_INFINITY;
	const shift = {
		values: differences(own, other),
		groups: groupsOf(request)
	};
	return shift.values.every((value) => value === 0) ? Number.POSITIVE_INFINITY : influenceDegreesOfFreedom(shift) + 1;
}
function numberOf(value) {
	return value?.defined ? value.value : NaN;
}
function subtract$1(challenger, champion, sign) {
	const apart = (left, right) => left.map((value, index) => sign * (value - right[index]));
	return {
		replicates: apart(challenger.replicates, champion.replicates),
		jackknife() {
			const [own, other] = [challenger.jackknife(), champion.jackknife()];
			return own && other && apart(own, other);
		}
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
		case "bootstrap": return request.isPart === true || isLarge$1(request) ? estimateByInfluence(metric, request) : void 0;
	}
}
const LARGE = {
	rows: 2e4,
	units: 500
};
function isLarge$1(request) {
	return sampleRowCount(request.challenger) > LARGE.rows && countUnits(request) >= LARGE.units;
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
	if (challenger?.interval === void 0) return unknown(evidence, evidence.challengerNote);
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
		...settle({
			...evidence,
			precision: evidence.challengerPrecision
		}, Math.abs(challenger.value - bound))
	};
}
function unknown(evidence, note = evidence.note) {
	return {
		outcome: "inconclusive",
		reason: note ?? "there is no interval to decide from"
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
		bound: formatBound(bound, style)
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
	const difference = intervalOf$1(estimate, "difference", options);
	const margin = marginOf$1(estimate, options);
	const known = estimate.difference !== void 0;
	const verdict = known ? verdictOf(difference.interval, margin) : void 0;
	const notes = [
		estimate.note,
		known && difference.interval === void 0 ? difference.note : void 0,
		estimate.challenger.defined && !known ? intervalOf$1(estimate, "challenger", options).note : void 0,
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
		...ownPrecision(estimate, options),
		units: options.units.count,
		unitName: options.units.name
	};
}
function ownPrecision(estimate, options) {
	if (!estimate.challenger.defined) return {};
	const { interval, note } = intervalOf$1(estimate, "challenger", options);
	if (interval) return { challengerPrecision: precisionOf(interval, options.confidence) };
	return note === void 0 ? {} : { challengerNote: note };
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
function intervalOf$1(estimate, what, { confidence, refusal }) {
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
	const { interval } = intervalOf$1(estimate, what, options);
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
		sample: input.champion ?? input.challenger,
		confidence: spentConfidence(confidence, input.holdoutUse),
		...configured ? { margin: configured } : {},
		...refusal === void 0 ? {} : { refusal }
	});
}

// src/core/comparison/slice-estimates.ts
const SLICE_REPLICATES = 400;
const known = /* @__PURE__ */ new WeakMap();
function estimateSlice({ input }, metricName, slice) {
	const rows = rowsOf$1(input, slice);
	const { sample, champion, floor } = rows;
	const estimate = rows.estimates.get(metricName) ?? estimateOn(input, metricName, {
		slice,
		rows
	});
	if (estimate === void 0) return void 0;
	rows.estimates.set(metricName, estimate);
	return {
		estimate,
		sample,
		champion,
		floor
	};
}
function rowsOf$1(input, slice) {
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
function optionsOf({ sample, champion, floor }, confidence, margin) {
	return {
		sample: champion ?? sample,
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
	const description = describeGate$1(gate);
	const margin = (gate.require === "not-worse" ? gate.margin : void 0) ?? context.input.rules.margins[gate.metric];
	if (gate.slices !== void 0) return {
		description,
		metric: gate.metric,
		role,
		...judgeSliceGate(context, gate, margin)
	};
	const decided = context.input.measured.find((candidate) => candidate.described.name === gate.metric)?.decide?.(gate, margin);
	if (decided) return {
		description,
		metric: gate.metric,
		role,
		...decided
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
		sample: context.input.champion ?? context.input.challenger,
		confidence: spentConfidence(request.confidence, context.input.holdoutUse),
		...request.margin ? { margin: request.margin } : {},
		...context.refusal === void 0 ? {} : { refusal: context.refusal },
		units: context.units
	});
}
function describeGate$1(gate) {
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

// src/core/comparison/thresholds.ts
const MOST_THRESHOLDS = 100;
function computeThresholds({ champion, challenger }, inUse) {
	const models = champion === void 0 ? [challenger] : [champion, challenger];
	const ordered = models.map((sample) => ({
		sample,
		order: ascendingOrder(sample.probabilities)
	}));
	const each = MOST_THRESHOLDS / models.length;
	const chosen = new Set(ordered.flatMap((one) => quantilesOf(one, each)));
	if (chosen.size === 0) return void 0;
	if (inUse !== void 0) chosen.add(inUse);
	const thresholds = [...chosen].sort((left, right) => left - right);
	const points = ordered.map((one) => pointsOf(one, thresholds));
	return {
		...inUse === void 0 ? {} : { inUse },
		...champion === void 0 ? {} : { champion: points[0] },
		challenger: points.at(-1)
	};
}
function quantilesOf({ sample, order }, most) {
	const positives = order.filter((row) => sample.labels[row] === 1);
	if (positives.length === 0 || positives.length === order.length) return [];
	const each = Math.floor(most / 2);
	return [order, positives].flatMap((rows) => Array.from({ length: each }, (_, step) => {
		const position = Math.round(step * (rows.length - 1) / (each - 1));
		return sample.probabilities[rows[position]];
	}).filter(Number.isFinite));
}
function pointsOf({ sample, order }, thresholds) {
	const { labels, probabilities } = sample;
	const costs = costsOf({
		sample,
		order
	}, thresholds);
	const positives = labels.reduce((total, label) => total + label, 0);
	let below = 0;
	let positivesBelow = 0;
	return thresholds.map((threshold, index) => {
		for (; below < order.length && probabilities[order[below]] < threshold; below++) positivesBelow += labels[order[below]];
		const truePositives = positives - positivesBelow;
		const falsePositives = order.length - below - truePositives;
		const cost = costs?.[index];
		return {
			threshold,
			truePositives,
			falsePositives,
			...cost === void 0 ? {} : { cost }
		};
	});
}
function costsOf({ sample, order }, thresholds) {
	const { labels, probabilities, falsePositiveCost, falseNegativeCost } = sample;
	if (falsePositiveCost === void 0 || falseNegativeCost === void 0) return void 0;
	const costs = new Float64Array(thresholds.length);
	let missed = 0;
	for (let index = 0, below = 0; index < thresholds.length; index++) {
		for (; below < order.length && probabilities[order[below]] < thresholds[index]; below++) if (labels[order[below]] === 1) missed += costOf(falseNegativeCost, order[below]);
		costs[index] = missed;
	}
	let alarms = 0;
	for (let index = thresholds.length - 1, last = order.length - 1; index >= 0; index--) {
		for (; last >= 0 && probabilities[order[last]] >= thresholds[index]; last--) if (labels[order[last]] === 0) alarms += costOf(falsePositiveCost, order[last]);
		costs[index] = costs[index] + alarms;
	}
	return costs.every(Number.isFinite) ? costs : void 0;
}
function costOf(cost, row) {
	return typeof cost === "number" ? cost : cost[row];
}

// src/core/comparison/curves.ts
const CURVE_POINTS = 100;
const CALIBRATION_BINS$1 = 10;
function computeCurves(challenger, champion, threshold) {
	if (challenger.task !== "binary-classification") return void 0;
	const after = curvesOf(challenger);
	if (after === void 0) return void 0;
	const before = champion?.task === "binary-classification" ? curvesOf(champion) : void 0;
	const thresholds = computeThresholds({
		challenger,
		champion: champion?.task === "binary-classification" ? champion : void 0
	}, threshold);
	const pair = (name) => ({
		...before ? { champion: before[name] } : {},
		challenger: after[name]
	});
	return {
		roc: pair("roc"),
		precisionRecall: pair("precisionRecall"),
		calibration: pair("calibration"),
		...thresholds ? { thresholds } : {}
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
		const start = Math.floor(rows * bin / CALIBRATION_BINS$1);
		const end = Math.floor(rows * (bin + 1) / CALIBRATION_BINS$1);
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

// src/core/comparison/summarize-calibration.ts
const CALIBRATION_BINS = 15;
const FEWEST_ROWS = 30;
function summarizeCalibration(input) {
	const { champion, challenger } = input;
	if (challenger.task !== "binary-classification") return void 0;
	const isGrouped = input.groups !== void 0;
	return {
		bins: CALIBRATION_BINS,
		...champion?.task === "binary-classification" ? { champion: summarizeModel(champion, isGrouped) } : {},
		challenger: summarizeModel(challenger, isGrouped)
	};
}
function summarizeModel(sample, isGrouped) {
	const { labels, weights } = sample;
	if (!allShares(sample.probabilities)) return { notes: ["scores outside 0 to 1 are no probabilities"] };
	if (weights !== void 0) return { notes: ["not computed for weighted rows"] };
	const clippedRows = clippedRowsOf(sample);
	const probabilities = sample.probabilities.map((share) => Math.min(1, Math.max(0, share)));
	const bins = binByProbability({
		labels,
		probabilities
	}, {
		bins: CALIBRATION_BINS,
		ties: "together"
	});
	const test = spiegelhalterTest({
		labels,
		probabilities
	});
	const isLarge = probabilities.length >= FEWEST_ROWS;
	const notes = [
		...isLarge ? [] : [`errors by bins need ${FEWEST_ROWS} rows; there are ${probabilities.length}`],
		...test ? [] : ["Spiegelhalter's Z is undefined: every probability is 0, 0.5 or 1"],
		...isGrouped && test ? ["no p-value: rows of one group depend on each other"] : [],
		...isGrouped && isLarge ? ["what chance adds to the squared error is more than in independent rows"] : []
	];
	return {
		...isLarge ? {
			expectedError: expectedError(bins),
			squaredError: debiasedSquaredError(bins)
		} : {},
		...test ? { spiegelhalter: isGrouped ? { z: test.z } : test } : {},
		...clippedRows === void 0 ? {} : { clippedRows },
		notes
	};
}
function clippedRowsOf(sample) {
	const value = binaryLogLoss.compute(sample);
	return value.defined ? value.clippedRows ?? 0 : void 0;
}

// src/core/comparison/compared-names.ts
function comparedNames({ comparison, task }) {
	const named = comparison.metrics.filter(({ kind }) => kind === "named").map(({ name }) => name);
	const shown = named.length > 0 ? named : DEFAULT_METRICS[task];
	const primary = comparison.primary ?? shown[0];
	return [.../* @__PURE__ */ new Set([
		...primary === void 0 ? [] : [primary],
		...shown,
		...comparison.metrics.map(({ name }) => name),
		...comparison.guardrails,
		...(comparison.gates ?? []).map(({ metric }) => metric),
		"size_bytes"
	])];
}

// src/core/comparison/latency.ts
const LATENCY_QUANTILE = .95;
function compareLatencies(runs) {
	const { champion, challenger } = runs;
	const count = challenger.length;
	const tooSure = `${count} runs give no interval at this confidence`;
	return {
		described: describeLatency(runs),
		latency: measurementOf(runs),
		evidenceFor: ({ confidence }) => ({
			margin: {
				defined: false,
				reason: "latencies are compared as a ratio, by a gate of their own"
			},
			direction: "lower",
			units: count,
			unitName: "rows",
			challenger: latencyQuantile(challenger, confidence),
			note: champion === void 0 ? `${tooSure}, or there is no champion to compare with` : tooSure
		}),
		decide: (gate, margin) => champion && decideLatencyGate(gate, margin, {
			runs: count,
			ratio: ratioOf(champion, challenger, gate.confidence),
			champion: latencyQuantile(champion, gate.confidence),
			challenger: latencyQuantile(challenger, gate.confidence)
		})
	};
}
function describeLatency({ champion, challenger }) {
	const ratio = champion && ratioOf(champion, challenger, .95);
	const notes = [...ratio ? [`it takes ${describeRatio(ratio)} times the champion's time`] : [], "measured on this machine; differs from run to run"];
	return {
		name: "latency_p95_ms",
		direction: "lower",
		...champion ? { champion: latencyQuantile(champion, DEFAULT_CONFIDENCE) } : {},
		challenger: latencyQuantile(challenger, DEFAULT_CONFIDENCE),
		note: notes.join("; ")
	};
}
function measurementOf({ champion, challenger, batchRows }) {
	const describe = (milliseconds) => {
		const middle = median(milliseconds);
		return {
			median: middle,
			p95: latencyQuantile(milliseconds, DEFAULT_CONFIDENCE).value,
			rowsPerSecond: 1e3 * batchRows / middle
		};
	};
	return {
		unit: "ms",
		batchRows,
		runs: challenger.length,
		...champion ? { champion: describe(champion) } : {},
		challenger: describe(challenger),
		...champion ? { ratio: {
			...ratioOf(champion, challenger, DEFAULT_CONFIDENCE),
			confidence: DEFAULT_CONFIDENCE,
			method: "Hodges-Lehmann"
		} } : {}
	};
}
function ratioOf(champion, challenger, confidence) {
	const { value, interval } = hodgesLehmannRatio(champion, challenger, confidence);
	return interval === void 0 ? { value } : {
		value,
		interval: [interval.low, interval.high]
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

// src/core/comparison/equal-rows.ts
function numberEqualRows({ rows, truth, scores, groups }) {
	const labels = "classes" in truth ? truth.codes : truth.values;
	const isSame = (left, right) => labels[left] === labels[right] && scores.every(({ values, width }) => {
		for (let offset = 0; offset < width; offset++) if (values[left * width + offset] !== values[right * width + offset]) return false;
		return true;
	}) && (groups === void 0 || (cellText(groups, left) ?? "") === (cellText(groups, right) ?? ""));
	const numbers = new Int32Array(rows.length);
	for (let index = 1; index < rows.length; index++) numbers[index] = numbers[index - 1] + Number(!isSame(rows[index - 1], rows[index]));
	return numbers;
}

// src/core/comparison/sampled-metric.ts
function describeValues({ metric, challenger, champion }) {
	return pairValues(metric, metricValue(challenger.value), champion && metricValue(champion.value));
}
function describeWithoutInterval(sampled, reason) {
	return {
		metric: sampled.metric,
		...describeValues(sampled),
		method: "no interval",
		intervalOf: () => unknown$1(reason)
	};
}
function metricValue(value) {
	if (Number.isFinite(value)) return {
		defined: true,
		value
	};
	return {
		defined: false,
		reason: "its SQL gives no finite number on these rows"
	};
}

// src/core/comparison/estimate-by-blocks.ts
const TOLERATED_UNDEFINED_SHARE = .05;
const DOUBLING_TOLERANCE = 1e-4;
const TOLERATED_BIAS = .5;
function describeByBlocks(sampled) {
	const { metric, challenger, champion, isGrouped } = sampled;
	const blocks = challenger.blocks.length;
	const method = `${blocks} disjoint blocks${isGrouped ? " of whole groups" : ""}`;
	const values = describeValues(sampled);
	const scale = scaleOf(champion ? [challenger, champion] : [challenger], blocks);
	const spreads = {
		challenger: spreadOf(challenger, scale),
		champion: champion && spreadOf(champion, scale),
		difference: champion && spreadOfDifference(challenger, champion, {
			scale,
			metric
		})
	};
	const difference = spreads.difference;
	const pValue = difference?.defined && difference.standardError > 0 ? studentPValue(difference.value, studentSpread(difference)) : void 0;
	return {
		metric,
		...values,
		...values.difference === void 0 || pValue === void 0 ? {} : { pValue },
		method,
		intervalOf: (what, confidence) => intervalOf(spreads[what], confidence, method)
	};
}
function intervalOf(spread, confidence, method) {
	if (spread === void 0) return {
		defined: false,
		reason: "there is no champion"
	};
	if (!spread.defined) return spread;
	return known$1(studentInterval(spread.value, studentSpread(spread), confidence), method);
}
function studentSpread({ standardError, blocks }) {
	return {
		standardError,
		degreesOfFreedom: blocks - 1
	};
}
function scaleOf(models, blocks) {
	const scales = models.flatMap(({ value, doubled }) => {
		if (value === 0 && doubled === 0) return [];
		const near = (wanted) => Math.abs(doubled - wanted) <= DOUBLING_TOLERANCE * Math.abs(value);
		if (near(value)) return [1];
		return [near(2 * value) ? blocks : void 0];
	});
	return scales.every((scale) => scale === scales[0]) ? scales[0] : void 0;
}
function spreadOf({ value, blocks }, scale) {
	if (!Number.isFinite(value)) return {
		defined: false,
		reason: "the estimate is undefined"
	};
	if (scale === void 0) return {
		defined: false,
		reason: "neither a mean nor a sum over the rows, so that its values on parts of them say nothing"
	};
	const known = blocks.filter(Number.isFinite).map((block) => block * scale);
	const missing = blocks.length - known.length;
	if (known.length < 2 || missing > TOLERATED_UNDEFINED_SHARE * blocks.length) return {
		defined: false,
		reason: `undefined in ${missing} of ${blocks.length} blocks`
	};
	const centre = mean(known);
	const deviation = Math.sqrt(sampleVariance(known));
	const slack = 1e-9 * Math.max(Math.abs(value), Math.abs(centre));
	if (Math.abs(centre - value) > TOLERATED_BIAS * deviation + slack) return {
		defined: false,
		reason: "its values on parts of the rows are not like that on all of them"
	};
	return {
		defined: true,
		value,
		standardError: deviation / Math.sqrt(known.length),
		blocks: known.length
	};
}
function spreadOfDifference(challenger, champion, { scale, metric }) {
	for (const model of [challenger, champion]) {
		const spread = spreadOf(model, scale);
		if (!spread.defined) return spread;
	}
	const blocks = challenger.blocks.map((value, index) => gainOf(metric, value, champion.blocks[index]));
	const value = gainOf(metric, challenger.value, champion.value);
	return spreadOf({
		...challenger,
		value,
		blocks
	}, scale);
}

// src/core/comparison/estimate-by-bootstrap.ts
const SMALLEST_SHARE_ON_A_SIDE = .005;
function describeByBootstrap(sampled) {
	const { metric, challenger, champion, isGrouped, units } = sampled;
	const difference = champion && subtract(metric, challenger, champion);
	const all = {
		challenger,
		champion,
		difference
	};
	const values = describeValues(sampled);
	const pValue = difference && spreadPValue({
		estimate: difference.value,
		replicates: difference.replicates,
		units
	});
	return {
		metric,
		...values,
		...values.difference === void 0 || !Number.isFinite(pValue) ? {} : { pValue },
		method: isGrouped ? "paired bootstrap by group" : "paired bootstrap",
		intervalOf(what, confidence) {
			const chosen = all[what];
			if (chosen === void 0) return unknown$1("there is no champion");
			if (isOffCentre(chosen)) return unknown$1("its resamples are not like the rows");
			const by = what === "difference" ? "spread" : "quantiles";
			const result = bootstrapInterval({
				...chosen,
				estimate: chosen.value,
				units,
				confidence,
				by
			});
			return result.defined ? known$1(result.interval, `bootstrap (${result.method})`) : result;
		}
	};
}
function isOffCentre({ value, replicates }) {
	let below = 0;
	let known = 0;
	for (const replicate of replicates) {
		if (Number.isNaN(replicate)) continue;
		known++;
		below += replicate < value ? 1 : replicate === value ? .5 : 0;
	}
	const share = below / known;
	return share < SMALLEST_SHARE_ON_A_SIDE || share > .995;
}
function subtract(metric, challenger, champion) {
	const minus = (left, right) => left.map((value, index) => gainOf(metric, value, right[index]));
	return {
		value: gainOf(metric, challenger.value, champion.value),
		replicates: minus(challenger.replicates, champion.replicates),
		...challenger.jackknife && champion.jackknife ? { jackknife: minus(challenger.jackknife, champion.jackknife) } : {}
	};
}

// src/core/comparison/plan-sampling.ts
const AFFORDABLE_ROWS = 4e7;
const FEWEST_REPLICATES = 400;
const MOST_BLOCKS = 200;
const FEWEST_BLOCKS = 20;
const GROUPS_IN_A_BLOCK = 5;
function planSampling(size) {
	const { rows, units, isGrouped } = size;
	if (rows * FEWEST_REPLICATES > AFFORDABLE_ROWS) {
		const inGroups = Math.max(FEWEST_BLOCKS, Math.floor(units / GROUPS_IN_A_BLOCK));
		return {
			kind: "blocks",
			blocks: Math.min(MOST_BLOCKS, units, isGrouped ? inGroups : MOST_BLOCKS)
		};
	}
	const affordable = Math.floor(AFFORDABLE_ROWS / (size.sharing ?? rows));
	return {
		kind: "bootstrap",
		replicates: Math.min(BOOTSTRAP_REPLICATES, Math.max(FEWEST_REPLICATES, affordable)),
		jackknife: rows <= BCA_ROW_LIMIT
	};
}

// src/core/comparison/flips.ts
const FLIP_EXAMPLES = 20;
const NEWLY_RIGHT = 1;
const NEWLY_WRONG = 2;
function describeFlips(request) {
	const { challenger, slices, threshold, idHashOf } = request;
	const flips = findFlips(request.champion, challenger);
	if (flips === void 0) return void 0;
	return {
		...threshold === void 0 ? {} : { threshold },
		...countKinds(flips),
		...slices.length === 0 ? {} : { slices: slices.map(({ name, rows }) => ({
			slice: name,
			rows: rows.length,
			...countKinds(Uint8Array.from(rows, (row) => flips[row]))
		})) },
		...idHashOf === void 0 ? {} : { examples: {
			newlyRight: surestOf(rowsOf(flips, NEWLY_RIGHT), challenger, idHashOf),
			newlyWrong: surestOf(rowsOf(flips, NEWLY_WRONG), challenger, idHashOf)
		} }
	};
}
function findFlips(champion, challenger) {
	const before = decisionsOf(champion);
	const after = decisionsOf(challenger);
	if (before === void 0 || after === void 0) return void 0;
	const flips = new Uint8Array(after.labels.length);
	for (let row = 0; row < flips.length; row++) {
		const wasRight = before.decisions[row] === before.labels[row];
		const isRight = after.decisions[row] === after.labels[row];
		if (isRight !== wasRight) flips[row] = isRight ? NEWLY_RIGHT : NEWLY_WRONG;
	}
	return flips;
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
function countKinds(flips) {
	const counts = {
		newlyRight: 0,
		newlyWrong: 0
	};
	for (const kind of flips) {
		if (kind === NEWLY_RIGHT) counts.newlyRight++;
		if (kind === NEWLY_WRONG) counts.newlyWrong++;
	}
	return counts;
}
function rowsOf(flips, kind) {
	return [...flips.keys()].filter((row) => flips[row] === kind);
}
function surestOf(rows, challenger, idHashOf) {
	const scored = rows.map((row) => ({
		row,
		score: chosenScore(challenger, row)
	})).filter(({ score }) => Number.isFinite(score)).sort((left, right) => right.score - left.score);
	const found = /* @__PURE__ */ new Map();
	let start = 0;
	while (start < scored.length && found.size < 20) {
		const { score } = scored[start];
		let end = start;
		while (end < scored.length && scored[end].score === score) end++;
		const hashes = scored.slice(start, end).flatMap(({ row }) => idHashOf(row) ?? []);
		for (const idHash of hashes.sort()) if (!found.has(idHash)) found.set(idHash, {
			idHash,
			score
		});
		start = end;
	}
	return [...found.values()].slice(0, 20);
}
function chosenScore(sample, row) {
	if (sample.task === "binary-classification") {
		const score = sample.probabilities[row];
		return sample.decisions[row] === 1 ? score : 1 - score;
	}
	if (sample.task === "multiclass-classification") return sample.probabilities[row * sample.classCount + sample.predicted[row]];
	return NaN;
}

// src/core/report/status.ts
const MAX_DESCRIPTION = 140;
function renderStatus(evidence) {
	const judgement = judge(evidence);
	const headline = headlineText(buildHeadline(judgement));
	const rest = judgement.kind === "completed" ? describeRest(judgement) : judgement.kind === "data" ? ["no model was judged"] : judgement.error.code === "data-unavailable" ? ["never judged without its data"] : [judgement.error.message];
	return {
		context: `contender/${evidence.model}`,
		state: judgement.outcome,
		description: shorten([headline, ...rest].join("; "))
	};
}
function describeRest(judgement) {
	const { comparison, state, outcome, decisiveGate } = judgement;
	if (state === "unchanged") return ["same code, data, rules and environment"];
	if (state === "accepted") {
		const accepted = validAcceptance(comparison);
		return [`accepted by ${accepted?.by ?? "a maintainer"}: ${accepted?.reason ?? ""}`];
	}
	const parts = [];
	if (judgement.selfReported) parts.push("self-reported, sets no passing status");
	if (state === "first-model") return [...parts, outcome === "success" ? "a gate passes" : "a person decides"];
	const primary = findPrimary(comparison);
	const text = primary && describeMetric$1(primary);
	if (text?.interval !== void 0 && decisiveGate?.outcome !== "fail") parts.push(`difference ${text.gain} ${text.interval}`);
	if (outcome === "failure" && decisiveGate !== void 0) parts.push(decisiveGate.reason);
	if (outcome === "pending") {
		const needed = describeRowsNeeded(comparison);
		if (needed !== void 0) parts.push(`${needed} would settle it`);
		else if (decisiveGate !== void 0) parts.push(decisiveGate.reason);
	}
	const slices = describeSlices(comparison);
	return slices === void 0 ? parts : [...parts, slices];
}
function shorten(text) {
	const visible = makeVisible(text, MAX_DESCRIPTION);
	if (visible.length <= MAX_DESCRIPTION) return visible;
	return `${visible.slice(0, 139).toWellFormed().replace(/\ufffd$/, "")}…`;
}

// src/core/report/notes.ts
const TABLES = {
	...DETAIL_STEPS[0],
	rows: 100
};
function renderReleaseNotes({ comparison, training, manifest }) {
	const primary = findPrimary(comparison);
	const text = primary && describeMetric$1(primary);
	const numbers = text === void 0 ? "" : comparison.champion === void 0 ? ` ${codeSpan(comparison.primary, 40)} ${text.challenger}` : ` ${codeSpan(comparison.primary, 40)} ${text.champion} → ${text.challenger}`;
	return [
		`**${capitalize(manifest.verdict.replaceAll("-", " "))}**${numbers}${against(manifest)}.`,
		renderAcceptance(manifest),
		renderMetricTable(comparison, TABLES),
		describeLosses(comparison),
		"### Made from",
		renderFacts(training, manifest),
		"### Use",
		renderDigest(manifest)
	].filter((part) => part !== "").join("\n\n");
}
function renderDigest({ file, files = [], digest }) {
	if (files.length === 0) return `${codeSpan(file)} has the digest \`sha256:${digest}\`; \`SHA256SUMS\` has those of all files.`;
	const weights = files.map(({ name }) => codeSpan(name)).join(", ");
	return `${codeSpan(file)} needs ${weights} in the same folder. Together they have the digest \`sha256:${digest}\`, which is that of their sorted lines in \`SHA256SUMS\`, the model as \`model.onnx\`.`;
}
function renderModelCard({ comparison, training, manifest }) {
	const { holdout } = comparison;
	const positives = holdout.positives === void 0 ? "" : `, ${formatQuantity(holdout.positives, "positive")}`;
	const groups = holdout.groups === void 0 ? "" : `, ${formatQuantity(holdout.groups, "group")}`;
	return `${[
		`# ${escapeText(manifest.model)} ${escapeText(manifest.version)}`,
		`A model for ${manifest.task.replaceAll("-", " ")}${training.learner === void 0 ? "" : `, learned by ${codeSpan(training.learner)}`}.`,
		"## What it reads",
		renderTable(["column", "type"], manifest.featureColumns.map(({ name, type }) => [codeSpan(name), codeSpan(type)])),
		"## What it answers",
		renderAnswers(manifest),
		"## How good it is",
		`Judged on ${formatQuantity(holdout.rows, "row")}${positives}${groups}${windowWords(manifest.windows?.holdout)}. ${describeSeen(holdout)}`,
		renderMetricTable(comparison, TABLES),
		renderAcceptance(manifest),
		"## Where it is weaker",
		describeLosses(comparison) || "No slice was looked at by itself.",
		renderAllSlices(comparison, TABLES) ?? "",
		"## How it was made",
		renderFacts(training, manifest)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
function renderAnswers({ signature, file, scores }) {
	if (signature === void 0) {
		const judged = scores === void 0 ? "" : `; its scores on its holdout, by hashed id, are in ${codeSpan(scores)}`;
		return `${codeSpan(file)} is no ONNX file and was never opened here${judged}.`;
	}
	return renderTable([
		"output",
		"type",
		"shape"
	], signature.outputs.map(({ name, type, shape }) => [
		codeSpan(name),
		codeSpan(type),
		codeSpan(`[${shape.map((size) => size ?? "?").join(", ")}]`)
	]));
}
function renderAcceptance({ accepted, verdict }) {
	if (accepted === void 0) return "";
	return `Accepted by ${codeSpan(accepted.by)} although it was judged ${escapeText(verdict)}: ${escapeText(accepted.reason, 400)}`;
}
function describeSeen({ leakage, overlap }) {
	if (leakage === void 0) return "Whether training saw some of them was not checked.";
	if (leakage === 0) return "Training saw none of them.";
	return overlap !== void 0 && "checks" in overlap.challenger && !overlap.challenger.checks.some(({ suspicious }) => suspicious) ? `Training saw rows equal to ${formatCount(leakage)} of them: too few to matter, or no more than chance explains.` : `Training saw ${formatQuantity(leakage, "row")} of them, which flatters the numbers.`;
}
function describeLosses(comparison) {
	const { slices } = comparison;
	if (slices.length === 0) return "";
	if (comparison.champion === void 0) return `${formatQuantity(slices.length, "slice")}, no champion to compare with.`;
	const losing = findLosingSlices(slices);
	if (losing.length === 0) return `Slices that got worse: none of ${formatCount(slices.length)}.`;
	const names = losing.slice(0, 20).map((slice) => `${codeSpan(slice.slice)} ${describeMetric$1(slice).gain}`);
	const more = losing.length - names.length;
	return `Slices that got worse: ${names.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}.`;
}
function renderFacts(training, manifest) {
	const parameters = Object.entries(manifest.parameters).slice(0, 50).map(([name, value]) => codeSpan(`${name}=${value}`));
	const rows = [
		["size", formatBytes(manifest.bytes)],
		["training rows", formatCount(training.rows)],
		["training data", codeSpan(manifest.trainingData, 100)],
		["holdout data", codeSpan(manifest.holdoutData, 100)],
		["training window", windowWords(manifest.windows?.training).replace(/^, /, "") || void 0],
		["learner", manifest.learner === void 0 ? void 0 : codeSpan(manifest.learner)],
		["command", manifest.command === void 0 ? void 0 : codeSpan(manifest.command, 200)],
		["parameters", parameters.length === 0 ? void 0 : parameters.join(" ")],
		["seed", String(manifest.seed)],
		["commit", manifest.commit === void 0 ? void 0 : codeSpan(manifest.commit)],
		["run", manifest.run === void 0 ? void 0 : codeSpan(manifest.run)],
		["champion before", manifest.previous === void 0 ? void 0 : codeSpan(manifest.previous)],
		["made by", codeSpan(`${manifest.tool.name} ${manifest.tool.version}`)]
	];
	return renderTable(["fact", "value"], rows.map(([name, value]) => [name, value ?? "–"]).filter(([, value]) => value !== "–"));
}
function windowWords(window) {
	if (window === void 0) return "";
	const from = window.from === void 0 ? "" : ` from ${codeSpan(window.from, 40)}`;
	const to = window.to === void 0 ? "" : ` to before ${codeSpan(window.to, 40)}`;
	return from === "" && to === "" ? "" : `,${from}${to}`;
}
function against(manifest) {
	return manifest.previous === void 0 ? "" : `, against ${codeSpan(manifest.previous)}`;
}
function capitalize(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/report/decision-text.ts
const DECISION_RATES = [
	"recall",
	"precision",
	"falsePositiveRate",
	"calledPositive",
	"cost",
	"costPerRow"
];
function decide(point, { positives, negatives }) {
	const { truePositives, falsePositives, cost } = point;
	const called = truePositives + falsePositives;
	const rows = positives + negatives;
	return {
		truePositives,
		falsePositives,
		falseNegatives: Math.max(0, positives - truePositives),
		trueNegatives: Math.max(0, negatives - falsePositives),
		...positives > 0 ? { recall: truePositives / positives } : {},
		...called > 0 ? { precision: truePositives / called } : {},
		...negatives > 0 ? { falsePositiveRate: falsePositives / negatives } : {},
		...rows > 0 ? { calledPositive: called / rows } : {},
		...cost === void 0 ? {} : { cost },
		...cost === void 0 || rows === 0 ? {} : { costPerRow: cost / rows }
	};
}
function describeCell(cell, decisions, totals) {
	const ofClass = cell === "truePositives" || cell === "falseNegatives" ? totals.positives : totals.negatives;
	const rows = decisions[cell];
	return {
		rows: formatCount(rows),
		share: ofClass > 0 ? formatPercent(rows / ofClass) : ""
	};
}
function describeRate(rate, decisions) {
	const value = decisions?.[rate];
	if (value === void 0) return "–";
	return isCost(rate) ? formatNumber(value) : formatPercent(value);
}
function describeChange(rate, before, after) {
	const [from, to] = [before?.[rate], after?.[rate]];
	if (from === void 0 || to === void 0) return "";
	const tenths = (share) => Math.round(share * 1e3);
	const change = isCost(rate) ? to - from : (tenths(to) - tenths(from)) / 10;
	const text = formatNumber(change);
	const signed = change > 0 ? `+${text}` : text;
	if (isCost(rate) || change === 0) return signed;
	return `${signed}${"\xA0"}${Math.abs(change) === 1 ? "point" : "points"}`;
}
function describeThreshold(threshold) {
	return formatNumber(threshold);
}
function startOf(points, inUse) {
	const wanted = inUse ?? .5;
	let best = 0;
	points.forEach(({ threshold }, index) => {
		const nearest = Math.abs(points[best].threshold - wanted);
		if (Math.abs(threshold - wanted) < nearest) best = index;
	});
	return best;
}
function placeOnRoc({ falsePositiveRate, recall }) {
	return falsePositiveRate === void 0 || recall === void 0 ? void 0 : [falsePositiveRate, recall];
}
function placeOnPrecisionRecall({ precision, recall }) {
	return precision === void 0 || recall === void 0 ? void 0 : [recall, precision];
}
function isCost(rate) {
	return rate === "cost" || rate === "costPerRow";
}

// src/core/report/junit-validation.ts
const MOST_EXAMPLES = 20;
function describeValidation(validation) {
	if (validation.verdict === "error") return [];
	const { datasets, findings, contract } = validation;
	const rules = contract === void 0 ? "" : `, ${formatQuantity(contract.rules, "rule")}`;
	const clean = datasets.filter(({ name }) => !findings.some(({ dataset, severity }) => dataset === name && severity === "error")).map(({ name, rows, columns }) => {
		const size = `${formatQuantity(rows, "row")}, ${formatQuantity(columns.length, "column")}`;
		return {
			name: `data set ${name}`,
			group: "data",
			result: {
				kind: "passed",
				output: size + rules
			}
		};
	});
	const kept = datasets.flatMap((dataset) => describeKept(dataset, findings, contract?.path));
	return [
		...clean,
		...kept,
		...findings.map(describeFinding)
	];
}
function describeKept({ name, rules = [] }, findings, file) {
	const told = new Set(findings.flatMap(({ dataset, column, location }) => dataset === name && location?.file === file ? [JSON.stringify([location?.line, column])] : []));
	return rules.filter(({ line, column }) => !told.has(JSON.stringify([line, column]))).map(({ check, column, line, name: called }) => ({
		name: `${called ?? check} ${[name, column].filter((part) => part !== void 0).join(".")}`,
		group: "data",
		result: { kind: "passed" },
		place: file === void 0 ? void 0 : {
			file,
			line
		}
	}));
}
function describeFinding(finding) {
	const { severity, check, message, location, examples, dataset, column } = finding;
	const name = `${check} ${[dataset, column].filter((part) => part !== void 0).join(".")}`;
	const text = location === void 0 ? message : `${message} (${placeOf(location)})`;
	const [first] = examples;
	const place = location ?? first;
	if (check === "not-checked") return {
		name,
		group: "data",
		result: {
			kind: "skipped",
			message: text
		},
		place
	};
	return {
		name,
		group: "data",
		result: severity === "error" ? {
			kind: "failure",
			type: check,
			message: text,
			lines: linesOf(finding)
		} : {
			kind: "passed",
			output: `${severity}: ${text}`
		},
		place
	};
}
function linesOf({ examples, edit }) {
	const rows = examples.slice(0, MOST_EXAMPLES).map(({ value, ...at }) => value === "" ? placeOf(at) : `${placeOf(at)}: ${JSON.stringify(value)}`);
	if (edit === void 0) return rows;
	const change = [...edit.before.trimEnd().split("\n").map((line) => `- ${line.trim()}`), ...edit.after.trimEnd().split("\n").map((line) => `+ ${line.trim()}`)].filter((line) => line.length > 2);
	return [
		...rows,
		`if it is meant, edit ${placeOf(edit)}:`,
		...change
	];
}
function placeOf({ file, line }) {
	return line === void 0 ? file : `${file}:${line}`;
}

// src/core/report/junit.ts
const MESSAGE_LENGTH = 2e3;
const NAME_LENGTH = 300;
function renderJunit(models) {
	const suites = models.map(describeSuite);
	const cases = suites.flatMap((suite) => suite.cases);
	const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		`<testsuites${attributes({
			name: "contender",
			...countResults(cases),
			time: formatTime(seconds)
		})}>`,
		...suites.map(renderSuite),
		"</testsuites>\n"
	].join("\n");
}
function describeSuite(evidence) {
	const judgement = judge(evidence);
	const { validation, drift } = evidence;
	const isJudged = evidence.comparison !== void 0 || evidence.training !== void 0;
	const dead = describeDeadStages(evidence);
	const isMissing = judgement.kind === "failed" && dead.length === 0 && isJudged;
	const cases = [
		...validation === void 0 ? [] : describeValidation(validation),
		...drift === void 0 ? [] : [describeDrift(drift)],
		...dead,
		...judgement.kind === "completed" ? describeJudgement(judgement) : [],
		...isMissing ? [describeMissing(judgement)] : []
	];
	const documents = [
		validation,
		evidence.training,
		evidence.comparison,
		drift
	];
	return {
		name: evidence.model,
		cases,
		seconds: documents.reduce((sum, document) => sum + (document?.measured.seconds ?? 0), 0),
		properties: describeProperties(evidence)
	};
}
function describeJudgement(judgement) {
	const { comparison } = judgement;
	const isAccepted = validAcceptance(comparison) !== void 0;
	const gates = comparison.gates.map((gate) => ({
		name: gate.description,
		group: "gates",
		result: describeGate(gate, isAccepted)
	}));
	return [{
		name: "verdict",
		group: "comparison",
		result: describeVerdict(judgement)
	}, ...gates];
}
function describeMissing({ stage, error }) {
	return {
		name: "verdict",
		group: "comparison",
		result: {
			kind: "error",
			type: "outside",
			message: `${stage}: ${error.message}`
		}
	};
}
function describeVerdict(judgement) {
	const text = headlineText(buildHeadline(judgement));
	switch (judgement.outcome) {
		case "success": return {
			kind: "passed",
			output: text
		};
		case "pending": return {
			kind: "skipped",
			message: text
		};
		default: return {
			kind: "failure",
			type: judgement.state,
			message: text
		};
	}
}
function describeGate({ outcome, reason, role, rowsNeeded, rowsUnit = "rows" }, isAccepted) {
	if (outcome === "pass") return {
		kind: "passed",
		output: reason
	};
	if (isAccepted) return {
		kind: "skipped",
		message: `overruled by a maintainer; ${reason}`
	};
	if (outcome === "fail") return {
		kind: "failure",
		type: role,
		message: reason
	};
	return {
		kind: "skipped",
		message: `undecided: ${reason}${rowsNeeded === void 0 ? "" : `; about ${formatCount(Number(rowsNeeded.toPrecision(2)))} labelled ${rowsUnit} would settle it`}`
	};
}
function describeDrift(drift) {
	const [name, group] = ["drift check", "drift"];
	if (drift.verdict === "error") return {
		name,
		group,
		result: {
			kind: "error",
			type: drift.error.code,
			message: drift.error.message
		}
	};
	const text = `${drift.verdict}, ${drift.recommendation}: ${drift.reason}`;
	return {
		name,
		group,
		result: {
			stable: {
				kind: "passed",
				output: text
			},
			drift: {
				kind: "failure",
				type: "drift",
				message: text
			},
			"insufficient-data": {
				kind: "skipped",
				message: text
			},
			"no-data": {
				kind: "skipped",
				message: text
			}
		}[drift.verdict]
	};
}
function describeDeadStages({ validation, training, comparison }) {
	return Object.entries({
		"validate-data": validation,
		"train-model": training,
		"compare-models": comparison
	}).flatMap(([stage, document]) => {
		if (document?.verdict !== "error") return [];
		const { code, message, file, line } = document.error;
		return [{
			name: stage,
			group: "stages",
			result: {
				kind: "error",
				type: code,
				message: `${message}${file === void 0 ? "" : ` (${line === void 0 ? file : `${file}:${line}`})`}`
			}
		}];
	});
}
function describeProperties(evidence) {
	const { comparison, training } = evidence;
	const judged = comparison?.verdict === "error" ? void 0 : comparison;
	const any = comparison ?? training ?? evidence.validation ?? evidence.drift;
	return [
		["verdict", comparison?.verdict],
		["promote", judged && String(judged.promote)],
		["champion-version", judged?.champion?.version],
		["champion-digest", judged?.champion?.digest],
		["challenger-digest", judged?.challenger.digest],
		["proposed-version", judged?.proposedVersion],
		["holdout-digest", judged?.holdout.digest],
		["commit", any?.source.headCommit],
		["tool", any && `${any.tool.name} ${any.tool.version}`]
	].filter((property) => property[1] !== void 0);
}
function renderSuite({ name, cases, seconds, properties }) {
	const described = properties.length === 0 ? [] : [
		"    <properties>",
		...properties.map(([key, value]) => `      <property${attributes({
			name: key,
			value
		})}/>`),
		"    </properties>"
	];
	return [
		`  <testsuite${attributes({
			name,
			...countResults(cases),
			time: formatTime(seconds)
		})}>`,
		...described,
		...cases.map((one) => renderCase(name, one)),
		"  </testsuite>"
	].join("\n");
}
function renderCase(model, { name, group, result, place }) {
	const named = name.trim() === "" ? "(no name)" : name;
	const at = place === void 0 ? {} : { file: place.file };
	if (place?.line !== void 0) at.line = String(place.line);
	const start = `    <testcase${attributes({
		name: named,
		classname: `contender.${model}.${group}`,
		...at,
		time: "0.000"
	})}`;
	const content = renderResult(result);
	return content === "" ? `${start}/>` : `${start}>\n      ${content}\n    </testcase>`;
}
function renderResult(result) {
	switch (result.kind) {
		case "passed": return result.output === void 0 ? "" : `<system-out>${escapeXml(result.output)}</system-out>`;
		case "skipped": return `<skipped${attributes({ message: result.message })}/>`;
		default: {
			const text = [result.message, ...result.lines ?? []].map((line) => escapeXml(line)).join("\n");
			return `<${result.kind}${attributes({
				message: result.message,
				type: result.type
			})}>${text}</${result.kind}>`;
		}
	}
}
function countResults(cases) {
	const count = (kind) => String(cases.filter(({ result }) => result.kind === kind).length);
	return {
		tests: String(cases.length),
		failures: count("failure"),
		errors: count("error"),
		skipped: count("skipped")
	};
}
function attributes(values) {
	return Object.entries(values).map(([name, value]) => ` ${name}="${escapeXml(value, name === "name" ? NAME_LENGTH : MESSAGE_LENGTH)}"`).join("");
}
function formatTime(seconds) {
	return Math.max(0, Number.isFinite(seconds) ? seconds : 0).toFixed(3);
}
function escapeXml(text, maximumLength = MESSAGE_LENGTH) {
	return makeVisible(text, maximumLength).replace(/[\ufffe\uffff]/g, "�").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("'", "&apos;");
}

export { ANSWER_NAMES, BOOTSTRAP_REPLICATES, DECISION_RATES, DEFAULT_CONFIDENCE, DEFAULT_METRICS, DEFAULT_SHARE_OF_GAIN, DEFAULT_THRESHOLD, PICTURE_BRANCH, PICTURE_BUDGET, answerColumns, breakingFirst, buildHeadline, buildSample, checkGroups, chooseDesign, chooseStyle, codeSpan, compareLatencies, compareModels, compareSizes, comparedNames, computeCurves, countOpenSlices, countUnits, decide, decideReplacement, decideVerdict, describeByBlocks, describeByBootstrap, describeCalibration, describeCell, describeChange, describeComparison, describeCoverage, describeFlips, describeFlips$1, describeHoldoutUse, describeIdHash, describeLatency$1 as describeLatency, describeLeakage, describeMerging, describeMetric$1 as describeMetric, describeOveruse, describeRate, describeRepeatedIds, describeRowsNeeded, describeScores, describeScoring, describeSlices, describeThreshold, describeUnchanged, describeWithoutInterval, escapeHtml, escapeText, findLosingSlices, findPrimary, flippedSlices, formatBytes, formatConfidence, formatCount, formatDifference, formatDuration, formatInterval, formatNumber, formatPValue, formatPercent, formatQuantity, formatValue, hasOutsideScores, headlineText, isBelowZero, isDashboard, isPlainAddress, judge, logLine, makeVisible, numberEqualRows, openComment, orderCanonically, parseMarker, picturePath, placeOnPrecisionRecall, placeOnRoc, planSampling, reachFrom, reachWithin, readClasses, readTruth, renderComment, renderDashboard, renderDriftEvidence, renderDriftSummaries, renderJobSummary, renderJunit, renderMarker, renderModelCard, renderReleaseNotes, renderReproduction, renderRetrainingBody, renderRetrainingTitle, renderStageSummary, renderStatus, renderValidationSummary, renumber, resolveMargin, spentConfidence, startOf, summarizeCalibration, takeSample, takeValues, validAcceptance, worstFirst };