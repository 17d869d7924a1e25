import { EXIT_CODE, InputError } from "./core.js";
import { chooseColumns, chooseFeatureColumns, describeReading, labelledPositions, openRole, readFeatures } from "./stages-data.js";
import { recordFingerprint, takeFingerprint } from "./stages-leakage.js";
import { findWeights, identifyListed, identifyModel, runStage } from "./stages.js";
import { parseDocument } from "./core-documents.js";
import { MODEL_ASSET, checkModelName, checkWeightsNames } from "./core-release.js";
import { renderCsv, takeRows } from "./core-data.js";
import { trainLearner } from "./core-learning.js";
import { basename, dirname, join, resolve } from "node:path";

// src/stages/training/earlier-result.ts
async function findEarlier(setup, world, recipe) {
	const file = join(setup.evidenceDirectory, "training.json");
	const text = await world.files.readText(file);
	if (text === void 0) return void 0;
	try {
		const document = parseDocument("training", text, {
			file,
			model: setup.configuration.model
		});
		if (document.verdict === "error" || document.recipe !== recipe) return void 0;
		const names = (document.files ?? []).map(({ name }) => name);
		const { digest } = await identifyListed(join(setup.evidenceDirectory, document.path), names, world);
		if (digest !== document.digest) return void 0;
		const { fingerprint } = document;
		if (fingerprint === void 0) return document;
		return (await world.files.digest(join(setup.evidenceDirectory, fingerprint.path))).sha256 === fingerprint.sha256 ? document : void 0;
	} catch (error) {
		if (error instanceof InputError) return void 0;
		throw error;
	}
}

// src/stages/training/place-model.ts
const MODEL_FOLDER = "model";
const ONNX_PATH = `${MODEL_FOLDER}/${MODEL_ASSET}`;
function placeOfModel(training, { proposed }) {
	if (training.kind === "learner") return {
		path: ONNX_PATH,
		expected: "onnx"
	};
	const name = basename(training.model);
	const isScored = proposed.scoring?.command !== void 0;
	if (!isScored && /\.onnx$/i.test(name)) return {
		path: ONNX_PATH,
		expected: "onnx"
	};
	checkModelName(name, "training.model");
	return {
		path: `${MODEL_FOLDER}/${name}`,
		expected: isScored ? "other" : "unknown"
	};
}
async function settleModel({ path, expected }, evidenceDirectory, ports) {
	if (expected === "other") return { path };
	const file = join(evidenceDirectory, path);
	try {
		const { signature } = await ports.scorer.describe({
			path: file,
			name: "the trained model"
		});
		if (path === ONNX_PATH) return {
			path,
			signature
		};
		await ports.world.files.copy(file, join(evidenceDirectory, ONNX_PATH));
		await ports.world.files.remove(file);
		return {
			path: ONNX_PATH,
			signature
		};
	} catch (error) {
		if (expected === "onnx" || !(error instanceof InputError)) throw error;
		ports.world.log.warning(`the trained model is kept as a file that is never opened, since it does not read as ONNX (${error.message}); compare-models needs scoring.command or challenger-scores to judge it`);
		return { path };
	}
}

// src/stages/training/train-built-in.ts
async function readTrainingRows(request) {
	const { data, configuration, columns, group } = request;
	const { target, weight } = configuration.data;
	if (target === void 0) throw new InputError("data.target (or --target) must name the column with the label");
	const targetType = data.columns.find((column) => column.name === target)?.type;
	const targetAs = targetType === "integer" || targetType === "number" ? "number" : "text";
	const table = await data.read([
		...chooseFeatureColumns(configuration, columns).map(({ name, as }) => ({
			name,
			as
		})),
		{
			name: target,
			as: targetAs
		},
		...weight === void 0 ? [] : [{
			name: weight,
			as: "number"
		}]
	]);
	const groups = group === void 0 ? [] : (await data.read([{
		name: group,
		as: "text"
	}])).columns;
	const rows = split({
		...table,
		columns: [...table.columns, ...groups]
	}, {
		count: columns.length,
		weight
	});
	const kept = labelledPositions(rows.target);
	return kept.length === table.rowCount ? rows : takeTrainingRows(rows, kept);
}
function split({ rowCount, columns }, { count, weight }) {
	const weights = weight === void 0 ? void 0 : columns[count + 1];
	const group = columns[count + (weight === void 0 ? 1 : 2)];
	return {
		features: {
			rowCount,
			columns: columns.slice(0, count)
		},
		target: columns[count],
		...weights?.kind === "number" ? { weights: weights.values } : {},
		...group ? { group } : {}
	};
}
function takeTrainingRows(rows, positions) {
	const take = (column) => takeRows({
		rowCount: 0,
		columns: [column]
	}, positions).columns[0];
	return {
		features: takeRows(rows.features, positions),
		target: take(rows.target),
		...rows.weights ? { weights: Float64Array.from(positions, (row) => rows.weights[row]) } : {},
		...rows.group ? { group: take(rows.group) } : {}
	};
}
async function trainBuiltIn(request) {
	const { training, configuration, rows, world, path } = request;
	const { log } = world;
	const learned = trainLearner({
		learner: training.learner,
		task: configuration.task,
		features: rows.features.columns,
		target: rows.target,
		...rows.weights ? { weights: rows.weights } : {},
		positiveClass: configuration.data.positiveClass,
		parameters: training.parameters,
		seed: training.seed,
		model: configuration.model,
		toolVersion: world.tool.version,
		onProgress: ({ iteration, iterations }) => log.progress("trees", iteration, iterations)
	});
	await world.files.write(path, learned.bytes);
	const { report } = learned;
	const { length } = rows.features.columns;
	log.info(`trained ${report.iterations} trees on ${report.trainingRows} rows and ${length} columns`);
	return {
		rows: report.trainingRows + report.validationRows,
		metrics: {
			iterations: report.iterations,
			[`training_${report.loss}`]: report.trainingLoss,
			...report.validationLoss === void 0 ? {} : { [`validation_${report.loss}`]: report.validationLoss }
		},
		parameters: learned.parameters,
		importance: report.importance,
		environment: { contender: world.tool.version }
	};
}

// src/stages/training/train-by-command.ts
function readCommandRows(data) {
	return data.read(data.columns.map((column) => ({
		name: column.name,
		as: readAs(column.type)
	})));
}
async function trainByCommand(request) {
	const { training, rows: table, world, directory, path } = request;
	const { files } = world;
	const temporary = await files.temporaryDirectory("training");
	const rows = join(temporary, "training.csv");
	const metricsPath = join(temporary, "metrics.json");
	await files.writeChunks(rows, renderCsv(table));
	const modelPath = request.leftAt ?? resolve(directory, training.model);
	if (await files.exists(modelPath)) {
		await files.digest(modelPath);
		await files.remove(modelPath);
	}
	const result = await request.commands.run({
		command: training.command,
		directory,
		environment: {
			CONTENDER_TRAINING_DATA: rows,
			CONTENDER_MODEL_PATH: modelPath,
			CONTENDER_METRICS_PATH: metricsPath,
			CONTENDER_SEED: String(training.seed),
			CONTENDER_PARAMETERS: JSON.stringify(training.parameters)
		},
		onOutput: (line) => world.log.info(line)
	});
	if (result.exitCode !== 0) throw new InputError(`training.command ended with code ${result.exitCode}: ${training.command}; its last words: ${result.lastOutput.trim().slice(-500)}`);
	if (!await files.exists(modelPath)) throw new InputError(request.leftAt === void 0 ? `training.command ended well but left no model at ${training.model} (training.model, also in CONTENDER_MODEL_PATH)` : `training.command ended well but left no model at the path in CONTENDER_MODEL_PATH, which is a temporary one here, so that ${training.model} stays as it is; let the command write to that path`);
	await keepModel(modelPath, path, world);
	return {
		rows: table.rowCount,
		metrics: await readMetrics(files, metricsPath),
		parameters: training.parameters,
		environment: { command: training.command }
	};
}
async function keepModel(from, to, world) {
	const weights = await findWeights({
		path: from,
		name: "the trained model"
	}, world);
	checkWeightsNames(weights, basename(to));
	for (const name of weights) await world.files.copy(join(dirname(from), name), join(dirname(to), name));
	await world.files.copy(from, to);
}
function readAs(type) {
	return type === "number" ? "number" : "text";
}
async function readMetrics(files, path) {
	const text = await files.readText(path);
	if (text === void 0) return {};
	const refusal = `training.command wrote to CONTENDER_METRICS_PATH what is no JSON object of numbers: ${text.slice(0, 200)}`;
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new InputError(refusal, { cause });
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new InputError(refusal);
	const entries = Object.entries(value);
	if (entries.some(([, metric]) => typeof metric !== "number" || !Number.isFinite(metric))) throw new InputError(refusal);
	return Object.fromEntries(entries);
}

// src/stages/training/train-model.ts
const FEATURES_PATH = `${MODEL_FOLDER}/features.sql`;
function runTrainModel(request, ports) {
	const { setup } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("training", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await train(request, ports, header);
		const model = join(setup.evidenceDirectory, document.path);
		const outputs = {
			verdict: document.verdict,
			model,
			digest: document.digest,
			cached: String(document.verdict === "cached")
		};
		return {
			document,
			exitCode: EXIT_CODE.passed,
			outputs
		};
	});
}
async function train(request, ports, header) {
	const { setup, exam, windows } = request;
	const { configuration } = exam;
	const training = withSeed(configuration.training, request.seed);
	const features = await readFeatures(ports.world.files, configuration, exam.headDirectory);
	await using data = await openRole(ports.engine, {
		role: "training",
		configuration,
		directory: exam.headDirectory,
		windows,
		...features ? { features } : {}
	});
	ports.world.log.info(describeReading(data));
	const columns = (training.kind === "command" ? chooseColumns : chooseFeatureColumns)(configuration, data.columns);
	const facts = {
		training,
		columns,
		features: features?.sql,
		windows,
		dataDigest: await data.digest(),
		toolVersion: ports.world.tool.version,
		task: configuration.task,
		target: configuration.data.target,
		positiveClass: configuration.data.positiveClass,
		weight: configuration.data.weight
	};
	const recipe = ports.world.sha256(JSON.stringify(facts));
	const earlier = request.cache && training.kind === "learner" ? await findEarlier(setup, ports.world, recipe) : void 0;
	if (earlier) {
		ports.world.log.info(`code, data and parameters are unchanged: kept the model ${earlier.digest.slice(0, 12)}`);
		return {
			...earlier,
			...header,
			verdict: "cached"
		};
	}
	const fingerprint = await takeFingerprint({
		exam,
		windows,
		data,
		isQueried: features !== void 0,
		onlyLabelled: training.kind === "learner"
	}, {
		engine: ports.engine,
		log: ports.world.log
	});
	const make = {
		request,
		ports,
		training,
		data,
		columns,
		place: placeOfModel(training, exam)
	};
	await ports.world.files.remove(join(setup.evidenceDirectory, MODEL_FOLDER));
	return await recordModel(make, {
		made: await makeModel(make),
		facts,
		recipe,
		header,
		fingerprint
	});
}
async function recordModel({ request, ports, training, data, columns, place }, { made, facts, recipe, header, fingerprint }) {
	const { setup, exam, windows } = request;
	const { configuration } = exam;
	const { path, signature } = await settleModel(place, setup.evidenceDirectory, ports);
	if (facts.features !== void 0) await ports.world.files.write(join(setup.evidenceDirectory, FEATURES_PATH), facts.features);
	const recorded = await recordFingerprint(fingerprint, {
		evidenceDirectory: setup.evidenceDirectory,
		folder: MODEL_FOLDER
	}, ports.world);
	const file = {
		path: join(setup.evidenceDirectory, path),
		name: "the trained model"
	};
	const { digest, bytes, files } = await identifyModel(file, ports.world);
	return {
		kind: "training",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: data.files.map((file) => ({
			role: "training",
			...file
		})),
		measured: {},
		verdict: "trained",
		...training.kind === "learner" ? { learner: training.learner } : { command: training.command },
		parameters: { ...made.parameters },
		seed: training.seed,
		digest,
		path,
		bytes,
		...files.length === 0 ? {} : { files: [...files] },
		rows: made.rows,
		metrics: made.metrics,
		...made.importance ? { importance: [...made.importance] } : {},
		environment: made.environment,
		data: facts.dataDigest,
		...windows ? { windows } : {},
		recipe,
		...signature ? { signature } : {},
		featureColumns: columns.map(({ name, type }) => ({
			name,
			type
		})),
		...facts.features === void 0 ? {} : { features: FEATURES_PATH },
		...recorded
	};
}
function withSeed(training, seed) {
	if (training === void 0) throw new InputError("nothing says how to train; write `training: {learner: gradient-boosting}` or a training.command in the config, or give --learner gradient-boosting");
	return seed === void 0 ? training : {
		...training,
		seed
	};
}
async function makeModel(make) {
	const { request, ports, training, data, columns } = make;
	const { world, commands } = ports;
	const { configuration, headDirectory: directory } = request.exam;
	const path = resolve(request.setup.evidenceDirectory, make.place.path);
	if (training.kind === "command") {
		const rows = await readCommandRows(data);
		return trainByCommand({
			training,
			rows,
			world,
			commands,
			directory,
			path
		});
	}
	const rows = await readTrainingRows({
		data,
		configuration,
		columns
	});
	return trainBuiltIn({
		training,
		configuration,
		rows,
		world,
		path
	});
}

export { placeOfModel, readCommandRows, readTrainingRows, runTrainModel, settleModel, takeTrainingRows, trainBuiltIn, trainByCommand };