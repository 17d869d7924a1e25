import { EXIT_CODE, InputError, OutsideError, exitCodeOf } from "./core.js";
import { explainOutputs, findWarnings } from "./core-inspection.js";
import { diffContracts } from "./core-onnx.js";
import { describeBinding, describeModel, planInputs } from "./core-scoring.js";
import { identifyListed } from "./stages.js";
import { chooseModelColumns, openRole, readFeatures } from "./stages-data.js";
import { resolve } from "node:path";

// src/stages/inspection/bind-to-data.ts
async function bindToData({ description, data, name, ports }) {
	const { configuration, directory } = data;
	const features = await readFeatures(ports.files, configuration, directory);
	await using opened = await openRole(await ports.engine(), {
		role: "holdout",
		configuration,
		directory,
		windows: void 0,
		...features ? { features } : {}
	});
	const seen = {
		files: opened.files.map(({ path }) => path),
		columns: opened.columns
	};
	try {
		return {
			...seen,
			...bindColumns(description, {
				opened,
				configuration,
				name
			})
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			...seen,
			refusal: error.message
		};
	}
}
function bindColumns(description, given) {
	const { configuration, opened, name } = given;
	const { target } = configuration.data;
	const wanted = description.signature.inputs.map((input) => input.name);
	const binding = planInputs(description, {
		columns: chooseModelColumns(configuration, opened.columns, wanted),
		model: name,
		...target === void 0 ? {} : { target }
	});
	return {
		...describeBinding({
			binding,
			zipMaps: []
		}),
		inputs: binding.inputs.map(({ input, type, columns }) => {
			return {
				input,
				type,
				columns: columns.map((column) => column.name)
			};
		})
	};
}

// src/stages/inspection/inspect-model.ts
async function inspectModel(request, ports) {
	const { file, task } = request;
	const { model, contract, externalFiles } = await readGiven(file, ports);
	const description = describe(model, file);
	const { sha256: digest, bytes } = await ports.files.digest(file);
	const against = await compareWith(request.against, contract, ports);
	const loading = await attemptLoading(file, ports);
	const binding = request.data && await attemptBinding(description, request.data, request, ports);
	const inspection = {
		kind: "inspection",
		schemaVersion: 1,
		file,
		bytes,
		digest,
		...await digestOfWhole(digest, externalFiles, request, ports),
		contract,
		externalFiles,
		...task === void 0 ? {} : { outputs: explain(description, task, file) },
		warnings: findWarnings({
			model,
			contract,
			externalFiles
		}),
		loading: loading.value,
		...binding ? { binding: binding.value } : {},
		...against ? { against } : {}
	};
	const failures = [loading.failure, ...binding ? [binding.failure] : []].filter((failure) => failure !== void 0);
	return {
		inspection,
		problems: failures.map(({ problem }) => problem),
		exitCode: failures.reduce((worst, { exitCode }) => exitCode > worst ? exitCode : worst, EXIT_CODE.passed)
	};
}
async function digestOfWhole(digest, externalFiles, { file }, { files, sha256 }) {
	if (externalFiles.length === 0 || externalFiles.some(({ state }) => state !== "present")) return {};
	const names = externalFiles.map(({ location }) => location);
	const { digest: modelDigest } = await identifyListed(file, names, {
		files,
		sha256
	});
	return modelDigest === digest ? {} : { modelDigest };
}
function describe(model, name) {
	try {
		return describeModel(model, name);
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
}
function explain(description, task, name) {
	if (description instanceof InputError) return {
		task,
		refusal: description.message
	};
	return explainOutputs(description, task, name);
}
async function readGiven(file, { files, models }) {
	if (!await files.exists(file)) throw new InputError(`${file} does not exist; name a model file (.onnx)`, { location: { file } });
	return await models.read({
		path: resolve(file),
		name: file
	});
}
async function compareWith(file, contract, ports) {
	if (file === void 0) return void 0;
	const before = await readGiven(file, ports);
	const { sha256: digest } = await ports.files.digest(file);
	return {
		file,
		digest,
		changes: diffContracts(before.contract, contract)
	};
}
async function attemptLoading(file, ports) {
	let scorer;
	try {
		scorer = await ports.scorer();
	} catch (error) {
		if (!isOurs(error)) throw error;
		return {
			value: {
				outcome: "not-tried",
				reason: error.message
			},
			failure: void 0
		};
	}
	try {
		const { runtime, refusal } = await scorer.tryLoad({
			path: resolve(file),
			name: file
		});
		if (refusal === void 0) return {
			value: {
				outcome: "loaded",
				runtime
			},
			failure: void 0
		};
		const failure = {
			problem: `${file} cannot be loaded: ${refusal}`,
			exitCode: EXIT_CODE.inputError
		};
		return {
			value: {
				outcome: "refused",
				runtime,
				reason: refusal
			},
			failure
		};
	} catch (error) {
		if (!isOurs(error)) throw error;
		const failure = {
			problem: error.message,
			exitCode: exitCodeOf(error)
		};
		return {
			value: {
				outcome: "failed",
				reason: error.message
			},
			failure
		};
	}
}
async function attemptBinding(description, data, { file }, ports) {
	try {
		if (description instanceof InputError) throw description;
		const value = await bindToData({
			description,
			data,
			name: file,
			ports
		});
		return {
			value,
			failure: "refusal" in value ? {
				problem: value.refusal,
				exitCode: EXIT_CODE.inputError
			} : void 0
		};
	} catch (error) {
		if (!isOurs(error)) throw error;
		const files = data.configuration.data.holdout?.paths ?? [];
		const failure = {
			problem: error.message,
			exitCode: exitCodeOf(error)
		};
		return {
			value: {
				files,
				columns: [],
				refusal: error.message
			},
			failure
		};
	}
}
function isOurs(error) {
	return error instanceof InputError || error instanceof OutsideError;
}

export { inspectModel };