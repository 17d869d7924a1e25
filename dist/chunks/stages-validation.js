import { PREVIOUS, applicableRules, checkDatasets, findBreaches as findBreaches$1, measureChange, measureDistribution, parseContract, sharedIdFinding, uncheckedFindings, writeTimestamp } from "./core-contract.js";
import { EXIT_CODE, InputError } from "./core.js";
import { buildRequest, describeInputs, describeReading } from "./stages-data.js";
import { runStage } from "./stages.js";
import { dirname, join, relative, resolve, sep } from "node:path";

// src/stages/validation/hidden-columns.ts
function chooseDiscretion(data, tracked) {
	const { id, group, exclude, sensitive } = data;
	const personal = [
		id,
		group,
		...exclude,
		...sensitive
	].filter((name) => name !== void 0);
	return {
		personal: new Set(personal),
		tracked
	};
}
function hiddenColumns(names, { personal, tracked }) {
	return new Set(tracked ? names.filter((name) => personal.has(name)) : names);
}
function concealProfile(profile, discretion) {
	const { name, type, missing, distinct, mean, standardDeviation } = profile;
	const counts = {
		name,
		type,
		missing,
		distinct
	};
	if (discretion.personal.has(name)) return counts;
	if (discretion.tracked) return copyProfile(profile);
	return {
		...counts,
		...mean === void 0 ? {} : { mean },
		...standardDeviation === void 0 ? {} : { standardDeviation }
	};
}
function copyProfile(profile) {
	const { quantiles, histogram, top, ...numbers } = profile;
	return {
		...numbers,
		...quantiles ? { quantiles: { ...quantiles } } : {},
		...histogram ? { histogram: [...histogram] } : {},
		...top ? { top: [...top] } : {}
	};
}

// src/stages/validation/announce-findings.ts
const ANNOTATIONS_OF_A_KIND = 10;
const LINES = /\.(csv|tsv|txt|jsonl|ndjson|json)$/i;
function announceFindings(findings, log, place) {
	for (const severity of ["error", "warning"]) {
		const found = findings.filter((finding) => finding.severity === severity);
		for (const finding of found.slice(0, ANNOTATIONS_OF_A_KIND)) log[severity](messageOf(finding), placeOf(finding, place));
		const rest = found.length - ANNOTATIONS_OF_A_KIND;
		if (rest > 0) log.info(`${rest} more findings of severity ${severity} are in validation.json`);
	}
	for (const finding of findings.filter((candidate) => candidate.severity === "info")) log.info(messageOf(finding));
}
function messageOf(finding) {
	const { location, dataset, message } = finding;
	return `${dataset}: ${message}${location === void 0 ? "" : ` (${location.file}${location.line ? `:${location.line}` : ""})`}`;
}
function placeOf(finding, place) {
	const [example] = finding.examples;
	if (place.tracked && example !== void 0 && LINES.test(example.file)) return {
		file: relative(place.workingDirectory, join(place.dataDirectory, example.file)),
		line: example.line
	};
	const { location } = finding;
	if (location === void 0) return void 0;
	return {
		file: location.file,
		...location.line === void 0 ? {} : { line: location.line }
	};
}

// src/stages/validation/measure-rules.ts
async function measureRules(rules, context) {
	const measured = /* @__PURE__ */ new Map();
	for (const rule of rules) {
		if (rule.measure === void 0 || rule.measure.kind === "row-count") continue;
		measured.set(rule, await measure(rule, rule.measure, context));
	}
	return measured;
}
async function measure(rule, measure, context) {
	switch (measure.kind) {
		case "row-count": return { value: context.data.rowCount };
		case "freshness": return await measureAge(measure.column, context);
		case "sql": return await measureSql(rule, measure, context);
		case "change": return await compareFigures(measure, context);
		case "distribution": return await compareValues(measure, context);
	}
}
const MILLISECONDS_AN_HOUR = 36e5;
async function measureAge(column, { data, now, hidden }) {
	const found = await readTimes(data, column);
	if (found === "none") return { notChecked: `${column} holds values that are no times` };
	if (found === void 0) return { notChecked: `${column} has no value` };
	const value = (now - found.to) / MILLISECONDS_AN_HOUR;
	return hidden.has(column) ? { value } : {
		value,
		words: `of ${writeTimestamp(found.to)} UTC`
	};
}
async function readTimes(data, column) {
	try {
		return await data.timeRange(column);
	} catch (error) {
		if (error instanceof InputError) return "none";
		throw error;
	}
}
async function measureSql({ line, name }, { query, tables }, { data, file, hidden }) {
	const subject = `${file}:${line}: ${name ?? "the query"}`;
	const value = await data.measure({
		sql: query,
		subject,
		tables
	});
	if (value === void 0) return { notChecked: "the query gives NULL" };
	const isCount = /^\s*select\s+count\s*\(/i.test(query);
	const text = query.toLowerCase();
	const looksAtHidden = text.includes("*") || [...hidden].some((column) => text.includes(column.toLowerCase()));
	return !isCount && hidden.size > 0 && looksAtHidden ? {
		value,
		hidden: true
	} : { value };
}
async function compareFigures(measure, { data, others, hidden }) {
	const other = await others.open(measure.against);
	if ("missing" in other) return { notChecked: other.missing };
	const { column } = measure;
	if (column !== void 0 && !hasColumn(other.data, column)) return lacks(measure.against, column);
	const figures = async (set) => ({
		rows: set.rowCount,
		profile: column === void 0 ? void 0 : (await set.profile([column]))[0]
	});
	return measureChange(measure.of, {
		earlier: await figures(other.data),
		now: await figures(data),
		hidden: column !== void 0 && hidden.has(column)
	});
}
async function compareValues(measure, { data, others, hidden }) {
	const { column, against } = measure;
	const other = await others.open(against);
	if ("missing" in other) return { notChecked: other.missing };
	if (!hasColumn(other.data, column)) return lacks(against, column);
	const as = [data, other.data].every((set) => isNumeric(set, column)) ? "number" : "text";
	const read = async (set) => (await set.read([{
		name: column,
		as
	}])).columns[0];
	const columns = {
		earlier: await read(other.data),
		now: await read(data)
	};
	return measureDistribution(measure, {
		...columns,
		hidden: hidden.has(column)
	});
}
function lacks(dataset, column) {
	return { notChecked: `${dataset} has no column ${column}` };
}
function hasColumn(data, name) {
	return data.columns.some((column) => column.name === name);
}
function isNumeric(data, name) {
	const type = data.columns.find((column) => column.name === name)?.type;
	return type !== void 0 && type !== "string" && type !== "other";
}

// src/stages/validation/hold-to-contract.ts
async function holdToContract(request) {
	const { data, contract, hidden, late } = request;
	const { rules, notChecked } = await readReferences(applicableRules(contract, data.columns).filter((rule) => !(rule.check === "required" && rule.column !== void 0 && late.has(rule.column))), request);
	const results = await data.check(rules.flatMap((rule) => rule.rowRule ? [rule.rowRule] : []));
	const asked = {
		...contract,
		rules
	};
	const measured = await measureRules(rules, {
		...request,
		file: contract.file
	});
	const { name, rowCount, columns } = data;
	return [...findBreaches$1(asked, {
		name,
		rowCount,
		columns,
		results,
		measured,
		hidden,
		late
	}), ...notChecked.map((finding) => ({
		finding,
		replacements: []
	}))];
}
async function readReferences(rules, { data, contract, others }) {
	const ready = [];
	const notChecked = [];
	for (const rule of rules) {
		if (rule.reference === void 0) {
			ready.push(rule);
			continue;
		}
		const { dataset, path, keys, columns } = rule.reference;
		const other = await others.open(dataset, path);
		const why = "missing" in other ? other.missing : lacking(other.data, keys);
		if ("missing" in other || why !== void 0) {
			notChecked.push({
				check: "not-checked",
				severity: "info",
				dataset: data.name,
				...rule.column === void 0 ? {} : { column: rule.column },
				message: `not checked: the relationship to ${dataset}: ${why}`,
				examples: [],
				location: {
					file: contract.file,
					line: rule.line
				}
			});
			continue;
		}
		ready.push({
			...rule,
			rowRule: {
				kind: "reference",
				columns,
				keys: await readKeys(other.data, keys)
			}
		});
	}
	return {
		rules: ready,
		notChecked
	};
}
function lacking(data, keys) {
	const gone = keys.filter((key) => !data.columns.some((column) => column.name === key));
	return gone.length === 0 ? void 0 : `${data.name} has no column ${gone.join(", ")}`;
}
async function readKeys(data, names) {
	const { columns, rowCount } = await data.read(names.map((name) => ({
		name,
		as: "text"
	})));
	const found = /* @__PURE__ */ new Map();
	for (let row = 0; row < rowCount; row++) {
		const key = columns.map((column) => column.kind === "text" ? column.dictionary[column.codes[row]] : void 0);
		if (key.every((part) => part !== void 0)) found.set(JSON.stringify(key), key);
	}
	return [...found.values()];
}

// src/stages/validation/check-data-set.ts
const MOST_IDS = 5e5;
async function checkDataSet(request) {
	const { data, contract, discretion, idName } = request;
	const names = data.columns.map((column) => column.name);
	const profiles = await data.profile(names);
	const rowsDigest = await data.digest();
	const missing = new Map(profiles.map((profile) => [profile.name, profile.missing]));
	const ids = idName === void 0 ? void 0 : await readIds(data, idName);
	return {
		name: data.name,
		digest: rowsDigest,
		facts: {
			name: data.name,
			rowCount: data.rowCount,
			columns: data.columns,
			missing,
			labelsExpected: request.labelsExpected
		},
		profile: {
			name: data.name,
			rows: data.rowCount,
			columns: profiles.map((profile) => concealProfile(profile, discretion))
		},
		findings: contract === void 0 ? [] : await findBreaches(request, contract),
		inputs: describeInputs({
			data,
			role: data.name,
			rowsDigest
		}),
		...ids ? { ids } : {}
	};
}
async function findBreaches(request, contract) {
	const { data, others, now, target, labelsExpected } = request;
	const names = data.columns.map((column) => column.name);
	const hidden = hiddenColumns(names, request.discretion);
	const late = new Set(labelsExpected || target === void 0 ? [] : [target]);
	return (await holdToContract({
		data,
		contract,
		others,
		now,
		hidden,
		late
	})).map(({ finding }) => finding);
}
async function readIds(data, idName) {
	if (data.rowCount > MOST_IDS || !data.columns.some((column) => column.name === idName)) return void 0;
	const { columns } = await data.read([{
		name: idName,
		as: "text"
	}]);
	const [ids] = columns;
	return ids?.kind === "text" ? new Set(ids.dictionary) : void 0;
}

// src/stages/validation/checked-data.ts
async function declareData(request) {
	const { exam, workingDirectory, paths } = request;
	if (paths.length > 0) return paths.map((path) => ({
		name: path,
		source: { paths: [path] },
		directory: workingDirectory,
		labelsExpected: true
	}));
	const { training, holdout, source } = exam.configuration.data;
	const learned = [
		declare("training", training, exam.headDirectory),
		declare("holdout", holdout, exam.directory),
		...training && holdout ? [] : [declare("source", source, exam.headDirectory)]
	].flat();
	const observed = await Promise.all([declarePresent(request, "reference", true), declarePresent(request, "current", false)]);
	const declared = [...learned, ...observed.flat()];
	if (declared.length > 0) return declared;
	throw new InputError("there are no data to check; write data.training, data.holdout or data.source in the config, or give the input data (--data)");
}
function openDeclared(engine, declared) {
	const { name, source, directory } = declared;
	return engine.open(buildRequest({
		name,
		source,
		directory,
		filters: []
	}));
}
function declare(name, source, directory) {
	return source ? [{
		name,
		source,
		directory: resolve(directory),
		labelsExpected: true
	}] : [];
}
async function declarePresent({ exam, files }, name, labelsExpected) {
	const source = exam.configuration.data[name];
	if (source === void 0) return [];
	const directory = resolve(exam.headDirectory);
	return (await files.find(source.paths, directory)).length === 0 ? [] : [{
		name,
		source,
		directory,
		labelsExpected
	}];
}

// src/stages/validation/data-history.ts
async function findHistory({ exam, setup }, { repository, context }) {
	if (repository === void 0) return void 0;
	const head = await repository.resolveCommit("HEAD");
	if (head === void 0) return void 0;
	const commit = !(exam.commit === void 0 || exam.commit === head) ? exam.commit : context.event === "local" ? head : (await repository.parentsOf(head))[0];
	const known = commit === void 0 ? void 0 : await repository.resolveCommit(commit);
	return known === void 0 ? void 0 : {
		repository,
		commit: known,
		directory: setup.baseDirectory
	};
}

// src/stages/validation/other-data.ts
function createOtherDataSets(request) {
	const opened = /* @__PURE__ */ new Map();
	return {
		open(name, path) {
			const key = JSON.stringify([name, path]);
			const known = opened.get(key) ?? openOther(request, name, path);
			opened.set(key, known);
			return known;
		},
		async [Symbol.asyncDispose]() {
			for (const other of opened.values()) {
				const found = await other.catch(() => void 0);
				if (found && "data" in found) await found.data[Symbol.asyncDispose]();
			}
		}
	};
}
async function openOther(request, name, path) {
	const { engine, declared, directory } = request;
	const known = declared.find((data) => data.name === name);
	if (known) return { data: await openDeclared(engine, known) };
	if (name === "previous") return await openPrevious(request);
	if (path === void 0) return { missing: `there is no data set ${name} in this run, which has ${declared.map((data) => data.name).join(", ")}` };
	return { data: await openDeclared(engine, {
		name,
		source: { paths: [path] },
		directory,
		labelsExpected: false
	}) };
}
async function openPrevious(request) {
	const { history, own, engine, files } = request;
	if (history === void 0) return { missing: "there is no earlier commit to take the previous version from" };
	const { repository, commit, directory } = history;
	const paths = own.source.paths.map((path) => relative(repository.directory, resolve(directory, path)).split(sep).join("/"));
	const short = commit.slice(0, 7);
	if (paths.some((path) => path.startsWith(".."))) return { missing: "the data are not in the repository" };
	const found = await repository.listFilesAt(commit, paths);
	if (found.length === 0) return { missing: `commit ${short} has no ${own.source.paths.join(", ")}` };
	const target = await files.temporaryDirectory("previous");
	await repository.exportFiles(commit, found, target);
	const source = {
		...own.source,
		paths: found.map((path) => join(target, path)),
		sha256: void 0
	};
	try {
		const { sha256: _, ...unpinned } = source;
		return { data: await openDeclared(engine, {
			...own,
			source: unpinned,
			directory: target
		}) };
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return { missing: `the data of commit ${short} cannot be read (a pointer file, or another layout)` };
	}
}

// src/stages/validation/read-contract.ts
async function findContract(request) {
	const { files, exam, configFile, given, workingDirectory } = request;
	if (given !== void 0) {
		const text = await files.readText(resolve(workingDirectory, given));
		if (text === void 0) throw missing(given, `it was looked for in ${workingDirectory}`);
		return {
			file: given,
			text
		};
	}
	const { contract } = exam.configuration;
	if (contract === void 0) return void 0;
	const place = resolve(exam.contractDirectory, contract);
	const text = await files.readText(place);
	const shown = configFile === void 0 ? relative(workingDirectory, place) : join(dirname(configFile), contract);
	if (text === void 0) throw missing(contract, `the config names it and ${exam.contractDirectory === exam.headDirectory ? exam.headDirectory : "the base branch"} does not have it`);
	return {
		file: shown,
		text
	};
}
function readContract(found, names) {
	return parseContract(found.text, found.file, [names.dataset, names.model]);
}
function missing(contract, why) {
	return new InputError(`the data contract ${contract} does not exist: ${why}; correct the path or add the file`, { location: { file: contract } });
}

// src/stages/validation/validate-data.ts
const VALIDATION_FAIL_ON = [
	"error",
	"warning",
	"never"
];
function runValidateData(request, ports) {
	const { setup, failOn } = request;
	const target = {
		model: setup.configuration.model,
		evidenceDirectory: setup.evidenceDirectory
	};
	return runStage("validation", {
		world: ports.world,
		target
	}, async (header) => {
		const document = await validate(request, ports, header);
		const { verdict, findings, fingerprint } = document;
		return {
			document,
			exitCode: verdict === "fail" && failOn !== "never" || verdict === "warn" && failOn === "warning" ? EXIT_CODE.failedVerdict : EXIT_CODE.passed,
			outputs: {
				verdict,
				findings: String(findings.length),
				fingerprint
			}
		};
	});
}
async function validate(request, ports, header) {
	const { world } = ports;
	const { setup, exam, workingDirectory } = request;
	const { configuration } = exam;
	const { files } = world;
	const contract = await findContract({
		files,
		exam,
		configFile: setup.configFile,
		given: request.contract,
		workingDirectory
	});
	const declared = await declareData({
		exam,
		workingDirectory,
		paths: request.data,
		files
	});
	const checked = [];
	const findings = [];
	let ruleCount = 0;
	const history = contract && await findHistory(request, {
		repository: ports.repository,
		context: world.context
	});
	for (const data of declared) {
		const rules = contract && readContract(contract, {
			dataset: data.name,
			model: configuration.model
		});
		if (rules) {
			if (checked.length === 0) findings.push(...uncheckedFindings(rules, data.name));
			ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
		}
		checked.push(await checkOne(data, {
			request,
			ports,
			contract: rules,
			declared,
			history
		}));
	}
	findings.push(...checked.flatMap((data) => data.findings));
	findings.push(...checkDatasets(checked.map((data) => data.facts), configuration.data.target), ...sharedIds(checked, configuration.data.id));
	const verdict = verdictOf(findings);
	announce(findings, request, world);
	world.log.info(`data sets: ${checked.length}, findings: ${findings.length}, verdict: ${verdict}`);
	return {
		kind: "validation",
		schemaVersion: 1,
		model: configuration.model,
		task: configuration.task,
		...header,
		inputs: [...checked.flatMap((data) => data.inputs), ...contract ? [{
			role: "contract",
			path: contract.file,
			sha256: world.sha256(contract.text)
		}] : []],
		measured: {},
		verdict,
		fingerprint: world.sha256(JSON.stringify(checked.map(({ name, digest }) => [name, digest]))),
		datasets: checked.map((data) => data.profile),
		findings,
		...contract ? { contract: {
			path: contract.file,
			rules: ruleCount
		} } : {}
	};
}
async function checkOne(own, { request, ports, contract, declared, history }) {
	const { data: names } = request.exam.configuration;
	const { engine, world } = ports;
	await using data = await openDeclared(engine, own);
	const directory = request.exam.headDirectory;
	await using others = createOtherDataSets({
		engine,
		files: world.files,
		own,
		declared,
		directory,
		history
	});
	world.log.info(describeReading(data));
	return await checkDataSet({
		data,
		contract,
		others,
		now: world.now(),
		target: names.target,
		discretion: chooseDiscretion(names, request.dataTracked),
		labelsExpected: own.labelsExpected,
		idName: names.id
	});
}
function sharedIds(checked, idName) {
	const training = checked.find((data) => data.name === "training");
	const holdout = checked.find((data) => data.name === "holdout");
	if (idName === void 0 || !training?.ids || !holdout?.ids) return [];
	const known = training.ids;
	let shared = 0;
	for (const id of holdout.ids) if (known.has(id)) shared++;
	const counts = {
		shared,
		checked: holdout.facts.rowCount
	};
	const finding = sharedIdFinding([training.name, holdout.name], idName, counts);
	return finding ? [finding] : [];
}
function verdictOf(findings) {
	if (findings.some((finding) => finding.severity === "error")) return "fail";
	return findings.some((finding) => finding.severity === "warning") ? "warn" : "pass";
}
function announce(findings, request, world) {
	const { workingDirectory, setup } = request;
	const given = request.data.length > 0;
	announceFindings(findings, world.log, {
		dataDirectory: given ? workingDirectory : resolve(setup.baseDirectory),
		workingDirectory,
		tracked: request.dataTracked
	});
}

export { VALIDATION_FAIL_ON, chooseDiscretion, createOtherDataSets, hiddenColumns, holdToContract, runValidateData };