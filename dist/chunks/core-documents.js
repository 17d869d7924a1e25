import { array, boolean, check, finite, getDotPath, integer, isoTimestamp, literal, maxLength, metadata, minValue, null_, number, object, optional, picklist, pipe, record, regex, safeParse, string, tuple, union } from "./vendor-valibot.js";
import { InputError } from "./core.js";
import { TASKS } from "./core-configuration.js";

// src/core/documents/common.ts
const DOCUMENT_KINDS = [
	"validation",
	"training",
	"comparison",
	"drift",
	"release"
];
const finiteNumber = pipe(number(), finite());
const count = pipe(number(), integer(), minValue(0));
const sha256 = pipe(string(), regex(/^[0-9a-f]{64}$/, "a SHA-256 in hex"));
const modelName = pipe(string(), regex(/^[a-z0-9][a-z0-9-]*$/), maxLength(100));
const evidencePath = pipe(string(), check((path) => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes(".."), "a path inside the evidence folder"));
const STORABLE_NAME = /^[A-Za-z0-9_+@-]+(\.[A-Za-z0-9_+@-]+)*$/;
const weightsFileSchema = object({
	name: pipe(string(), regex(STORABLE_NAME, "a file name that a release keeps")),
	sha256,
	bytes: count
});
const intervalSchema = pipe(tuple([finiteNumber, finiteNumber]), metadata({ description: "lower and upper end of a two-sided interval" }));
const estimateSchema = object({
	value: finiteNumber,
	interval: optional(intervalSchema)
});
const inputSchema = object({
	role: optional(string()),
	path: string(),
	sha256: optional(sha256),
	bytes: optional(count),
	rows: optional(count),
	rowsRead: optional(count),
	rejectedRows: optional(count),
	encoding: optional(string()),
	rowsDigest: optional(string()),
	uses: optional(count)
});
const sourceSchema = object({
	repository: optional(string()),
	headCommit: optional(string()),
	mergeCommit: optional(string()),
	baseCommit: optional(string()),
	run: optional(string()),
	attempt: optional(string())
});
const measuredSchema = object({
	createdAt: optional(pipe(string(), isoTimestamp())),
	seconds: optional(finiteNumber),
	peakMemoryBytes: optional(finiteNumber)
});
const documentErrorSchema = object({
	code: picklist([
		"input",
		"data-unavailable",
		"outside",
		"bug"
	]),
	message: string(),
	file: optional(string()),
	line: optional(count)
});
function commonEntries(kind) {
	return {
		kind: literal(kind),
		schemaVersion: literal(1),
		model: modelName,
		task: optional(picklist(TASKS)),
		tool: object({
			name: string(),
			version: string()
		}),
		source: sourceSchema,
		inputs: array(inputSchema),
		measured: measuredSchema
	};
}
function failedDocumentSchema(kind) {
	return object({
		...commonEntries(kind),
		verdict: literal("error"),
		error: documentErrorSchema
	});
}

// src/core/documents/comparison-details.ts
const modelLatencySchema = object({
	median: finiteNumber,
	p95: finiteNumber,
	rowsPerSecond: finiteNumber
});
const latencySchema = object({
	unit: literal("ms"),
	batchRows: count,
	runs: count,
	champion: optional(modelLatencySchema),
	challenger: modelLatencySchema,
	ratio: optional(object({
		value: finiteNumber,
		interval: optional(intervalSchema),
		confidence: finiteNumber,
		method: string()
	}))
});
const flippedRowSchema = object({
	idHash: pipe(string(), regex(/^[0-9a-f]{16}$/, "sixteen hexadecimal digits")),
	score: finiteNumber
});
const flipCounts = {
	newlyRight: count,
	newlyWrong: count
};
const flipsSchema = object({
	threshold: optional(finiteNumber),
	...flipCounts,
	slices: optional(array(object({
		slice: string(),
		rows: count,
		...flipCounts
	}))),
	examples: optional(object({
		newlyRight: array(flippedRowSchema),
		newlyWrong: array(flippedRowSchema)
	}))
});
const modelCalibrationSchema = object({
	expectedError: optional(finiteNumber),
	squaredError: optional(finiteNumber),
	spiegelhalter: optional(object({
		z: finiteNumber,
		pValue: optional(finiteNumber)
	})),
	clippedRows: optional(count),
	notes: array(string())
});
const calibrationSchema = object({
	bins: count,
	champion: optional(modelCalibrationSchema),
	challenger: modelCalibrationSchema
});

// src/core/documents/overlap.ts
const overlapCheckSchema = object({
	by: picklist(["id", "values"]),
	rows: count,
	expected: finiteNumber,
	suspicious: boolean()
});
const overlapSchema = union([object({ notChecked: string() }), object({
	labelledRows: count,
	checks: array(overlapCheckSchema)
})]);
const overlapsSchema = object({
	challenger: overlapSchema,
	champion: optional(overlapSchema)
});

// src/core/documents/thresholds.ts
const thresholdPointSchema = object({
	threshold: finiteNumber,
	truePositives: count,
	falsePositives: count,
	cost: optional(finiteNumber)
});
const thresholdsSchema = object({
	inUse: optional(finiteNumber),
	champion: optional(array(thresholdPointSchema)),
	challenger: array(thresholdPointSchema)
});

// src/core/documents/training.ts
const windowSchema = object({
	from: optional(string()),
	to: optional(string())
});
const windowsSchema = object({
	training: windowSchema,
	holdout: windowSchema
});
const tensorSignatureSchema = object({
	name: string(),
	type: string(),
	shape: array(union([
		number(),
		string(),
		null_()
	]))
});
const signatureSchema = object({
	inputs: array(tensorSignatureSchema),
	outputs: array(tensorSignatureSchema)
});
const parameterSchema = union([
	number(),
	string(),
	boolean()
]);
const completedTrainingSchema = object({
	...commonEntries("training"),
	verdict: picklist(["trained", "cached"]),
	learner: optional(string()),
	command: optional(string()),
	parameters: record(string(), parameterSchema),
	seed: count,
	digest: sha256,
	path: evidencePath,
	bytes: count,
	files: optional(array(weightsFileSchema)),
	rows: count,
	metrics: record(string(), finiteNumber),
	importance: optional(array(object({
		column: string(),
		share: finiteNumber
	}))),
	environment: record(string(), string()),
	data: string(),
	windows: optional(windowsSchema),
	recipe: string(),
	signature: optional(signatureSchema),
	featureColumns: array(object({
		name: string(),
		type: string()
	})),
	features: optional(evidencePath),
	fingerprint: optional(object({
		path: evidencePath,
		sha256
	}))
});
const trainingSchema = union([completedTrainingSchema, failedDocumentSchema("training")]);

// src/core/documents/comparison.ts
const COMPARISON_VERDICTS = [
	"better",
	"equivalent",
	"not-worse",
	"worse",
	"inconclusive",
	"no-champion",
	"unchanged"
];
const METRIC_VERDICTS = [
	"better",
	"equivalent",
	"not-worse",
	"worse",
	"inconclusive"
];
const differenceSchema = object({
	value: finiteNumber,
	interval: optional(intervalSchema),
	pValue: optional(finiteNumber),
	method: string()
});
const metricEntries = {
	name: string(),
	direction: picklist(["higher", "lower"]),
	champion: optional(estimateSchema),
	challenger: optional(estimateSchema),
	difference: optional(differenceSchema),
	verdict: optional(picklist(METRIC_VERDICTS)),
	margin: optional(finiteNumber),
	noInformation: optional(finiteNumber),
	note: optional(string()),
	detectable: optional(finiteNumber)
};
const metricComparisonSchema = object(metricEntries);
const gateSchema = object({
	description: string(),
	metric: string(),
	role: picklist([
		"primary",
		"guardrail",
		"gate",
		"baseline"
	]),
	outcome: picklist([
		"pass",
		"fail",
		"inconclusive"
	]),
	reason: string(),
	rowsNeeded: optional(count),
	rowsUnit: optional(picklist(["rows", "groups"]))
});
const sliceSchema = object({
	slice: string(),
	rows: count,
	positives: optional(count),
	...metricEntries,
	falseDiscoveryRate: optional(finiteNumber)
});
const point = tuple([finiteNumber, finiteNumber]);
const pairOfCurves = object({
	champion: optional(array(point)),
	challenger: array(point)
});
const modelScoresSchema = object({
	by: picklist([
		"table",
		"command",
		"release"
	]),
	path: evidencePath,
	sha256
});
const bindingSchema = object({
	by: string(),
	notes: array(string())
});
const refusedRowsSchema = object({
	rows: count,
	reasons: array(string()),
	first: array(string())
});
const judgedModelSchema = object({
	digest: sha256,
	bytes: count,
	version: optional(string()),
	origin: string(),
	featureColumns: optional(array(string())),
	path: optional(evidencePath),
	scores: optional(modelScoresSchema),
	binding: optional(bindingSchema),
	refused: optional(refusedRowsSchema)
});
const examChangeSchema = object({
	what: string(),
	before: optional(string()),
	after: optional(string())
});
const completedComparisonSchema = object({
	...commonEntries("comparison"),
	measured: object({
		...measuredSchema.entries,
		latency: optional(latencySchema)
	}),
	verdict: picklist(COMPARISON_VERDICTS),
	promote: boolean(),
	selfReported: optional(literal(true)),
	primary: string(),
	proposedVersion: optional(string()),
	champion: optional(judgedModelSchema),
	challenger: judgedModelSchema,
	exam: object({
		commit: optional(string()),
		changed: array(examChangeSchema),
		coversData: optional(boolean()),
		fetchRunsChange: optional(boolean()),
		proposed: optional(object({
			verdict: string(),
			note: string()
		}))
	}),
	accepted: optional(object({
		by: string(),
		reason: string(),
		digest: sha256
	})),
	confidence: finiteNumber,
	metrics: array(metricComparisonSchema),
	gates: array(gateSchema),
	slices: array(sliceSchema),
	flips: optional(flipsSchema),
	calibration: optional(calibrationSchema),
	curves: optional(object({
		roc: optional(pairOfCurves),
		precisionRecall: optional(pairOfCurves),
		calibration: optional(pairOfCurves),
		thresholds: optional(thresholdsSchema)
	})),
	modelContract: optional(object({ changes: array(object({
		change: string(),
		breaking: boolean()
	})) })),
	size: optional(object({
		champion: optional(count),
		challenger: count
	})),
	holdout: object({
		rows: count,
		positives: optional(count),
		groups: optional(count),
		groupsWithPositives: optional(count),
		digest: string(),
		refusedRows: optional(count),
		unlabelledRows: optional(count),
		repeatedIds: optional(count),
		uses: optional(count),
		use: optional(count),
		leakage: optional(count),
		overlap: optional(overlapsSchema)
	}),
	windows: optional(windowsSchema),
	trainingData: optional(string()),
	importance: optional(array(object({
		column: string(),
		share: finiteNumber
	}))),
	parametersChanged: optional(array(examChangeSchema))
});
const comparisonSchema = union([completedComparisonSchema, failedDocumentSchema("comparison")]);

// src/core/documents/drift.ts
const driftColumnSchema = object({
	name: string(),
	role: picklist([
		"feature",
		"target",
		"prediction"
	]),
	method: string(),
	statistic: optional(finiteNumber),
	pValue: optional(finiteNumber),
	adjustedPValue: optional(finiteNumber),
	effect: optional(object({
		name: string(),
		value: finiteNumber,
		interval: optional(intervalSchema),
		minimum: finiteNumber
	})),
	drifted: boolean(),
	note: optional(string())
});
const completedDriftSchema = object({
	...commonEntries("drift"),
	verdict: picklist([
		"stable",
		"drift",
		"insufficient-data",
		"no-data"
	]),
	recommendation: picklist([
		"none",
		"fix-data",
		"collect-labels",
		"retrain",
		"roll-back",
		"refactor"
	]),
	reason: string(),
	champion: optional(object({
		version: optional(string()),
		digest: string()
	})),
	reference: object({
		rows: count,
		description: string()
	}),
	current: object({
		rows: count,
		labelledRows: optional(count),
		from: optional(string()),
		to: optional(string())
	}),
	level: finiteNumber,
	columns: array(driftColumnSchema),
	performance: optional(object({
		kind: picklist(["realized", "estimated"]),
		metric: string(),
		reference: finiteNumber,
		current: finiteNumber,
		interval: intervalSchema,
		margin: optional(finiteNumber),
		degraded: boolean()
	})),
	leftOut: optional(string()),
	form: picklist([
		"sudden",
		"gradual",
		"incremental",
		"recurring",
		"unknown"
	])
});
const driftSchema = union([completedDriftSchema, failedDocumentSchema("drift")]);

// src/core/documents/manifest.ts
const metricValueSchema = object({
	value: finiteNumber,
	interval: optional(intervalSchema)
});
const manifestSchema = object({
	schemaVersion: literal(1),
	model: modelName,
	version: string(),
	task: picklist(TASKS),
	file: string(),
	digest: sha256,
	bytes: count,
	files: optional(array(weightsFileSchema)),
	signature: optional(signatureSchema),
	scores: optional(string()),
	featureColumns: array(object({
		name: string(),
		type: string()
	})),
	features: optional(string()),
	fingerprint: optional(string()),
	primary: string(),
	metrics: record(string(), metricValueSchema),
	parameters: record(string(), union([
		number(),
		string(),
		boolean()
	])),
	learner: optional(string()),
	command: optional(string()),
	seed: count,
	trainingData: string(),
	holdoutData: string(),
	windows: optional(windowsSchema),
	recipe: string(),
	previous: optional(string()),
	commit: optional(string()),
	run: optional(string()),
	verdict: string(),
	accepted: optional(object({
		by: string(),
		reason: string(),
		digest: sha256
	})),
	tool: object({
		name: string(),
		version: string()
	})
});
const lockSchema = object({
	schemaVersion: literal(1),
	model: modelName,
	version: string(),
	digest: sha256,
	champion: optional(object({
		version: string(),
		digest: sha256
	})),
	trainingData: string(),
	windows: windowsSchema,
	metrics: record(string(), metricValueSchema)
});

// src/core/documents/release.ts
const completedReleaseSchema = object({
	...commonEntries("release"),
	verdict: picklist([
		"published",
		"unchanged",
		"draft",
		"refused"
	]),
	version: optional(string()),
	tag: optional(string()),
	url: optional(string()),
	digest: optional(sha256),
	assets: array(object({
		name: string(),
		sha256,
		bytes: count
	})),
	reason: string()
});
const releaseSchema = union([completedReleaseSchema, failedDocumentSchema("release")]);

// src/core/documents/validation.ts
const columnProfileSchema = object({
	name: string(),
	type: picklist([
		"integer",
		"number",
		"boolean",
		"string",
		"date",
		"timestamp",
		"other"
	]),
	missing: count,
	distinct: count,
	minimum: optional(finiteNumber),
	maximum: optional(finiteNumber),
	mean: optional(finiteNumber),
	standardDeviation: optional(finiteNumber),
	quantiles: optional(record(string(), finiteNumber)),
	histogram: optional(array(object({
		from: finiteNumber,
		to: finiteNumber,
		count
	}))),
	parts: optional(object({
		borders: array(finiteNumber),
		counts: array(count)
	})),
	top: optional(array(object({
		value: string(),
		count
	})))
});
const askedRuleSchema = object({
	check: string(),
	column: optional(string()),
	name: optional(string()),
	line: count
});
const datasetProfileSchema = object({
	name: string(),
	rows: count,
	columns: array(columnProfileSchema),
	rules: optional(array(askedRuleSchema))
});
const contractEditSchema = object({
	file: string(),
	line: count,
	path: string(),
	before: string(),
	after: string()
});
const findingSchema = object({
	check: string(),
	severity: picklist([
		"error",
		"warning",
		"info"
	]),
	dataset: string(),
	column: optional(string()),
	message: string(),
	failing: optional(count),
	checked: optional(count),
	examples: array(object({
		file: string(),
		line: count,
		value: string()
	})),
	location: optional(object({
		file: string(),
		line: optional(count)
	})),
	edit: optional(contractEditSchema)
});
const completedValidationSchema = object({
	...commonEntries("validation"),
	verdict: picklist([
		"pass",
		"warn",
		"fail"
	]),
	fingerprint: string(),
	datasets: array(datasetProfileSchema),
	findings: array(findingSchema),
	contract: optional(object({
		path: string(),
		rules: count
	}))
});
const validationSchema = union([completedValidationSchema, failedDocumentSchema("validation")]);

// src/core/documents/documents.ts
const SCHEMAS = {
	validation: validationSchema,
	training: trainingSchema,
	comparison: comparisonSchema,
	drift: driftSchema,
	release: releaseSchema
};
const PUBLISHED_SCHEMAS = {
	...SCHEMAS,
	manifest: manifestSchema,
	lock: lockSchema
};
const MAX_DOCUMENT_CHARACTERS = 5e7;
function serializeDocument(document) {
	const checked = safeParse(SCHEMAS[document.kind], document);
	if (!checked.success) throw new Error(`the ${document.kind} document breaks its own schema: ${describeIssues(checked.issues)}`);
	return `${JSON.stringify(document, null, 2)}\n`;
}
function parseAnyDocument(text, file) {
	const value = parseJson(text, file);
	const kind = value?.kind;
	if (!DOCUMENT_KINDS.includes(kind)) throw new InputError(`${file} is no evidence document: its kind is ${JSON.stringify(kind) ?? "missing"}; known kinds are ${DOCUMENT_KINDS.join(", ")}`, { location: { file } });
	return checkDocument(value, kind, file);
}
function parseDocument(kind, text, options) {
	const document = parseAnyDocument(text, options.file);
	if (document.kind !== kind) throw new InputError(`${options.file} is a ${document.kind} document; a ${kind} document is needed`, { location: { file: options.file } });
	if (options.model !== void 0 && document.model !== options.model) throw new InputError(`${options.file} belongs to the model ${document.model}; the config names ${options.model}`, { location: { file: options.file } });
	return document;
}
function parseManifest(text, file) {
	return checkValue(manifestSchema, parseJson(text, file), file);
}
function checkLock(value, file) {
	return checkValue(lockSchema, value, file);
}
function buildFailedDocument(kind, model, header, error) {
	return {
		kind,
		schemaVersion: 1,
		model,
		...header,
		inputs: [],
		measured: {},
		verdict: "error",
		error
	};
}
function parseJson(text, file) {
	if (text.length > MAX_DOCUMENT_CHARACTERS) throw new InputError(`${file} has ${text.length} characters; an evidence document has at most ${MAX_DOCUMENT_CHARACTERS}`, { location: { file } });
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new InputError(`${file} is not JSON: ${cause.message}`, {
			location: { file },
			cause
		});
	}
}
function checkDocument(value, kind, file) {
	const version = value.schemaVersion;
	if (version !== 1) throw new InputError(`${file} has schemaVersion ${JSON.stringify(version) ?? "missing"}; this version of Contender reads 1`, { location: { file } });
	return checkValue(SCHEMAS[kind], value, file);
}
function checkValue(schema, value, file) {
	const checked = safeParse(schema, value);
	if (checked.success) return checked.output;
	throw new InputError(`${file}: ${describeIssues(checked.issues)}`, { location: { file } });
}
function describeIssues(issues) {
	return issues.flatMap(flattenIssue).sort((left, right) => depthOf(right) - depthOf(left)).slice(0, 3).map((issue) => `${getDotPath(issue) ?? "document"}: ${issue.message}`).join("; ");
}
function flattenIssue(issue) {
	return issue.issues ? issue.issues.flatMap(flattenIssue) : [issue];
}
function depthOf(issue) {
	return issue.path?.length ?? 0;
}

export { COMPARISON_VERDICTS, DOCUMENT_KINDS, STORABLE_NAME, buildFailedDocument, checkLock, count, finiteNumber, modelName, parseAnyDocument, parseDocument, parseManifest, serializeDocument, sha256 };