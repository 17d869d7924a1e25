import { applicableRules, checkDatasets, evaluateContract, parseContract, sharedIdFinding } from "./core-contract.js";
import { EXIT_CODE, InputError } from "./core.js";
import { runStage } from "./stages.js";
import { buildRequest, describeInputs } from "./stages-data.js";
import { dirname, join, relative, resolve } from "node:path";

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
		findings: contract === void 0 ? [] : await holdToContract(data, contract, discretion),
		inputs: describeInputs({
			data,
			role: data.name,
			rowsDigest
		}),
		...ids ? { ids } : {}
	};
}
async function holdToContract(data, contract, discretion) {
	const rules = applicableRules(contract, data.columns);
	const results = await data.check(rules.flatMap((rule) => rule.rowRule ? [rule.rowRule] : []));
	return evaluateContract(contract, {
		name: data.name,
		rowCount: data.rowCount,
		columns: data.columns,
		results,
		hidden: hiddenColumns(data.columns.map((column) => column.name), discretion)
	});
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
	for (const data of declared) {
		const rules = contract && readContract(contract, {
			dataset: data.name,
			model: configuration.model
		});
		if (rules) {
			if (checked.length === 0) tellUnchecked(rules.notChecked, world, rules.file);
			ruleCount = Math.max(ruleCount, rules.rules.length + rules.columns.length);
		}
		checked.push(await checkOne(data, {
			request,
			ports,
			contract: rules
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
async function checkOne(declared, { request, ports, contract }) {
	const { data: names } = request.exam.configuration;
	await using data = await openDeclared(ports.engine, declared);
	ports.world.log.info(`${data.name}: ${data.rowCount} rows, ${data.columns.length} columns`);
	return await checkDataSet({
		data,
		contract,
		discretion: chooseDiscretion(names, request.dataTracked),
		labelsExpected: declared.labelsExpected,
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
function tellUnchecked(rules, world, file) {
	if (rules.length === 0) return;
	const listed = rules.map(({ words, line }) => `${words} (line ${line})`).join(", ");
	world.log.info(`${file}: read but not checked: ${listed}`);
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

export { VALIDATION_FAIL_ON, chooseDiscretion, hiddenColumns, runValidateData };