import { array, number, object, safeParse, string } from "./vendor-valibot.js";
import { describeMetric, formatDifference, formatPercent, formatQuantity, isBelowZero, makeVisible, reachFrom, reachWithin } from "./core-comparison.js";
import { reachOf } from "./core-report-html.js";

// src/core/report/pictures/curves.ts
const MOST_POINTS = 100;
const CORNERS = [
	"bottom-right",
	"bottom-left",
	"top-right",
	"top-left"
];
const KEY = {
	width: .62,
	height: .24
};
function buildCurvePictures(comparison) {
	const { curves } = comparison;
	return [
		buildPicture(comparison, curves?.roc, {
			kind: "roc",
			metric: ["roc_auc", "AUC"],
			title: "ROC",
			across: "false positive rate",
			up: "recall",
			diagonal: true,
			tell: (points) => `${formatPercent(reachWithin(points, .05))} recall at 5 % false positives`
		}),
		buildPicture(comparison, curves?.precisionRecall, {
			kind: "precision-recall",
			metric: ["average_precision", "AP"],
			title: "Precision-recall",
			across: "recall",
			up: "precision",
			diagonal: false,
			tell: (points) => `${formatPercent(reachFrom(points, .5))} precision at 50 % recall`
		}),
		buildPicture(comparison, curves?.calibration, {
			kind: "calibration",
			metric: ["expected_calibration_error", "ECE"],
			title: "Calibration",
			across: "predicted share",
			up: "observed share",
			diagonal: true,
			tell: (points) => {
				const [predicted, observed] = points.at(-1) ?? [0, 0];
				return `of the highest scores ${formatPercent(observed)} came true where ${formatPercent(predicted)} were predicted`;
			}
		})
	].filter((picture) => picture !== void 0);
}
function buildPicture(comparison, pair, words) {
	if (pair === void 0 || pair.challenger.length === 0) return void 0;
	const { kind, metric, tell, ...chart } = words;
	const measured = comparison.metrics.find(({ name }) => name === metric[0]);
	const numbers = measured && describeMetric(measured);
	const lines = ["champion", "challenger"].flatMap((name) => {
		const points = pair[name];
		if (points === void 0 || points.length === 0) return [];
		const number = numbers?.[name] ?? "–";
		return [{
			name,
			label: number === "–" ? name : `${name}, ${metric[1]} ${number}`,
			points: thin(points)
		}];
	});
	const isCalibration = kind === "calibration";
	const limit = isCalibration ? roundLimit(lines) : 1;
	const told = lines.map(({ name, points }) => `${name} ${tell(points)}`);
	return {
		kind,
		chart: {
			type: "curves",
			...chart,
			limit,
			dots: isCalibration,
			lines,
			key: chooseCorner(lines, limit)
		},
		alternative: `${words.title} curve: ${told.join("; ")}`
	};
}
function thin(points) {
	if (points.length <= MOST_POINTS) return points;
	const step = (points.length - 1) / 99;
	return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.round(index * step)]);
}
function roundLimit(lines) {
	const largest = Math.max(...lines.flatMap(({ points }) => points.flat()));
	return [
		.001,
		.002,
		.005,
		.01,
		.02,
		.05,
		.1,
		.2,
		.5
	].find((limit) => largest <= limit) ?? 1;
}
function chooseCorner(lines, limit) {
	const points = lines.flatMap((line) => fillGaps(line.points));
	return CORNERS.map((corner) => ({
		corner,
		count: points.filter(([x, y]) => covers(corner, x / limit, y / limit)).length
	})).reduce((best, one) => one.count < best.count ? one : best).corner;
}
function covers(corner, x, y) {
	const across = corner.endsWith("left") ? x : 1 - x;
	const up = corner.startsWith("bottom") ? y : 1 - y;
	return across <= KEY.width && up <= KEY.height;
}
function fillGaps(points) {
	return points.flatMap((point, index) => {
		const next = points[index + 1];
		if (next === void 0) return [point];
		return Array.from({ length: 10 }, (_, step) => {
			const share = step / 10;
			return [point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share];
		});
	});
}

// src/core/report/pictures/forest.ts
const MOST_METRICS = 12;
const MOST_SLICES = 15;
const MOST_TOLD = 6;
const LONGEST_LABEL = 26;
function buildMetricForest(comparison) {
	const { metrics, primary } = comparison;
	const sorted = [...metrics.filter((metric) => isDrawn(metric) && !metric.name.startsWith("latency_"))].sort((left, right) => Number(right.name === primary) - Number(left.name === primary));
	const rows = sorted.slice(0, MOST_METRICS).flatMap((metric) => buildRow(metric, metric.name, reachOf([metric])) ?? []);
	if (rows.length === 0) return void 0;
	return {
		kind: "metrics",
		chart: {
			type: "forest",
			subject: "metric",
			rows
		},
		alternative: `Gains of the challenger: ${tell(sorted, ({ name }) => name)}`
	};
}
function buildSliceForest(comparison) {
	const sorted = [...comparison.slices.filter((slice) => isDrawn(slice) && !slice.name.startsWith("latency_"))].sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
	const shown = sorted.slice(0, MOST_SLICES);
	const names = [...new Set(shown.map(({ name }) => name))];
	const reaches = new Map(names.map((name) => [name, reachOf(shown.filter((one) => one.name === name))]));
	const labelOf = ({ slice, name }) => names.length > 1 ? `${slice} · ${name}` : slice;
	const rows = shown.flatMap((slice) => buildRow(slice, labelOf(slice), reaches.get(slice.name) ?? 0) ?? []);
	const [first] = shown;
	if (first === void 0 || rows.length < 2) return void 0;
	const reach = reaches.get(first.name) ?? 0;
	const { style } = describeMetric(first);
	const ends = [formatDifference(-reach, style), formatDifference(reach, style)];
	return {
		kind: "slices",
		chart: {
			type: "forest",
			subject: "slice",
			rows,
			...names.length === 1 ? { ends } : {}
		},
		alternative: `Gains by slice, the largest loss first: ${tell(sorted, labelOf)}`
	};
}
function isDrawn({ difference }) {
	const { interval } = difference ?? {};
	return interval !== void 0 && interval[0] !== interval[1];
}
function buildRow(metric, name, reach) {
	const { difference, margin } = metric;
	if (difference === void 0 || !(reach > 0)) return void 0;
	const { gain, mark } = describeMetric(metric);
	const share = (value) => Math.min(1, Math.max(-1, value / reach));
	return {
		label: shorten(makeVisible(name)),
		gain: `${mark.glyph} ${gain}`.trim(),
		tone: toneOf(metric),
		value: share(difference.value),
		interval: difference.interval && [share(difference.interval[0]), share(difference.interval[1])],
		margin: margin === void 0 || margin > reach ? void 0 : share(margin)
	};
}
function toneOf(metric) {
	if (metric.verdict === "better") return "good";
	if (metric.verdict === "worse" || isBelowZero(metric)) return "bad";
	return metric.verdict === "inconclusive" ? "unsure" : "neutral";
}
function shorten(label) {
	const characters = [...label];
	if (characters.length <= LONGEST_LABEL) return label === "" ? "(empty)" : label;
	return `${characters.slice(0, 13).join("").trimEnd()}…${characters.slice(-12).join("").trimStart()}`;
}
function tell(metrics, nameOf) {
	const told = metrics.slice(0, MOST_TOLD).map((metric) => {
		const { gain, interval, mark } = describeMetric(metric);
		const numbers = interval === void 0 ? gain : `${gain} ${interval}`;
		return `${makeVisible(nameOf(metric), 60)} ${mark.words} ${numbers}`.replace("  ", " ");
	});
	const more = metrics.length - told.length;
	return `${told.join("; ")}${more > 0 ? `; and ${formatQuantity(more, "other")}` : ""}`;
}

// src/core/report/pictures/build-pictures.ts
function buildPictures(comparison) {
	return [...[buildMetricForest(comparison), buildSliceForest(comparison)].filter((picture) => picture !== void 0), ...buildCurvePictures(comparison)];
}

// src/core/report/pictures/picture-index.ts
const PICTURE_INDEX = "pictures.json";
const reportSchema = object({
	pullRequest: number(),
	key: string(),
	files: array(string())
});
const indexSchema = object({ reports: array(reportSchema) });
const KEPT_REPORTS = 50;
function parsePictureIndex(text) {
	try {
		const parsed = safeParse(indexSchema, JSON.parse(text ?? ""));
		return parsed.success ? parsed.output.reports : [];
	} catch {
		return [];
	}
}
function renderPictureIndex(reports) {
	return `{\n  "reports": [\n${reports.map((report) => `    ${JSON.stringify(report)}`).join(",\n")}\n  ]\n}\n`;
}
function hasReport(reports, report) {
	return reports.some((one) => isSame(one, report));
}
function addReport(reports, report, isOpen) {
	const all = [...reports.filter((one) => !isSame(one, report)), report];
	const newest = new Map(all.map((one) => [`${one.pullRequest} ${one.key}`, one]));
	const isNewest = (one) => newest.get(`${one.pullRequest} ${one.key}`) === one;
	return all.filter((one, index) => index >= all.length - 50 || isNewest(one) && isOpen(one.pullRequest));
}
function isSame(left, right) {
	return left.pullRequest === right.pullRequest && left.key === right.key && left.files.length === right.files.length && left.files.every((file, index) => file === right.files[index]);
}

// src/core/report/pictures/chart.ts
const THEMES = ["light", "dark"];

export { PICTURE_INDEX, THEMES, addReport, buildPictures, hasReport, parsePictureIndex, renderPictureIndex };