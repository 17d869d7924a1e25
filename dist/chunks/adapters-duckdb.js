import { __toESM } from "./rolldown-runtime.js";
import { InputError, OutsideError, messageOf } from "./core.js";
import { ANSWER_NAMES } from "./core-comparison.js";
import { require_fastest_levenshtein } from "./vendor-fastest-levenshtein.js";
import { LEAST_NUMBER } from "./core-personal-data.js";
import { SortedSummary, describePointer, parseLargeFilePointer } from "./core-data.js";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { createReadStream, rmSync } from "node:fs";
import { glob, mkdir, mkdtemp, open, readFile, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { crc32, createGunzip, createZstdDecompress, zstdDecompressSync } from "node:zlib";
import { isUtf8 } from "node:buffer";
import { createHash, randomUUID } from "node:crypto";
import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

// src/adapters/duckdb/sql-text.ts
function quoteName(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
function quoteText(text) {
	return `'${text.replaceAll("'", "''")}'`;
}
function quoteTexts(texts) {
	return `[${texts.map(quoteText).join(", ")}]`;
}
function doubleLiteral(value) {
	return `CAST(${quoteText(String(value))} AS DOUBLE)`;
}
function shorten(text, maximumLength = 120) {
	const line = text.replace(/\s+/g, " ").trim();
	return line.length <= maximumLength ? line : `${line.slice(0, maximumLength - 1)}…`;
}

// src/adapters/duckdb/arrow-columns.ts
const TYPE$1 = {
	dictionary: -1,
	null: 1,
	int: 2,
	float: 3,
	text: 5,
	boolean: 6,
	decimal: 7,
	date: 8,
	time: 9,
	timestamp: 10,
	largeText: 20,
	textView: 24
};
const NAMES = {
	4: "binary",
	11: "an interval",
	12: "a list",
	13: "a struct",
	14: "a union",
	15: "binary",
	16: "a list",
	17: "a map",
	18: "a duration",
	19: "binary",
	21: "a list",
	22: "run-end encoded",
	23: "binary",
	25: "a list",
	26: "a list"
};
function isBigEndian({ schema }) {
	return schema.endianness === 1;
}
function arrowColumnOf(subject, name, column) {
	const conversion = conversionOf(valueTypeOf(column.type));
	if (conversion === void 0) {
		const type = NAMES[valueTypeOf(column.type).typeId] ?? "of another type";
		throw new InputError(`${subject}: column "${shorten(name, 60)}" is ${type}, which is not read from Arrow; leave it out, make columns of it, or write the data as Parquet`);
	}
	const { sqlType, duckdbType, convert } = conversion;
	return {
		name,
		sqlType,
		duckdbType,
		reader: (duckdb) => (from, to) => {
			const values = [];
			for (let row = from; row < to; row++) {
				const value = column.at(row);
				if (value === void 0) throw new InputError(`${subject}: column "${shorten(name, 60)}" is damaged`);
				values.push(value === null || convert === void 0 ? value : convert(duckdb, value));
			}
			return values;
		}
	};
}
function valueTypeOf(type) {
	return type.typeId === TYPE$1.dictionary ? type.dictionary : type;
}
function conversionOf(type) {
	switch (type.typeId) {
		case TYPE$1.null:
		case TYPE$1.text:
		case TYPE$1.largeText:
		case TYPE$1.textView: return {
			sqlType: "VARCHAR",
			duckdbType: ({ VARCHAR }) => VARCHAR
		};
		case TYPE$1.boolean: return {
			sqlType: "BOOLEAN",
			duckdbType: ({ BOOLEAN }) => BOOLEAN
		};
		case TYPE$1.int: {
			const signed = {
				8: "TINYINT",
				16: "SMALLINT",
				32: "INTEGER",
				64: "BIGINT"
			}[type.bitWidth];
			const sqlType = type.signed ? signed : `U${signed}`;
			return {
				sqlType,
				duckdbType: (duckdb) => duckdb[sqlType]
			};
		}
		case TYPE$1.float: {
			const sqlType = type.precision === 2 ? "DOUBLE" : "FLOAT";
			return {
				sqlType,
				duckdbType: (duckdb) => duckdb[sqlType]
			};
		}
		case TYPE$1.decimal: {
			const { precision, scale } = type;
			if (precision < 1 || precision > 38 || scale < 0 || scale > precision) return void 0;
			const largest = 10n ** BigInt(precision);
			return {
				sqlType: `DECIMAL(${precision},${scale})`,
				duckdbType: ({ DECIMAL }) => DECIMAL(precision, scale),
				convert: ({ DuckDBDecimalValue }, value) => {
					const digits = BigInt(value);
					if (digits >= largest || -digits >= largest) throw new RangeError(`more than ${precision} digits`);
					return new DuckDBDecimalValue(digits, precision, scale);
				}
			};
		}
		case TYPE$1.date: return {
			sqlType: "DATE",
			duckdbType: ({ DATE }) => DATE,
			convert: ({ DuckDBDateValue }, value) => new DuckDBDateValue(Math.floor(value / 864e5))
		};
		case TYPE$1.time: return {
			sqlType: "TIME",
			duckdbType: ({ TIME }) => TIME,
			convert: ({ DuckDBTimeValue }, value) => new DuckDBTimeValue(microseconds(type.unit, value))
		};
		case TYPE$1.timestamp: return timestampConversion(type);
		default: return;
	}
}
function timestampConversion(type) {
	const { unit, timezone } = type;
	if (timezone !== null) return {
		sqlType: "TIMESTAMP WITH TIME ZONE",
		duckdbType: ({ TIMESTAMPTZ }) => TIMESTAMPTZ,
		convert: ({ DuckDBTimestampTZValue }, value) => new DuckDBTimestampTZValue(microseconds(unit, value))
	};
	if (unit === 3) return {
		sqlType: "TIMESTAMP_NS",
		duckdbType: ({ TIMESTAMP_NS }) => TIMESTAMP_NS,
		convert: ({ DuckDBTimestampNanosecondsValue }, value) => new DuckDBTimestampNanosecondsValue(value)
	};
	return {
		sqlType: "TIMESTAMP",
		duckdbType: ({ TIMESTAMP }) => TIMESTAMP,
		convert: ({ DuckDBTimestampValue }, value) => new DuckDBTimestampValue(microseconds(unit, value))
	};
}
function microseconds(unit, value) {
	const count = BigInt(value);
	if (unit < 3) return count * 1000n ** BigInt(2 - unit);
	const whole = count / 1000n;
	return count % 1000n < 0n ? whole - 1n : whole;
}
function checkBatches(column, name, rowCount) {
	const damaged = (what) => /* @__PURE__ */ new Error(`column "${shorten(name, 60)}": ${what}`);
	if (column.length !== rowCount) throw damaged(`${column.length} rows where the table has ${rowCount}`);
	for (const batch of column.data) {
		checkBatch$1(batch, damaged);
		if (batch.dictionary) checkBatches(batch.dictionary, name, batch.dictionary.length);
	}
}
function checkBatch$1(batch, damaged) {
	const { length, nullCount, validity, values, type } = batch;
	if (!(length >= 0) || nullCount < 0 || nullCount > length) throw damaged("impossible counts");
	if (type.typeId === TYPE$1.null) return;
	if (nullCount > 0 && (validity?.length ?? 0) * 8 < length) throw damaged("its marks of missing values end early");
	if (type.typeId === TYPE$1.text || type.typeId === TYPE$1.largeText) {
		checkTexts(batch, damaged);
		return;
	}
	if (type.typeId === TYPE$1.textView) {
		checkTextViews(batch, damaged);
		return;
	}
	const needed = neededValues(type, length);
	if (needed !== void 0 && (values?.length ?? 0) < needed) throw damaged("its values end early");
}
function neededValues(type, length) {
	switch (type.typeId) {
		case TYPE$1.boolean: return Math.ceil(length / 8);
		case TYPE$1.decimal: return type.bitWidth === 32 ? length : length * type.bitWidth / 64;
		case TYPE$1.dictionary:
		case TYPE$1.int:
		case TYPE$1.float:
		case TYPE$1.date:
		case TYPE$1.time:
		case TYPE$1.timestamp: return length;
		default: return;
	}
}
function checkTexts({ length, offsets, values }, damaged) {
	if (length === 0) return;
	const bytes = values;
	if (offsets === void 0 || offsets.length <= length) throw damaged("its texts end early");
	let before = Number(offsets[0]);
	if (!isUtf8(bytes.subarray(before, Number(offsets[length])))) throw damaged("its texts are not UTF-8");
	for (let row = 1; row <= length; row++) {
		const next = Number(offsets[row]);
		const isWithinCharacter = next < bytes.length && (bytes[next] & 192) === 128;
		if (before < 0 || next < before || next > bytes.length || isWithinCharacter && row < length) throw damaged("its texts have no place");
		before = next;
	}
}
function checkTextViews(batch, damaged) {
	const { length, values } = batch;
	const bytes = values;
	if (length > 0 && (bytes?.length ?? 0) < length * 16) throw damaged("its texts end early");
	const views = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { view } = batch;
	for (let row = 0; row < length; row++) {
		const text = view.call(batch, row);
		if (text?.length !== views.getInt32(row * 16, true)) throw damaged("its texts have no place");
		if (!isUtf8(text)) throw damaged("its texts are not UTF-8");
	}
}

// src/adapters/duckdb/flat-table.ts
var FlatTable = class FlatTable {
	#view;
	#position;
	#fields;
	#fieldsBytes;
	constructor(view, position) {
		this.#view = view;
		this.#position = position;
		this.#fields = position - view.getInt32(position, true);
		this.#fieldsBytes = view.getUint16(this.#fields, true);
	}
	static at(view, position = 0) {
		return new FlatTable(view, position + view.getInt32(position, true));
	}
	byte(field) {
		const place = this.#place(field);
		return place === void 0 ? 0 : this.#view.getUint8(place);
	}
	long(field) {
		const place = this.#place(field);
		return place === void 0 ? 0 : longAt(this.#view, place);
	}
	table(field) {
		const place = this.#place(field);
		return place === void 0 ? void 0 : FlatTable.at(this.#view, place);
	}
	vector(field, elementBytes) {
		const place = this.#place(field);
		if (place === void 0) return [];
		const start = place + this.#view.getInt32(place, true);
		const length = this.#view.getInt32(start, true);
		if (length < 0 || start + 4 + length * elementBytes > this.#view.byteLength) throw new RangeError("a vector runs over");
		return Array.from({ length }, (_, index) => start + 4 + index * elementBytes);
	}
	tables(field) {
		return this.vector(field, 4).map((position) => FlatTable.at(this.#view, position));
	}
	#place(field) {
		const entry = 4 + 2 * field;
		if (entry >= this.#fieldsBytes) return void 0;
		const offset = this.#view.getUint16(this.#fields + entry, true);
		return offset === 0 ? void 0 : this.#position + offset;
	}
};
function longAt(view, position) {
	const value = Number(view.getBigInt64(position, true));
	if (!Number.isSafeInteger(value)) throw new RangeError("a number is too large");
	return value;
}

// src/adapters/duckdb/arrow-messages.ts
const MOST_UNPACKED_BYTES = 4 * 2 ** 30;
const MOST_FIELDS = 1e5;
const HEADER = {
	schema: 1,
	dictionary: 2,
	records: 3
};
function checkArrowMessages(bytes) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const budget = {
		unpackedBytes: MOST_UNPACKED_BYTES,
		fields: MOST_FIELDS
	};
	if (startsWithMagic(bytes, 0)) checkFile(bytes, view, budget);
	else checkStream(view, budget);
}
const MAGIC = [
	65,
	82,
	82,
	79,
	87,
	49
];
function startsWithMagic(bytes, position) {
	return MAGIC.every((byte, index) => bytes[position + index] === byte);
}
function checkFile(bytes, view, budget) {
	const footerEnd = bytes.length - MAGIC.length - 4;
	if (footerEnd < 8 || !startsWithMagic(bytes, bytes.length - MAGIC.length)) throw new Error("its last bytes are not those of a whole file");
	const footerBytes = view.getInt32(footerEnd, true);
	if (footerBytes <= 0 || footerBytes > footerEnd - 8) throw new Error("its footer has no place");
	const footerView = part(view, footerEnd - footerBytes, footerBytes);
	const footer = FlatTable.at(footerView);
	const schema = footer.table(1);
	if (schema === void 0) throw new Error("it has no schema");
	checkSchema(schema, budget);
	footer.vector(4, 4);
	for (const block of [...footer.vector(2, 24), ...footer.vector(3, 24)]) if (checkMessage(view, longAt(footerView, block), budget) === void 0) throw new Error("a block is empty");
}
function checkStream(view, budget) {
	let position = 0;
	while (position !== void 0) {
		const next = checkMessage(view, position, budget);
		if (next === void 0 && endOfMark(view, position) !== view.byteLength) throw new Error("something follows the mark of its end");
		position = next;
	}
}
function endOfMark(view, position) {
	return position + (view.getInt32(position, true) === -1 ? 8 : 4);
}
function checkMessage(view, start, budget) {
	if (start < 0 || start + 4 > view.byteLength) throw new Error("it ends without the mark of its end");
	let position = start;
	let length = view.getInt32(position, true);
	position += 4;
	if (length === -1) {
		if (position + 4 > view.byteLength) throw new Error("it ends within a message");
		length = view.getInt32(position, true);
		position += 4;
	}
	if (length === 0) return void 0;
	if (length < 0 || position + length > view.byteLength) throw new Error("it ends within a message");
	const metadata = part(view, position, length);
	const message = FlatTable.at(metadata);
	const bodyBytes = message.long(3);
	const bodyStart = position + length;
	if (bodyBytes < 0 || bodyStart + bodyBytes > view.byteLength) throw new Error("it ends within a message");
	const header = message.table(2);
	const kind = message.byte(1);
	if (header !== void 0 && kind === HEADER.schema) checkSchema(header, budget);
	const batch = kind === HEADER.dictionary ? header?.table(1) : header;
	if (batch !== void 0 && (kind === HEADER.records || kind === HEADER.dictionary)) checkBatch(batch, {
		metadata,
		body: part(view, bodyStart, bodyBytes)
	}, budget);
	return bodyStart + bodyBytes;
}
function checkSchema(schema, budget) {
	schema.vector(2, 4);
	for (const field of schema.tables(1)) checkField(field, budget, 0);
}
function checkField(field, budget, depth) {
	budget.fields -= 1;
	if (budget.fields < 0 || depth > 64) throw new Error("it has too many columns");
	field.vector(6, 4);
	if (field.byte(2) === 14) field.table(3)?.vector(1, 4);
	for (const child of field.tables(5)) checkField(child, budget, depth + 1);
}
function checkBatch(batch, place, budget) {
	const { metadata, body } = place;
	const isPacked = batch.table(3) !== void 0;
	const buffers = batch.vector(2, 16).map((position) => {
		const [offset, length] = [longAt(metadata, position), longAt(metadata, position + 8)];
		if (offset < 0 || length < 0 || offset + length > body.byteLength) throw new Error("a buffer has no place");
		return isPacked && length > 0 ? unpackedBytes(body, offset, length) : length;
	});
	budget.unpackedBytes -= buffers.reduce((sum, bytes) => sum + bytes, 0);
	if (budget.unpackedBytes < 0) throw new Error("it holds more than 4 GiB");
	const mostRows = 8 * Math.max(0, ...buffers);
	if ([batch.long(0), ...batch.vector(1, 16).map((position) => longAt(metadata, position))].some((count) => count < 0 || count > mostRows)) throw new Error("it has fewer rows than it says");
	if (batch.vector(4, 8).reduce((sum, position) => sum + checkedCount(longAt(metadata, position)), 0) > buffers.length) throw new Error("it has fewer buffers than it says");
}
function checkedCount(count) {
	if (count < 0) throw new Error("a count is negative");
	return count;
}
function unpackedBytes(body, offset, length) {
	if (length < 8) throw new Error("a buffer ends early");
	const content = longAt(body, offset);
	if (content === -1) return length - 8;
	return checkedCount(content);
}
function part(view, position, length) {
	return new DataView(view.buffer, view.byteOffset + position, length);
}

// src/adapters/duckdb/loaded-rows.ts
const ROW_COLUMN = "__contender_row";
async function placesOfRows(parts, rows) {
	const places = [];
	for (const row of rows) places.push(await placeOfRow(parts, row));
	return places;
}
async function placeOfRow(parts, row) {
	let first = 0;
	for (const part of parts) {
		if (row < first + part.rowCount) return {
			file: part.path,
			line: await lineOf(part, row - first)
		};
		first += part.rowCount;
	}
	throw new RangeError(`row ${row} is beyond the last`);
}
async function lineOf({ readLines, linesBefore, rowCount }, row) {
	const record = row + linesBefore;
	const lines = await readLines?.();
	return lines?.count === rowCount + linesBefore ? lines.lineOf(record) : record + 1;
}

// src/adapters/duckdb/lz4-frame.ts
function decodeLz4Frame(frame, expectedBytes) {
	const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
	if (frame.length < 7 || view.getUint32(0, true) !== 407708164) throw malformed("no frame");
	const flags = frame[4];
	if (flags >> 6 !== 1 || (flags & 1) === 1) throw malformed("an unknown version or a dictionary");
	const blockChecksumBytes = (flags & 16) === 0 ? 0 : 4;
	let position = 7 + ((flags & 8) === 0 ? 0 : 8);
	const output = new Uint8Array(expectedBytes);
	let written = 0;
	for (;;) {
		if (position + 4 > frame.length) throw malformed("it is cut off");
		const size = view.getUint32(position, true);
		position += 4;
		if (size === 0) break;
		const length = size & 2147483647;
		if (position + length > frame.length) throw malformed("it is cut off");
		const block = frame.subarray(position, position + length);
		written = size >>> 31 === 1 ? copyBlock(block, output, written) : decodeBlock(block, output, written);
		position += length + blockChecksumBytes;
	}
	if (written !== expectedBytes) throw malformed(`${written} bytes where ${expectedBytes} are declared`);
	return output;
}
function copyBlock(block, output, written) {
	if (written + block.length > output.length) throw malformed("it holds more than is declared");
	output.set(block, written);
	return written + block.length;
}
function decodeBlock(block, output, start) {
	let read = 0;
	let written = start;
	const lengthOf = (nibble) => {
		let length = nibble;
		for (let more = nibble === 15; more;) {
			const byte = block[read++];
			if (byte === void 0) throw malformed("a block is cut off");
			length += byte;
			more = byte === 255;
		}
		return length;
	};
	while (read < block.length) {
		const token = block[read++];
		const literals = lengthOf(token >> 4);
		if (read + literals > block.length || written + literals > output.length) throw malformed("a literal runs over");
		output.set(block.subarray(read, read + literals), written);
		read += literals;
		written += literals;
		if (read === block.length) break;
		const offset = block[read] | (block[read + 1] ?? 0) << 8;
		read += 2;
		const length = lengthOf(token & 15) + 4;
		if (offset === 0 || offset > written || written + length > output.length) throw malformed("a copy reaches outside");
		if (offset >= length) output.copyWithin(written, written - offset, written - offset + length);
		else for (let index = 0; index < length; index++) output[written + index] = output[written - offset + index];
		written += length;
	}
	return written;
}
function malformed(reason) {
	return /* @__PURE__ */ new Error(`an LZ4 frame is malformed: ${reason}`);
}

// src/adapters/duckdb/session.ts
const PACKINGS = 4;
async function openSession(options) {
	const instance = await options.duckdb.DuckDBInstance.create(":memory:", {
		threads: String(options.threads),
		autoinstall_known_extensions: "false",
		autoload_known_extensions: "false",
		allow_community_extensions: "false",
		allow_persistent_secrets: "false"
	});
	const connection = await instance.connect();
	const packedPaths = options.files.flatMap((_, file) => Array.from({ length: PACKINGS }, (_, packing) => join(options.spillDirectory, `rows-${file}-${packing}.parquet`)));
	const session = new Session(options.duckdb, instance, connection, {
		timeLimitSeconds: options.timeLimitSeconds,
		packedTextMegabytes: options.packedTextMegabytes ?? Number.POSITIVE_INFINITY,
		packedPaths
	});
	await session.run(`SET memory_limit = '${options.memoryLimitMegabytes}MB'`);
	await session.run(`SET temp_directory = ${quoteText(options.spillDirectory)}`);
	await session.run("SET TimeZone = 'UTC'");
	await session.run("SET perfect_ht_threshold = 0");
	await session.run(`SET allowed_paths = ${quoteTexts([...options.files, ...packedPaths])}`);
	await session.run("SET enable_external_access = false");
	await session.run("SET lock_configuration = true");
	return session;
}
var Session = class Session {
	duckdb;
	connection;
	packedTextMegabytes;
	#instance;
	#packedPaths;
	#timeLimitSeconds;
	#temporaryNames = 0;
	#packed = 0;
	constructor(duckdb, instance, connection, limits) {
		this.duckdb = duckdb;
		this.#instance = instance;
		this.connection = connection;
		this.#timeLimitSeconds = limits.timeLimitSeconds;
		this.packedTextMegabytes = limits.packedTextMegabytes;
		this.#packedPaths = limits.packedPaths;
	}
	get timeLimitSeconds() {
		return this.#timeLimitSeconds;
	}
	limitStatements(seconds) {
		this.#timeLimitSeconds = seconds;
	}
	async run(sql) {
		await this.limited(() => this.connection.run(sql));
	}
	async rows(sql) {
		return (await this.limited(() => this.connection.runAndReadAll(sql))).getRowsJS();
	}
	async columnsOf(query) {
		return (await this.rows(`DESCRIBE ${query}`)).map(([name, sqlType]) => ({
			name: String(name),
			sqlType: String(sqlType)
		}));
	}
	async count(sql) {
		const rows = await this.rows(sql);
		return Number(rows[0]?.[0]);
	}
	temporaryName() {
		this.#temporaryNames += 1;
		return `contender_temporary_${this.#temporaryNames}`;
	}
	async aside(work) {
		const connection = await this.#instance.connect();
		try {
			const { timeLimitSeconds, packedTextMegabytes } = this;
			const limits = {
				timeLimitSeconds,
				packedTextMegabytes,
				packedPaths: []
			};
			return await work(new Session(this.duckdb, this.#instance, connection, limits));
		} finally {
			connection.closeSync();
		}
	}
	nextPackedPath() {
		this.#packed += 1;
		return this.#packedPaths[this.#packed - 1];
	}
	async limited(work, seconds = this.timeLimitSeconds) {
		let isLate = false;
		const timer = setTimeout(() => {
			isLate = true;
			this.connection.interrupt();
		}, seconds * 1e3);
		try {
			return await work();
		} catch (error) {
			if (isLate) throw new TimeLimitError(seconds, error);
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}
	close() {
		this.connection.closeSync();
		this.#instance.closeSync();
	}
};
var TimeLimitError = class extends Error {
	constructor(seconds, cause) {
		super(`took longer than the limit of ${Math.ceil(seconds)} seconds and was stopped`, { cause });
	}
};
function explainError(subject, error) {
	if (error instanceof InputError || error instanceof OutsideError) return error;
	if (!(error instanceof TimeLimitError || /^[A-Z][\w ]* Error: /.test(messageOf(error)))) return error instanceof Error ? error : new Error(messageOf(error), { cause: error });
	if (isMachineError(messageOf(error))) return new OutsideError(`${subject}: ${shortReason(error)}`, { cause: error });
	return new InputError(`${subject}: ${shortReason(error)}`, { cause: error });
}
function shortReason(error) {
	const message = messageOf(error);
	const codec = /Unsupported compression codec "([^"]*)"/.exec(message)?.[1];
	if (codec !== void 0) return `its compression ${codec} is not read; write it with snappy or zstd`;
	if (/BYTE_STREAM_SPLIT encoding is only supported/.test(message)) return "BYTE_STREAM_SPLIT encoding is read for FLOAT and DOUBLE only; write the other columns with another";
	const csvLine = /CSV Error on Line: (\d+)/.exec(message)?.[1];
	const reason = withoutValues(message).replace(/\n\s*LINE \d+:[\s\S]*$/, "").replace(/CSV Error on Line: \d+\s*/, "").replace(/Original Line:[^\n]*\n?/, "").replace(/Possible (fixes|[Ss]olutions?):[\s\S]*$/, "").replace(/^(Invalid Input|Parser|Binder|Conversion|IO|Catalog|Permission|Invalid) Error: /, "");
	const short = shorten(reason, 300);
	return csvLine === void 0 ? short : `line ${csvLine}: ${short}`;
}
function withoutValues(message) {
	if (/^Conversion Error/.test(message)) {
		const type = /\b(?:to|type) '?([A-Z][A-Z0-9_]*(?:\(\d+,\s*\d+\))?)'?/.exec(message.split("\n")[0])?.[1];
		return `a value cannot be converted${type === void 0 ? "" : ` to ${type}`}`;
	}
	if (/^Out of Range Error/.test(message)) return "a value is out of range";
	const hidden = message.replace(/\b(string|value|input|text):? ("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.|'')*')/gi, "$1 (hidden)");
	return hidden === message || /CSV Error on Line/.test(message) ? hidden : hidden.split("\n")[0];
}
function isMachineError(message) {
	return /^(Out of Memory Error|FATAL Error)|No space left on device/i.test(message);
}

// src/adapters/duckdb/column-types.ts
function columnTypeOf(sqlType) {
	if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType) || sqlType === "BIGNUM") return "integer";
	if (/^DECIMAL\(\d+,\s*0\)$/.test(sqlType)) return "integer";
	if (/^(FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\))$/.test(sqlType)) return "number";
	if (sqlType === "BOOLEAN") return "boolean";
	if (sqlType === "DATE") return "date";
	if (/^TIMESTAMP/.test(sqlType)) return "timestamp";
	if (isTextType(sqlType)) return "string";
	return "other";
}
function textExpression(column) {
	const name = quoteName(column.name);
	return isFloatType(column.sqlType) ? floatText(name) : `CAST(${name} AS VARCHAR)`;
}
function floatText(value) {
	return `(CASE WHEN isnan(${value}) THEN NULL WHEN abs(${value}) < 1e16 AND ${value} = trunc(${value})
      THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END)`;
}
function numberExpression(column) {
	const name = quoteName(column.name);
	switch (column.type) {
		case "integer": return `CAST(${name} AS DOUBLE)`;
		case "number": return `CAST(${presentExpression(column)} AS DOUBLE)`;
		case "boolean": return `CAST(CAST(${name} AS TINYINT) AS DOUBLE)`;
		case "date":
		case "timestamp": return `CAST(epoch_ms(${name}) AS DOUBLE)`;
		case "string": return `TRY_CAST(CAST(${name} AS VARCHAR) AS DOUBLE)`;
		default: return;
	}
}
function finiteExpression(column) {
	const number = numberExpression(column);
	return column.type === "number" ? `(CASE WHEN isfinite(${number}) THEN ${number} END)` : number;
}
function timeExpression(column) {
	const name = quoteName(column.name);
	if (column.type === "date" || column.type === "timestamp") return `epoch_ms(${name})`;
	if (column.type === "string") return `epoch_ms(TRY_CAST(CAST(${name} AS VARCHAR) AS TIMESTAMPTZ))`;
}
function presentExpression(column) {
	const name = quoteName(column.name);
	return isFloatType(column.sqlType) ? `(CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END)` : name;
}
function isFloatType(sqlType) {
	return sqlType === "FLOAT" || sqlType === "DOUBLE";
}
function isTextType(sqlType) {
	return sqlType === "VARCHAR" || sqlType === "UUID" || sqlType.startsWith("ENUM(");
}

// src/adapters/duckdb/unify-columns.ts
function unifyColumns(name, files) {
	const first = files[0];
	for (const other of files.slice(1)) refuseDifferentNames(name, first, other);
	return first.columns.map((column) => {
		let { sqlType } = column;
		for (const other of files.slice(1)) {
			const otherType = other.columns.find((candidate) => candidate.name === column.name).sqlType;
			const united = uniteTypes(sqlType, otherType, first.isTyped && other.isTyped);
			if (united === void 0) throw new InputError(`${name}: column "${shorten(column.name, 60)}" is ${sqlType} in ${first.path} but ${otherType} in ${other.path}; write it with one type`);
			sqlType = united;
		}
		return {
			name: column.name,
			sqlType
		};
	});
}
function refuseDifferentNames(name, first, other) {
	const missing = namesNotIn(first, other);
	const added = namesNotIn(other, first);
	if (missing.length === 0 && added.length === 0) return;
	const parts = [...missing.length > 0 ? [`only ${first.path} has ${missing.join(", ")}`] : [], ...added.length > 0 ? [`only ${other.path} has ${added.join(", ")}`] : []];
	throw new InputError(`${name}: the files do not have the same columns: ${parts.join("; ")}; files read together need the same columns`);
}
function namesNotIn(file, other) {
	const names = new Set(other.columns.map((column) => column.name));
	const absent = file.columns.filter((column) => !names.has(column.name));
	const shown = absent.slice(0, 5).map((column) => shorten(column.name, 60));
	return absent.length > 5 ? [...shown, `and ${absent.length - 5} more`] : shown;
}
function uniteTypes(left, right, isTyped) {
	if (left === right) return left;
	if (left === "JSON") return right;
	if (right === "JSON") return left;
	const kinds = [columnTypeOf(left), columnTypeOf(right)];
	if (kinds.every((kind) => kind === "integer")) return /HUGEINT|UBIGINT|DECIMAL|BIGNUM/.test(left + right) ? "HUGEINT" : "BIGINT";
	if (kinds.every((kind) => kind === "integer" || kind === "number")) return "DOUBLE";
	return isTyped ? void 0 : "VARCHAR";
}

// src/adapters/duckdb/arrow-files.ts
const CHUNK_ROWS$2 = 2048;
const MAXIMUM_BYTES = 2 ** 31 - 1;
async function openArrowFiles(session, request) {
	const flechette = await import("./flechette.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	registerCodecs(flechette);
	const loaded = [];
	for (const file of request.files) {
		const subject = `${request.name}: ${file.shownPath}`;
		const { columns, rowCount } = await readArrow(flechette, subject, file);
		const table = session.temporaryName();
		await fillTable(session, {
			subject,
			table,
			columns,
			rowCount
		});
		loaded.push({
			file,
			table,
			columns,
			rowCount
		});
	}
	const columns = unifyColumns(request.name, loaded.map(({ file, columns }) => ({
		path: file.shownPath,
		columns,
		isTyped: true
	})));
	let firstRow = 0;
	const selects = loaded.map(({ table, rowCount }) => {
		const select = `SELECT ${[...columns.map(({ name, sqlType }) => `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`), `rowid + ${firstRow} AS ${ROW_COLUMN}`].join(", ")} FROM ${table}`;
		firstRow += rowCount;
		return select;
	});
	const relation = session.temporaryName();
	await session.run(`CREATE VIEW ${relation} AS ${selects.join(" UNION ALL ")}`);
	return {
		relation,
		objects: [`VIEW ${relation}`, ...loaded.map(({ table }) => `TABLE ${table}`)],
		columns,
		parts: loaded.map(({ file, rowCount }) => ({
			path: file.shownPath,
			rowCount,
			linesBefore: 0
		})),
		isTyped: true
	};
}
function registerCodecs({ setCompressionCodec, CompressionType }) {
	const encode = () => {
		throw new Error("nothing is written as Arrow");
	};
	setCompressionCodec(CompressionType.LZ4_FRAME, {
		encode,
		decode: decodeLz4Frame
	});
	setCompressionCodec(CompressionType.ZSTD, {
		encode,
		decode: (bytes, expectedBytes) => {
			const content = zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, expectedBytes) });
			if (content.length !== expectedBytes) throw new Error("a compressed buffer has another length");
			return new Uint8Array(content);
		}
	});
}
async function readArrow({ tableFromIPC }, subject, file) {
	if (file.bytes > MAXIMUM_BYTES) throw new InputError(`${subject} has ${file.bytes} bytes; an Arrow file of 2 GiB or more is not read; split it, or write it as Parquet`);
	const bytes = new Uint8Array(await readFile(file.realPath));
	let table;
	try {
		checkArrowMessages(bytes);
		table = tableFromIPC(bytes, {
			useBigInt: true,
			useBigIntTimestamp: true,
			useDecimalInt: true
		});
		if (isBigEndian(table)) throw new Error("its numbers are big-endian");
		const names = table.schema.fields.map(({ name }) => name);
		const columns = table.children.map((column, index) => {
			checkBatches(column, names[index], table.numRows);
			return {
				column,
				name: names[index]
			};
		});
		refuseSameNames(subject, names);
		return {
			columns: columns.map(({ column, name }) => arrowColumnOf(subject, name, column)),
			rowCount: table.numRows
		};
	} catch (error) {
		if (error instanceof InputError) throw error;
		throw new InputError(`${subject} cannot be read as Arrow IPC (${messageOf(error)}); it is damaged, cut off or uses something that is not read; write it anew, or as Parquet`, { cause: error });
	}
}
function refuseSameNames(subject, names) {
	const seen = /* @__PURE__ */ new Set();
	for (const name of names) {
		if (seen.has(name.toLowerCase())) throw new InputError(`${subject} has two columns named "${name}" (case does not count); rename one`);
		seen.add(name.toLowerCase());
	}
	if (names.length === 0) throw new InputError(`${subject} has no columns`);
}
async function fillTable(session, work) {
	const { subject, table, columns, rowCount } = work;
	const { DuckDBDataChunk } = session.duckdb;
	const end = performance.now() + session.timeLimitSeconds * 1e3;
	try {
		const definitions = columns.map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`);
		await session.run(`CREATE TABLE ${table} (${definitions.join(", ")})`);
		const appender = await session.connection.createAppender(table);
		const chunk = DuckDBDataChunk.create(columns.map(({ duckdbType }) => duckdbType(session.duckdb)), CHUNK_ROWS$2);
		const readers = columns.map(({ name, reader }) => ({
			name,
			read: reader(session.duckdb)
		}));
		for (let from = 0; from < rowCount; from += CHUNK_ROWS$2) {
			const to = Math.min(rowCount, from + CHUNK_ROWS$2);
			chunk.reset();
			chunk.rowCount = to - from;
			for (const [index, { name, read }] of readers.entries()) try {
				chunk.setColumnValues(index, read(from, to));
			} catch (error) {
				throw outOfRange(subject, name, error);
			}
			appender.appendDataChunk(chunk);
			if (performance.now() > end) throw new TimeLimitError(session.timeLimitSeconds, void 0);
		}
		appender.closeSync();
	} catch (error) {
		throw explainError(subject, error);
	}
}
function outOfRange(subject, name, error) {
	if (error instanceof InputError) return error;
	return new InputError(`${subject}: column "${shorten(name, 60)}" holds a value that its type cannot (${messageOf(error)}); write the file anew`, { cause: error });
}

// src/adapters/duckdb/csv-dialect.ts
const DELIMITERS = [
	",",
	";",
	"	",
	"|"
];
function findDialect(subject, text, delimiter) {
	const candidates = (delimiter === void 0 ? DELIMITERS : [delimiter]).map((candidate) => ({
		delimiter: candidate,
		...splitRecords(text, candidate)
	}));
	const even = candidates.filter(({ records, unclosed }) => isEven(records) && unclosed === void 0);
	const [best] = even.filter(({ records }) => widthOf(records) > 1).toSorted((left, right) => widthOf(right.records) - widthOf(left.records));
	const chosen = best ?? (even.length === candidates.length ? even[0] : void 0);
	if (chosen === void 0) throw uneven(subject, candidates);
	return {
		delimiter: chosen.delimiter,
		first: chosen.records[0]?.cells ?? []
	};
}
function widthOf(records) {
	return records[0]?.cells.length ?? 0;
}
function isEven(records) {
	return records.every(({ cells }) => cells.length === widthOf(records));
}
function uneven(subject, candidates) {
	const cuts = ({ records }) => records.reduce((sum, { cells }) => sum + cells.length - 1, 0);
	const { records, unclosed } = candidates.toSorted((left, right) => cuts(right) - cuts(left))[0];
	const [first] = records;
	const other = records.find(({ cells }) => cells.length !== widthOf(records));
	if (first !== void 0 && other !== void 0) return unevenLine(subject, first, other);
	return new InputError(`${subject}: line ${unclosed ?? 1}: a quotation mark is not closed; close it, and double it ("") inside quoted cells`);
}
function unevenLine(subject, first, other) {
	const advice = first.cells.length === 1 ? "remove what stands before the header, such as a title or a comment" : "give every line the same number of columns, and quote cells that hold the delimiter";
	return new InputError(`${subject}: line ${other.line} has ${countOf(other)} where line ${first.line} has ${first.cells.length}; ${advice}`);
}
function countOf({ cells }) {
	return cells.length === 1 ? "1 column" : `${cells.length} columns`;
}
function refuseBadHeader(subject, cells) {
	if (cells.length > 0 && cells.every((cell) => cell.trim() === "")) throw new InputError(`${subject}: the first line should name the columns, but is blank`);
	const seen = /* @__PURE__ */ new Map();
	for (const cell of cells) {
		const key = cell.trim().toLowerCase();
		const other = seen.get(key);
		if (other !== void 0 && key !== "") throw new InputError(`${subject} has two columns named "${shorten(other, 60)}" and "${shorten(cell, 60)}" (case and outer spaces do not count); rename one`);
		seen.set(key, cell);
	}
}
function refuseBrokenHeader(subject, head, cells) {
	const inNames = LINE_END.exec(cells.join(" "))?.[0];
	const between = LINE_END.exec(withoutQuoted(head))?.[0];
	if (inNames === void 0 || between === void 0 || inNames === between) return;
	const broken = cells.find((cell) => LINE_END.test(cell)) ?? "";
	throw new InputError(`${subject}: the header has a line break (${nameOf(inNames)}) within the name ${JSON.stringify(shorten(broken, 60))}, and the lines end with ${nameOf(between)}, which cannot be read; write each name on one line`);
}
const LINE_END = /\r\n|\n|\r/;
function nameOf(lineEnd) {
	return lineEnd.replace("\r", "CR").replace("\n", "LF");
}
function lineEndsOf(head) {
	return new Set(withoutQuoted(head).match(/\r\n|\n|\r/g));
}
function withoutQuoted(head) {
	return head.replace(/"[^"]*(?:"|$)/g, "");
}
function splitRecords({ head, isHeadCut }, delimiter) {
	const records = [];
	let cells = [];
	let cell = "";
	let line = 1;
	let firstLine = 1;
	let quotedSince;
	const end = () => {
		if (cells.length > 0 || cell !== "") records.push({
			line: firstLine,
			cells: [...cells, cell]
		});
		cells = [];
		cell = "";
	};
	for (let index = 0; index < head.length; index++) {
		const character = head[index];
		const isLineEnd = character === "\n" || character === "\r" && head[index + 1] !== "\n";
		if (isLineEnd) line += 1;
		if (quotedSince !== void 0) {
			if (character !== "\"") cell += character;
			else if (head[index + 1] === "\"") cell += head[index++];
			else quotedSince = void 0;
		} else if (character === "\"" && cell === "") quotedSince = line;
		else if (character === delimiter) {
			cells.push(cell);
			cell = "";
		} else if (isLineEnd) {
			end();
			firstLine = line;
		} else if (character !== "\r") cell += character;
	}
	if (isHeadCut) return { records };
	if (quotedSince !== void 0) return {
		records,
		unclosed: quotedSince
	};
	end();
	return { records };
}

// src/adapters/duckdb/delimited-text.ts
const MAXIMUM_LINE_BYTES = 16777216;
const LARGEST_EXACT_INTEGER = 2 ** 53;
const SAMPLE_ROWS$1 = 20480;
const delimitedTextReader = {
	canPack: true,
	describe: describe$2,
	scan: scan$2,
	explain: explain$2,
	findBooleans,
	columnsToKeepAsText
};
async function describe$2(session, file, options) {
	const { subject } = options;
	if (file.head.trim() === "") throw new InputError(`${subject} holds only blank lines`);
	if (/^[\r\n]/.test(file.head)) throw new InputError(`${subject}: line 1 is blank; remove the blank lines before the header`);
	const isTabSeparated = /\.tsv(\.|$)/i.test(file.shownPath);
	const { delimiter, first } = findDialect(subject, file, isTabSeparated ? "	" : void 0);
	refuseBrokenHeader(subject, file.head, first);
	const sniffed = await sniff(session, {
		file,
		delimiter,
		...options
	});
	if (sniffed.columns.length !== first.length && !file.isHeadCut) throw await explainStructure(session, {
		file,
		subject,
		delimiter,
		width: first.length
	});
	if (sniffed.hasHeader) refuseBadHeader(subject, first);
	return {
		columns: sniffed.columns.map(({ name, type }) => ({
			name,
			sqlType: exactType(type, sniffed)
		})),
		booleans: sniffed.columns.filter(({ type }) => type === "BOOLEAN").map(({ name }) => name),
		isTyped: false,
		headerLines: sniffed.hasHeader ? 1 : 0,
		delimiter
	};
}
async function sniff(session, request) {
	const { file, delimiter, subject } = request;
	const sql = `SELECT HasHeader, Columns, DateFormat, TimestampFormat
    FROM sniff_csv(${quoteText(file.realPath)}, ${DIALECT}, delim = ${quoteText(delimiter)}, skip = 0,
      sample_size = ${request.wholeFile ? -1 : SAMPLE_ROWS$1})`;
	try {
		const row = (await session.rows(sql))[0];
		return {
			hasHeader: row[0] === true,
			columns: row[1],
			dateFormat: row[2],
			timestampFormat: row[3]
		};
	} catch (error) {
		if (!/automatically detect|invalid state/i.test(shortReason(error))) throw explain$2(file, subject, error);
		const { first } = findDialect(subject, file, delimiter);
		throw await explainStructure(session, {
			file,
			subject,
			delimiter,
			width: first.length
		});
	}
}
const DIALECT = `comment = '', quote = '"', escape = '"', strict_mode = true,
  max_line_size = ${MAXIMUM_LINE_BYTES}, buffer_size = ${2 * MAXIMUM_LINE_BYTES}`;
async function explainStructure(session, text) {
	const { file, subject, delimiter, width } = text;
	const columns = Array.from({ length: width }, (_, index) => ({
		name: `column${index}`,
		sqlType: "VARCHAR"
	}));
	const shape = {
		columns,
		isTyped: false,
		headerLines: 0,
		delimiter
	};
	try {
		await session.rows(`SELECT count(${columns[0].name}) FROM ${scan$2(file, shape)}`);
	} catch (error) {
		return explain$2(file, subject, error);
	}
	return new InputError(`${subject} is not delimited text: its lines do not have the same number of columns, or mix kinds of line ends`);
}
function explain$2(file, subject, error) {
	const reason = shortReason(error);
	const line = /^line \d+/.exec(reason)?.[0];
	const refused = (problem) => new InputError(`${subject}${line === void 0 ? "" : `: ${line}`} ${problem}`, { cause: error });
	if (/not utf-8 encoded|invalid unicode/i.test(reason)) return refused("is not UTF-8 text; save it as UTF-8, or declare what it is written in: {path: …, encoding: windows-1252}");
	const widths = /Expected Number of Columns: (\d+) Found: (\d+)/i.exec(reason);
	if (widths !== null) return refused(`has ${widths[2]} ${widths[2] === "1" ? "column" : "columns"} where the first line has ${widths[1]}; give every line the same number of columns, and quote cells that hold the delimiter`);
	if (/unterminated quote|quote should be followed|quoted value/i.test(reason)) return refused("has a quotation mark that is not closed or stands within a cell; double it (\"\") inside quoted cells");
	if (lineEndsOf(file.head).size > 1 && /new.?line|automatically detect|state machine/i.test(reason)) return refused("mixes kinds of line ends; save it with one kind (LF or CRLF)");
	if (/maximum line size/i.test(reason)) return refused(`is longer than ${MAXIMUM_LINE_BYTES / 2 ** 20} MB, often for a quotation mark that is not closed; shorten it, or write the data as Parquet`);
	return explainError(subject, error);
}
function exactType(type, sniffed) {
	if (type === "BOOLEAN") return "VARCHAR";
	if (type === "TIME") return "VARCHAR";
	const isIso = (format) => format === null || format === "" || format.startsWith("%Y-%m-%d");
	if (type === "DATE") return isIso(sniffed.dateFormat) ? type : "VARCHAR";
	if (type.startsWith("TIMESTAMP")) return isIso(sniffed.timestampFormat) ? type : "VARCHAR";
	return type;
}
function scan$2(file, shape) {
	const columns = shape.columns.map(({ name, sqlType }) => `${quoteText(name)}: ${quoteText(sqlType)}`);
	return `read_csv(${quoteText(file.realPath)}, auto_detect = false, hive_partitioning = false, ${DIALECT},
    delim = ${quoteText(shape.delimiter ?? ",")}, header = ${shape.headerLines > 0}, skip = 0,
    columns = {${columns.join(", ")}})`;
}
async function findBooleans(session, table, candidates) {
	if (candidates.length === 0) return /* @__PURE__ */ new Set();
	const isBoolean = candidates.map((name) => `coalesce(bool_and(lower(${quoteName(name)}) IN ('true', 'false')), false)`);
	const found = (await session.rows(`SELECT ${isBoolean.join(", ")} FROM ${table}`))[0];
	return new Set(candidates.filter((_, index) => found[index] === true));
}
async function columnsToKeepAsText(session, table, files) {
	const doubles = files[0].shape.columns.filter(({ sqlType }) => sqlType === "DOUBLE").map(({ name }) => name);
	if (doubles.length === 0) return /* @__PURE__ */ new Set();
	const isLarge = doubles.map((name) => `coalesce(bool_or(abs(${quoteName(name)}) >= ${LARGEST_EXACT_INTEGER} AND isfinite(${quoteName(name)})), false)`);
	const large = (await session.rows(`SELECT ${isLarge.join(", ")} FROM ${table}`))[0];
	const suspects = doubles.filter((_, index) => large[index] === true);
	const kept = /* @__PURE__ */ new Set();
	for (const { file, shape } of suspects.length === 0 ? [] : files) {
		const asText = {
			...shape,
			columns: shape.columns.map(({ name }) => ({
				name,
				sqlType: "VARCHAR"
			}))
		};
		const spelled = suspects.map((name) => `coalesce(bool_or(regexp_full_match(trim(${quoteName(name)}), '[+-]?\\d{16,}')), false)`);
		const found = (await session.rows(`SELECT ${spelled.join(", ")} FROM ${scan$2(file, asText)}`))[0];
		for (const [index, name] of suspects.entries()) if (found[index] === true) kept.add(name);
	}
	return kept;
}

// src/adapters/duckdb/sql-tree.ts
function visit(value, look) {
	if (Array.isArray(value)) for (const element of value) visit(element, look);
	else if (typeof value === "object" && value !== null) {
		const node = value;
		look(node);
		for (const child of Object.values(node)) visit(child, look);
	}
}

// src/adapters/duckdb/exact-json.ts
const json = JSON;
function parseExactJson(text) {
	return json.parse(text, (_key, value, context) => typeof value === "number" && !Number.isSafeInteger(value) && context.source !== void 0 ? json.rawJSON(context.source) : value);
}

// src/adapters/duckdb/growing-values.ts
const SIZE_ARGUMENT = /* @__PURE__ */ new Map([
	["range", void 0],
	["generate_series", void 0],
	["repeat", 1],
	["lpad", 1],
	["rpad", 1],
	["bar", 3],
	["list_resize", 1],
	["array_resize", 1]
]);
const LARGEST = 1e4;
function refuseGrowth(query, subject) {
	const tables = /* @__PURE__ */ new Set();
	visit(query, (node) => {
		if (node.type === "TABLE_FUNCTION") tables.add(node.function);
	});
	visit(query, (node) => {
		const name = growingName(node);
		if (name === void 0 || tables.has(node)) return;
		if (sizesOf(node, name).every(isSmall) && !growsWithin(node)) return;
		throw new InputError(`${subject} calls ${name}(), which can fill the memory; write its size as a number of at most ${LARGEST}, and no such call within another`);
	});
}
function growingName(node) {
	if (node.class !== "FUNCTION") return void 0;
	const name = String(node.function_name).toLowerCase();
	return SIZE_ARGUMENT.has(name) ? name : void 0;
}
function sizesOf(node, name) {
	const argumentsOfCall = node.children;
	const place = SIZE_ARGUMENT.get(name);
	return place === void 0 ? argumentsOfCall : argumentsOfCall.slice(place, place + 1);
}
function isSmall(argument) {
	if (argument.class !== "CONSTANT") return false;
	const { value } = argument.value;
	return Math.abs(Number(String(value))) <= LARGEST;
}
function growsWithin(node) {
	let grows = false;
	visit(node.children, (child) => {
		if (growingName(child) !== void 0) grows = true;
	});
	return grows;
}

// src/adapters/duckdb/user-sql.ts
const TABLE_FUNCTIONS = /* @__PURE__ */ new Set([
	"unnest",
	"range",
	"generate_series"
]);
const SOURCES = /* @__PURE__ */ new Set([
	"BASE_TABLE",
	"SUBQUERY",
	"JOIN",
	"TABLE_FUNCTION",
	"EXPRESSION_LIST",
	"EMPTY",
	"PIVOT"
]);
async function parseUserQuery(session, sql, subject, tables = []) {
	const document = await parse(session, sql, subject);
	const statements = document.statements;
	if (statements.length !== 1) throw new InputError(`${subject} holds ${statements.length} statements; write a single SELECT … FROM source`);
	const query = statements[0].node;
	const commonTables = /* @__PURE__ */ new Set();
	visit(query, (node) => collectCommonTables(node, commonTables));
	const names = new Set(tables.map((name) => name.toLowerCase()).filter((name) => !commonTables.has(name)));
	visit(query, (node) => readFromSource(node, names));
	const unstable = await unstableFunctions(session);
	visit(query, (node) => refuseNode$1(node, {
		subject,
		commonTables,
		unstable
	}));
	refuseGrowth(query, subject);
	return {
		document,
		query
	};
}
async function checkCondition(session, condition, subject) {
	const { query } = await parseUserQuery(session, `SELECT (${condition}\n) FROM source`, subject);
	const expressions = query.select_list;
	if (!(query.type === "SELECT_NODE" && expressions.length === 1 && expressions[0].class !== "STAR" && query.where_clause === null && query.modifiers.length === 0)) throw new InputError(`${subject} is not one condition; write an expression such as amt > 0 AND age < 90`);
	let readsSource = false;
	visit(expressions, (node) => {
		if (node.class === "SUBQUERY") readsSource = true;
	});
	return { readsSource };
}
async function toSqlText(session, query) {
	const rows = await session.rows(`SELECT json_deserialize_sql(${quoteText(JSON.stringify(query.document))}::JSON)`);
	return String(rows[0][0]);
}
async function parse(session, sql, subject) {
	let text;
	try {
		text = String((await session.rows(`SELECT json_serialize_sql(${quoteText(sql)})`))[0][0]);
	} catch (error) {
		throw explainError(subject, error);
	}
	const document = parseExactJson(text);
	if (document.error !== true) return document;
	if (document.error_type === "not implemented") throw new InputError(`${subject} is not a SELECT; only SELECT … FROM source is run`);
	throw new InputError(`${subject} is not valid SQL: ${shorten(String(document.error_message), 300)}`);
}
function collectCommonTables(node, names) {
	const map = node.cte_map?.map;
	for (const { key } of map ?? []) names.add(key.toLowerCase());
}
function readFromSource(node, names) {
	const name = String(node.table_name);
	if (node.type !== "BASE_TABLE" || !names.has(name.toLowerCase())) return;
	if (node.alias === "") node.alias = name;
	node.table_name = "source";
}
function refuseNode$1(node, rules) {
	if (typeof node.type === "string" && "sample" in node && "alias" in node && !("class" in node)) refuseTable(node, rules);
	if (node.class === "FUNCTION" || node.class === "WINDOW") refuseFunction(node, rules);
	if ("sample" in node && node.sample !== null) throw new InputError(`${rules.subject} takes a sample, which gives other rows each time; filter by a condition`);
	if (node.class === "PARAMETER") throw new InputError(`${rules.subject} has a parameter (? or $1); write the value itself`);
}
function refuseTable(node, { subject, commonTables }) {
	const type = String(node.type);
	if (!SOURCES.has(type)) throw new InputError(`${subject} reads something other than rows of source (${type.toLowerCase()})`);
	if (type === "TABLE_FUNCTION") {
		const name = String(node.function.function_name).toLowerCase();
		if (!TABLE_FUNCTIONS.has(name)) throw new InputError(`${subject} calls ${shorten(name, 60)}(…) as a table; only source can be read`);
	}
	if (type === "BASE_TABLE") {
		const name = String(node.table_name);
		if (node.schema_name !== "" || node.catalog_name !== "" || name.toLowerCase() !== "source" && !commonTables.has(name.toLowerCase())) throw new InputError(`${subject} reads from "${shorten(name, 60)}"; the only table is source`);
	}
}
function refuseFunction(node, { subject, unstable }) {
	const name = String(node.function_name).toLowerCase();
	if (OUTSIDE.has(name)) throw new InputError(`${subject} calls ${shorten(name, 60)}(), which reaches outside the data; write a fixed value or compute it from source`);
	if (unstable.has(name)) throw new InputError(`${subject} calls ${shorten(name, 60)}(), which gives another value each time; write a fixed value or compute it from source`);
}
const OUTSIDE = /* @__PURE__ */ new Set([
	...[
		"getenv",
		"getvariable",
		"version",
		"query",
		"query_table",
		"current_setting",
		"current_query"
	],
	...[
		"current_user",
		"user",
		"session_user",
		"current_role",
		"current_schema",
		"current_schemas"
	],
	...[
		"current_database",
		"current_catalog",
		"current_connection_id",
		"current_query_id",
		"in_search_path"
	]
]);
async function unstableFunctions(session) {
	const rows = await session.rows("SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT' AND function_name <> 'error'");
	return /* @__PURE__ */ new Set([
		...rows.map(([name]) => String(name)),
		...[
			"current_timestamp",
			"current_time",
			"localtime",
			"localtimestamp",
			"current_localtime"
		],
		"current_localtimestamp"
	]);
}

// src/adapters/duckdb/aggregate-sql.ts
const MOST_CHARACTERS$2 = 1e4;
const PICKING = /* @__PURE__ */ new Set([...[
	"min",
	"max",
	"any_value",
	"arbitrary",
	"first",
	"last",
	"mode",
	"nth_value"
], ...[
	"arg_min",
	"arg_max",
	"argmin",
	"argmax",
	"min_by",
	"max_by",
	"arg_min_null",
	"arg_max_null"
]]);
const COLLECTING = /* @__PURE__ */ new Set([...[
	"list",
	"array_agg",
	"string_agg",
	"group_concat",
	"listagg",
	"histogram",
	"quantile_disc"
]]);
const SOURCE = "source";
const GROWING = /* @__PURE__ */ new Set([...[
	"range",
	"generate_series",
	"repeat",
	"lpad",
	"rpad",
	"bar",
	"printf",
	"format"
], ...[
	"list_resize",
	"array_resize",
	"list_reduce",
	"array_reduce",
	"reduce"
]]);
const NUMBER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\))$/;
async function checkAggregate(session, request, all) {
	const { sql, subject } = request;
	const columns = all.filter(({ name }) => !name.toLowerCase().startsWith("__contender"));
	if (sql.length > MOST_CHARACTERS$2) throw new InputError(`${subject} has ${sql.length} characters; at most ${MOST_CHARACTERS$2} are read`);
	const { query } = await parseUserQuery(session, `SELECT (${sql}\n) FROM source`, subject);
	refuseOtherThanExpression(query, subject);
	const expressions = query.select_list;
	visit(expressions, (node) => refuseNode(node, subject));
	const names = namesIn(expressions);
	const own = namesOf(request);
	const used = columns.filter(({ name }) => names.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
	refuseWithheld(used, request);
	if (![...ANSWER_NAMES].some((name) => own.has(name) && names.has(name))) throw new InputError(`${subject} looks at neither score nor prediction, so that it says nothing about a model`);
	visit(expressions, (node) => refusePicking(node, subject));
	await bind$1(session, request, {
		columns,
		used
	});
	return {
		sql,
		columns: used,
		isResamplable: isResamplable(expressions)
	};
}
function isResamplable(expressions) {
	let isSmooth = true;
	visit(expressions, (node) => {
		if (node.class !== "FUNCTION") return;
		const name = functionName(node);
		if (node.distinct === true || /distinct|unique/.test(name) || PICKING.has(name)) isSmooth = false;
	});
	return isSmooth;
}
function refuseOtherThanExpression(query, subject) {
	const from = query.from_table;
	if (query.type === "SELECT_NODE" && query.select_list.length === 1 && from?.type === "BASE_TABLE" && query.where_clause === null && query.group_expressions.length === 0 && query.aggregate_handling === "STANDARD_HANDLING" && query.having === null && query.qualify === null && query.modifiers.length === 0) return;
	throw new InputError(`${subject} is not one aggregate expression; write one such as avg(abs(label - score))`);
}
function refuseNode(node, subject) {
	if (node.class === "SUBQUERY") throw new InputError(`${subject} holds a query of its own; write one aggregate over the rows`);
	if (node.class === "WINDOW") throw new InputError(`${subject} has a window (OVER), which gives a value for each row; write one aggregate`);
	if (node.class === "STAR" || node.class === "POSITIONAL_REFERENCE") throw new InputError(`${subject} takes columns by * or by their place; write their names`);
	if (node.class !== "FUNCTION") return;
	if (/^(unnest|unlist)$/.test(functionName(node))) throw new InputError(`${subject} calls unnest(), which gives several values; write one aggregate`);
	if (GROWING.has(functionName(node))) throw new InputError(`${subject} calls ${functionName(node)}(), which can fill the memory; a metric needs numbers only`);
}
function refusePicking(node, subject) {
	if (node.class !== "FUNCTION") return;
	if (!PICKING.has(functionName(node)) && !COLLECTING.has(functionName(node))) return;
	const names = [...namesIn(node.children)].filter((name) => name !== SOURCE);
	if (names.length > 0 && names.every((name) => ANSWER_NAMES.some((answer) => answer === name))) return;
	throw new InputError(`${subject} takes the value of a single row by ${functionName(node)}(); write a mean, a sum or a quantile_cont`);
}
function functionName(node) {
	return String(node.function_name).toLowerCase();
}
function namesIn(tree) {
	const names = /* @__PURE__ */ new Set();
	visit(tree, (node) => {
		if (node.class !== "COLUMN_REF") return;
		for (const name of node.column_names) names.add(name.toLowerCase());
	});
	return names;
}
function namesOf({ shared, models }) {
	return new Set([...shared, ...models[0] ?? []].map(({ name }) => name));
}
function refuseWithheld(used, { subject, withheld }) {
	const hidden = new Set(withheld.map((name) => name.toLowerCase()));
	const found = used.find(({ name }) => hidden.has(name.toLowerCase()));
	if (found === void 0) return;
	throw new InputError(`${subject} reads ${JSON.stringify(shorten(found.name, 60))}, an id or a sensitive column, whose values a metric could give away; use another column`);
}
async function bind$1(session, request, { columns, used }) {
	const { subject, sql, shared, models, withheld } = request;
	const table = session.temporaryName();
	const own = namesOf(request);
	const hidden = new Set(withheld.map((name) => name.toLowerCase()));
	const others = columns.filter(({ name }) => !own.has(name.toLowerCase()) && !hidden.has(name.toLowerCase()));
	const definitions = [...[...shared, ...models[0] ?? []].map(({ name, kind }) => `${name} ${kind === "text" ? "VARCHAR" : "DOUBLE"}`), ...[.../* @__PURE__ */ new Set([...others, ...used])].map(({ name, sqlType }) => `${quoteName(name)} ${sqlType}`)];
	try {
		await session.run(`CREATE TABLE ${table} (${definitions.join(", ")})`);
		const [value] = await session.columnsOf(`SELECT (${sql}\n) AS value FROM ${table} AS source GROUP BY ()`);
		if (!NUMBER_TYPE.test(value.sqlType)) throw new InputError(`${subject} gives ${shorten(value.sqlType, 40)} and not a number; write an aggregate such as avg(…) or sum(…)`);
	} catch (error) {
		if (/must appear in the GROUP BY clause/.test(String(error))) throw new InputError(`${subject} gives a value for each row; write one aggregate, such as avg(…)`);
		throw explainError(subject, error);
	} finally {
		await session.run(`DROP TABLE IF EXISTS ${table}`);
	}
}
function seenColumn(column) {
	return `${presentExpression(column)} AS ${quoteName(column.name)}`;
}

// src/adapters/duckdb/append-columns.ts
const CHUNK_ROWS$1 = 2048;
async function createTableOf(session, table, columns) {
	const { DuckDBDataChunk, DOUBLE, INTEGER } = session.duckdb;
	const definitions = columns.map(({ name, values }) => `${name} ${values instanceof Float64Array ? "DOUBLE" : "INTEGER"}`);
	await session.run(`CREATE OR REPLACE TABLE ${table} (${definitions.join(", ")})`);
	const appender = await session.connection.createAppender(table);
	const types = columns.map(({ values }) => values instanceof Float64Array ? DOUBLE : INTEGER);
	const chunk = DuckDBDataChunk.create(types, CHUNK_ROWS$1);
	const rowCount = columns[0].values.length;
	for (let from = 0; from < rowCount; from += CHUNK_ROWS$1) {
		const to = Math.min(rowCount, from + CHUNK_ROWS$1);
		chunk.reset();
		chunk.rowCount = to - from;
		for (const [index, { values }] of columns.entries()) writeVector(chunk, index, values.subarray(from, to));
		appender.appendDataChunk(chunk);
	}
	appender.closeSync();
}
function writeVector(chunk, index, values) {
	const vector = chunk.getColumnVector(index);
	const { items } = vector;
	if (ArrayBuffer.isView(items) && items.constructor === values.constructor) items.set(values);
	else for (let row = 0; row < values.length; row++) vector.setItem(row, values[row]);
	vector.flush();
}

// src/adapters/duckdb/aggregate-rows.ts
const ITEM = "__contender_item";
const PLACE = "__contender_place";
const UNIT = "__contender_unit";
const SAMPLE = "__contender_sample";
const RANK = "__contender_rank";
async function prepareAggregate(rows, request) {
	const checked = await checkAggregate(rows.session, request, rows.columns);
	const aggregate = new SessionAggregate(rows, request, checked);
	try {
		await aggregate.join();
	} catch (error) {
		await aggregate.drop();
		throw explainError(rows.label, error);
	}
	return aggregate;
}
var SessionAggregate = class {
	#rows;
	#request;
	#checked;
	#tables;
	#spentMilliseconds = 0;
	constructor(rows, request, checked) {
		this.#rows = rows;
		this.#request = request;
		this.#checked = checked;
		const { session } = rows;
		this.#tables = {
			joined: session.temporaryName(),
			part: session.temporaryName(),
			drawn: session.temporaryName()
		};
	}
	get isResamplable() {
		return this.#checked.isResamplable;
	}
	async join() {
		const { session, relation } = this.#rows;
		const brought = session.temporaryName();
		const columns = this.#broughtColumns();
		await createTableOf(session, brought, [
			{
				name: ITEM,
				values: Int32Array.from(this.#request.rows.keys())
			},
			{
				name: PLACE,
				values: Int32Array.from(this.#request.rows)
			},
			{
				name: RANK,
				values: this.#request.ranks
			},
			...columns.map(({ column, name }) => ({
				name,
				values: column.kind === "text" ? column.codes : column.values
			}))
		]);
		const own = columns.map(({ column, name }) => `${readBrought(column, `b.${name}`)} AS ${name}`);
		const names = this.#checked.columns.map(({ name }) => `d.${quoteName(name)}`);
		const data = this.#checked.columns.map((column) => `, ${seenColumn(column)}`).join("");
		const order = [
			RANK,
			...columns.map(({ name }) => `b.${name}`),
			...names
		];
		await session.run(`CREATE TABLE ${this.#tables.joined} AS
      SELECT row_number() OVER (ORDER BY ${order.join(", ")}) - 1 AS ${PLACE}, ${[
			ITEM,
			...own,
			...names
		].join(", ")}
      FROM ${brought} AS b JOIN (
        SELECT row_number() OVER (ORDER BY ${ROW_COLUMN}) - 1 AS ${PLACE}${data} FROM ${relation}
      ) AS d ON d.${PLACE} = b.${PLACE}
      ORDER BY 1`);
		await session.run(`DROP TABLE ${brought}`);
	}
	async choose({ rows, units }) {
		const { session } = this.#rows;
		const { joined, part } = this.#tables;
		const chosen = session.temporaryName();
		const unitTable = session.temporaryName();
		try {
			await createTableOf(session, unitTable, [{
				name: PLACE,
				values: Int32Array.from(units.keys())
			}, {
				name: UNIT,
				values: units
			}]);
			if (rows) await createTableOf(session, chosen, [{
				name: ITEM,
				values: Int32Array.from(rows)
			}]);
			const from = rows ? `(SELECT * REPLACE (row_number() OVER (ORDER BY ${PLACE}) - 1 AS ${PLACE})
            FROM ${joined} SEMI JOIN ${chosen} USING (${ITEM}))` : joined;
			await session.run(`CREATE OR REPLACE TABLE ${part} AS SELECT * FROM ${from} JOIN ${unitTable} USING (${PLACE}) ORDER BY ${PLACE}`);
		} catch (error) {
			throw explainError(this.#rows.label, error);
		} finally {
			await session.run(`DROP TABLE IF EXISTS ${chosen}`);
			await session.run(`DROP TABLE IF EXISTS ${unitTable}`);
		}
	}
	async compute({ count, samples, units }) {
		const { session } = this.#rows;
		const { drawn, part } = this.#tables;
		await createTableOf(session, drawn, [{
			name: SAMPLE,
			values: samples
		}, {
			name: UNIT,
			values: units
		}]);
		const results = [];
		for (const index of this.#request.models.keys()) {
			const columns = [...this.#seen(index)].map(({ name, as }) => `${name} AS ${as}`);
			const data = this.#checked.columns.map(({ name }) => quoteName(name));
			const source = `SELECT ${[
				SAMPLE,
				...columns,
				...data
			].join(", ")} FROM ${drawn} JOIN ${part} USING (${UNIT})`;
			const value = `SELECT ${SAMPLE}, (${this.#checked.sql}\n) AS value FROM (${source}) AS source GROUP BY ${SAMPLE}`;
			const found = await this.#inTime(`SELECT ${SAMPLE}, CAST(value AS DOUBLE) FROM (${value}) LIMIT ${count}`);
			const values = new Float64Array(count).fill(NaN);
			for (const [sample, number] of found) if (typeof number === "number" && Number.isFinite(number)) values[Number(sample)] = number;
			results.push(values);
		}
		return results;
	}
	async drop() {
		for (const table of Object.values(this.#tables)) await this.#rows.session.run(`DROP TABLE IF EXISTS ${table}`);
	}
	#broughtColumns() {
		const { shared, models } = this.#request;
		return [...shared.map((column) => ({
			column,
			name: `__contender_own_${column.name}`,
			as: column.name
		})), ...models.flatMap((columns, model) => columns.map((column) => ({
			column,
			name: `__contender_${model}_${column.name}`,
			as: column.name
		})))];
	}
	#seen(model) {
		const { shared, models } = this.#request;
		const wanted = /* @__PURE__ */ new Set([...shared, ...models[model]]);
		return this.#broughtColumns().filter(({ column }) => wanted.has(column));
	}
	async #inTime(sql) {
		const { session } = this.#rows;
		const left = session.timeLimitSeconds - this.#spentMilliseconds / 1e3;
		const start = performance.now();
		try {
			return (await session.limited(() => session.connection.runAndReadAll(sql), Math.max(.001, left))).getRowsJS();
		} catch (error) {
			throw explainFailure(this.#request.subject, error, session.timeLimitSeconds);
		} finally {
			this.#spentMilliseconds += performance.now() - start;
		}
	}
};
function readBrought(column, name) {
	if (column.kind === "number") return `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END`;
	return `list_extract(${quoteTexts(column.dictionary)}::VARCHAR[], ${name} + 1)`;
}
function explainFailure(subject, error, seconds) {
	if (error instanceof TimeLimitError) return new InputError(`${subject} took longer than the limit of ${seconds} seconds and was stopped; make it cheaper`);
	const kind = /^([A-Z][\w ]*) Error: /.exec(messageOf(error))?.[1];
	if (kind === void 0) return error instanceof Error ? error : new Error(messageOf(error));
	if (kind === "Out of Memory") return new InputError(`${subject} needs more memory than it may have`);
	if (kind === "FATAL" || /No space left on device/i.test(messageOf(error))) return new OutsideError(`${subject}: the engine failed (${kind})`);
	return new InputError(`${subject} fails on some of the rows: ${REASONS[kind] ?? `${kind} error`}`);
}
const REASONS = {
	Conversion: "a value cannot be converted; use try_cast(… AS …)",
	"Out of Range": "a number leaves the range of its type; cast it to DOUBLE"
};

// src/adapters/duckdb/count-values.ts
const OCCURRENCES = "__contender_occurrences";
const WORTH_KEEPING = 4;
async function countValues(rows, column) {
	const kept = rows.counted.get(column.name)?.table;
	if (kept !== void 0) return kept;
	const table = rows.session.temporaryName();
	await rows.session.run(`CREATE TEMP TABLE ${table} AS
     SELECT ${quoteName(column.name)}, count(*) AS ${OCCURRENCES} FROM ${rows.relation} GROUP BY 1`);
	return table;
}
async function keepCounted(rows, column, counted) {
	const { table, ...counts } = counted;
	if (counted.distinct * WORTH_KEEPING <= rows.rowCount) rows.counted.set(column.name, counted);
	else {
		await rows.session.run(`DROP TABLE ${table}`);
		rows.counted.set(column.name, counts);
	}
}

// src/adapters/duckdb/require-column.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
function requireColumn(rows, name) {
	const found = rows.columns.find((column) => column.name === name);
	if (found !== void 0) return found;
	const names = rows.columns.map((column) => column.name);
	const nearest = names.map((candidate) => ({
		candidate,
		edits: (0, import_fastest_levenshtein.distance)(candidate.toLowerCase(), name.toLowerCase())
	})).filter(({ edits }) => edits <= Math.max(2, Math.floor(name.length / 3))).sort((left, right) => left.edits - right.edits).slice(0, 3).map(({ candidate }) => `"${shorten(candidate, 60)}"`);
	const hint = nearest.length > 0 ? `did you mean ${nearest.join(" or ")}?` : `its columns are ${names.slice(0, 12).map((each) => shorten(each, 60)).join(", ")}${names.length > 12 ? ` and ${names.length - 12} more` : ""}`;
	throw new InputError(`${rows.name} has no column "${shorten(name, 60)}"; ${hint}`);
}

// src/adapters/duckdb/row-rule-queries.ts
function isQueryRule(rule) {
	return rule.kind === "monotonic" || rule.kind === "reference";
}
async function queryRule(rows, rule) {
	const table = rows.session.temporaryName();
	if (rule.kind === "monotonic") await tabulateSteps(rows, rule, table);
	else await tabulateKeys(rows, rule, table);
	const [found] = await rows.session.rows(`SELECT count(*), count_if(fails) FROM ${table}`);
	return {
		relation: table,
		condition: {
			applies: "true",
			fails: "fails",
			value: "value"
		},
		counts: {
			checked: Number(found[0]),
			failing: Number(found[1])
		},
		[Symbol.asyncDispose]: () => rows.session.run(`DROP TABLE ${table}`)
	};
}
async function countSteps(rows, rule) {
	const column = requireColumn(rows, rule.column);
	const value = presentExpression(column);
	const [found] = await rows.session.rows(`SELECT count(earlier), coalesce(bool_and(row > earlier_row), true),
       coalesce(bool_or(this ${operatorOf(rule)} earlier), false)
     FROM (
       SELECT ${value} AS this, lag(${value}) OVER () AS earlier,
         ${ROW_COLUMN} AS row, lag(${ROW_COLUMN}) OVER () AS earlier_row
       FROM ${rows.relation} WHERE ${value} IS NOT NULL
     )`);
	const [checked, inOrder, isBroken] = found;
	return inOrder === true && isBroken === false ? Number(checked) : void 0;
}
function operatorOf({ direction, strict }) {
	return `${direction === "increasing" ? "<" : ">"}${strict ? "=" : ""}`;
}
async function tabulateSteps(rows, rule, table) {
	const column = requireColumn(rows, rule.column);
	const value = presentExpression(column);
	await rows.session.run(`CREATE TEMP TABLE ${table} AS
     SELECT ${ROW_COLUMN}, value, this ${operatorOf(rule)} earlier AS fails FROM (
       SELECT ${ROW_COLUMN}, ${textExpression(column)} AS value, ${value} AS this,
         lag(${value}) OVER (ORDER BY ${ROW_COLUMN}) AS earlier
       FROM ${rows.relation} WHERE ${value} IS NOT NULL
     ) WHERE earlier IS NOT NULL`);
}
const KEYS_A_STATEMENT = 2e3;
async function tabulateKeys(rows, rule, table) {
	const columns = rule.columns.map((name) => requireColumn(rows, name));
	const keys = rows.session.temporaryName();
	const names = columns.map((_, index) => `key_${index}`);
	await rows.session.run(`CREATE TEMP TABLE ${keys} (${names.map((name) => `${name} VARCHAR`).join(", ")})`);
	for (let from = 0; from < rule.keys.length; from += KEYS_A_STATEMENT) {
		const values = rule.keys.slice(from, from + KEYS_A_STATEMENT).map((key) => `(${key.map(quoteText).join(", ")})`);
		await rows.session.run(`INSERT INTO ${keys} VALUES ${values.join(", ")}`);
	}
	const texts = columns.map(textExpression);
	const present = texts.map((text) => `${text} IS NOT NULL`).join(" AND ");
	const same = names.map((name) => `${keys}.${name} = mine.${name}`).join(" AND ");
	const mine = texts.map((text, index) => `${text} AS ${names[index]}`).join(", ");
	await rows.session.run(`CREATE TEMP TABLE ${table} AS
     SELECT ${ROW_COLUMN}, value, NOT EXISTS (SELECT 1 FROM ${keys} WHERE ${same}) AS fails FROM (
       SELECT ${ROW_COLUMN}, concat_ws(', ', ${texts.join(", ")}) AS value, ${mine}
       FROM ${rows.relation} WHERE ${present}
     ) AS mine`);
	await rows.session.run(`DROP TABLE ${keys}`);
}

// src/adapters/duckdb/row-condition.ts
function isInRange(number, rule) {
	const bounds = [
		rule.minimum === void 0 ? [] : [`${number} >= ${doubleLiteral(rule.minimum)}`],
		rule.maximum === void 0 ? [] : [`${number} <= ${doubleLiteral(rule.maximum)}`],
		rule.exclusiveMinimum === void 0 ? [] : [`${number} > ${doubleLiteral(rule.exclusiveMinimum)}`],
		rule.exclusiveMaximum === void 0 ? [] : [`${number} < ${doubleLiteral(rule.exclusiveMaximum)}`]
	].flat();
	return bounds.length === 0 ? "true" : bounds.join(" AND ");
}

// src/adapters/duckdb/row-shape-rules.ts
const KINDS = [
	"time-range",
	"length",
	"pattern",
	"multiple-of",
	"time-format"
];
function isShapeRule(rule) {
	return KINDS.includes(rule.kind);
}
function shapeConditionOf(column, rule) {
	const present = `${presentExpression(column)} IS NOT NULL`;
	const value = textExpression(column);
	switch (rule.kind) {
		case "time-range": {
			const time = timeOf(column, rule.of) ?? "CAST(NULL AS BIGINT)";
			const number = `CAST(${time} AS DOUBLE)`;
			return {
				applies: `${present} AND ${time} IS NOT NULL`,
				fails: `NOT (${isInRange(number, rule)})`,
				value,
				measure: number
			};
		}
		case "length": {
			const length = `CAST(length(${value}) AS DOUBLE)`;
			return {
				applies: present,
				fails: `NOT (${isInRange(length, rule)})`,
				value,
				measure: length
			};
		}
		case "pattern": return {
			applies: present,
			fails: `NOT regexp_matches(${value}, ${quoteText(rule.pattern)})`,
			value
		};
		case "multiple-of": {
			const number = numberExpression(column) ?? "CAST(NULL AS DOUBLE)";
			const quotient = `${number} / ${doubleLiteral(rule.divisor)}`;
			const fails = `abs(${quotient} - round(${quotient})) > 1e-9 * greatest(1, abs(${quotient}))`;
			return {
				applies: `${present} AND ${number} IS NOT NULL`,
				fails,
				value
			};
		}
		case "time-format": return {
			applies: present,
			fails: failsFormat(column, rule.format),
			value
		};
	}
}
function timeOf(column, of) {
	if (of === "instant") return timeExpression(column);
	const name = quoteName(column.name);
	if (column.type === "timestamp") return `epoch_ms(CAST(${name} AS TIME))`;
	return column.type === "string" || column.sqlType === "TIME" ? `epoch_ms(TRY_CAST(CAST(${name} AS VARCHAR) AS TIME))` : void 0;
}
function failsFormat(column, format) {
	if (column.type === "date" || column.type === "timestamp" || column.sqlType.startsWith("TIME")) return "false";
	return `try_strptime(${textExpression(column)}, ${quoteText(format)}) IS NULL`;
}

// src/adapters/duckdb/row-rules.ts
function rowConditionOf(rows, rule) {
	const column = requireColumn(rows, rule.column);
	const present = `${presentExpression(column)} IS NOT NULL`;
	const value = textExpression(column);
	if (isShapeRule(rule)) return shapeConditionOf(column, rule);
	switch (rule.kind) {
		case "present": return {
			applies: "true",
			fails: isMissing(present, value, rule.words),
			value: "''"
		};
		case "type": return {
			applies: present,
			fails: `NOT coalesce(${hasType(rows, column, rule.type)}, false)`,
			value
		};
		case "finite": return finiteCondition(column, rule.of);
		case "set": return {
			applies: present,
			fails: `NOT coalesce(${isInSet(column, rule.values)}, false)`,
			value,
			listsValues: true
		};
		case "range": {
			const number = numberExpression(column) ?? "CAST(NULL AS DOUBLE)";
			return {
				applies: `${present} AND ${number} IS NOT NULL`,
				fails: `NOT (${isInRange(number, rule)})`,
				value,
				measure: number
			};
		}
	}
}
function uniqueColumnsOf(rows, names) {
	const columns = names.map((name) => requireColumn(rows, name));
	return {
		applies: columns.map((column) => `${presentExpression(column)} IS NOT NULL`).join(" AND "),
		keys: columns.map(({ name }) => quoteName(name)).join(", "),
		value: `concat_ws(', ', ${columns.map(textExpression).join(", ")})`
	};
}
function finiteCondition(column, of) {
	const name = quoteName(column.name);
	const fails = of === "nan" ? `isnan(${name})` : `isinf(${name})`;
	return {
		applies: `${name} IS NOT NULL`,
		fails: isFloatType(column.sqlType) ? fails : "false",
		value: `CAST(${name} AS VARCHAR)`
	};
}
function isMissing(present, text, words = []) {
	if (words.length === 0) return `NOT (${present})`;
	return `(NOT (${present}) OR list_contains(${quoteTexts(words)}, ${text}))`;
}
function hasType(rows, column, type) {
	if (column.type === type) return "true";
	const name = quoteName(column.name);
	const text = `CAST(${name} AS VARCHAR)`;
	const isText = column.type === "string";
	switch (type) {
		case "string": return String(!rows.isTyped);
		case "integer":
			if (column.type === "number") return `(isfinite(CAST(${name} AS DOUBLE)) AND ${name} = trunc(${name}))`;
			return isText ? `regexp_full_match(${text}, '[+-]?[0-9]+')` : "false";
		case "number":
			if (column.type === "integer") return "true";
			return isText ? `TRY_CAST(${text} AS DOUBLE) IS NOT NULL` : "false";
		case "boolean":
			if (column.type === "integer" || column.type === "number") return `${name} IN (0, 1)`;
			return isText ? `lower(${text}) IN ('true', 'false', '0', '1')` : "false";
		case "date":
			if (column.type === "timestamp") return `date_trunc('day', ${name}) = ${name}`;
			return isText ? `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') AND TRY_CAST(${text} AS DATE) IS NOT NULL` : "false";
		case "timestamp":
			if (column.type === "date") return "true";
			return isText ? `TRY_CAST(${text} AS TIMESTAMPTZ) IS NOT NULL` : "false";
		case "time":
			if (column.sqlType.startsWith("TIME") && column.type === "other") return "true";
			return isText ? `TRY_CAST(${text} AS TIME) IS NOT NULL` : "false";
	}
}
function isInSet(column, values) {
	if (column.type === "integer" || column.type === "number") {
		const numbers = values.filter((value) => value.trim() !== "" && !Number.isNaN(Number(value)));
		if (numbers.length === 0) return "false";
		const list = column.type === "integer" && numbers.every((value) => /^[+-]?\d{1,38}$/.test(value)) ? numbers.map((value) => `CAST(${BigInt(value)} AS HUGEINT)`) : numbers.map((value) => doubleLiteral(Number(value)));
		return `${quoteName(column.name)} IN (${list.join(", ")})`;
	}
	if (values.length === 0) return "false";
	const text = column.type === "boolean" ? `lower(${textExpression(column)})` : textExpression(column);
	const allowed = column.type === "boolean" ? values.map(booleanText) : values;
	return `list_contains(${quoteTexts(allowed)}, ${text})`;
}
function booleanText(value) {
	if (value === "1") return "true";
	return value === "0" ? "false" : value.toLowerCase();
}

// src/adapters/duckdb/time-columns.ts
async function requireTimeExpression(session, rows, name) {
	const column = requireColumn(rows, name);
	const expression = timeExpression(column);
	if (expression === void 0) throw new InputError(`${rows.name}: column "${shorten(name, 60)}" is ${column.sqlType}, not a time; use a column of dates, timestamps or ISO 8601 text (2020-06-21 12:14:00)`);
	if (column.type !== "string") return expression;
	const quoted = quoteName(name);
	if ((await session.rows(`SELECT 1 FROM ${rows.relation} WHERE ${quoted} IS NOT NULL AND ${expression} IS NULL LIMIT 1`)).length > 0) throw new InputError(`${rows.name}: column "${shorten(name, 60)}" holds a text that is no time; write ISO 8601 (2020-06-21 12:14:00)`);
	return expression;
}

// src/adapters/duckdb/row-filters.ts
async function conditionOf$1(session, rows, filters) {
	const conditions = [];
	for (const filter of filters) conditions.push(await filterCondition(session, rows, filter));
	return {
		sql: conditions.map(({ sql }) => `(${sql})`).join(" AND "),
		readsSource: conditions.some(({ readsSource }) => readsSource)
	};
}
function hashExpression$1(column) {
	return `CAST(CAST('0x' || substr(md5(${`coalesce(${textExpression(column)}, '')`}), 1, 13) AS UBIGINT) AS DOUBLE) / 4503599627370496`;
}
async function requireCondition(session, rows, condition) {
	const subject = `${rows.name}: condition \`${shorten(condition)}\``;
	const { readsSource } = await checkCondition(session, condition, subject);
	const names = rows.columns.map(({ name }) => quoteName(name)).join(", ");
	try {
		await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${rows.relation}`);
		await session.columnsOf(`SELECT 1 FROM source WHERE (${condition}\n)`);
	} catch (error) {
		throw explainError(subject, error);
	}
	return {
		sql: `${condition}\n`,
		readsSource
	};
}
async function filterCondition(session, rows, filter) {
	switch (filter.kind) {
		case "sql": return requireCondition(session, rows, filter.condition);
		case "hash": {
			const hash = hashExpression$1(requireColumn(rows, filter.column));
			return {
				sql: `${hash} >= ${doubleLiteral(filter.from)} AND ${hash} < ${doubleLiteral(filter.to)}`,
				readsSource: false
			};
		}
		case "time": {
			const time = await requireTimeExpression(session, rows, filter.column);
			const from = filter.from === void 0 ? [] : [`${time} >= ${integerLiteral(filter.from)}`];
			const to = filter.to === void 0 ? [] : [`${time} < ${integerLiteral(filter.to)}`];
			return {
				sql: [
					`${time} IS NOT NULL`,
					...from,
					...to
				].join(" AND "),
				readsSource: false
			};
		}
	}
}
function integerLiteral(value) {
	if (!Number.isFinite(value)) throw new InputError(`a time of ${value} is no time`);
	return String(Math.ceil(value));
}

// src/adapters/duckdb/row-user-condition.ts
async function userConditionOf(rows, { expression, subject }) {
	const { sql } = await requireCondition(rows.session, {
		...rows,
		name: subject
	}, expression);
	return {
		applies: `(${sql}\n) IS NOT NULL`,
		fails: `NOT (${sql}\n)`,
		value: "''"
	};
}

// src/adapters/duckdb/check-rows.ts
const EXAMPLES = 5;
const MOST_VALUES = 50;
async function checkRows(rows, rules) {
	const conditions = [];
	for (const rule of rules) conditions.push(await conditionOf(rows, rule));
	try {
		const counts = await countFailing(rows, groupConditions(rows, rules, conditions));
		const results = [];
		for (const [index, rule] of rules.entries()) {
			const condition = conditions[index];
			if (condition !== void 0) results.push(await withExamples(rows, condition, counts.get(condition)));
			else if (rule.kind === "unique") results.push(await checkUnique(rows, rule.columns));
			else if (isQueryRule(rule)) results.push(await checkQueried(rows, rule));
		}
		return results;
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
async function conditionOf(rows, rule) {
	if (rule.kind === "unique" || isQueryRule(rule)) return void 0;
	return rule.kind === "condition" ? await userConditionOf(rows, rule) : rowConditionOf(rows, rule);
}
async function checkQueried(rows, rule) {
	const kept = rule.kind === "monotonic" ? await countSteps(rows, rule) : void 0;
	if (kept !== void 0) return {
		checked: kept,
		failing: 0,
		examples: []
	};
	await using query = await queryRule(rows, rule);
	return await withExamples({
		...rows,
		relation: query.relation
	}, query.condition, query.counts);
}
function groupConditions(rows, rules, conditions) {
	const groups = /* @__PURE__ */ new Map();
	for (const [index, condition] of conditions.entries()) {
		if (condition === void 0) continue;
		const rule = rules[index];
		const table = "column" in rule ? rows.counted.get(rule.column)?.table : void 0;
		const relation = table ?? rows.relation;
		const weight = table === void 0 ? "1" : OCCURRENCES;
		const group = groups.get(relation) ?? {
			relation,
			weight,
			conditions: []
		};
		group.conditions.push(condition);
		groups.set(relation, group);
	}
	return [...groups.values()];
}
async function countFailing(rows, groups) {
	const counts = /* @__PURE__ */ new Map();
	for (const { relation, weight, conditions } of groups) {
		const rowsWhere = (what) => weight === "1" ? `count_if(${what})` : `coalesce(sum(${weight}) FILTER (WHERE ${what}), 0)::BIGINT`;
		const measures = conditions.map(({ applies, fails }) => `${rowsWhere(applies)}, ${rowsWhere(`(${applies}) AND (${fails})`)}`);
		const [found] = await rows.session.rows(`SELECT ${measures.join(", ")} FROM ${relation}`);
		for (const [index, condition] of conditions.entries()) counts.set(condition, {
			checked: Number(found[2 * index]),
			failing: Number(found[2 * index + 1])
		});
	}
	return counts;
}
async function withExamples(rows, condition, counts) {
	if (counts.failing === 0) return {
		...counts,
		examples: []
	};
	const found = await rows.session.rows(`SELECT ${ROW_COLUMN}, ${condition.value} FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails}) ORDER BY ${ROW_COLUMN} LIMIT ${EXAMPLES}`);
	return {
		...counts,
		examples: await toExamples(rows, found),
		...await findExtremes(rows, condition),
		...await listValues(rows, condition)
	};
}
async function findExtremes(rows, condition) {
	if (condition.measure === void 0) return {};
	const [found] = await rows.session.rows(`SELECT min(${condition.measure})::DOUBLE, max(${condition.measure})::DOUBLE FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails})`);
	const [minimum, maximum] = found.map(Number);
	return Number.isFinite(minimum) && Number.isFinite(maximum) ? { extremes: {
		minimum,
		maximum
	} } : {};
}
async function listValues(rows, condition) {
	if (condition.listsValues !== true) return {};
	const found = await rows.session.rows(`SELECT ${condition.value} AS text, count(*) AS occurrences FROM ${rows.relation}
     WHERE (${condition.applies}) AND (${condition.fails})
     GROUP BY 1 ORDER BY occurrences DESC, text LIMIT 51`);
	return found.length > MOST_VALUES ? {} : { values: found.map(([text]) => String(text)) };
}
async function checkUnique(rows, names) {
	const counted = names.length === 1 ? rows.counted.get(names[0]) : void 0;
	if (counted?.present === counted?.distinct && counted !== void 0) return {
		checked: counted.present,
		failing: 0,
		examples: []
	};
	const unique = uniqueColumnsOf(rows, names);
	const [found] = await rows.session.rows(`SELECT coalesce(sum(occurrences), 0)::BIGINT, coalesce(sum(occurrences - 1), 0)::BIGINT
     FROM (SELECT count(*) AS occurrences FROM ${rows.relation} WHERE ${unique.applies} GROUP BY ${unique.keys})`);
	const counts = {
		checked: Number(found[0]),
		failing: Number(found[1])
	};
	if (counts.failing === 0) return {
		...counts,
		examples: []
	};
	const examples = await rows.session.rows(`SELECT ${ROW_COLUMN}, ${unique.value} FROM ${rows.relation} WHERE ${unique.applies}
     QUALIFY row_number() OVER (PARTITION BY ${unique.keys} ORDER BY ${ROW_COLUMN}) > 1
     ORDER BY ${ROW_COLUMN} LIMIT ${EXAMPLES}`);
	return {
		...counts,
		examples: await toExamples(rows, examples)
	};
}
async function toExamples(rows, found) {
	const places = await placesOfRows(rows.parts, found.map(([row]) => Number(row)));
	return found.map(([, value], index) => ({
		...places[index],
		value: String(value ?? "")
	}));
}

// src/adapters/duckdb/digest-rows.ts
async function digestRows(rows) {
	const row = `concat(${rows.columns.map(cellOf$1).join(", ';', ")})`;
	try {
		const [sums] = await rows.session.rows(`SELECT count(*), CAST(coalesce(sum(CAST(hash & CAST('18446744073709551615' AS UHUGEINT) AS UBIGINT)), 0) AS VARCHAR),
         CAST(coalesce(sum(CAST(hash >> 64 AS UBIGINT)), 0) AS VARCHAR)
       FROM (SELECT md5_number(${row}) AS hash FROM ${rows.relation})`);
		const [count, upper, lower] = sums;
		const sum = BigInt.asUintN(128, (BigInt(String(upper)) << 64n) + BigInt(String(lower)));
		const names = rows.columns.map(({ name }) => name);
		return createHash("sha256").update(JSON.stringify({
			columns: names,
			rows: Number(count),
			sum: sum.toString(16).padStart(32, "0")
		})).digest("hex");
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
function cellOf$1(column) {
	const text = textExpression(column);
	if (!(column.type === "string" || column.type === "other")) return `coalesce(${text}, '-')`;
	return `strlen(${text}), CASE WHEN ${text} IS NULL THEN '-' ELSE ':' END, ${text}`;
}

// src/adapters/duckdb/matching-values.ts
const OFTEN_REPEATED = 4;
const MOST_CHARACTERS$1 = 4096;
async function findMatchingValues(rows, requests) {
	const searches = requests.map((request) => {
		const column = requireColumn(rows, request.column);
		return {
			request,
			column,
			...matchConditions(column, request.expressions)
		};
	});
	try {
		const counts = await countMatches(rows, searches);
		const found = [];
		for (const search of searches) found.push(await readValues$1(rows, search, counts.get(search)));
		return found;
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
function matchConditions(column, expressions) {
	const expression = quoteText(expressions.map((each) => `(?:${each})`).join("|"));
	const matches = `coalesce(regexp_matches(${textExpression(column)}, ${expression}), false)`;
	const value = presentExpression(column);
	if (column.type === "string") return {
		isPossible: `${value} IS NOT NULL`,
		matches
	};
	return {
		isPossible: `coalesce(${value} >= ${LEAST_NUMBER}, false)`,
		matches
	};
}
async function countMatches(rows, searches) {
	const counted = searches.filter(({ request }) => request.distinct * OFTEN_REPEATED > rows.rowCount);
	if (counted.length === 0) return /* @__PURE__ */ new Map();
	const measures = counted.map(({ isPossible, matches }) => `count_if(CASE WHEN ${isPossible} THEN ${matches} ELSE false END)`);
	const [found] = await rows.session.rows(`SELECT ${measures.join(", ")} FROM ${rows.relation}`);
	return new Map(counted.map((search, index) => [search, Number(found[index])]));
}
async function readValues$1(rows, { request, column, isPossible, matches }, matching) {
	const { column: name, distinct, present, most } = request;
	if (matching === 0) return {
		column: name,
		checked: present,
		values: []
	};
	const text = textExpression(column);
	const divisor = Math.ceil(Math.min(distinct, matching ?? distinct) / most);
	const share = divisor > 1 ? `hash(${text}) % ${divisor} = 0` : void 0;
	const isGrouped = matching === void 0;
	const found = await rows.session.rows(`SELECT left(${text}, ${MOST_CHARACTERS$1}), contender_count, contender_first FROM (
       SELECT ${presentExpression(column)} AS ${quoteName(name)}, count(*) AS contender_count,
         min(${ROW_COLUMN}) AS contender_first
       FROM ${rows.relation} WHERE ${isPossible} AND ${share ?? "true"} AND ${isGrouped ? "true" : matches}
       GROUP BY 1
     ) WHERE ${isGrouped ? matches : "true"} ORDER BY contender_first`);
	return {
		column: name,
		checked: share === void 0 ? present : await countShare(rows, column, share),
		values: found.map(([value, count, row]) => ({
			value: String(value),
			count: Number(count),
			row: Number(row)
		}))
	};
}
async function countShare(rows, column, share) {
	return await rows.session.count(`SELECT count(*) FROM ${rows.relation} WHERE ${presentExpression(column)} IS NOT NULL AND ${share}`);
}

// src/adapters/duckdb/query-reach.ts
const COUNTS = /* @__PURE__ */ new Set([
	"count",
	"count_star",
	"count_if"
]);
function reachOf(query, columns) {
	if (countsRows(query)) return { kind: "row-count" };
	const known = new Set(columns.map((name) => name.toLowerCase()));
	const names = /* @__PURE__ */ new Set();
	let isClear = true;
	visit(query, (node) => {
		if (node.class === "STAR" || node.class === "POSITIONAL_REFERENCE") isClear = false;
		if (isFilled(node.column_name_alias) || isFilled(node.using_columns)) isClear = false;
		if (node.class !== "COLUMN_REF") return;
		const parts = node.column_names;
		const name = String(parts.at(-1));
		if (parts.length > 2 || !known.has(name.toLowerCase())) isClear = false;
		names.add(name);
	});
	return isClear ? {
		kind: "columns",
		names: [...names]
	} : { kind: "anything" };
}
function countsRows(query) {
	const { type, select_list: selected, from_table: from, group_expressions: groups } = query;
	const [expression, ...more] = selected;
	return type === "SELECT_NODE" && more.length === 0 && !isFilled(query.cte_map?.map) && expression?.class === "FUNCTION" && COUNTS.has(String(expression.function_name)) && from?.type === "BASE_TABLE" && !isFilled(groups);
}
function isFilled(value) {
	return Array.isArray(value) && value.length > 0;
}

// src/adapters/duckdb/measure-query.ts
const MOST_CHARACTERS = 1e4;
async function measureQuery(rows, { sql, subject, tables }) {
	if (sql.length > MOST_CHARACTERS) throw new InputError(`${subject} has ${sql.length} characters; at most ${MOST_CHARACTERS} are read`);
	const { session } = rows;
	const parsed = await parseUserQuery(session, sql, subject, tables);
	const text = await toSqlText(session, parsed);
	const reach = reachOf(parsed.query, rows.columns.map(({ name }) => name));
	await bind(rows, {
		subject,
		text,
		names: rows.columns.map(({ name }) => quoteName(name)).join(", ")
	});
	const [value] = (await run(rows, {
		subject,
		text
	}))[0] ?? [];
	if (value === null || value === void 0) return { reach };
	const number = typeof value === "boolean" || typeof value === "bigint" ? Number(value) : Number(String(value));
	if (Number.isFinite(number)) return {
		value: number,
		reach
	};
	throw new InputError(`${subject} gives something other than a number; write count(*), sum(…) or avg(…)`);
}
async function bind(rows, { subject, text, names }) {
	const { session } = rows;
	try {
		await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${rows.relation}`);
		const columns = await session.columnsOf(text);
		if (columns.length === 1) return;
		throw new InputError(`${subject} gives ${columns.length} columns; write a query that gives one number`);
	} catch (error) {
		throw explainError(subject, error);
	}
}
async function run({ session }, { subject, text }) {
	let found;
	try {
		found = await session.rows(`SELECT * FROM (${text}\n) LIMIT 2`);
	} catch (error) {
		if (error instanceof TimeLimitError) throw explainError(subject, error);
		const explained = explainError(subject, error);
		if (!(explained instanceof InputError)) throw explained;
		throw new InputError(`${subject} fails on the data, such as by a text that is no number or a division by zero; write TRY_CAST(…) or a CASE`);
	}
	if (found.length < 2) return found;
	throw new InputError(`${subject} gives several rows; write a query that gives one number`);
}

// src/adapters/duckdb/places-of-rows.ts
async function placesAt(rows, positions) {
	const found = [];
	try {
		for (const position of positions) {
			const row = await rows.session.count(`SELECT ${ROW_COLUMN} FROM ${rows.relation} LIMIT 1 OFFSET ${Math.trunc(position)}`);
			found.push(row);
		}
	} catch (error) {
		throw explainError(rows.label, error);
	}
	return await placesOfRows(rows.parts, found);
}

// src/adapters/duckdb/narrow-parts.ts
const WIDE = 100;
const COLUMNS_AT_ONCE = 50;
const MOST_COPIED_VALUES = 5e6;
async function inNarrowParts(rows, columns, work) {
	if (rows.columns.length < WIDE || rows.rowCount * COLUMNS_AT_ONCE > MOST_COPIED_VALUES) {
		await work(rows, columns);
		return;
	}
	for (let first = 0; first < columns.length; first += COLUMNS_AT_ONCE) {
		const part = columns.slice(first, first + COLUMNS_AT_ONCE);
		const relation = rows.session.temporaryName();
		const names = part.map(({ name }) => quoteName(name)).join(", ");
		await rows.session.run(`CREATE TEMP TABLE ${relation} AS SELECT ${names} FROM ${rows.relation}`);
		await work({
			...rows,
			relation
		}, part);
		await rows.session.run(`DROP TABLE ${relation}`);
	}
}

// src/adapters/duckdb/vector-copy.ts
function copyVector(chunk, index, place) {
	const { from, to, destination, offset } = place;
	const vector = chunk.getColumnVector(index);
	const { items } = vector;
	if (ArrayBuffer.isView(items) && items.constructor === destination.constructor) {
		const part = items.subarray(from, to);
		destination.set(part, offset);
		return;
	}
	const convert = destination instanceof BigInt64Array ? (value) => BigInt(value) : Number;
	for (let row = from; row < to; row++) destination[offset + row - from] = convert(vector.getItem(row));
}

// src/adapters/duckdb/sorted-numbers.ts
const CHUNK_ROWS = 2048;
const EXACT_MICROSECONDS = 9e12;
async function* readValues(rows, column, table) {
	const value = finiteExpression(column);
	const sql = `SELECT ${value} AS value, CAST(${OCCURRENCES} AS DOUBLE) FROM ${table}
    WHERE ${value} IS NOT NULL ORDER BY value`;
	for await (const [values, counts] of readNumbers$1(rows, sql, 2)) yield {
		values,
		counts
	};
}
async function* sortRows(rows, column, onNew) {
	const isMoment = column.type === "timestamp";
	const sql = `SELECT ${isMoment ? `CAST(epoch_us(${quoteName(column.name)}) AS DOUBLE)` : finiteExpression(column)} AS key FROM ${rows.relation} WHERE ${finiteExpression(column)} IS NOT NULL ORDER BY key`;
	const ones = new Float64Array(CHUNK_ROWS).fill(1);
	let last = NaN;
	for await (const [keys] of readNumbers$1(rows, sql, 1)) {
		let differing = 0;
		for (const next of keys) {
			if (next !== last) differing++;
			last = next;
		}
		onNew(differing);
		if (isMoment) toMilliseconds(keys);
		yield {
			values: keys,
			counts: ones.subarray(0, keys.length)
		};
	}
}
function toMilliseconds(microseconds) {
	for (let index = 0; index < microseconds.length; index++) microseconds[index] = Math.trunc(microseconds[index] / 1e3);
}
function isExactlyKeyed({ type, sqlType }, extent) {
	if (/^(DOUBLE|FLOAT|U?(TINYINT|SMALLINT|INTEGER)|DATE)$/.test(sqlType)) return true;
	if (type !== "timestamp" || !/^TIMESTAMP( WITH TIME ZONE)?$/.test(sqlType)) return false;
	return !(Math.max(-(extent?.minimum ?? 0), extent?.maximum ?? 0) > EXACT_MICROSECONDS);
}
async function* readNumbers$1({ session }, sql, columnCount) {
	const result = await session.limited(() => session.connection.stream(sql));
	const columns = Array.from({ length: columnCount }, () => new Float64Array(CHUNK_ROWS));
	for (;;) {
		const chunk = await session.limited(() => result.fetchChunk());
		if (chunk === null || chunk.rowCount === 0) return;
		const to = chunk.rowCount;
		for (const [index, destination] of columns.entries()) copyVector(chunk, index, {
			from: 0,
			to,
			offset: 0,
			destination
		});
		yield columns.map((values) => values.subarray(0, to));
	}
}

// src/adapters/duckdb/profile-numbers.ts
const SIGNIFICANT_DIGITS = 10;
async function profileCounted(rows, column, table) {
	const rowsOf = (what) => `coalesce(sum(${OCCURRENCES}) FILTER (WHERE ${what} IS NOT NULL), 0)::BIGINT`;
	const extent = await measureExtent(rows, column, {
		relation: table,
		rowsOf,
		distinct: `count(${presentExpression(column)})`
	});
	const summary = newSummary(column, extent);
	if (extent.finite > 0) for await (const { values, counts } of readValues(rows, column, table)) summary.add(values, counts);
	return toProfile(rows, column, {
		extent,
		summary,
		distinct: extent.distinct
	});
}
async function profileSorted(rows, column) {
	const value = presentExpression(column);
	const infinities = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((infinity) => `CAST(coalesce(bool_or(${value} = ${doubleLiteral(infinity)}), false) AS INTEGER)`);
	const extent = await measureExtent(rows, column, {
		relation: rows.relation,
		rowsOf: (what) => `count(${what})`,
		distinct: isFloatType(column.sqlType) ? infinities.join(" + ") : "0"
	});
	if (!isExactlyKeyed(column, extent)) return void 0;
	const summary = newSummary(column, extent);
	let { distinct } = extent;
	if (extent.finite > 0) {
		const onNew = (count) => {
			distinct += count;
		};
		for await (const { values, counts } of sortRows(rows, column, onNew)) summary.add(values, counts);
	}
	return toProfile(rows, column, {
		extent,
		summary,
		distinct
	});
}
async function measureExtent(rows, column, from) {
	const { relation, rowsOf, distinct } = from;
	const value = finiteExpression(column);
	const [found] = await rows.session.rows(`SELECT ${rowsOf(presentExpression(column))}, ${rowsOf(value)}, ${distinct}, min(${value}), max(${value}) FROM ${relation}`);
	const numbers = found.map(Number);
	return {
		present: numbers[0],
		finite: numbers[1],
		distinct: numbers[2],
		minimum: numbers[3],
		maximum: numbers[4]
	};
}
function newSummary({ type }, { finite, minimum, maximum }) {
	return new SortedSummary({
		count: finite,
		minimum,
		maximum,
		isInteger: type === "integer"
	});
}
function toProfile(rows, column, found) {
	const { extent, summary, distinct } = found;
	const { name, type } = column;
	const counts = {
		name,
		type,
		missing: rows.rowCount - extent.present,
		distinct
	};
	if (extent.finite === 0) return counts;
	const { minimum, maximum } = extent;
	return {
		...counts,
		minimum,
		maximum,
		...roundMoments(column, summary.finish())
	};
}
function roundMoments(column, summary) {
	const { mean, standardDeviation, ...exact } = summary;
	const isTime = column.type === "date" || column.type === "timestamp";
	const round = (value) => isTime ? Math.round(value) : Number(value.toPrecision(SIGNIFICANT_DIGITS));
	return {
		...mean === void 0 ? {} : { mean: round(mean) },
		...standardDeviation === void 0 ? {} : { standardDeviation: round(standardDeviation) },
		...exact
	};
}

// src/adapters/duckdb/profile-values.ts
const TOP_VALUES = 20;
async function profileValues(rows, column, table) {
	const present = presentExpression(column);
	const [found] = await rows.session.rows(`SELECT coalesce(sum(${OCCURRENCES}) FILTER (WHERE ${present} IS NOT NULL), 0)::BIGINT, count(${present}) FROM ${table}`);
	const profile = {
		name: column.name,
		type: column.type,
		missing: rows.rowCount - Number(found[0]),
		distinct: Number(found[1])
	};
	return column.type === "other" ? profile : {
		...profile,
		top: await findTop(rows, column, table)
	};
}
async function findTop(rows, column, table) {
	return (await rows.session.rows(`SELECT ${textExpression(column)} AS text, ${OCCURRENCES} FROM ${table}
     WHERE ${presentExpression(column)} IS NOT NULL ORDER BY ${OCCURRENCES} DESC, text LIMIT ${TOP_VALUES}`)).map(([text, count]) => ({
		value: String(text),
		count: Number(count)
	}));
}

// src/adapters/duckdb/profile-columns.ts
const FEW_VALUES = 20;
const SAMPLE_ROWS = 2e4;
const MOSTLY = .9;
const MOST_SORTED_ROWS = 4e6;
async function profileColumns(rows, names) {
	const columns = names.map((name) => requireColumn(rows, name));
	try {
		const differing = await findDiffering(rows, columns);
		const profiles = [];
		await inNarrowParts(rows, columns, async (part, some) => {
			for (const column of some) {
				const sorted = differing.has(column) ? await profileSorted(part, column) : void 0;
				if (sorted !== void 0) rememberCounts(part, sorted);
				profiles.push(sorted ?? await profileByValues(part, column));
			}
		});
		return profiles;
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
async function findDiffering(rows, columns) {
	if (rows.rowCount < SAMPLE_ROWS || rows.rowCount > MOST_SORTED_ROWS) return /* @__PURE__ */ new Set();
	const candidates = columns.filter((column) => isExactlyKeyed(column));
	if (candidates.length === 0) return /* @__PURE__ */ new Set();
	const names = candidates.map(({ name }) => quoteName(name));
	const [found] = await rows.session.rows(`SELECT ${names.map((name) => `count(DISTINCT ${name})`).join(", ")}
     FROM (SELECT ${names.join(", ")} FROM ${rows.relation} LIMIT ${SAMPLE_ROWS})`);
	return new Set(candidates.filter((_, index) => Number(found[index]) > SAMPLE_ROWS * MOSTLY));
}
async function profileByValues(rows, column) {
	const table = await countValues(rows, column);
	const profile = await profileTable(rows, column, table);
	const { distinct, missing } = profile;
	await keepCounted(rows, column, {
		table,
		distinct,
		present: rows.rowCount - missing
	});
	return profile;
}
async function profileTable(rows, column, table) {
	if (![
		"integer",
		"number",
		"date",
		"timestamp"
	].includes(column.type)) return await profileValues(rows, column, table);
	const profile = await profileCounted(rows, column, table);
	if (column.type !== "integer" || profile.distinct === 0 || profile.distinct > FEW_VALUES) return profile;
	return {
		...profile,
		top: await findTop(rows, column, table)
	};
}
function rememberCounts(rows, { name, distinct, missing }) {
	rows.counted.set(name, {
		distinct,
		present: rows.rowCount - missing
	});
}

// src/adapters/duckdb/column-plans.ts
async function planColumns(rows, requests, isWhole) {
	const temporaryTypes = [];
	const release = async () => {
		for (const type of temporaryTypes) await rows.session.run(`DROP TYPE IF EXISTS ${type}`);
	};
	const plans = [];
	try {
		for (const request of requests) plans.push(await planColumn(rows, request, {
			temporaryTypes,
			isWhole
		}));
	} catch (error) {
		await release();
		throw error;
	}
	return {
		plans,
		release
	};
}
async function planColumn(rows, { name, as }, { temporaryTypes, isWhole }) {
	const column = requireColumn(rows, name);
	if (as === "text" && isWhole && await hasManyTexts(rows, column)) return planManyTexts(column);
	if (as === "text") return await planText(rows, column, temporaryTypes);
	if (as === "integer" && column.type === "integer") return planInteger(column);
	return await planNumber(rows, column);
}
async function planNumber(rows, column) {
	const { name } = column;
	const expression = isFloatType(column.sqlType) ? `CAST(${quoteName(name)} AS DOUBLE)` : numberExpression(column);
	if (expression === void 0) throw new InputError(`${rows.name}: column "${shorten(name, 60)}" is ${shorten(column.sqlType, 60)} and has no number; leave it out or compute a number from it in data.features`);
	if (column.type === "string") await refuseWords(rows, column, expression);
	return {
		expressions: [`coalesce(${expression}, 'nan'::DOUBLE)`],
		allocate: (rowCount) => {
			const values = new Float64Array(rowCount);
			return {
				fill: [intoArray(values)],
				column: {
					kind: "number",
					name,
					values
				}
			};
		}
	};
}
function planInteger(column) {
	const { name } = column;
	const own = quoteName(name);
	const value = `TRY_CAST(${own} AS BIGINT)`;
	const state = `(CASE WHEN ${own} IS NULL THEN 1 WHEN ${value} IS NULL THEN 2 ELSE 0 END)`;
	return {
		expressions: [`coalesce(${value}, 0::BIGINT)`, `CAST(${state} AS UTINYINT)`],
		allocate: (rowCount) => {
			const [values, missing] = [new BigInt64Array(rowCount), new Uint8Array(rowCount)];
			return {
				fill: [intoArray(values), intoArray(missing)],
				column: {
					kind: "integer",
					name,
					values,
					missing
				}
			};
		}
	};
}
async function refuseWords(rows, column, expression) {
	const name = quoteName(column.name);
	const wrong = await rows.session.rows(`SELECT ${ROW_COLUMN} FROM ${rows.relation}
     WHERE ${name} IS NOT NULL AND ${expression} IS NULL ORDER BY ${ROW_COLUMN} LIMIT 1`);
	if (wrong.length === 0) return;
	const [row] = wrong[0];
	const [place] = await placesOfRows(rows.parts, [Number(row)]);
	throw new InputError(`${rows.name}: column "${shorten(column.name, 60)}" is text and cannot be read as a number (${place.file}, row at line ${place.line}); leave it blank when missing, or treat the column as a category`);
}
async function planText(rows, column, temporaryTypes) {
	const text = textExpression(column);
	const { session, relation } = rows;
	const enumType = session.temporaryName();
	await session.run(`CREATE TYPE ${enumType} AS ENUM (SELECT value FROM (
       SELECT ${text} AS value, min(${ROW_COLUMN}) AS first_row FROM ${relation}
       WHERE ${quoteName(column.name)} IS NOT NULL GROUP BY 1
     ) WHERE value IS NOT NULL ORDER BY first_row)`);
	temporaryTypes.push(enumType);
	const dictionary = (await session.rows(`SELECT unnest(enum_range(NULL::${enumType}))`)).map(([value]) => String(value));
	return {
		expressions: [`coalesce(CAST(enum_code(CAST(${text} AS ${enumType})) AS INTEGER), -1)`],
		allocate: (rowCount) => {
			const codes = new Int32Array(rowCount);
			return {
				fill: [intoArray(codes)],
				column: {
					kind: "text",
					name: column.name,
					codes,
					dictionary
				}
			};
		}
	};
}
function intoArray(destination) {
	return (chunk, index, place) => copyVector(chunk, index, {
		...place,
		destination
	});
}
const MANY_TEXTS = 5e4;
async function hasManyTexts({ session, relation, rowCount }, { name }) {
	if (rowCount < MANY_TEXTS) return false;
	return await session.count(`SELECT approx_count_distinct(${quoteName(name)}) FROM ${relation}`) >= MANY_TEXTS;
}
function planManyTexts(column) {
	return {
		expressions: [textExpression(column)],
		allocate: (rowCount) => {
			const codes = new Int32Array(rowCount);
			const dictionary = [];
			const known = /* @__PURE__ */ new Map();
			const fill = (chunk, index, { from, to, offset }) => {
				const vector = chunk.getColumnVector(index);
				for (let row = from; row < to; row++) codes[offset + row - from] = numberText(vector.getItem(row), known, dictionary);
			};
			return {
				fill: [fill],
				column: {
					kind: "text",
					name: column.name,
					codes,
					dictionary
				}
			};
		}
	};
}
function numberText(text, known, dictionary) {
	if (text === null) return -1;
	let code = known.get(text);
	if (code === void 0) {
		code = dictionary.length;
		known.set(text, code);
		dictionary.push(text);
	}
	return code;
}

// src/adapters/duckdb/read-columns.ts
async function readColumns(rows, requests) {
	for await (const batch of streamColumns(rows, requests, Math.max(rows.rowCount, 1))) return {
		rowCount: batch.rowCount,
		columns: batch.columns.filter((column) => column.kind !== "integer")
	};
	return await emptyTable(rows, requests);
}
async function emptyTable(rows, requests) {
	const { plans, release } = await planColumns(rows, requests, true).catch((error) => {
		throw explainError(rows.label, error);
	});
	await release();
	const columns = plans.map((plan) => plan.allocate(0).column).filter((column) => column.kind !== "integer");
	return {
		rowCount: rows.rowCount,
		columns
	};
}
async function* streamColumns(rows, requests, rowsPerBatch) {
	if (rows.rowCount === 0 || requests.length === 0) return;
	try {
		const { plans, release } = await planColumns(rows, requests, rowsPerBatch >= rows.rowCount);
		try {
			yield* cutBatches(rows, plans, rowsPerBatch);
		} finally {
			await release();
		}
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
async function* cutBatches(rows, plans, rowsPerBatch) {
	let done = 0;
	let filled = 0;
	const full = allocateBatch(plans, Math.min(rowsPerBatch, rows.rowCount));
	const next = () => {
		const rowCount = Math.min(rowsPerBatch, rows.rowCount - done);
		return rowCount === full.rowCount ? full : allocateBatch(plans, rowCount);
	};
	let batch = next();
	for await (const chunk of readChunks(rows, plans)) for (let from = 0; from < chunk.rowCount;) {
		if (batch.rowCount === 0) throw new Error(`more rows were read than the ${done} counted`);
		const to = Math.min(chunk.rowCount, from + batch.rowCount - filled);
		batch.fill(chunk, {
			from,
			to,
			offset: filled
		});
		filled += to - from;
		from = to;
		if (filled < batch.rowCount) continue;
		done += filled;
		filled = 0;
		yield batch;
		batch = next();
	}
	if (done !== rows.rowCount || filled > 0) throw new Error(`${done + filled} rows were read where ${rows.rowCount} were counted`);
}
function allocateBatch(plans, rowCount) {
	const allocated = plans.map((plan) => plan.allocate(rowCount));
	const fillers = allocated.flatMap(({ fill }) => fill);
	return {
		rowCount,
		columns: allocated.map(({ column }) => column),
		fill: (chunk, place) => {
			for (const [index, fill] of fillers.entries()) fill(chunk, index, place);
		}
	};
}
async function* readChunks({ session, relation }, plans) {
	const expressions = plans.flatMap((plan) => plan.expressions).join(", ");
	const result = await session.limited(() => session.connection.stream(`SELECT ${expressions} FROM ${relation}`));
	for (;;) {
		const chunk = await session.limited(() => result.fetchChunk());
		if (chunk === null || chunk.rowCount === 0) return;
		yield chunk;
	}
}

// src/adapters/duckdb/row-hashes.ts
async function hashRows(rows, names) {
	const columns = [...names].sort().map((name) => requireColumn(rows, name));
	const cells = columns.map((column) => {
		const text = identityText(column);
		return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
	});
	const blank = columns.map(() => "-").join(";");
	const sql = `SELECT CASE WHEN line = ${quoteText(blank)} THEN 'nan'::DOUBLE
      ELSE CAST(CAST('0x' || substr(md5(line), 1, 13) AS UBIGINT) AS DOUBLE) END
    FROM (SELECT concat_ws(';', ${cells.join(", ")}) AS line FROM ${rows.relation})`;
	try {
		return await readNumbers(rows, sql);
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
function identityText(column) {
	const name = quoteName(column.name);
	const { type, sqlType } = column;
	if (type === "date" || type === "timestamp") return `CAST(CAST(${name} AS TIMESTAMP) AS VARCHAR)`;
	if (type === "number" && sqlType.startsWith("DECIMAL")) return floatText(`CAST(${name} AS DOUBLE)`);
	return `nullif(${textExpression(column)}, '')`;
}
async function readNumbers({ session, rowCount }, sql) {
	const values = new Float64Array(rowCount);
	const result = await session.limited(() => session.connection.stream(sql));
	let done = 0;
	for (;;) {
		const chunk = await session.limited(() => result.fetchChunk());
		if (chunk === null || chunk.rowCount === 0) break;
		copyVector(chunk, 0, {
			from: 0,
			to: chunk.rowCount,
			destination: values,
			offset: done
		});
		done += chunk.rowCount;
	}
	if (done !== rowCount) throw new Error(`${done} rows were hashed where ${rowCount} were counted`);
	return values;
}

// src/adapters/duckdb/row-keys.ts
const LARGEST_EXACT = 2 ** 53;
async function keysOfRows(rows, names) {
	const cells = [...names].sort().map((name) => cellOf(requireColumn(rows, name)));
	const sql = `SELECT CASE WHEN ${cells.map(({ value }) => `(${value}) IS NOT NULL`).join(" OR ")}
      THEN CAST(hash(${cells.map(({ hash }) => hash).join(", ")}) >> 12 AS DOUBLE)
      ELSE 'nan'::DOUBLE END FROM ${rows.relation}`;
	try {
		return await readNumbers(rows, sql);
	} catch (error) {
		throw explainError(rows.label, error);
	}
}
function cellOf(column) {
	const name = quoteName(column.name);
	const plain = (value) => ({
		value,
		hash: `hash(${value})`
	});
	switch (column.type) {
		case "integer": {
			const number = `CAST(${name} AS DOUBLE)`;
			if (/^U?(TINY|SMALL)?INT(EGER)?$/.test(column.sqlType)) return plain(number);
			return {
				value: name,
				hash: `CASE WHEN ${name} IS NULL OR abs(${number}) < ${LARGEST_EXACT} THEN hash(${number})
        ELSE hash(CAST(${name} AS VARCHAR)) END`
			};
		}
		case "number": return plain(`CASE WHEN NOT isnan(CAST(${name} AS DOUBLE)) THEN CAST(${name} AS DOUBLE) END`);
		case "date":
		case "timestamp": return plain(`CAST(${name} AS TIMESTAMP)`);
		case "boolean": return plain(name);
		default: return plain(`nullif(${textExpression(column)}, '')`);
	}
}

// src/adapters/duckdb/sample-rows.ts
const CIRCLE = 2 ** 32;
const GOLDEN_STEP = 2654435769;
async function sampleRows(rows, columns, most) {
	if (rows.rowCount <= most) return {
		table: await readColumns(rows, columns),
		total: rows.rowCount
	};
	const names = columns.map(({ name }) => quoteName(requireColumn(rows, name).name));
	const { session } = rows;
	const relation = session.temporaryName();
	const limit = Math.floor(most / rows.rowCount * CIRCLE);
	try {
		await session.run(`CREATE TEMP TABLE ${relation} AS SELECT ${[...names, ROW_COLUMN].join(", ")} FROM ${rows.relation}
       WHERE (${ROW_COLUMN} * ${GOLDEN_STEP}) % ${CIRCLE} < ${limit} ORDER BY ${ROW_COLUMN}`);
	} catch (error) {
		throw explainError(rows.label, error);
	}
	try {
		const rowCount = await session.count(`SELECT count(*) FROM ${relation}`);
		return {
			table: await readColumns({
				...rows,
				relation,
				rowCount
			}, columns),
			total: rows.rowCount
		};
	} finally {
		await session.run(`DROP TABLE ${relation}`);
	}
}

// src/adapters/duckdb/duckdb-data-set.ts
var DuckdbDataSet = class {
	name;
	files;
	columns;
	rowCount;
	#rows;
	#close;
	#last = Promise.resolve();
	#aside = Promise.resolve();
	constructor(rows, files, close) {
		this.name = rows.name;
		this.files = files;
		this.columns = rows.columns.map(({ name, type }) => ({
			name,
			type
		}));
		this.rowCount = rows.rowCount;
		this.#rows = rows;
		this.#close = close;
	}
	read(columns) {
		return this.#inTurn(() => readColumns(this.#rows, columns));
	}
	async *batches(requests, rowsPerBatch) {
		let endTurn;
		const turn = new Promise((resolve) => {
			endTurn = resolve;
		});
		await new Promise((resolve) => {
			this.#inTurn(() => {
				resolve();
				return turn;
			});
		});
		try {
			yield* streamColumns(this.#rows, requests, rowsPerBatch);
		} finally {
			endTurn?.();
		}
	}
	digest() {
		const digest = this.#rows.session.aside((session) => digestRows({
			...this.#rows,
			session
		}));
		this.#aside = Promise.allSettled([this.#aside, digest]);
		return digest;
	}
	rowHashes(columns) {
		return this.#inTurn(() => hashRows(this.#rows, columns));
	}
	rowKeys(columns) {
		return this.#inTurn(() => keysOfRows(this.#rows, columns));
	}
	sample(columns, most) {
		return this.#inTurn(() => sampleRows(this.#rows, columns, most));
	}
	places(rows) {
		return this.#inTurn(() => placesAt(this.#rows, rows));
	}
	profile(columns) {
		return this.#inTurn(() => profileColumns(this.#rows, columns));
	}
	check(rules) {
		return this.#inTurn(() => checkRows(this.#rows, rules));
	}
	matchingValues(requests) {
		return this.#inTurn(() => findMatchingValues(this.#rows, requests));
	}
	measure(query) {
		return this.#inTurn(() => measureQuery(this.#rows, query));
	}
	timeRange(column, options = {}) {
		return this.#inTurn(() => findTimeRange(this.#rows, column, options.where));
	}
	async aggregate(request) {
		const prepared = await this.#inTurn(() => prepareAggregate(this.#rows, request));
		return {
			isResamplable: prepared.isResamplable,
			choose: (part) => this.#inTurn(() => prepared.choose(part)),
			compute: (samples) => this.#inTurn(() => prepared.compute(samples)),
			[Symbol.asyncDispose]: () => this.#inTurn(() => prepared.drop())
		};
	}
	async [Symbol.asyncDispose]() {
		await this.#aside;
		await this.#inTurn(this.#close);
	}
	#inTurn(work) {
		const result = this.#last.then(work, work);
		this.#last = result.catch(() => void 0);
		return result;
	}
};
async function findTimeRange(rows, column, where) {
	const { session } = rows;
	const time = await requireTimeExpression(session, rows, column);
	const condition = where === void 0 ? "true" : (await requireCondition(session, rows, where)).sql;
	try {
		const [found] = await session.rows(`SELECT min(${time}), max(${time}) FROM ${rows.relation} WHERE (${condition})`);
		const [from, to] = found;
		return from === null || from === void 0 ? void 0 : {
			from: Number(from),
			to: Number(to)
		};
	} catch (error) {
		throw explainError(rows.label, error);
	}
}

// src/adapters/duckdb/features-query.ts
const ORDER_COLUMN = "__contender_order";
async function runFeaturesQuery(session, run) {
	const subject = run.features.file;
	const query = await parseUserQuery(session, run.features.sql, subject);
	const names = run.columns.map(({ name }) => sourceColumn(name, run.features.withheld ?? [])).join(", ");
	const table = session.temporaryName();
	try {
		await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${run.relation}`);
		const columns = await session.columnsOf(await toSqlText(session, query));
		refuseDuplicates(subject, columns);
		if (isPlainProjection(query)) {
			await session.run(`CREATE TABLE ${table} AS ${await toSqlText(session, query)}`);
			return table;
		}
		if (isRowByRow(query)) {
			await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names}, ${ROW_COLUMN} FROM ${run.relation}`);
			if (await createInSourceOrder(session, {
				query,
				table,
				columns
			})) return table;
			await session.run(`CREATE OR REPLACE VIEW source AS SELECT ${names} FROM ${run.relation}`);
		}
		const ordered = withTieBreakers(query, columns.map((_, index) => positionNode(index + 1)));
		await session.run(`CREATE TABLE ${table} AS ${await toSqlText(session, ordered)}`);
		return table;
	} catch (error) {
		throw explainError(subject, error);
	} finally {
		await session.run("DROP VIEW IF EXISTS source");
	}
}
function sourceColumn(name, withheld) {
	const quoted = quoteName(name);
	return withheld.includes(name) ? `CASE WHEN FALSE THEN ${quoted} END AS ${quoted}` : quoted;
}
function refuseDuplicates(subject, columns) {
	const seen = /* @__PURE__ */ new Set();
	for (const { name } of columns) {
		if (seen.has(name.toLowerCase())) throw new InputError(`${subject} gives two columns named "${shorten(name, 60)}"; name one with AS, or leave the first out with * EXCLUDE (…)`);
		seen.add(name.toLowerCase());
	}
}
async function createInSourceOrder(session, plan) {
	const marked = structuredCopy(plan.query);
	marked.query.select_list.push(columnNode(ROW_COLUMN, ORDER_COLUMN));
	const sql = await toSqlText(session, withTieBreakers(marked, [columnNode(ORDER_COLUMN)]));
	try {
		await session.columnsOf(sql);
	} catch {
		return false;
	}
	const names = plan.columns.map(({ name }) => quoteName(name)).join(", ");
	await session.run(`CREATE TABLE ${plan.table} AS SELECT ${names} FROM (${sql})`);
	return true;
}
function isPlainProjection(query) {
	let isPlain = isRowByRow(query) && query.query.modifiers.length === 0;
	visit(query.query, (node) => {
		if (node.class === "WINDOW" || node.class === "SUBQUERY") isPlain = false;
	});
	return isPlain;
}
function isRowByRow(query) {
	let isRowByRow = query.query.type === "SELECT_NODE";
	visit(query.query, (node) => {
		const type = String(node.type);
		if (/^(SET_OPERATION_NODE|RECURSIVE_CTE_NODE|JOIN|PIVOT|TABLE_FUNCTION|EXPRESSION_LIST|EMPTY)$/.test(type)) isRowByRow = false;
		if (type === "DISTINCT_MODIFIER" || node.class === "STAR" && node.columns === true) isRowByRow = false;
		if (type === "SELECT_NODE" && isGrouped(node)) isRowByRow = false;
		if (node.class === "FUNCTION" && node.function_name === "unnest") isRowByRow = false;
	});
	return isRowByRow;
}
function isGrouped(node) {
	return node.group_expressions.length > 0 || node.aggregate_handling !== "STANDARD_HANDLING" || node.having !== null;
}
function withTieBreakers(query, expressions) {
	const copy = structuredCopy(query);
	const modifiers = copy.query.modifiers;
	const added = expressions.map((expression) => ({
		type: "ORDER_DEFAULT",
		null_order: "ORDER_DEFAULT",
		expression
	}));
	const order = modifiers.find((modifier) => modifier.type === "ORDER_MODIFIER");
	if (order === void 0) modifiers.unshift({
		type: "ORDER_MODIFIER",
		orders: added
	});
	else order.orders.push(...added);
	return copy;
}
function structuredCopy(query) {
	const document = copyNode(query.document);
	return {
		document,
		query: document.statements[0].node
	};
}
function copyNode(value) {
	if (Array.isArray(value)) return value.map(copyNode);
	if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyNode(child)]));
}
function columnNode(name, alias = "") {
	return {
		class: "COLUMN_REF",
		type: "COLUMN_REF",
		alias,
		query_location: 0,
		column_names: [name]
	};
}
function positionNode(position) {
	return {
		class: "CONSTANT",
		type: "VALUE_CONSTANT",
		alias: "",
		query_location: 0,
		value: {
			type: {
				id: "INTEGER",
				type_info: null
			},
			is_null: false,
			value: position
		}
	};
}

// src/adapters/duckdb/json-lines.ts
const jsonLinesReader = {
	canPack: false,
	describe: describe$1,
	scan: scan$1,
	explain: explain$1,
	findBooleans: () => Promise.resolve(/* @__PURE__ */ new Set()),
	columnsToKeepAsText: () => Promise.resolve(/* @__PURE__ */ new Set())
};
async function describe$1(session, file, options) {
	const sampleRows = options.wholeFile ? -1 : void 0;
	const source = scanText(file, sampleRows);
	try {
		return {
			columns: await session.columnsOf(`SELECT * FROM ${source}`),
			isTyped: true,
			headerLines: 0,
			...sampleRows === void 0 ? {} : { sampleRows }
		};
	} catch (error) {
		throw explain$1(file, `${options.subject} is not JSON Lines (one object on each line)`, error);
	}
}
function explain$1(_file, subject, error) {
	return explainError(subject, error);
}
function scan$1(file, shape) {
	return scanText(file, shape.sampleRows);
}
function scanText(file, sampleRows) {
	const sample = sampleRows === void 0 ? "" : `, sample_size = ${sampleRows}`;
	return `read_json(${quoteText(file.realPath)}, format = 'newline_delimited', hive_partitioning = false, records = true${sample})`;
}

// src/adapters/duckdb/thrift-compact.ts
const TYPE = {
	true: 1,
	false: 2,
	byte: 3,
	double: 7,
	binary: 8,
	list: 9,
	set: 10,
	map: 11,
	struct: 12
};
const DEEPEST = 32;
function readThriftStruct(bytes) {
	const reader = new CompactReader(bytes);
	const integers = /* @__PURE__ */ new Map();
	const fields = /* @__PURE__ */ new Set();
	reader.struct(0, (field, type) => {
		fields.add(field);
		if (type < TYPE.byte || type >= TYPE.double) return false;
		integers.set(field, reader.integer(type));
		return true;
	});
	return {
		integers,
		fields,
		byteLength: reader.position
	};
}
var CompactReader = class {
	#bytes;
	position = 0;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	struct(depth, take) {
		if (depth > DEEPEST) throw new RangeError("structs are nested too deeply");
		let field = 0;
		for (;;) {
			const byte = this.#byte();
			if (byte === 0) return;
			const type = byte & 15;
			field = byte >> 4 === 0 ? this.integer(4) : field + (byte >> 4);
			if (!take(field, type)) this.#skip(type, depth, false);
		}
	}
	integer(type) {
		if (type === TYPE.byte) return this.#byte() << 24 >> 24;
		const raw = this.#varint();
		return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
	}
	#skip(type, depth, isElement) {
		if (depth > DEEPEST) throw new RangeError("values are nested too deeply");
		if (type === TYPE.true || type === TYPE.false) {
			if (isElement) this.#advance(1);
		} else if (type === TYPE.byte) this.#advance(1);
		else if (type < TYPE.double) this.#varint();
		else if (type === TYPE.double) this.#advance(8);
		else if (type === TYPE.binary) this.#advance(this.#varint());
		else if (type === TYPE.list || type === TYPE.set) this.#skipList(depth);
		else if (type === TYPE.map) this.#skipMap(depth);
		else if (type === TYPE.struct) this.struct(depth + 1, () => false);
		else throw new RangeError(`${type} is no type`);
	}
	#skipList(depth) {
		const header = this.#byte();
		const length = header >> 4 === 15 ? this.#varint() : header >> 4;
		for (let index = 0; index < length; index++) this.#skip(header & 15, depth + 1, true);
	}
	#skipMap(depth) {
		const length = this.#varint();
		if (length === 0) return;
		const types = this.#byte();
		for (let index = 0; index < length; index++) {
			this.#skip(types >> 4, depth + 1, true);
			this.#skip(types & 15, depth + 1, true);
		}
	}
	#varint() {
		let value = 0;
		for (let shift = 0; shift < 70; shift += 7) {
			const byte = this.#byte();
			value += (byte & 127) * 2 ** shift;
			if (byte < 128) return value;
		}
		throw new RangeError("a number does not end");
	}
	#byte() {
		const byte = this.#bytes[this.position];
		if (byte === void 0) throw new RangeError("the bytes end early");
		this.position += 1;
		return byte;
	}
	#advance(length) {
		if (this.position + length > this.#bytes.length) throw new RangeError("the bytes end early");
		this.position += length;
	}
};

// src/adapters/duckdb/parquet-pages.ts
const HEADER_BYTES = 65536;
const COMPRESSED_SIZE = 3;
const CHECKSUM = 4;
const ENCRYPTION_ALGORITHM = 8;
async function checkPages(subject, path, chunks) {
	await using file = await open(path, "r");
	const [first] = chunks;
	if (first === void 0 || (await readHeader(file, first.offset))?.integers.has(CHECKSUM) !== true) return;
	for (const chunk of chunks) await checkChunk(subject, file, chunk);
}
async function checkChunk(subject, file, chunk) {
	const end = chunk.offset + chunk.bytes;
	for (let position = chunk.offset; position < end;) {
		const header = await readHeader(file, position);
		const size = header?.integers.get(COMPRESSED_SIZE);
		if (header === void 0 || size === void 0 || size < 0) return;
		const start = position + header.byteLength;
		if (start + size > end) return;
		const checksum = header.integers.get(CHECKSUM);
		if (checksum !== void 0 && crc32(await readAt(file, start, size)) !== checksum >>> 0) throw new InputError(`${subject}: a page of column "${shorten(chunk.column, 60)}" does not match its checksum; the file is damaged: fetch or write it anew`);
		position = start + size;
	}
}
async function hasEncryptedColumns(path) {
	await using file = await open(path, "r");
	const { size } = await file.stat();
	const tail = await readAt(file, Math.max(0, size - 8), 8);
	if (tail.length < 8) return false;
	const footerLength = tail.readUInt32LE(0);
	if (footerLength + 8 > size) return false;
	return readStruct(await readAt(file, size - 8 - footerLength, footerLength))?.fields.has(ENCRYPTION_ALGORITHM) ?? false;
}
async function readHeader(file, position) {
	return readStruct(await readAt(file, position, HEADER_BYTES));
}
function readStruct(bytes) {
	try {
		return readThriftStruct(bytes);
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
async function readAt(file, position, length) {
	const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}

// src/adapters/duckdb/parquet-files.ts
async function openParquetFiles(session, request) {
	const described = [];
	for (const file of request.files) described.push(await describe(session, request.name, file));
	const columns = unifyColumns(request.name, described.map(({ file, columns }) => ({
		path: file.shownPath,
		columns,
		isTyped: true
	})));
	let firstRow = 0;
	const selects = described.map(({ file, rowCount }) => {
		const casts = columns.map(({ name, sqlType }) => `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`);
		const row = `file_row_number + ${firstRow} AS ${ROW_COLUMN}`;
		firstRow += rowCount;
		return `SELECT ${[...casts, row].join(", ")} FROM ${scan(file, true)}`;
	});
	const relation = session.temporaryName();
	await session.run(`CREATE VIEW ${relation} AS ${selects.join(" UNION ALL ")}`);
	return {
		relation,
		objects: [`VIEW ${relation}`],
		columns,
		parts: described.map(({ file, rowCount }) => ({
			path: file.shownPath,
			rowCount,
			linesBefore: 0
		})),
		isTyped: true
	};
}
async function describe(session, name, file) {
	const subject = `${name}: ${file.shownPath}`;
	if (await hasEncryptedColumns(file.realPath)) throw new InputError(`${subject} has encrypted columns, which are not read; no key is ever asked for: decrypt it in a step before`);
	try {
		await checkPages(subject, file.realPath, await chunksOf(session, file));
		return {
			file,
			columns: await session.columnsOf(`SELECT * FROM ${scan(file, false)}`),
			rowCount: await session.count(`SELECT count(*) FROM ${scan(file, false)}`)
		};
	} catch (error) {
		throw explainError(`${subject} cannot be read as Parquet`, error);
	}
}
async function chunksOf(session, file) {
	return (await session.rows(`SELECT path_in_schema, least(nullif(dictionary_page_offset, 0), data_page_offset), total_compressed_size
     FROM parquet_metadata(${quoteText(file.realPath)}) WHERE total_compressed_size > 0 ORDER BY 2`)).map(([column, offset, bytes]) => ({
		column: String(column),
		offset: Number(offset),
		bytes: Number(bytes)
	}));
}
function scan(file, withRowNumber) {
	return `read_parquet(${quoteText(file.realPath)}, hive_partitioning = false${withRowNumber ? ", file_row_number = true" : ""})`;
}

// src/adapters/duckdb/partition-columns.ts
async function addPartitionColumns(session, rows, files) {
	const keys = keysOf(files);
	const taken = new Set(rows.columns.map(({ name }) => name.toLowerCase()));
	const columns = keys.filter((key) => !taken.has(key.toLowerCase())).map((key) => columnOf(key, files));
	if (columns.length === 0) return rows;
	const relation = session.temporaryName();
	const selected = columns.map(({ name, sqlType, values }) => `${valueByRow(values, sqlType, rows.parts)} AS ${quoteName(name)}`);
	await session.run(`CREATE VIEW ${relation} AS SELECT *, ${selected.join(", ")} FROM ${rows.relation}`);
	return {
		...rows,
		relation,
		objects: [`VIEW ${relation}`, ...rows.objects],
		columns: [...rows.columns, ...columns.map(({ name, sqlType }) => ({
			name,
			sqlType
		}))]
	};
}
function keysOf(files) {
	const spelled = files.map(({ partitions = [] }) => partitions.map(({ key }) => key));
	const [first] = spelled;
	const other = spelled.findIndex((keys) => keys.join("/") !== first?.join("/"));
	if (other > 0) throw new InputError(`${shorten(files[0].shownPath)} and ${shorten(files[other].shownPath)} lie in directories key=value of different keys; files read together need the same keys`);
	return first ?? [];
}
function columnOf(key, files) {
	const values = files.map(({ partitions }) => partitions?.find((partition) => partition.key === key)?.value ?? null);
	return {
		name: key,
		sqlType: typeOf(values.filter((value) => value !== null)),
		values
	};
}
function typeOf(values) {
	if (values.length === 0) return "VARCHAR";
	if (values.every((value) => /^(0|-?[1-9]\d{0,17})$/.test(value))) return "BIGINT";
	return values.every(isDate) ? "DATE" : "VARCHAR";
}
function isDate(value) {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const time = Date.parse(value);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
function valueByRow(values, sqlType, parts) {
	const branches = [];
	let row = 0;
	for (const [index, { rowCount }] of parts.entries()) {
		row += rowCount;
		const value = values[index];
		if (index + 1 < values.length && values[index + 1] === value) continue;
		branches.push(`WHEN ${ROW_COLUMN} < ${row} THEN ${value === null ? "NULL" : quoteText(value)}`);
	}
	return `CAST(CASE ${branches.join(" ")} END AS ${sqlType})`;
}

// src/adapters/duckdb/passing-paths.ts
const passing = /* @__PURE__ */ new Set();
function addPassing(path) {
	if (passing.size === 0) process.on("exit", removeAll).on("SIGINT", endBySignal).on("SIGTERM", endBySignal);
	passing.add(path);
}
async function removePassing(path) {
	await rm(path, {
		recursive: true,
		force: true
	});
	passing.delete(path);
	if (passing.size === 0) release();
}
function removeAll() {
	for (const path of passing) rmSync(path, {
		recursive: true,
		force: true
	});
}
function endBySignal(signal) {
	removeAll();
	release();
	process.kill(process.pid, signal);
}
function release() {
	process.off("exit", removeAll).off("SIGINT", endBySignal).off("SIGTERM", endBySignal);
}

// src/adapters/duckdb/file-format.ts
const READABLE_FORMATS = ".csv or .tsv (also .gz, .zst), .parquet or .pq, .jsonl or .ndjson (also .gz, .zst), .arrow, .feather or .ipc";
const FORMATS = {
	csv: "delimited",
	tsv: "delimited",
	jsonl: "json-lines",
	ndjson: "json-lines",
	parquet: "parquet",
	parq: "parquet",
	pq: "parquet",
	arrow: "arrow",
	arrows: "arrow",
	feather: "arrow",
	ipc: "arrow"
};
function isText(format) {
	return format === "delimited" || format === "json-lines";
}
function fileKindOf(path) {
	const match = /\.([a-z]+)(\.gz|\.zst)?$/i.exec(path);
	const format = FORMATS[match?.[1]?.toLowerCase() ?? ""];
	if (format === void 0) return void 0;
	const suffix = match?.[2]?.toLowerCase();
	const compression = suffix === ".gz" ? "gzip" : suffix === ".zst" ? "zstd" : "none";
	return compression === "none" || isText(format) ? {
		format,
		compression
	} : void 0;
}

// src/adapters/duckdb/text-encoding.ts
const UTF_8 = { name: "utf-8" };
function encodingOf(head, declared) {
	if (head[0] === 255 && head[1] === 254) return { name: "utf-16le" };
	if (head[0] === 254 && head[1] === 255) return { name: "utf-16be" };
	if (head[0] === 239 && head[1] === 187 && head[2] === 191) return UTF_8;
	return declared ?? utf16WithoutMark(head) ?? UTF_8;
}
function utf16WithoutMark(head) {
	const sample = head.subarray(0, Math.min(head.length, 256) & -2);
	if (sample.length < 8) return void 0;
	let even = 0;
	let odd = 0;
	for (let index = 0; index < sample.length; index += 2) {
		if (sample[index] === 0) even += 1;
		if (sample[index + 1] === 0) odd += 1;
	}
	const units = sample.length / 2;
	if (even === 0 && odd > 2 / 3 * units) return { name: "utf-16le" };
	if (odd === 0 && even > 2 / 3 * units) return { name: "utf-16be" };
}
function requireEncoding(subject, label) {
	try {
		return { name: new TextDecoder(label).encoding };
	} catch (error) {
		throw new InputError(`${subject}: encoding is ${JSON.stringify(label)}, which is not known; write utf-8, utf-16le, windows-1252 or another name of the WHATWG Encoding standard`, { cause: error });
	}
}
function toUtf8(subject, declared, onEncoding) {
	let decode;
	return new Transform({
		transform(block, _encoding, done) {
			if (decode === void 0) {
				const encoding = encodingOf(block, declared);
				onEncoding(encoding);
				decode = decoderOf(subject, encoding);
			}
			finish(done, () => decode(block));
		},
		flush(done) {
			finish(done, () => decode?.(void 0) ?? Buffer.alloc(0));
		}
	});
}
function finish(done, work) {
	try {
		done(null, work());
	} catch (error) {
		done(error);
	}
}
function decoderOf(subject, { name }) {
	if (name === "utf-8") return (block) => block ?? Buffer.alloc(0);
	const decoder = new TextDecoder(name, { fatal: true });
	return (block) => {
		try {
			return Buffer.from(decoder.decode(block, { stream: block !== void 0 }), "utf8");
		} catch (error) {
			throw new InputError(`${subject} is not ${name} text throughout; save it as UTF-8, or declare its encoding`, { cause: error });
		}
	};
}

// src/adapters/duckdb/digest-file.ts
const HEAD_BYTES = 1 << 18;
let copies = 0;
async function digestFile(name, file, request) {
	const subject = `${name}: ${file.shownPath}`;
	const hash = createHash("sha256");
	copies += 1;
	const text = isText(file.format) ? new TextBlocks(subject, join(request.directory, `utf-8-${copies}`)) : void 0;
	try {
		await pipeline([...stagesOf(subject, file, {
			request,
			hash,
			text
		}), sinkOf(text)], { signal: request.signal });
	} catch (error) {
		throw explain(subject, request, error);
	} finally {
		await text?.close();
	}
	const sha256 = hash.digest("hex");
	const { pinned } = request;
	if (pinned !== void 0 && pinned.toLowerCase() !== sha256) throw new InputError(`${subject} has SHA-256 ${sha256}, but ${pinned.toLowerCase()} is pinned; fetch the pinned version or change sha256`);
	return {
		...file,
		sha256,
		...text?.found() ?? {
			head: "",
			isHeadCut: false,
			encoding: "utf-8"
		}
	};
}
function stagesOf(subject, file, work) {
	const { request, hash, text } = work;
	const hashed = new Transform({ transform(block, _encoding, done) {
		hash.update(block);
		done(null, block);
	} });
	const stages = [
		createReadStream(file.realPath, { highWaterMark: 1 << 20 }),
		hashed,
		...unpackers(file)
	];
	if (text) stages.push(toUtf8(subject, request.encoding, text.setEncoding));
	return stages;
}
function unpackers({ compression }) {
	if (compression === "gzip") return [createGunzip()];
	return compression === "zstd" ? [createZstdDecompress()] : [];
}
function sinkOf(text) {
	return new Writable({ write(block, _encoding, done) {
		if (text === void 0) done();
		else text.take(block).then(() => done(), done);
	} });
}
var TextBlocks = class {
	#subject;
	#copyPath;
	#head = [];
	#offset = 0;
	#encoding = "utf-8";
	#copy;
	constructor(subject, copyPath) {
		this.#subject = subject;
		this.#copyPath = copyPath;
	}
	setEncoding = ({ name }) => {
		this.#encoding = name;
	};
	async take(block) {
		if (this.#offset < HEAD_BYTES) this.#head.push(block);
		if (block.includes(0)) throw new InputError(`${this.#subject} holds a NUL byte (at byte ${this.#offset + block.indexOf(0)}); it is damaged or not a text file; remove the byte, or declare the encoding if it is not UTF-8`);
		this.#offset += block.length;
		if (this.#encoding === "utf-8") return;
		this.#copy ??= await open(this.#copyPath, "wx");
		await this.#copy.writeFile(block);
	}
	async close() {
		await this.#copy?.close();
	}
	found() {
		return {
			head: Buffer.concat(this.#head).subarray(0, HEAD_BYTES).toString("utf8").replace(/^\uFEFF/, ""),
			isHeadCut: this.#offset > HEAD_BYTES,
			encoding: this.#encoding,
			...this.#copy ? {
				realPath: this.#copyPath,
				compression: "none"
			} : {}
		};
	}
};
function explain(subject, { signal }, error) {
	if (error instanceof InputError) return error;
	if (signal.aborted) return new InputError(`${subject} took longer than the time limit for reading and was stopped; split it, or write it as Parquet`, { cause: error });
	return new InputError(`${subject} cannot be read to its end (${messageOf(error)}); it is damaged or cut off`, { cause: error });
}

// src/adapters/duckdb/inspect-file.ts
async function inspectFile(name, file) {
	const subject = `${name}: ${file.shownPath}`;
	if (file.shownPath.endsWith(".dvc")) throw new InputError(`${subject} is a DVC pointer, not data; declare ${file.shownPath.slice(0, -4)} and run \`dvc pull\``);
	const head = await readHead(subject, file.realPath);
	if (head.length === 0) throw new InputError(`${subject} is empty; write data with a header line into it`);
	refusePointersAndPages(subject, head.subarray(0, 512).toString("utf8"));
	const container = containerOf(head);
	refuseUnreadable(subject, container);
	const kind = fileKindOf(file.shownPath);
	if (kind === void 0) throw new InputError(`${subject} has an extension that is not read; use ${READABLE_FORMATS}`);
	refuseOtherContainer(subject, {
		kind,
		container,
		head
	});
	return {
		...file,
		...kind
	};
}
async function readHead(subject, path) {
	try {
		await using handle = await open(path, "r");
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
		return buffer.subarray(0, bytesRead);
	} catch (error) {
		const code = error.code;
		throw new InputError(`${subject} cannot be read (${code}); check its permissions`, { cause: error });
	}
}
function refusePointersAndPages(subject, head) {
	if (head.startsWith("version https://git-lfs.github.com/spec/")) {
		const pointer = parseLargeFilePointer(head);
		throw new InputError(`${subject} is ${pointer ? describePointer(pointer) : "a Git LFS pointer, not the data"}; run \`git lfs pull\`, or set \`lfs: true\` on actions/checkout`);
	}
	if (/^(outs|deps):\s*\n|^md5: [0-9a-f]{32}/.test(head)) throw new InputError(`${subject} is a DVC pointer, not the data; run \`dvc pull\` before this stage`);
	if (/^\uFEFF?\s*<(!doctype\s+html|html)/i.test(head)) throw new InputError(`${subject} is an HTML page, not data (often a login or error page that was downloaded); fetch the data again`);
}
const UNPACK = "unpack it, or pack it with gzip or zstd";
const CONTAINERS = [
	{
		called: "gzip",
		bytes: [31, 139]
	},
	{
		called: "zstd",
		bytes: [
			40,
			181,
			47,
			253
		]
	},
	{
		called: "Parquet",
		bytes: [
			80,
			65,
			82,
			49
		]
	},
	{
		called: "encrypted Parquet",
		bytes: [
			80,
			65,
			82,
			69
		],
		advice: "no key is ever asked for; decrypt it in a step before"
	},
	{
		called: "zip",
		bytes: [
			80,
			75,
			3,
			4
		],
		advice: UNPACK
	},
	{
		called: "bzip2",
		bytes: [
			66,
			90,
			104
		],
		advice: UNPACK
	},
	{
		called: "xz",
		bytes: [
			253,
			55,
			122,
			88,
			90
		],
		advice: UNPACK
	},
	{
		called: "Arrow IPC",
		bytes: [
			65,
			82,
			82,
			79,
			87,
			49
		]
	},
	{
		called: "Feather 1",
		bytes: [
			70,
			69,
			65,
			49
		],
		advice: "write it as Feather 2 (Arrow IPC)"
	},
	{
		called: "ORC",
		bytes: [
			79,
			82,
			67
		],
		advice: "write it as Parquet"
	},
	{
		called: "Avro",
		bytes: [
			79,
			98,
			106,
			1
		],
		advice: "write it as Parquet"
	},
	{
		called: "SQLite",
		bytes: [...Buffer.from("SQLite format 3\0")],
		advice: "write the table as Parquet"
	}
];
function containerOf(head) {
	return CONTAINERS.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
}
function refuseUnreadable(subject, container) {
	const isLetters = container?.bytes.every((byte) => byte >= 32 && byte < 127) ?? false;
	if (container?.advice === void 0 || isLetters && fileKindOf(subject)?.format === "delimited") return;
	throw new InputError(`${subject} is ${container.called}, which is not read; ${container.advice}`);
}
function refuseOtherContainer(subject, found) {
	const { kind, head } = found;
	const actual = found.container?.called;
	const expected = expectedContainer(kind);
	if (actual === expected || kind.format === "arrow" && isArrowStream(head, actual)) return;
	if (actual === "gzip" || actual === "zstd") throw new InputError(`${subject} holds ${actual} data, which its name does not say; name it …${actual === "gzip" ? ".gz" : ".zst"}`);
	if (actual === void 0) throw new InputError(`${subject} is no ${expected} file (its first bytes are ${head.subarray(0, 4).toString("hex")}); it is damaged or has the wrong extension`);
	if (expected === void 0 && !/[^\x20-\x7e\s]/.test(head.subarray(0, 16).toString("latin1"))) return;
	throw new InputError(`${subject} holds ${actual} data, which its name does not say; use ${READABLE_FORMATS}`);
}
function expectedContainer({ format, compression }) {
	if (isText(format)) return compression === "none" ? void 0 : compression;
	return format === "parquet" ? "Parquet" : "Arrow IPC";
}
function isArrowStream(head, container) {
	if (container !== void 0 || head.length < 8) return false;
	const first = head.readInt32LE(0);
	const length = first === -1 ? head.readInt32LE(4) : first;
	return length > 0 && length < 1 << 28;
}

// src/adapters/duckdb/resolve-files.ts
async function resolveFiles(request) {
	const found = /* @__PURE__ */ new Map();
	for (const path of request.paths) for (const file of await expandPath(request, path)) {
		const resolved = {
			...await resolveFile(request, file),
			...partitionsOf(request, path, file)
		};
		found.set(resolved.realPath, resolved);
	}
	if (found.size === 0) throw new InputError(`${request.name}: no file is declared`);
	return [...found.values()];
}
async function expandPath(request, path) {
	refuseAddress(request.name, path);
	const absolute = resolve(request.baseDirectory, path);
	if (!/[*?[{]/.test(path) || await exists(absolute)) return [absolute];
	const pattern = isAbsolute(path) ? path : join(request.baseDirectory, path);
	const matches = [];
	for await (const entry of glob(pattern, { withFileTypes: true })) if (!entry.isDirectory()) matches.push(resolve(entry.parentPath, entry.name));
	const files = matches.filter((file) => !file.endsWith(".dvc"));
	if (files.length > 0) return files.sort();
	if (matches.length > 0) throw missingBehindPointer(request.name, `${path}.dvc`.replace(".dvc.dvc", ".dvc"), path);
	throw new InputError(`${request.name}: no file matches "${path}"; correct the pattern or add the files`);
}
function refuseAddress(name, path) {
	const address = /^([a-z][a-z0-9+.-]+):\/\/([^?#]*)/i.exec(path);
	if (address === null) return;
	const shown = `${address[1]}://${address[2].replace(/^[^/@]*@/, "")}`;
	const subject = name === path ? shown : `${name}: ${shown}`;
	throw new InputError(`${subject} is on the network, and the engine has no extension to read from there (it is never fetched at run time); download the file in a step before, or by data.fetch, and name the file`);
}
async function resolveFile(request, path) {
	const shownPath = shownPathOf(request.baseDirectory, path);
	const status = await statusOf(request.name, path, shownPath);
	if (status === void 0) throw await missingFile(request, path, shownPath);
	if (status.isDirectory()) throw new InputError(`${request.name}: ${shownPath} is a directory; name its files, for instance ${shownPath}/*.parquet`);
	if (!status.isFile()) throw new InputError(`${request.name}: ${shownPath} is not a regular file`);
	const realPath = await realpath(path);
	if (request.rootDirectory !== void 0 && !isBeneath(await realpath(request.rootDirectory), realPath)) throw new InputError(`${request.name}: ${shownPath} lies outside the directory whose files may be read; move it there or name another file`);
	return {
		shownPath,
		realPath,
		bytes: status.size
	};
}
async function statusOf(name, path, shownPath) {
	try {
		return await stat(path);
	} catch (error) {
		const code = error.code;
		if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return void 0;
		throw new InputError(`${name}: ${shownPath} cannot be read (${code}); check its permissions`, { cause: error });
	}
}
async function missingFile(request, path, shownPath) {
	if (await exists(`${path}.dvc`)) return missingBehindPointer(request.name, `${shownPath}.dvc`, shownPath);
	const near = await nearNames(path);
	const hint = near.length > 0 ? `did you mean ${near.map((name) => shownPathOf(request.baseDirectory, join(dirname(path), name))).join(" or ")}?` : "correct the path or add the file";
	return new InputError(`${request.name}: ${shownPath} does not exist; ${hint}`);
}
function missingBehindPointer(name, pointer, path) {
	return new InputError(`${name}: ${path} is not here, only its DVC pointer ${pointer}; run \`dvc pull\` before this stage (data.fetch does it)`);
}
async function nearNames(path) {
	const wanted = basename(path);
	return (await readdir(dirname(path)).catch(() => [])).map((name) => ({
		name,
		edits: (0, import_fastest_levenshtein.distance)(name.toLowerCase(), wanted.toLowerCase())
	})).filter(({ name, edits }) => edits <= Math.max(2, Math.floor(Math.max(name.length, wanted.length) / 3))).sort((left, right) => left.edits - right.edits || (left.name < right.name ? -1 : 1)).slice(0, 3).map(({ name }) => name);
}
function shownPathOf(baseDirectory, path) {
	const base = resolve(baseDirectory);
	return isBeneath(base, path) ? relative(base, path).split(sep).join("/") : path;
}
function isBeneath(directory, path) {
	const way = relative(directory, path);
	return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
function partitionsOf({ baseDirectory }, pattern, file) {
	const written = resolve(baseDirectory, pattern).split(sep);
	const firstMatched = written.findIndex((segment) => /[*?[{]/.test(segment));
	const segments = file.split(sep);
	if (firstMatched < 0 || file === written.join(sep)) return {};
	const partitions = segments.slice(firstMatched, -1).flatMap((segment) => {
		const match = /^([^=]+)=(.*)$/.exec(segment);
		return match === null ? [] : [{
			key: decoded(match[1]),
			value: partitionValue(match[2])
		}];
	});
	return partitions.length === 0 ? {} : { partitions };
}
function partitionValue(text) {
	return text === "" || text === "__HIVE_DEFAULT_PARTITION__" ? null : decoded(text);
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
async function exists(path) {
	return await stat(path).then(() => true, () => false);
}

// src/adapters/duckdb/read-files.ts
function deadlineOf({ readTimeLimitSeconds = 600 }) {
	const end = performance.now() + readTimeLimitSeconds * 1e3;
	return {
		signal: AbortSignal.timeout(readTimeLimitSeconds * 1e3),
		secondsLeft: () => Math.max(.001, (end - performance.now()) / 1e3)
	};
}
function describeRead({ shownPath, sha256, bytes, encoding }, rows) {
	return {
		path: shownPath,
		sha256,
		bytes,
		rowsRead: rows,
		rejectedRows: 0,
		...encoding === "utf-8" ? {} : { encoding }
	};
}
async function readFiles(options, request, place) {
	const resolved = await resolveFiles({
		name: request.name,
		baseDirectory: request.baseDirectory,
		paths: request.paths,
		...options.rootDirectory === void 0 ? {} : { rootDirectory: options.rootDirectory }
	});
	if (request.sha256 !== void 0 && resolved.length > 1) throw new InputError(`${request.name}: sha256 pins one file, but ${resolved.length} are declared; declare one or remove sha256`);
	const inspected = [];
	for (const file of resolved) inspected.push(await inspectFile(request.name, file));
	if (new Set(inspected.map(({ format }) => format)).size > 1) {
		const [first, other] = [inspected[0], inspected.find(({ format }) => format !== inspected[0].format)];
		throw new InputError(`${request.name}: ${first.shownPath} and ${other.shownPath} have different formats; files read together need one`);
	}
	const digest = {
		...place,
		...request.sha256 === void 0 ? {} : { pinned: request.sha256 },
		...request.encoding === void 0 ? {} : { encoding: requireEncoding(request.name, request.encoding) }
	};
	return await Promise.all(inspected.map((file) => digestFile(request.name, file, digest)));
}

// src/adapters/duckdb/packed-rows.ts
const COMPRESSION = 5;
function isWorthPacking(files, packedTextMegabytes) {
	return files.map((file) => file.bytes * (file.compression === "none" ? 1 : COMPRESSION)).reduce((total, size) => total + size, 0) >= packedTextMegabytes * 2 ** 20;
}
async function packRows(session, query, path) {
	return await session.count(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)`);
}
async function viewPackedRows(session, view, packed) {
	let firstRow = 0;
	const selects = packed.files.map(({ path, rowCount }) => {
		const row = `file_row_number + ${firstRow} AS ${ROW_COLUMN}`;
		firstRow += rowCount;
		return `SELECT ${[...packed.names.map(quoteName), row].join(", ")}
      FROM read_parquet(${quoteText(path)}, hive_partitioning = false, file_row_number = true)`;
	});
	await session.run(`CREATE VIEW ${view} AS ${selects.join(" UNION ALL ")}`);
}

// src/adapters/duckdb/record-lines.ts
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const JSON_SPACES = /* @__PURE__ */ new Set([
	9,
	CARRIAGE_RETURN,
	32
]);
var RecordLines = class {
	#delimiter;
	#blankIsRecord;
	#changedAt = [0];
	#distances = [1];
	#records = 0;
	#line = 1;
	#isLineBlank = true;
	#isQuoted = false;
	#closedAt = Number.NEGATIVE_INFINITY;
	#previous = LINE_FEED;
	#held = Buffer.alloc(0);
	#isFirst = true;
	constructor(rules) {
		this.#delimiter = rules.kind === "delimited" ? rules.delimiter.charCodeAt(0) : void 0;
		this.#blankIsRecord = rules.kind === "delimited" && rules.blankIsRecord;
	}
	get count() {
		return this.#records;
	}
	lineOf(record) {
		let low = 0;
		let high = this.#changedAt.length;
		while (high - low > 1) {
			const middle = low + high >>> 1;
			if (this.#changedAt[middle] <= record) low = middle;
			else high = middle;
		}
		return record + this.#distances[low];
	}
	take(block) {
		if (block.length === 0) return;
		const hasMark = this.#isFirst && block[0] === 239 && block[1] === 187 && block[2] === 191;
		this.#isFirst = false;
		const text = hasMark ? block.subarray(3) : block;
		const whole = this.#held.length === 0 ? text : Buffer.concat([this.#held, text]);
		const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
		this.#held = whole.subarray(end);
		this.#takeBytes(whole.subarray(0, end));
	}
	end() {
		this.#takeBytes(this.#held);
	}
	#takeBytes(bytes) {
		if (this.#delimiter === void 0) this.#takeObjects(bytes);
		else this.#takeCells(bytes, this.#delimiter);
	}
	#takeObjects(bytes) {
		for (let at = 0; at < bytes.length;) {
			const end = indexFrom(bytes, LINE_FEED, at);
			if (this.#isLineBlank) {
				while (at < end && JSON_SPACES.has(bytes[at])) at += 1;
				if (at < end) this.#begin();
			}
			if (end === bytes.length) return;
			this.#endLine();
			at = end + 1;
		}
	}
	#takeCells(bytes, delimiter) {
		const lines = new LineEnds(bytes);
		for (let at = 0; at < bytes.length;) {
			const quote = indexFrom(bytes, QUOTE, at);
			this.#takeLines(lines, at, quote);
			if (quote === bytes.length) break;
			if (this.#isQuoted) {
				this.#isQuoted = false;
				this.#closedAt = quote;
			} else {
				const before = quote === 0 ? this.#previous : bytes[quote - 1];
				const isCellStart = before === delimiter || before === LINE_FEED || before === CARRIAGE_RETURN;
				this.#isQuoted = isCellStart || this.#closedAt === quote - 1;
				if (this.#isLineBlank) this.#begin();
			}
			at = quote + 1;
		}
		this.#closedAt -= bytes.length;
		this.#previous = bytes.at(-1) ?? this.#previous;
	}
	#takeLines(lines, from, to) {
		let start = from;
		for (let end = lines.next(start); end < to; end = lines.next(start)) {
			if (this.#isQuoted) this.#line += 1;
			else {
				if (this.#isLineBlank && (end > start || this.#blankIsRecord)) this.#begin();
				this.#endLine();
			}
			start = lines.after(end);
		}
		if (!this.#isQuoted && this.#isLineBlank && start < to) this.#begin();
	}
	#endLine() {
		this.#line += 1;
		this.#isLineBlank = true;
	}
	#begin() {
		this.#isLineBlank = false;
		const distance = this.#line - this.#records;
		if (distance !== this.#distances.at(-1)) {
			this.#changedAt.push(this.#records);
			this.#distances.push(distance);
		}
		this.#records += 1;
	}
};
var LineEnds = class {
	#bytes;
	#lineFeed = -1;
	#carriageReturn = -1;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	next(from) {
		if (this.#lineFeed < from) this.#lineFeed = indexFrom(this.#bytes, LINE_FEED, from);
		if (this.#carriageReturn < from) this.#carriageReturn = indexFrom(this.#bytes, CARRIAGE_RETURN, from);
		return Math.min(this.#lineFeed, this.#carriageReturn);
	}
	after(end) {
		return end + (this.#bytes[end] === CARRIAGE_RETURN && this.#bytes[end + 1] === LINE_FEED ? 2 : 1);
	}
};
function indexFrom(bytes, byte, from) {
	const found = bytes.indexOf(byte, from);
	return found < 0 ? bytes.length : found;
}

// src/adapters/duckdb/read-record-lines.ts
function linesReader(file, rules) {
	let lines;
	return () => {
		lines ??= readLines(file, rules);
		return lines;
	};
}
async function readLines(file, rules) {
	const lines = new RecordLines(rules);
	const sink = new Writable({ write(block, _encoding, done) {
		lines.take(block);
		done();
	} });
	await pipeline([
		createReadStream(file.realPath, { highWaterMark: 1 << 20 }),
		...unpackers(file),
		sink
	]);
	lines.end();
	return lines;
}

// src/adapters/duckdb/text-files.ts
async function loadTextFiles(session, request) {
	try {
		return await loadOnce(session, request, false);
	} catch (error) {
		if (!/convert|transform|sample_size/i.test(messageOf(error))) throw error;
		return await loadOnce(session, request, true);
	}
}
async function loadOnce(session, request, wholeFile) {
	const { name, files, reader } = request;
	const described = [];
	for (const file of files) {
		const subject = `${name}: ${file.shownPath}`;
		described.push({
			file,
			shape: await reader.describe(session, file, {
				subject,
				wholeFile
			})
		});
	}
	const columns = unifyColumns(name, described.map(({ file, shape }) => ({
		path: file.shownPath,
		columns: shape.columns,
		isTyped: shape.isTyped
	})));
	const parts = withTypes(described, columns);
	const loaded = await insertParts(session, {
		name,
		reader,
		parts,
		columns
	});
	const kept = await reader.columnsToKeepAsText(session, loaded.name, parts);
	if (kept.size === 0) return toLoadedRows(session, loaded, {
		reader,
		parts,
		columns
	});
	await session.run(`DROP ${loaded.kind} ${loaded.name}`);
	const exact = columns.map((column) => kept.has(column.name) ? {
		...column,
		sqlType: "VARCHAR"
	} : column);
	const exactParts = withTypes(parts, exact);
	return toLoadedRows(session, await insertParts(session, {
		name,
		reader,
		parts: exactParts,
		columns: exact
	}), {
		reader,
		parts: exactParts,
		columns: exact
	});
}
function withTypes(parts, columns) {
	const types = new Map(columns.map(({ name, sqlType }) => [name, sqlType]));
	return parts.map(({ file, shape }) => ({
		file,
		shape: {
			...shape,
			columns: shape.columns.map(({ name }) => ({
				name,
				sqlType: types.get(name)
			}))
		}
	}));
}
async function insertParts(session, load) {
	const name = session.temporaryName();
	if (load.reader.canPack && isWorthPacking(load.parts.map(({ file }) => file), session.packedTextMegabytes)) return await packParts(session, load, name);
	const definitions = load.columns.map((column) => `${quoteName(column.name)} ${column.sqlType}`);
	await session.run(`CREATE TABLE ${name} (${definitions.join(", ")})`);
	try {
		return {
			name,
			kind: "TABLE",
			rowCounts: await readParts(load, (query) => session.count(`INSERT INTO ${name} ${query}`))
		};
	} catch (error) {
		await session.run(`DROP TABLE ${name}`);
		throw error;
	}
}
async function packParts(session, load, name) {
	const paths = load.parts.map(() => session.nextPackedPath());
	const rowCounts = await readParts(load, (query, part) => packRows(session, query, paths[part]));
	const files = paths.map((path, part) => ({
		path,
		rowCount: rowCounts[part]
	}));
	await viewPackedRows(session, name, {
		names: load.columns.map((column) => column.name),
		files
	});
	return {
		name,
		kind: "VIEW",
		rowCounts
	};
}
async function readParts({ name, reader, parts, columns }, take) {
	const names = columns.map((column) => quoteName(column.name)).join(", ");
	const rowCounts = [];
	for (const [part, { file, shape }] of parts.entries()) try {
		rowCounts.push(await take(`SELECT ${names} FROM ${reader.scan(file, shape)}`, part));
	} catch (error) {
		throw reader.explain(file, `${name}: ${file.shownPath}`, error);
	}
	return rowCounts;
}
async function toLoadedRows(session, loaded, from) {
	const candidates = from.columns.map(({ name }) => name).filter((name) => from.parts.every(({ shape }) => shape.booleans?.includes(name)));
	const booleans = await from.reader.findBooleans(session, loaded.name, candidates);
	if (loaded.kind === "TABLE") for (const name of booleans) await session.run(`ALTER TABLE ${loaded.name} ALTER COLUMN ${quoteName(name)} TYPE BOOLEAN`);
	const columns = from.columns.map((column) => booleans.has(column.name) ? {
		...column,
		sqlType: "BOOLEAN"
	} : column);
	const casts = columns.map(({ name, sqlType }) => loaded.kind === "TABLE" ? quoteName(name) : `CAST(${quoteName(name)} AS ${sqlType}) AS ${quoteName(name)}`);
	const row = loaded.kind === "TABLE" ? `rowid AS ${ROW_COLUMN}` : ROW_COLUMN;
	const relation = session.temporaryName();
	await session.run(`CREATE VIEW ${relation} AS SELECT ${casts.join(", ")}, ${row} FROM ${loaded.name}`);
	return {
		relation,
		objects: [`VIEW ${relation}`, `${loaded.kind} ${loaded.name}`],
		columns,
		parts: from.parts.map(({ file, shape }, index) => ({
			path: file.shownPath,
			rowCount: loaded.rowCounts[index],
			linesBefore: shape.headerLines,
			readLines: linesReader(file, recordRules(shape))
		})),
		isTyped: from.parts.every(({ shape }) => shape.isTyped)
	};
}
function recordRules({ delimiter, columns }) {
	if (delimiter === void 0) return { kind: "json-lines" };
	return {
		kind: "delimited",
		delimiter,
		blankIsRecord: columns.length === 1
	};
}

// src/adapters/duckdb/copy-rows.ts
function copyFormatOf(path) {
	const ending = /\.(csv|tsv|parquet)$/i.exec(path)?.[1]?.toLowerCase();
	if (ending !== void 0) return ending;
	throw new InputError(`${shorten(path)} has an ending that is not written; name the output .csv, .tsv or .parquet`);
}
async function copyRows(rows, request) {
	const { changes, format, path } = request;
	for (const name of changes.keys()) requireColumn(rows, name);
	const kept = rows.columns.filter(({ name }) => changes.get(name)?.kind !== "drop");
	if (kept.length === 0) throw new InputError(`${rows.name}: every column would be dropped; keep one`);
	const selected = kept.map((column) => {
		const change = changes.get(column.name);
		if (format !== "parquet" && change === void 0) refuseNested(rows, column);
		return `${expressionOf(rows, column, {
			change,
			key: request.key
		})} AS ${quoteName(column.name)}`;
	});
	const options = {
		csv: "FORMAT csv, HEADER, DELIMITER ','",
		tsv: "FORMAT csv, HEADER, DELIMITER '	'",
		parquet: "FORMAT parquet, COMPRESSION zstd"
	};
	try {
		await rows.session.run(`COPY (SELECT ${selected.join(", ")} FROM ${rows.relation}) TO ${quoteText(path)} (${options[format]}, USE_TMP_FILE false)`);
	} catch (error) {
		throw explainError(rows.label, error);
	}
	return kept.map(({ name }) => name);
}
function refuseNested(rows, { name, sqlType }) {
	if (!/\]$|^(STRUCT|MAP|UNION|BLOB|BIT)\b/.test(sqlType)) return;
	throw new InputError(`${rows.name}: column "${shorten(name, 60)}" is ${shorten(sqlType, 60)}, which delimited text cannot hold; drop it, or write Parquet`);
}
function expressionOf(rows, column, { change, key }) {
	switch (change?.kind) {
		case void 0:
		case "drop": return quoteName(column.name);
		case "hash": return hashExpression(textExpression(column), key);
		case "shorten": return shortenExpression(rows, column, change.to);
		case "coarsen": return coarsenExpression(rows, column, change.unit);
	}
}
const BLOCK_BYTES = 64;
const HASH_DIGITS = 32;
function hashExpression(text, key) {
	const short = key.length > BLOCK_BYTES ? createHash("sha256").update(key).digest() : key;
	const block = Buffer.alloc(BLOCK_BYTES);
	block.set(short);
	const padded = (by) => blobLiteral(block.map((byte) => byte ^ by));
	const inner = `unhex(sha256(${padded(54)} || encode(${text})))`;
	return `left(sha256(${padded(92)} || ${inner}), ${HASH_DIGITS})`;
}
function blobLiteral(bytes) {
	return `unhex('${Buffer.from(bytes).toString("hex")}')`;
}
function shortenExpression(rows, column, to) {
	const name = quoteName(column.name);
	switch (column.type) {
		case "string": return `left(CAST(${name} AS VARCHAR), ${to})`;
		case "integer": return keepFirstDigits(column, to);
		case "number": return roundNumber(column, to);
		default: throw refuseChange(rows, column, "has no characters or digits to shorten; write :year, :month, :day or :hour for times");
	}
}
function keepFirstDigits({ name, sqlType }, digits) {
	const value = `CAST(${quoteName(name)} AS HUGEINT)`;
	const size = `abs(${value})`;
	const unit = `CAST('1' || repeat('0', greatest(0, length(CAST(${size} AS VARCHAR)) - ${digits})) AS HUGEINT)`;
	return `CAST(sign(${value}) * (${size} // ${unit} * ${unit}) AS ${sqlType})`;
}
function roundNumber({ name, sqlType }, digits) {
	const value = `CAST(${quoteName(name)} AS DOUBLE)`;
	const rounded = `(CASE WHEN ${value} = 0 OR NOT isfinite(${value}) THEN ${value} ELSE round(${value}, ${`${digits - 1} - CAST(floor(log10(abs(${value}))) AS INTEGER)`}) END)`;
	return isFloatType(sqlType) ? `CAST(${rounded} AS ${sqlType})` : rounded;
}
function coarsenExpression(rows, column, unit) {
	const isDate = column.type === "date";
	if (!isDate && column.type !== "timestamp") throw refuseChange(rows, column, `is no date or timestamp; write a number of characters or digits`);
	if (isDate && unit === "hour") throw refuseChange(rows, column, "has no hours; write :day, :month or :year");
	return `CAST(date_trunc(${quoteText(unit)}, ${quoteName(column.name)}) AS ${column.sqlType})`;
}
function refuseChange(rows, { name, sqlType }, why) {
	return new InputError(`${rows.name}: column "${shorten(name, 60)}" is ${shorten(sqlType, 60)} and cannot be truncated so: it ${why}`);
}

// src/adapters/duckdb/write-copy.ts
async function writeCopy(request, tools) {
	const { source, output, key, approve } = request;
	const format = copyFormatOf(output);
	const partial = join(dirname(output), `.partial-${randomUUID()}-${basename(output)}`);
	addPassing(partial);
	const { rows, files, close } = await tools.openRows(source, partial);
	try {
		for (const { realPath, shownPath } of files) await refuseSame(output, realPath, shownPath);
		await mkdir(dirname(output), { recursive: true });
		const changes = request.changesOf(rows.columns.map(({ name }) => name));
		const columns = await copyRows(rows, {
			changes,
			key,
			format,
			path: partial
		});
		await using written = await tools.open({
			name: basename(output),
			baseDirectory: dirname(partial),
			paths: [basename(partial)]
		});
		if (written.rowCount !== rows.rowCount) throw new Error(`${written.rowCount} rows were written where ${rows.rowCount} were read`);
		await approve(written);
		await rename(partial, output);
		return {
			rowCount: rows.rowCount,
			columns
		};
	} finally {
		await removePassing(partial);
		await close();
	}
}
async function refuseSame(output, input, shown) {
	const there = await stat(output).catch(() => void 0);
	if (there === void 0) return;
	const read = await stat(input);
	if (there.dev !== read.dev || there.ino !== read.ino) return;
	throw new InputError(`the output is ${shown} itself, which would be lost; name another file with --output`);
}

// src/adapters/duckdb/write-parquet.ts
const TABLE = "rows_to_write";
async function writeParquet(path, table, options) {
	const target = resolve(path);
	const partial = join(dirname(target), `.${basename(target)}.partial`);
	await mkdir(dirname(target), { recursive: true });
	const session = await openSession({
		...options,
		files: [partial],
		threads: 1
	});
	try {
		const definitions = table.columns.map(({ name, kind }) => `${quoteName(name)} ${SQL_TYPES[kind]}`);
		await session.run(`CREATE TABLE ${TABLE} (${definitions.join(", ")})`);
		append(await session.connection.createAppender(TABLE), table);
		await session.run(`COPY ${TABLE} TO ${quoteText(partial)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`);
		await rename(partial, target);
	} catch (error) {
		await rm(partial, { force: true });
		throw explainError(basename(target), error);
	} finally {
		session.close();
	}
}
const SQL_TYPES = {
	number: "DOUBLE",
	text: "VARCHAR"
};
function append(appender, { rowCount, columns }) {
	for (let row = 0; row < rowCount; row++) {
		for (const column of columns) if (column.kind === "number") {
			const value = column.values[row];
			if (Number.isNaN(value)) appender.appendNull();
			else appender.appendDouble(value);
		} else {
			const code = column.codes[row];
			if (code < 0) appender.appendNull();
			else appender.appendVarchar(column.dictionary[code]);
		}
		appender.endRow();
	}
	appender.closeSync();
}

// src/adapters/duckdb/duckdb-engine.ts
function createDuckdbEngine(options) {
	const openSets = /* @__PURE__ */ new Set();
	return {
		async open(request) {
			const set = await openDataSet(options, request, (closed) => openSets.delete(closed));
			openSets.add(set);
			return set;
		},
		async writeParquet(path, table) {
			const spillDirectory = await makeSpillDirectory(options);
			try {
				const duckdb = await options.load();
				await writeParquet(path, table, {
					duckdb,
					spillDirectory,
					...limitsOf(options)
				});
			} finally {
				await removePassing(spillDirectory);
			}
		},
		writeCopy(request) {
			return writeCopy(request, {
				openRows: (source, output) => openRows(options, source, [output]),
				open: (source) => this.open(source)
			});
		},
		async [Symbol.asyncDispose]() {
			for (const set of [...openSets]) await set[Symbol.asyncDispose]();
		}
	};
}
async function makeSpillDirectory({ temporaryDirectory }) {
	await mkdir(temporaryDirectory, { recursive: true });
	const directory = await mkdtemp(join(temporaryDirectory, "duckdb-"));
	addPassing(directory);
	return directory;
}
function limitsOf(options) {
	return {
		memoryLimitMegabytes: options.memoryLimitMegabytes ?? 1024,
		timeLimitSeconds: options.timeLimitSeconds ?? 300,
		packedTextMegabytes: options.packedTextMegabytes ?? 64
	};
}
async function openDataSet(options, request, onClose) {
	const { rows, files, parts, close } = await openRows(options, request, []);
	const set = new DuckdbDataSet(rows, files.map((file, index) => describeRead(file, parts[index].rowCount)), async () => {
		onClose(set);
		await close();
	});
	return set;
}
async function openRows(options, request, outputs) {
	const spillDirectory = await makeSpillDirectory(options);
	let session;
	const close = async () => {
		session?.close();
		session = void 0;
		await removePassing(spillDirectory);
	};
	try {
		const deadline = deadlineOf(options);
		const files = await readFiles(options, request, {
			directory: spillDirectory,
			signal: deadline.signal
		});
		session = await openSession({
			duckdb: await options.load(),
			files: [...files.map(({ realPath }) => realPath), ...outputs],
			spillDirectory,
			threads: request.repeatable === true ? 1 : options.threads ?? availableParallelism(),
			...limitsOf(options)
		});
		session.limitStatements(deadline.secondsLeft());
		const loaded = await load(session, request.name, files);
		session.limitStatements(limitsOf(options).timeLimitSeconds);
		return {
			rows: await prepareRows(session, request, loaded),
			files,
			parts: loaded.parts,
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
async function prepareRows(session, request, loaded) {
	if (loaded.parts.every(({ rowCount }) => rowCount === 0)) throw new InputError(`${request.name}: ${loaded.parts.map(({ path }) => path).join(", ")} has columns but no rows; add data`);
	const filtered = await filter(session, request, loaded);
	if (request.features === void 0) return toRowSet(session, request.name, filtered);
	return await computeFeatures(session, {
		request,
		features: request.features,
		filtered
	});
}
async function load(session, name, files) {
	return await addPartitionColumns(session, await loadFiles(session, name, files), files);
}
async function loadFiles(session, name, files) {
	switch (files[0].format) {
		case "parquet": return await openParquetFiles(session, {
			name,
			files
		});
		case "arrow": return await openArrowFiles(session, {
			name,
			files
		});
		case "json-lines": return await loadTextFiles(session, {
			name,
			files,
			reader: jsonLinesReader
		});
		case "delimited": return await loadTextFiles(session, {
			name,
			files,
			reader: delimitedTextReader
		});
	}
}
async function filter(session, request, loaded) {
	const filters = request.filters ?? [];
	if (filters.length === 0) return loaded;
	const columns = loaded.columns.map(toEngineColumn);
	const condition = await conditionOf$1(session, {
		name: request.name,
		relation: loaded.relation,
		columns
	}, filters);
	const relation = session.temporaryName();
	const query = `SELECT * FROM ${loaded.relation} WHERE ${condition.sql}`;
	if (!condition.readsSource) {
		await session.run(`CREATE VIEW ${relation} AS ${query}`);
		return {
			...loaded,
			relation,
			objects: [`VIEW ${relation}`, ...loaded.objects]
		};
	}
	try {
		await session.run(`CREATE TABLE ${relation} AS ${query}`);
	} catch (error) {
		throw explainError(`${request.name}: conditions`, error);
	}
	await session.run("DROP VIEW IF EXISTS source");
	await dropRows(session, loaded);
	return {
		...loaded,
		relation,
		objects: [`TABLE ${relation}`]
	};
}
async function dropRows(session, rows) {
	for (const object of rows.objects) await session.run(`DROP ${object}`);
}
async function computeFeatures(session, work) {
	const { request, features, filtered } = work;
	const table = await runFeaturesQuery(session, {
		features,
		relation: filtered.relation,
		columns: filtered.columns
	});
	await dropRows(session, filtered);
	const columns = await session.columnsOf(`SELECT * FROM ${table}`);
	const names = columns.map(({ name }) => quoteName(name)).join(", ");
	const relation = session.temporaryName();
	await session.run(`CREATE VIEW ${relation} AS SELECT ${names}, rowid AS ${ROW_COLUMN} FROM ${table}`);
	const rowCount = await session.count(`SELECT count(*) FROM ${table}`);
	const parts = [{
		path: features.file,
		rowCount,
		linesBefore: 0
	}];
	const objects = [`VIEW ${relation}`, `TABLE ${table}`];
	return toRowSet(session, request.name, {
		relation,
		objects,
		columns,
		parts,
		isTyped: filtered.isTyped
	});
}
async function toRowSet(session, name, rows) {
	const label = `${name}: ${rows.parts[0].path}${rows.parts.length > 1 ? ` and ${rows.parts.length - 1} more` : ""}`;
	try {
		const rowCount = await session.count(`SELECT count(*) FROM ${rows.relation}`);
		return {
			session,
			name,
			label,
			relation: rows.relation,
			columns: rows.columns.map(toEngineColumn),
			rowCount,
			parts: rows.parts,
			isTyped: rows.isTyped,
			counted: /* @__PURE__ */ new Map()
		};
	} catch (error) {
		throw explainError(label, error);
	}
}
function toEngineColumn({ name, sqlType }) {
	return {
		name,
		sqlType,
		type: columnTypeOf(sqlType)
	};
}

export { createDuckdbEngine };