import { InputError, OutsideError, messageOf } from "./core.js";
import { refuseExternalFiles, replaceZipMaps } from "./core-onnx.js";
import { firstRowsOf } from "./core-data.js";
import { INPUT_TYPES, ScoreCollector, describeBinding, describeModel, findClass, isWholeType, planScoring, spell } from "./core-scoring.js";
import { readModelFile } from "./adapters-model-files.js";
import { dirname, join, resolve } from "node:path";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fork } from "node:child_process";
import { once } from "node:events";

// src/adapters/onnx/encode-whole.ts
function encodeWhole({ bound, column, type, place, refuse }) {
	const { rowCount, position, stride } = place;
	const read = column.kind === "number" ? fromNumbers(column.values) : fromIntegers(column);
	const write = writerFor(type, place.target);
	const holds = checkerFor(type, column.kind === "integer");
	const missing = missingFor(bound, checkerFor(type, false));
	for (let row = 0, at = position; row < rowCount; row++, at += stride) {
		const state = read.states[row];
		if (state === MISSING && missing !== void 0) write(at, missing >>> 0, Math.floor(missing / WORD), missing);
		else if (state === MISSING) {
			refuse(row, `${bound.name} has no value, which ${type} cannot hold`);
			write(at, 0, 0, 0);
		} else if (state === BEYOND || !holds(read.values[row], state === WHOLE)) {
			refuse(row, `${bound.name} has a value that ${type} cannot hold`);
			write(at, 0, 0, 0);
		} else write(at, read.low[row], read.high[row], read.values[row]);
	}
}
function missingFor({ missing }, check) {
	return typeof missing === "number" && check(missing, Number.isInteger(missing)) ? missing : void 0;
}
const WORD = 2 ** 32;
const WHOLE = 0;
const FRACTION = 1;
const MISSING = 2;
const BEYOND = 3;
function allocateWords(rowCount, values) {
	return {
		low: new Uint32Array(rowCount),
		high: new Int32Array(rowCount),
		values,
		states: new Uint8Array(rowCount)
	};
}
function fromNumbers(values) {
	const words = allocateWords(values.length, values);
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (Number.isNaN(value)) words.states[row] = MISSING;
		else if (Number.isInteger(value)) {
			const high = Math.floor(value / WORD);
			words.high[row] = high;
			words.low[row] = value - high * WORD;
		} else words.states[row] = FRACTION;
	}
	return words;
}
function fromIntegers({ values, missing }) {
	const words = allocateWords(values.length, new Float64Array(values.length));
	const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
	for (let row = 0; row < values.length; row++) {
		const low = halves[row * 2] >>> 0;
		const high = halves[row * 2 + 1];
		words.low[row] = low;
		words.high[row] = high;
		words.values[row] = high * WORD + low;
		if (missing[row] !== 0) words.states[row] = missing[row] === 1 ? MISSING : BEYOND;
	}
	return words;
}
function writerFor(type, target) {
	if (type === "bool") return (at, _low, _high, value) => {
		target[at] = value === 0 ? 0 : 1;
	};
	if (type !== "int64" && type !== "uint64") return (at, _low, _high, value) => {
		target[at] = value;
	};
	const halves = new Int32Array(target.buffer, target.byteOffset, target.length * 2);
	return (at, low, high) => {
		halves[at * 2] = low;
		halves[at * 2 + 1] = high;
	};
}
function checkerFor(type, isExact) {
	if (type === "bool" || type === "int64" && isExact) return () => true;
	const { minimum, maximum } = INPUT_TYPES[type];
	const isOpen = type === "int64" || type === "uint64";
	return (value, isWhole) => isWhole && value >= minimum && (isOpen ? value < maximum : value <= maximum);
}

// src/adapters/onnx/payload-layout.ts
const HalfFloats = globalThis.Float16Array;
const VIEWS = {
	float: Float32Array,
	double: Float64Array,
	float16: HalfFloats,
	int64: Float64Array,
	int32: Int32Array,
	int16: Int16Array,
	int8: Int8Array,
	uint64: Float64Array,
	uint32: Uint32Array,
	uint16: Uint16Array,
	uint8: Uint8Array,
	bool: Uint8Array,
	string: Int32Array
};
function viewOf(type, buffer, offset, length) {
	return new VIEWS[type](buffer, offset, length);
}
function alignToEight(bytes) {
	return Math.ceil(bytes / 8) * 8;
}
function inputBytes({ type, width }, rowCount) {
	return alignToEight(rowCount * width * INPUT_TYPES[type].bytes);
}

// src/adapters/onnx/encode-batch.ts
function createEncoder(binding) {
	const keys = /* @__PURE__ */ new Map();
	for (const { name, as } of binding.inputs.flatMap(({ columns }) => columns)) keys.set(`${as} ${name}`, {
		name,
		as
	});
	const positions = new Map([...keys.keys()].map((key, position) => [key, position]));
	const columnOf = (batch, { name, as }) => batch.columns[positions.get(`${as} ${name}`)];
	const columnsOf = (batch, input) => input.columns.map((column) => ({
		bound: column,
		column: columnOf(batch, column)
	}));
	return {
		requests: [...keys.values()],
		layoutFor: (batch) => ({
			inputs: binding.inputs.map((input) => layoutOf(input, columnsOf(batch, input))),
			...binding.batch === void 0 ? {} : { batch: binding.batch }
		}),
		encode: (batch, refuse, used) => {
			const sizes = binding.inputs.map((input) => inputBytes({
				type: input.type,
				width: widthOf$1(input)
			}, batch.rowCount));
			const bytes = sizes.reduce((total, size) => total + size, 0);
			const buffer = used?.byteLength === bytes ? used : new ArrayBuffer(bytes);
			let offset = 0;
			for (const [index, input] of binding.inputs.entries()) {
				const target = viewOf(input.type, buffer, offset, batch.rowCount * widthOf$1(input));
				encodeInput({
					input,
					columns: columnsOf(batch, input),
					target,
					rowCount: batch.rowCount,
					refuse
				});
				offset += sizes[index];
			}
			return buffer;
		}
	};
}
function layoutOf(input, columns) {
	const { input: name, type, rowShape, hasRows } = input;
	const layout = {
		name,
		type,
		rowShape,
		hasRows,
		width: widthOf$1(input)
	};
	return type === "string" ? {
		...layout,
		texts: textsOf(columns)
	} : layout;
}
function widthOf$1({ rowShape }) {
	return rowShape.reduce((product, size) => product * size, 1);
}
function textsOf(columns) {
	if (columns.length === 0) return [""];
	return columns.flatMap(({ bound, column }) => [...textColumn(column).dictionary.map((text) => spell(text, bound.spelling)), String(bound.missing ?? "")]);
}
function textColumn(column) {
	if (column.kind === "text") return column;
	throw new Error(`the column ${column.name} was not read as text`);
}
function encodeInput({ input, columns, target, rowCount, refuse }) {
	const { type } = input;
	const stride = columns.length;
	let firstText = 0;
	for (const [position, { bound, column }] of columns.entries()) {
		const place = {
			target,
			position,
			stride,
			rowCount
		};
		if (type === "string") {
			const text = textColumn(column);
			encodeTexts(text, firstText, place);
			firstText += text.dictionary.length + 1;
		} else if (column.kind === "text") throw new Error(`the column ${column.name} was read as text where numbers are bound`);
		else if (type === "bool" || isWholeType(type)) encodeWhole({
			bound,
			column,
			type,
			place,
			refuse
		});
		else encodeReal(numberColumn(column), bound.missing, place);
	}
}
function encodeTexts({ codes, dictionary }, firstText, place) {
	const { position, stride, rowCount } = place;
	const target = place.target;
	const missing = firstText + dictionary.length;
	for (let row = 0, at = position; row < rowCount; row++, at += stride) {
		const code = codes[row];
		target[at] = code < 0 ? missing : firstText + code;
	}
}
function encodeReal({ values }, missing, place) {
	const { position, stride, rowCount } = place;
	const target = place.target;
	if (typeof missing === "number" && !Number.isNaN(missing)) for (let row = 0, at = position; row < rowCount; row++, at += stride) {
		const value = values[row];
		target[at] = Number.isNaN(value) ? missing : value;
	}
	else if (stride === 1) target.set(values);
	else for (let row = 0, at = position; row < rowCount; row++, at += stride) target[at] = values[row];
}
function numberColumn(column) {
	if (column.kind === "number") return column;
	throw new Error(`the column ${column.name} was not read as numbers`);
}

// src/adapters/onnx/external-data.ts
async function copyExternalFiles({ file, externalFiles }, folder) {
	for (const { location } of externalFiles) {
		const target = join(folder, location);
		await mkdir(dirname(target), { recursive: true });
		await copyFile(join(dirname(file.path), location), target);
	}
}

// src/adapters/onnx/model-file.ts
async function openModel(file) {
	const reading = await readModelFile(file);
	refuseExternalFiles(reading.externalFiles, file);
	return {
		...reading,
		file,
		description: describeModel(reading.model, file.name)
	};
}
async function makeRunnable(open, directory) {
	if (open.description.zipMaps.length === 0) return {
		path: resolve(open.file.path),
		[Symbol.asyncDispose]: async () => void 0
	};
	const folder = await mkdtemp(join(directory, "model-"));
	const remove = () => rm(folder, {
		recursive: true,
		force: true
	});
	const path = join(folder, "model.onnx");
	try {
		await writeFile(path, replaceZipMaps(open.model));
		await copyExternalFiles(open, folder);
	} catch (error) {
		await remove();
		throw error;
	}
	return {
		path,
		[Symbol.asyncDispose]: remove
	};
}

// src/adapters/onnx/frames.ts
const HEADER_BYTES = 16;
var FrameReader = class {
	#onFrame;
	#checkHead;
	#head = new Uint8Array(HEADER_BYTES);
	#headFilled = 0;
	#body;
	#bodyFilled = 0;
	constructor(onFrame, checkHead) {
		this.#onFrame = onFrame;
		this.#checkHead = checkHead;
	}
	push(bytes) {
		for (let offset = 0; offset < bytes.length || this.#isWhole();) {
			if (this.#body === void 0) offset += this.#readHead(bytes, offset);
			else offset += this.#readBody(this.#body, bytes, offset);
			if (this.#isWhole()) this.#deliver();
		}
	}
	#isWhole() {
		return this.#body !== void 0 && this.#bodyFilled === this.#body.length;
	}
	#readHead(bytes, offset) {
		const taken = bytes.subarray(offset, offset + HEADER_BYTES - this.#headFilled);
		this.#head.set(taken, this.#headFilled);
		this.#headFilled += taken.length;
		if (this.#headFilled === HEADER_BYTES) {
			const head = new Uint32Array(this.#head.buffer);
			const [, , , length = 0] = head;
			this.#checkHead?.(head);
			this.#body = new Uint8Array(length);
			this.#bodyFilled = 0;
		}
		return taken.length;
	}
	#readBody(body, bytes, offset) {
		const taken = bytes.subarray(offset, offset + body.length - this.#bodyFilled);
		body.set(taken, this.#bodyFilled);
		this.#bodyFilled += taken.length;
		return taken.length;
	}
	#deliver() {
		const frame = {
			head: new Uint32Array(this.#head.slice().buffer),
			body: this.#body.buffer
		};
		this.#body = void 0;
		this.#headFilled = 0;
		this.#onFrame(frame);
	}
};
function header(first, second, third, length) {
	return new Uint8Array(Uint32Array.of(first, second, third, length).buffer);
}
function writeRows({ batch, rowCount, payload }) {
	return [header(batch, rowCount, 0, payload.byteLength), new Uint8Array(payload)];
}
function readRows({ head, body }) {
	return {
		batch: head[0],
		rowCount: head[1],
		payload: body
	};
}
function writeAnswer({ batch, width, values, labels }) {
	const length = values.byteLength + (labels?.byteLength ?? 0);
	const parts = [header(batch, width, labels === void 0 ? 0 : 1, length), new Uint8Array(values.buffer, values.byteOffset, values.byteLength)];
	return labels === void 0 ? parts : [...parts, new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength)];
}
function readAnswerHead(head) {
	const [batch = 0, width = 0] = head;
	return {
		batch,
		width
	};
}
function requireAnswerSize(head, rowCount) {
	const [, width = 0, hasLabels = 0, length = 0] = head;
	if (length !== rowCount * width * 8 + (hasLabels === 1 ? rowCount * 4 : 0)) throw new Error(`a frame of ${length} bytes holds no ${width} values for ${rowCount} rows`);
}
function readAnswer({ head, body }, rowCount) {
	const { batch, width } = readAnswerHead(head);
	const hasLabels = head[2] === 1;
	return {
		batch,
		width,
		values: new Float64Array(body, 0, rowCount * width),
		...hasLabels ? { labels: new Int32Array(body, rowCount * width * 8, rowCount) } : {}
	};
}

// src/adapters/onnx/score-rows.ts
const BATCHES_AHEAD = 3;
async function scoreAllRows(run) {
	const { worker, rows, encoder, collector, threads } = run;
	const queue = openQueue(run);
	let batch = 0;
	let start = 0;
	let probe;
	for await (const read of rows.batches(encoder.requests, run.rowsPerBatch)) {
		if (batch === 0) {
			const request = {
				kind: "score",
				job: run.jobFor(encoder.layoutFor(read)),
				threads,
				memoryMegabytes: run.memoryMegabytes
			};
			await Promise.race([worker.request(request), queue.broken]);
			probe = makeProbe(read, encoder);
		}
		const firstRow = start;
		await Promise.race([queue.whenBelow(threads * BATCHES_AHEAD), worker.failure]);
		const payload = encoder.encode(read, (row, reason) => collector.refuse(firstRow + row, reason), queue.takeUsed());
		queue.send({
			batch,
			start,
			rowCount: read.rowCount,
			payload
		});
		batch += 1;
		start += read.rowCount;
	}
	await Promise.race([queue.whenBelow(1), worker.failure]);
	if (probe === void 0) return;
	queue.send({
		...probe,
		batch
	});
	await Promise.race([queue.whenBelow(1), worker.failure]);
}
function makeProbe(batch, encoder) {
	const rows = firstRowsOf(batch, Math.ceil(batch.rowCount / 2));
	const payload = encoder.encode(rows, () => void 0);
	return {
		batch: 0,
		start: 0,
		rowCount: rows.rowCount,
		payload,
		isProbe: true
	};
}
function openQueue({ worker, collector, onProgress }) {
	const open = /* @__PURE__ */ new Map();
	const used = [];
	const broken = Promise.withResolvers();
	broken.promise.catch(() => void 0);
	let hasBroken = false;
	let wake;
	let rowsDone = 0;
	const sentAs = (batch) => {
		const sent = open.get(batch);
		if (sent !== void 0) return sent;
		throw new Error(`the scoring process answered batch ${batch}, which it was not sent`);
	};
	const reader = new FrameReader(({ head, body }) => {
		const sent = sentAs(readAnswerHead(head).batch);
		const answer = {
			start: sent.start,
			...readAnswer({
				head,
				body
			}, sent.rowCount)
		};
		if (sent.isProbe) collector.requireSame(answer);
		else collector.add(answer);
		open.delete(sent.batch);
		used.push(sent.payload);
		if (!sent.isProbe) {
			rowsDone += sent.rowCount;
			onProgress?.(rowsDone);
		}
		wake?.();
	}, (head) => {
		const { batch, width } = readAnswerHead(head);
		requireAnswerSize(head, sentAs(batch).rowCount);
		collector.requireWidth(width);
	});
	worker.frames.on("data", (bytes) => {
		if (hasBroken) return;
		try {
			reader.push(bytes);
		} catch (error) {
			hasBroken = true;
			broken.reject(error);
		}
	});
	return {
		broken: broken.promise,
		send: (sent) => {
			open.set(sent.batch, sent);
			for (const part of writeRows(sent)) worker.frames.write(part);
		},
		takeUsed: () => used.pop(),
		async whenBelow(limit) {
			if (hasBroken) await broken.promise;
			while (open.size >= limit) {
				const woken = new Promise((resolve) => {
					wake = resolve;
				});
				await Promise.race([woken, broken.promise]);
			}
		}
	};
}

// src/adapters/onnx/decode-outputs.ts
function decodeValues(outputs, request) {
	const { job, rows, batch } = request;
	const read = job.outputs.values.map((name) => {
		const tensor = outputs[name];
		return {
			numbers: numbersOf(tensor, job.name),
			width: widthOf(tensor, {
				job,
				batch
			})
		};
	});
	const [only] = read;
	if (read.length === 1 && only !== void 0) return copyNumbers(only.numbers, rows * only.width);
	const values = new Float64Array(rows * read.length);
	for (const [position, { numbers, width }] of read.entries()) {
		if (width !== 1) throw new InputError(`${job.name} answered with ${width} values where one for each row is needed`);
		for (let row = 0; row < rows; row++) values[row * read.length + position] = Number(numbers[row]);
	}
	return values;
}
function copyNumbers(numbers, length) {
	if (!(numbers instanceof BigInt64Array || numbers instanceof BigUint64Array)) return new Float64Array(numbers.subarray(0, length));
	return Float64Array.from({ length }, (_, index) => Number(numbers[index]));
}
function widthOf(tensor, { job, batch }) {
	const { dims, size } = tensor;
	const width = size / batch;
	if (Number.isInteger(width) && (batch === 1 || dims[0] === batch)) return width;
	throw new InputError(`${job.name} answered ${batch} rows with a tensor of the shape [${dims.join(", ")}]; the first size should be ${batch}`);
}
function numbersOf({ type, data }, name) {
	if (Array.isArray(data)) throw new InputError(`${name} answered with ${type} where numbers are needed`);
	if (type === "float16" && data instanceof Uint16Array) return new HalfFloats(data.buffer, data.byteOffset, data.length);
	return data;
}
function decodeLabels(outputs, { job, rows, batch }) {
	const name = job.outputs.labels;
	if (name === void 0) return void 0;
	const tensor = outputs[name];
	if (widthOf(tensor, {
		job,
		batch
	}) !== 1) throw new InputError(`${job.name} answered with labels of the shape [${tensor.dims.join(", ")}]; one for each row is needed`);
	const codes = new Int32Array(rows);
	const known = /* @__PURE__ */ new Map();
	const data = tensor.data;
	const keyOf = keyReader(data);
	for (let row = 0; row < rows; row++) {
		const key = keyOf(row);
		let code = known.get(key);
		if (code === void 0) {
			code = findClass(labelText(data[row], tensor.type), job.classes) ?? -1;
			known.set(key, code);
		}
		codes[row] = code;
	}
	return codes;
}
function keyReader(data) {
	if (!(data instanceof BigInt64Array)) return (row) => data[row];
	const halves = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
	return (row) => {
		const low = halves[row * 2];
		return halves[row * 2 + 1] === low >> 31 ? low : data[row];
	};
}
function labelText(value, type) {
	return type === "bool" ? String(Boolean(value)) : String(value);
}

// src/adapters/onnx/runtime-message.ts
function explainRuntime(cause) {
	const [line = ""] = (cause instanceof Error ? cause.message : String(cause)).slice(0, LOOKED_AT).trim().split("\n");
	let said = line.replace(/^Load model from .*? failed:/, "");
	for (let places = 0; places < MOST_PLACES; places++) said = withoutPlace(said);
	return said.replaceAll("onnxruntime::", "").trim().slice(0, 450) || "no reason was given";
}
const LOOKED_AT = 4e3;
const MOST_PLACES = 4;
const PLACE = /\.(?:cc|cpp|cxx|h|hpp):\d+\s+/;
function withoutPlace(text) {
	const place = PLACE.exec(text);
	if (place === null) return text;
	return text.slice(0, text.lastIndexOf(" ", place.index) + 1) + withoutFunction(text.slice(place.index + place[0].length));
}
const SIGNATURE = /^[\w:<>,&*~\s]*::[\w<>~=+\-*/]+(?=\()/;
const NAME = /^(?:(?:[\w~]+::)+[\w~]+|(?:[A-Z][a-z]+){2,})\s+/;
const SUFFIX = /^(?:\s*(?:const|noexcept|mutable)\b|::[^\s([]+)/;
function withoutFunction(text) {
	const signature = SIGNATURE.exec(text);
	if (signature === null) return text.replace(NAME, "");
	let rest = text.slice(signature[0].length);
	for (;;) {
		const suffix = SUFFIX.exec(rest);
		if (suffix !== null) rest = rest.slice(suffix[0].length);
		else if (rest.startsWith("(") || rest.startsWith(" [with ")) rest = behindBrackets(rest);
		else return rest.replace(/^>?\s*/, "");
	}
}
function behindBrackets(text) {
	let depth = 0;
	for (let index = 0; index < text.length; index++) {
		if (text[index] === "(" || text[index] === "[") depth += 1;
		else if (text[index] === ")" || text[index] === "]") depth -= 1;
		else continue;
		if (depth === 0) return text.slice(index + 1);
	}
	return "";
}

// src/adapters/onnx/run-session.ts
async function loadSession(runtime, { name, path }) {
	try {
		return await runtime.InferenceSession.create(path, {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			logSeverityLevel: 4
		});
	} catch (cause) {
		throw new InputError(`${name} cannot be loaded: ${explainRuntime(cause)}`, { cause });
	}
}
async function openSession(runtime, job) {
	const session = await loadSession(runtime, job);
	return {
		run: (payload, rowCount) => runBatch({
			runtime,
			session,
			job,
			payload,
			rowCount
		}),
		release: () => session.release()
	};
}
const FEWEST_ROWS = 2;
async function runBatch(run) {
	const { job, rowCount } = run;
	const { batch = Math.max(rowCount, FEWEST_ROWS) } = job.layout;
	const parts = [];
	for (let start = 0; start < rowCount; start += batch) {
		const rows = Math.min(batch, rowCount - start);
		const outputs = await runOnce(run, {
			start,
			rows,
			batch
		});
		const values = decodeValues(outputs, {
			job,
			rows,
			batch
		});
		const labels = decodeLabels(outputs, {
			job,
			rows,
			batch
		});
		parts.push({
			values,
			...labels ? { labels } : {}
		});
	}
	const [only] = parts;
	const whole = only !== void 0 && parts.length === 1 ? only : joinParts(parts, rowCount);
	return {
		...whole,
		width: whole.values.length / rowCount
	};
}
function joinParts(parts, rowCount) {
	const values = new Float64Array(parts.reduce((total, part) => total + part.values.length, 0));
	const labels = parts[0]?.labels && new Int32Array(rowCount);
	let [valueOffset, labelOffset] = [0, 0];
	for (const part of parts) {
		values.set(part.values, valueOffset);
		valueOffset += part.values.length;
		if (part.labels) labels?.set(part.labels, labelOffset);
		labelOffset += part.labels?.length ?? 0;
	}
	return {
		values,
		...labels ? { labels } : {}
	};
}
async function runOnce(run, part) {
	const { session, job } = run;
	const { values, labels } = job.outputs;
	const wanted = [...values, ...labels === void 0 ? [] : [labels]];
	try {
		return await session.run(buildFeeds(run, part), wanted);
	} catch (cause) {
		throw new InputError(`${job.name} failed on the rows it was given: ${explainRuntime(cause)}`, { cause });
	}
}
function buildFeeds(run, part) {
	const feeds = {};
	let offset = 0;
	for (const input of run.job.layout.inputs) {
		feeds[input.name] = buildTensor(run, {
			input,
			offset,
			part
		});
		offset += inputBytes(input, run.rowCount);
	}
	return feeds;
}
function buildTensor({ runtime, payload, rowCount }, { input, offset, part }) {
	const { type, width, rowShape, hasRows, texts } = input;
	const { start, rows, batch } = part;
	const all = viewOf(type, payload, offset, rowCount * width);
	const own = rows === rowCount ? all : all.subarray(start * width, (start + rows) * width);
	const values = rows === batch ? own : fillUp(own, {
		width,
		batch
	});
	const shape = hasRows ? [batch, ...rowShape] : [...rowShape];
	if (type !== "string") return new runtime.Tensor(TENSOR_TYPES[type], asTensorData(type, values), shape);
	const strings = new Array(values.length);
	for (let index = 0; index < values.length; index++) strings[index] = texts[values[index]];
	return new runtime.Tensor("string", strings, shape);
}
function fillUp(values, { width, batch }) {
	const full = new values.constructor(batch * width);
	full.set(values);
	const last = values.length - width;
	for (let index = values.length; index < full.length; index++) full[index] = values[last + (index - values.length) % width];
	return full;
}
function asTensorData(type, values) {
	const { buffer, byteOffset, length } = values;
	if (type === "float16") return new Uint16Array(buffer, byteOffset, length);
	if (type === "int64") return new BigInt64Array(buffer, byteOffset, length);
	return type === "uint64" ? new BigUint64Array(buffer, byteOffset, length) : values;
}
const TENSOR_TYPES = {
	float: "float32",
	double: "float64",
	float16: "float16",
	int64: "int64",
	int32: "int32",
	int16: "int16",
	int8: "int8",
	uint64: "uint64",
	uint32: "uint32",
	uint16: "uint16",
	uint8: "uint8",
	bool: "bool"
};

// src/adapters/onnx/worker-protocol.ts
const WORKER_OPTIONS_VARIABLE = "CONTENDER_WORKER_OPTIONS";

// src/adapters/onnx/worker-process.ts
const MEMORY_CHECK_MILLISECONDS = 100;
const LAST_WORDS_MILLISECONDS = 500;
const LONGEST_MESSAGE = 2e3;
function startWorker(settings, task) {
	const child = fork(settings.script, [], {
		cwd: settings.directory,
		env: childEnvironment(settings.options),
		execArgv: ["--max-semi-space-size=2"],
		serialization: "advanced",
		stdio: [
			"ignore",
			"ignore",
			"pipe",
			"ipc",
			"pipe"
		]
	});
	const { failure, replies, stop } = observe(child, task);
	const frames = child.stdio[4];
	frames.on("error", () => void 0);
	return {
		frames,
		failure,
		async request(request) {
			await Promise.race([replies.started, failure]);
			child.send(request);
			return await Promise.race([replies.answer, failure]);
		},
		[Symbol.dispose]() {
			stop();
			child.kill("SIGKILL");
		}
	};
}
function childEnvironment(options) {
	const entries = [
		"PATH",
		"HOME",
		"USERPROFILE",
		"SystemRoot",
		"TEMP",
		"TMP",
		"TMPDIR",
		"LANG",
		"LC_ALL"
	].flatMap((name) => process.env[name] === void 0 ? [] : [[name, process.env[name]]]);
	return {
		...Object.fromEntries(entries),
		[WORKER_OPTIONS_VARIABLE]: JSON.stringify(options)
	};
}
async function untilSaid({ stderr }) {
	if (stderr === null || stderr.readableEnded || stderr.destroyed) return;
	await once(stderr, "close", { signal: AbortSignal.timeout(LAST_WORDS_MILLISECONDS) }).catch(() => void 0);
}
function tellingLine(words) {
	const lines = words.split("\n").filter((line) => line.trim() !== "");
	return (lines.find((candidate) => /^\w*Error(?: \[\w+\])?: /.test(candidate)) ?? lines.at(-1))?.trim().slice(0, 300);
}
function observe(child, task) {
	const started = Promise.withResolvers();
	const answer = Promise.withResolvers();
	const failure = Promise.withResolvers();
	failure.promise.catch(() => void 0);
	let lastWords = "";
	let hasStarted = false;
	const stop = watchLimits(child, task, (problem) => {
		const message = `scoring ${task.name} ${problem}`;
		failure.reject(hasStarted ? new InputError(message) : new OutsideError(message));
	});
	child.stderr?.on("data", (chunk) => {
		lastWords = (lastWords + chunk.toString("utf8")).slice(-2e3);
	});
	child.on("error", (cause) => {
		failure.reject(new OutsideError(`the scoring process could not be started: ${cause.message}`, { cause }));
	});
	child.on("message", (reply) => {
		switch (reply?.kind) {
			case "started":
				hasStarted = true;
				return started.resolve();
			case "failed": return failure.reject(failureOf$1(reply));
			case "ready":
			case "latency":
			case "loaded": return answer.resolve(reply);
			default: return failure.reject(/* @__PURE__ */ new Error(`the process that scored ${task.name} sent what is no reply`));
		}
	});
	child.on("exit", (code, signal) => {
		stop();
		untilSaid(child).then(() => {
			failure.reject(explainExit({
				code,
				signal,
				said: tellingLine(lastWords),
				task
			}));
		});
	});
	return {
		failure: failure.promise,
		replies: {
			started: started.promise,
			answer: answer.promise
		},
		stop
	};
}
function failureOf$1(reply) {
	const { fault } = reply;
	const message = String(reply.message).slice(0, LONGEST_MESSAGE);
	if (fault === "model") return new InputError(message);
	return fault === "runtime" ? new OutsideError(message) : new Error(message);
}
const CRASHES = [
	"SIGSEGV",
	"SIGBUS",
	"SIGILL",
	"SIGFPE",
	"SIGABRT"
];
function explainExit({ code, signal, said, task }) {
	if (signal !== null && CRASHES.includes(signal)) return new InputError(`${task.name} made the process that scored it crash (${signal}); export it again, or score it by a command`);
	const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
	return new OutsideError(`the process that scored ${task.name} ${how}${said ? `: ${said}` : ""}`);
}
function watchLimits(child, { limits }, onExceeded) {
	const { seconds, memoryMegabytes } = limits;
	const end = (problem) => {
		child.kill("SIGKILL");
		onExceeded(problem);
	};
	const timer = setTimeout(() => {
		end(`took longer than ${seconds} seconds and was ended; the model may never end, or scoring.time-limit has to be higher`);
	}, seconds * 1e3);
	const memory = setInterval(() => {
		residentMegabytes(child.pid).then((used) => {
			if (used !== void 0 && used > memoryMegabytes) end(`took more than ${memoryMegabytes} MB of memory and was ended`);
		});
	}, MEMORY_CHECK_MILLISECONDS);
	return () => {
		clearTimeout(timer);
		clearInterval(memory);
	};
}
async function residentMegabytes(pid) {
	if (pid === void 0 || process.platform !== "linux") return void 0;
	const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
	const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
	return kilobytes === void 0 ? void 0 : Number(kilobytes) / 1024;
}

// src/adapters/onnx/try-load.ts
const LOAD_LIMITS = {
	seconds: 60,
	memoryMegabytes: 4096
};
async function tryLoad(settings, model) {
	using worker = startWorker(settings, {
		limits: LOAD_LIMITS,
		name: model.name
	});
	const { memoryMegabytes } = LOAD_LIMITS;
	const reply = await worker.request({
		kind: "load",
		model,
		memoryMegabytes
	});
	if (reply.kind !== "loaded") throw new Error("the scoring process answered something else");
	return reply.answer;
}
async function loadOnce(runtime, model) {
	const { versions } = runtime.env;
	const version = versions.node ?? versions.common;
	try {
		await (await loadSession(runtime, model)).release();
		return { runtime: version };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			runtime: version,
			refusal: error.message.replace(`${model.name} cannot be loaded: `, "")
		};
	}
}

// src/adapters/onnx/onnx-scorer.ts
const DEFAULT_LIMITS = {
	seconds: 600,
	memoryMegabytes: 4096
};
const ROWS_PER_BATCH = 2048;
const MOST_THREADS = 8;
const LARGE_MODEL_BYTES = 256 * 1024 ** 2;
function createOnnxScorer(settings) {
	return {
		score: (request) => score(settings, request),
		async describe(model) {
			const { description, contract } = await openModel(model);
			const { signature, classes, externalData } = description;
			return {
				signature,
				...classes ? { classes } : {},
				externalData,
				contract
			};
		},
		tryLoad: (model) => tryLoad(settings, model),
		measureLatency: (request) => measureLatency$1(settings, request)
	};
}
async function score(settings, request) {
	const { rows } = request;
	const started = performance.now();
	const limits = {
		...DEFAULT_LIMITS,
		...request.limits
	};
	using worker = startWorker(settings, {
		limits,
		name: request.model.name
	});
	const open = await openModel(request.model);
	const plan = planFor(open, request, rows);
	await using runnable = await makeRunnable(open, settings.directory);
	const collector = new ScoreCollector({
		rowCount: rows.rowCount,
		plan: plan.output,
		classes: plan.classes,
		model: request.model.name
	});
	const rowsPerBatch = roundUp(settings.rowsPerBatch ?? ROWS_PER_BATCH, plan.binding.batch ?? 1);
	await scoreAllRows({
		worker,
		rows,
		encoder: createEncoder(plan.binding),
		collector,
		jobFor: (layout) => describeJob(plan, {
			model: request.model,
			path: runnable.path,
			layout
		}),
		threads: threadsFor(open, settings, Math.ceil(rows.rowCount / rowsPerBatch)),
		rowsPerBatch,
		memoryMegabytes: limits.memoryMegabytes,
		onProgress: request.onProgress
	});
	const collected = collector.finish();
	return {
		rowCount: rows.rowCount,
		...collected,
		binding: describeBinding({
			binding: plan.binding,
			plan: plan.output,
			scale: collected.scale,
			zipMaps: open.description.zipMaps
		}),
		signature: open.description.signature,
		seconds: (performance.now() - started) / 1e3
	};
}
function planFor({ description, file }, { task, classes, target }, { columns }) {
	return planScoring(description, {
		task,
		columns,
		...classes === void 0 ? {} : { classes },
		...target === void 0 ? {} : { target },
		model: file.name
	});
}
function roundUp(value, step) {
	return Math.ceil(value / step) * step;
}
function threadsFor(open, { threads }, batches) {
	const wanted = threads ?? (open.contract.bytes > LARGE_MODEL_BYTES ? 1 : Math.min(availableParallelism(), MOST_THREADS));
	return Math.max(1, Math.min(wanted, batches));
}
function describeJob({ output, classes }, { model, path, layout }) {
	const { values, labels } = output;
	return {
		name: model.name,
		path,
		layout,
		outputs: {
			values,
			...labels === void 0 ? {} : { labels }
		},
		classes
	};
}
async function measureLatency$1(settings, request) {
	const name = request.models.map((model) => model.name).join(" and ");
	using worker = startWorker(settings, {
		limits: DEFAULT_LIMITS,
		name
	});
	await using copies = new AsyncDisposableStack();
	const jobs = [];
	for (const [index, model] of request.models.entries()) {
		const rows = request.rows[index];
		const open = await openModel(model);
		const plan = planFor(open, request, rows);
		const { path } = copies.use(await makeRunnable(open, settings.directory));
		const encoder = createEncoder(plan.binding);
		for await (const batch of rows.batches(encoder.requests, Math.max(rows.rowCount, 1))) {
			const layout = encoder.layoutFor(batch);
			jobs.push({
				...describeJob(plan, {
					model,
					path,
					layout
				}),
				...encodeOnce(encoder, batch)
			});
		}
	}
	const { memoryMegabytes } = DEFAULT_LIMITS;
	const reply = await worker.request({
		kind: "latency",
		jobs,
		runs: request.runs,
		memoryMegabytes
	});
	if (reply.kind !== "latency") throw new Error("the scoring process answered something else");
	return reply.milliseconds;
}
function encodeOnce(encoder, batch) {
	return {
		payload: new Uint8Array(encoder.encode(batch, () => void 0)),
		rowCount: batch.rowCount
	};
}

// src/adapters/onnx/measure-latency.ts
async function measureLatency(runtime, jobs, runs) {
	const sessions = await Promise.all(jobs.map((job) => openSession(runtime, job)));
	const milliseconds = jobs.map(() => new Float64Array(runs));
	for (let run = -5; run < runs; run++) {
		const order = run % 2 === 0 ? jobs.map((_, index) => index) : jobs.map((_, index) => jobs.length - 1 - index);
		for (const index of order) {
			const elapsed = await timeBatch(sessions[index], jobs[index]);
			if (run >= 0) milliseconds[index][run] = elapsed;
		}
	}
	await Promise.all(sessions.map((session) => session.release()));
	return milliseconds;
}
async function timeBatch(session, job) {
	const { payload, rowCount, name } = job;
	if (rowCount === 0) throw new InputError(`${name}: there are no rows to measure the latency with`);
	const bytes = payload.slice().buffer;
	const started = performance.now();
	await session.run(bytes, rowCount);
	return performance.now() - started;
}

// src/adapters/onnx/session-thread.ts
async function serveSession(port, work, loadRuntime) {
	const send = (message, transfer = []) => port.postMessage(message, transfer);
	try {
		Reflect.deleteProperty(globalThis, "Float16Array");
		const runtime = await loadRuntime();
		if (work.kind === "latency") {
			const { jobs, runs } = work.request;
			send({
				kind: "latency",
				milliseconds: await measureLatency(runtime, jobs, runs)
			});
			return;
		}
		if (work.kind === "load") {
			send({
				kind: "loaded",
				answer: await loadOnce(runtime, work.request.model)
			});
			return;
		}
		const session = await openSession(runtime, work.job);
		port.on("message", ({ batch, rowCount, payload }) => {
			session.run(payload, rowCount).then((answer) => {
				const { values, labels } = answer;
				send({
					kind: "answer",
					frame: {
						batch,
						...answer
					}
				}, [values.buffer, ...labels ? [labels.buffer] : []]);
			}, (error) => send(failureOf(error)));
		});
		send({ kind: "ready" });
	} catch (error) {
		send(failureOf(error));
	}
}
function failureOf(error) {
	return {
		kind: "failed",
		fault: error instanceof InputError ? "model" : error instanceof OutsideError ? "runtime" : "bug",
		message: messageOf(error)
	};
}

// src/adapters/onnx/serve-worker.ts
function serveWorker(channel) {
	channel.onRequest((request) => {
		watchMemory(request.memoryMegabytes, channel);
		try {
			if (request.kind === "score") serveScores(request, channel);
			else serveOnce({
				kind: request.kind,
				request
			}, channel);
		} catch (error) {
			channel.send(failureOf(error));
		}
	});
	channel.send({ kind: "started" });
}
function watchMemory(megabytes, channel) {
	if (process.platform === "linux") return;
	setInterval(() => {
		if (process.memoryUsage.rss() <= megabytes * 1024 ** 2) return;
		channel.send({
			kind: "failed",
			fault: "model",
			message: `scoring took more than ${megabytes} MB of memory and was ended`
		});
	}, 100).unref();
}
function serveOnce(work, channel) {
	const thread = channel.startThread(work);
	thread.onDeath((error) => channel.send(failureOf(error)));
	thread.onMessage((message) => {
		if (message.kind !== "answer") channel.send(message);
	});
}
function serveScores({ job, threads: count }, channel) {
	const frames = channel.openFrames();
	const waiting = [];
	const idle = [];
	let ready = 0;
	const handOut = () => {
		while (idle.length > 0 && waiting.length > 0) idle.pop().post(waiting.shift());
	};
	const answer = (frame) => {
		for (const part of writeAnswer(frame)) frames.write(part);
	};
	for (let index = 0; index < count; index++) {
		const thread = channel.startThread({
			kind: "score",
			job
		});
		thread.onDeath((error) => channel.send(failureOf(error)));
		thread.onMessage((message) => {
			if (message.kind === "ready") {
				idle.push(thread);
				ready += 1;
				if (ready === count) channel.send(message);
			} else if (message.kind === "answer") answer(message.frame);
			else {
				channel.send(message);
				return;
			}
			idle.push(thread);
			handOut();
		});
	}
	const reader = new FrameReader((frame) => {
		waiting.push(readRows(frame));
		handOut();
	});
	frames.on("data", (bytes) => reader.push(bytes));
}

export { WORKER_OPTIONS_VARIABLE, createOnnxScorer, serveSession, serveWorker };