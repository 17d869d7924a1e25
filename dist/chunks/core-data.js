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

export { cellText, findColumn, renderCsv, takeRows };