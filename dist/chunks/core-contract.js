import { InputError } from "./core.js";
import { nearestName } from "./core-configuration.js";
import { MINIMUM_EFFECTS, compareColumns } from "./core-drift.js";
import { isPlainlyPersonal } from "./core-personal-data.js";
import { areaInterval, ascending, ascendingOrder, binomialCdf, intervalAround, midranks, quantileOfSorted, simultaneousConfidence, twoSidedZ, wilsonInterval } from "./core-statistics.js";
import { findColumn, takeRows } from "./core-data.js";
import { require_dist } from "./vendor-yaml.js";
import { LEAST_SHARE, judgeOverlap } from "./core-leakage.js";

// src/core/contract/dataset-findings.ts
function checkDatasets(datasets, target) {
	const [first] = datasets;
	if (first === void 0) return [];
	return [
		...datasets.flatMap(checkRows),
		...datasets.flatMap((dataset) => target === void 0 ? [] : checkTarget(dataset, target)),
		...datasets.slice(1).flatMap((dataset) => checkColumns$1(first, dataset, target))
	];
}
function checkRows(dataset) {
	if (dataset.rowCount > 0) return [];
	return [{
		check: "row-count",
		severity: "error",
		dataset: dataset.name,
		message: `${dataset.name} has no rows; check its files and the condition \`where\``,
		examples: []
	}];
}
function checkTarget(dataset, target) {
	const common = {
		dataset: dataset.name,
		column: target,
		severity: "warning",
		examples: []
	};
	if (!dataset.labelsExpected) return [];
	if (!dataset.columns.some((column) => column.name === target)) return [{
		...common,
		examples: [],
		check: "target-missing",
		message: `${dataset.name} has no target column ${target}`
	}];
	const missing = dataset.missing.get(target) ?? 0;
	if (missing === 0) return [];
	return [{
		...common,
		examples: [],
		check: "labels-missing",
		message: `${missing} of ${dataset.rowCount} rows of ${dataset.name} have no ${target}; they are left out of training and judging`,
		failing: missing,
		checked: dataset.rowCount
	}];
}
function checkColumns$1(first, other, target) {
	const finding = (check, column, message) => ({
		check,
		severity: "warning",
		dataset: other.name,
		column,
		message,
		examples: []
	});
	const types = new Map(other.columns.map((column) => [column.name, column.type]));
	const known = new Set(first.columns.map((column) => column.name));
	const gone = first.columns.flatMap(({ name, type }) => {
		if (name === target) return [];
		const otherType = types.get(name);
		if (otherType === void 0) {
			const message = `${other.name} has no column ${name}, which ${first.name} has`;
			return [finding("columns-differ", name, message)];
		}
		if (otherType === type || isNumeric(type, otherType) || isTime(type, otherType)) return [];
		if (isEmpty(first, name) || isEmpty(other, name)) return [];
		const message = `${name} is ${type} in ${first.name} and ${otherType} in ${other.name}`;
		return [finding("types-differ", name, message)];
	});
	const added = other.columns.filter(({ name }) => !known.has(name) && name !== target).map(({ name }) => finding("columns-differ", name, `${other.name} has a column ${name}, which ${first.name} has not`));
	return [...gone, ...added];
}
function isNumeric(...types) {
	return types.every((type) => type === "integer" || type === "number");
}
function isTime(...types) {
	return types.every((type) => type === "date" || type === "timestamp");
}
function isEmpty({ missing, rowCount }, column) {
	return missing.get(column) === rowCount;
}

// src/core/contract/unchecked-findings.ts
function uncheckedFindings(contract, dataset) {
	return contract.notChecked.map(({ words, line, column }) => ({
		check: "not-checked",
		severity: "info",
		dataset,
		...column === void 0 ? {} : { column },
		message: `not checked: ${words}`,
		examples: [],
		location: {
			file: contract.file,
			line
		}
	}));
}
function standardFindings(contract, dataset) {
	const { lacking, file, text } = contract;
	if (lacking === void 0) return [];
	const { words, name, line } = lacking;
	const listed = words.map((word) => `\`${word}\``).join(", ");
	const before = text.split(/(?<=\n)/)[line - 1] ?? "";
	const values = {
		version: "1.0.0",
		id: JSON.stringify(name),
		status: "draft"
	};
	const added = words.map((word) => `${word}: ${values[word]}\n`).join("");
	const canAdd = /^apiVersion:.*\n$/.test(before);
	return [{
		check: "contract-incomplete",
		severity: "info",
		dataset,
		message: `the contract has no ${listed}, which the Open Data Contract Standard requires: other tools may refuse it; add ${words.length === 1 ? "it" : "them"} beside \`apiVersion\``,
		examples: [],
		location: {
			file,
			line
		},
		...canAdd ? { edit: {
			file,
			line,
			path: words[0],
			before,
			after: `${before}${added}`
		} } : {}
	}];
}

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

// src/core/contract/contract-scalar.ts
function isPlainText(text) {
	return /^[A-Za-z][A-Za-z0-9_-]*( [A-Za-z0-9_-]+)*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n|nan|inf)$/i.test(text);
}
function writeScalar(text) {
	return /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text) || isPlainText(text) ? text : JSON.stringify(text);
}

// src/core/contract/infer-limits.ts
const EXCEEDANCE = .001;
const FEWEST_FOR_TAIL = 50;
const HEAVIEST_TAIL = 1;
const FURTHEST = 10;
function widenedEnds(sorted) {
	const smallest = sorted[0];
	const largest = sorted.at(-1);
	const quartiles = quantileOfSorted(sorted, .75) - quantileOfSorted(sorted, .25);
	const slack = quartiles > 0 ? quartiles : (largest - smallest) / 2;
	const middle = quantileOfSorted(sorted, .5);
	const above = sorted.filter((value) => value > middle).map((value) => value - middle);
	const below = sorted.filter((value) => value < middle).map((value) => middle - value);
	below.reverse();
	const maximum = Math.max(largest + slack, middle + tailQuantile(above, sorted.length));
	const minimum = Math.min(smallest - slack, middle - tailQuantile(below, sorted.length));
	return {
		minimum: smallest >= 0 ? Math.max(0, minimum) : minimum,
		maximum
	};
}
function tailQuantile(distances, rows) {
	const tail = Math.min(Math.floor(Math.sqrt(rows)), distances.length - 1);
	if (rows < FEWEST_FOR_TAIL || tail < 5) return 0;
	const threshold = distances[distances.length - 1 - tail];
	let first = 0;
	let second = 0;
	for (let index = distances.length - tail; index < distances.length; index++) {
		const excess = Math.log(distances[index] / threshold);
		first += excess / tail;
		second += excess ** 2 / tail;
	}
	if (second === 0) return 0;
	const negative = 1 - .5 / (1 - first ** 2 / second);
	const estimate = first + negative;
	const standardError = Math.sqrt((1 + estimate ** 2) / tail);
	const index = Math.min(HEAVIEST_TAIL, estimate + 2 * standardError);
	const scale = threshold * first * (1 - Math.min(0, negative));
	const ratio = tail / EXCEEDANCE;
	const distance = threshold + scale * (Math.abs(index) < 1e-6 ? Math.log(ratio) : (ratio ** index - 1) / index);
	return Number.isFinite(distance) ? Math.min(distance, FURTHEST * distances.at(-1)) : 0;
}
function roundOutwards(value, end, { digits, scale = Math.abs(value) }) {
	if (value === 0 || scale === 0 || !Number.isFinite(value)) return value;
	const power = Math.floor(Math.log10(scale)) - digits + 1;
	const steps = power < 0 ? value * 10 ** -power : value / 10 ** power;
	const whole = end === "maximum" ? Math.ceil(steps) : Math.floor(steps);
	return power < 0 ? whole / 10 ** -power : whole * 10 ** power;
}
function upperPercent(rows, all) {
	const { high } = wilsonInterval({
		successes: rows,
		rows: all
	}, .99);
	return Math.min(100, roundOutwards(100 * high, "maximum", { digits: 2 }));
}
function coveredPercent(rows) {
	const percent = 100 * (1 - 3 / Math.max(rows, 4));
	return String(Number(percent.toPrecision(percent > 99 ? 4 : 2)));
}

// src/core/contract/moved-limit.ts
const DIGITS = 4;
function roundLimit(amount, unit, end) {
	if (unit === "rows" || unit === "value") return amount;
	if (Math.abs(amount) >= 1e3) return roundOutwards(amount, end, { digits: DIGITS });
	const steps = end === "maximum" ? Math.ceil(amount * 10) : Math.floor(amount * 10);
	return Number((steps / 10).toFixed(1));
}
function nextLimit(amount, unit, end) {
	const direction = end === "maximum" ? 1 : -1;
	if (unit === "rows") return amount + direction;
	const rounded = roundLimit(amount, unit, end);
	const next = Number((rounded + direction / 10).toPrecision(12));
	if (direction * (next - amount) > 0) return next;
	return roundOutwards(amount + direction * Math.abs(amount) / 1e3, end, { digits: DIGITS });
}

// src/core/contract/time-words.ts
const MILLISECONDS_A_DAY = 864e5;
function parseInstant(text) {
	const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim());
	if (match === null) return void 0;
	const [, date = "", time = "00:00", zone = "Z"] = match;
	const colon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
	const milliseconds = Date.parse(`${date}T${time}${colon}`);
	if (Number.isNaN(milliseconds)) return void 0;
	const midnight = Date.parse(`${date}T00:00Z`);
	return new Date(midnight).toISOString().startsWith(date) ? milliseconds : void 0;
}
function parseTimeOfDay(text) {
	const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/.exec(text.trim());
	if (match === null) return void 0;
	const [, hours, minutes, seconds = "0", fraction = "0"] = match;
	return (Number(hours) * 60 + Number(minutes)) * 6e4 + Number(seconds) * 1e3 + Number(fraction.padEnd(3, "0"));
}
function writeDate(milliseconds) {
	return new Date(milliseconds).toISOString().slice(0, 10);
}
function writeTimestamp(milliseconds) {
	return new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");
}
function writeTimeOfDay(milliseconds) {
	return (/* @__PURE__ */ new Date(milliseconds % MILLISECONDS_A_DAY)).toISOString().slice(11, 19);
}
const DIRECTIVES = [
	["yyyy", "%Y"],
	["uuuu", "%Y"],
	["yy", "%y"],
	["MMMM", "%B"],
	["MMM", "%b"],
	["MM", "%m"],
	["M", "%-m"],
	["dd", "%d"],
	["d", "%-d"],
	["EEEE", "%A"],
	["EEE", "%a"],
	["HH", "%H"],
	["H", "%-H"],
	["hh", "%I"],
	["h", "%-I"],
	["mm", "%M"],
	["ss", "%S"],
	["SSSSSS", "%f"],
	["SSS", "%g"],
	["a", "%p"],
	["XXX", "%z"],
	["XX", "%z"],
	["Z", "%z"]
];
function strptimeFormat(format) {
	let result = "";
	for (let position = 0; position < format.length;) {
		const rest = format.slice(position);
		const quoted = /^'([^']*)'/.exec(rest);
		if (quoted !== null) {
			result += (quoted[1] === "" ? "'" : quoted[1]).replaceAll("%", "%%");
			position += quoted[0].length;
			continue;
		}
		const run = /^([A-Za-z])\1*/.exec(rest)?.[0];
		if (run === void 0) {
			result += rest[0] === "%" ? "%%" : rest[0];
			position++;
			continue;
		}
		const directive = DIRECTIVES.find(([letters]) => letters === run)?.[1];
		if (directive === void 0 && run !== "T") return void 0;
		result += directive ?? "T";
		position += run.length;
	}
	return result;
}

// src/core/contract/contract-edit.ts
const TYPES$1 = /* @__PURE__ */ new Set([
	"string",
	"date",
	"timestamp",
	"number",
	"integer",
	"boolean"
]);
function acceptingReplacements(text, target, seen) {
	switch (target.kind) {
		case "replace": return [{
			...target.value,
			by: target.by
		}];
		case "remove": {
			const span = wholeItem(text, target.value.span);
			return span && [{
				path: target.value.path,
				span,
				by: ""
			}];
		}
		case "type": return seen.type !== void 0 && TYPES$1.has(seen.type) ? [{
			...target.value,
			by: seen.type
		}] : void 0;
		case "values": return seen.values && seen.values.length > 0 ? [addValues(target, seen.values)] : void 0;
		case "bounds": return seen.extremes && isExact(seen, target) ? widen(target, seen.extremes) : void 0;
		case "limit": return seen.amount === void 0 || seen.limit === void 0 ? void 0 : moveLimit(text, target.values, {
			amount: seen.amount,
			limit: seen.limit
		});
	}
}
function editOf(contract, replacements) {
	const { file, text } = contract;
	const from = Math.min(...replacements.map(({ span }) => span[0]));
	const to = Math.max(...replacements.map(({ span }) => span[1]));
	const start = text.lastIndexOf("\n", from - 1) + 1;
	const endsLine = to > from && text[to - 1] === "\n";
	const nextBreak = text.indexOf("\n", to);
	const end = endsLine ? to : nextBreak < 0 ? text.length : nextBreak + 1;
	const shifted = replacements.map(({ span, ...rest }) => ({
		...rest,
		span: [span[0] - start, span[1] - start]
	}));
	const before = text.slice(start, end);
	return {
		file,
		line: text.slice(0, start).split("\n").length,
		path: replacements.map(({ path }) => path).join(", "),
		before,
		after: applyReplacements(before, shifted)
	};
}
function applyReplacements(text, replacements) {
	let result = text;
	const ordered = replacements.toSorted((left, right) => right.span[0] - left.span[0] || right.span[1] - left.span[1]);
	let done = Number.POSITIVE_INFINITY;
	for (const { span, by } of ordered) {
		if (span[1] > done) continue;
		result = result.slice(0, span[0]) + by + result.slice(span[1]);
		done = span[0];
	}
	return result;
}
function wholeItem(text, [from, to]) {
	const start = text.lastIndexOf("\n", from - 1) + 1;
	if (!/^ *- +$/.test(text.slice(start, from))) return void 0;
	const lineEnd = text.indexOf("\n", Math.max(from, to - 1));
	return [start, lineEnd < 0 ? text.length : lineEnd + 1];
}
function addValues(target, values) {
	const { path, offset, flow, isEmpty, indent } = target;
	const written = values.map(writeScalar);
	const by = flow ? `${isEmpty ? "" : ", "}${written.join(", ")}` : written.map((value) => `\n${" ".repeat(indent)}- ${value}`).join("");
	return {
		path,
		span: [offset, offset],
		by
	};
}
function isExact({ type, extremes }, { written }) {
	if (type !== "integer" || written !== "number" || extremes === void 0) return true;
	return Number.isSafeInteger(extremes.minimum) && Number.isSafeInteger(extremes.maximum);
}
function widen(target, extremes) {
	const made = [];
	for (const end of ["minimum", "maximum"]) {
		const bound = target[end];
		if (bound === void 0) continue;
		const value = extremes[end];
		const isOut = end === "minimum" ? value < bound.value : value > bound.value;
		const touches = bound.exclusive === true && value === bound.value;
		if (!isOut && !touches) continue;
		made.push({
			...bound,
			by: writeBound(bound.exclusive ? beyond(value, end) : value, {
				written: target.written,
				end
			})
		});
	}
	return made.length === 0 ? void 0 : made;
}
function beyond(value, end) {
	return end === "minimum" ? Math.floor(value) - 1 : Math.ceil(value) + 1;
}
function writeBound(value, form) {
	const unit = form.written === "date" ? 864e5 : 1e3;
	const whole = form.end === "minimum" ? Math.floor(value / unit) * unit : Math.ceil(value / unit) * unit;
	switch (form.written) {
		case "number": return String(value);
		case "date": return JSON.stringify(writeDate(whole));
		case "timestamp": return JSON.stringify(writeTimestamp(whole));
		case "time": return JSON.stringify(writeTimeOfDay(whole));
	}
}
function moveLimit(text, targets, { amount, limit }) {
	const [first, second] = targets;
	if (first === void 0 || !Number.isFinite(amount)) return void 0;
	const write = (value) => keepUnit(text.slice(...first.span), value);
	switch (limit.operator) {
		case "mustBe": return [{
			...first,
			by: write(amount)
		}];
		case "mustBeLessOrEqualTo": return [{
			...first,
			by: write(roundLimit(amount, limit.unit, "maximum"))
		}];
		case "mustBeLessThan": return [{
			...first,
			by: write(nextLimit(amount, limit.unit, "maximum"))
		}];
		case "mustBeGreaterOrEqualTo": return [{
			...first,
			by: write(roundLimit(amount, limit.unit, "minimum"))
		}];
		case "mustBeGreaterThan": return [{
			...first,
			by: write(nextLimit(amount, limit.unit, "minimum"))
		}];
		case "mustBeBetween":
			if (second === void 0) return void 0;
			return amount < limit.values[0] ? [{
				...first,
				by: write(roundLimit(amount, limit.unit, "minimum"))
			}] : [{
				...second,
				by: write(roundLimit(amount, limit.unit, "maximum"))
			}];
		default: return;
	}
}
function keepUnit(source, value) {
	const quote = /^["']/.exec(source)?.[0] ?? "";
	const bare = source.replace(/^["']|["']$/g, "").trim();
	if (bare.endsWith("%")) return `${quote}${value}%${quote}`;
	if (/[mhdw]$/.test(bare)) return `${quote}${Math.ceil(value)}h${quote}`;
	return String(value);
}

// src/core/contract/text-patterns.ts
const TEXT_FORMATS = {
	email: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
	uuid: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
	uri: "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$",
	hostname: "^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
	ipv4: "^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$",
	ipv6: "^[0-9A-Fa-f:]*:[0-9A-Fa-f:]+(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?$",
	byte: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
};
const NUMBER_FORMATS = {
	i8: {
		minimum: -128,
		maximum: 127
	},
	i16: {
		minimum: -(2 ** 15),
		maximum: 2 ** 15 - 1
	},
	i32: {
		minimum: -(2 ** 31),
		maximum: 2 ** 31 - 1
	},
	u8: {
		minimum: 0,
		maximum: 255
	},
	u16: {
		minimum: 0,
		maximum: 2 ** 16 - 1
	},
	u32: {
		minimum: 0,
		maximum: 2 ** 32 - 1
	}
};
function refusePattern(pattern) {
	try {
		new RegExp(pattern, "u");
	} catch {
		try {
			new RegExp(pattern);
		} catch (error) {
			return error instanceof Error ? error.message : "it is no regular expression";
		}
	}
	if (/\(\?<?[=!]/.test(pattern)) return "look-around such as (?=…) is not matched; write it without";
	if (/(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k<)/.test(pattern)) return "back-references are not matched; write it without";
}

// src/core/contract/describe-breach.ts
function describeBreach({ rowRule, name, check }) {
	if (rowRule === void 0) return "break the rule";
	switch (rowRule.kind) {
		case "type": return `of ${rowRule.column} are no ${rowRule.type}`;
		case "present": return `have no ${rowRule.column}`;
		case "range": return `have a value of ${rowRule.column} outside of ${describeRange(rowRule, String)}`;
		case "finite": return `have a value of ${rowRule.column} that is ${rowRule.of === "nan" ? "NaN" : "infinite"}`;
		case "time-range": return `have a value of ${rowRule.column} outside of ${describeRange(rowRule, rowRule.of === "instant" ? writeTimestamp : writeTimeOfDay)}`;
		case "length": return `have a value of ${rowRule.column} whose length is outside of ${describeRange(rowRule, String)}`;
		case "set": return `have a value of ${rowRule.column} that is none of ${listValues(rowRule.values)}`;
		case "pattern": return `have a value of ${rowRule.column} that ${describePattern(rowRule.pattern, check === "format")}`;
		case "multiple-of": return `have a value of ${rowRule.column} that is no multiple of ${rowRule.divisor}`;
		case "time-format": return `have a value of ${rowRule.column} that is no time in the format ${rowRule.format}`;
		case "unique": return `repeat a value of ${rowRule.columns.join(" + ")}`;
		case "condition": return `do not keep ${name ?? `the condition ${rowRule.expression.replace(/\s+/g, " ").slice(0, 120)}`}`;
		case "monotonic": return `have a value of ${rowRule.column} that is not ${rowRule.strict ? "strictly " : ""}${rowRule.direction}`;
		case "reference": return `have a value of ${rowRule.columns.join(" + ")} that the other data set does not have`;
	}
}
const FORMAT_NAMES = {
	email: "e-mail address",
	uuid: "UUID",
	uri: "URI",
	hostname: "host name",
	ipv4: "IPv4 address",
	ipv6: "IPv6 address",
	byte: "Base64 text"
};
function describePattern(pattern, isFormat) {
	const format = Object.keys(FORMAT_NAMES).find((word) => TEXT_FORMATS[word] === pattern);
	if (isFormat && format !== void 0) return `is no ${FORMAT_NAMES[format]}`;
	return `does not match ${pattern.slice(0, 80)}`;
}
function describeRange(range, write) {
	const low = range.exclusiveMinimum ?? range.minimum;
	const high = range.exclusiveMaximum ?? range.maximum;
	return `${low === void 0 ? "(no minimum" : `${range.exclusiveMinimum === void 0 ? "[" : "("}${write(low)}`}, ${high === void 0 ? "no maximum)" : `${write(high)}${range.exclusiveMaximum === void 0 ? "]" : ")"}`}`;
}
const LISTED_VALUES = 10;
function listValues(values) {
	const listed = values.slice(0, LISTED_VALUES).join(", ");
	return values.length > LISTED_VALUES ? `${listed}, … (${values.length} values)` : listed;
}

// src/core/contract/limit.ts
const SIGNIFICANCE = .05;
function judgeRows(rule, failing, checked) {
	if (keepsLimit(rule.limit, failing, checked)) return { kept: true };
	const share = allowedShare(rule.limit);
	if (rule.mode !== "population" || share === void 0) return {
		kept: false,
		weak: false
	};
	const pValue = violationPValue({
		failing,
		checked,
		allowedShare: share
	});
	return {
		kept: false,
		weak: pValue >= SIGNIFICANCE,
		pValue
	};
}
function violationPValue(sample) {
	if (sample.failing === 0) return 1;
	if (sample.allowedShare <= 0) return 0;
	return 1 - binomialCdf(sample.failing - 1, sample.checked, Math.min(1, sample.allowedShare));
}
function allowedShare({ operator, values, unit }) {
	return unit === "percent" && (operator === "mustBeLessOrEqualTo" || operator === "mustBeLessThan") ? values[0] / 100 : void 0;
}
function keepsLimit(limit, amount, checked) {
	return keepsBounds(limit, limit.unit === "percent" ? checked === 0 ? 0 : 100 * amount / checked : amount);
}
function keepsBounds(limit, value) {
	const [first = 0, second = 0] = limit.values;
	switch (limit.operator) {
		case "mustBe": return value === first;
		case "mustNotBe": return value !== first;
		case "mustBeGreaterThan": return value > first;
		case "mustBeGreaterOrEqualTo": return value >= first;
		case "mustBeLessThan": return value < first;
		case "mustBeLessOrEqualTo": return value <= first;
		case "mustBeBetween": return value >= first && value <= second;
		case "mustNotBeBetween": return value < first || value > second;
	}
}
function describeLimit(limit) {
	const [first = 0, second = 0] = limit.values;
	return `${{
		mustBe: `${first}`,
		mustNotBe: `not ${first}`,
		mustBeGreaterThan: `more than ${first}`,
		mustBeGreaterOrEqualTo: `at least ${first}`,
		mustBeLessThan: `less than ${first}`,
		mustBeLessOrEqualTo: `at most ${first}`,
		mustBeBetween: `between ${first} and ${second}`,
		mustNotBeBetween: `not between ${first} and ${second}`
	}[limit.operator]}${unitInWords(limit.unit, first)}`;
}
function unitInWords(unit, first) {
	switch (unit) {
		case "percent": return " percent";
		case "hours": return " hours";
		case "value": return "";
		case "rows": return first === 1 ? " row" : " rows";
	}
}

// src/core/contract/measured.ts
function describeMeasure(rule, measured) {
	const { measure, limit } = rule;
	const value = measured.hidden ? "(hidden)" : String(Number(measured.value.toPrecision(6)));
	const words = measured.words === void 0 ? "" : ` (${measured.words})`;
	const asks = `the contract asks for ${describeLimit(limit)}`;
	switch (measure?.kind) {
		case "freshness": return `the newest ${measure.column} is ${value} hours old${words}; ${asks}`;
		case "change": return `${measure.of} ${measure.column === void 0 ? "" : `of ${measure.column} `}changed by ${value} percent${words}; ${asks}`;
		case "distribution": return `${measure.column} comes from another distribution than in ${measure.against}${words}`;
		case "sql": return `${rule.name ?? "the query"} gives ${value}; ${asks}`;
		default: return `${value} rows; ${asks}`;
	}
}

// src/core/contract/evaluate-contract.ts
function applicableRules(contract, columns) {
	const names = new Set(columns.map((column) => column.name));
	return contract.rules.filter((rule) => columnsOf(rule).every((column) => names.has(column)));
}
function findBreaches(contract, dataset) {
	const rules = applicableRules(contract, dataset.columns);
	const byRows = rules.filter((rule) => rule.rowRule !== void 0);
	const breaches = [
		...missingColumns(contract, dataset),
		...rules.flatMap((rule) => rule.rowRule === void 0 ? measureBreach(contract, rule, dataset) : []),
		...byRows.flatMap((rule, position) => rowBreach({
			contract,
			rule,
			dataset,
			result: dataset.results[position]
		}))
	];
	const order = {
		error: 0,
		warning: 1,
		info: 2
	};
	return breaches.toSorted((left, right) => order[left.finding.severity] - order[right.finding.severity]);
}
function missingColumns(contract, dataset) {
	const present = new Set(dataset.columns.map((column) => column.name));
	return contract.columns.filter(({ name }) => !present.has(name) && !dataset.late?.has(name)).map(({ name, line, accept }) => withEdit(contract, {
		check: "column-missing",
		severity: "error",
		dataset: dataset.name,
		column: name,
		message: `the column ${name} is missing; the data has ${[...present].join(", ")}`,
		examples: [],
		location: {
			file: contract.file,
			line
		}
	}, {
		accept,
		seen: {}
	}));
}
function measureBreach(contract, rule, dataset) {
	const measured = rule.measure?.kind === "row-count" ? { value: dataset.rowCount } : dataset.measured?.get(rule);
	if (measured === void 0) return [];
	const base = {
		dataset: dataset.name,
		...rule.column === void 0 ? {} : { column: rule.column },
		examples: [],
		location: {
			file: contract.file,
			line: rule.line
		}
	};
	if ("notChecked" in measured) {
		const message = `not checked: ${rule.name ?? `the rule ${rule.check}`}: ${measured.notChecked}`;
		const severity = severityOfUnchecked(rule);
		return [{
			finding: {
				...base,
				check: "not-checked",
				severity,
				message
			},
			replacements: []
		}];
	}
	if (keepsBounds(rule.limit, measured.value)) return [];
	const message = describeMeasure(rule, measured);
	const finding = {
		...base,
		check: rule.check,
		severity: rule.severity,
		message
	};
	const seen = measured.hidden ? {} : {
		amount: measured.value,
		limit: rule.limit
	};
	return [withEdit(contract, finding, {
		accept: rule.accept,
		seen
	})];
}
function severityOfUnchecked({ measure, severity }) {
	return measure?.kind === "sql" && severity !== "info" ? "warning" : "info";
}
function rowBreach({ contract, rule, dataset, result }) {
	const judged = judgeRows(rule, result.failing, result.checked);
	if (judged.kept) return [];
	const hidden = isHidden(rule, dataset);
	const examples = result.examples.map((example) => ({
		...example,
		value: example.value !== "" && (hidden || isPlainlyPersonal(example.value)) ? "(hidden)" : example.value
	}));
	const [first] = examples;
	const chance = judged.pValue === void 0 ? "" : `; ${judged.weak ? "weak evidence" : "evidence"} against it (p = ${judged.pValue.toPrecision(2)})`;
	const finding = {
		check: rule.check,
		severity: judged.weak && rule.severity === "error" ? "warning" : rule.severity,
		dataset: dataset.name,
		...rule.column === void 0 ? {} : { column: rule.column },
		message: `${result.failing} of ${result.checked} rows ${describeBreach(rule)}; allowed: ${describeLimit(rule.limit)}${chance}${first === void 0 ? "" : `; first at ${first.file}:${first.line}${first.value === "" ? "" : `: ${JSON.stringify(first.value)}`}`}`,
		failing: result.failing,
		checked: result.checked,
		examples: [...examples],
		location: {
			file: contract.file,
			line: rule.line
		}
	};
	const { limit } = rule;
	const amount = limit.unit === "percent" ? 100 * result.failing / result.checked : result.failing;
	const type = dataset.columns.find((column) => column.name === rule.column)?.type;
	const seen = {
		amount,
		limit,
		...type === void 0 ? {} : { type },
		...hidden || result.extremes === void 0 || isPersonalNumber(result.extremes) ? {} : { extremes: result.extremes },
		...hidden || result.values === void 0 || result.values.some(isPlainlyPersonal) ? {} : { values: result.values }
	};
	return [withEdit(contract, finding, {
		accept: rule.accept,
		seen
	})];
}
function isPersonalNumber({ minimum, maximum }) {
	return [minimum, maximum].some((value) => isPlainlyPersonal(String(value)));
}
function isHidden(rule, { hidden }) {
	return columnsOf(rule).some((column) => hidden.has(column));
}
function withEdit(contract, finding, { accept, seen }) {
	const replacements = accept === void 0 ? void 0 : acceptingReplacements(contract.text, accept, seen);
	if (replacements === void 0) return {
		finding,
		replacements: []
	};
	return {
		finding: {
			...finding,
			edit: editOf(contract, replacements)
		},
		replacements
	};
}
function columnsOf({ rowRule, reference, measure }) {
	if (reference !== void 0) return reference.columns;
	if (rowRule !== void 0) {
		if (rowRule.kind === "condition") return [];
		return "columns" in rowRule ? rowRule.columns : [rowRule.column];
	}
	return measure !== void 0 && "column" in measure && measure.column !== void 0 ? [measure.column] : [];
}

// src/core/contract/asked-rules.ts
function askedRules(contract, columns) {
	return applicableRules(contract, columns).map(({ check, column, name, line }) => ({
		check,
		...column === void 0 ? {} : { column },
		...name === void 0 ? {} : { name },
		line
	}));
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
	const sample = targetOf$1(findColumn(known, target), kind);
	return sample && {
		table: known,
		target: sample,
		rows
	};
}
function targetOf$1(column, kind) {
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
	return `${measure} ${shown$1(value)} [${shown$1(interval.low)}, ${shown$1(interval.high)}]`;
}
function shown$1(value) {
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
const MOSTLY = .9;
const MOST_CATEGORIES = 1e3;
function countKinds({ codes, dictionary }) {
	const kinds = dictionary.map(kindOf);
	const counts = {
		present: 0,
		numbers: 0,
		notFinite: 0,
		dates: 0,
		timestamps: 0
	};
	for (const code of codes) {
		if (code < 0) continue;
		counts.present++;
		const kind = kinds[code];
		if (kind !== void 0) counts[kind]++;
	}
	return counts;
}
function kindOf(text) {
	const word = text.trim();
	if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return "numbers";
	if (/^[+-]?(inf|infinity|nan)$/i.test(word)) return "notFinite";
	if (parseInstant(word) === void 0) return void 0;
	return word.length > DATE_LENGTH ? "timestamps" : "dates";
}
const DATE_LENGTH = 10;
function mostlyKind(kinds) {
	const { present, numbers, notFinite, dates, timestamps } = kinds;
	if (present < 30) return void 0;
	if (numbers + notFinite >= MOSTLY * present && numbers > 0) return "number";
	if (dates >= MOSTLY * present) return "date";
	return dates + timestamps >= MOSTLY * present ? "timestamp" : void 0;
}
function countOfKind(kinds, kind) {
	if (kind === "number") return kinds.numbers + kinds.notFinite;
	return kind === "date" ? kinds.dates : kinds.dates + kinds.timestamps;
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

// src/core/contract/mentions.ts
const STRINGS = /'(?:[^']|'')*'/g;
const COMMENTS = /--[^\n]*|\/\*[\s\S]*?\*\//g;
const NAMES = /"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_$]*/gu;
function namesIn(sql) {
	const bare = sql.replace(STRINGS, "''").replace(COMMENTS, " ");
	return new Set([...bare.matchAll(NAMES)].map(([word, quoted]) => (quoted?.replaceAll("\"\"", "\"") ?? word).toLowerCase()));
}
function columnNamedBy({ rowRule, measure }, columns) {
	const sql = rowRule?.kind === "condition" ? rowRule.expression : measure?.kind === "sql" ? measure.query : void 0;
	if (sql === void 0) return void 0;
	const names = namesIn(sql);
	return [...columns].find((column) => names.has(column.toLowerCase()));
}

// src/core/contract/measure-change.ts
function measureChange(of, figures) {
	const earlier = figureOf(of, figures.earlier);
	const now = figureOf(of, figures.now);
	if (earlier === void 0 || now === void 0) return { notChecked: `the column has no ${of}` };
	if (earlier === 0 && now !== 0) return { notChecked: `the earlier ${of} is 0, of which nothing is a share` };
	return {
		value: earlier === 0 ? 0 : 100 * Math.abs(now - earlier) / Math.abs(earlier),
		...figures.hidden && ![
			"row-count",
			"missing-share",
			"distinct"
		].includes(of) ? { hidden: true } : { words: `from ${round(earlier)} to ${round(now)}` }
	};
}
function round(value) {
	return String(Number(value.toPrecision(6)));
}
function figureOf(of, { rows, profile }) {
	switch (of) {
		case "row-count": return rows;
		case "missing-share": return profile === void 0 || rows === 0 ? void 0 : profile.missing / rows;
		case "distinct": return profile?.distinct;
		case "mean": return profile?.mean;
		case "standard-deviation": return profile?.standardDeviation;
		case "median": return profile?.quantiles?.["0.5"];
		case "minimum": return profile?.minimum;
		case "maximum": return profile?.maximum;
	}
}
const LEVEL = .05;
function measureDistribution(measure, columns) {
	const [tested] = compareColumns([{
		name: measure.column,
		role: "feature",
		reference: columns.earlier,
		current: columns.now,
		hidden: columns.hidden,
		missingExpected: true
	}], {
		level: LEVEL,
		minimum: MINIMUM_EFFECTS[measure.minimumEffect]
	});
	if (tested?.adjustedPValue === void 0 || tested.effect === void 0) return { notChecked: tested?.note ?? "nothing can be compared" };
	const { effect, adjustedPValue } = tested;
	const words = `${effect.name} ${round(effect.value)}, at least ${effect.minimum} matters, p = ${adjustedPValue.toPrecision(2)}`;
	return {
		value: tested.drifted ? 1 : 0,
		words
	};
}

// src/core/contract/contract.ts
var import_dist = require_dist();
const CHANGE_MEASURES = [...[
	"row-count",
	"missing-share",
	"distinct",
	"mean",
	"standard-deviation",
	"median"
], ...["minimum", "maximum"]];
const PREVIOUS = "previous";
const LIMIT_OPERATORS = [...[
	"mustBe",
	"mustNotBe",
	"mustBeGreaterThan",
	"mustBeGreaterOrEqualTo"
], ...[
	"mustBeLessThan",
	"mustBeLessOrEqualTo",
	"mustBeBetween",
	"mustNotBeBetween"
]];

// src/core/contract/contract-place.ts
function createPlace(file, lines, text) {
	return {
		file,
		text,
		lineOf(node) {
			const range = node?.range;
			return range?.[0] === void 0 ? 1 : lines.linePos(range[0]).line;
		}
	};
}
function refuse(place, node, words) {
	const line = place.lineOf(node);
	return new InputError(`${place.file}:${line}: ${words}`, { location: {
		file: place.file,
		line
	} });
}
function spanOf(node) {
	if (!(0, import_dist.isNode)(node) || !node.range) return void 0;
	return [node.range[0], node.range[1]];
}
function targetOf(node, path) {
	const span = spanOf(node);
	return span === void 0 ? void 0 : {
		path,
		span
	};
}

// src/core/contract/standard-words.ts
const ELEMENT = [...[
	"id",
	"name",
	"physicalType",
	"description",
	"businessName",
	"authoritativeDefinitions",
	"tags"
], "customProperties"];
const STANDARD_WORDS = {
	"a data contract": [
		...[
			"version",
			"kind",
			"apiVersion",
			"id",
			"name",
			"tenant",
			"tags",
			"status",
			"servers",
			"dataProduct"
		],
		...[
			"description",
			"domain",
			"schema",
			"support",
			"price",
			"team",
			"roles",
			"slaDefaultElement"
		],
		...[
			"slaProperties",
			"authoritativeDefinitions",
			"customProperties",
			"contractCreatedTs"
		]
	],
	"an object of `schema`": [...ELEMENT, ...[
		"logicalType",
		"physicalName",
		"dataGranularityDescription",
		"properties",
		"relationships",
		"quality"
	]],
	"a property": [
		...ELEMENT,
		...[
			"primaryKey",
			"primaryKeyPosition",
			"logicalType",
			"logicalTypeOptions",
			"physicalName",
			"required"
		],
		...[
			"unique",
			"partitioned",
			"partitionKeyPosition",
			"classification",
			"encryptedName"
		],
		...[
			"transformSourceObjects",
			"transformLogic",
			"transformDescription",
			"examples"
		],
		...[
			"criticalDataElement",
			"relationships",
			"quality",
			"items",
			"properties"
		]
	],
	"a quality rule": [
		...[
			"id",
			"authoritativeDefinitions",
			"businessImpact",
			"customProperties",
			"description",
			"dimension"
		],
		...[
			"method",
			"name",
			"schedule",
			"scheduler",
			"severity",
			"tags",
			"type",
			"unit",
			"metric",
			"rule"
		],
		...[
			"arguments",
			"query",
			"engine",
			"implementation"
		],
		...[
			"mustBe",
			"mustNotBe",
			"mustBeGreaterThan",
			"mustBeGreaterOrEqualTo",
			"mustBeLessThan"
		],
		...[
			"mustBeLessOrEqualTo",
			"mustBeBetween",
			"mustNotBeBetween"
		]
	]
};
const TIME_OPTIONS = [
	"format",
	"minimum",
	"maximum",
	"exclusiveMinimum",
	"exclusiveMaximum"
];
const TYPE_OPTIONS = {
	string: [
		"minLength",
		"maxLength",
		"pattern",
		"format"
	],
	date: TIME_OPTIONS,
	timestamp: [
		...TIME_OPTIONS,
		"timezone",
		"defaultTimezone"
	],
	time: [
		...TIME_OPTIONS,
		"timezone",
		"defaultTimezone"
	],
	number: [...TIME_OPTIONS, "multipleOf"],
	integer: [...TIME_OPTIONS, "multipleOf"],
	object: [
		"minProperties",
		"maxProperties",
		"required"
	],
	array: [
		"minItems",
		"maxItems",
		"uniqueItems"
	],
	boolean: []
};
function requireKnownWords(map, known, place) {
	for (const { key } of map.items) {
		const word = (0, import_dist.isScalar)(key) ? String(key.value) : "";
		if (known.words.includes(word)) continue;
		const near = nearestName(word, known.words);
		const hint = near === void 0 ? `its words are ${known.words.join(", ")}` : `did you mean ${near}?`;
		throw refuse(place, key, `${known.part} has no word ${JSON.stringify(word.slice(0, 60))}; ${hint}`);
	}
}
function requireStandardWords(map, part, place) {
	requireKnownWords(map, {
		part,
		words: STANDARD_WORDS[part]
	}, place);
}
function readFlag(map, word, place) {
	const value = map.get(word);
	if (value === void 0 || value === null) return false;
	if (typeof value === "boolean") return value;
	const shown = JSON.stringify((0, import_dist.isMap)(value) ? "a mapping" : value);
	throw refuse(place, map.get(word, true), `${word} is ${shown}; write true or false`);
}

// src/core/contract/own-words.ts
const SEVERITIES = [
	"error",
	"warning",
	"info"
];
const MODES = ["observed", "population"];
const OWN_PROPERTY = "contender";
function readOwnWords(map, request) {
	const own = findOwnProperty(map, request);
	if (own === void 0) return {};
	const { place, path } = request;
	const severity = chooseWord(own.value, {
		word: "severity",
		allowed: SEVERITIES,
		place
	});
	const mode = chooseWord(own.value, {
		word: "mode",
		allowed: MODES,
		place
	});
	const mostly = readMostly(own.value, place, `${path}.customProperties[${own.index}].value`);
	return {
		...severity === void 0 ? {} : { severity },
		...mode === void 0 ? {} : { mode },
		...mostly === void 0 ? {} : { mostly }
	};
}
function findOwnProperty(map, { place, words }) {
	const list = map.get("customProperties", true);
	for (const [index, item] of ((0, import_dist.isSeq)(list) ? list.items : []).entries()) {
		if (!(0, import_dist.isMap)(item) || item.get("property") !== OWN_PROPERTY) continue;
		const value = item.get("value", true);
		if (!(0, import_dist.isMap)(value)) throw refuse(place, value, `the value of \`contender\` is a mapping with ${words.join(", ")}`);
		requireKnownWords(value, {
			part: "`contender`",
			words
		}, place);
		return {
			value,
			index
		};
	}
}
function chooseWord(map, request) {
	const { word, allowed, place } = request;
	const node = map.get(word, true);
	if (node === void 0) return void 0;
	const written = (0, import_dist.isScalar)(node) ? node.value : void 0;
	const found = allowed.find((candidate) => candidate === written);
	if (found !== void 0) return found;
	throw refuse(place, node, `${word} is ${shown(written)}; allowed: ${allowed.join(", ")}`);
}
function readMostly(map, place, path) {
	const node = map.get("mostly", true);
	if (node === void 0) return void 0;
	const share = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof share !== "number" || !(share > 0 && share <= 1)) throw refuse(place, node, `mostly is ${shown(share)}; write a share of the rows above 0, at most 1 (0.99)`);
	return {
		share,
		target: targetOf(node, `${path}.mostly`)
	};
}
function requireText(map, word, place) {
	const node = map.get(word, true);
	const value = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof value === "string" && value.trim() !== "") return value;
	if (node === void 0) throw refuse(place, map, `\`${word}\` is missing`);
	throw refuse(place, node, `${word} is ${shown(value)}; write a text`);
}
function shown(value) {
	return value === void 0 ? "no plain value" : JSON.stringify(value).slice(0, 80);
}

// src/core/contract/check-settings.ts
const LEVELS = ["off", ...SEVERITIES];
function readCheckSettings(map, request) {
	const { place, column } = request;
	const checks = map.get("checks", true);
	if (checks === void 0) return [];
	if (!(0, import_dist.isMap)(checks)) throw refuse(place, checks, "checks is a mapping of checks and what they are: {duplicate-rows: off}");
	requireKnownWords(checks, {
		part: "`checks`",
		words: DATA_CHECKS
	}, place);
	return checks.items.map(({ key }) => {
		const check = DATA_CHECKS.find((candidate) => (0, import_dist.isScalar)(key) && candidate === key.value);
		const severity = chooseWord(checks, {
			word: check,
			allowed: LEVELS,
			place
		});
		if (severity === void 0) throw refuse(place, key, `${check} says nothing; allowed: ${LEVELS.join(", ")}`);
		return {
			check,
			severity,
			...column === void 0 ? {} : { column }
		};
	});
}

// src/core/contract/mostly.ts
const NO_ROWS = {
	operator: "mustBe",
	values: [0],
	unit: "rows"
};
function limitOfMostly(share) {
	if (share === 1) return NO_ROWS;
	return {
		operator: "mustBeLessOrEqualTo",
		values: [Number((100 * (1 - share)).toPrecision(12))],
		unit: "percent"
	};
}

// src/core/contract/possible-limits.ts
function isEmptyRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) {
	const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
	const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
	return low > high || low === high && (low === exclusiveMinimum || high === exclusiveMaximum);
}
function refuseInexact(place, node, { word, isInteger }) {
	if (!(0, import_dist.isScalar)(node) || typeof node.value !== "number" || Number.isSafeInteger(node.value)) return;
	const source = node.source ?? "";
	if (!/^[+-]?\d+$/.test(source)) return;
	const digits = BigInt(source.replace("+", ""));
	if (!isInteger && (digits === BigInt(node.value) || String(digits) === String(node.value))) return;
	throw refuse(place, node, `${word} is ${source.slice(0, 60)}; whole numbers beyond ${Number.MAX_SAFE_INTEGER} are not exact; use a pattern or a SQL rule`);
}
function refuseImpossible(item, limit, place) {
	const problem = impossibleLimit(limit);
	if (problem !== void 0) throw refuse(place, item.get(limit.operator, true), problem);
}
function impossibleLimit({ operator, values, unit }) {
	const [first = 0, second = first] = values;
	if (operator.endsWith("Between") && first > second) return `${operator} is [${first}, ${second}]; write the smaller number first: [${second}, ${first}]`;
	if (unit !== "rows" && unit !== "percent") return void 0;
	const thing = unit === "rows" ? "a number of rows" : "a share in percent";
	if ({
		mustBe: first < 0,
		mustBeLessThan: first <= 0,
		mustBeLessOrEqualTo: first < 0,
		mustBeBetween: second < 0
	}[operator]) return `${operator} is ${values.join(" and ")}, and ${thing} is never below 0; write \`mustBe: 0\` or a limit above 0`;
	if (unit === "percent" && {
		mustBe: first > 100,
		mustBeGreaterThan: first >= 100,
		mustBeGreaterOrEqualTo: first > 100,
		mustBeBetween: first > 100
	}[operator]) return `${operator} is ${values.join(" and ")}, and ${thing} is never above 100; write a limit from 0 to 100`;
}

// src/core/contract/parse-type-options.ts
function readTypeOptions(options, context) {
	const rules = [
		...readBounds(options, context),
		...readLength(options, context),
		...readPattern(options, context),
		...readMultiple(options, context),
		...readFormat(options, context)
	];
	const used = /* @__PURE__ */ new Set([...WORDS_OF_RULES, ...rules.some(({ check }) => check === "format") ? ["format"] : []]);
	return {
		rules,
		notChecked: options.items.flatMap(({ key }) => {
			const word = (0, import_dist.isScalar)(key) ? String(key.value) : "";
			if (used.has(word)) return [];
			return [{
				words: `${word} of ${context.column}`,
				line: context.place.lineOf(key)
			}];
		}),
		formats: rules.some(({ rowRule }) => rowRule.kind === "time-format")
	};
}
const BOUNDS = [
	"minimum",
	"maximum",
	"exclusiveMinimum",
	"exclusiveMaximum"
];
const WORDS_OF_RULES = [
	...BOUNDS,
	"minLength",
	"maxLength",
	"pattern",
	"multipleOf"
];
function readBounds(options, context) {
	const { column, type } = context;
	const written = BOUNDS.filter((word) => options.has(word));
	const [first] = written;
	if (first === void 0) return [];
	const isTime = type === "date" || type === "timestamp" || type === "time";
	const bounds = Object.fromEntries(written.map((word) => [word, readBound(options, word, context)]));
	refuseEmptyRange(options, written, {
		...context,
		bounds
	});
	const accept = {
		kind: "bounds",
		written: isTime ? type : "number",
		...boundTarget(options, "minimum", {
			context,
			bounds
		}),
		...boundTarget(options, "maximum", {
			context,
			bounds
		})
	};
	return [{
		check: "range",
		rowRule: isTime ? {
			kind: "time-range",
			column,
			of: type === "time" ? "time-of-day" : "instant",
			...bounds
		} : {
			kind: "range",
			column,
			...bounds
		},
		node: options.get(first, true),
		accept
	}];
}
function refuseEmptyRange(options, words, { column, place, bounds }) {
	if (!isEmptyRange(bounds)) return;
	const written = words.map((word) => `${word} ${JSON.stringify(options.get(word))}`).join(" and ");
	throw refuse(place, options.get(words.at(-1), true), `no value of ${column} can keep ${written}; write a minimum below the maximum`);
}
function boundTarget(options, end, { context, bounds }) {
	const exclusive = end === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
	const word = options.has(end) ? end : exclusive;
	const target = targetOf(options.get(word, true), `${context.path}.${word}`);
	const value = bounds[word];
	if (target === void 0 || value === void 0 || options.has(end) && options.has(exclusive)) return {};
	return { [end]: word === end ? {
		...target,
		value
	} : {
		...target,
		value,
		exclusive: true
	} };
}
function readBound(options, word, { column, type, place }) {
	const node = options.get(word, true);
	const value = (0, import_dist.isScalar)(node) ? node.value : void 0;
	const parse = type === "time" ? parseTimeOfDay : type === "date" || type === "timestamp" ? parseInstant : void 0;
	const number = parse === void 0 ? value : typeof value === "string" ? parse(value) : void 0;
	refuseInexact(place, node, {
		word: `${word} of ${column}`,
		isInteger: type === "integer"
	});
	if (typeof number === "number" && Number.isFinite(number)) return number;
	const wanted = parse === void 0 ? "a number is needed" : `write ${type === "time" ? "a time such as \"08:30:00\"" : type === "date" ? "a date such as \"2024-01-31\"" : "a time such as \"2024-01-31 08:30:00\""}`;
	throw refuse(place, node, `${word} of ${column} is ${JSON.stringify(value)}; ${wanted}`);
}
function readLength(options, { column, place, path }) {
	const words = ["minLength", "maxLength"].filter((word) => options.has(word));
	if (words[0] === void 0) return [];
	const length = (word) => {
		const node = options.get(word, true);
		if (node === void 0) return void 0;
		const value = (0, import_dist.isScalar)(node) ? node.value : void 0;
		if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
		throw refuse(place, node, `${word} of ${column} is ${JSON.stringify(value)}; a whole number is needed`);
	};
	const minimum = length("minLength");
	const maximum = length("maxLength");
	if (minimum !== void 0 && maximum !== void 0 && minimum > maximum) throw refuse(place, options.get("maxLength", true), `no value of ${column} can keep minLength ${minimum} and maxLength ${maximum}; write a minLength of at most the maxLength`);
	const low = targetOf(options.get("minLength", true), `${path}.minLength`);
	const high = targetOf(options.get("maxLength", true), `${path}.maxLength`);
	return [{
		check: "length",
		node: options.get(words[0], true),
		rowRule: {
			kind: "length",
			column,
			...minimum === void 0 ? {} : { minimum },
			...maximum === void 0 ? {} : { maximum }
		},
		accept: {
			kind: "bounds",
			written: "number",
			...low && minimum !== void 0 ? { minimum: {
				...low,
				value: minimum
			} } : {},
			...high && maximum !== void 0 ? { maximum: {
				...high,
				value: maximum
			} } : {}
		}
	}];
}
function readPattern(options, { column, place }) {
	const node = options.get("pattern", true);
	if (node === void 0) return [];
	const pattern = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof pattern !== "string") throw refuse(place, node, `pattern of ${column} is ${JSON.stringify(pattern)}; a text is needed`);
	const problem = refusePattern(pattern);
	if (problem !== void 0) throw refuse(place, node, `pattern of ${column} cannot be used: ${problem}`);
	return [{
		check: "pattern",
		node,
		rowRule: {
			kind: "pattern",
			column,
			pattern
		}
	}];
}
function readMultiple(options, { column, place }) {
	const node = options.get("multipleOf", true);
	if (node === void 0) return [];
	const divisor = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof divisor !== "number" || !(divisor > 0) || !Number.isFinite(divisor)) throw refuse(place, node, `multipleOf of ${column} is ${JSON.stringify(divisor)}; write a number above 0`);
	return [{
		check: "multiple-of",
		node,
		rowRule: {
			kind: "multiple-of",
			column,
			divisor
		}
	}];
}
function readFormat(options, { column, type, place }) {
	const node = options.get("format", true);
	if (node === void 0) return [];
	const format = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof format !== "string") throw refuse(place, node, `format of ${column} is ${JSON.stringify(format)}; a text is needed`);
	const rowRule = formatRule(type, format, column);
	return rowRule === void 0 ? [] : [{
		check: "format",
		node,
		rowRule
	}];
}
function formatRule(type, format, column) {
	if (type === "string") {
		const pattern = Object.hasOwn(TEXT_FORMATS, format) ? TEXT_FORMATS[format] : void 0;
		return pattern === void 0 ? void 0 : {
			kind: "pattern",
			column,
			pattern
		};
	}
	if (type === "number" || type === "integer") {
		const range = Object.hasOwn(NUMBER_FORMATS, format) ? NUMBER_FORMATS[format] : void 0;
		return range === void 0 ? void 0 : {
			kind: "range",
			column,
			...range
		};
	}
	if (type !== "date" && type !== "timestamp" && type !== "time") return void 0;
	const directives = strptimeFormat(format);
	return directives === void 0 ? void 0 : {
		kind: "time-format",
		column,
		format: directives
	};
}

// src/core/contract/parse-property.ts
const VALUE_TYPES = [...[
	"integer",
	"number",
	"boolean",
	"date",
	"timestamp",
	"time",
	"string"
]];
const PROPERTY_WORDS = [
	"severity",
	"mostly",
	"mode",
	"checks"
];
function parseProperty(property, context) {
	const { place, column, path } = context;
	const own = readOwnWords(property, {
		place,
		path,
		words: PROPERTY_WORDS
	});
	const type = readType(property, context);
	const options = property.get("logicalTypeOptions", true);
	const read = (0, import_dist.isMap)(options) ? readTypeOptions(options, {
		...context,
		type,
		path: `${path}.logicalTypeOptions`
	}) : {
		rules: [],
		notChecked: [],
		formats: false
	};
	const add = ruleMaker(property, {
		context,
		own
	});
	const known = VALUE_TYPES.find((candidate) => candidate === type);
	return {
		rules: [
			...known && !read.formats ? [add("logicalType", typeRule(property, {
				context,
				type: known
			}))] : [],
			...flagRules(property, context).map(({ word, rule }) => add(word, rule)),
			...read.rules.map(({ node, ...rule }) => ({
				...add("logicalTypeOptions", rule),
				line: place.lineOf(node)
			}))
		],
		notChecked: [...type !== void 0 && known === void 0 ? [{
			words: `logicalType ${type} of ${column}`,
			line: place.lineOf(property.get("logicalType", true))
		}] : [], ...read.notChecked].map((words) => ({
			...words,
			column
		}))
	};
}
function readType(property, { place }) {
	const node = property.get("logicalType", true);
	if (node === void 0) return void 0;
	const type = (0, import_dist.isScalar)(node) ? node.value : void 0;
	if (typeof type === "string" && Object.hasOwn(TYPE_OPTIONS, type)) {
		const options = property.get("logicalTypeOptions", true);
		if ((0, import_dist.isMap)(options)) {
			const part = `logicalTypeOptions of a ${type}`;
			requireKnownWords(options, {
				part,
				words: TYPE_OPTIONS[type]
			}, place);
		}
		return type;
	}
	throw refuse(place, node, `logicalType is ${JSON.stringify(type)}; the standard has ${Object.keys(TYPE_OPTIONS).join(", ")}`);
}
function ruleMaker(property, { context, own }) {
	const { place, column } = context;
	const { mostly, mode, severity = "error" } = own;
	return (word, { accept, ...rule }) => ({
		...rule,
		severity,
		column,
		line: place.lineOf(property.get(word, true) ?? property),
		limit: mostly === void 0 ? NO_ROWS : limitOfMostly(mostly.share),
		...mode === void 0 ? {} : { mode },
		...accept === void 0 ? {} : { accept }
	});
}
function typeRule(property, { context, type }) {
	const { column, path } = context;
	const value = targetOf(property.get("logicalType", true), `${path}.logicalType`);
	return {
		check: "type",
		rowRule: {
			kind: "type",
			column,
			type
		},
		...value === void 0 || property.has("logicalTypeOptions") ? {} : { accept: {
			kind: "type",
			value
		} }
	};
}
function flagRules(property, { place, column, path }) {
	const made = (word, check, rowRule) => {
		if (!readFlag(property, word, place)) return [];
		const value = targetOf(property.get(word, true), `${path}.${word}`);
		const accept = value && {
			kind: "replace",
			value,
			by: "false"
		};
		return [{
			word,
			rule: {
				check,
				rowRule,
				...accept ? { accept } : {}
			}
		}];
	};
	return [...made("required", "required", {
		kind: "present",
		column
	}), ...made("unique", "unique", {
		kind: "unique",
		columns: [column]
	})];
}

// src/core/contract/parse-own-check.ts
const OWN_ENGINE = "contender";
const EFFECTS = [
	"small",
	"medium",
	"large"
];
const DIRECTIONS = ["increasing", "decreasing"];
const OWN_CHECKS = {
	condition: [
		"expression",
		"mostly",
		"mode"
	],
	monotonic: [
		"column",
		"direction",
		"strict",
		"mostly",
		"mode"
	],
	freshness: ["column", "atMost"],
	change: [
		"of",
		"column",
		"against",
		"atMost"
	],
	distribution: [
		"column",
		"against",
		"minimumEffect"
	]
};
const READERS = {
	condition: readCondition,
	monotonic: readMonotonic,
	freshness: readFreshness,
	change: readChange,
	distribution: readDistribution
};
function parseOwnCheck(item, context) {
	const { place, severity, name } = context;
	const given = item.get("implementation", true);
	const checks = Object.keys(OWN_CHECKS);
	if (!(0, import_dist.isMap)(given)) throw refuse(place, given ?? item, `\`implementation\` is a mapping with \`check\`: ${checks.join(", ")}`);
	const check = chooseWord(given, {
		word: "check",
		allowed: checks,
		place
	});
	if (check === void 0) throw refuse(place, given, `\`check\` is missing; allowed: ${checks.join(", ")}`);
	const part = `the check ${check}`;
	requireKnownWords(given, {
		part,
		words: ["check", ...OWN_CHECKS[check]]
	}, place);
	const own = {
		...context,
		path: `${context.path}.implementation`
	};
	return {
		...READERS[check](given, own),
		severity,
		line: place.lineOf(item),
		...name === void 0 ? {} : { name }
	};
}
function readCondition(given, context) {
	const { place } = context;
	const expression = requireText(given, "expression", place);
	const node = given.get("expression", true);
	return {
		check: "condition",
		rowRule: {
			kind: "condition",
			expression,
			subject: `${place.file}:${place.lineOf(node)}: the condition`
		},
		...tolerance(given, context)
	};
}
function readMonotonic(given, context) {
	const { place } = context;
	const column = columnOf(given, context);
	const direction = chooseWord(given, {
		word: "direction",
		allowed: DIRECTIONS,
		place
	}) ?? "increasing";
	const strict = given.get("strict") ?? false;
	if (typeof strict !== "boolean") throw refuse(place, given.get("strict", true), `strict is ${shown(strict)}; write true or false`);
	return {
		check: "monotonic",
		column,
		rowRule: {
			kind: "monotonic",
			column,
			direction,
			strict
		},
		...tolerance(given, context)
	};
}
function readFreshness(given, context) {
	const { place, path } = context;
	const column = columnOf(given, context);
	const written = requireText(given, "atMost", place);
	const hours = parseDuration(written);
	const node = given.get("atMost", true);
	if (hours === void 0) throw refuse(place, node, `atMost is ${shown(written)}; write 36h, 7d or 90m`);
	const accept = acceptLimit([targetOf(node, `${path}.atMost`)]);
	return {
		check: "freshness",
		column,
		measure: {
			kind: "freshness",
			column
		},
		limit: atMost(hours, "hours"),
		...accept
	};
}
function readChange(given, context) {
	const { place, path } = context;
	const of = chooseWord(given, {
		word: "of",
		allowed: CHANGE_MEASURES,
		place
	});
	if (of === void 0) throw refuse(place, given, `\`of\` is missing; allowed: ${CHANGE_MEASURES.join(", ")}`);
	const column = of === "row-count" ? void 0 : columnOf(given, context);
	const against = readAgainst(given, place) ?? "previous";
	const percent = readPercent(given, place);
	const node = given.get("atMost", true);
	const named = column === void 0 ? {} : { column };
	return {
		check: "change",
		...named,
		measure: {
			kind: "change",
			of,
			against,
			...named
		},
		limit: atMost(percent, "percent"),
		...acceptLimit([targetOf(node, `${path}.atMost`)])
	};
}
function readDistribution(given, context) {
	const { place, path } = context;
	const column = columnOf(given, context);
	const against = readAgainst(given, place) ?? "previous";
	const minimumEffect = chooseWord(given, {
		word: "minimumEffect",
		allowed: EFFECTS,
		place
	}) ?? "small";
	const node = given.get("minimumEffect", true);
	const next = EFFECTS[EFFECTS.indexOf(minimumEffect) + 1];
	const value = targetOf(node, `${path}.minimumEffect`);
	return {
		check: "distribution",
		column,
		measure: {
			kind: "distribution",
			column,
			against,
			minimumEffect
		},
		limit: {
			operator: "mustBe",
			values: [0],
			unit: "value"
		},
		...value && next ? { accept: {
			kind: "replace",
			value,
			by: next
		} } : {}
	};
}
function columnOf(given, { place, column }) {
	if (given.has("column") || column === void 0) return requireText(given, "column", place);
	return column;
}
function readAgainst(given, place) {
	return given.has("against") ? requireText(given, "against", place) : void 0;
}
function readPercent(given, place) {
	const node = given.get("atMost", true);
	const value = (0, import_dist.isScalar)(node) ? node.value : void 0;
	const text = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim())?.[1] : void 0;
	if (text !== void 0) return Number(text);
	throw refuse(place, node ?? given, `atMost is ${shown(value)}; write a share of the earlier figure such as 10%`);
}
function tolerance(given, { place, path }) {
	const mostly = readMostly(given, place, path);
	const mode = chooseWord(given, {
		word: "mode",
		allowed: MODES,
		place
	});
	return {
		limit: mostly === void 0 ? NO_ROWS : limitOfMostly(mostly.share),
		...mode === void 0 ? {} : { mode }
	};
}
function atMost(value, unit) {
	return {
		operator: "mustBeLessOrEqualTo",
		values: [value],
		unit
	};
}
function acceptLimit(targets) {
	const values = targets.filter((target) => target !== void 0);
	return values.length === 0 ? {} : { accept: {
		kind: "limit",
		values
	} };
}
const HOURS$1 = {
	m: 1 / 60,
	h: 1,
	d: 24,
	w: 168
};
function parseDuration(text) {
	const match = /^(\d+(?:\.\d+)?)\s*(m|h|d|w)$/.exec(text.trim());
	return match === null ? void 0 : Number(match[1]) * HOURS$1[match[2]];
}

// src/core/contract/parse-quality.ts
const TYPES = [
	"library",
	"sql",
	"custom",
	"text"
];
function parseQuality(node, context) {
	const rules = [];
	const notChecked = [];
	const { place, column } = context;
	if (node !== void 0 && node !== null && !(0, import_dist.isSeq)(node) && !((0, import_dist.isScalar)(node) && node.value === null)) throw refuse(place, node, "`quality` is a list of rules");
	for (const [index, item] of ((0, import_dist.isSeq)(node) ? node.items : []).entries()) {
		if (!(0, import_dist.isMap)(item)) throw refuse(place, item, "a quality rule is a mapping");
		requireStandardWords(item, "a quality rule", place);
		const type = item.get("type") ?? (item.has("query") && !item.has("metric") ? "sql" : "library");
		if (!TYPES.includes(String(type))) throw refuse(place, item.get("type", true), `type is ${JSON.stringify(type)}; a rule is ${TYPES.join(", ")}`);
		if (type === "text") continue;
		const own = {
			...context,
			path: `${context.path}[${index}]`
		};
		const rule = parseRule(item, String(type), own);
		if (rule !== void 0) rules.push(rule);
		else {
			const words = `${type} rule ${String(item.get("metric") ?? item.get("rule") ?? item.get("name") ?? "")}`;
			notChecked.push({
				words: column === void 0 ? words.trim() : `${words.trim()} of ${column}`,
				line: place.lineOf(item),
				...column === void 0 ? {} : { column }
			});
		}
	}
	return {
		rules,
		notChecked
	};
}
function parseRule(item, type, context) {
	if (type === "custom") {
		if (item.get("engine") !== "contender") return void 0;
		return parseOwnCheck(item, {
			...context,
			severity: readSeverity(item),
			...nameOf(item)
		});
	}
	return type === "sql" ? sqlRule(item, context) : libraryRule(item, context);
}
function nameOf(item) {
	const name = item.get("name");
	return typeof name === "string" && name !== "" ? { name } : {};
}
function sqlRule(item, context) {
	const { place, column, tables } = context;
	const query = item.get("query");
	if (typeof query !== "string" || query.trim() === "") throw refuse(place, item.get("query", true) ?? item, "an sql rule needs a `query`");
	const { limit, accept } = readLimit(item, context);
	refuseImpossible(item, {
		...limit,
		unit: "value"
	}, place);
	const filled = query.replace(/\$?\{(?:table|object|schema)\}/g, "source").replace(/\$?\{(?:column|property)\}/g, () => column === void 0 ? "NULL" : `"${column.replaceAll("\"", "\"\"")}"`);
	return {
		check: "sql",
		severity: readSeverity(item),
		...column === void 0 ? {} : { column },
		...nameOf(item),
		line: place.lineOf(item),
		measure: {
			kind: "sql",
			query: filled,
			tables
		},
		limit: {
			...limit,
			unit: "value"
		},
		...accept ? { accept } : {}
	};
}
function libraryRule(item, context) {
	const { place, column, path } = context;
	const metric = String(item.get("metric") ?? item.get("rule"));
	const unit = item.get("unit") ?? "rows";
	if (unit !== "rows" && unit !== "percent") return void 0;
	const made = whatIsCounted(item, metric, context);
	if (made === void 0) return void 0;
	const { limit, accept } = readLimit(item, context);
	const { mode } = readOwnWords(item, {
		place,
		path,
		words: ["mode"]
	});
	const withUnit = {
		...limit,
		unit
	};
	refuseImpossible(item, withUnit, place);
	if (mode === "population" && allowedShare(withUnit) === void 0) throw refuse(place, item, "mode population needs an upper limit in percent: `mustBeLessOrEqualTo: 1`, `unit: percent`");
	const edit = (made.rowRule?.kind === "set" ? acceptValues(item, context) : void 0) ?? accept;
	return {
		...made,
		severity: readSeverity(item),
		line: place.lineOf(item),
		limit: withUnit,
		...made.check === "row-count" || column === void 0 ? {} : { column },
		...nameOf(item),
		...mode === void 0 ? {} : { mode },
		...edit === void 0 ? {} : { accept: edit }
	};
}
function whatIsCounted(item, metric, { place, column }) {
	if (metric === "rowCount") return {
		check: "row-count",
		measure: { kind: "row-count" }
	};
	if (metric === "duplicateValues") return {
		check: "unique",
		rowRule: {
			kind: "unique",
			columns: column === void 0 ? readColumns(item, place) : [column]
		}
	};
	if (column === void 0) return void 0;
	if (metric === "nullValues") return {
		check: "required",
		rowRule: {
			kind: "present",
			column
		}
	};
	if (metric === "missingValues") {
		const words = listOf$1(item, "missingValues").filter((word) => word !== "");
		return {
			check: "required",
			rowRule: {
				kind: "present",
				column,
				...words.length > 0 ? { words } : {}
			}
		};
	}
	if (metric !== "invalidValues") {
		const known = [
			"nullValues",
			"missingValues",
			"invalidValues",
			"duplicateValues",
			"rowCount"
		];
		const node = item.get("metric", true) ?? item.get("rule", true) ?? item;
		throw refuse(place, node, `the standard has no metric ${JSON.stringify(metric)}; it has ${known.join(", ")}`);
	}
	if ((0, import_dist.isSeq)(argumentsOf(item)?.get("validValues", true))) return {
		check: "set",
		rowRule: {
			kind: "set",
			column,
			values: listOf$1(item, "validValues")
		}
	};
	const pattern = argumentsOf(item)?.get("pattern");
	if (typeof pattern !== "string") return void 0;
	const problem = refusePattern(pattern);
	if (problem === void 0) return {
		check: "pattern",
		rowRule: {
			kind: "pattern",
			column,
			pattern
		}
	};
	throw refuse(place, argumentsOf(item)?.get("pattern", true), `the pattern cannot be used: ${problem}`);
}
function listOf$1(item, word) {
	const list = argumentsOf(item)?.get(word, true);
	return ((0, import_dist.isSeq)(list) ? list.items : []).filter(import_dist.isScalar).filter(({ value }) => value !== null).map(({ value, source }) => typeof value === "string" ? value : source ?? String(value));
}
function acceptValues(item, { place, path }) {
	const values = argumentsOf(item)?.get("validValues", true);
	const span = spanOf(values);
	if (!(0, import_dist.isSeq)(values) || span === void 0) return void 0;
	const last = values.items.at(-1);
	const lastSpan = spanOf(last);
	const firstSpan = spanOf(values.items[0]);
	const flow = values.flow === true;
	if (!flow && (lastSpan === void 0 || firstSpan === void 0)) return void 0;
	return {
		kind: "values",
		path: `${path}.arguments.validValues`,
		offset: lastSpan?.[1] ?? span[1] - 1,
		flow,
		isEmpty: values.items.length === 0,
		indent: flow ? 0 : span[0] - (place.text.lastIndexOf("\n", span[0] - 1) + 1)
	};
}
function readColumns(item, place) {
	const columns = argumentsOf(item)?.get("properties", true);
	if ((0, import_dist.isSeq)(columns) && columns.items.length > 0) return columns.toJSON().map(String);
	throw refuse(place, item, "duplicateValues of the whole object needs `arguments: {properties: [column, …]}`");
}
function argumentsOf(item) {
	const given = item.get("arguments", true);
	return (0, import_dist.isMap)(given) ? given : void 0;
}
function readSeverity(item) {
	const severity = item.get("severity");
	return severity === "warning" || severity === "info" ? severity : "error";
}
function readLimit(item, { place, path }) {
	const used = LIMIT_OPERATORS.filter((operator) => item.has(operator));
	const [operator] = used;
	if (operator === void 0 || used.length > 1) throw refuse(place, item, `a rule that is checked has exactly one of ${LIMIT_OPERATORS.join(", ")}; this one has ${used.length === 0 ? "none" : used.join(" and ")}`);
	const node = item.get(operator, true);
	const nodes = (0, import_dist.isSeq)(node) ? node.items : [node];
	const wanted = operator.endsWith("Between") ? 2 : 1;
	const values = nodes.map((each) => numberOf((0, import_dist.isScalar)(each) ? each.value : void 0));
	const numbers = values.filter((value) => value !== void 0);
	if (numbers.length !== wanted || values.length !== wanted) throw refuse(place, node ?? item, `${operator} needs ${wanted === 1 ? "a number" : "two numbers, the smaller first"}`);
	for (const each of nodes) refuseInexact(place, each, {
		word: operator,
		isInteger: false
	});
	const targets = nodes.flatMap((each, index) => {
		const target = targetOf(each, wanted === 1 ? `${path}.${operator}` : `${path}.${operator}[${index}]`);
		return target ? [target] : [];
	});
	return {
		limit: {
			operator,
			values: numbers
		},
		...targets.length === wanted ? { accept: {
			kind: "limit",
			values: targets
		} } : {}
	};
}
function numberOf(value) {
	if (typeof value === "boolean") return Number(value);
	return typeof value === "number" && Number.isFinite(value) ? value : void 0;
}

// src/core/contract/parse-references.ts
function readReferences(root, object, place) {
	const found = [];
	for (const { item } of itemsOf(object.get("relationships", true), place)) found.push(readRelationship(item, {
		root,
		object,
		place,
		from: listOf(item.get("from", true))
	}));
	const properties = object.get("properties", true);
	for (const property of (0, import_dist.isSeq)(properties) ? properties.items.filter(import_dist.isMap) : []) {
		const column = String(property.get("physicalName") ?? property.get("name"));
		for (const { item } of itemsOf(property.get("relationships", true), place)) {
			if (item.has("from")) throw refuse(place, item.get("from", true), "a relationship of a property has no `from`: it is the property");
			found.push(readRelationship(item, {
				root,
				object,
				place,
				from: [column],
				isColumn: true
			}));
		}
	}
	return {
		rules: found.flatMap(({ rules }) => rules),
		notChecked: found.flatMap(({ notChecked }) => notChecked)
	};
}
function itemsOf(node, place) {
	if (!(0, import_dist.isSeq)(node)) return [];
	return node.items.map((item) => {
		if (!(0, import_dist.isMap)(item)) throw refuse(place, item, "a relationship is a mapping with `to`");
		return { item };
	});
}
function readRelationship(item, context) {
	const { place, object } = context;
	const to = listOf(item.get("to", true));
	const line = place.lineOf(item);
	const words = `relationship to ${to.join(", ")}`;
	if (to.length === 0) throw refuse(place, item, "a relationship needs `to`: object.column");
	const targets = to.map(splitReference);
	const sources = context.from.map((text) => context.isColumn ? { column: text } : splitReference(text));
	const [first] = targets;
	if (!(first !== void 0 && sources.length === targets.length && sources.every((source) => source !== void 0) && targets.every((target) => target?.dataset === first.dataset))) return {
		rules: [],
		notChecked: [{
			words,
			line
		}]
	};
	const named = findObject(context.root, first.dataset);
	const physical = named?.get("physicalName");
	const columns = sources.map((source) => physicalColumn(object, source.column));
	const reference = {
		columns,
		dataset: first.dataset,
		keys: targets.map((target) => physicalColumn(named, target.column)),
		...typeof physical === "string" && /\.[A-Za-z0-9]+$/.test(physical) ? { path: physical } : {}
	};
	return {
		rules: [{
			check: "reference",
			severity: "error",
			...columns.length === 1 ? { column: columns[0] } : {},
			line,
			reference,
			limit: NO_ROWS
		}],
		notChecked: []
	};
}
function splitReference(text) {
	const match = /^([A-Za-z_]\w*)\.([A-Za-z_]\w*)$/.exec(text);
	return match === null ? void 0 : {
		dataset: match[1],
		column: match[2]
	};
}
function findObject(root, name) {
	const schema = root.get("schema", true);
	return ((0, import_dist.isSeq)(schema) ? schema.items.filter(import_dist.isMap) : []).find((object) => object.get("name") === name);
}
function physicalColumn(object, name) {
	const properties = object?.get("properties", true);
	const found = ((0, import_dist.isSeq)(properties) ? properties.items.filter(import_dist.isMap) : []).find((property) => property.get("name") === name);
	return String(found?.get("physicalName") ?? name);
}
function listOf(node) {
	const value = (0, import_dist.isSeq)(node) ? node.toJSON() : node?.value;
	return (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === "string");
}

// src/core/contract/parse-service-levels.ts
const HOURS = {
	m: 1 / 60,
	min: 1 / 60,
	minute: 1 / 60,
	minutes: 1 / 60,
	h: 1,
	hr: 1,
	hour: 1,
	hours: 1,
	d: 24,
	day: 24,
	days: 24,
	w: 168,
	week: 168,
	weeks: 168,
	y: 8766,
	yr: 8766,
	year: 8766,
	years: 8766
};
function readServiceLevels(root, { place, tables }) {
	const rules = [];
	const notChecked = [];
	const list = root.get("slaProperties", true);
	for (const [index, item] of ((0, import_dist.isSeq)(list) ? list.items : []).entries()) {
		if (!(0, import_dist.isMap)(item)) throw refuse(place, item, "a service level is a mapping with `property` and `value`");
		const line = place.lineOf(item);
		const rule = latencyRule(item, {
			place,
			tables,
			path: `slaProperties[${index}]`
		});
		if (rule) rules.push(rule);
		else notChecked.push({
			words: `service level ${String(item.get("property"))}`,
			line
		});
	}
	return {
		rules,
		notChecked
	};
}
function latencyRule(item, context) {
	const { place, tables, path } = context;
	const element = item.get("element");
	if (item.get("property") !== "latency" || typeof element !== "string") return void 0;
	const [, table, column] = /^([^.,]+)\.([^.,]+)$/.exec(element) ?? [];
	if (table === void 0 || column === void 0 || !tables.includes(table)) return void 0;
	const value = item.get("value", true);
	const amount = (0, import_dist.isScalar)(value) ? value.value : void 0;
	const unit = HOURS[String(item.get("unit") ?? "d")];
	if (typeof amount !== "number" || !(amount >= 0) || unit === void 0) throw refuse(place, value ?? item, "latency needs a number as `value` and m, h, d, w or y as `unit`");
	const target = targetOf(value, `${path}.value`);
	return {
		check: "freshness",
		severity: "error",
		column,
		line: place.lineOf(item),
		measure: {
			kind: "freshness",
			column
		},
		limit: {
			operator: "mustBeLessOrEqualTo",
			values: [amount * unit],
			unit: "hours"
		},
		...target && unit === 1 ? { accept: {
			kind: "limit",
			values: [target]
		} } : {}
	};
}

// src/core/contract/parse-contract.ts
function parseContract(text, file, dataNames) {
	const lines = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter: lines,
		prettyErrors: false
	});
	const [problem] = document.errors;
	if (problem) {
		const { line, col } = lines.linePos(problem.pos[0]);
		throw new InputError(`${file}:${line}:${col}: not YAML: ${problem.message}`, { location: {
			file,
			line,
			column: col
		} });
	}
	const place = createPlace(file, lines, text);
	const root = document.contents;
	if (!(0, import_dist.isMap)(root)) throw refuse(place, root, "a data contract is a mapping with `apiVersion`, `kind` and `schema`");
	checkStandard(root, place);
	return readSchema({
		root,
		place,
		...pickSchema(root, {
			place,
			dataNames
		})
	});
}
function checkStandard(root, place) {
	const kind = root.get("kind");
	if (kind !== "DataContract") throw refuse(place, root.get("kind", true), `kind is ${JSON.stringify(kind)}; a data contract has \`kind: DataContract\``);
	const version = root.get("apiVersion");
	if (typeof version !== "string" || !/^v3\./.test(version)) throw refuse(place, root.get("apiVersion", true), `apiVersion is ${JSON.stringify(version)}; version 3 of the Open Data Contract Standard is read (such as v3.1.0)`);
	requireStandardWords(root, "a data contract", place);
}
function pickSchema(root, request) {
	const { place, dataNames } = request;
	const schema = root.get("schema", true);
	const objects = (0, import_dist.isSeq)(schema) ? schema.items.flatMap((object, index) => (0, import_dist.isMap)(object) ? [{
		object,
		index
	}] : []) : [];
	const [only] = objects;
	if (only === void 0) throw refuse(place, schema, "`schema` must list at least one object with its properties");
	if (objects.length === 1) return only;
	for (const name of dataNames) {
		const named = objects.find(({ object }) => object.get("name") === name);
		if (named) return named;
	}
	const names = objects.map(({ object }) => String(object.get("name")));
	throw refuse(place, schema, `the contract has the objects ${names.join(", ")}; call the one that describes the data ${dataNames.join(" or ")}`);
}
function readSchema({ root, place, object, index }) {
	requireStandardWords(object, "an object of `schema`", place);
	const path = `schema[${index}]`;
	const tables = [object.get("name"), object.get("physicalName")].filter((name) => typeof name === "string");
	const node = object.get("properties", true);
	const properties = (0, import_dist.isSeq)(node) ? node : void 0;
	const read = readProperties(properties, {
		place,
		path: `${path}.properties`,
		tables
	});
	const key = read.primaryKey[0] ? keyRules(read.primaryKey, read.primaryKey[0].line).filter((rule) => !isSaid(rule, read.rules)) : [];
	const whole = parseQuality(object.get("quality", true), {
		place,
		path: `${path}.quality`,
		tables
	});
	const references = readReferences(root, object, place);
	const levels = readServiceLevels(root, {
		place,
		tables
	});
	const next = properties && nextColumn(properties, place);
	const checks = [...read.checks, ...checkSettings(object, {
		place,
		words: ["checks"]
	})];
	return {
		file: place.file,
		text: place.text,
		columns: read.columns,
		...next ? { nextColumn: next } : {},
		...checks.length === 0 ? {} : { checks },
		rules: [
			...read.rules,
			...key,
			...whole.rules,
			...references.rules,
			...levels.rules
		],
		...lackingWords(root, object, place),
		notChecked: [
			...read.notChecked,
			...whole.notChecked,
			...references.notChecked,
			...levels.notChecked
		]
	};
}
function checkSettings(map, request) {
	const own = findOwnProperty(map, request);
	return own === void 0 ? [] : readCheckSettings(own.value, request);
}
function lackingWords(root, object, place) {
	const words = [
		"version",
		"id",
		"status"
	].filter((word) => !root.has(word));
	if (words.length === 0) return {};
	return { lacking: {
		words,
		name: String(root.get("name") ?? object.get("name") ?? "data"),
		line: place.lineOf(root.get("apiVersion", true))
	} };
}
function readProperties(properties, context) {
	const { place, tables } = context;
	const columns = [];
	const rules = [];
	const notChecked = [];
	const checks = [];
	const primaryKey = [];
	for (const [index, property] of (properties?.items ?? []).entries()) {
		if (!(0, import_dist.isMap)(property)) throw refuse(place, property, "a property is a mapping with a `name`");
		requireStandardWords(property, "a property", place);
		const column = property.get("physicalName") ?? property.get("name");
		if (typeof column !== "string" || column === "") throw refuse(place, property, "a property needs a `name`");
		const line = place.lineOf(property);
		const path = `${context.path}[${index}]`;
		columns.push({
			name: column,
			line,
			...removal(property, path, properties)
		});
		if (readFlag(property, "primaryKey", place)) primaryKey.push({
			name: column,
			line: place.lineOf(property.get("primaryKey", true))
		});
		const own = parseProperty(property, {
			place,
			column,
			path
		});
		const quality = parseQuality(property.get("quality", true), {
			place,
			column,
			path: `${path}.quality`,
			tables
		});
		rules.push(...own.rules, ...quality.rules);
		notChecked.push(...own.notChecked, ...quality.notChecked);
		checks.push(...checkSettings(property, {
			place,
			column,
			words: PROPERTY_WORDS
		}));
	}
	return {
		columns,
		rules,
		notChecked,
		checks,
		primaryKey
	};
}
function removal(property, path, properties) {
	const span = spanOf(property);
	if (span === void 0 || properties?.flow === true) return {};
	return { accept: {
		kind: "remove",
		value: {
			path,
			span
		}
	} };
}
function nextColumn(properties, place) {
	const start = spanOf(properties)?.[0];
	const last = spanOf(properties.items.at(-1));
	if (properties.flow === true || start === void 0 || last === void 0) return void 0;
	return {
		offset: last[1],
		indent: start - (place.text.lastIndexOf("\n", start - 1) + 1)
	};
}
function isSaid(rule, rules) {
	return rules.some((other) => other.check === rule.check && other.column === rule.column && rule.column !== void 0);
}
function keyRules(key, line) {
	const columns = key.map(({ name }) => name);
	const common = {
		severity: "error",
		line,
		limit: NO_ROWS
	};
	return [{
		...common,
		check: "unique",
		...columns.length === 1 ? { column: columns[0] } : {},
		rowRule: {
			kind: "unique",
			columns
		}
	}, ...columns.map((column) => ({
		...common,
		check: "required",
		column,
		rowRule: {
			kind: "present",
			column
		}
	}))];
}

// src/core/contract/render-patch.ts
const CONTEXT = 3;
function renderPatch(file, before, after) {
	if (before === after) return "";
	const steps = compareLines(splitLines(before), splitLines(after));
	const hunks = groupSteps(steps).map((hunk) => renderHunk(steps, hunk));
	return [
		`--- a/${file}`,
		`+++ b/${file}`,
		...hunks.flat(),
		""
	].join("\n");
}
function splitLines(text) {
	const lines = text.split("\n");
	if (lines.at(-1) === "") lines.pop();
	return lines;
}
function compareLines(before, after) {
	let head = 0;
	while (head < before.length && head < after.length && before[head] === after[head]) head++;
	let tail = 0;
	while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	const old = before.slice(head, before.length - tail);
	const young = after.slice(head, after.length - tail);
	return [
		...before.slice(0, head).map(keep),
		...longestCommon(old, young),
		...before.slice(before.length - tail).map(keep)
	];
}
function keep(line) {
	return {
		mark: " ",
		line
	};
}
function longestCommon(old, young) {
	const width = young.length + 1;
	const lengths = new Uint32Array((old.length + 1) * width);
	for (let row = old.length - 1; row >= 0; row--) for (let column = young.length - 1; column >= 0; column--) lengths[row * width + column] = old[row] === young[column] ? lengths[(row + 1) * width + column + 1] + 1 : Math.max(lengths[(row + 1) * width + column], lengths[row * width + column + 1]);
	const steps = [];
	let row = 0;
	let column = 0;
	while (row < old.length || column < young.length) {
		if (row < old.length && column < young.length && old[row] === young[column]) {
			steps.push(keep(old[row]));
			row++;
			column++;
			continue;
		}
		if ((row < old.length ? lengths[(row + 1) * width + column] : -1) >= (column < young.length ? lengths[row * width + column + 1] : -1)) steps.push({
			mark: "-",
			line: old[row++]
		});
		else steps.push({
			mark: "+",
			line: young[column++]
		});
	}
	return steps;
}
function groupSteps(steps) {
	const hunks = [];
	for (const [position, step] of steps.entries()) {
		if (step.mark === " ") continue;
		const from = Math.max(0, position - CONTEXT);
		const to = Math.min(steps.length, position + CONTEXT + 1);
		const last = hunks.at(-1);
		if (last && from <= last[1]) last[1] = to;
		else hunks.push([from, to]);
	}
	return hunks;
}
function renderHunk(steps, [from, to]) {
	const shown = steps.slice(from, to);
	const range = (without) => {
		const before = steps.slice(0, from).filter(({ mark }) => mark !== without).length;
		const within = shown.filter(({ mark }) => mark !== without).length;
		return `${within === 0 ? before : before + 1},${within}`;
	};
	return [`@@ -${range("+")} +${range("-")} @@`, ...shown.map(({ mark, line }) => `${mark}${line}`)];
}

// src/core/contract/render-contract.ts
function renderContract({ name, origin, columns }) {
	return [
		"# Data contract (Open Data Contract Standard 3.1), written by `contender contract infer`",
		`# from ${origin.replace(/[\r\n]+/g, " ")}.`,
		"# These data keep it, and others like them nearly always: write down what you know better.",
		"# All words: https://bitol-io.github.io/open-data-contract-standard/v3.1.0/",
		"apiVersion: v3.1.0",
		"kind: DataContract",
		`id: ${quoteWord(name)}`,
		"version: 1.0.0",
		"status: draft",
		`name: ${quoteWord(name)}`,
		"schema:",
		`  - name: ${quoteWord(name)}`,
		"    physicalType: file",
		"    properties:",
		...columns.flatMap((column) => renderColumn(column, 6)),
		"    quality:",
		"      # raise it to what you expect of every data set",
		"      - {metric: rowCount, mustBeGreaterThan: 0}",
		""
	].join("\n");
}
function renderColumn(column, indent) {
	const { name, logicalType, required, unique, options, isRestricted } = column;
	const pad = " ".repeat(indent);
	const entries = Object.entries(options).map(([word, value]) => `${word}: ${writeOption(value)}`);
	const quality = renderQuality(column);
	return [
		`${pad}- name: ${quoteWord(name)}`,
		...column.remarks.map((remark) => `${pad}  # ${remark}`),
		...logicalType === void 0 ? [] : [`${pad}  logicalType: ${logicalType}`],
		...required ? [`${pad}  required: true`] : [],
		...unique ? [`${pad}  unique: true`] : [],
		...isRestricted ? [`${pad}  classification: restricted`] : [],
		...entries.length === 0 || logicalType === void 0 ? [] : [`${pad}  logicalTypeOptions: {${entries.join(", ")}}`],
		...quality.length === 0 ? [] : [`${pad}  quality:`, ...quality.map((line) => `${pad}    ${line}`)]
	];
}
const POPULATION = "customProperties: [{property: contender, value: {mode: population}}]";
function renderQuality({ missingPercent, set }) {
	return [...missingPercent === void 0 ? [] : [
		`- metric: nullValues`,
		`  mustBeLessOrEqualTo: ${missingPercent}`,
		"  unit: percent",
		`  ${POPULATION}`
	], ...set === void 0 ? [] : [
		"- metric: invalidValues",
		...set.otherPercent === 0 ? ["  mustBe: 0"] : [
			`  mustBeLessOrEqualTo: ${set.otherPercent}`,
			"  unit: percent",
			`  ${POPULATION}`
		],
		"  arguments:",
		`    validValues: [${set.values.map(writeScalar).join(", ")}]`
	]];
}
function writeOption(value) {
	return typeof value === "number" ? String(value) : quoteWord(value);
}
function quoteWord(text) {
	return isPlainText(text) ? text : JSON.stringify(text);
}

// src/core/contract/stale-remarks.ts
const REMARKS = {
	bounds: [/^\S+ to \S+ seen, which spans at least [\d.]+ % of such values; widened by what chance adds$/, /^from [\d: -]+; time goes on, so there is no maximum$/],
	values: [/^all \d+ values were seen \d+ times or more$/, /^\d+ values, the rarest seen (?:once|\d+ times): up to [\d.]+ % of the rows may have others$/],
	missing: [/^missing in \d+ of \d+ rows; the limit is the upper end at 99 %$/]
};
function removeStaleRemarks(text, changes) {
	return changes.flatMap((change) => {
		const subject = subjectOf(text, change);
		if (subject === void 0) return [];
		return remarksAbove(text, change.span[0]).filter(({ words }) => REMARKS[subject].some((form) => form.test(words))).map(({ span }) => ({
			path: change.path,
			span,
			by: ""
		}));
	});
}
function subjectOf(text, { path, span }) {
	if (/\.logicalTypeOptions\.(minimum|maximum|exclusiveM\w+)$/.test(path)) return "bounds";
	if (path.endsWith(".validValues")) return "values";
	if (!/\.properties\[\d+\]\.quality\[\d+\]\.must\w+$/.test(path)) return void 0;
	const metric = [...text.slice(propertyStart(text, span[0]), span[0]).matchAll(/\bmetric: (\w+)/g)].at(-1)?.[1];
	if (metric === "nullValues") return "missing";
	return metric === "invalidValues" ? "values" : void 0;
}
function propertyStart(text, offset) {
	return [...text.slice(0, offset).matchAll(/^ *- name:/gm)].at(-1)?.index ?? 0;
}
function remarksAbove(text, offset) {
	const remarks = [];
	let start = text.indexOf("\n", propertyStart(text, offset)) + 1;
	while (start > 0 && start < offset) {
		const end = text.indexOf("\n", start) + 1;
		const words = /^ *# (.*?)\r?\n$/.exec(text.slice(start, end))?.[1];
		if (words === void 0) break;
		remarks.push({
			words,
			span: [start, end]
		});
		start = end;
	}
	return remarks;
}

// src/core/contract/update-contract.ts
function updateContract(contract, breaches, newColumns) {
	const broken = breaches.filter(({ finding }) => finding.check !== "not-checked");
	const replacements = broken.flatMap((breach) => breach.replacements);
	const added = addColumns(contract, newColumns);
	return {
		text: applyReplacements(contract.text, [
			...replacements,
			...removeStaleRemarks(contract.text, replacements),
			...added
		]),
		left: broken.filter((breach) => breach.replacements.length === 0)
	};
}
function addColumns({ text, nextColumn }, columns) {
	if (nextColumn === void 0 || columns.length === 0) return [];
	const lastWord = text.slice(0, nextColumn.offset).trimEnd().length;
	const lineEnd = text.indexOf("\n", lastWord);
	const offset = lineEnd < 0 ? text.length : lineEnd;
	const lines = columns.flatMap((column) => renderColumn(column, nextColumn.indent));
	return [{
		path: "schema[].properties",
		span: [offset, offset],
		by: `\n${lines.join("\n")}`
	}];
}

// src/core/contract/spoilt-kind.ts
function spoiltKind(values) {
	if (values.kind !== "text") return void 0;
	const kinds = countKinds(values);
	const kind = mostlyKind(kinds);
	if (kind === void 0) return void 0;
	const fitting = countOfKind(kinds, kind);
	if (fitting < kinds.present) {
		const others = kinds.present - fitting;
		return {
			remark: `${fitting} of ${kinds.present} values are ${kind}s; ${others} ${others === 1 ? "is" : "are"} not: mend the data, then write the type anew`,
			hasList: kind === "number"
		};
	}
	if (kind !== "number" || kinds.notFinite === 0) return void 0;
	return {
		remark: `${kinds.notFinite} of ${kinds.present} values are infinite or NaN, the others numbers: mend the data, then write the type anew`,
		hasList: false
	};
}

// src/core/contract/infer-column.ts
const FEWEST_VALUES = 30;
const MOST_TEXTS = 100;
const MOST_NUMBERS = 31;
const OFTEN = 5;
const COMMON = .005;
const MOST_UNSEEN = .01;
function inferColumn(column) {
	const { profile, rows, isTarget } = column;
	const present = rows - profile.missing;
	const logicalType = profile.type === "other" ? void 0 : profile.type;
	const spoilt = spoiltKind(column.values);
	const unique = isUnique(column, {
		present,
		spoilt
	});
	const remarks = [
		...isTarget ? ["the target"] : [],
		...column.isId ? ["the id"] : [],
		...present === 0 ? ["no row has a value"] : [],
		...spoilt === void 0 || column.isHidden ? [] : [spoilt.remark],
		...column.holds === void 0 ? [] : [`holds ${column.holds}: no value of it is written here`]
	];
	const base = {
		name: profile.name,
		...logicalType === void 0 || present === 0 ? {} : { logicalType },
		required: rows > 0 && profile.missing === 0,
		unique,
		options: {},
		...column.holds === void 0 ? {} : { isRestricted: true },
		...profile.missing > 0 && present > 0 ? { missingPercent: upperPercent(profile.missing, rows) } : {}
	};
	if (profile.missing > 0 && present > 0) remarks.push(`missing in ${profile.missing} of ${rows} rows; the limit is the upper end at 99 %`);
	const shape = present < FEWEST_VALUES || unique || column.isHidden || spoilt?.hasList === false ? {} : inferValues(column, present);
	return {
		...base,
		...unique && !column.isHidden ? uniqueShape(column, present) : {},
		...shape,
		remarks: [...remarks, ...shape.remarks ?? []]
	};
}
function isUnique({ profile, isId, values }, { present, spoilt }) {
	if (present < 2 || profile.distinct !== present) return false;
	if (isId) return true;
	if (present < FEWEST_VALUES) return false;
	const saysKey = /(^|[_\s-])(id|uuid|guid|key|identifier)$|[a-z]I[Dd]$|^instant$/i.test(profile.name);
	if (profile.type === "integer") return saysKey || isCounted(profile, present);
	return profile.type === "string" && (saysKey || spoilt === void 0 && isCode(values));
}
function isCounted({ minimum, maximum }, present) {
	return minimum !== void 0 && maximum !== void 0 && maximum - minimum === present - 1;
}
function isCode(values) {
	if (values.kind !== "text") return false;
	const length = values.dictionary[0]?.length ?? 0;
	return length >= 10 && values.dictionary.every((text) => text.length === length && /^\S+$/.test(text));
}
function uniqueShape({ values }, present) {
	return { options: values.kind === "text" && present >= FEWEST_VALUES ? fixedShape(values.dictionary) : {} };
}
function inferValues(column, present) {
	const { profile, values } = column;
	if (profile.type === "boolean") return {};
	if (profile.type === "date" || profile.type === "timestamp") return inferTimes(profile);
	const set = inferSet(column, present);
	if (set !== void 0) return set;
	if (column.isId) return {};
	if (values.kind === "text") return inferTexts(values);
	return inferNumbers(values, {
		isInteger: profile.type === "integer",
		isClock: isClockColumn(profile)
	});
}
function inferTimes({ minimum, quantiles, type }) {
	const quarter = quantiles?.["0.25"];
	const threeQuarters = quantiles?.["0.75"];
	if (minimum === void 0 || quarter === void 0 || threeQuarters === void 0) return {};
	const from = minimum - (threeQuarters - quarter);
	const day = writeDate(from);
	return {
		options: { minimum: type === "date" ? day : `${day} 00:00:00` },
		remarks: [`from ${type === "date" ? writeDate(minimum) : writeTimestamp(minimum)}; time goes on, so there is no maximum`]
	};
}
function inferSet({ profile, values }, present) {
	const counts = countValues(values, values.kind === "text" ? MOST_TEXTS : MOST_NUMBERS);
	if (counts === void 0 || counts.size === 0) return void 0;
	if (profile.type !== "string" && profile.type !== "integer") return void 0;
	const occurrences = [...counts.values()];
	const once = occurrences.filter((count) => count === 1).length;
	const rarest = Math.min(...occurrences);
	if (once / present >= MOST_UNSEEN) return void 0;
	if (profile.type === "integer" && rarest < OFTEN) return void 0;
	const listed = [...counts.keys()].sort((left, right) => values.kind === "text" ? left < right ? -1 : 1 : Number(left) - Number(right));
	if (listed.some(isPlainlyPersonal)) return void 0;
	if (rarest >= OFTEN && rarest / present >= COMMON) return {
		set: {
			values: listed,
			otherPercent: 0
		},
		remarks: [`all ${listed.length} values were seen ${rarest} times or more`]
	};
	const otherPercent = upperPercent(once, present);
	const remark = `${listed.length} values, the rarest seen ${rarest === 1 ? "once" : `${rarest} times`}: up to ${otherPercent} % of the rows may have others`;
	return {
		set: {
			values: listed,
			otherPercent
		},
		remarks: [remark]
	};
}
function countValues(column, most) {
	const counts = /* @__PURE__ */ new Map();
	const rows = column.kind === "text" ? column.codes.length : column.values.length;
	for (let row = 0; row < rows; row++) {
		const value = column.kind === "text" ? column.codes[row] : column.values[row];
		if (column.kind === "text" ? value < 0 : Number.isNaN(value)) continue;
		counts.set(value, (counts.get(value) ?? 0) + 1);
		if (counts.size > most) return void 0;
	}
	const nameOf = (value) => column.kind === "text" ? column.dictionary[Number(value)] : String(value);
	return new Map([...counts].map(([value, count]) => [nameOf(value), count]));
}
function inferNumbers(column, { isInteger, isClock }) {
	if (column.kind === "text") return {};
	const sorted = column.values.filter(Number.isFinite).sort();
	if (sorted.length === 0) return {};
	const { minimum, maximum } = widenedEnds(sorted);
	if (isInteger && Math.max(Math.abs(minimum), Math.abs(maximum)) > Number.MAX_SAFE_INTEGER) return {};
	const rounding = {
		digits: 3,
		scale: maximum - minimum
	};
	const low = roundOutwards(minimum, "minimum", rounding);
	const high = roundOutwards(maximum, "maximum", rounding);
	if (!Number.isFinite(low) || !Number.isFinite(high)) return {};
	if (isClock) return {
		options: { minimum: low },
		remarks: [`from ${sorted[0]}; time goes on, so there is no maximum`]
	};
	const seen = `${writeSeen(sorted[0])} to ${writeSeen(sorted.at(-1))} seen`;
	return {
		options: {
			minimum: low,
			maximum: high
		},
		remarks: [`${seen}, which spans at least ${coveredPercent(sorted.length)} % of such values; widened by what chance adds`]
	};
}
function writeSeen(value) {
	return String(Number(value.toPrecision(12)));
}
function isClockColumn({ name, type, minimum }) {
	return type === "integer" && (minimum ?? 0) >= 1e8 && /time|date|epoch|(^|_)ts$/i.test(name);
}
function inferTexts(column) {
	if (column.kind !== "text") return {};
	const fixed = fixedShape(column.dictionary);
	if (Object.keys(fixed).length > 0) return { options: fixed };
	const lengths = new Float64Array(column.codes.length);
	let present = 0;
	for (const code of column.codes) if (code >= 0) lengths[present++] = lengthOf(column.dictionary[code]);
	const sorted = lengths.subarray(0, present).sort();
	if (present === 0) return {};
	const maxLength = Math.ceil(roundOutwards(widenedEnds(sorted).maximum, "maximum", { digits: 2 }));
	return { options: {
		...sorted[0] >= 1 ? { minLength: 1 } : {},
		maxLength
	} };
}
function lengthOf(text) {
	return [...text].length;
}
function fixedShape(texts) {
	const format = [
		"email",
		"uuid",
		"ipv4"
	].find((name) => {
		const expression = new RegExp(TEXT_FORMATS[name]);
		return texts.every((text) => expression.test(text));
	});
	if (format !== void 0) return { format };
	const length = lengthOf(texts[0] ?? "");
	if (length === 0 || texts.length < FEWEST_VALUES || texts.some((text) => lengthOf(text) !== length)) return {};
	if (texts.every((text) => /^[0-9]+$/.test(text))) return { pattern: `^[0-9]{${length}}$` };
	return {
		minLength: length,
		maxLength: length
	};
}

export { AHEAD_MILLISECONDS, PREVIOUS, applicableRules, applySettings, askedRules, checkColumns, checkDatasets, checkLabels, checkPredictors, chosenSeverity, columnNamedBy, columnRoles, conflictFinding, countConflicts, countDuplicates, countKinds, countLabels, disagreementFinding, duplicateFinding, findBreaches, findEqualRows, findShared, findVariants, futureFinding, idLikeness, identifyingColumns, inferColumn, isSplitByTime, knowKeys, measureChange, measureDisagreement, measureDistribution, mostlyKind, parseContract, percent, renderContract, renderPatch, sharedGroups, sharedIds, sharedRows, shownValues, standardFindings, timeOverlapFinding, uncheckedFindings, updateContract, writeTimestamp };