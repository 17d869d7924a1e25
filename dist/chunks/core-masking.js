import { lackingColumn } from "./core-data.js";
import { InputError } from "./core.js";

// src/core/masking/plan-mask.ts
const TIME_UNITS = [
	"year",
	"month",
	"day",
	"hour"
];
function readMaskOptions({ hash, truncate, drop }) {
	const changes = /* @__PURE__ */ new Map();
	const add = (column, change) => {
		if (changes.has(column)) throw new InputError(`column ${JSON.stringify(column)} is named twice; say once what becomes of it`);
		changes.set(column, change);
	};
	for (const column of hash) add(column, { kind: "hash" });
	for (const option of truncate) {
		const { column, change } = readTruncation(option);
		add(column, change);
	}
	for (const column of drop) add(column, { kind: "drop" });
	return changes;
}
function readTruncation(option) {
	const place = option.lastIndexOf(":");
	const [column, to] = [option.slice(0, place), option.slice(place + 1)];
	const unit = TIME_UNITS.find((candidate) => candidate === to);
	if (place > 0 && unit !== void 0) return {
		column,
		change: {
			kind: "coarsen",
			unit
		}
	};
	if (place > 0 && /^[1-9]\d{0,3}$/.test(to)) return {
		column,
		change: {
			kind: "shorten",
			to: Number(to)
		}
	};
	throw new InputError(`--truncate ${JSON.stringify(option)} does not say to what; write COLUMN:N for characters or digits (zip:3), or COLUMN:${TIME_UNITS.join("|")}`);
}
const ADVICE = "the config or an option says that it is not to be shared; name the columns of this file with --id, --group, --sensitive and --exclude";
function planMask(asked, declared, columns) {
	const changes = new Map(asked);
	const known = new Set(columns);
	const add = (names, kind) => {
		for (const name of names) {
			if (name === void 0 || changes.has(name)) continue;
			if (!known.has(name)) throw lackingColumn(name, columns, ADVICE);
			changes.set(name, { kind });
		}
	};
	add([...declared.sensitive, ...declared.exclude], "drop");
	add([declared.id, declared.group], "hash");
	return changes;
}

export { planMask, readMaskOptions };