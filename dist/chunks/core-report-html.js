import { DECISION_RATES, breakingFirst, buildHeadline, countOpenSlices, decide, describeCalibration, describeCell, describeChange, describeCoverage, describeFlips$1 as describeFlips, describeHoldoutUse, describeIdHash, describeLatency, describeLeakage, describeMerging, describeMetric, describeOveruse, describeRate, describeRowsNeeded, describeScores, describeScoring, describeSlices, describeThreshold, describeUnchanged, escapeHtml, findPrimary, flippedSlices, formatBytes, formatConfidence, formatCount, formatDuration, formatNumber, formatPValue, formatPercent, formatQuantity, headlineText, isPlainAddress, judge, makeVisible, placeOnPrecisionRecall, placeOnRoc, renderReproduction, startOf, validAcceptance, worstFirst } from "./core-comparison.js";
import { _taggedTemplateLiteral } from "./taggedTemplateLiteral.js";
import { BASE_STYLE, CHART_STYLE, CONTROL_STYLE, DATA_STYLE, SMALL_AND_PAPER_STYLE, TABLE_STYLE } from "./core-report-html-style.js";

// src/core/report/html/chart-scale.ts
const CHART_SIDE = 260;
const CHART_LEFT = 40;
const CHART_TOP = 10;
function acrossOf(value) {
	return 40 + bounded(value) * 260;
}
function upOf(value) {
	return 10 + (1 - bounded(value)) * 260;
}
function bounded(value) {
	return Math.min(1, Math.max(0, value));
}

// src/core/report/html/markup.ts
var _templateObject$1;
const MAX_TEXT = 500;
function html(strings, ...values) {
	return { markup: strings.map((text, index) => index < values.length ? text + contentOf(values[index]) : text).join("") };
}
function verbatim(text) {
	return { markup: text };
}
function dataBlock(name, value) {
	const text = JSON.stringify(value).replaceAll("<", "\\u003c");
	return html(_templateObject$1 || (_templateObject$1 = _taggedTemplateLiteral([
		"<script type=\"application/json\" data-block=\"",
		"\">",
		"<\/script>"
	])), name, verbatim(text));
}
function coordinate(value) {
	return String(Math.round(value * 100) / 100);
}
function contentOf(value) {
	if (value === void 0) return "";
	if (typeof value === "number") return String(value);
	if (typeof value === "string") return escapeHtml(makeVisible(value, MAX_TEXT));
	if (isList(value)) return value.map(contentOf).join("");
	return value.markup;
}
function isList(value) {
	return Array.isArray(value);
}

// src/core/report/html/curve-chart.ts
const TICKS = [
	0,
	.25,
	.5,
	.75,
	1
];
function renderCurveChart(pair, words) {
	const diagonal = words.diagonal ? html`<line class="limit" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>` : void 0;
	const curves = [{
		name: "champion",
		points: pair.champion ?? []
	}, {
		name: "challenger",
		points: pair.challenger
	}].filter(({ points }) => points.length > 0);
	const description = `${words.up} against ${words.across.toLowerCase()}: ${curves.map(({ name, points }) => `${name} ${describeCurve(points)}`).join("; ")}`;
	const read = words.name === void 0 ? void 0 : html` data-chart="${words.name}"`;
	return html`<figure${read}><figcaption>${words.title}</figcaption>
<svg class="chart" viewBox="0 0 ${312} ${306}" role="img" aria-label="${description}">
${TICKS.map(renderTick)}
${diagonal}
${curves.map(({ name, points }) => renderCurve(name, points, words.dots === true))}
${renderMark$1("champion", words.marks?.champion)}${renderMark$1("challenger", words.marks?.challenger)}
<text x="${40 + 260 / 2}" y="${306 - 4}" text-anchor="middle">${words.across}</text>
<text transform="translate(11 ${10 + 260 / 2}) rotate(-90)" text-anchor="middle">${words.up}</text>
</svg></figure>`;
}
function renderCurveKey(hasChampion, marks) {
	const sample = (model) => html`<span><svg width="28" height="12" aria-hidden="true"><line class="line ${model}" x1="1" x2="27" y1="6" y2="6"/></svg>${model}</span>`;
	const mark = html`<span><svg width="14" height="12" aria-hidden="true"><circle class="stop challenger" cx="7" cy="6" r="4.5"/></svg>at the threshold below</span>`;
	return html`<p class="key">${sample("challenger")}${hasChampion ? sample("champion") : void 0}${marks ? mark : void 0}</p>`;
}
function renderTick(value) {
	return html`<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(value)}" y2="${y(value)}"/><text x="${x(value)}" y="${10 + 260 + 15}" text-anchor="middle">${value}</text><text x="${40 - 6}" y="${coordinate(Number(y(value)) + 4)}" text-anchor="end">${value}</text>`;
}
function renderCurve(name, points, dots) {
	const path = points.map(([across, up]) => `${x(across)},${y(up)}`).join(" ");
	const circles = dots ? points.map(([across, up]) => html`<circle class="dot ${name}" cx="${x(across)}" cy="${y(up)}" r="3"/>`) : [];
	return html`<polyline class="line ${name}" points="${{ markup: path }}"/>${circles}`;
}
function describeCurve(points) {
	const middle = points[Math.floor(points.length / 2)];
	return `reaches ${formatPercent(middle[1])} at ${formatPercent(middle[0])}`;
}
function renderMark$1(name, point) {
	if (point === void 0) return void 0;
	return html`<circle class="stop ${name}" data-mark="${name}" cx="${x(point[0])}" cy="${y(point[1])}" r="5.5"/>`;
}
function x(value) {
	return coordinate(acrossOf(value));
}
function y(value) {
	return coordinate(upOf(value));
}

// src/core/report/html/calibration-section.ts
function renderCalibrationSection(comparison, id) {
	const curve = comparison.curves?.calibration;
	const text = describeCalibration(comparison);
	if (curve === void 0 && text === void 0) return void 0;
	const chart = curve && html`<div>${renderCurveKey(curve.champion !== void 0, false)}${renderCurveChart(curve, {
		title: "Predicted and observed",
		across: "Predicted",
		up: "Observed",
		diagonal: true,
		dots: true
	})}</div>`;
	const numbers = text && html`<div class="scroll" tabindex="0" role="group" aria-label="Calibration"><table><thead><tr><th class="text" scope="col">Number</th><th scope="col">Champion</th><th scope="col">Challenger</th></tr></thead><tbody>${text.rows.map(({ name, champion, challenger }) => html`<tr><th scope="row">${name}</th><td>${champion}</td><td>${challenger}</td></tr>`)}</tbody></table></div>${text.notes.map((note) => html`<p class="note">${note}</p>`)}`;
	return html`<section class="panel long" id="${id}-calibration"><h3>Calibration</h3><p class="note">Of rows that are given 30 %, about 30 % should be positive: then the points lie on the diagonal.</p><div class="beside">${chart}<div>${numbers}${curve && renderBins(curve)}</div></div></section>`;
}
function renderBins({ champion, challenger }) {
	const rows = Math.max(champion?.length ?? 0, challenger.length);
	const cells = (point) => html`<td>${point === void 0 ? "–" : formatPercent(point[0])}</td><td>${point === void 0 ? "–" : formatPercent(point[1])}</td>`;
	const head = (model) => html`<th scope="col">${model} predicted</th><th scope="col">observed</th>`;
	return html`<details open><summary>Bins of equally many rows</summary><div class="scroll" tabindex="0" role="group" aria-label="Calibration by bin"><table><thead><tr><th scope="col">Bin</th>${champion && head("Champion")}${head("Challenger")}</tr></thead><tbody>${Array.from({ length: rows }, (_, bin) => html`<tr><th scope="row">${bin + 1}</th>${champion && cells(champion[bin])}${cells(challenger[bin])}</tr>`)}</tbody></table></div></details>`;
}

// src/core/report/html/data-table.ts
function renderDataTable({ label, columns, rows, grouped, filter, marked, cards }) {
	const filtered = filter === void 0 ? void 0 : html` data-filter="${filter}"`;
	const box = marked === void 0 ? void 0 : html` data-marked-only="${marked}"`;
	const shape = [grouped ? "grouped" : "", cards ? "cards" : ""].filter(Boolean).join(" ");
	const body = grouped ? html`${rows}` : html`<tbody>${rows}</tbody>`;
	return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table data-sortable${filtered}${box}${shape === "" ? void 0 : html` class="${shape}"`}><thead><tr>${columns.map(renderHead$1)}</tr></thead>${body}</table></div>`;
}
function numberCell(text, value, className) {
	const kind = className === void 0 ? void 0 : html` class="${className}"`;
	return html`<td${kind}${sortKey(value)}>${text}</td>`;
}
function sortKey(value) {
	return value === void 0 || !Number.isFinite(value) ? void 0 : html` data-sort="${value}"`;
}
function renderHead$1({ name, sorts, order, picture, head }) {
	const kind = [sorts === "number" ? "" : "text", picture ? "picture" : ""].filter(Boolean).join(" ");
	const sorted = order === void 0 ? void 0 : html` aria-sort="${order}"`;
	const sorting = sorts === void 0 ? void 0 : html` data-sorts="${sorts}"`;
	return html`<th scope="col" class="${kind}"${sorting}${sorted}>${head ?? name}</th>`;
}

// src/core/report/html/comparison-details.ts
function renderFlips(comparison, id) {
	const total = describeFlips(comparison);
	if (total === void 0) return void 0;
	return html`<section class="panel long" id="${id}-flips"><h3>Flips</h3><p class="note">${total}.</p>${renderBySlice(comparison)}${renderExamples(comparison)}</section>`;
}
function renderBySlice(comparison) {
	const slices = flippedSlices(comparison);
	if (slices.length === 0) return void 0;
	return renderDataTable({
		label: "Flips by slice",
		filter: "slices",
		columns: [
			{
				name: "Slice",
				sorts: "text"
			},
			{
				name: "Rows",
				sorts: "number"
			},
			{
				name: "Newly right",
				sorts: "number"
			},
			{
				name: "Newly wrong",
				sorts: "number"
			},
			{
				name: "Balance",
				sorts: "number"
			}
		],
		rows: slices.map(({ slice, rows, newlyRight, newlyWrong }) => html`<tr><th scope="row">${slice}</th>${[
			rows,
			newlyRight,
			newlyWrong
		].map((count) => numberCell(formatCount(count), count))}${numberCell(formatSigned(newlyRight - newlyWrong), newlyRight - newlyWrong)}</tr>`)
	});
}
function formatSigned(count) {
	return count > 0 ? `+${formatCount(count)}` : formatCount(count);
}
function renderExamples(comparison) {
	const { newlyRight = [], newlyWrong = [] } = comparison.flips?.examples ?? {};
	if (newlyRight.length + newlyWrong.length === 0) return void 0;
	return html`<h4>Rows that the challenger was surest of</h4><p class="note">${describeIdHash(comparison)}</p><dl class="facts">${listRows("Newly wrong", newlyWrong)}${listRows("Newly right", newlyRight)}</dl>`;
}
function listRows(kind, rows) {
	if (rows.length === 0) return void 0;
	return html`<dt>${kind}</dt><dd>${rows.map(({ idHash, score }) => html`<code>${idHash}</code> (${formatNumber(score)}) `)}</dd>`;
}
function renderLatency(comparison) {
	return describeLatency(comparison).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
}

// src/core/report/html/forest.ts
const WIDTH$1 = 220;
const HEIGHT$1 = 26;
const CENTRE = WIDTH$1 / 2;
const REACH = WIDTH$1 / 2 - 8;
const MARGIN_SHARE = 4;
function reachOf(metrics) {
	const ends = metrics.flatMap(({ difference }) => [Math.abs(difference?.value ?? 0), ...(difference?.interval ?? []).map(Math.abs)]);
	const largest = Math.max(0, ...ends);
	const margins = metrics.map(({ margin }) => margin ?? 0).filter((margin) => margin <= largest * MARGIN_SHARE);
	return Math.max(largest, ...margins);
}
function renderForestRow(metric, reach) {
	const { difference, margin } = metric;
	if (difference === void 0 || !(reach > 0)) return void 0;
	const x = (value) => coordinate(CENTRE + Math.min(1.02, Math.max(-1.02, value / reach)) * REACH);
	const middle = HEIGHT$1 / 2;
	const band = margin === void 0 || margin > reach ? void 0 : html`<rect class="band" x="${x(-margin)}" y="2" width="${coordinate(2 * margin * REACH / reach)}" height="${22}"/>`;
	const whisker = difference.interval === void 0 ? void 0 : html`<line class="whisker" x1="${x(difference.interval[0])}" x2="${x(difference.interval[1])}" y1="${middle}" y2="${middle}"/>`;
	return html`<svg class="${metric.verdict ?? "plain"}" width="${WIDTH$1}" height="${HEIGHT$1}" viewBox="0 0 ${WIDTH$1} ${HEIGHT$1}" aria-hidden="true">${band}<line class="zero" x1="${CENTRE}" x2="${CENTRE}" y1="0" y2="${HEIGHT$1}"/>${whisker}<circle class="knob" cx="${x(difference.value)}" cy="${middle}" r="4.5"/></svg>`;
}
function renderForestAxis(reach) {
	if (!(reach > 0)) return void 0;
	const end = Number(reach.toPrecision(2));
	const at = (value) => coordinate(CENTRE + Math.min(1, Math.max(-1, value / reach)) * REACH);
	return html`<span class="unseen">Loss, gain</span><svg class="scale" width="${WIDTH$1}" height="26" viewBox="0 0 ${WIDTH$1} 26" aria-hidden="true"><text x="${at(-end)}" y="10" text-anchor="start" dx="-6">loss ${formatNumber(-end)}</text><text x="${at(end)}" y="10" text-anchor="end" dx="6">gain ${formatNumber(end)}</text><line class="zero" x1="${CENTRE}" x2="${CENTRE}" y1="16" y2="26"/><line class="zero" x1="${at(-end)}" x2="${at(-end)}" y1="16" y2="21"/><line class="zero" x1="${at(end)}" x2="${at(end)}" y1="16" y2="21"/><line class="zero" x1="${at(-end)}" x2="${at(end)}" y1="21" y2="21"/></svg>`;
}

// src/core/report/html/metric-mark.ts
function renderMark(metric) {
	const { glyph, words } = describeMetric(metric).mark;
	return words === "" ? void 0 : html`<span class="mark ${metric.verdict ?? "plain"}">${glyph} ${words}</span>`;
}

// src/core/report/html/comparison-sections.ts
function renderMetrics(comparison, id) {
	const { metrics, primary } = comparison;
	if (metrics.length === 0) return void 0;
	const sorted = [...metrics].sort((left, right) => Number(right.name === primary) - Number(left.name === primary));
	const paired = comparison.champion !== void 0;
	const note = paired ? `Gain is challenger minus champion, turned so that more is better, with its ${formatConfidence(comparison.confidence)} interval. In the picture each row has its own scale: the line is no difference, the band is the margin, right is better.` : `Values with their ${formatConfidence(comparison.confidence)} intervals. There is no champion to compare with.`;
	const header = paired ? html`<th class="text" scope="col">Metric</th><th scope="col">Gain</th><th class="text picture" scope="col">Loss, gain</th><th scope="col">Champion</th><th scope="col">Challenger</th><th class="text" scope="col">Verdict</th>` : html`<th class="text" scope="col">Metric</th><th scope="col">Challenger</th><th scope="col">Knowing nothing</th>`;
	return html`<section class="panel" id="${id}-metrics"><h3>Metrics</h3><p class="note">${note}</p><div class="scroll" tabindex="0" role="group" aria-label="Metrics"><table${paired ? html` class="cards"` : void 0}><thead><tr>${header}</tr></thead><tbody>
${sorted.map((metric) => paired ? renderPairedRow(metric) : renderSingleRow(metric))}
</tbody></table></div></section>`;
}
function renderGateList(comparison, id) {
	if (comparison.gates.length === 0) return void 0;
	const words = {
		pass: "✓ passed",
		fail: "✗ failed",
		inconclusive: "? undecided"
	};
	return html`<section class="panel" id="${id}-gates"><h3>Gates</h3><ul class="gates">${comparison.gates.map((gate) => html`<li><span class="mark ${gate.outcome}">${words[gate.outcome]}</span><div><strong>${gate.description}</strong><p>${gate.reason}${gate.rowsNeeded === void 0 ? "" : `; about ${formatCount(Number(gate.rowsNeeded.toPrecision(2)))} ${gate.rowsUnit ?? "rows"} would settle it`}</p></div></li>`)}</ul></section>`;
}
function renderPairedRow(metric) {
	const text = describeMetric(metric);
	return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td class="gain"><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(metric, reachOf([metric]))}</td><td class="of-champion">${text.champion}<small>${text.championInterval}</small></td><td class="of-challenger">${text.challenger}<small>${text.challengerInterval}</small></td><td class="text verdict-of">${renderMark(metric)}</td></tr>`;
}
function renderSingleRow(metric) {
	const text = describeMetric(metric);
	return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.challenger}</strong><small>${text.challengerInterval}</small></td><td>${text.noInformation ?? "–"}</td></tr>`;
}
function describeDirection(metric) {
	const direction = metric.direction === "lower" ? "lower is better" : "higher is better";
	return metric.note === void 0 ? direction : `${direction}; ${metric.note}`;
}

// src/core/report/html/threshold-panel.ts
const RATE_NAMES = {
	recall: "Recall",
	precision: "Precision",
	falsePositiveRate: "False positive rate",
	calledPositive: "Rows called positive",
	cost: "Total cost",
	costPerRow: "Cost of a row"
};
const CELL_NAMES = {
	truePositives: "found",
	falseNegatives: "missed",
	falsePositives: "false alarms",
	trueNegatives: "left alone"
};
function shownThreshold({ curves, holdout }) {
	const thresholds = curves?.thresholds;
	const point = thresholds?.challenger[startOf(thresholds.challenger, thresholds.inUse)];
	if (thresholds === void 0 || point === void 0 || holdout.positives === void 0) return void 0;
	const totals = {
		positives: holdout.positives,
		negatives: Math.max(0, holdout.rows - holdout.positives)
	};
	const before = pointAt(thresholds.champion, point.threshold);
	return {
		totals,
		threshold: point.threshold,
		isInUse: point.threshold === thresholds.inUse,
		champion: before && decide(before, totals),
		challenger: decide(point, totals)
	};
}
function renderThresholdPanel(comparison) {
	const shown = shownThreshold(comparison);
	const thresholds = comparison.curves?.thresholds;
	if (shown === void 0 || thresholds === void 0) return void 0;
	const { totals, champion, challenger } = shown;
	const models = [{
		name: "champion",
		title: "Champion",
		decisions: champion
	}, {
		name: "challenger",
		title: "Challenger",
		decisions: challenger
	}];
	const use = shown.isInUse ? "The threshold in use is marked." : "The models decide by labels of their own; at this threshold their scores would decide as follows.";
	return html`<div class="threshold" data-part="threshold"><h4>Decisions at a threshold</h4>
<p class="note">${use} Other thresholds are here to understand the models, not to choose one: a threshold that is chosen on the holdout looks better than it is. Choose it on training data and set <code>comparison.threshold</code>.</p>
<p class="setting" data-slot="slider"><span>Threshold <strong>${describeThreshold(shown.threshold)}</strong></span>${shown.isInUse ? html`<span class="mark plain">in use</span>` : void 0}</p>
<div class="matrices">${models.map(({ name, title, decisions }) => decisions && renderMatrix({
		name,
		title
	}, decisions, totals))}</div>
${renderRates(champion, challenger)}
${renderEvery(comparison, totals)}</div>`;
}
function renderMatrix(model, decisions, totals) {
	const cell = (name) => {
		const { rows, share } = describeCell(name, decisions, totals);
		return html`<td class="${name === "truePositives" || name === "trueNegatives" ? "right" : "wrong"}" data-cell="${name}"><strong>${rows}</strong> <span>${CELL_NAMES[name]}</span><small>${share}</small></td>`;
	};
	return html`<table class="matrix" data-model="${model.name}"><caption><span class="swatch ${model.name}"></span>${model.title}</caption><thead><tr><td></td><th scope="col">Called positive</th><th scope="col">Called negative</th></tr></thead><tbody><tr><th scope="row">Positive</th>${cell("truePositives")}${cell("falseNegatives")}</tr><tr><th scope="row">Negative</th>${cell("falsePositives")}${cell("trueNegatives")}</tr></tbody></table>`;
}
function renderRates(champion, challenger) {
	const rates = DECISION_RATES.filter((rate) => rate !== "cost" && rate !== "costPerRow" || challenger[rate] !== void 0);
	const paired = champion !== void 0;
	return html`<div class="scroll" tabindex="0" role="group" aria-label="Rates at the threshold"><table class="rates"><thead><tr><th class="text" scope="col">At this threshold</th>${paired ? html`<th scope="col">Champion</th>` : void 0}<th scope="col">Challenger</th>${paired ? html`<th scope="col">Change</th>` : void 0}</tr></thead><tbody>${rates.map((rate) => html`<tr data-rate="${rate}"><th scope="row">${RATE_NAMES[rate]}</th>${paired ? html`<td data-of="champion">${describeRate(rate, champion)}</td>` : void 0}<td data-of="challenger">${describeRate(rate, challenger)}</td>${paired ? html`<td data-of="change">${describeChange(rate, champion, challenger)}</td>` : void 0}</tr>`)}</tbody></table></div>`;
}
function renderEvery(comparison, totals) {
	const thresholds = comparison.curves?.thresholds;
	if (thresholds === void 0) return void 0;
	const costly = thresholds.challenger.some(({ cost }) => cost !== void 0);
	const heads = (thresholds.champion === void 0 ? ["Challenger"] : ["Champion", "Challenger"]).map((model) => html`<th scope="col">${model} recall</th><th scope="col">precision</th><th scope="col">false alarms</th>${costly ? html`<th scope="col">cost</th>` : void 0}`);
	const cells = (point) => {
		const decisions = point && decide(point, totals);
		return html`<td>${describeRate("recall", decisions)}</td><td>${describeRate("precision", decisions)}</td><td>${decisions === void 0 ? "–" : describeCell("falsePositives", decisions, totals).rows}</td>${costly ? html`<td>${describeRate("cost", decisions)}</td>` : void 0}`;
	};
	return html`<details><summary>All ${thresholds.challenger.length} thresholds as a table</summary><div class="scroll tall" tabindex="0" role="group" aria-label="All thresholds"><table><thead><tr><th scope="col">Threshold</th>${heads}</tr></thead><tbody>${thresholds.challenger.map((point) => html`<tr><th scope="row">${describeThreshold(point.threshold)}</th>${thresholds.champion === void 0 ? void 0 : cells(pointAt(thresholds.champion, point.threshold))}${cells(point)}</tr>`)}</tbody></table></div></details>`;
}
function pointAt(points, threshold) {
	return points?.find((point) => point.threshold === threshold);
}

// src/core/report/html/curves-section.ts
function renderCurves(comparison, id) {
	const { curves, champion, holdout } = comparison;
	if (curves?.roc === void 0 && curves?.precisionRecall === void 0) return void 0;
	const shown = shownThreshold(comparison);
	const marks = (place) => ({
		champion: shown?.champion && place(shown.champion),
		challenger: shown && place(shown.challenger)
	});
	const charts = [curves.roc && renderCurveChart(curves.roc, {
		title: "ROC",
		across: "False positive rate",
		up: "Recall",
		diagonal: true,
		name: "roc",
		marks: marks(placeOnRoc)
	}), curves.precisionRecall && renderCurveChart(curves.precisionRecall, {
		title: "Precision and recall",
		across: "Recall",
		up: "Precision",
		name: "precisionRecall",
		marks: marks(placeOnPrecisionRecall)
	})];
	const data = {
		roc: curves.roc,
		precisionRecall: curves.precisionRecall,
		thresholds: shown && curves.thresholds,
		rows: holdout.rows,
		positives: holdout.positives
	};
	return html`<section class="panel long" id="${id}-curves" data-part="curves"><h3>Curves</h3>${renderCurveKey(champion !== void 0, shown !== void 0)}<div class="charts">${charts}</div>${renderThresholdPanel(comparison)}${dataBlock("curves", data)}</section>`;
}

// src/core/report/html/data-findings.ts
const MOST_FINDINGS$1 = 500;
const MOST_LINES = 40;
const SHOWN_EXAMPLES = 5;
const MARKS = {
	error: "fail",
	warning: "inconclusive",
	info: "plain"
};
const RANKS = {
	error: 0,
	warning: 1,
	info: 2
};
function bySeverity(findings) {
	return findings.toSorted((left, right) => RANKS[left.severity] - RANKS[right.severity]);
}
function renderFindings(findings) {
	if (findings.length === 0) return html`<p class="note">No finding: the data keep their contract.</p>`;
	const shown = bySeverity(findings).slice(0, MOST_FINDINGS$1);
	const rest = findings.length - shown.length;
	return html`<h4>Findings</h4>${renderDataTable({
		label: "Findings",
		filter: "findings",
		cards: true,
		columns: [
			{
				name: "Finding",
				sorts: "text"
			},
			{
				name: "Where",
				sorts: "text"
			},
			{
				name: "What",
				sorts: "text"
			},
			{
				name: "Rows",
				sorts: "number"
			}
		],
		rows: shown.map(renderFinding)
	})}${rest === 0 ? void 0 : html`<p class="note">${formatQuantity(rest, "finding")} more in the document.</p>`}`;
}
function renderSeverity({ severity }) {
	return html`<span class="mark ${MARKS[severity]}">${severity}</span>`;
}
function renderFinding(finding) {
	const { failing, dataset, column, check } = finding;
	const place = [dataset, column].filter((name) => name !== void 0).join(".");
	return html`<tr><td class="text">${renderSeverity(finding)}<small>${check}</small></td><td class="text place"><code>${place}</code></td><td class="text wide">${finding.message}${renderPlaces(finding)}${renderEdit(finding.edit)}</td>${numberCell(failing === void 0 ? "–" : formatCount(failing), failing, failing === void 0 ? void 0 : "failing")}</tr>`;
}
function renderPlaces({ examples, location }) {
	const rows = examples.slice(0, SHOWN_EXAMPLES).map(({ file, line }) => html` <code>${file}:${line}</code>`);
	const rule = location === void 0 ? void 0 : html` rule at <code>${location.file}${location.line === void 0 ? "" : `:${location.line}`}</code>`;
	if (rows.length === 0 && rule === void 0) return void 0;
	return html`<small>${rows.length === 0 ? void 0 : html`first at${rows}${rule === void 0 ? "" : ";"}`}${rule}</small>`;
}
function renderEdit(edit) {
	if (edit === void 0) return void 0;
	const lines = [...linesOf(edit.before, "del"), ...linesOf(edit.after, "ins")];
	const more = lines.length > MOST_LINES ? html`\n…` : void 0;
	return html`<details class="edit"><summary>If it is meant: edit of the contract</summary><pre tabindex="0"><code>${`${edit.file}:${edit.line}`}\n${lines.slice(0, MOST_LINES)}${more}</code></pre></details>`;
}
function linesOf(text, kind) {
	if (text === "") return [];
	return text.replace(/\n$/, "").split("\n").map((line) => {
		const content = html`${kind === "del" ? "-" : "+"}${withSpaces(line)}\n`;
		return kind === "del" ? html`<del>${content}</del>` : html`<ins>${content}</ins>`;
	});
}
function withSpaces(line) {
	return line.split(/( +)/).map((part) => /^ +$/.test(part) ? verbatim(part) : part);
}

// src/core/report/html/profile-number.ts
function formatProfileNumber(value, type) {
	if (type !== "date" && type !== "timestamp") return formatNumber(value);
	const moment = new Date(value);
	return Number.isNaN(moment.getTime()) ? "–" : moment.toISOString().slice(0, 10);
}

// src/core/report/html/distribution.ts
const MOST_DRAWN = 4;
const WIDTH = 196;
const HEIGHT = 60;
const BAR_HEIGHT = 4;
const MOST_VALUES = 3;
const ZOOM_FROM = 3;
const INNER = ["0.05", "0.95"];
function renderDistributions(sets) {
	const drawn = sets.filter(({ mark }) => mark <= 4);
	const numeric = drawn.filter(({ profile }) => (profile.histogram ?? []).length > 0);
	if (numeric.length > 0) return renderHistograms(numeric);
	const named = drawn.filter(({ profile }) => (profile.top ?? []).length > 0);
	return named.length > 0 ? renderTops(named) : void 0;
}
function renderHistograms(sets) {
	const full = spanOf(sets.flatMap(({ profile }) => (profile.histogram ?? []).flatMap(edgesOf)));
	const middle = quantileSpan(sets, ["0.01", "0.99"]);
	const inner = quantileSpan(sets, INNER);
	const zoomed = middle !== void 0 && inner !== void 0 && full[1] - full[0] > ZOOM_FROM * (middle[1] - middle[0]);
	const domain = widen(zoomed ? inner : full);
	const pieces = sets.map(({ profile }) => zoomed ? quantilePieces(profile) : binPieces(profile));
	const narrowest = 3 * (domain[1] - domain[0]) / WIDTH;
	const height = ({ from, to, share }) => share / Math.max(to - from, narrowest);
	const highest = Math.max(Number.MIN_VALUE, ...pieces.flat().map(height));
	const x = (value) => coordinate(WIDTH * (Math.min(Math.max(value, domain[0]), domain[1]) - domain[0]) / (domain[1] - domain[0]));
	const outlines = sets.map(({ mark }, index) => {
		const steps = (pieces[index] ?? []).map((piece) => {
			const wide = Math.max(piece.to, piece.from + narrowest);
			return `V${coordinate(HEIGHT - height(piece) / highest * 58)}H${x(wide)}`;
		});
		const start = x(pieces[index]?.[0]?.from ?? domain[0]);
		return html`<path class="values set-${mark}" d="${verbatim(`M${start} ${HEIGHT}${steps.join("")}V${HEIGHT}`)}"/>`;
	});
	const [low, high] = (zoomed ? domain : extremesOf(sets, domain)).map((value) => formatProfileNumber(value, sets[0].profile.type));
	return html`<svg class="values" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${describe(sets)}">${outlines}<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/></svg><small class="ends"><span>${low}</span>${zoomed ? html`<span>middle 90 %</span>` : void 0}<span>${high}</span></small>`;
}
function extremesOf(sets, [low, high]) {
	return [Math.min(...sets.map(({ profile }) => profile.minimum ?? low)), Math.max(...sets.map(({ profile }) => profile.maximum ?? high))];
}
function describe(sets) {
	return sets.map(({ dataset, profile: { minimum, maximum, quantiles, type } }) => {
		const from = minimum === void 0 ? "" : ` from ${formatProfileNumber(minimum, type)}`;
		const to = maximum === void 0 ? "" : ` to ${formatProfileNumber(maximum, type)}`;
		const median = quantiles?.["0.5"];
		return `${dataset}${from}${to}${median === void 0 ? "" : `, median ${formatProfileNumber(median, type)}`}`;
	}).join("; ");
}
function edgesOf({ from, to }) {
	return [from, to];
}
function spanOf(values) {
	return [Math.min(...values), Math.max(...values)];
}
function quantileSpan(sets, [low, high]) {
	const ends = sets.map(({ profile: { quantiles } }) => [quantiles?.[low], quantiles?.[high]]);
	if (ends.flat().some((value) => value === void 0)) return void 0;
	const span = spanOf(ends.flat());
	return span[1] > span[0] ? span : void 0;
}
function widen([low, high]) {
	if (high > low) return [low, high];
	const room = Math.max(.5, Math.abs(low) / 100);
	return [low - room, low + room];
}
function binPieces({ histogram = [] }) {
	const total = histogram.reduce((sum, { count }) => sum + count, 0);
	return histogram.map(({ from, to, count }) => ({
		from,
		to,
		share: total > 0 ? count / total : 0
	}));
}
function quantilePieces({ quantiles = {} }) {
	const knots = Object.entries(quantiles).map(([probability, value]) => ({
		probability: Number(probability),
		value
	})).filter(({ probability }) => probability >= Number(INNER[0]) && probability <= Number(INNER[1])).toSorted((left, right) => left.probability - right.probability);
	return knots.slice(1).map((knot, index) => {
		const before = knots[index];
		return {
			from: before.value,
			to: knot.value,
			share: knot.probability - before.probability
		};
	});
}
function renderTops(sets) {
	const shares = sets.map(({ rows, profile }) => {
		const total = Math.max(1, rows - profile.missing);
		return new Map((profile.top ?? []).map(({ value, count }) => [value, count / total]));
	});
	const names = [...new Set(shares.flatMap((known) => [...known.keys()]))];
	const largest = new Map(names.map((name) => [name, Math.max(...shares.map((known) => known.get(name) ?? 0))]));
	const shown = names.toSorted((left, right) => largest.get(right) - largest.get(left)).slice(0, MOST_VALUES);
	const scale = largest.get(shown[0] ?? "") || 1;
	const rest = Math.max(...sets.map(({ profile }) => profile.distinct)) - shown.length;
	const lines = shown.map((name) => {
		const height = sets.length * 5;
		const bars = sets.map(({ mark }, index) => {
			const width = coordinate(WIDTH * (shares[index].get(name) ?? 0) / scale);
			return html`<rect class="values set-${mark}" y="${index * 5}" width="${width}" height="${BAR_HEIGHT}"/>`;
		});
		return html`<li><span>${name === "" ? "(empty)" : name}</span><small>${listShares(shares.map((known) => known.get(name)))}</small><svg width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${describeShares(sets, shares, name)}"><rect class="track" width="${WIDTH}" height="${height}"/>${bars}</svg></li>`;
	});
	return html`<ul class="tops">${lines}${rest > 0 ? html`<li><small>${rest} more</small></li>` : void 0}</ul>`;
}
function listShares(shares) {
	return `${shares.map((share) => {
		if (share === void 0) return "–";
		return share > 0 && share < .01 ? "<1" : String(Math.round(100 * share));
	}).join(" · ")}\u00a0%`;
}
function describeShares(sets, shares, name) {
	return sets.map(({ dataset }, index) => {
		const share = shares[index].get(name);
		return `${dataset} ${share === void 0 ? "not among the most frequent" : formatPercent(share)}`;
	}).join("; ");
}

// src/core/report/html/data-columns.ts
const MOST_FINDINGS = 5;
const SHOWN_NUMBERS = [
	["Least", ({ minimum }) => minimum],
	["5 %", ({ quantiles }) => quantiles?.["0.05"]],
	["25 %", ({ quantiles }) => quantiles?.["0.25"]],
	["Median", ({ quantiles }) => quantiles?.["0.5"]],
	["75 %", ({ quantiles }) => quantiles?.["0.75"]],
	["95 %", ({ quantiles }) => quantiles?.["0.95"]],
	["Most", ({ maximum }) => maximum],
	["Mean", ({ mean }) => mean]
];
const COLUMNS = [
	{
		name: "Column",
		sorts: "text"
	},
	{
		name: "Values",
		picture: true
	},
	{ name: "Data set" },
	{
		name: "Missing",
		sorts: "number"
	},
	{
		name: "Distinct",
		sorts: "number"
	},
	...SHOWN_NUMBERS.map(([name]) => ({
		name,
		sorts: "number"
	}))
];
function renderColumns({ datasets, findings }) {
	const names = [...new Set(datasets.flatMap(({ columns }) => columns.map(({ name }) => name)))];
	if (names.length === 0) return void 0;
	const profiles = datasets.map((dataset) => new Map(dataset.columns.map((column) => [column.name, column])));
	const byColumn = Map.groupBy(bySeverity(findings), ({ column }) => column);
	const undrawn = datasets.length > 4 ? ` The first ${4} data sets are drawn.` : "";
	return html`<h4>Columns</h4><p class="note">Data sets of one column are drawn over each other on one scale, each as shares of its own rows.${undrawn} Of hidden columns there are counts only.</p>${renderDataTable({
		label: "Columns",
		columns: COLUMNS,
		filter: "columns",
		marked: "only with findings",
		grouped: true,
		rows: names.map((name) => {
			const sets = datasets.map((dataset, index) => ({
				dataset,
				profile: profiles[index]?.get(name),
				mark: index + 1
			}));
			const found = byColumn.get(name) ?? [];
			return html`<tbody${found.length > 0 ? html` data-marked` : void 0}>${renderColumn(name, sets)}${renderFound(found)}</tbody>`;
		})
	})}`;
}
function renderColumn(name, sets) {
	const type = sets.find(({ profile }) => profile !== void 0)?.profile?.type;
	const missing = Math.max(...sets.map(({ dataset, profile }) => dataset.rows > 0 ? (profile?.missing ?? 0) / dataset.rows : 0));
	return sets.map((set, index) => {
		const { dataset, profile } = set;
		const differs = profile !== void 0 && profile.type !== type;
		const head = index > 0 ? void 0 : renderHead(name, sets);
		const label = html`<td class="text set"><svg class="swatch-of" width="14" height="10" viewBox="0 0 14 10" aria-hidden="true">${set.mark > 4 ? void 0 : html`<rect class="values set-${set.mark}" x="1" y="1" width="12" height="8"/>`}</svg>${dataset.name}${differs ? html`<small class="differs">${profile.type}</small>` : void 0}</td>`;
		if (profile === void 0) return html`<tr>${head}${label}<td class="text absent" colspan="${2 + SHOWN_NUMBERS.length}">not in this data set</td></tr>`;
		const share = dataset.rows > 0 ? formatPercent(profile.missing / dataset.rows) : "–";
		return html`<tr>${head}${label}<td data-label="Missing"${index === 0 ? sortKey(missing) : void 0}>${share}</td>${labelledCell("Distinct", formatCount(profile.distinct), profile.distinct)}${SHOWN_NUMBERS.map(([label, read]) => renderNumber(label, read(profile), profile.type))}</tr>`;
	});
}
function renderHead(name, sets) {
	const known = sets.flatMap(({ dataset, profile, mark }) => profile === void 0 ? [] : [{
		dataset: dataset.name,
		rows: dataset.rows,
		profile,
		mark
	}]);
	const picture = renderDistributions(known) ?? html`<small>${whyUndrawn(known)}</small>`;
	return html`<th scope="rowgroup" rowspan="${sets.length}">${name}<small>${known[0]?.profile.type}</small></th><td class="text picture" rowspan="${sets.length}">${picture}</td>`;
}
function whyUndrawn(known) {
	if (known.every(({ rows, profile }) => profile.missing >= rows)) return "no value";
	return known.every(({ profile }) => profile.type === "other") ? "no simple values" : "values are hidden";
}
function renderFound(findings) {
	if (findings.length === 0) return void 0;
	const shown = findings.slice(0, MOST_FINDINGS);
	const rest = findings.length - shown.length;
	const lines = shown.map((finding) => html`<li>${renderSeverity(finding)} <span>${finding.dataset}: ${finding.message}</span>${renderEdit(finding.edit)}</li>`);
	return html`<tr class="found"><td class="text" colspan="${COLUMNS.length}"><ul>${lines}${rest === 0 ? void 0 : html`<li>and ${formatQuantity(rest, "finding")} more above</li>`}</ul></td></tr>`;
}
function renderNumber(label, value, type) {
	if (value === void 0) return html`<td class="none">${"–"}</td>`;
	return labelledCell(label, formatProfileNumber(value, type), value);
}
function labelledCell(label, text, value) {
	return html`<td data-label="${label}"${sortKey(value)}>${text}</td>`;
}

// src/core/report/html/data-section.ts
function renderData(validation, id) {
	const { datasets, findings } = validation;
	return html`<section class="panel long" id="${id}-data"><h3>Data</h3><ul class="sets">${datasets.map(renderSet)}</ul>${renderFindings(findings)}${renderColumns(validation)}</section>`;
}
function renderSet({ name, rows, columns }, index) {
	const cells = rows * columns.length;
	const missing = columns.reduce((sum, column) => sum + column.missing, 0);
	const share = cells === 0 ? "" : `, ${formatPercent(missing / cells)} of the cells missing`;
	const swatch = index >= 4 ? void 0 : html`<svg class="swatch-of" width="14" height="10" viewBox="0 0 14 10" aria-hidden="true"><rect class="values set-${index + 1}" x="1" y="1" width="12" height="8"/></svg>`;
	return html`<li>${swatch}<strong>${name}</strong> ${formatQuantity(rows, "row")}, ${formatQuantity(columns.length, "column")}${share}</li>`;
}

// src/core/report/html/drift-section.ts
const DRIFT_WORDS = {
	drift: "found",
	stable: "none found",
	"insufficient-data": "too few data to tell",
	"no-data": "no current data"
};
function renderDrift(drift, id) {
	const { performance } = drift;
	const words = performance === void 0 ? void 0 : html`<p class="note">${performance.metric} ${performance.kind === "realized" ? "measured" : "estimated without labels"}: ${formatNumber(performance.reference)} → ${formatNumber(performance.current)}, change [${formatNumber(performance.interval[0])}, ${formatNumber(performance.interval[1])}]${performance.degraded ? ", lower than the margin allows" : ""}.</p>`;
	const table = renderDataTable({
		label: "Drift of columns",
		filter: "columns",
		columns: [
			{
				name: "Column",
				sorts: "text"
			},
			{
				name: "Role",
				sorts: "text"
			},
			{
				name: "Test",
				sorts: "text"
			},
			{
				name: "Adjusted p",
				sorts: "number"
			},
			{
				name: "Effect",
				sorts: "number"
			},
			{
				name: "Minimum",
				sorts: "number"
			},
			{
				name: "Drift",
				sorts: "text"
			}
		],
		rows: [...drift.columns].sort((left, right) => Number(right.drifted) - Number(left.drifted)).map(renderDriftRow)
	});
	return html`<section class="panel long" id="${id}-drift"><h3>Drift: ${DRIFT_WORDS[drift.verdict]}</h3><p class="note">${formatQuantity(drift.current.rows, "row")} now against ${formatQuantity(drift.reference.rows, "row")} (${drift.reference.description}). Recommendation: ${drift.recommendation}; ${drift.reason}.</p>${drift.leftOut && html`<p class="note">Not checked: ${drift.leftOut}.</p>`}${words}${table}</section>`;
}
function renderDriftRow({ name, note, role, method, adjustedPValue, effect, drifted }) {
	const state = drifted ? html`<span class="mark fail">drifted</span>` : html`<span class="mark">stable</span>`;
	const value = (number, unit) => numberCell(number === void 0 ? "–" : html`${formatNumber(number)}${unit && html`<small>${unit}</small>`}`, number);
	return html`<tr><th scope="row">${name}${note && html`<small>${note}</small>`}</th><td class="text">${role}</td><td class="text">${method}</td>${numberCell(adjustedPValue === void 0 ? "–" : formatPValue(adjustedPValue), adjustedPValue)}${value(effect?.value, effect?.name)}${value(effect?.minimum)}<td class="text">${state}</td></tr>`;
}

// src/core/report/html/bars.ts
function renderShareBar(share) {
	return html`<svg class="share" viewBox="0 0 180 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="180" height="12"/><rect class="bar" width="${coordinate(Math.min(1, Math.max(0, share)) * 180)}" height="12"/></svg>`;
}

// src/core/report/html/model-section.ts
const FIRST_COLUMNS = 15;
function renderModelChanges(comparison, id) {
	const { parametersChanged = [], modelContract, size } = comparison;
	const changes = breakingFirst(modelContract?.changes ?? []);
	const latency = renderLatency(comparison);
	const scoring = describeScoring(comparison);
	if ([
		size,
		latency[0],
		changes[0],
		parametersChanged[0],
		scoring[0]
	].every((fact) => fact === void 0)) return void 0;
	return html`<section class="panel" id="${id}-model"><h3>Model</h3>
<dl class="facts">${size && html`<dt>Size</dt><dd>${size.champion === void 0 ? void 0 : html`${formatBytes(size.champion)} → `}${formatBytes(size.challenger)}</dd>`}
${latency}
${changes.map(({ change, breaking }) => html`<dt>${breaking ? "Breaking change" : "Compatible change"}</dt><dd>${change}</dd>`)}
${parametersChanged.map(({ what, before, after }) => html`<dt>${what}</dt><dd><code>${before ?? "–"}</code> → <code>${after ?? "–"}</code></dd>`)}
${scoring.map((note) => html`<dt>Scoring</dt><dd>${note}</dd>`)}</dl></section>`;
}
function renderImportance(comparison, id) {
	const sorted = [...comparison.importance ?? []].sort((left, right) => right.share - left.share);
	if (sorted.length === 0) return void 0;
	const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
	const table = (columns, label) => html`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table class="importance"><thead><tr><th class="text" scope="col">Column</th><th class="text picture" scope="col"><span class="unseen">Bar</span></th><th scope="col">Share</th></tr></thead><tbody>${columns.map(({ column, share }) => html`<tr><th scope="row">${column}</th><td class="text picture">${renderShareBar(share / largest)}</td><td>${formatPercent(share)}</td></tr>`)}</tbody></table></div>`;
	const rest = sorted.slice(FIRST_COLUMNS);
	return html`<section class="panel long" id="${id}-importance"><h3>Importance</h3><p class="note">Share of the challenger's gain in training that splits on a column brought. It says what the model uses, not what causes the outcome.</p>${table(sorted.slice(0, FIRST_COLUMNS), "Importance of columns")}${rest.length === 0 ? void 0 : html`<details><summary>${rest.length} more columns</summary>${table(rest, "Importance of the other columns")}</details>`}</section>`;
}

// src/core/report/html/page-script.ts
const PAGE_SCRIPT = "\n(function() {\n\n// report-page/contents.ts\n	function followReading(list) {\n		const links = /* @__PURE__ */ new Map();\n		for (const link of list.querySelectorAll(\"a[href^=\\\"#\\\"]\")) {\n			const target = document.getElementById(link.hash.slice(1));\n			if (target !== null) links.set(target, link);\n		}\n		const visible = /* @__PURE__ */ new Set();\n		const observer = new IntersectionObserver((entries) => {\n			for (const { target, isIntersecting } of entries) if (isIntersecting) visible.add(target);\n			else visible.delete(target);\n			const first = [...links.keys()].find((target) => visible.has(target));\n			for (const [target, link] of links) {\n				if (target === first) link.setAttribute(\"aria-current\", \"true\");\n				else link.removeAttribute(\"aria-current\");\n				if (target === first) link.closest(\"ul\")?.scrollTo({ left: link.offsetLeft - 80 });\n			}\n		}, { rootMargin: \"-60px 0px -60% 0px\" });\n		for (const target of links.keys()) observer.observe(target);\n	}\n\n// src/core/report/format-number.ts\n	const NO_BREAK_SPACE = \"\\xA0\";\n	const MINUS = \"−\";\n	function formatNumber(value) {\n		if (value === 0) return \"0\";\n		const size = Math.floor(Math.log10(Math.abs(value)));\n		if (size < -6 || size > 14) return withMinus(value.toExponential(2));\n		const text = formatFixed(value, Math.max(0, 3 - size));\n		return text.includes(\".\") ? text.replace(/\\.?0+$/, \"\") : text;\n	}\n	function formatCount(count) {\n		return formatFixed(Math.round(count), 0);\n	}\n	function formatPercent(share) {\n		const percent = share * 100;\n		if (percent > 0 && percent < .05) return `<${\"\\xA0\"}0.1${\"\\xA0\"}%`;\n		if (percent < 100 && percent > 99.95) return `>${\"\\xA0\"}99.9${\"\\xA0\"}%`;\n		return `${formatFixed(percent, 1).replace(/\\.0$/, \"\")}${\"\\xA0\"}%`;\n	}\n	function formatFixed(value, decimals) {\n		if (Math.abs(value) >= 0x38d7ea4c68000) return withMinus(value.toExponential(2));\n		const [whole, fraction] = Math.abs(value).toFixed(decimals).split(\".\");\n		const grouped = whole.replace(/\\B(?=(\\d{3})+$)/g, \",\");\n		const text = fraction === void 0 ? grouped : `${grouped}.${fraction}`;\n		return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;\n	}\n	function withMinus(text) {\n		return text.replace(/-/g, MINUS);\n	}\n\n// src/core/report/html/chart-scale.ts\n	const CHART_SIDE = 260;\n	const CHART_LEFT = 40;\n	const CHART_TOP = 10;\n	function acrossOf(value) {\n		return 40 + bounded(value) * 260;\n	}\n	function upOf(value) {\n		return 10 + (1 - bounded(value)) * 260;\n	}\n	function valueAt(across) {\n		return bounded((across - 40) / 260);\n	}\n	function heightAt(points, across) {\n		const next = points.findIndex(([x]) => x > across);\n		if (next === 0) return void 0;\n		const before = points[next === -1 ? points.length - 1 : next - 1];\n		if (before === void 0) return void 0;\n		if (next === -1) return before[0] >= across - 1e-9 ? before[1] : void 0;\n		const after = points[next];\n		const share = (across - before[0]) / (after[0] - before[0]);\n		return before[1] + share * (after[1] - before[1]);\n	}\n	function bounded(value) {\n		return Math.min(1, Math.max(0, value));\n	}\n\n// report-page/curve-data.ts\n	const MODELS = [\"champion\", \"challenger\"];\n\n// report-page/elements.ts\n	function need(root, selector) {\n		const found = root.querySelector(selector);\n		if (found === null) throw new Error(`the report has no ${selector}`);\n		return found;\n	}\n	function setText(root, selector, text) {\n		for (const element of root.querySelectorAll(selector)) element.textContent = text;\n	}\n	function create(name, properties = {}) {\n		return Object.assign(document.createElement(name), properties);\n	}\n	function createShape(name, attributes) {\n		const shape = document.createElementNS(\"http://www.w3.org/2000/svg\", name);\n		for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);\n		return shape;\n	}\n\n// report-page/curve-reader.ts\n	const WORDS = {\n		roc: {\n			across: \"false positive rate\",\n			up: \"recall\",\n			start: .1\n		},\n		precisionRecall: {\n			across: \"recall\",\n			up: \"precision\",\n			start: .5\n		}\n	};\n	const STEPS = 200;\n	function addCurveReader(figure, name, curves) {\n		const picture = need(figure, \"svg\");\n		const { across, up, start } = WORDS[name];\n		const label = create(\"label\", { className: \"reader\" });\n		const input = create(\"input\", {\n			type: \"range\",\n			min: \"0\",\n			max: String(STEPS),\n			step: \"1\"\n		});\n		const output = create(\"span\", { className: \"reading\" });\n		label.append(create(\"span\", { textContent: `Read ${up} at a ${across} of` }), input);\n		figure.append(label, output);\n		const guide = drawGuide(picture);\n		const move = () => {\n			const value = Number(input.value) / STEPS;\n			const heights = MODELS.flatMap((model) => {\n				const points = curves[model];\n				return points === void 0 ? [] : [{\n					model,\n					height: heightAt(points, value)\n				}];\n			});\n			guide.moveTo(value, heights);\n			const read = heights.map(({ model, height }) => `${model} ${height === void 0 ? \"–\" : formatPercent(height)}`);\n			const text = `${formatPercent(value)}: ${read.join(\", \")}`;\n			output.textContent = text;\n			input.setAttribute(\"aria-valuetext\", text);\n		};\n		input.addEventListener(\"input\", move);\n		picture.addEventListener(\"pointermove\", (event) => {\n			const box = picture.getBoundingClientRect();\n			const value = valueAt((event.clientX - box.left) / box.width * 312);\n			input.value = String(Math.round(value * STEPS));\n			move();\n		});\n		input.value = String(STEPS * start);\n		move();\n	}\n	function drawGuide(picture) {\n		const line = createShape(\"line\", {\n			class: \"guide\",\n			y1: String(10),\n			y2: String(10 + 260)\n		});\n		const points = new Map(MODELS.map((model) => [model, createShape(\"circle\", {\n			class: `point ${model}`,\n			r: \"3.5\"\n		})]));\n		picture.append(line, ...points.values());\n		return { moveTo(value, heights) {\n			const x = String(acrossOf(value));\n			line.setAttribute(\"x1\", x);\n			line.setAttribute(\"x2\", x);\n			for (const point of points.values()) point.setAttribute(\"visibility\", \"hidden\");\n			for (const { model, height } of heights) {\n				const point = points.get(model);\n				if (point === void 0 || height === void 0) continue;\n				point.setAttribute(\"cx\", x);\n				point.setAttribute(\"cy\", String(upOf(height)));\n				point.setAttribute(\"visibility\", \"visible\");\n			}\n		} };\n	}\n\n// report-page/row-order.ts\n	function keyOf(kind, text, dataSort) {\n		if (kind === \"text\") return text.trim() === \"\" ? void 0 : text.trim();\n		if (dataSort === void 0 || dataSort === \"\") return void 0;\n		const value = Number(dataSort);\n		return Number.isNaN(value) ? void 0 : value;\n	}\n	function orderRows(keys, direction) {\n		const sign = direction === \"ascending\" ? 1 : -1;\n		return keys.map((key, index) => ({\n			key,\n			index\n		})).sort((left, right) => compareKeys(left.key, right.key, sign) || left.index - right.index).map(({ index }) => index);\n	}\n	const words = new Intl.Collator(\"en\", {\n		numeric: true,\n		sensitivity: \"base\"\n	});\n	function compareKeys(left, right, sign) {\n		if (left === void 0 || right === void 0) return Number(left === void 0) - Number(right === void 0);\n		if (typeof left === \"number\" && typeof right === \"number\") return sign * (left - right);\n		return sign * words.compare(String(left), String(right));\n	}\n\n// report-page/sortable-table.ts\n	const FIRST_ROWS = 25;\n	const FEWEST_TO_FILTER = 8;\n	function enhanceTable(table) {\n		const rows = new TableRows(table);\n		if (rows.count < 2) return;\n		for (const head of table.querySelectorAll(\"thead th[data-sorts]\")) addSorting(head, rows);\n		const noun = table.dataset.filter;\n		const region = table.parentElement;\n		if (noun !== void 0 && rows.count >= FEWEST_TO_FILTER) addFilter(region, rows, {\n			noun,\n			marked: table.dataset.markedOnly\n		});\n		if (rows.count > FIRST_ROWS) addFold(region, rows, noun ?? \"rows\");\n		rows.show();\n	}\n	var TableRows = class {\n		#table;\n		#items;\n		#texts = /* @__PURE__ */ new Map();\n		filter = \"\";\n		folded = false;\n		markedOnly = false;\n		constructor(table) {\n			this.#table = table;\n			const grouped = table.classList.contains(\"grouped\");\n			this.#items = [...table.querySelectorAll(grouped ? \"tbody\" : \"tbody > tr\")];\n		}\n		get count() {\n			return this.#items.length;\n		}\n		get markedCount() {\n			return this.#items.filter(isMarked).length;\n		}\n		sort(column, kind, direction) {\n			const keys = this.#items.map((item) => {\n				const cell = (item.matches(\"tr\") ? item : need(item, \"tr\")).children[column];\n				return keyOf(kind, cell?.textContent ?? \"\", cell?.dataset.sort);\n			});\n			const items = this.#items;\n			this.#items = orderRows(keys, direction).map((index) => items[index]);\n			(this.#items[0]?.parentElement ?? this.#table).append(...this.#items);\n			this.show();\n		}\n		show() {\n			let matching = 0;\n			for (const item of this.#items) {\n				const matches = this.#textOf(item).includes(this.filter) && (!this.markedOnly || isMarked(item));\n				if (matches) matching++;\n				item.classList.toggle(\"left-out\", !matches);\n				item.classList.toggle(\"folded-away\", matches && this.folded && matching > FIRST_ROWS);\n			}\n			return matching;\n		}\n		#textOf(item) {\n			const known = this.#texts.get(item);\n			if (known !== void 0) return known;\n			const text = ((item.matches(\"tr\") ? item : need(item, \"th\")).textContent ?? \"\").toLowerCase();\n			this.#texts.set(item, text);\n			return text;\n		}\n	};\n	function addSorting(head, rows) {\n		const button = create(\"button\", {\n			type: \"button\",\n			className: \"sort\"\n		});\n		button.append(...head.childNodes);\n		head.append(button);\n		button.addEventListener(\"click\", () => {\n			const direction = head.getAttribute(\"aria-sort\") === \"ascending\" ? \"descending\" : \"ascending\";\n			const heads = [...head.parentElement?.children ?? []];\n			for (const other of heads) other.removeAttribute(\"aria-sort\");\n			head.setAttribute(\"aria-sort\", direction);\n			rows.sort(heads.indexOf(head), head.dataset.sorts, direction);\n		});\n	}\n	function isMarked(item) {\n		return item.dataset.marked !== void 0;\n	}\n	function addFilter(region, rows, { noun, marked }) {\n		const bar = create(\"div\", { className: \"filter\" });\n		const label = create(\"label\");\n		const input = create(\"input\", {\n			type: \"search\",\n			autocomplete: \"off\",\n			spellcheck: false\n		});\n		const found = create(\"output\", { className: \"found\" });\n		label.append(create(\"span\", { textContent: `Filter ${noun}` }), input);\n		bar.append(label);\n		const show = () => {\n			const matching = rows.show();\n			found.textContent = matching === rows.count ? \"\" : `${matching} of ${rows.count} ${noun}`;\n		};\n		if (marked !== void 0 && rows.markedCount > 0) bar.append(createBox(marked, rows, show));\n		bar.append(found);\n		region.before(bar);\n		input.addEventListener(\"input\", () => {\n			rows.filter = input.value.trim().toLowerCase();\n			show();\n		});\n	}\n	function createBox(text, rows, show) {\n		const label = create(\"label\");\n		const box = create(\"input\", {\n			type: \"checkbox\",\n			autocomplete: \"off\"\n		});\n		label.append(box, create(\"span\", { textContent: text }));\n		box.addEventListener(\"change\", () => {\n			rows.markedOnly = box.checked;\n			show();\n		});\n		return label;\n	}\n	function addFold(region, rows, noun) {\n		const button = create(\"button\", {\n			type: \"button\",\n			className: \"more\"\n		});\n		const fold = (folded) => {\n			rows.folded = folded;\n			rows.show();\n			button.textContent = folded ? `Show all ${rows.count} ${noun}` : `Show the first ${FIRST_ROWS} ${noun}`;\n			button.setAttribute(\"aria-expanded\", String(!folded));\n		};\n		button.addEventListener(\"click\", () => fold(!rows.folded));\n		region.after(button);\n		fold(true);\n	}\n\n// src/core/report/decision-text.ts\n	const DECISION_CELLS = [\n		\"truePositives\",\n		\"falseNegatives\",\n		\"falsePositives\",\n		\"trueNegatives\"\n	];\n	const DECISION_RATES = [\n		\"recall\",\n		\"precision\",\n		\"falsePositiveRate\",\n		\"calledPositive\",\n		\"cost\",\n		\"costPerRow\"\n	];\n	function decide(point, { positives, negatives }) {\n		const { truePositives, falsePositives, cost } = point;\n		const called = truePositives + falsePositives;\n		const rows = positives + negatives;\n		return {\n			truePositives,\n			falsePositives,\n			falseNegatives: Math.max(0, positives - truePositives),\n			trueNegatives: Math.max(0, negatives - falsePositives),\n			...positives > 0 ? { recall: truePositives / positives } : {},\n			...called > 0 ? { precision: truePositives / called } : {},\n			...negatives > 0 ? { falsePositiveRate: falsePositives / negatives } : {},\n			...rows > 0 ? { calledPositive: called / rows } : {},\n			...cost === void 0 ? {} : { cost },\n			...cost === void 0 || rows === 0 ? {} : { costPerRow: cost / rows }\n		};\n	}\n	function describeCell(cell, decisions, totals) {\n		const ofClass = cell === \"truePositives\" || cell === \"falseNegatives\" ? totals.positives : totals.negatives;\n		const rows = decisions[cell];\n		return {\n			rows: formatCount(rows),\n			share: ofClass > 0 ? formatPercent(rows / ofClass) : \"\"\n		};\n	}\n	function describeRate(rate, decisions) {\n		const value = decisions?.[rate];\n		if (value === void 0) return \"–\";\n		return isCost(rate) ? formatNumber(value) : formatPercent(value);\n	}\n	function describeChange(rate, before, after) {\n		const [from, to] = [before?.[rate], after?.[rate]];\n		if (from === void 0 || to === void 0) return \"\";\n		const tenths = (share) => Math.round(share * 1e3);\n		const change = isCost(rate) ? to - from : (tenths(to) - tenths(from)) / 10;\n		const text = formatNumber(change);\n		const signed = change > 0 ? `+${text}` : text;\n		if (isCost(rate) || change === 0) return signed;\n		return `${signed}${\"\\xA0\"}${Math.abs(change) === 1 ? \"point\" : \"points\"}`;\n	}\n	function describeThreshold(threshold) {\n		return formatNumber(threshold);\n	}\n	function startOf(points, inUse) {\n		const wanted = inUse ?? .5;\n		let best = 0;\n		points.forEach(({ threshold }, index) => {\n			const nearest = Math.abs(points[best].threshold - wanted);\n			if (Math.abs(threshold - wanted) < nearest) best = index;\n		});\n		return best;\n	}\n	function placeOnRoc({ falsePositiveRate, recall }) {\n		return falsePositiveRate === void 0 || recall === void 0 ? void 0 : [falsePositiveRate, recall];\n	}\n	function placeOnPrecisionRecall({ precision, recall }) {\n		return precision === void 0 || recall === void 0 ? void 0 : [recall, precision];\n	}\n	function isCost(rate) {\n		return rate === \"cost\" || rate === \"costPerRow\";\n	}\n\n// report-page/threshold-explorer.ts\n	function addThresholdExplorer(section, data) {\n		const { thresholds, positives, rows } = data;\n		const panel = section.querySelector(\"[data-part=\\\"threshold\\\"]\");\n		if (panel === null || thresholds === void 0 || positives === void 0) return;\n		const totals = {\n			positives,\n			negatives: Math.max(0, rows - positives)\n		};\n		const start = startOf(thresholds.challenger, thresholds.inUse);\n		const controls = buildControls(thresholds, start);\n		need(panel, \"[data-slot=\\\"slider\\\"]\").replaceWith(controls.element);\n		const show = () => {\n			const point = thresholds.challenger[Number(controls.input.value)];\n			const shown = decisionsAt(thresholds, point, totals);\n			showDecisions(panel, shown, totals);\n			showPlaces(section, shown);\n			const isInUse = point.threshold === thresholds.inUse;\n			controls.tell(describeThreshold(point.threshold), isInUse, summarize(shown, totals));\n		};\n		controls.input.addEventListener(\"input\", show);\n		controls.back.addEventListener(\"click\", () => {\n			controls.input.value = String(start);\n			show();\n			controls.input.focus();\n		});\n		show();\n	}\n	function decisionsAt(thresholds, point, totals) {\n		const before = thresholds.champion?.find(({ threshold }) => threshold === point.threshold);\n		return {\n			champion: before && decide(before, totals),\n			challenger: decide(point, totals)\n		};\n	}\n	function buildControls({ challenger, inUse }, start) {\n		const last = challenger.length - 1;\n		const element = create(\"div\", { className: \"setting\" });\n		const label = create(\"label\", { className: \"slider\" });\n		const value = create(\"strong\");\n		const input = create(\"input\", {\n			type: \"range\",\n			min: \"0\",\n			max: String(last),\n			step: \"1\",\n			value: String(start)\n		});\n		const track = create(\"span\", { className: \"track\" });\n		track.append(input);\n		if (inUse !== void 0 && last > 0) {\n			const tick = create(\"span\", {\n				className: \"tick\",\n				title: \"in use\"\n			});\n			tick.style.setProperty(\"--at\", String(start / last));\n			track.append(tick);\n		}\n		const name = create(\"span\", { textContent: \"Threshold \" });\n		name.append(value);\n		label.append(name, track);\n		const back = create(\"button\", {\n			type: \"button\",\n			className: \"more\",\n			textContent: inUse === void 0 ? \"Back to the start\" : \"Back to the threshold in use\"\n		});\n		const mark = create(\"span\", {\n			className: \"mark plain\",\n			textContent: \"in use\"\n		});\n		element.append(label, mark, back);\n		return {\n			element,\n			input,\n			back,\n			tell(threshold, isInUse, summary) {\n				value.textContent = threshold;\n				mark.hidden = !isInUse;\n				back.hidden = Number(input.value) === start;\n				input.setAttribute(\"aria-valuetext\", `${threshold}${isInUse ? \", in use\" : \"\"}: ${summary}`);\n			}\n		};\n	}\n	function showDecisions(panel, shown, totals) {\n		for (const model of MODELS) {\n			const decisions = shown[model];\n			const matrix = panel.querySelector(`[data-model=\"${model}\"]`);\n			if (matrix === null || decisions === void 0) continue;\n			for (const cell of DECISION_CELLS) {\n				const text = describeCell(cell, decisions, totals);\n				setText(matrix, `[data-cell=\"${cell}\"] strong`, text.rows);\n				setText(matrix, `[data-cell=\"${cell}\"] small`, text.share);\n			}\n		}\n		for (const rate of DECISION_RATES) {\n			const row = panel.querySelector(`[data-rate=\"${rate}\"]`);\n			if (row === null) continue;\n			for (const model of MODELS) setText(row, `[data-of=\"${model}\"]`, describeRate(rate, shown[model]));\n			setText(row, \"[data-of=\\\"change\\\"]\", describeChange(rate, shown.champion, shown.challenger));\n		}\n	}\n	function showPlaces(section, shown) {\n		const places = {\n			roc: placeOnRoc,\n			precisionRecall: placeOnPrecisionRecall\n		};\n		for (const [chart, placeOf] of Object.entries(places)) for (const model of MODELS) {\n			const mark = section.querySelector(`[data-chart=\"${chart}\"] [data-mark=\"${model}\"]`);\n			const decisions = shown[model];\n			const place = decisions && placeOf(decisions);\n			mark?.setAttribute(\"visibility\", place === void 0 ? \"hidden\" : \"visible\");\n			if (place === void 0) continue;\n			mark?.setAttribute(\"cx\", String(acrossOf(place[0])));\n			mark?.setAttribute(\"cy\", String(upOf(place[1])));\n		}\n	}\n	function summarize({ champion, challenger }, totals) {\n		const say = (model, decisions) => decisions && `${model} finds ${describeCell(\"truePositives\", decisions, totals).rows} of ${totals.positives}, ${describeCell(\"falsePositives\", decisions, totals).rows} false alarms`;\n		return [say(\"champion\", champion), say(\"challenger\", challenger)].filter(Boolean).join(\"; \");\n	}\n\n// report-page/main.ts\n	for (const table of document.querySelectorAll(\"table[data-sortable]\")) enhanceTable(table);\n	for (const section of document.querySelectorAll(\"[data-part=\\\"curves\\\"]\")) {\n		const data = JSON.parse(need(section, \"[data-block=\\\"curves\\\"]\").textContent ?? \"\");\n		for (const figure of section.querySelectorAll(\"[data-chart]\")) {\n			const name = figure.dataset.chart;\n			const curves = data[name];\n			if (curves !== void 0) addCurveReader(figure, name, curves);\n		}\n		addThresholdExplorer(section, data);\n	}\n	for (const list of document.querySelectorAll(\"nav.parts\")) followReading(list);\n	window.addEventListener(\"beforeprint\", () => {\n		for (const details of document.querySelectorAll(\"details\")) details.open = true;\n	});\n	document.documentElement.dataset.script = \"ready\";\n	performance.mark(\"report-ready\");\n\n})();\n";
const PAGE_SCRIPT_HASH = "sha256-e/T6fDHzcpiIy6cxa0Cs+JDMXwEKN6coa7kdhlx/WMo=";
const REPORT_STYLE_HASH = "sha256-BACdCY2tbjr/rH9pIsecfIHWJ0i633s6N6W0Kn4xIOI=";

// src/core/report/html/provenance-section.ts
function renderProvenance(evidence, run, id) {
	const comparison = completed(evidence.comparison);
	const training = completed(evidence.training);
	const groups = [
		["Run", runFacts(evidence, run)],
		["Models", comparison ? modelFacts(comparison) : []],
		["Rows", comparison ? rowFacts(comparison) : []],
		["Training", training ? trainingFacts(training) : []]
	];
	return html`<section class="panel long" id="${id}-provenance"><h3>Provenance</h3>${groups.map(renderFacts)}${renderInputs(evidence)}</section>`;
}
function completed(document) {
	return document === void 0 || document.verdict === "error" ? void 0 : document;
}
function runFacts(evidence, run) {
	const documents = [
		evidence.comparison,
		evidence.training,
		evidence.validation,
		evidence.drift
	];
	const document = documents.find((one) => one !== void 0);
	const attempt = run.attempt === void 0 ? "" : `, attempt ${run.attempt}`;
	return [
		["Commit", run.commit],
		["Base commit", document?.source.baseCommit],
		["Repository", document?.source.repository],
		["Run", isPlainAddress(run.runUrl) ? html`<a href="${run.runUrl}">${run.runUrl}</a>${attempt}` : run.run && `${run.run}${attempt}`],
		["Made by", document && `${document.tool.name} ${document.tool.version}`],
		["Made at", document?.measured.createdAt],
		...documents.flatMap((one) => one?.measured.seconds === void 0 ? [] : [[`Time of ${one.kind}`, formatDuration(one.measured.seconds)]])
	];
}
function modelFacts({ champion, challenger, exam, proposedVersion }) {
	return [
		["Champion", champion && html`<code>${champion.digest}</code> ${champion.origin}`],
		["Champion version", champion?.version],
		["Challenger", html`<code>${challenger.digest}</code> ${challenger.origin}`],
		["Proposed version", proposedVersion],
		["Rules of commit", exam.commit]
	];
}
function rowFacts(comparison) {
	const { holdout, windows } = comparison;
	const count = (value) => value ? formatCount(value) : void 0;
	return [
		["Holdout", holdout.digest],
		["Uses of the holdout", describeHoldoutUse(comparison)],
		["Rows refused by a model", count(holdout.refusedRows)],
		["Rows without a label", count(holdout.unlabelledRows)],
		["Rows with an id seen before", count(holdout.repeatedIds)],
		["Window of the holdout", windowText(windows?.holdout)],
		["Window of training", windowText(windows?.training)],
		["Training rows", comparison.trainingData],
		...describeLeakage(comparison).notes.map((note) => ["Leakage", html`${note}`])
	];
}
function trainingFacts(training) {
	return [
		["Learner", training.learner ?? training.command],
		["Rows", formatCount(training.rows)],
		["Seed", String(training.seed)],
		["Data", training.data],
		["Recipe", training.recipe],
		...Object.entries(training.parameters).map(([name, value]) => [name, String(value)]),
		...Object.entries(training.environment).map(([name, value]) => [name, value])
	];
}
function renderFacts([title, facts]) {
	const present = facts.filter(([, value]) => value !== void 0 && value !== "");
	if (present.length === 0) return void 0;
	return html`<h4>${title}</h4><dl class="facts">${present.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === "string" ? html`<code>${value}</code>` : value}</dd>`)}</dl>`;
}
function renderInputs({ validation, training, comparison, drift }) {
	const inputs = [
		validation,
		training,
		comparison,
		drift
	].flatMap((document) => (document?.inputs ?? []).map((input) => ({
		...input,
		stage: document?.kind ?? ""
	})));
	if (inputs.length === 0) return void 0;
	return html`<h4>Files that were read</h4><div class="scroll" tabindex="0" role="group" aria-label="Files that were read"><table><thead><tr><th class="text" scope="col">File</th><th class="text" scope="col">As</th><th class="text" scope="col">By</th><th scope="col">Rows</th><th scope="col">Size</th><th class="text" scope="col">SHA-256</th></tr></thead><tbody>${inputs.map(({ path, role, stage, rows, bytes, sha256 }) => html`<tr><th scope="row"><code>${path}</code></th><td class="text">${role}</td><td class="text">${stage}</td><td>${rows === void 0 ? void 0 : formatCount(rows)}</td><td>${bytes === void 0 ? void 0 : formatBytes(bytes)}</td><td class="text digest"><code>${sha256}</code></td></tr>`)}</tbody></table></div>`;
}
function windowText(window) {
	if (window === void 0) return void 0;
	return `from ${window.from ?? "the first"} to before ${window.to ?? "the end"}`;
}

// src/core/report/html/slices-section.ts
function renderSlices(comparison, id) {
	const { slices } = comparison;
	if (slices.length === 0) return void 0;
	const sorted = [...slices].sort((left, right) => (left.difference?.value ?? Number.POSITIVE_INFINITY) - (right.difference?.value ?? Number.POSITIVE_INFINITY));
	const names = [...new Set(slices.map(({ name }) => name))];
	const reaches = new Map(names.map((name) => [name, reachOf(slices.filter((slice) => slice.name === name))]));
	const only = names.length === 1 ? reaches.get(names[0]) ?? 0 : 0;
	const columns = [
		{
			name: "Slice",
			sorts: "text"
		},
		{
			name: "Gain",
			sorts: "number",
			order: "ascending"
		},
		{
			name: "Loss, gain",
			picture: true,
			head: renderForestAxis(only)
		},
		{
			name: "Rows",
			sorts: "number"
		},
		{
			name: "Champion",
			sorts: "number"
		},
		{
			name: "Challenger",
			sorts: "number"
		},
		{
			name: "Verdict",
			sorts: "text"
		}
	];
	const table = renderDataTable({
		label: "Slices",
		columns,
		filter: "slices",
		cards: true,
		rows: sorted.map((slice) => renderSliceRow(slice, reaches.get(slice.name) ?? 0, names.length > 1))
	});
	return html`<section class="panel long" id="${id}-slices"><h3>Slices</h3><p class="note">The one that lost most comes first. Intervals are corrected for the number of slices; the pictures of one metric share one scale.</p>${table}</section>`;
}
function renderSliceRow(slice, reach, named) {
	const text = describeMetric(slice);
	const positives = slice.positives === void 0 ? void 0 : html`<small>${formatCount(slice.positives)} positive</small>`;
	return html`<tr><th scope="row">${slice.slice}${named ? html`<small>${slice.name}</small>` : void 0}</th>${numberCell(html`<strong>${text.gain}</strong><small>${text.interval}</small>`, slice.difference?.value, "gain")}<td class="text picture">${renderForestRow(slice, reach)}</td>${numberCell(html`${formatCount(slice.rows)}${positives}`, slice.rows, "rows")}${numberCell(text.champion, slice.champion?.value, "of-champion")}${numberCell(text.challenger, slice.challenger?.value, "of-challenger")}<td class="text verdict-of">${renderMark(slice)}</td></tr>`;
}

// src/core/report/html/style.ts
const REPORT_STYLE = [
	BASE_STYLE,
	TABLE_STYLE,
	CHART_STYLE,
	CONTROL_STYLE,
	DATA_STYLE,
	SMALL_AND_PAPER_STYLE
].join("");

// src/core/report/html/verdict-header.ts
function renderVerdictHeader(model, judgement) {
	const headline = buildHeadline(judgement);
	const pair = headline.subject === "" ? void 0 : html`<span class="pair">${headline.numbers} <small>${headline.subject}</small></span>`;
	return html`<header class="verdict ${judgement.outcome}">
<p class="kicker">${model} · ${describeOutcome(judgement)}</p>
<h2>${headline.word} ${pair}</h2>
${renderBody(judgement)}
</header>`;
}
function renderBody(judgement) {
	switch (judgement.kind) {
		case "failed": return renderError(judgement);
		case "data": return html`<p class="lead">${judgement.outcome === "failure" ? html`Nothing is trained on data that fail. ` : void 0}No model was trained or judged.</p>`;
		case "completed": return renderLead(judgement);
	}
}
function describeOutcome(judgement) {
	return {
		success: "passed",
		failure: "failed",
		pending: "not decided",
		error: "stopped"
	}[judgement.outcome];
}
function renderError(judgement) {
	const { error, stage } = judgement;
	const place = [error.file, error.line].filter((part) => part !== void 0).join(":");
	return html`<p class="lead"><code>${stage}</code> stopped: ${error.message}</p>${place === "" ? void 0 : html`<p class="lead"><code>${place}</code></p>`}`;
}
function renderLead(judgement) {
	const { comparison } = judgement;
	const accepted = validAcceptance(comparison);
	const sentences = [
		judgement.state === "unchanged" ? describeUnchanged(judgement) : void 0,
		accepted && `Accepted by ${accepted.by}: “${accepted.reason}”.`,
		judgement.selfReported ? "Self-reported: code of the pull request ran in the job that made these numbers." : void 0,
		judgement.outcome === "failure" && judgement.decisiveGate !== void 0 ? `${judgement.decisiveGate.description} failed: ${judgement.decisiveGate.reason}.` : void 0,
		judgement.outcome === "pending" ? describeNeed(judgement) : void 0,
		withStop(describeScores(comparison)),
		sentence(describeMerging(judgement))
	].filter((text) => text !== void 0);
	return html`<p class="lead">${sentences.join(" ")}</p>${renderAlerts(judgement)}${renderFigures(judgement)}`;
}
function describeNeed(judgement) {
	const needed = describeRowsNeeded(judgement.comparison);
	return needed === void 0 ? void 0 : sentence(`${needed} would settle it`);
}
function renderAlerts(judgement) {
	const { exam } = judgement.comparison;
	const alerts = [];
	if (exam.changed.length > 0) alerts.push(html`<div class="alert pending"><strong>This pull request changes the rules.</strong> It is judged under the rules of the base branch.
<ul>${exam.changed.map(({ what, before, after }) => html`<li>${what}: <code>${before ?? "nothing"}</code> → <code>${after ?? "nothing"}</code></li>`)}</ul>
${exam.proposed === void 0 ? void 0 : html`<p>Under its own rules it would be ${exam.proposed.verdict}: ${exam.proposed.note}</p>`}</div>`);
	const coverage = describeCoverage(judgement.comparison);
	if (coverage !== void 0) alerts.push(html`<div class="alert pending"><strong>${coverage.title}</strong> ${coverage.advice.replaceAll("`", "")}</div>`);
	const leakage = describeLeakage(judgement.comparison).alerts;
	if (leakage.length > 0) alerts.push(html`<div class="alert failure"><strong>Leakage.</strong> ${leakage.join(" ")}</div>`);
	const overuse = describeOveruse(judgement.comparison);
	if (overuse !== void 0) alerts.push(html`<div class="alert pending"><strong>${overuse.title}</strong> ${overuse.advice}</div>`);
	return alerts;
}
function renderFigures(judgement) {
	const { comparison } = judgement;
	if (judgement.state === "unchanged") return void 0;
	const primary = findPrimary(comparison);
	const text = primary && describeMetric(primary);
	const { holdout, flips } = comparison;
	const positives = holdout.positives === void 0 ? void 0 : formatQuantity(holdout.positives, "positive");
	const groups = holdout.groups === void 0 ? void 0 : formatQuantity(holdout.groups, "group");
	const figures = [];
	if (text !== void 0 && primary?.difference !== void 0) figures.push([
		"Difference",
		text.gain,
		text.interval
	]);
	else if (text !== void 0) figures.push([
		"Value",
		text.challenger,
		text.challengerInterval
	]);
	figures.push([
		"Holdout",
		formatQuantity(holdout.rows, "row"),
		[positives, groups].filter((part) => part !== void 0).join(", ")
	]);
	const slices = describeSlices(comparison);
	if (slices !== void 0) figures.push([
		"Slices",
		sentence(slices).replace(/\.$/, ""),
		`${formatCount(countOpenSlices(comparison.slices))} undecided`
	]);
	if (flips !== void 0) figures.push([
		"Flips",
		`${formatCount(flips.newlyRight)} right, ${formatCount(flips.newlyWrong)} wrong`,
		"rows whose label changed"
	]);
	return html`<dl class="figures">${figures.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}<small>${more}</small></dd></div>`)}</dl>`;
}
function withStop(text) {
	return text === void 0 ? void 0 : sentence(text);
}
function sentence(text) {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

// src/core/report/html/page.ts
var _templateObject;
const POLICY = `default-src 'none'; style-src '${REPORT_STYLE_HASH}'; script-src '${PAGE_SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;
function renderHtmlReport(models, run) {
	const judged = worstFirst(models.map((evidence, index) => ({
		evidence,
		judgement: judge(evidence),
		id: `model-${index + 1}`
	})));
	const title = judged[0] === void 0 ? "Nothing to report" : titleOf(judged[0]);
	const command = renderReproduction(run);
	return html(_templateObject || (_templateObject = _taggedTemplateLiteral([
		"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
		"\">\n<meta name=\"referrer\" content=\"no-referrer\"><title>",
		"</title><style>",
		"</style></head>\n<body><a class=\"skip\" href=\"#report\">Skip to the report</a><main id=\"report\" tabindex=\"-1\"><h1 class=\"unseen\">",
		"</h1>\n",
		"\n",
		"\n</main>\n<footer>",
		"</footer>\n<script>",
		"<\/script></body></html>\n"
	])), verbatim(POLICY), title, verbatim(REPORT_STYLE), title, judged.length > 1 ? renderModelList(judged) : void 0, judged.map((model) => renderModel(model, run)), command === void 0 ? void 0 : html`<p>Repeat this on a laptop:</p><pre tabindex="0"><code>${command}</code></pre>`, verbatim(PAGE_SCRIPT)).markup;
}
function titleOf({ evidence, judgement }) {
	return `${headlineText(buildHeadline(judgement))}, ${evidence.model}`;
}
function renderModelList(models) {
	return html`<nav class="models" aria-label="Models"><ul>${models.map((model) => html`<li><a href="#${model.id}"><span class="state ${model.judgement.outcome}"></span>${titleOf(model)}</a></li>`)}</ul></nav>`;
}
function renderModel({ evidence, judgement, id }, run) {
	const sections = listSections({
		evidence,
		judgement,
		id
	}, run);
	return html`<article class="model" id="${id}">${renderVerdictHeader(evidence.model, judgement)}
${sections.length > 1 ? html`<nav class="parts" aria-label="Parts of the report on ${evidence.model}"><ul>${sections.map(({ name, anchor }) => html`<li><a href="#${id}-${anchor}">${name}</a></li>`)}</ul></nav>` : void 0}
${sections.map(({ content }) => content)}</article>`;
}
function listSections({ evidence, judgement, id }, run) {
	const comparison = judgement.kind === "completed" && judgement.state !== "unchanged" ? judgement.comparison : void 0;
	const { validation, drift } = evidence;
	return [
		{
			name: "Metrics",
			anchor: "metrics",
			content: comparison && renderMetrics(comparison, id)
		},
		{
			name: "Gates",
			anchor: "gates",
			content: comparison && renderGateList(comparison, id)
		},
		{
			name: "Slices",
			anchor: "slices",
			content: comparison && renderSlices(comparison, id)
		},
		{
			name: "Curves",
			anchor: "curves",
			content: comparison && renderCurves(comparison, id)
		},
		{
			name: "Calibration",
			anchor: "calibration",
			content: comparison && renderCalibrationSection(comparison, id)
		},
		{
			name: "Flips",
			anchor: "flips",
			content: comparison && renderFlips(comparison, id)
		},
		{
			name: "Importance",
			anchor: "importance",
			content: comparison && renderImportance(comparison, id)
		},
		{
			name: "Model",
			anchor: "model",
			content: comparison && renderModelChanges(comparison, id)
		},
		{
			name: "Data",
			anchor: "data",
			content: validation === void 0 || validation.verdict === "error" ? void 0 : renderData(validation, id)
		},
		{
			name: "Drift",
			anchor: "drift",
			content: drift === void 0 || drift.verdict === "error" ? void 0 : renderDrift(drift, id)
		},
		{
			name: "Provenance",
			anchor: "provenance",
			content: renderProvenance(evidence, run, id)
		}
	].filter((section) => section.content !== void 0);
}

export { reachOf, renderHtmlReport };