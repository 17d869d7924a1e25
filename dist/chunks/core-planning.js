import { InputError } from "./core.js";
import { nearestName } from "./core-configuration.js";
import { logLine, spentConfidence } from "./core-comparison.js";
import { invertMonotoneAbove, noncentralStudentSurvival, normalQuantile, normalSurvival, rowsNeeded, studentQuantile, twoSidedZ, wilsonInterval } from "./core-statistics.js";

// src/core/planning/distribution-free.ts
function bennettRows(tolerance, options) {
	const { discordance, discordanceIsKnown = false } = options;
	return logOfFailures(discordanceIsKnown ? 2 : 4, options) / (discordance * bennett(tolerance / discordance));
}
function activeLabels(tolerance, options) {
	return options.discordance * bennettRows(tolerance, {
		...options,
		uses: 1,
		adaptivity: "none"
	});
}
function logOfFailures(statements, { reliability, uses, adaptivity }) {
	return (adaptivity === "full" ? uses * Math.LN2 : Math.log(uses)) + Math.log(statements / (1 - reliability));
}
function bennett(ratio) {
	return (1 + ratio) * Math.log1p(ratio) - ratio;
}

// src/core/planning/design-effect.ts
function designEffect({ size, correlation }) {
	return 1 + (size - 1) * correlation;
}

// src/core/planning/holdout-need.ts
function holdoutNeed(units, design) {
	const { positiveShare, groups, perGroup } = design;
	if (perGroup !== void 0) {
		const least = 20 / (perGroup.shareWithPositives ?? 1);
		const count = Math.ceil(Math.max(units, least));
		const rows = Math.ceil(count * perGroup.rows);
		return {
			rows,
			...positivesOf(rows, positiveShare),
			groups: count
		};
	}
	const counted = units / (design.countedShare ?? 1);
	if (groups !== void 0) {
		const count = Math.ceil(Math.max(counted * designEffect(groups) / groups.size, 20));
		const rows = Math.ceil(count * groups.size);
		return {
			rows,
			...positivesOf(rows, positiveShare),
			groups: count
		};
	}
	const rarer = positiveShare === void 0 ? 1 : Math.min(positiveShare, 1 - positiveShare);
	const least = Math.max(30, positiveShare === void 0 ? 0 : 10 / rarer);
	const rows = Math.ceil(Math.max(counted, least));
	return {
		rows,
		...positivesOf(rows, positiveShare)
	};
}
function positivesOf(rows, share) {
	return share === void 0 ? {} : { positives: Math.ceil(rows * share) };
}

// src/core/planning/interval-width.ts
function shareHalfWidth(share, rows, confidence) {
	const { low, high } = wilsonInterval({
		successes: share * rows,
		rows
	}, confidence);
	return (high - low) / 2;
}

// src/core/planning/separate-rows.ts
function separateRows(first, second, { confidence, power }) {
	const effect = Math.abs(2 * Math.asin(Math.sqrt(first)) - 2 * Math.asin(Math.sqrt(second)));
	const critical = twoSidedZ(confidence);
	const approximate = 2 * ((critical + normalQuantile(power)) / effect) ** 2;
	const rising = (rows) => {
		const shift = effect * Math.sqrt(rows / 2);
		return normalSurvival(critical - shift) + normalSurvival(critical + shift) - power;
	};
	return invertMonotoneAbove(rising, 0, approximate);
}

// src/core/planning/paired-means.ts
const LARGE = 2e4;
function pairedMeanRows(standardized, options) {
	const approximate = pairedMeanRowsNormal(standardized, options);
	const { confidence, power } = options;
	if (approximate > LARGE) {
		const rising = (rows) => normalPower(standardized * Math.sqrt(rows), confidence) - power;
		return invertMonotoneAbove(rising, 0, approximate) + twoSidedZ(confidence) ** 2 / 2;
	}
	const rising = (rows) => pairedMeanPower(rows, standardized, confidence) - power;
	return invertMonotoneAbove(rising, 2, Math.max(2, approximate));
}
function pairedMeanRowsNormal(standardized, { confidence, power }) {
	return ((twoSidedZ(confidence) + normalQuantile(power)) / standardized) ** 2;
}
function pairedMeanPower(rows, standardized, confidence) {
	const degreesOfFreedom = rows - 1;
	const critical = studentQuantile(.5 + confidence / 2, degreesOfFreedom);
	const noncentrality = standardized * Math.sqrt(rows);
	return noncentralStudentSurvival(critical, degreesOfFreedom, noncentrality) + noncentralStudentSurvival(critical, degreesOfFreedom, -noncentrality);
}
function normalPower(shift, confidence) {
	const critical = twoSidedZ(confidence);
	return normalSurvival(critical - shift) + normalSurvival(critical + shift);
}

// src/core/planning/paired-outcomes.ts
function superiorityRows(discordance, difference, options) {
	const { confidence, power } = options;
	const square = difference ** 2;
	return (twoSidedZ(confidence) * Math.sqrt(discordance) + normalQuantile(power) * Math.sqrt(discordance - square)) ** 2 / square;
}
function nonInferiorityRows(discordance, { margin, trueDifference = 0 }, { confidence, power }) {
	return ((twoSidedZ(confidence) + normalQuantile(power)) / (margin + trueDifference)) ** 2 * (discordance - trueDifference ** 2);
}

// src/core/planning/ranked-areas.ts
function hanleyMcNeilStandardError(area, positives, negatives) {
	const square = area * area;
	const twoPositives = area / (2 - area);
	const twoNegatives = 2 * square / (1 + area);
	const variance = area * (1 - area) + (positives - 1) * (twoPositives - square) + (negatives - 1) * (twoNegatives - square);
	return Math.sqrt(variance / (positives * negatives));
}
function areaRows(plan, distance, { confidence, power }) {
	const z = twoSidedZ(confidence) + normalQuantile(power);
	const low = 1 / Math.min(plan.prevalence, 1 - plan.prevalence);
	const rising = (rows) => distance - z * differenceStandardError(plan, rows);
	return rising(low) >= 0 ? low : invertMonotoneAbove(rising, low, low);
}
function differenceStandardError(plan, rows) {
	const positives = rows * plan.prevalence;
	const negatives = rows - positives;
	const champion = hanleyMcNeilStandardError(plan.area, positives, negatives);
	const challenger = hanleyMcNeilStandardError(plan.area + plan.trueDifference, positives, negatives);
	return Math.sqrt(champion ** 2 + challenger ** 2 - 2 * plan.correlation * champion * challenger);
}

// src/core/planning/spread.ts
function unitsForNotWorse(spread, margin, options) {
	switch (spread.kind) {
		case "outcomes": return nonInferiorityRows(spread.discordance, { margin }, options);
		case "means": return pairedMeanRows(margin / spread.standardDeviation, options);
		case "areas": return areaRows({
			...spread,
			trueDifference: 0
		}, margin, options);
		case "pilot": return rowsNeeded({
			rows: spread.units,
			standardError: spread.standardError
		}, margin, options);
	}
}
function unitsForBetter(spread, gain, options) {
	switch (spread.kind) {
		case "outcomes": return gain > spread.discordance ? void 0 : superiorityRows(spread.discordance, gain, options);
		case "means": return pairedMeanRows(gain / spread.standardDeviation, options);
		case "areas":
			if (spread.area + gain >= 1) return void 0;
			return areaRows({
				...spread,
				trueDifference: gain
			}, gain, options);
		case "pilot": return rowsNeeded({
			rows: spread.units,
			standardError: spread.standardError
		}, gain, options);
	}
}

// src/core/planning/holdout-plan.ts
const MAX_ROWS = 0x38d7ea4c68000;
function planHoldout(request) {
	const { margin, gain, uses } = request;
	const last = lineAt(request, uses);
	const confidence = spentConfidence(request.confidence, uses);
	const better = last.better(gain);
	const differences = [
		margin / 2,
		margin,
		margin * 2,
		gain / 2,
		gain,
		gain * 2
	];
	const plan = {
		notWorse: last.notWorse(margin),
		...better ? { better } : {},
		confidence,
		...firstUseOf(request),
		tradeOff: distinct(differences).map((difference) => ({
			difference,
			notWorse: last.notWorse(difference),
			...named(last.better(difference))
		}))
	};
	return {
		...plan,
		...extrasOf(request, plan)
	};
}
function named(better) {
	return better === void 0 ? {} : { better };
}
function firstUseOf(request) {
	if (request.uses === void 0 || request.uses === 1) return {};
	const first = lineAt(request, 1);
	return { firstUse: {
		notWorse: first.notWorse(request.margin),
		...named(first.better(request.gain))
	} };
}
function lineAt(request, uses) {
	const { spread, design, power } = request;
	const options = {
		confidence: spentConfidence(request.confidence, uses),
		power
	};
	const need = (units) => checked(holdoutNeed(units, design));
	return {
		notWorse: (margin) => need(unitsForNotWorse(spread, margin, options)),
		better: (gain) => {
			const units = unitsForBetter(spread, gain, options);
			return units === void 0 ? void 0 : need(units);
		}
	};
}
function checked(need) {
	if (need.rows <= MAX_ROWS) return need;
	throw new InputError("the margin or the gain is so small beside the scatter of the metric that more than 10^15 rows would be needed; write larger ones");
}
function distinct(differences) {
	const sorted = [...differences].sort((left, right) => left - right);
	return sorted.filter((value, index) => index === 0 || value > sorted[index - 1] * (1 + 1e-9));
}
function extrasOf(request, plan) {
	const { spread, design, margin, gain, confidence, power, uses, value } = request;
	if (spread.kind !== "outcomes" || design.countedShare !== void 0 || design.groups !== void 0) return {};
	const bound = (adaptivity) => Math.ceil(bennettRows(margin / 2, {
		discordance: spread.discordance,
		reliability: confidence,
		uses: uses ?? 1,
		adaptivity
	}));
	return {
		distributionFree: {
			none: bound("none"),
			full: bound("full"),
			labels: Math.ceil(activeLabels(margin / 2, {
				discordance: spread.discordance,
				reliability: confidence
			}))
		},
		...value === void 0 || value + gain >= 1 || value <= 0 ? {} : { separateRows: Math.ceil(separateRows(value, value + gain, {
			confidence: plan.confidence,
			power
		})) },
		...value === void 0 ? {} : { halfWidth: shareHalfWidth(value, plan.notWorse.rows, plan.confidence) }
	};
}

// src/core/planning/pilot.ts
function readPilot(comparison, name) {
	const wanted = name ?? comparison.primary;
	const metric = comparison.metrics.find((candidate) => candidate.name === wanted);
	if (metric === void 0) throw withoutMetric(comparison, wanted);
	const interval = metric.difference?.interval;
	if (interval === void 0) throw withoutInterval(comparison, metric);
	const standardError = (interval[1] - interval[0]) / (2 * twoSidedZ(comparison.confidence));
	if (!(standardError > 0)) throw new InputError(`the interval of ${logLine(wanted, 100)} in the evidence has no width: it is exact, or both models answered alike, and says nothing of other rows; name another metric with --metric`);
	const { rows, positives, groups, groupsWithPositives } = comparison.holdout;
	return {
		metric,
		spread: {
			kind: "pilot",
			standardError,
			units: groups ?? rows
		},
		design: {
			...positives === void 0 || positives === 0 || positives === rows ? {} : { positiveShare: positives / rows },
			...groups === void 0 ? {} : { perGroup: {
				rows: rows / groups,
				...groupsWithPositives ? { shareWithPositives: groupsWithPositives / groups } : {}
			} }
		}
	};
}
function withoutMetric({ metrics, verdict, primary }, wanted) {
	const names = metrics.map(({ name }) => logLine(name, 100));
	if (names.length === 0) return new InputError(`the evidence has verdict ${verdict} and no metrics, so that there is nothing to plan from; give the evidence of a comparison of two different models`);
	const near = nearestName(wanted, names);
	return new InputError(`the evidence has no metric ${logLine(wanted, 100)}${wanted === primary ? ", its primary one" : ""}; ${near ? `did you mean ${near}? ` : ""}it has ${names.join(", ")} (--metric)`);
}
function withoutInterval(comparison, { name, note }) {
	if (comparison.verdict === "no-champion") return new InputError("the evidence is of a first model: without a champion there is no difference to plan from; give the evidence of a comparison of two models, or what --metric needs without evidence");
	const why = note === void 0 ? "" : ` (${logLine(note, 300)})`;
	return new InputError(`the evidence has no interval of the difference of ${logLine(name, 100)}${why}; name another metric with --metric, or give what it needs without evidence`);
}

export { planHoldout, readPilot };