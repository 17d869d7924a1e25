import { describeShape } from "./core-onnx.js";
import { formatBytes, formatCount, formatQuantity, logLine } from "./core-comparison.js";

// src/core/report/inspection/text-lines.ts
const INDENTATION = "  ";
const BETWEEN_COLUMNS = "  ";
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const NARROW = /\ufe0f|\p{M}|\p{Cf}/gu;
function shownText(text, maximumLength = 60) {
	return logLine(text, maximumLength);
}
function heading(title) {
	return `\n${title}`;
}
function line(text) {
	return `${INDENTATION}${text}`;
}
function columns(rows) {
	const count = Math.max(0, ...rows.map((cells) => cells.length));
	const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((cells) => displayWidth(cells[column] ?? ""))));
	return rows.map((cells) => line(cells.map((cell, column) => pad(cell, widths[column])).join(BETWEEN_COLUMNS)).trimEnd());
}
function paragraph(mark, text, width = 100) {
	const lines = [];
	let current = "";
	for (const word of text.split(" ")) if (current !== "" && displayWidth(current) + displayWidth(word) + 1 > width) {
		lines.push(current);
		current = word;
	} else current = current === "" ? word : `${current} ${word}`;
	lines.push(current);
	const blank = " ".repeat(displayWidth(mark));
	return lines.map((part, index) => line(`${index === 0 ? mark : blank}${part}`));
}
function pad(text, width) {
	return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}
function displayWidth(text) {
	const seen = text.replace(NARROW, "");
	return [...seen].length + (seen.match(WIDE)?.length ?? 0);
}

// src/core/report/inspection/render-binding.ts
const MOST_FILES = 5;
const MOST_INPUTS = 200;
function renderBinding(binding) {
	const title = heading(`Fed from ${listFiles(binding.files)}`);
	if ("refusal" in binding) return [title, ...renderRefusal(binding.refusal)];
	const types = new Map(binding.columns.map(({ name, type }) => [name, type]));
	const typeOf = (name) => types.get(name) ?? "";
	const notes = binding.notes.flatMap((note) => paragraph("- ", shownText(note, 400)));
	const [only] = binding.inputs;
	return [
		title,
		...binding.inputs.length === 1 && only !== void 0 && only.columns.length > 1 ? renderMatrix(only, typeOf) : renderInputs$1(binding, typeOf),
		...notes
	];
}
function renderRefusal(refusal) {
	const [sentence = "", ...lists] = refusal.split("\n");
	const cells = lists.map((text) => text.slice(2).split(/ {3,}/));
	return [...paragraph("! ", shownText(sentence, 4e3)), ...columns(cells.map((row) => row.map((cell) => shownText(cell, 200))))];
}
function renderInputs$1({ by, inputs }, typeOf) {
	const cells = inputs.flatMap(({ input, type, columns: names }) => names.length === 0 ? [[
		shownText(input),
		type,
		"<- its default"
	]] : names.map((name, index) => [
		index === 0 ? shownText(input) : "",
		index === 0 ? type : "",
		`<- ${shownText(name)} (${typeOf(name)})`
	]));
	const shown = cells.slice(0, MOST_INPUTS);
	return [
		line(`inputs take their columns ${by}${by === "by position" ? ", since the names differ" : ""}`),
		...columns(shown),
		...more$1(cells.length - shown.length)
	];
}
function renderMatrix({ input, type, columns: names }, typeOf) {
	const shown = names.slice(0, MOST_INPUTS);
	return [
		line(`${shownText(input)} takes one matrix of ${type}, made of ${formatCount(names.length)} columns in this order`),
		...columns(shown.map((name, index) => [
			String(index + 1),
			shownText(name),
			typeOf(name)
		])),
		...more$1(names.length - shown.length)
	];
}
function listFiles(files) {
	const shown = files.slice(0, MOST_FILES).map((file) => shownText(file, 200));
	const left = files.length - shown.length;
	return `${shown.join(", ")}${left > 0 ? ` and ${formatCount(left)} more files` : ""}`;
}
function more$1(count) {
	return count > 0 ? [line(`and ${formatCount(count)} more`)] : [];
}

// src/core/report/inspection/render-difference.ts
const MOST_CHANGES = 200;
function renderDifference({ file, changes }) {
	const breaking = changes.filter((change) => change.breaking);
	const sorted = [...breaking, ...changes.filter((change) => !change.breaking)];
	const shown = sorted.slice(0, MOST_CHANGES);
	const title = heading(`Changes since ${shownText(file, 200)}`);
	if (sorted.length === 0) return [title, line("none: both have the same contract")];
	const verdict = breaking.length === 0 ? "nothing breaks for those who call the model" : `${formatQuantity(breaking.length, "change")} of ${formatCount(sorted.length)} ${breaking.length === 1 ? "breaks" : "break"} those who call the model: a major version`;
	return [
		title,
		line(verdict),
		...columns(shown.map((change) => [change.breaking ? "BREAKING" : "compatible", shownText(change.change, 600)])),
		...sorted.length > shown.length ? [line(`and ${formatCount(sorted.length - shown.length)} more`)] : []
	];
}

// src/core/report/inspection/render-inspection.ts
const MOST_VALUES = 200;
const MOST_OPERATORS = 60;
const MOST_CLASSES = 20;
const MOST_METADATA = 30;
const MOST_EXTERNAL = 30;
function renderInspection(inspection) {
	return `${[
		renderFacts(inspection),
		renderInputs(inspection.contract.inputs),
		renderOutputs(inspection),
		renderOperators(inspection),
		renderExternal(inspection),
		renderMetadata(inspection),
		renderWarnings(inspection),
		...inspection.binding ? [renderBinding(inspection.binding)] : [],
		...inspection.against ? [renderDifference(inspection.against)] : []
	].flat().join("\n")}\n`;
}
function renderFacts({ file, bytes, digest, modelDigest, contract, loading }) {
	const { producer, operatorSets } = contract;
	const producerText = [producer.name, producer.version].filter((part) => part !== "").join(" ");
	const beside = contract.bytes - bytes;
	const opsets = operatorSets.map(({ domain, version }) => `${shownText(domain)} ${version}`);
	return [shownText(file, 300), ...columns([
		["size", `${bytesText(bytes)}${beside > 0 ? ` and ${bytesText(beside)} beside it` : ""}`],
		["sha256", digest],
		...modelDigest === void 0 ? [] : [["with weights", modelDigest]],
		["producer", producerText === "" ? "not named" : shownText(producerText, 100)],
		["opsets", opsets.length === 0 ? "none" : cut(opsets, 20).join(", ")],
		["IR version", String(contract.irVersion)],
		["parameters", formatCount(contract.parameterCount)],
		["loads", loadingText(loading)]
	])];
}
function loadingText(loading) {
	switch (loading.outcome) {
		case "loaded": return `yes, in ONNX Runtime ${shownText(loading.runtime)}`;
		case "refused": return `no, ONNX Runtime ${shownText(loading.runtime)} refuses it: ${shownText(loading.reason, 400)}`;
		case "failed": return `no: ${shownText(loading.reason, 400)}`;
		case "not-tried": return `not tried: ${shownText(loading.reason, 400)}`;
	}
}
function renderInputs(inputs) {
	return [heading(`Inputs (${formatCount(inputs.length)})`), ...renderValues(inputs, (input) => input.required ? "" : "optional: has a value in the model")];
}
function renderOutputs({ contract, outputs: reading }) {
	const { outputs, classes } = contract;
	const note = ({ name }) => {
		if (reading === void 0 || "refusal" in reading) return "";
		if (reading.values.includes(name)) return `read as ${reading.as}`;
		return name === reading.labels ? "read as the model's own decisions" : "";
	};
	return [
		heading(`Outputs (${formatCount(outputs.length)})`),
		...renderValues(outputs, note),
		...classes === void 0 ? [] : [line(`classes: ${listText(classes, MOST_CLASSES)}`)],
		...reading !== void 0 && "refusal" in reading ? paragraph("! ", `no answer for ${reading.task}: ${shownText(reading.refusal, 600)}`) : []
	];
}
function renderValues(values, note) {
	if (values.length === 0) return [line("none")];
	const rows = values.slice(0, MOST_VALUES).map((value) => [
		shownText(value.name),
		shownText(value.type, 80),
		isTensor(value) ? shownText(describeShape(value.shape), 80) : "",
		note(value)
	]);
	return [...columns(rows), ...more(values.length - rows.length)];
}
function isTensor({ shape, type }) {
	return shape !== null || !/ /.test(type);
}
function renderOperators({ contract: { operators } }) {
	const total = operators.reduce((sum, { count }) => sum + count, 0);
	const shown = [...operators].sort((left, right) => right.count - left.count).slice(0, MOST_OPERATORS).map(({ domain, name, count, own }) => [
		shownText(name),
		shownText(domain),
		formatCount(count),
		own ? "defined in this model" : ""
	]);
	return [
		heading(`Operators (${formatCount(operators.length)} in ${formatQuantity(total, "node")})`),
		...shown.length === 0 ? [line("none")] : columns(shown),
		...more(operators.length - shown.length)
	];
}
function renderExternal({ externalFiles, contract }) {
	if (externalFiles.length === 0) return [];
	const tensors = new Map(contract.externalData.map((data) => [data.location, data.tensors]));
	const rows = externalFiles.slice(0, MOST_EXTERNAL).map(({ location, state, bytes }) => {
		const where = state === "outside" ? "outside of the folder of the model" : state;
		return [
			shownText(location),
			`${formatQuantity(tensors.get(location) ?? 0, "tensor")}`,
			bytes === void 0 ? where : bytesText(bytes)
		];
	});
	return [
		heading(`Weights in files beside it (${formatCount(externalFiles.length)})`),
		...columns(rows),
		...more(externalFiles.length - rows.length)
	];
}
function renderMetadata({ contract: { metadata } }) {
	const entries = Object.entries(metadata);
	if (entries.length === 0) return [];
	const rows = entries.slice(0, MOST_METADATA).map(([key, value]) => [shownText(key), shownText(value, 160)]);
	return [
		heading(`Metadata (${formatCount(entries.length)}, the model's own words)`),
		...columns(rows),
		...more(entries.length - rows.length)
	];
}
function renderWarnings({ warnings }) {
	if (warnings.length === 0) return [];
	const shown = warnings.slice(0, MOST_VALUES);
	return [
		heading(`Warnings (${formatCount(warnings.length)})`),
		...shown.flatMap(({ message }) => paragraph("! ", shownText(message, 1e3))),
		...more(warnings.length - shown.length)
	];
}
function listText(names, most) {
	return cut(names.map((name) => shownText(name) || "(empty)"), most).join(", ");
}
function cut(names, most) {
	return names.length <= most ? [...names] : [...names.slice(0, most), `and ${formatCount(names.length - most)} more`];
}
function more(count) {
	return count > 0 ? [line(`and ${formatCount(count)} more`)] : [];
}
function bytesText(bytes) {
	return formatBytes(bytes).replaceAll("\xA0", " ");
}

export { columns, heading, line, paragraph, renderInspection, shownText };