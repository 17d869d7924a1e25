import { calibrateMetric, chooseSample } from "./core-calibration.js";
import { BOOTSTRAP_REPLICATES, DEFAULT_CONFIDENCE, checkGroups, compareModels, formatCount } from "./core-comparison.js";
import { InputError } from "./core.js";
import { classesOf, findChampion, findScores, groupsOf, inCanonicalOrder, joinScores, modelAt, pairRows, readHoldout, rulesOf, sampleOf, scoreOnHoldout, seedOf, seedPart, truthOf, withOwnFeatures } from "./stages-comparison.js";
import { findMetric } from "./core-metrics.js";
import { findColumn, takeRows } from "./core-data.js";
import { chooseColumns, chooseFeatureColumns, openRole, readFeatures } from "./stages-data.js";
import { identifyModel } from "./stages.js";
import { placeOfModel, readCommandRows, readTrainingRows, settleModel, takeTrainingRows, trainBuiltIn, trainByCommand } from "./stages-training.js";
import { basename, join } from "node:path";

// src/stages/calibration/check-holdout.ts
function checkHoldout(holdout) {
	const truth = truthOf(holdout, []);
	const width = "classes" in truth ? truth.classes.length : 1;
	const rows = holdout.labelled.length;
	const kept = Uint32Array.from({ length: rows }, (_, row) => row);
	const unknown = {
		values: new Float64Array(rows * width),
		width,
		refused: /* @__PURE__ */ new Map(),
		features: {
			rowCount: rows,
			columns: []
		}
	};
	const { configuration } = holdout.request;
	const sample = sampleOf({
		holdout,
		truth,
		scored: unknown,
		kept,
		configuration
	});
	const { refusal } = checkGroups(sample, groupsOf(holdout, kept));
	if (refusal === void 0) return;
	throw new InputError(`no margin can be found on this holdout: it has ${refusal}; label more rows, or name another holdout (data.holdout, --data)`);
}

// src/stages/calibration/choose-metrics.ts
function chooseMetrics(configuration, asked) {
	const rules = rulesOf(configuration);
	const gates = (rules.gates ?? []).flatMap((gate) => gate.require === "not-worse" ? [gate.metric] : []);
	const roles = /* @__PURE__ */ new Map([[rules.primary, "primary"]]);
	const add = (names, role) => {
		for (const name of names) if (!roles.has(name)) roles.set(name, role);
	};
	if (asked.length === 0) {
		add(rules.guardrails, "guardrail");
		add(gates, "gate");
	} else add(asked, "further");
	const metrics = [];
	const notes = [];
	for (const [name, role] of roles) {
		const found = lookUp(configuration, name);
		if (typeof found !== "string") metrics.push({
			metric: found,
			role
		});
		else if (role === "primary") throw new InputError(`the primary metric ${found}; choose another with --primary`);
		else notes.push(`${found}: it gets no margin here`);
	}
	return {
		metrics,
		notes
	};
}
function lookUp({ task, comparison }, name) {
	if (comparison.metrics.some((metric) => metric.kind === "sql" && metric.name === name)) return `${name} is written as SQL, which is not calibrated`;
	const lookup = findMetric(task, name);
	if (!lookup.found) throw new InputError(`${lookup.reason}; did you mean ${lookup.nearest}? Known: ${lookup.allowed.join(", ")}`);
	if (lookup.metric.kind === "sample") return lookup.metric;
	return `${name} is measured on the model and not on rows`;
}

// src/stages/calibration/judge-retrainings.ts
async function judgeRetrainings(request, ports) {
	const { holdout, champion, retrainings, metrics } = request;
	const { log } = ports.world;
	const models = await scoreAll(request, ports);
	const judge = (pair) => judgePair({
		holdout,
		metrics,
		truth: models.truth
	}, pair, ports.world);
	const [first, ...others] = models.scored;
	if (first === void 0) throw new Error("no champion was scored");
	const own = {
		model: champion.model,
		scored: first
	};
	const rivals = others.map((scored, index) => ({
		model: retrainings[index].model,
		scored
	}));
	const total = rivals.length + Math.floor(rivals.length / 2);
	let done = 0;
	const next = (pair) => {
		log.progress("comparisons", done++, total);
		return judge(pair).metrics;
	};
	const alone = judge({ challenger: own });
	const judged = rivals.map((challenger) => next({
		champion: own,
		challenger
	}));
	const pairs = rivals.flatMap((challenger, index) => index % 2 === 1 ? [next({
		champion: rivals[index - 1],
		challenger
	})] : []);
	log.progress("comparisons", total, total);
	const { units, facts } = alone;
	return {
		champion: alone.metrics,
		retrainings: judged,
		pairs,
		units,
		facts
	};
}
async function scoreAll({ holdout, champion, retrainings, directory }, ports) {
	const all = [champion, ...retrainings];
	const plain = truthOf(holdout, []);
	const common = {
		holdout,
		classes: "classes" in plain ? plain.classes : [],
		directory,
		given: void 0
	};
	const { configuration, ports: data } = holdout.request;
	const found = [];
	const classes = /* @__PURE__ */ new Set();
	for (const { model, isOnnx } of all) {
		const side = model === champion.model ? "champion" : "challenger";
		const scores = isOnnx ? void 0 : await findScores({
			...common,
			model,
			side
		}, ports);
		found.push(scores);
		const known = {
			champion: void 0,
			challenger: model,
			found: scores ? { challenger: scores } : {}
		};
		for (const name of await classesOf(known, configuration, data.scorer)) classes.add(name);
	}
	const truth = truthOf(holdout, [...classes]);
	const scored = [];
	for (const [index, { model }] of all.entries()) {
		ports.world.log.progress("models scored", index, all.length);
		const read = found[index]?.read;
		scored.push(read === void 0 ? await scoreOnHoldout(holdout, model, {
			truth,
			latencyRows: 0
		}) : await joinScores({
			holdout,
			truth,
			model,
			read
		}, ports.world));
	}
	ports.world.log.progress("models scored", all.length, all.length);
	return {
		truth,
		scored
	};
}
function judgePair({ holdout, metrics, truth }, pair, world) {
	const { champion, challenger } = pair;
	const { configuration } = holdout.request;
	const sides = [challenger, ...champion ? [champion] : []];
	const { kept: answered } = pairRows(truth, sides.map(({ model, scored }) => ({
		name: model.name,
		scored
	})));
	const scored = {
		challenger: challenger.scored,
		...champion ? { champion: champion.scored } : {}
	};
	const kept = inCanonicalOrder(answered, {
		holdout,
		truth,
		scored
	});
	const sample = (side) => sampleOf({
		holdout,
		truth,
		scored: side.scored,
		kept,
		configuration
	});
	const groups = groupsOf(holdout, kept);
	const input = {
		challenger: sample(challenger),
		...champion ? { champion: sample(champion) } : {},
		...groups ? { groups } : {},
		metrics,
		measured: [],
		rules: {
			primary: metrics[0].name,
			guardrails: [],
			margins: {},
			gates: []
		},
		slices: [],
		seed: seedOf(world, [
			seedPart(champion?.model),
			seedPart(challenger.model),
			holdout.digest,
			"comparison"
		]),
		replicates: BOOTSTRAP_REPLICATES
	};
	return {
		metrics: compareModels(input).metrics,
		...factsOf(input, kept.length, holdout.digest)
	};
}
function factsOf({ challenger, groups }, rows, digest) {
	const floor = checkGroups(challenger, groups);
	const facts = {
		rows,
		...challenger.task === "binary-classification" ? { positives: challenger.labels.reduce((total, label) => total + label, 0) } : {},
		...floor.groups === void 0 ? {} : { groups: floor.groups },
		digest
	};
	return {
		units: floor.units,
		facts
	};
}

// src/stages/calibration/make-retrainings.ts
async function makeRetrainings(plan, ports) {
	const { exam, windows, training, count, share } = plan;
	const { configuration, headDirectory } = exam;
	const features = await readFeatures(ports.world.files, configuration, headDirectory);
	await using data = await openRole(ports.engine, {
		role: "training",
		configuration,
		directory: headDirectory,
		windows,
		...features ? { features } : {}
	});
	const columns = (training.kind === "command" ? chooseColumns : chooseFeatureColumns)(configuration, data.columns).map(({ name, type }) => ({
		name,
		type
	}));
	const source = await openSource({
		plan,
		data,
		columns
	}, ports);
	const make = (own) => makeOne({
		plan,
		source,
		columns,
		features,
		own
	}, ports);
	const champion = plan.withChampion ? await make({
		name: "recipe",
		seed: training.seed,
		rows: void 0
	}) : void 0;
	const retrainings = [];
	for (let number = 1; number <= count; number++) {
		ports.world.log.progress("retrainings", number - 1, count);
		const seed = training.seed + number;
		const rows = chooseSample({
			rowCount: source.rowCount,
			...source.group ? { groups: source.group } : {},
			share,
			seed: Number.parseInt(ports.world.sha256(`sample of retraining ${seed}`).slice(0, 8), 16)
		});
		retrainings.push(await make({
			name: `retraining ${number}`,
			seed,
			rows
		}));
	}
	ports.world.log.progress("retrainings", count, count);
	const sampled = source.group ? "groups" : "rows";
	return {
		...champion ? { champion } : {},
		retrainings,
		sampled,
		notes: source.notes
	};
}
async function openSource({ plan, data, columns }, ports) {
	const { training, exam } = plan;
	const { world, commands } = ports;
	const { configuration, headDirectory: directory } = exam;
	const { name: group, notes } = findGroup(data, configuration.data.group);
	if (training.kind === "command") {
		const table = await readCommandRows(data);
		const column = group === void 0 ? void 0 : findColumn(table, group);
		return {
			rowCount: table.rowCount,
			...column ? { group: column } : {},
			notes,
			async train(rows, seed, paths) {
				const own = {
					...training,
					seed
				};
				const taken = rows === void 0 ? table : takeRows(table, rows);
				await trainByCommand({
					training: own,
					rows: taken,
					world,
					commands,
					directory,
					...paths
				});
			}
		};
	}
	const all = await readTrainingRows({
		data,
		configuration,
		columns,
		...group === void 0 ? {} : { group }
	});
	return {
		rowCount: all.features.rowCount,
		...all.group ? { group: all.group } : {},
		notes,
		async train(rows, seed, { path }) {
			const own = {
				...training,
				seed
			};
			const taken = rows === void 0 ? all : takeTrainingRows(all, rows);
			await trainBuiltIn({
				training: own,
				configuration,
				rows: taken,
				world,
				path
			});
		}
	};
}
function findGroup(data, group) {
	if (group === void 0 || data.columns.some(({ name }) => name === group)) return {
		name: group,
		notes: []
	};
	return {
		name: void 0,
		notes: ["single training rows are drawn, not whole groups: the features query drops data.group; keep that column in it"]
	};
}
async function makeOne({ plan, source, columns, features, own }, ports) {
	const { world } = ports;
	const directory = await world.files.temporaryDirectory("calibration");
	const place = placeOfModel(plan.training, plan.exam);
	const path = join(directory, place.path);
	const rows = own.rows?.length ?? source.rowCount;
	world.log.info(`${own.name}: ${formatCount(rows)} training rows, seed ${own.seed}`);
	const left = await world.files.temporaryDirectory("calibration-command");
	await source.train(own.rows, own.seed, {
		path,
		leftAt: join(left, basename(place.path))
	});
	const settled = await settleModel(place, directory, ports);
	const file = {
		path: join(directory, settled.path),
		name: own.name
	};
	const whole = await identifyModel(file, world);
	return {
		model: {
			...whole,
			...file,
			origin: own.name,
			featureColumns: columns,
			...features ? { features } : {}
		},
		facts: {
			digest: whole.digest,
			seed: own.seed,
			rows
		},
		isOnnx: settled.signature !== void 0
	};
}

// src/stages/calibration/calibrate.ts
const MOST_RETRAININGS = 200;
async function calibrate(request, ports) {
	checkRequest(request);
	const { exam, windows, metrics: asked } = request;
	const { configuration } = exam;
	const { world, engine, scorer } = ports;
	const { log } = world;
	const chosen = chooseMetrics(configuration, asked);
	const holdout = await log.group("Read the holdout", () => readHoldout({
		configuration: withoutSlices(configuration),
		directory: exam.directory,
		windows,
		ports: {
			engine,
			scorer
		},
		log
	}));
	checkHoldout(holdout);
	const found = await findGivenChampion(request, ports);
	const made = await log.group("Train the recipe again", () => findRetrainings(request, found, ports));
	const champion = found ?? made.champion;
	if (champion === void 0) throw new Error("neither a champion nor the recipe stands for one");
	refuseChampionItself(request, champion, made);
	const judged = await log.group("Judge the retrainings", () => judgeRetrainings({
		holdout,
		champion,
		retrainings: made.retrainings,
		metrics: chosen.metrics.map(({ metric }) => metric),
		directory: exam.headDirectory
	}, ports));
	return describe({
		request,
		champion,
		isTrainedHere: found === void 0,
		made,
		judged,
		chosen,
		world
	});
}
function checkRequest({ models, retrainings, share }) {
	if (models.length > 0) {
		const twice = models.find((path, index) => models.indexOf(path) !== index);
		if (twice !== void 0) throw new InputError(`--models names ${twice} twice; each retraining counts once`);
		if (models.length < 3) throw new InputError(`--models names ${models.length}; a spread takes at least ${3}, and a dozen gives a margin to rely on`);
	} else if (!(retrainings >= 3 && retrainings <= MOST_RETRAININGS)) throw new InputError(`--retrainings is ${retrainings}; allowed: ${3} to ${MOST_RETRAININGS} (12 is the default)`);
	if (!(share > 0 && share <= 1)) throw new InputError(`--share is ${share}; write a share of the training rows above 0, at most 1, such as 0.9`);
}
function withoutSlices(configuration) {
	return {
		...configuration,
		comparison: {
			...configuration.comparison,
			slices: []
		}
	};
}
async function findGivenChampion({ exam, champion: wanted }, { registry, world }) {
	if (wanted === void 0 && registry === void 0) return void 0;
	const model = await findChampion({
		model: exam.championModel,
		wanted: wanted ?? "release",
		registry,
		world
	});
	if (model === void 0) return void 0;
	return givenModel(await withOwnFeatures(model, exam, world.files));
}
function givenModel(model) {
	return {
		model,
		facts: {
			digest: model.digest,
			origin: model.origin
		},
		isOnnx: model.manifest?.signature !== void 0
	};
}
async function findRetrainings(request, champion, ports) {
	const { exam, windows, models, share } = request;
	const { training } = exam.configuration;
	const withChampion = champion === void 0;
	if (withChampion) ports.world.log.info(`no champion: the recipe itself plays it, trained on all training rows`);
	const given = [];
	for (const path of models) {
		const model = await modelAt(path, `retraining ${path}`, ports.world);
		given.push(givenModel(await withOwnFeatures(model, exam, ports.world.files)));
	}
	if (given.length > 0 && !withChampion) return {
		retrainings: given,
		sampled: "rows",
		notes: []
	};
	if (training === void 0) throw withoutRecipe(given.length > 0);
	const count = given.length > 0 ? 0 : request.retrainings;
	const made = await makeRetrainings({
		exam,
		windows,
		training,
		count,
		share,
		withChampion
	}, ports);
	return given.length > 0 ? {
		...made,
		retrainings: given
	} : made;
}
function withoutRecipe(hasModels) {
	const how = "write `training: {learner: gradient-boosting}` or a training.command in the config, or give --learner";
	return new InputError(hasModels ? `there is no champion, and nothing says how to train one; name it with --champion, or ${how}` : `nothing says how to train; ${how}, or name models that were retrained elsewhere with --models`);
}
function refuseChampionItself({ models }, { model }, { retrainings }) {
	if (models.length === 0) return;
	const same = retrainings.find(({ facts }) => facts.digest === model.digest);
	if (same === void 0) return;
	throw new InputError(`--models names ${same.model.origin}, which is the champion itself; name models that were trained again`);
}
function describe({ request, champion, isTrainedHere, made, judged, chosen, world }) {
	const { exam, models, share } = request;
	const { configuration } = exam;
	const { comparison } = configuration;
	const metrics = chosen.metrics.map(({ metric, role }, index) => calibrateMetric({
		role,
		champion: judged.champion[index],
		retrainings: judged.retrainings.map((found) => found[index]),
		pairs: judged.pairs.map((found) => found[index]),
		units: judged.units,
		configured: comparison.margins[metric.name]
	}));
	return {
		kind: "calibration",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		tool: world.tool,
		champion: {
			origin: isTrainedHere ? "trained here" : champion.model.origin,
			digest: champion.model.digest
		},
		...models.length > 0 ? {} : {
			share,
			sampled: made.sampled
		},
		retrainings: made.retrainings.map(({ facts }) => facts),
		holdout: judged.facts,
		confidence: DEFAULT_CONFIDENCE,
		primary: chosen.metrics[0].metric.name,
		defaultGate: comparison.gates === void 0,
		metrics,
		notes: [
			...made.notes,
			...chosen.notes,
			...budgetNotes(configuration)
		]
	};
}
function budgetNotes({ comparison }) {
	if (comparison.holdoutBudget !== "enforce") return [];
	return ["holdout-budget is enforce: these figures are at 95 %, and a comparison is judged at more, the more often the holdout was used; margins have to be wider then"];
}

export { calibrate };