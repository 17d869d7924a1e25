import { init, install as install$4, install$1 as install$3, install$2, install$3 as install$1, install$4 as install, use } from "./vendor-echarts.js";

// src/adapters/pictures/echarts.ts
use([
	install,
	install$1,
	install$2,
	install$3,
	install$4
]);
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif";
function drawSvg(option, { width, height }) {
	const chart = init(null, null, {
		renderer: "svg",
		ssr: true,
		width,
		height
	});
	try {
		chart.setOption({
			animation: false,
			textStyle: { fontFamily: FONT },
			...option
		});
		return tidy(chart.renderToSVGString({ useViewBox: true }), width, height);
	} finally {
		chart.dispose();
	}
}
function tidy(svg, width, height) {
	return svg.replace(/<style[^<>]*>\s*<!\[CDATA\[.*?\]\]>\s*<\/style>/gs, "").replace(/<defs[^<>]*>.*?<\/defs>/gs, "").replace(/<\/?g(?: [^<>]*)?>/g, "").replace(/ class="zr\d+-cls-\d+"/g, "").replace(/ (?:ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile)="[^"]*"/g, "").replace(/^<svg[^>]*>/, `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`).replace(/<\/(?:path|rect|circle|line)>/g, "").replace(/<(path|rect|circle|line)( [^<>]*?)>/g, "<$1$2/>").replace(/\n+/g, "\n").trimEnd().concat("\n");
}
function plainText(text) {
	return text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, "�");
}

// src/adapters/pictures/draw-curves.ts
const WIDTH$1 = 400;
const HEIGHT = 340;
const FONT_SIZE$1 = 15;
const SMALL$1 = 14;
const TICKS = 4;
const GRID = {
	left: 62,
	right: 20,
	top: 40,
	bottom: 54
};
const KEY = {
	sample: 34,
	line: 24,
	padding: 8,
	character: 8
};
function drawCurves(chart, palette) {
	const axis = (name) => ({
		type: "value",
		min: 0,
		max: chart.limit,
		interval: chart.limit / TICKS,
		name,
		nameLocation: "middle",
		nameTextStyle: {
			color: palette.text,
			fontSize: FONT_SIZE$1
		},
		axisLabel: {
			color: palette.muted,
			fontSize: SMALL$1,
			formatter: (value) => String(Number(value.toPrecision(6)))
		},
		axisLine: {
			show: true,
			lineStyle: { color: palette.axis }
		},
		axisTick: { show: false },
		splitLine: { lineStyle: { color: palette.grid } }
	});
	return drawSvg({
		backgroundColor: palette.background,
		title: {
			text: chart.title,
			left: GRID.left - 4,
			top: 8,
			textStyle: {
				color: palette.text,
				fontSize: FONT_SIZE$1,
				fontWeight: 600
			}
		},
		grid: {
			...GRID,
			containLabel: false
		},
		xAxis: {
			...axis(chart.across),
			nameGap: 30
		},
		yAxis: {
			...axis(chart.up),
			nameGap: 44
		},
		series: [
			...chart.diagonal ? [diagonal(chart.limit, palette)] : [],
			...chart.lines.map((line) => seriesOf(line, chart.dots, palette)),
			keyOf(chart, palette)
		]
	}, {
		width: WIDTH$1,
		height: HEIGHT
	});
}
function seriesOf(line, dots, palette) {
	return {
		type: "line",
		silent: true,
		clip: false,
		data: line.points.map(([x, y]) => [x, y]),
		showSymbol: dots,
		symbol: "circle",
		symbolSize: 7,
		itemStyle: {
			color: line.name === "champion" ? palette.background : palette[line.name],
			borderColor: palette[line.name],
			borderWidth: 1.5
		},
		lineStyle: strokeOf(line.name, palette)
	};
}
function diagonal(limit, palette) {
	return {
		type: "line",
		silent: true,
		clip: false,
		showSymbol: false,
		data: [[0, 0], [limit, limit]],
		lineStyle: {
			color: palette.axis,
			width: 1,
			type: [2, 4]
		}
	};
}
function strokeOf(name, palette) {
	const isChampion = name === "champion";
	return {
		color: palette[name],
		width: isChampion ? 2 : 3,
		type: isChampion ? [7, 4] : "solid"
	};
}
function keyOf({ lines, key }, palette) {
	const ordered = [...lines].reverse();
	const longest = Math.max(...ordered.map(({ label }) => label.length));
	const width = KEY.padding * 2 + KEY.sample + longest * KEY.character;
	const height = KEY.padding + ordered.length * KEY.line;
	const left = key.endsWith("left") ? GRID.left + 6 : WIDTH$1 - GRID.right - 6 - width;
	const top = key.startsWith("top") ? GRID.top + 6 : HEIGHT - GRID.bottom - 6 - height;
	const entries = ordered.flatMap(({ name, label }, index) => {
		const y = top + KEY.padding / 2 + (index + .5) * KEY.line;
		const { color, width: lineWidth, type } = strokeOf(name, palette);
		return [{
			type: "line",
			shape: {
				x1: left + KEY.padding,
				x2: left + KEY.padding + KEY.sample - 8,
				y1: y,
				y2: y
			},
			style: {
				stroke: color,
				lineWidth,
				...type === "solid" ? {} : { lineDash: type }
			}
		}, {
			type: "text",
			style: {
				text: plainText(label),
				x: left + KEY.padding + KEY.sample,
				y,
				verticalAlign: "middle",
				fill: palette.text,
				fontSize: FONT_SIZE$1,
				fontFamily: FONT
			}
		}];
	});
	const group = {
		type: "group",
		children: [{
			type: "rect",
			shape: {
				x: left,
				y: top,
				width,
				height,
				r: 4
			},
			style: {
				fill: palette.background,
				opacity: .85
			}
		}, ...entries]
	};
	return {
		type: "custom",
		silent: true,
		data: [[0, 0]],
		renderItem: () => group
	};
}

// src/adapters/pictures/draw-forest.ts
const WIDTH = 480;
const ROW = 34;
const TOP = 32;
const SIDE = 12;
const FONT_SIZE = 15;
const SMALL = 14;
const CHARACTER = 7.6;
const REACH = 1.06;
function drawForest(chart, palette) {
	const { rows, ends, subject } = chart;
	const left = 26 + widest([subject, ...rows.map(({ label }) => label)]);
	const right = 26 + widest(["gain", ...rows.map(({ gain }) => gain)]);
	const bottom = ends === void 0 ? 8 : 28;
	const height = TOP + rows.length * ROW + bottom;
	const words = (text, x, align, y) => ({
		type: "text",
		style: {
			...textStyle(palette.muted, SMALL),
			text: plainText(text),
			x,
			y,
			align,
			verticalAlign: "middle"
		}
	});
	const frame = (x) => {
		const middle = x(0);
		const foot = height - bottom;
		return [
			rule({
				x1: middle,
				x2: middle,
				y1: 28,
				y2: foot
			}, palette.axis, 1),
			words(subject, SIDE, "left", TOP / 2),
			words("◂ worse", middle - 8, "right", TOP / 2),
			words("better ▸", middle + 8, "left", TOP / 2),
			words("gain", 468, "right", TOP / 2),
			...ends === void 0 ? [] : [
				words(ends[0], x(-1), "center", foot + 14),
				words("0", middle, "center", foot + 14),
				words(ends[1], x(1), "center", foot + 14)
			]
		];
	};
	return drawSvg({
		backgroundColor: palette.background,
		grid: {
			left,
			right,
			top: TOP,
			bottom,
			containLabel: false
		},
		xAxis: {
			type: "value",
			min: -1.06,
			max: REACH,
			show: false
		},
		yAxis: {
			type: "category",
			data: rows.map((_, index) => String(index)),
			inverse: true,
			show: false
		},
		series: [{
			type: "custom",
			silent: true,
			data: rows.map((_, index) => [0, index]),
			renderItem: (_params, api) => {
				const index = Number(api.value(1));
				const x = (value) => api.coord([value, index])[0];
				const y = api.coord([0, index])[1];
				const row = rows[index];
				return {
					type: "group",
					children: [...drawRow(row, {
						x,
						y
					}, palette), ...index === rows.length - 1 ? frame(x) : []].sort((one, other) => depth(one) - depth(other))
				};
			}
		}]
	}, {
		width: WIDTH,
		height
	});
}
function depth({ type }) {
	return [
		"rect",
		"line",
		"circle",
		"text"
	].indexOf(type);
}
function drawRow(row, { x, y }, palette) {
	const colour = palette.tones[row.tone];
	const label = (text, style) => ({
		type: "text",
		style: {
			...textStyle(palette.text, FONT_SIZE),
			text: plainText(text),
			y,
			verticalAlign: "middle",
			...style
		}
	});
	const { margin, interval, value } = row;
	const band = margin === void 0 ? [] : [bandOf(x(-margin), x(margin), y, palette.band)];
	const whisker = interval === void 0 ? [] : [rule({
		x1: x(interval[0]),
		x2: x(interval[1]),
		y1: y,
		y2: y
	}, colour, 3), ...interval.map((end) => rule({
		x1: x(end),
		x2: x(end),
		y1: y - 6,
		y2: y + 6
	}, colour, 2))];
	return [
		...band,
		...whisker,
		{
			type: "circle",
			shape: {
				cx: x(value),
				cy: y,
				r: 6
			},
			style: {
				fill: colour,
				stroke: palette.background,
				lineWidth: 1.5
			}
		},
		label(row.label, {
			x: SIDE,
			align: "left"
		}),
		label(row.gain, {
			x: 468,
			align: "right",
			fontWeight: 600
		})
	];
}
function bandOf(from, to, y, fill) {
	return {
		type: "rect",
		shape: {
			x: from,
			y: y - ROW / 2 + 3,
			width: Math.max(2, to - from),
			height: 28
		},
		style: { fill }
	};
}
function rule(shape, stroke, lineWidth) {
	return {
		type: "line",
		shape,
		style: {
			stroke,
			lineWidth
		}
	};
}
function textStyle(fill, fontSize) {
	return {
		fill,
		fontSize,
		fontFamily: FONT
	};
}
function widest(texts) {
	const widths = texts.map((text) => [...text].reduce((sum, one) => sum + (/[ᄀ-￿]/u.test(one) && !/[\u2000-\u27bf]/u.test(one) ? 2 : 1), 0));
	return Math.max(...widths) * CHARACTER;
}

// src/adapters/pictures/palette.ts
const PALETTES = {
	light: {
		background: "#ffffff",
		text: "#1f2328",
		muted: "#59636e",
		grid: "#eaeef2",
		axis: "#818b98",
		band: "#ddf4ff",
		challenger: "#0969da",
		champion: "#59636e",
		tones: {
			good: "#1a7f37",
			bad: "#cf222e",
			unsure: "#9a6700",
			neutral: "#0969da"
		}
	},
	dark: {
		background: "#0d1117",
		text: "#f0f6fc",
		muted: "#9198a1",
		grid: "#212830",
		axis: "#656c76",
		band: "#12293f",
		challenger: "#4493f8",
		champion: "#b7bdc8",
		tones: {
			good: "#3fb950",
			bad: "#f85149",
			unsure: "#d29922",
			neutral: "#4493f8"
		}
	}
};

// src/adapters/pictures/picture-renderer.ts
function createPictureRenderer() {
	return { render: (chart, theme) => chart.type === "forest" ? drawForest(chart, PALETTES[theme]) : drawCurves(chart, PALETTES[theme]) };
}

export { createPictureRenderer };