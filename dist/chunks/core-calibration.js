import { DEFAULT_CONFIDENCE, decideVerdict, readClasses, resolveMargin } from "./core-comparison.js";
import { createRandom, invertMonotone, mean, normalQuantile, sampleVariance, shuffle, studentQuantile, twoSidedZ } from "./core-statistics.js";

// src/core/calibration/propose-margin.ts
const INTENDED_CHANCE = .9;
function proposeMargin({ lows, reach, spread }) {
	const count = lows.length;
	const here = studentQuantile(INTENDED_CHANCE, count - 1) * Math.sqrt(1 + 1 / count) * Math.sqrt(sampleVariance(lows)) - mean(lows);
	return roundUp(Math.max(here, marginElsewhere({
		reach,
		spread
	})));
}
function marginElsewhere({ reach, spread }, scale = 1) {
	const deviation = Math.hypot(scale * spread.holdout, Math.SQRT2 * spread.retraining);
	return scale * reach + normalQuantile(INTENDED_CHANCE) * deviation;
}
function roundUp(value) {
	const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
	const steps = Math.ceil(Number((value / unit).toPrecision(12)));
	return Number((steps * unit).toPrecision(2));
}

// src/core/calibration/margin-meaning.ts
const POWER = .8;
const MOST_TIMES = 1e3;
function explainMargin(request) {
	const { margin, reach, reachUp, spread, championValue, gain } = request;
	const chance = normalQuantile(POWER) * spread.holdout;
	const resolvable = gain === void 0 || margin < gain;
	return {
		...championValue === 0 ? {} : { shareOfValue: margin / Math.abs(championValue) },
		...gain === void 0 || gain <= 0 ? {} : { shareOfGain: margin / gain },
		resolvable,
		heldBack: Math.max(0, margin - reach + chance),
		calledWorse: margin + reachUp + chance,
		forHalf: unitsFor(margin / 2, request),
		...resolvable || gain === void 0 || gain <= 0 ? {} : { forTenthOfGain: unitsFor(gain / 10, request) }
	};
}
function unitsFor(wanted, { margin, reach, spread, units }) {
	const facts = {
		reach,
		spread
	};
	const unit = units.name;
	const luck = Math.max(0, margin - marginElsewhere(facts));
	const needed = (scale) => marginElsewhere(facts, scale) + scale * luck;
	if (needed(0) >= wanted) return { unit };
	if (needed(1) <= wanted) return {
		count: units.count,
		unit
	};
	const scale = invertMonotone((candidate) => needed(candidate) - wanted, 0, 1);
	const count = Number(Math.ceil(units.count / scale ** 2).toPrecision(2));
	return count > MOST_TIMES * units.count ? { unit } : {
		count,
		unit
	};
}

// src/core/calibration/spread.ts
function decomposeSpread(request) {
	const { differences, standardErrors, pairErrors } = request;
	const variance = sampleVariance(differences);
	const between = meanSquare(pairErrors.length > 0 ? pairErrors : standardErrors);
	return {
		mean: mean(differences),
		deviation: Math.sqrt(variance),
		holdout: Math.sqrt(meanSquare(standardErrors)),
		retraining: Math.sqrt(Math.max(0, variance - between / 2))
	};
}
function meanSquare(values) {
	return mean(values.map((value) => value ** 2));
}

// src/core/calibration/calibrate-metric.ts
const FEWEST_RETRAININGS = 3;
function calibrateMetric(evidence) {
	const { champion, units } = evidence;
	const differences = evidence.retrainings.map(describeDifference);
	const known = differences.filter(isKnown);
	const value = champion.challenger?.value;
	const gain = gainOf(champion);
	const common = {
		name: champion.name,
		role: evidence.role,
		direction: champion.direction,
		...value === void 0 ? {} : { champion: describeChampion(value, champion.challenger?.interval) },
		...champion.noInformation === void 0 ? {} : { noInformation: champion.noInformation },
		...gain === void 0 ? {} : { gain },
		differences,
		units
	};
	const given = givenMargins(evidence, known);
	const refusal = value === void 0 ? "the champion has no value" : refuse(known, differences);
	if (refusal !== void 0 || value === void 0) return {
		...common,
		margins: given,
		refusal: refusal ?? ""
	};
	const spread = decomposeSpread({
		differences: known.map((difference) => difference.value),
		standardErrors: known.map((difference) => difference.standardError),
		pairErrors: evidence.pairs.flatMap((pair) => describeDifference(pair).standardError ?? [])
	});
	const reach = mean(known.map((difference) => difference.value - difference.interval[0]));
	const reachUp = mean(known.map((difference) => difference.interval[1] - difference.value));
	const margin = proposeMargin({
		lows: known.map(({ interval }) => interval[0]),
		reach,
		spread
	});
	return {
		...common,
		spread,
		margins: {
			...given,
			proposed: judgeMargin(margin, known)
		},
		meaning: explainMargin({
			margin,
			reach,
			reachUp,
			spread,
			championValue: value,
			gain,
			units
		})
	};
}
function isKnown(difference) {
	return difference.value !== void 0 && difference.interval !== void 0;
}
function describeDifference({ difference, note }) {
	if (difference === void 0) return note === void 0 ? {} : { note };
	const { value, interval } = difference;
	if (interval === void 0) return {
		value,
		...note === void 0 ? {} : { note }
	};
	return {
		value,
		interval,
		standardError: standardErrorOf(interval)
	};
}
function describeChampion(value, interval) {
	if (interval === void 0) return { value };
	const standardError = standardErrorOf(interval);
	return {
		value,
		interval,
		standardError,
		betweenHoldouts: twoSidedZ(DEFAULT_CONFIDENCE) * Math.SQRT2 * standardError
	};
}
function standardErrorOf([low, high]) {
	return (high - low) / (2 * twoSidedZ(DEFAULT_CONFIDENCE));
}
function gainOf({ challenger, noInformation, direction }) {
	if (challenger === void 0 || noInformation === void 0) return void 0;
	return (direction === "higher" ? 1 : -1) * (challenger.value - noInformation);
}
function refuse(known, all) {
	if (known.length < 3) {
		const note = all.find((difference) => difference.interval === void 0)?.note;
		return `only ${known.length} of ${all.length} differences have an interval${note === void 0 ? "" : `: ${note}`}`;
	}
	if (known.every(({ value, standardError }) => value === 0 && standardError === 0)) return "every retraining gives the same as the champion: another seed and another sample change nothing";
}
function givenMargins({ champion, configured }, known) {
	const own = resolve(champion, void 0);
	const written = configured && resolve(champion, configured);
	return {
		...own === void 0 ? {} : { default: judgeMargin(own, known) },
		...written === void 0 ? {} : { configured: judgeMargin(written, known) }
	};
}
function resolve(champion, margin) {
	if (champion.challenger === void 0) return void 0;
	const resolved = resolveMargin({
		margin,
		championValue: champion.challenger.value,
		noInformation: champion.noInformation,
		direction: champion.direction
	});
	return resolved.defined ? resolved.value : void 0;
}
function judgeMargin(margin, known) {
	const verdicts = known.map(({ interval }) => decideVerdict(interval, margin));
	const count = (verdict) => verdicts.filter((found) => found === verdict).length;
	return {
		margin,
		verdicts: {
			better: count("better"),
			equivalent: count("equivalent"),
			"not-worse": count("not-worse"),
			worse: count("worse"),
			inconclusive: count("inconclusive")
		},
		withoutLoss: known.filter(({ interval, value }) => interval[0] > -margin && value >= 0).length
	};
}

// src/core/calibration/choose-sample.ts
function chooseSample({ rowCount, groups, share, seed }) {
	const unitOfRow = groups === void 0 ? void 0 : numberUnits(readClasses(groups).codes);
	const unitCount = unitOfRow?.count ?? rowCount;
	const order = Uint32Array.from({ length: unitCount }, (_, unit) => unit);
	shuffle(order, createRandom(seed));
	const taken = new Uint8Array(unitCount);
	for (const unit of order.subarray(0, Math.max(1, Math.round(share * unitCount)))) taken[unit] = 1;
	const rows = [];
	for (let row = 0; row < rowCount; row++) if (taken[unitOfRow?.units[row] ?? row] === 1) rows.push(row);
	return Uint32Array.from(rows);
}
function numberUnits(codes) {
	const numbers = /* @__PURE__ */ new Map();
	let count = 0;
	return {
		units: Uint32Array.from(codes, (code) => {
			const known = code === -1 ? void 0 : numbers.get(code);
			if (known !== void 0) return known;
			if (code !== -1) numbers.set(code, count);
			return count++;
		}),
		count
	};
}

export { calibrateMetric, chooseSample };