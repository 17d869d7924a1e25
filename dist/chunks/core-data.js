import { InputError } from "./core.js";
import { nearestName } from "./core-configuration.js";

// src/core/data/table.ts
function findColumn(table, name) {
	return table.columns.find((column) => column.name === name);
}
function cellText(column, row) {
	if (column.kind === "text") return column.dictionary[column.codes[row]];
	const value = column.values[row];
	return Number.isNaN(value) ? void 0 : String(value);
}
function takeRows(table, rows) {
	return {
		rowCount: rows.length,
		columns: table.columns.map((column) => takeColumnRows(column, rows))
	};
}
function takeColumnRows(column, rows) {
	if (column.kind === "number") {
		const values = new Float64Array(rows.length);
		for (let index = 0; index < rows.length; index++) values[index] = column.values[rows[index]];
		return {
			...column,
			values
		};
	}
	const codes = new Int32Array(rows.length);
	for (let index = 0; index < rows.length; index++) codes[index] = column.codes[rows[index]];
	return {
		...column,
		codes
	};
}

// src/core/data/row-source.ts
function rowsOfTable(table) {
	const columns = table.columns.map(({ name, kind }) => {
		return {
			name,
			type: kind === "text" ? "string" : "number"
		};
	});
	return {
		rowCount: table.rowCount,
		columns,
		async *batches(requests, rowsPerBatch) {
			const asked = requests.map(({ name, as }) => {
				const column = requireColumn(table, name);
				return as === "text" ? asText(column) : column;
			});
			for (let start = 0; start < table.rowCount; start += rowsPerBatch) {
				const end = Math.min(start + rowsPerBatch, table.rowCount);
				yield {
					rowCount: end - start,
					columns: asked.map((column) => cutColumn(column, start, end))
				};
			}
		}
	};
}
function firstRowsOf({ rowCount, columns }, count) {
	const end = Math.min(count, rowCount);
	return {
		rowCount: end,
		columns: columns.map((column) => {
			if (column.kind !== "integer") return cutColumn(column, 0, end);
			return {
				...column,
				values: column.values.subarray(0, end),
				missing: column.missing.subarray(0, end)
			};
		})
	};
}
function pickColumns(rows, names) {
	const columns = names.map((name) => {
		const column = rows.columns.find((candidate) => candidate.name === name);
		if (column !== void 0) return column;
		const known = rows.columns.map((candidate) => candidate.name);
		throw new InputError(`the data have no column ${JSON.stringify(name)}, which the model needs; they have ${known.join(", ")}`);
	});
	return {
		rowCount: rows.rowCount,
		columns,
		batches: (requests, size) => rows.batches(requests, size)
	};
}
function requireColumn(table, name) {
	const column = findColumn(table, name);
	if (column === void 0) throw new Error(`the table has no column ${name}`);
	return column;
}
function asText(column) {
	if (column.kind === "text") return column;
	const codes = new Int32Array(column.values.length);
	const known = /* @__PURE__ */ new Map();
	for (let row = 0; row < codes.length; row++) {
		const value = column.values[row];
		const code = Number.isNaN(value) ? -1 : known.get(value) ?? known.size;
		if (code === known.size) known.set(value, code);
		codes[row] = code;
	}
	return {
		kind: "text",
		name: column.name,
		codes,
		dictionary: [...known.keys()].map(String)
	};
}
function cutColumn(column, start, end) {
	if (column.kind === "number") return {
		...column,
		values: column.values.subarray(start, end)
	};
	return {
		...column,
		codes: column.codes.subarray(start, end)
	};
}

// src/core/data/large-file-pointer.ts
const LONGEST_POINTER = 1024;
const FIRST_LINE = "version https://git-lfs.github.com/spec/v1\n";
function parseLargeFilePointer(text) {
	if (text.length > 1024 || !text.startsWith(FIRST_LINE)) return void 0;
	if (/^ext-/m.test(text)) return void 0;
	const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
	const bytes = /^size (\d{1,15})$/m.exec(text)?.[1];
	return sha256 === void 0 || bytes === void 0 ? void 0 : {
		sha256,
		bytes: Number(bytes)
	};
}
function describePointer({ sha256, bytes }) {
	return `a Git LFS pointer (object ${sha256.slice(0, 12)}, ${bytes} bytes), not the data`;
}

// src/core/data/sorted-summary.ts
const PROBABILITIES = [
	.01,
	.05,
	.25,
	.5,
	.75,
	.95,
	.99
];
const BINS = 20;
const PARTS = 20;
const BLOCK = 4096;
var SortedSummary = class {
	#extent;
	#ranks;
	#moments;
	#histogram;
	constructor(extent) {
		this.#extent = extent;
		this.#ranks = new RankReader(extent.count, [...PROBABILITIES, ...partProbabilities()]);
		this.#moments = new Moments(extent.minimum);
		const hasBars = Number.isFinite(extent.maximum - extent.minimum);
		this.#histogram = hasBars ? new HistogramCounter(extent) : void 0;
	}
	add(values, counts, length = values.length) {
		for (let index = 0; index < length; index++) this.#ranks.add(values[index], counts[index]);
		if (this.#histogram === void 0) return;
		for (let index = 0; index < length; index++) this.#histogram.add(values[index], counts[index]);
		for (let index = 0; index < length; index++) this.#moments.add(values[index], counts[index]);
	}
	finish() {
		return {
			...this.#histogram ? this.#moments.finish(this.#extent) : {},
			quantiles: Object.fromEntries(PROBABILITIES.map((p) => [String(p), this.#ranks.quantile(p)])),
			...this.#histogram ? { histogram: this.#histogram.finish() } : {},
			parts: this.#ranks.parts(partProbabilities())
		};
	}
};
function partProbabilities() {
	return Array.from({ length: 21 }, (_, part) => part / PARTS);
}
var RankReader = class {
	#count;
	#ranks;
	#found = /* @__PURE__ */ new Map();
	#next = 0;
	#seen = 0;
	#value = NaN;
	#below = 0;
	constructor(count, probabilities) {
		this.#count = count;
		const ranks = probabilities.flatMap((p) => {
			const rank = Math.floor((count - 1) * p);
			return [rank, Math.min(rank + 1, count - 1)];
		});
		this.#ranks = [...new Set(ranks)].sort((left, right) => left - right);
	}
	add(value, count) {
		if (value !== this.#value) {
			this.#value = value;
			this.#below = this.#seen;
		}
		this.#seen += count;
		while (this.#next < this.#ranks.length && this.#ranks[this.#next] < this.#seen) {
			this.#found.set(this.#ranks[this.#next], {
				value,
				below: this.#below
			});
			this.#next += 1;
		}
	}
	quantile(probability) {
		const position = (this.#count - 1) * probability;
		const rank = Math.floor(position);
		const low = this.#found.get(rank).value;
		if (rank === position) return low;
		const high = this.#found.get(rank + 1).value;
		const share = position - rank;
		const step = high - low;
		return Number.isFinite(step) ? low + share * step : low * (1 - share) + high * share;
	}
	parts(probabilities) {
		const borders = /* @__PURE__ */ new Map();
		for (const probability of probabilities) {
			const rank = Math.floor((this.#count - 1) * probability);
			const border = this.quantile(probability);
			const low = this.#found.get(rank);
			const below = border === low.value ? low.below : this.#found.get(rank + 1).below;
			borders.set(border, below);
		}
		const inner = [...borders].sort(([left], [right]) => left - right).slice(1, -1);
		const limits = [
			0,
			...inner.map(([, below]) => below),
			this.#count
		];
		return {
			borders: inner.map(([border]) => border),
			counts: limits.slice(1).map((limit, part) => limit - limits[part])
		};
	}
};
var Moments = class {
	#origin;
	#values = new Float64Array(BLOCK);
	#weights = new Float64Array(BLOCK);
	#filled = 0;
	#weight = 0;
	#mean = 0;
	#squares = 0;
	constructor(origin) {
		this.#origin = origin;
	}
	add(value, weight) {
		this.#values[this.#filled] = value - this.#origin;
		this.#weights[this.#filled] = weight;
		this.#filled += 1;
		if (this.#filled === BLOCK) this.#mergeBlock();
	}
	#mergeBlock() {
		const first = this.#values[0];
		let weight = 0;
		let sum = 0;
		for (let index = 0; index < this.#filled; index++) {
			weight += this.#weights[index];
			sum += this.#weights[index] * (this.#values[index] - first);
		}
		const mean = first + sum / weight;
		let squares = 0;
		for (let index = 0; index < this.#filled; index++) squares += this.#weights[index] * (this.#values[index] - mean) ** 2;
		const step = mean - this.#mean;
		const total = this.#weight + weight;
		this.#squares += squares + step * step * this.#weight * (weight / total);
		this.#mean += step * (weight / total);
		this.#weight = total;
		this.#filled = 0;
	}
	finish({ count, minimum, maximum }) {
		if (this.#filled > 0) this.#mergeBlock();
		const mean = minimum === maximum ? minimum : this.#origin + this.#mean;
		if (count < 2 || !Number.isFinite(mean)) return { mean };
		return {
			mean,
			standardDeviation: Math.sqrt(this.#squares / (count - 1))
		};
	}
};
var HistogramCounter = class {
	#edges;
	#counts;
	#bar = 0;
	constructor(extent) {
		this.#edges = edgesOf(extent);
		this.#counts = this.#edges.slice(1).map(() => 0);
	}
	add(value, count) {
		while (this.#bar < this.#counts.length - 1 && value >= this.#edges[this.#bar + 1]) this.#bar += 1;
		this.#counts[this.#bar] = this.#counts[this.#bar] + count;
	}
	finish() {
		return this.#counts.map((count, bar) => ({
			from: this.#edges[bar],
			to: this.#edges[bar + 1],
			count
		}));
	}
};
function edgesOf({ minimum, maximum, isInteger }) {
	if (minimum === maximum) return [minimum, maximum];
	if (isInteger && Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)) {
		const width = Math.ceil((maximum - minimum + 1) / BINS);
		const count = Math.ceil((maximum - minimum + 1) / width);
		return Array.from({ length: count + 1 }, (_, index) => minimum + index * width);
	}
	const width = (maximum - minimum) / BINS;
	const edges = Array.from({ length: 21 }, (_, index) => index === BINS ? maximum : minimum + index * width);
	return edges.filter((edge, index) => index === 0 || edge > edges[index - 1]);
}

// src/core/data/render-csv.ts
const ROWS_PER_CHUNK = 1e4;
function* renderCsv(table) {
	yield `${table.columns.map((column) => quoteCell(column.name)).join(",")}\n`;
	for (let start = 0; start < table.rowCount; start += ROWS_PER_CHUNK) {
		const lines = [];
		const end = Math.min(start + ROWS_PER_CHUNK, table.rowCount);
		for (let row = start; row < end; row++) lines.push(renderRow(table.columns, row));
		yield `${lines.join("\n")}\n`;
	}
}
function renderRow(columns, row) {
	return columns.map((column) => quoteCell(cellText(column, row))).join(",");
}
function quoteCell(text) {
	if (text === void 0) return "";
	return text === "" || /[",\n\r]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}

// src/core/data/lacking-column.ts
function lackingColumn(name, columns, advice) {
	const near = nearestName(name, columns);
	const hint = near === void 0 ? "" : `did you mean ${JSON.stringify(near)}? `;
	return new InputError(`the data have no column ${JSON.stringify(name)}; ${hint}${advice}`);
}

export { LONGEST_POINTER, SortedSummary, cellText, describePointer, findColumn, firstRowsOf, lackingColumn, parseLargeFilePointer, pickColumns, renderCsv, rowsOfTable, takeRows };