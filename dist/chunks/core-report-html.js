import { breakingFirst, buildHeadline, countOpenSlices, describeCalibration, describeCoverage, describeFlips$1 as describeFlips, describeHoldoutUse, describeIdHash, describeLatency, describeLeakage, describeMerging, describeMetric, describeOveruse, describeRowsNeeded, describeScores, describeScoring, describeSlices, describeUnchanged, escapeHtml, findPrimary, flippedSlices, formatBytes, formatConfidence, formatCount, formatNumber, formatPValue, formatPercent, formatQuantity, headlineText, isPlainAddress, judge, makeVisible, renderReproduction, validAcceptance, worstFirst } from "./core-comparison.js";

// src/core/report/html/markup.ts
const MAX_TEXT = 500;
function html(strings, ...values) {
	return { markup: strings.map((text, index) => index < values.length ? text + contentOf(values[index]) : text).join("") };
}
function verbatim(text) {
	return { markup: text };
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

// src/core/report/html/comparison-details.ts
function renderFlips(comparison, id) {
	const total = describeFlips(comparison);
	if (total === void 0) return void 0;
	return html`<section class="panel long" id="${id}-flips"><h3>Flips</h3><p class="note">${total}.</p>${renderBySlice(comparison)}${renderExamples(comparison)}</section>`;
}
function renderBySlice(comparison) {
	const slices = flippedSlices(comparison);
	if (slices.length === 0) return void 0;
	return html`<div class="scroll" tabindex="0" role="region" aria-label="Flips by slice"><table><thead><tr><th class="text" scope="col">Slice</th><th scope="col">Rows</th><th scope="col">Newly right</th><th scope="col">Newly wrong</th></tr></thead><tbody>${slices.map(({ slice, rows, newlyRight, newlyWrong }) => html`<tr><th scope="row">${slice}</th><td>${formatCount(rows)}</td><td>${formatCount(newlyRight)}</td><td>${formatCount(newlyWrong)}</td></tr>`)}</tbody></table></div>`;
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
function renderCalibration(comparison) {
	const text = describeCalibration(comparison);
	if (text === void 0) return void 0;
	return html`<h4>Calibration</h4><div class="scroll" tabindex="0" role="region" aria-label="Calibration"><table><thead><tr><th class="text" scope="col">Number</th><th scope="col">Champion</th><th scope="col">Challenger</th></tr></thead><tbody>${text.rows.map(({ name, champion, challenger }) => html`<tr><th scope="row">${name}</th><td>${champion}</td><td>${challenger}</td></tr>`)}</tbody></table></div>${text.notes.map((note) => html`<p class="note">${note}</p>`)}`;
}
function renderLatency(comparison) {
	return describeLatency(comparison).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
}

// src/core/report/html/bars.ts
const WIDTH$2 = 150;
const HEIGHT$2 = 32;
const MOST_BARS = 40;
function renderShareBar(share) {
	return html`<svg width="180" height="12" viewBox="0 0 180 12" aria-hidden="true"><rect class="track" width="180" height="12" rx="3"/><rect class="bar" width="${coordinate(Math.min(1, Math.max(0, share)) * 180)}" height="12" rx="3"/></svg>`;
}
function renderDistribution(column, rows) {
	if (column.histogram !== void 0 && column.histogram.length > 0) return renderHistogram(column.histogram);
	if (column.top !== void 0 && column.top.length > 0) return renderTop(column.top, rows);
}
function renderHistogram(bins) {
	const shown = bins.slice(0, MOST_BARS);
	const largest = Math.max(1, ...shown.map((bin) => bin.count));
	const width = WIDTH$2 / shown.length;
	const bars = shown.map((bin, index) => {
		const height = bin.count / largest * HEIGHT$2;
		return html`<rect class="bar" x="${coordinate(index * width + .5)}" y="${coordinate(HEIGHT$2 - height)}" width="${coordinate(Math.max(.5, width - 1))}" height="${coordinate(height)}"/>`;
	});
	const first = shown[0]?.from ?? 0;
	const last = shown.at(-1)?.to ?? 0;
	const label = `histogram from ${formatNumber(first)} to ${formatNumber(last)}, largest bin ${formatCount(largest)} rows`;
	return html`<svg width="${WIDTH$2}" height="${HEIGHT$2}" viewBox="0 0 ${WIDTH$2} ${HEIGHT$2}" role="img" aria-label="${label}">${bars}<line class="axis" x1="0" x2="${WIDTH$2}" y1="${HEIGHT$2}" y2="${HEIGHT$2}"/></svg>`;
}
function renderTop(top, rows) {
	return html`${top.slice(0, 3).map(({ value, count }) => html`<small>${value} ${rows > 0 ? formatPercent(count / rows) : ""}</small>`)}`;
}

// src/core/report/html/curve-chart.ts
const SIDE = 260;
const LEFT = 40;
const TOP = 10;
const WIDTH$1 = 312;
const HEIGHT$1 = 306;
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
	return html`<figure><figcaption>${words.title}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH$1} ${HEIGHT$1}" role="img" aria-label="${description}">
${TICKS.map(renderTick)}
${diagonal}
${curves.map(({ name, points }) => renderCurve(name, points, words.dots === true))}
<text x="${170}" y="${302}" text-anchor="middle">${words.across}</text>
<text transform="translate(11 ${140}) rotate(-90)" text-anchor="middle">${words.up}</text>
</svg></figure>`;
}
function renderCurveKey(hasChampion) {
	const champion = html`<span><svg width="28" height="10" aria-hidden="true"><line class="line champion" x1="1" x2="27" y1="5" y2="5"/></svg>champion</span>`;
	return html`<p class="key"><span><svg width="28" height="10" aria-hidden="true"><line class="line" x1="1" x2="27" y1="5" y2="5"/></svg>challenger</span>${hasChampion ? champion : void 0}</p>`;
}
function renderTick(value) {
	return html`<line class="grid" x1="${x(value)}" x2="${x(value)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(value)}" y2="${y(value)}"/><text x="${x(value)}" y="${285}" text-anchor="middle">${value}</text><text x="${34}" y="${coordinate(Number(y(value)) + 4)}" text-anchor="end">${value}</text>`;
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
function x(value) {
	return coordinate(LEFT + bounded(value) * SIDE);
}
function y(value) {
	return coordinate(TOP + (1 - bounded(value)) * SIDE);
}
function bounded(value) {
	return Math.min(1, Math.max(0, value));
}

// src/core/report/html/forest.ts
const WIDTH = 220;
const HEIGHT = 26;
const CENTRE = WIDTH / 2;
const REACH = WIDTH / 2 - 8;
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
	const middle = HEIGHT / 2;
	const band = margin === void 0 || margin > reach ? void 0 : html`<rect class="band" x="${x(-margin)}" y="2" width="${coordinate(2 * margin * REACH / reach)}" height="${22}"/>`;
	const whisker = difference.interval === void 0 ? void 0 : html`<line class="whisker" x1="${x(difference.interval[0])}" x2="${x(difference.interval[1])}" y1="${middle}" y2="${middle}"/>`;
	return html`<svg class="${metric.verdict ?? "plain"}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${band}<line class="zero" x1="${CENTRE}" x2="${CENTRE}" y1="0" y2="${HEIGHT}"/>${whisker}<circle class="knob" cx="${x(difference.value)}" cy="${middle}" r="4.5"/></svg>`;
}

// src/core/report/html/comparison-sections.ts
function renderMetrics(comparison, id) {
	const { metrics, primary } = comparison;
	if (metrics.length === 0) return void 0;
	const sorted = [...metrics].sort((left, right) => Number(right.name === primary) - Number(left.name === primary));
	const paired = comparison.champion !== void 0;
	const note = paired ? `Gain is challenger minus champion, turned so that more is better, with its ${formatConfidence(comparison.confidence)} interval. In the picture each row has its own scale: the line is no difference, the band is the margin, right is better.` : `Values with their ${formatConfidence(comparison.confidence)} intervals. There is no champion to compare with.`;
	const header = paired ? html`<th class="text" scope="col">Metric</th><th scope="col">Gain</th><th class="text picture" scope="col">Loss, gain</th><th scope="col">Champion</th><th scope="col">Challenger</th><th class="text" scope="col">Verdict</th>` : html`<th class="text" scope="col">Metric</th><th scope="col">Challenger</th><th scope="col">Knowing nothing</th>`;
	return html`<section class="panel" id="${id}-metrics"><h3>Metrics</h3><p class="note">${note}</p><div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table><thead><tr>${header}</tr></thead><tbody>
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
function renderSlices(comparison, id) {
	const { slices } = comparison;
	if (slices.length === 0) return void 0;
	const sorted = [...slices].sort((left, right) => (left.difference?.value ?? 0) - (right.difference?.value ?? 0));
	const reaches = new Map([...new Set(slices.map(({ name }) => name))].map((name) => [name, reachOf(slices.filter((slice) => slice.name === name))]));
	return html`<section class="panel long" id="${id}-slices"><h3>Slices</h3><p class="note">The one that lost most comes first. Intervals are corrected for the number of slices; the pictures of one metric share one scale.</p><div class="scroll" tabindex="0" role="region" aria-label="Slices"><table><thead><tr><th class="text" scope="col">Slice</th><th scope="col">Gain</th><th class="text picture" scope="col">Loss, gain</th><th scope="col">Rows</th><th scope="col">Champion</th><th scope="col">Challenger</th><th class="text" scope="col">Verdict</th></tr></thead><tbody>
${sorted.map((slice) => renderSliceRow(slice, reaches.get(slice.name) ?? 0, reaches.size > 1))}
</tbody></table></div></section>`;
}
function renderCharts(comparison, id) {
	const { curves } = comparison;
	const charts = [
		curves?.roc && renderCurveChart(curves.roc, {
			title: "ROC",
			across: "False positive rate",
			up: "Recall",
			diagonal: true
		}),
		curves?.precisionRecall && renderCurveChart(curves.precisionRecall, {
			title: "Precision and recall",
			across: "Recall",
			up: "Precision"
		}),
		curves?.calibration && renderCurveChart(curves.calibration, {
			title: "Calibration",
			across: "Predicted",
			up: "Observed",
			diagonal: true,
			dots: true
		})
	].filter((chart) => chart !== void 0);
	const calibration = renderCalibration(comparison);
	if (charts.length === 0 && calibration === void 0) return void 0;
	const pictures = charts.length === 0 ? void 0 : html`${renderCurveKey(comparison.champion !== void 0)}<div class="charts">${charts}</div>`;
	return html`<section class="panel" id="${id}-curves"><h3>Curves</h3>${pictures}${calibration}</section>`;
}
function renderModelChanges(comparison, id) {
	const { importance = [], parametersChanged = [], modelContract, size } = comparison;
	const sorted = [...importance].sort((left, right) => right.share - left.share).slice(0, 25);
	const largest = Math.max(sorted[0]?.share ?? 0, Number.MIN_VALUE);
	const changes = breakingFirst(modelContract?.changes ?? []);
	const latency = renderLatency(comparison);
	const scoring = describeScoring(comparison);
	if ([
		size,
		latency[0],
		sorted[0],
		changes[0],
		parametersChanged[0],
		scoring[0]
	].every((fact) => fact === void 0)) return void 0;
	return html`<section class="panel" id="${id}-model"><h3>Model</h3>
<dl class="facts">${size && html`<dt>Size</dt><dd>${size.champion === void 0 ? void 0 : html`${formatBytes(size.champion)} → `}${formatBytes(size.challenger)}</dd>`}
${latency}
${changes.map(({ change, breaking }) => html`<dt>${breaking ? "Breaking change" : "Compatible change"}</dt><dd>${change}</dd>`)}
${parametersChanged.map(({ what, before, after }) => html`<dt>${what}</dt><dd><code>${before ?? "–"}</code> → <code>${after ?? "–"}</code></dd>`)}
${scoring.map((note) => html`<dt>Scoring</dt><dd>${note}</dd>`)}</dl>
${sorted.length === 0 ? void 0 : html`<h4>Importance of columns</h4><div class="scroll" tabindex="0" role="region" aria-label="Importance of columns"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Share of the gain in training</th><th scope="col"></th></tr></thead><tbody>${sorted.map(({ column, share }) => html`<tr><th scope="row">${column}</th><td class="text">${renderShareBar(share / largest)}</td><td>${formatPercent(share)}</td></tr>`)}</tbody></table></div>`}</section>`;
}
function renderPairedRow(metric) {
	const text = describeMetric(metric);
	return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(metric, reachOf([metric]))}</td><td>${text.champion}<small>${text.championInterval}</small></td><td>${text.challenger}<small>${text.challengerInterval}</small></td><td class="text">${renderMark(metric)}</td></tr>`;
}
function renderSingleRow(metric) {
	const text = describeMetric(metric);
	return html`<tr><th scope="row">${metric.name}<small>${describeDirection(metric)}</small></th><td><strong>${text.challenger}</strong><small>${text.challengerInterval}</small></td><td>${text.noInformation ?? "–"}</td></tr>`;
}
function renderSliceRow(slice, reach, named) {
	const text = describeMetric(slice);
	return html`<tr><th scope="row">${slice.slice}${named ? html`<small>${slice.name}</small>` : void 0}</th><td><strong>${text.gain}</strong><small>${text.interval}</small></td><td class="text picture">${renderForestRow(slice, reach)}</td><td>${formatCount(slice.rows)}</td><td>${text.champion}</td><td>${text.challenger}</td><td class="text">${renderMark(slice)}</td></tr>`;
}
function renderMark(metric) {
	const { glyph, words } = describeMetric(metric).mark;
	return words === "" ? void 0 : html`<span class="mark ${metric.verdict ?? "plain"}">${glyph} ${words}</span>`;
}
function describeDirection(metric) {
	const direction = metric.direction === "lower" ? "lower is better" : "higher is better";
	return metric.note === void 0 ? direction : `${direction}; ${metric.note}`;
}

// src/core/report/html/evidence-sections.ts
const DRIFT_WORDS = {
	drift: "found",
	stable: "none found",
	"insufficient-data": "too few data to tell",
	"no-data": "no current data"
};
function renderData(validation, id) {
	return html`<section class="panel long" id="${id}-data"><h3>Data</h3>${renderFindings(validation)}${validation.datasets.map(renderDataset)}</section>`;
}
function renderDrift(drift, id) {
	const { performance } = drift;
	const words = performance === void 0 ? void 0 : html`<p class="note">${performance.metric} ${performance.kind === "realized" ? "measured" : "estimated without labels"}: ${formatNumber(performance.reference)} → ${formatNumber(performance.current)}, change [${formatNumber(performance.interval[0])}, ${formatNumber(performance.interval[1])}]${performance.degraded ? ", lower than the margin allows" : ""}.</p>`;
	return html`<section class="panel long" id="${id}-drift"><h3>Drift: ${DRIFT_WORDS[drift.verdict]}</h3><p class="note">${formatQuantity(drift.current.rows, "row")} now against ${formatQuantity(drift.reference.rows, "row")} (${drift.reference.description}). Recommendation: ${drift.recommendation}; ${drift.reason}.</p>${drift.leftOut && html`<p class="note">Not checked: ${drift.leftOut}.</p>`}${words}<div class="scroll" tabindex="0" role="region" aria-label="Drift of columns"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Role</th><th class="text" scope="col">Test</th><th scope="col">Adjusted p</th><th scope="col">Effect</th><th scope="col">Minimum</th><th class="text" scope="col">Drift</th></tr></thead><tbody>${[...drift.columns].sort((left, right) => Number(right.drifted) - Number(left.drifted)).map(renderDriftRow)}</tbody></table></div></section>`;
}
function renderProvenance(evidence, run, id) {
	const { comparison, training } = evidence;
	const facts = [["Commit", run.commit], ["Run", isPlainAddress(run.runUrl) ? html`<a href="${run.runUrl}">${run.runUrl}</a>` : run.run]];
	if (comparison !== void 0 && comparison.verdict !== "error") facts.push(["Champion", comparison.champion && `${comparison.champion.version ?? ""} ${comparison.champion.digest} (${comparison.champion.origin})`], ["Challenger", `${comparison.challenger.digest} (${comparison.challenger.origin})`], ["Holdout", comparison.holdout.digest], ["Uses of the holdout", describeHoldoutUse(comparison)], ["Rules of", comparison.exam.commit], ["Holdout rows", windowText(comparison.windows?.holdout)], ["Training rows", windowText(comparison.windows?.training)], ...describeLeakage(comparison).notes.map((note) => ["Leakage", html`${note}`]));
	if (training !== void 0 && training.verdict !== "error") facts.push(["Learner", training.learner ?? training.command], ["Seed", String(training.seed)], ["Training data", training.data], ...Object.entries(training.parameters).map(([name, value]) => [name, String(value)]));
	const tool = comparison?.tool ?? training?.tool;
	facts.push(["Made by", tool && `${tool.name} ${tool.version}`]);
	const present = facts.filter(([, value]) => value !== void 0 && value !== "");
	return html`<section class="panel" id="${id}-provenance"><h3>Provenance</h3><dl class="facts">${present.map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === "string" ? html`<code>${value}</code>` : value}</dd>`)}</dl></section>`;
}
function formatCell(value, type) {
	if (type !== "date" && type !== "timestamp") return formatNumber(value);
	return new Date(value).toISOString().slice(0, 10);
}
function renderFindings(validation) {
	const { findings } = validation;
	if (findings.length === 0) return html`<p class="note">No finding: the data keep their contract.</p>`;
	return html`<div class="scroll" tabindex="0" role="region" aria-label="Findings"><table><thead><tr><th class="text" scope="col">Finding</th><th class="text" scope="col">Where</th><th class="text" scope="col">What</th><th scope="col">Rows</th></tr></thead><tbody>${findings.slice(0, 500).map((finding) => html`<tr><td class="text"><span class="mark ${{
		error: "fail",
		warning: "inconclusive",
		info: "plain"
	}[finding.severity]}">${finding.severity}</span></td><td class="text"><code>${[finding.dataset, finding.column].filter((name) => name !== void 0).join(".")}</code></td><td class="text wide">${finding.message}</td><td>${finding.failing === void 0 ? "–" : formatCount(finding.failing)}</td></tr>`)}</tbody></table></div>`;
}
function renderDataset(dataset) {
	return html`<h4>${dataset.name} <small>${formatQuantity(dataset.rows, "row")}, ${formatQuantity(dataset.columns.length, "column")}</small></h4><div class="scroll" tabindex="0" role="region" aria-label="Columns of ${dataset.name}"><table><thead><tr><th class="text" scope="col">Column</th><th class="text" scope="col">Values</th><th class="text" scope="col">Type</th><th scope="col">Missing</th><th scope="col">Distinct</th><th scope="col">Least</th><th scope="col">Mean</th><th scope="col">Most</th></tr></thead><tbody>${dataset.columns.map((column) => html`<tr><th scope="row">${column.name}</th><td class="text">${renderDistribution(column, dataset.rows)}</td><td class="text">${column.type}</td><td>${dataset.rows > 0 ? formatPercent(column.missing / dataset.rows) : "–"}</td><td>${formatCount(column.distinct)}</td>${[
		column.minimum,
		column.mean,
		column.maximum
	].map((value) => html`<td>${value === void 0 ? "–" : formatCell(value, column.type)}</td>`)}</tr>`)}</tbody></table></div>`;
}
function renderDriftRow(column) {
	const { effect } = column;
	const state = column.drifted ? html`<span class="mark fail">drifted</span>` : html`<span class="mark">stable</span>`;
	return html`<tr><th scope="row">${column.name}${column.note === void 0 ? void 0 : html`<small>${column.note}</small>`}</th><td class="text">${column.role}</td><td class="text">${column.method}</td><td>${column.adjustedPValue === void 0 ? "–" : formatPValue(column.adjustedPValue)}</td><td>${effect === void 0 ? "–" : formatNumber(effect.value)}<small>${effect?.name}</small></td><td>${effect === void 0 ? "–" : formatNumber(effect.minimum)}</td><td class="text">${state}</td></tr>`;
}
function windowText(window) {
	if (window === void 0) return void 0;
	return `from ${window.from ?? "the first"} to before ${window.to ?? "the end"}`;
}

// src/core/report/html/style.ts
const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --line: #e1e4ea; --text: #1b1f27; --soft: #5a6372; --faint: #eef0f4;
  --accent: #2856c7; --champion: #8a6d1f; --good: #14733f; --bad: #b3261e; --open: #8a5a00;
  --good-wash: #e5f5ec; --bad-wash: #fdecea; --open-wash: #fdf3dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #161b22; --line: #2b323d; --text: #e7eaf0; --soft: #a0a9b8; --faint: #1f2630;
    --accent: #82a8ff; --champion: #d9b65a; --good: #5fd394; --bad: #ff8b80; --open: #f0c060;
    --good-wash: #10291c; --bad-wash: #331715; --open-wash: #2e2410;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 24px 64px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, h3, p, ul, dl, figure { margin: 0; }
.verdict { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone);
  border-radius: 10px; padding: 24px 28px; }
.success { --tone: var(--good); --wash: var(--good-wash); } .failure, .error { --tone: var(--bad); --wash: var(--bad-wash); }
.pending { --tone: var(--open); --wash: var(--open-wash); }
.verdict .kicker { color: var(--soft); font-size: 13px; letter-spacing: .02em; }
.verdict h1, .verdict h2 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; margin: 4px 0 0; color: var(--tone);
  display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.verdict .pair { color: var(--text); font-weight: 500; font-variant-numeric: tabular-nums; }
.verdict .pair small { font-size: 16px; color: var(--soft); font-weight: 400; }
.verdict .lead { margin-top: 10px; max-width: 70ch; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px 28px; margin-top: 20px;
  border-top: 1px solid var(--line); padding-top: 16px; }
.figures dt { color: var(--soft); font-size: 13px; } .figures dd { margin: 0; font-size: 18px; font-variant-numeric: tabular-nums; }
.figures dd small { display: block; color: var(--soft); font-size: 13px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 18px 4px; font-size: 14px; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-top: 18px; }
.panel > h2, .panel > h3 { font-size: 18px; margin-bottom: 4px; }
.panel h4 { margin: 20px 0 4px; font-size: 15px; } h4 small { color: var(--soft); font-weight: 400; font-size: 13px; margin-left: 6px; }
.note { color: var(--soft); font-size: 13.5px; max-width: 78ch; margin-bottom: 10px; }
.alert { border-radius: 8px; padding: 12px 16px; margin-top: 12px; background: var(--wash); border: 1px solid var(--tone); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: middle; white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; vertical-align: bottom; }
th:first-child, td:first-child, td.text, th.text { text-align: left; }
tbody th { font-weight: 500; white-space: normal; overflow-wrap: anywhere; min-width: 9em; } .picture { padding-left: 16px; }
td.text { white-space: normal; overflow-wrap: break-word; } td svg { max-width: none; } td.wide { min-width: 16em; } tbody th small, td small { display: block; color: var(--soft); font-weight: 400; font-size: 12.5px; }
code { font: 13px/1.4 ui-monospace, "SF Mono", Menlo, "Liberation Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--faint); border-radius: 6px; padding: 12px; overflow-x: auto; margin: 8px 0 0; }
.mark { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; background: var(--faint); white-space: nowrap; }
.mark.better, .mark.pass { background: var(--good-wash); color: var(--good); }
.mark.worse, .mark.fail { background: var(--bad-wash); color: var(--bad); }
.mark.inconclusive { background: var(--open-wash); color: var(--open); }
.gates { list-style: none; padding: 0; display: grid; gap: 10px; margin-top: 8px; }
.gates li { display: grid; grid-template-columns: 92px 1fr; gap: 12px; align-items: baseline; }
.gates .mark { justify-self: start; } .gates p { color: var(--soft); font-size: 14px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 24px; margin-top: 12px; }
figcaption { font-size: 14px; font-weight: 600; margin-bottom: 4px; }
svg { display: block; max-width: 100%; } svg text { fill: var(--soft); font-size: 11px; font-family: inherit; }
.chart { width: 100%; height: auto; }
.axis, .grid { stroke: var(--line); fill: none; } .zero { stroke: var(--soft); } .band { fill: var(--faint); }
.limit { stroke: var(--soft); stroke-dasharray: 2 3; fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke: var(--accent); }
.line.champion { stroke: var(--champion); stroke-dasharray: 5 4; } .dot { fill: var(--accent); } .dot.champion { fill: none; stroke: var(--champion); stroke-width: 2; }
.whisker { stroke-width: 2.5; stroke-linecap: round; stroke: var(--soft); } .knob { fill: var(--soft); }
.better .whisker { stroke: var(--good); } .better .knob { fill: var(--good); } .worse .whisker { stroke: var(--bad); } .worse .knob { fill: var(--bad); }
.inconclusive .whisker { stroke: var(--open); } .inconclusive .knob { fill: var(--card); stroke: var(--open); stroke-width: 2; }
.bar { fill: var(--accent); opacity: .75; } .track { fill: var(--faint); }
.key { display: flex; gap: 18px; font-size: 13px; color: var(--soft); margin-top: 8px; flex-wrap: wrap; } .key svg { display: inline-block; vertical-align: middle; margin-right: 6px; }
.facts { display: grid; grid-template-columns: minmax(120px, max-content) 1fr; gap: 6px 20px; font-size: 14px; margin-top: 8px; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
details > summary { cursor: pointer; font-weight: 500; padding: 4px 0; }
footer { color: var(--soft); font-size: 13px; margin: 24px 4px 0; }
.model { margin-top: 48px; } .model:first-of-type { margin-top: 0; }
@media (max-width: 640px) {
  main { padding: 12px 10px 40px; } .verdict { padding: 18px; } .verdict h1, .verdict h2 { font-size: 24px; } .panel { padding: 16px; }
  th, td { padding-right: 10px; } .picture { display: none; } .gates li { grid-template-columns: 1fr; gap: 2px; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --line: #ccc; --text: #000; --soft: #444; --faint: #eee;
    --accent: #2856c7; --champion: #7a5c10; --good: #14733f; --bad: #b3261e; --open: #8a5a00; }
  body { font-size: 11px; } main { max-width: none; padding: 0; } nav, .skip { display: none; }
  .panel, .verdict { break-inside: avoid-page; border-radius: 0; } .panel.long { break-inside: auto; } tr, figure { break-inside: avoid; }
  .scroll { overflow: visible; }
}
`;

// src/core/report/html/verdict-header.ts
function renderVerdictHeader(model, judgement) {
	const headline = buildHeadline(judgement);
	const pair = headline.subject === "" ? void 0 : html`<span class="pair">${headline.numbers} <small>${headline.subject}</small></span>`;
	return html`<header class="verdict ${judgement.outcome}">
<p class="kicker">${model} · ${describeOutcome(judgement)}</p>
<h2>${headline.word} ${pair}</h2>
${judgement.kind === "failed" ? renderError(judgement) : renderLead(judgement)}
</header>`;
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
function renderHtmlReport(models, run) {
	const judged = worstFirst(models.map((evidence, index) => ({
		evidence,
		judgement: judge(evidence),
		id: `model-${index + 1}`
	})));
	const title = judged[0] === void 0 ? "Nothing to report" : titleOf(judged[0]);
	const command = renderReproduction(run);
	return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><title>${title}</title><style>${verbatim(REPORT_STYLE)}</style></head>
<body><a class="skip" href="#report">Skip to the report</a><main id="report"><h1 class="unseen">${title}</h1>
${judged.length > 1 ? renderModelList(judged) : void 0}
${judged.map((model) => renderModel(model, run))}
<footer>${command === void 0 ? void 0 : html`<p>Repeat this on a laptop:</p><pre><code>${command}</code></pre>`}</footer>
</main></body></html>
`.markup;
}
function titleOf({ evidence, judgement }) {
	return `${headlineText(buildHeadline(judgement))}, ${evidence.model}`;
}
function renderModelList(models) {
	return html`<nav aria-label="Models">${models.map((model) => html`<a href="#${model.id}">${titleOf(model)}</a>`)}</nav>`;
}
function renderModel({ evidence, judgement, id }, run) {
	const sections = listSections({
		evidence,
		judgement,
		id
	}, run);
	return html`<article class="model" id="${id}">${renderVerdictHeader(evidence.model, judgement)}
<nav aria-label="Parts of the report on ${evidence.model}">${sections.map(({ name, anchor }) => html`<a href="#${id}-${anchor}">${name}</a>`)}</nav>
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
			name: "Flips",
			anchor: "flips",
			content: comparison && renderFlips(comparison, id)
		},
		{
			name: "Curves",
			anchor: "curves",
			content: comparison && renderCharts(comparison, id)
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

export { renderHtmlReport };