import { parseDocument } from "./core-documents.js";
import { MINIMUM_EFFECTS, PREDICTION_NAME, chooseLevel, compareColumns, decideDrift, findBrokenColumns, labelledSample, measurePerformanceChange, predictionColumn, readBothTruths } from "./core-drift.js";
import { EXIT_CODE, InputError } from "./core.js";
import { buildRequest, chooseModelColumns, describeInputs, findWindows, groupCodes, labelledPositions, matchRows, openRole, readFeatures, readLabelledRows, scoreRows, takeScores } from "./stages-data.js";
import { identifyModel, runStage } from "./stages.js";
import { parseWindow } from "./core-windows.js";
import { findColumn, pickColumns, takeRows } from "./core-data.js";
import { alsoHiding, chooseDiscretion, hiddenColumns } from "./stages-validation.js";
import { DEFAULT_METRICS, resolveMargin } from "./core-comparison.js";
import { findMetric } from "./core-metrics.js";
import { join, resolve } from "node:path";

// src/stages/drift/declare-sides.ts
async function declareSides(request) {
	const { configuration } = request.exam;
	const windows = request.reference.length === 0 && configuration.data.reference === void 0 || request.current.length === 0 && configuration.data.current === void 0 ? await windowsInForce(request) : void 0;
	return {
		reference: declareReference(request, windows),
		current: declareCurrent(request, windows)
	};
}
function windowsInForce({ engine, exam, championWindows }) {
	const frozen = championWindows ?? exam.lock?.windows;
	return findWindows({
		engine,
		configuration: exam.configuration,
		directory: exam.directory,
		frozen,
		mode: "frozen"
	});
}
function declareReference(request, windows) {
	const { engine, exam, reference } = request;
	const { configuration } = exam;
	const { data } = configuration;
	const given = declareNamed(request, "reference", reference);
	if (given) return given;
	if (data.holdout === void 0 && data.source === void 0) throw new InputError("there is nothing to compare with; write data.reference (or data.holdout) in the config, or give the input reference (--reference)");
	return {
		description: data.holdout ? "the holdout" : `the holdout${spanOf(windows?.holdout)}`,
		open: (features) => openRole(engine, {
			role: "holdout",
			configuration,
			directory: exam.directory,
			windows,
			...features ? { features } : {}
		})
	};
}
function declareCurrent(request, windows) {
	const { engine, exam, current } = request;
	const { source, timestamp } = exam.configuration.data;
	const given = declareNamed(request, "current", current);
	if (given) return given;
	const from = windows && parseWindow(windows.holdout).to;
	if (source === void 0 || timestamp === void 0 || from === void 0) throw new InputError("there are no current data; write data.current in the config, give the input current (--current), or split data.source by time, so that the rows newer than the holdout are the current ones");
	const filters = [{
		kind: "time",
		column: timestamp,
		from
	}];
	return {
		description: `rows of data.source from ${new Date(from).toISOString()} on`,
		open: (features) => engine.open(buildRequest({
			name: "current",
			source,
			directory: exam.headDirectory,
			filters,
			...features ? { features } : {}
		}))
	};
}
function declareNamed({ engine, exam, workingDirectory }, name, paths) {
	const configured = exam.configuration.data[name];
	const source = paths.length > 0 ? { paths } : configured;
	if (source === void 0) return void 0;
	const directory = paths.length > 0 ? resolve(workingDirectory) : exam.headDirectory;
	return {
		description: source.paths.join(", "),
		open: (features) => engine.open(buildRequest({
			name,
			source,
			directory,
			filters: [],
			...features ? { features } : {}
		}))
	};
}
function spanOf(window) {
	if (window === void 0) return "";
	return ` from ${window.from ?? "the beginning"} to ${window.to ?? "the end"}`;
}

// src/stages/drift/find-champion.ts
async function findWatchedModel(request) {
	const { world, registry, given, workingDirectory } = request;
	const { files } = world;
	if (given !== void 0) {
		const path = resolve(workingDirectory, given);
		if (!await files.exists(path)) throw new InputError(`the model ${given} does not exist in ${workingDirectory}; give the path of an ONNX file, or leave the input model (--model) out to take the champion`);
		const file = {
			path,
			name: `the model ${given}`
		};
		const { digest } = await identifyModel(file, world);
		return {
			file,
			digest,
			canScore: true
		};
	}
	const release = await registry?.findChampion(request.model);
	if (registry === void 0 || release === void 0) return void 0;
	const directory = await files.temporaryDirectory("champion");
	const { manifest, modelPath, featuresPath } = await registry.download(release, directory);
	const sql = featuresPath === void 0 ? void 0 : await files.readText(featuresPath);
	return {
		file: {
			path: modelPath,
			name: `champion ${manifest.version}`
		},
		digest: manifest.digest,
		version: manifest.version,
		manifest,
		canScore: manifest.signature !== void 0,
		...sql === void 0 ? {} : { features: {
			sql,
			file: `${manifest.features ?? "features"} of champion ${manifest.version}`
		} }
	};
}

// src/stages/drift/open-side.ts
async function openSide(role, declared, features) {
	const raw = await declared.open();
	try {
		const featured = features === void 0 ? raw : await declared.open(features);
		return {
			role,
			description: declared.description,
			raw,
			featured,
			async [Symbol.asyncDispose]() {
				if (featured !== raw) await featured[Symbol.asyncDispose]();
				await raw[Symbol.asyncDispose]();
			}
		};
	} catch (error) {
		await raw[Symbol.asyncDispose]();
		throw error;
	}
}
async function readSide(side, request) {
	const { configuration, columns, costColumns, name } = request;
	const { target, id } = configuration.data;
	const fed = pickColumns(side.featured, request.fed);
	if (target === void 0 || !hasColumn(side.raw, target)) {
		const features = await side.featured.read(columns);
		return {
			features,
			fed,
			costs: {
				rowCount: features.rowCount,
				columns: []
			},
			labelledRows: 0
		};
	}
	const labelled = await readLabelledRows(side.raw, withoutAbsentId(configuration, side.raw), costColumns);
	const data = side.featured;
	const order = await matchRows({
		data,
		name
	}, {
		labelled,
		idName: id
	});
	const read = await data.read(columns);
	const features = order === void 0 ? read : takeRows(read, order);
	return {
		features,
		fed,
		...order ? { order } : {},
		target: labelled.target,
		...labelled.group ? { groups: groupCodes(labelled.group) } : {},
		costs: {
			rowCount: features.rowCount,
			columns: costColumns.map((cost) => findColumn(labelled.table, cost))
		},
		labelledRows: labelledPositions(labelled.target).length
	};
}
async function describeSide(side, timestamp) {
	const rowsDigest = await side.raw.digest();
	const inputs = describeInputs({
		data: side.raw,
		role: side.role,
		rowsDigest
	});
	if (timestamp === void 0 || !hasColumn(side.raw, timestamp)) return {
		inputs,
		rowsDigest,
		span: {}
	};
	const range = await side.raw.timeRange(timestamp);
	const iso = (milliseconds) => new Date(milliseconds).toISOString();
	return {
		inputs,
		rowsDigest,
		span: range ? {
			from: iso(range.from),
			to: iso(range.to)
		} : {}
	};
}
function hasColumn(data, name) {
	return data.columns.some((column) => column.name === name);
}
function withoutAbsentId(configuration, data) {
	const { id, ...rest } = configuration.data;
	return id === void 0 || hasColumn(data, id) ? configuration : {
		...configuration,
		data: rest
	};
}

// src/stages/drift/pair-columns.ts
function pairColumns(pairing) {
	const { configuration, plan } = pairing;
	const { target } = configuration.data;
	const names = [...plan.columns.map((column) => column.name), ...target === void 0 ? [] : [target]];
	const declared = chooseDiscretion(configuration.data, pairing.dataTracked, names);
	const hidden = hiddenColumns(names, alsoHiding(declared, pairing.personal));
	return [
		...pairFeatures(pairing, hidden),
		...pairLabels(pairing, hidden),
		...pairPredictions(pairing, hidden)
	];
}
function pairFeatures({ plan, rows }, hidden) {
	return plan.columns.map(({ name, note }, index) => ({
		name,
		role: "feature",
		reference: rows.reference.features.columns[index],
		current: rows.current.features.columns[index],
		hidden: hidden.has(name),
		...note === void 0 ? {} : { note }
	}));
}
function pairLabels({ configuration, rows }, hidden) {
	const { target } = configuration.data;
	const [reference, current] = [rows.reference.target, rows.current.target];
	if (target === void 0 || !reference || !current || rows.current.labelledRows === 0) return [];
	return [{
		name: target,
		role: "target",
		reference,
		current,
		hidden: hidden.has(target),
		missingExpected: true
	}];
}
function pairPredictions({ configuration, scored }, hidden) {
	if (scored === void 0) return [];
	const { task, data } = configuration;
	return [{
		name: PREDICTION_NAME,
		role: "prediction",
		reference: predictionColumn(scored.reference, task, scored.classes),
		current: predictionColumn(scored.current, task, scored.classes),
		hidden: data.target !== void 0 && hidden.has(data.target)
	}];
}

// src/stages/drift/plan-columns.ts
function planColumns(sides, configuration, model) {
	if (model?.manifest) return planForModel(model.manifest.featureColumns);
	if (model) return planForModel(chooseModelColumns(configuration, sides.reference.featured.columns, model.inputs));
	return planWithoutModel(sides, configuration);
}
function planForModel(fed) {
	const isTime = (type) => type === "date" || type === "timestamp";
	return {
		columns: fed.flatMap(({ name, type }) => isTime(type) ? [] : [{
			name,
			as: readAs(type)
		}]),
		fed: fed.map(({ name }) => name),
		gone: [],
		leftOut: fed.flatMap(({ name, type }) => isTime(type) ? [`${name} (${type})`] : [])
	};
}
function planWithoutModel(sides, configuration) {
	const { columns, target, id, timestamp, group, weight, exclude } = configuration.data;
	const reserved = /* @__PURE__ */ new Set([
		target,
		id,
		timestamp,
		group,
		weight,
		...exclude
	]);
	const wanted = (name) => columns ? columns.includes(name) : !reserved.has(name);
	const current = new Map(sides.current.featured.columns.map((column) => [column.name, column.type]));
	const candidates = sides.reference.featured.columns.filter((column) => wanted(column.name));
	const planned = [];
	const leftOut = [];
	for (const column of candidates) {
		const type = current.get(column.name);
		if (type === void 0) continue;
		const plan = planShared(column, type);
		if (plan) planned.push(plan);
		else leftOut.push(`${column.name} (${column.type})`);
	}
	return {
		columns: planned,
		fed: [],
		gone: candidates.filter((column) => !current.has(column.name)).map((column) => column.name),
		leftOut
	};
}
function planShared(column, currentType) {
	const { name, type } = column;
	const types = [type, currentType];
	if (types.every(isNumeric)) return {
		name,
		as: "number"
	};
	if (!types.every((candidate) => isNumeric(candidate) || candidate === "string")) return void 0;
	if (type === currentType) return {
		name,
		as: "text"
	};
	return {
		name,
		as: "text",
		note: `${type} in the reference and ${currentType} in the current data`
	};
}
function isNumeric(type) {
	return type === "integer" || type === "number" || type === "boolean";
}
function readAs(type) {
	return type === "integer" || type === "number" || type === "boolean" ? "number" : "text";
}

// src/stages/drift/score-sides.ts
async function scoreSides(request) {
	const { scorer, configuration, model, rows } = request;
	const { task } = configuration;
	const known = (await scorer.describe(model.file)).classes;
	const targets = rows.reference.target && rows.current.target ? {
		reference: rows.reference.target,
		current: rows.current.target
	} : void 0;
	const truths = targets && readBothTruths(targets, {
		task,
		positiveClass: configuration.data.positiveClass,
		...known ? { knownClasses: known } : {}
	});
	const classes = classesOf(configuration, truths, known);
	const score = async (side, what) => {
		const scores = await scoreRows({
			scorer,
			model: model.file,
			rows: side.fed,
			configuration,
			classes: classes ?? [],
			onProgress: (done) => request.log.progress(`scoring ${what}`, done, side.fed.rowCount)
		});
		return side.order === void 0 ? scores : takeScores(scores, side.order);
	};
	const reference = await score(rows.reference, "reference");
	const current = await score(rows.current, "current");
	refuseOtherScale(reference, current, model.file.name);
	const answers = {
		reference,
		current
	};
	return {
		reference,
		current,
		...classes ? { classes } : {},
		...truths ? { performance: measure(request, truths, answers) } : {}
	};
}
function refuseOtherScale(reference, current, name) {
	const isRaw = ({ scale }) => scale === "logit" || scale === "margin";
	if (reference.rowCount === 0 || current.rowCount === 0 || isRaw(reference) === isRaw(current)) return;
	throw new InputError(`the scores of ${name} are ${isRaw(reference) ? "logits" : "probabilities"} in the reference and ${isRaw(current) ? "leave [0, 1]" : "stay within [0, 1]"} in the current data, so that they cannot be compared; export it with a sigmoid or softmax at its end`);
}
function classesOf({ task, data }, truths, known) {
	const labelled = truths && "classes" in truths.reference ? truths.reference.classes : void 0;
	if (task !== "binary-classification") return labelled ?? known;
	const positive = labelled?.[1] ?? data.positiveClass;
	const others = known?.filter((name) => name !== positive);
	if (positive !== void 0 && known?.length === 2 && others?.length === 1) return [others[0], positive];
	return labelled ?? known ?? ["0", "1"];
}
function measure(request, truths, answers) {
	const { configuration, rows } = request;
	const name = metricOfDrift(configuration);
	const lookup = findMetric(configuration.task, name);
	if (!lookup.found) throw new InputError(`comparison.primary: ${lookup.reason}; nearest: ${lookup.nearest}`);
	const { metric } = lookup;
	if (metric.kind === "measured") return {
		metric: name,
		measured: false,
		reason: `${name} is no metric of the rows`
	};
	const side = (which) => labelledSample({
		truth: truths[which],
		answers: answers[which],
		threshold: configuration.comparison.threshold,
		...costsOf(configuration, rows[which]),
		...rows[which].groups ? { groups: rows[which].groups } : {}
	});
	const reference = side("reference");
	const noInformation = metric.noInformation?.(reference.sample);
	return {
		metric: name,
		...measurePerformanceChange({
			metric,
			reference,
			current: side("current"),
			marginOf: (championValue) => resolveMargin({
				margin: configuration.comparison.margins[name],
				championValue,
				noInformation: Number.isFinite(noInformation) ? noInformation : void 0,
				direction: metric.direction
			}),
			level: request.level,
			seed: request.seed
		})
	};
}
function metricOfDrift({ comparison, task }) {
	const asSql = comparison.metrics.flatMap((metric) => metric.kind === "sql" ? [metric.name] : []);
	if (comparison.primary !== void 0 && !asSql.includes(comparison.primary)) return comparison.primary;
	const named = comparison.metrics.find((metric) => metric.kind === "named");
	return (comparison.primary === void 0 ? void 0 : named?.name) ?? DEFAULT_METRICS[task][0];
}
function costColumnsOf({ comparison }) {
	const { falsePositive, falseNegative } = comparison.cost ?? {};
	return [falsePositive, falseNegative].filter((cost) => typeof cost === "string");
}
function costsOf({ comparison }, rows) {
	if (comparison.cost === void 0) return {};
	const read = (cost) => {
		if (typeof cost === "number") return cost;
		const column = findColumn(rows.costs, cost);
		if (column?.kind === "number") return column.values;
		throw new InputError(`comparison.cost names the column ${JSON.stringify(cost)}, which holds no numbers`);
	};
	return {
		falsePositiveCost: read(comparison.cost.falsePositive),
		falseNegativeCost: read(comparison.cost.falseNegative)
	};
}

// src/stages/drift/check-drift.ts
const DRIFT_FAIL_ON = ["drift", "never"];
function runCheckDrift(request, ports) {
	const { setup, failOn } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("drift", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await check(request, ports, header);
		const { verdict, recommendation, reason } = document;
		const drifted = verdict === "drift";
		const words = `${verdict}: ${reason}`;
		if (verdict === "stable") ports.world.log.info(words);
		else ports.world.log.warning(words);
		return {
			document,
			exitCode: drifted && failOn === "drift" ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
			outputs: {
				verdict,
				drifted: String(drifted),
				recommendation
			}
		};
	});
}
async function check(request, ports, header) {
	const { exam, setup, workingDirectory } = request;
	const { engine, world } = ports;
	const { configuration } = exam;
	const model = await findWatchedModel({
		world,
		registry: ports.registry,
		model: configuration.model,
		given: request.model,
		workingDirectory
	});
	const sides = await declareSides({
		engine,
		exam,
		workingDirectory,
		reference: request.reference,
		current: request.current,
		championWindows: model?.manifest?.windows
	});
	const features = model?.manifest ? model.features : await readFeatures(world.files, configuration, exam.headDirectory);
	await using reference = await openSide("reference", sides.reference, features);
	await using current = await openSide("current", sides.current, features);
	const { validation, personal } = await readValidation(setup, world);
	const found = await compareSides({
		request,
		ports,
		model,
		reference,
		current,
		personal
	});
	const decision = decideDrift({
		referenceRows: reference.raw.rowCount,
		currentRows: current.raw.rowCount,
		...found,
		...validation ? { validation } : {},
		actOn: configuration.drift.actOn
	});
	return {
		kind: "drift",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: [...found.described.reference.inputs, ...found.described.current.inputs],
		measured: {},
		...decision,
		...championOf(model),
		reference: {
			rows: reference.raw.rowCount,
			description: reference.description
		},
		current: {
			rows: current.raw.rowCount,
			labelledRows: found.labelledRows,
			...found.described.current.span
		},
		level: found.level,
		columns: [...found.columns],
		...performanceOf(found.performance),
		...model?.canScore === false ? { leftOut: leftOutOf(model) } : {},
		form: "unknown"
	};
}
async function compareSides(comparison) {
	const { request, ports, model, reference, current } = comparison;
	const { configuration } = request.exam;
	const { timestamp } = configuration.data;
	const described = {
		reference: await describeSide(reference, timestamp),
		current: await describeSide(current, timestamp)
	};
	const whole = chooseLevel(configuration.drift.falseAlarmsPerYear, ports.world.context.schedule);
	tellSizes(comparison, whole);
	const inputs = (model?.canScore ? (await ports.scorer.describe(model.file)).signature : void 0)?.inputs.map((input) => input.name) ?? [];
	const plan = planColumns({
		reference,
		current
	}, configuration, model && {
		...model,
		inputs
	});
	if (plan.leftOut.length > 0) ports.world.log.info(`not compared: ${plan.leftOut.join(", ")}`);
	if (reference.raw.rowCount === 0 || current.raw.rowCount === 0) return {
		columns: [],
		goneColumns: plan.gone,
		brokenColumns: [],
		described,
		labelledRows: 0,
		level: whole.level
	};
	const rows = {
		reference: await readSide(reference, readRequest(comparison, plan)),
		current: await readSide(current, readRequest(comparison, plan))
	};
	const level = model?.canScore && rows.reference.target && rows.current.target ? whole.level / 2 : whole.level;
	const scored = model?.canScore ? await scoreSides({
		...comparisonSeed(comparison, described),
		rows,
		level,
		model
	}) : void 0;
	const pairs = pairColumns({
		configuration,
		dataTracked: request.dataTracked,
		personal: comparison.personal,
		plan,
		rows,
		...scored ? { scored } : {}
	});
	return {
		columns: compareColumns(pairs, {
			level,
			minimum: MINIMUM_EFFECTS[configuration.drift.minimumEffect]
		}),
		goneColumns: plan.gone,
		brokenColumns: findBrokenColumns(pairs, {
			reference: typesOf(reference),
			current: typesOf(current)
		}),
		...scored?.performance ? { performance: scored.performance } : {},
		described,
		labelledRows: rows.current.labelledRows,
		level
	};
}
function typesOf(side) {
	return new Map(side.featured.columns.map(({ name, type }) => [name, type]));
}
function readRequest({ request, model }, plan) {
	const { configuration } = request.exam;
	return {
		configuration,
		columns: plan.columns.map(({ name, as }) => ({
			name,
			as
		})),
		fed: plan.fed,
		costColumns: model ? costColumnsOf(configuration) : [],
		name: model?.file.name ?? "the config"
	};
}
function comparisonSeed({ request, ports, model }, described) {
	const digests = [
		model?.digest,
		described.reference.rowsDigest,
		described.current.rowsDigest,
		"drift"
	];
	const seed = Number.parseInt(ports.world.sha256(digests.join("\n")).slice(0, 8), 16);
	const { configuration } = request.exam;
	return {
		scorer: ports.scorer,
		log: ports.world.log,
		configuration,
		seed
	};
}
async function readValidation({ configuration, evidenceDirectory }, world) {
	const file = join(evidenceDirectory, "validation.json");
	const text = await world.files.readText(file);
	if (text === void 0) return {
		validation: void 0,
		personal: []
	};
	const document = parseDocument("validation", text, {
		file,
		model: configuration.model
	});
	const { verdict } = document;
	if (document.verdict === "error") return {
		validation: verdict,
		personal: []
	};
	return {
		validation: verdict,
		personal: document.findings.filter(({ check }) => check === "personal-data").flatMap(({ column }) => column ?? [])
	};
}
function championOf(model) {
	if (model === void 0) return {};
	const { digest, version } = model;
	return { champion: {
		...version === void 0 ? {} : { version },
		digest
	} };
}
function performanceOf(performance) {
	if (!performance?.measured) return {};
	const { metric, reference, current, interval, margin, degraded } = performance;
	return { performance: {
		kind: "realized",
		metric,
		reference,
		current,
		interval,
		...margin === void 0 ? {} : { margin },
		degraded
	} };
}
function leftOutOf({ file }) {
	return `predictions and performance, since ${file.name} is no ONNX model that could be run here`;
}
function describeScoring(model) {
	if (model === void 0) return "no champion: columns are compared, nothing is scored";
	return model.canScore ? `scored with ${model.file.name}` : `not checked: ${leftOutOf(model)}`;
}
function tellSizes({ ports, model, reference, current }, whole) {
	const { log } = ports.world;
	log.info(`reference: ${reference.raw.rowCount} rows (${reference.description})`);
	log.info(`current: ${current.raw.rowCount} rows (${current.description})`);
	log.info(describeScoring(model));
	log.info(`level of this check ${whole.level.toPrecision(2)}, for ${Math.round(whole.checksPerYear)} checks a year`);
}

export { DRIFT_FAIL_ON, runCheckDrift };