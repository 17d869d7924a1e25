import { InputError, OutsideError, messageOf } from "./core.js";
import { readModel } from "./core-onnx.js";
import { bindInputs, chooseOutput, describeModel } from "./core-scoring.js";
import { basename } from "node:path";
import { open, readFile } from "node:fs/promises";
import { fork } from "node:child_process";

// src/adapters/onnx/worker-protocol.ts
const WORKER_OPTIONS_VARIABLE = "CONTENDER_WORKER_OPTIONS";

// src/adapters/onnx/worker-process.ts
const MEMORY_CHECK_MILLISECONDS = 100;
async function callWorker(settings, call) {
	const child = fork(settings.script, [], {
		cwd: settings.directory,
		env: childEnvironment(settings.options),
		execArgv: [],
		serialization: "advanced",
		stdio: [
			"ignore",
			"ignore",
			"pipe",
			"ipc"
		]
	});
	try {
		return await converse(child, call);
	} finally {
		child.kill("SIGKILL");
	}
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
function converse(child, call) {
	return new Promise((resolve, reject) => {
		let lastWords = "";
		const stop = watchLimits(child, call, reject);
		child.stderr?.on("data", (chunk) => {
			lastWords = (lastWords + chunk.toString("utf8")).slice(-2e3);
		});
		child.on("error", (cause) => {
			stop();
			reject(new OutsideError(`the scoring process could not be started: ${cause.message}`, { cause }));
		});
		child.on("message", (reply) => {
			if (reply.kind === "ready") child.send(call.request);
			else if (reply.kind === "progress") call.onProgress?.(reply.rowsDone);
			else {
				stop();
				if (reply.kind === "failed") reject(failure(reply));
				else resolve(reply);
			}
		});
		child.on("exit", (code, signal) => {
			stop();
			const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
			const said = lastWords.trim().split("\n").at(-1);
			reject(new OutsideError(`the process that scored ${call.name} ${how}${said ? `: ${said}` : ""}`));
		});
	});
}
function failure(reply) {
	if (reply.fault === "model") return new InputError(reply.message);
	return reply.fault === "runtime" ? new OutsideError(reply.message) : new Error(reply.message);
}
function watchLimits(child, call, reject) {
	const { seconds, memoryMegabytes } = call.limits;
	const timer = setTimeout(() => {
		child.kill("SIGKILL");
		reject(new OutsideError(`scoring ${call.name} took longer than ${seconds} seconds and was ended; the model may never end`));
	}, seconds * 1e3);
	const memory = setInterval(() => {
		residentMegabytes(child.pid).then((used) => {
			if (used === void 0 || used <= memoryMegabytes) return;
			child.kill("SIGKILL");
			reject(new OutsideError(`scoring ${call.name} took more than ${memoryMegabytes} MB of memory and was ended`));
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

// src/adapters/onnx/onnx-scorer.ts
const DEFAULT_LIMITS = {
	seconds: 600,
	memoryMegabytes: 4096
};
const MAX_MODEL_BYTES = 2 * 1024 ** 3;
function createOnnxScorer(settings) {
	return {
		async score(request) {
			const description = await readDescription(request.model);
			const job = planJob(request, description);
			const answer = await callWorker(settings, {
				request: {
					kind: "score",
					job
				},
				limits: request.limits ?? DEFAULT_LIMITS,
				name: request.model.name,
				...request.onProgress ? { onProgress: request.onProgress } : {}
			});
			if (answer.kind !== "scores") throw new Error("the scoring process answered something else");
			const { binding } = job;
			return {
				rowCount: job.rowCount,
				...answer.scores,
				binding: binding.by,
				signature: description.signature
			};
		},
		async describe(model) {
			const { signature, classes, externalData } = await readDescription(model);
			return {
				signature,
				...classes ? { classes } : {},
				externalData
			};
		},
		measureLatency: (request) => measureLatency$1(settings, request)
	};
}
async function measureLatency$1(settings, request) {
	const jobs = await Promise.all(request.models.map(async (model, index) => {
		const table = request.tables[index];
		const { task, classes } = request;
		return planJob({
			model,
			table,
			task,
			...classes ? { classes } : {}
		}, await readDescription(model));
	}));
	const answer = await callWorker(settings, {
		request: {
			kind: "latency",
			jobs,
			runs: request.runs
		},
		limits: DEFAULT_LIMITS,
		name: request.models.map((model) => model.name).join(" and ")
	});
	if (answer.kind !== "latency") throw new Error("the scoring process answered something else");
	return answer.milliseconds;
}
async function readDescription(model) {
	const { name, path } = model;
	const bytes = await readBounded(model);
	return describeModel(readModel(bytes, name.includes(basename(path)) ? name : `${name} (${basename(path)})`), name);
}
async function readBounded({ path, name }) {
	const handle = await open(path).catch((cause) => {
		throw new InputError(`${name}: the model file ${path} cannot be read: ${cause.message}`, {
			location: { file: path },
			cause
		});
	});
	try {
		const stats = await handle.stat();
		const { size } = stats;
		if (!stats.isFile()) throw new InputError(`${name}: ${path} is no file`, { location: { file: path } });
		if (size > MAX_MODEL_BYTES) throw new InputError(`${name}: ${path} has ${size} bytes; a model has at most ${MAX_MODEL_BYTES}`);
	} finally {
		await handle.close();
	}
	return await readFile(path);
}
function planJob(request, description) {
	const { model, table, task } = request;
	const classes = request.classes ?? description.classes ?? [];
	const modelClasses = description.classes;
	return {
		name: model.name,
		path: model.path,
		columns: table.columns,
		rowCount: table.rowCount,
		binding: bindInputs(description.signature, table, model.name),
		output: chooseOutput({
			signature: description.signature,
			task,
			classes,
			...modelClasses ? { modelClasses } : {},
			model: model.name
		}),
		classes: task === "regression" || task === "ranking" ? [] : classes
	};
}

// src/adapters/onnx/feed.ts
const BATCH_ROWS = 16384;
function buildFeed({ Tensor }, request) {
	const { columns, binding, range } = request;
	if (binding.kind === "matrix") {
		const rows = range.end - range.start;
		const values = fillMatrix(columns, range, binding.type);
		const dims = [rows, columns.length];
		const tensor = values instanceof Float32Array ? new Tensor("float32", values, dims) : new Tensor("float64", values, dims);
		return {
			tensors: { [binding.input]: tensor },
			unfit: []
		};
	}
	const tensors = {};
	const unfit = [];
	for (const input of binding.inputs) {
		const column = columns[input.column];
		tensors[input.input] = buildColumnTensor(Tensor, {
			column,
			input,
			range,
			unfit
		});
	}
	return {
		tensors,
		unfit
	};
}
function fillMatrix(columns, range, type) {
	const width = columns.length;
	const size = (range.end - range.start) * width;
	const values = type === "float" ? new Float32Array(size) : new Float64Array(size);
	for (let position = 0; position < width; position++) {
		const column = columns[position];
		if (column.kind !== "number") throw new Error(`column ${column.name} is text in a matrix of numbers`);
		for (let row = range.start, index = position; row < range.end; row++, index += width) values[index] = column.values[row];
	}
	return values;
}
function buildColumnTensor(Tensor, request) {
	const { column, input, range } = request;
	const rows = range.end - range.start;
	const dims = input.rank === 1 ? [rows] : [rows, 1];
	switch (input.type) {
		case "string": return new Tensor("string", textValues(column, range), dims);
		case "float": return new Tensor("float32", Float32Array.from(numbers(column).subarray(range.start, range.end)), dims);
		case "double": return new Tensor("float64", numbers(column).slice(range.start, range.end), dims);
		case "int64": return new Tensor("int64", BigInt64Array.from(wholeNumbers(request), BigInt), dims);
		case "int32": return new Tensor("int32", Int32Array.from(wholeNumbers(request)), dims);
		case "bool": return new Tensor("bool", Uint8Array.from(wholeNumbers(request), (value) => value === 0 ? 0 : 1), dims);
	}
}
function numbers(column) {
	if (column.kind === "number") return column.values;
	throw new Error(`column ${column.name} is text where numbers are bound`);
}
function textValues(column, range) {
	const values = new Array(range.end - range.start);
	for (let row = range.start; row < range.end; row++) if (column.kind === "text") values[row - range.start] = column.dictionary[column.codes[row]] ?? "";
	else values[row - range.start] = Number.isNaN(column.values[row]) ? "" : String(column.values[row]);
	return values;
}
function wholeNumbers(request) {
	const { column, input, range, unfit } = request;
	const values = numbers(column).slice(range.start, range.end);
	for (let index = 0; index < values.length; index++) {
		const value = values[index];
		if (Number.isSafeInteger(value)) continue;
		values[index] = 0;
		const said = Number.isNaN(value) ? "no value" : `the value ${value}`;
		unfit.push({
			row: range.start + index,
			reason: `${column.name} has ${said}, which ${input.type} cannot hold`
		});
	}
	return values;
}

// src/adapters/onnx/run-model.ts
async function loadSession(runtime, job) {
	try {
		return await runtime.InferenceSession.create(job.path, {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			logSeverityLevel: 4
		});
	} catch (cause) {
		throw new InputError(`${job.name} cannot be loaded: ${shorten(cause)}`, { cause });
	}
}
async function scoreAll(runtime, job, onProgress) {
	const session = await loadSession(runtime, job);
	const collector = createCollector(job);
	const started = performance.now();
	for (let start = 0; start < job.rowCount; start += BATCH_ROWS) {
		const range = {
			start,
			end: Math.min(start + BATCH_ROWS, job.rowCount)
		};
		const outputs = await runBatch(runtime, {
			session,
			job,
			range,
			refuse: collector.refuse
		});
		collector.add(outputs, range);
		onProgress(range.end);
	}
	const seconds = (performance.now() - started) / 1e3;
	await session.release();
	return collector.finish(seconds);
}
async function runBatch(runtime, { session, job, range, refuse }) {
	const feed = buildFeed(runtime, {
		columns: job.columns,
		binding: job.binding,
		range
	});
	for (const { row, reason } of feed.unfit) refuse(row, reason);
	const wanted = [job.output.values, ...job.output.labels ? [job.output.labels] : []];
	try {
		return await session.run(feed.tensors, wanted);
	} catch (cause) {
		throw new InputError(`${job.name} failed on the rows ${range.start + 1} to ${range.end}: ${shorten(cause)}`, { cause });
	}
}
function createCollector(job) {
	const { layout } = job.output;
	const width = layout.kind === "predictions" ? 1 : job.classes.length;
	const values = new Float64Array(job.rowCount * width);
	const labels = job.output.labels ? new Int32Array(job.rowCount).fill(-1) : void 0;
	const classPositions = new Map(job.classes.map((name, position) => [name, position]));
	const refused = /* @__PURE__ */ new Map();
	function add(outputs, range) {
		const rows = range.end - range.start;
		const given = outputs[job.output.values];
		const data = floatData(given, job.name);
		const givenWidth = checkShape(given, {
			rows,
			width: expectedWidth(job),
			name: job.name
		});
		for (let row = 0; row < rows; row++) if (!copyRow({
			job,
			data,
			offset: row * givenWidth,
			values,
			target: (range.start + row) * width
		})) refuse(range.start + row, "the model answered with a value that is no number");
		if (labels !== void 0 && job.output.labels !== void 0) addLabels(outputs[job.output.labels], range);
	}
	function addLabels(tensor, range) {
		const data = tensor.data;
		for (let row = range.start; row < range.end; row++) labels[row] = classPositions.get(String(data[row - range.start])) ?? -1;
	}
	function refuse(row, reason) {
		if (!refused.has(row)) refused.set(row, reason);
		values.fill(NaN, row * width, (row + 1) * width);
	}
	function finish(seconds) {
		for (const row of refused.keys()) values.fill(NaN, row * width, (row + 1) * width);
		const list = [...refused].map(([row, reason]) => ({
			row,
			reason
		}));
		return {
			values,
			width,
			...labels ? { labels } : {},
			refused: list,
			seconds
		};
	}
	return {
		add,
		refuse,
		finish
	};
}
function copyRow({ job, data, offset, values, target }) {
	const { layout } = job.output;
	if (layout.kind === "predictions") {
		values[target] = data[offset];
		return Number.isFinite(values[target]);
	}
	if (layout.kind === "positive-only") {
		values[target] = 1 - data[offset];
		values[target + 1] = data[offset];
		return Number.isFinite(data[offset]);
	}
	let finite = true;
	for (let index = 0; index < layout.order.length; index++) {
		const value = data[offset + layout.order[index]];
		values[target + index] = value;
		if (!Number.isFinite(value)) finite = false;
	}
	return finite;
}
function expectedWidth(job) {
	return job.output.layout.kind === "classes" ? job.output.layout.width : 1;
}
function checkShape(tensor, expected) {
	const size = tensor.dims.reduce((product, dimension) => product * dimension, 1);
	if (tensor.dims.length <= 2 && tensor.dims[0] === expected.rows && size === expected.rows * expected.width) return expected.width;
	throw new InputError(`${expected.name} answered ${expected.rows} rows with a tensor of the shape [${tensor.dims.join(", ")}]; [${expected.rows}, ${expected.width}] is needed`);
}
function floatData(tensor, name) {
	const { data } = tensor;
	if (data instanceof Float32Array || data instanceof Float64Array) return data;
	throw new InputError(`${name} answered with ${tensor.type} where float scores are needed`);
}
function shorten(cause) {
	const text = cause instanceof Error ? cause.message : String(cause);
	const [line = text] = text.split("\n");
	return line.replace(/\/\S*onnxruntime_src\/\S*\s?/g, "").replace(/(?:[\w:*&<>]+ )?onnxruntime::[\w:~]+\([^()]*\)\s*(?:const )?/g, "").replace(/^Load model from .* failed:/, "").slice(0, 300);
}

// src/adapters/onnx/measure-latency.ts
async function measureLatency(runtime, jobs, runs) {
	const sessions = await Promise.all(jobs.map((job) => loadSession(runtime, job)));
	const milliseconds = jobs.map(() => new Float64Array(runs));
	for (let run = -5; run < runs; run++) {
		const order = run % 2 === 0 ? jobs.map((_, index) => index) : jobs.map((_, index) => jobs.length - 1 - index);
		for (const index of order) {
			const elapsed = await timeBatch(runtime, {
				session: sessions[index],
				job: jobs[index]
			});
			if (run >= 0) milliseconds[index][run] = elapsed;
		}
	}
	await Promise.all(sessions.map((session) => session.release()));
	return milliseconds;
}
async function timeBatch(runtime, { session, job }) {
	if (job.rowCount === 0) throw new InputError(`${job.name}: there are no rows to measure the latency with`);
	const started = performance.now();
	const range = {
		start: 0,
		end: Math.min(job.rowCount, BATCH_ROWS)
	};
	await runBatch(runtime, {
		session,
		job,
		range,
		refuse: () => void 0
	});
	return performance.now() - started;
}

// src/adapters/onnx/serve-worker.ts
const PROGRESS_INTERVAL_MILLISECONDS = 500;
function serveWorker(channel, loadRuntime) {
	channel.onRequest((request) => {
		answer(request, channel, loadRuntime).catch((error) => channel.send({
			kind: "failed",
			fault: faultOf(error),
			message: messageOf(error)
		}));
	});
	channel.send({ kind: "ready" });
}
async function answer(request, channel, loadRuntime) {
	const runtime = await loadRuntime();
	if (request.kind === "latency") {
		const milliseconds = await measureLatency(runtime, request.jobs, request.runs);
		await channel.send({
			kind: "latency",
			milliseconds
		});
		return;
	}
	let lastProgress = performance.now();
	const scores = await scoreAll(runtime, request.job, (rowsDone) => {
		if (performance.now() - lastProgress < PROGRESS_INTERVAL_MILLISECONDS) return;
		lastProgress = performance.now();
		channel.send({
			kind: "progress",
			rowsDone
		});
	});
	await channel.send({
		kind: "scores",
		scores
	});
}
function faultOf(error) {
	if (error instanceof InputError) return "model";
	return error instanceof OutsideError ? "runtime" : "bug";
}

export { WORKER_OPTIONS_VARIABLE, createOnnxScorer, serveWorker };