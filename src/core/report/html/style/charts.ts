/** Curves, forest plots, histograms and bars. */
export const CHART_STYLE = `
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px 40px; margin-top: 12px; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 16px 40px; align-items: start; }
.beside > * { min-width: 0; } .charts > * { min-width: 0; }
figcaption { font-size: 14px; font-weight: 600; margin-bottom: 4px; }
svg { display: block; max-width: 100%; } svg text { fill: var(--soft); font-size: 11px; font-family: inherit; }
.chart { width: 100%; max-width: 440px; height: auto; touch-action: pan-y; }
.axis, .grid { stroke: var(--line); fill: none; } .zero { stroke: var(--soft); fill: none; } .band { fill: var(--faint); }
@media (prefers-color-scheme: dark) { .band { fill: #2b3442; } }
.limit { stroke: var(--soft); stroke-dasharray: 2 3; fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke: var(--accent); }
.line.champion { stroke: var(--champion); stroke-dasharray: 5 4; }
.dot { fill: var(--accent); } .dot.champion { fill: none; stroke: var(--champion); stroke-width: 2; }
.stop { fill: var(--card); stroke-width: 3; stroke: var(--accent); } .stop.champion { stroke: var(--champion); }
.chart text { font-size: 9.5px; }
.guide { stroke: var(--soft); stroke-width: .7; stroke-dasharray: 3 2; } .point { fill: var(--accent); } .point.champion { fill: var(--champion); }
.whisker { stroke-width: 2.5; stroke-linecap: round; stroke: var(--soft); } .knob { fill: var(--soft); }
.better .whisker { stroke: var(--good); } .better .knob { fill: var(--good); }
.worse .whisker { stroke: var(--bad); } .worse .knob { fill: var(--bad); }
.inconclusive .whisker { stroke: var(--open); } .inconclusive .knob { fill: var(--card); stroke: var(--open); stroke-width: 2; }
.bar { fill: var(--accent); opacity: .78; } .bar.part-1 { opacity: .45; } .track { fill: var(--faint); }
svg.share { width: 100%; min-width: 90px; height: 12px; }
.key { display: flex; gap: 4px 18px; font-size: 13px; color: var(--soft); margin-top: 8px; flex-wrap: wrap; }
.key svg { display: inline-block; vertical-align: middle; margin-right: 6px; }
`;
