import { InputError } from "./core.js";

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

export { LONGEST_POINTER, cellText, describePointer, findColumn, firstRowsOf, parseLargeFilePointer, pickColumns, renderCsv, rowsOfTable, takeRows };