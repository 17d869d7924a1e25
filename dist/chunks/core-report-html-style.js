// src/core/report/html/style/base.ts
const BASE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --line: #e2e5eb; --text: #1a1e26; --soft: #576070; --faint: #eff1f5;
  --accent: #2856c7; --champion: #876a1c; --good: #14733f; --bad: #b3261e; --open: #855700;
  --good-wash: #e5f5ec; --bad-wash: #fdecea; --open-wash: #fdf3dc; --accent-wash: #e9effc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1015; --card: #151a21; --line: #2a313c; --text: #e6e9ef; --soft: #a3acba; --faint: #1e252f;
    --accent: #86abff; --champion: #d9b65a; --good: #5fd394; --bad: #ff8f85; --open: #f0c060;
    --good-wash: #10291c; --bad-wash: #331715; --open-wash: #2e2410; --accent-wash: #1a2640;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 64px; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
main, footer { max-width: 1160px; margin: 0 auto; padding: 32px 24px 0; }
main:focus { outline: none; }
footer { color: var(--soft); font-size: 13px; padding: 24px 28px 64px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; z-index: 3; }
.skip:focus { left: 8px; top: 8px; background: var(--card); padding: 8px 12px; border-radius: 6px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, h3, h4, p, ul, dl, figure { margin: 0; }
.verdict { background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--tone);
  border-radius: 10px; padding: 24px 28px; }
.success { --tone: var(--good); --wash: var(--good-wash); }
.failure, .error { --tone: var(--bad); --wash: var(--bad-wash); }
.pending { --tone: var(--open); --wash: var(--open-wash); }
.verdict .kicker { color: var(--soft); font-size: 13px; letter-spacing: .02em; }
.verdict h2 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; margin: 4px 0 0; color: var(--tone);
  display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; }
.verdict .pair { color: var(--text); font-weight: 500; font-variant-numeric: tabular-nums; }
.verdict .pair small { font-size: 16px; color: var(--soft); font-weight: 400; }
.verdict .lead { margin-top: 10px; max-width: 72ch; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px 28px; margin-top: 20px;
  border-top: 1px solid var(--line); padding-top: 16px; }
.figures dt { color: var(--soft); font-size: 13px; }
.figures dd { margin: 0; font-size: 18px; font-variant-numeric: tabular-nums; }
.figures dd small { display: block; color: var(--soft); font-size: 13px; }
nav ul { list-style: none; padding: 0; }
nav.parts { position: sticky; top: 0; z-index: 2; background: var(--page); margin: 10px -4px 0; padding: 6px 0;
  border-bottom: 1px solid var(--line); }
nav.parts ul { position: relative; display: flex; gap: 2px; overflow-x: auto; scrollbar-width: none; padding: 2px; }
nav.parts a { display: block; padding: 5px 11px; border-radius: 7px; font-size: 14px; color: var(--soft); text-decoration: none;
  white-space: nowrap; }
nav.parts a:hover { background: var(--faint); color: var(--text); }
nav.parts a[aria-current] { background: var(--accent-wash); color: var(--accent); font-weight: 500; }
nav.models { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; }
nav.models li + li { border-top: 1px solid var(--line); }
nav.models a { display: flex; gap: 12px; align-items: center; padding: 9px 8px; color: var(--text); text-decoration: none;
  overflow-wrap: anywhere; }
nav.models a:hover { text-decoration: underline; }
.state { flex: none; width: 10px; height: 10px; border-radius: 50%; background: var(--tone); }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-top: 18px; }
/* Long parts are laid out when they come into view: a large report opens in half the time. */
@media screen { .panel.long { content-visibility: auto; contain-intrinsic-size: auto 900px; } }
.panel > h3 { font-size: 18px; margin-bottom: 4px; letter-spacing: -.005em; }
.panel h4 { margin: 24px 0 4px; font-size: 15px; }
.note { color: var(--soft); font-size: 13.5px; max-width: 84ch; margin-bottom: 10px; }
.alert { border-radius: 8px; padding: 12px 16px; margin-top: 12px; background: var(--wash); border: 1px solid var(--tone); }
.alert ul { padding-left: 20px; }
code { font: 13px/1.4 ui-monospace, "SF Mono", Menlo, "Liberation Mono", monospace; overflow-wrap: anywhere; }
pre { background: var(--faint); color: var(--text); border-radius: 6px; padding: 12px; overflow-x: auto; margin: 8px 0 0; }
.mark { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; background: var(--faint); color: var(--text);
  white-space: nowrap; }
.mark.better, .mark.pass { background: var(--good-wash); color: var(--good); }
.mark.worse, .mark.fail { background: var(--bad-wash); color: var(--bad); }
.mark.inconclusive { background: var(--open-wash); color: var(--open); }
.gates { list-style: none; padding: 0; display: grid; gap: 10px; margin-top: 8px; }
.gates li { display: grid; grid-template-columns: 108px 1fr; gap: 12px; align-items: baseline; }
.gates .mark { justify-self: start; } .gates p { color: var(--soft); font-size: 14px; }
.facts { display: grid; grid-template-columns: minmax(170px, max-content) 1fr; gap: 6px 20px; font-size: 14px; margin-top: 8px; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.sets { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 24px; font-size: 14px; color: var(--soft); margin-bottom: 4px; }
.sets strong { color: var(--text); font-weight: 500; }
details { margin-top: 14px; }
details > summary { cursor: pointer; font-weight: 500; font-size: 14px; padding: 4px 0; color: var(--accent); }
.model + .model { margin-top: 56px; } nav.models + .model { margin-top: 24px; }
`;

// src/core/report/html/style/charts.ts
const CHART_STYLE = `
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

// src/core/report/html/style/controls.ts
const CONTROL_STYLE = `
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
button.sort { text-align: inherit; font-weight: 500; border-radius: 4px; padding: 2px 0; min-height: 24px; }
button.sort::after { content: "↕"; content: "↕" / ""; color: var(--soft); opacity: .55; margin-left: 4px; font-size: 12px; }
th[aria-sort] button.sort { color: var(--text); }
th[aria-sort=ascending] button.sort::after { content: "↑"; content: "↑" / ""; opacity: 1; color: var(--accent); }
th[aria-sort=descending] button.sort::after { content: "↓"; content: "↓" / ""; opacity: 1; color: var(--accent); }
button.sort:hover { color: var(--text); }
button.sort svg { display: inline-block; vertical-align: bottom; }
button.more { border: 1px solid var(--line); border-radius: 8px; padding: 6px 14px; font-size: 14px; color: var(--accent);
  background: var(--card); margin-top: 12px; }
button.more:hover { background: var(--faint); }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; font-size: 13px; color: var(--soft); margin: 4px 0 10px; }
.filter label { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; } .filter input[type=checkbox] { width: 18px; height: 18px; margin: 3px; accent-color: var(--accent); }
.filter input[type=search] { font: inherit; font-size: 14px; color: var(--text); background: var(--card); border: 1px solid #8b93a1; border-radius: 7px;
  padding: 5px 10px; width: 240px; max-width: 100%; }
.left-out, .folded-away { display: none; }
.setting { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; background: var(--faint); border-radius: 8px; padding: 12px 16px;
  min-height: 58px; }
.setting .mark { background: var(--accent-wash); color: var(--accent); }
.setting button.more { margin: 0; padding: 4px 12px; font-size: 13px; }
.slider { flex: 1 1 340px; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 16px; }
.slider > span:first-child { min-width: 9.5em; font-variant-numeric: tabular-nums; }
.slider .track { position: relative; flex: 1 1 220px; display: block; }
.slider .tick { position: absolute; top: -5px; width: 2px; height: 8px; border-radius: 1px; background: var(--text);
  left: calc(8px + var(--at) * (100% - 16px) - 1px); pointer-events: none; }
input[type=range] { display: block; width: 100%; height: 24px; margin: 0; accent-color: var(--accent); }
.reader { display: flex; flex-wrap: wrap; align-items: center; gap: 0 12px; font-size: 13px; color: var(--soft); max-width: 440px; margin-top: 8px; }
.reader input { flex: 1 1 140px; }
.reading { display: block; font-size: 13.5px; font-variant-numeric: tabular-nums; min-height: 1.6em; }
`;

// src/core/report/html/style/data.ts
const DATA_STYLE = `
:root { --third: #8046c2; --fourth: #4b5563; }
@media (prefers-color-scheme: dark) { :root { --third: #c79bff; --fourth: #b8c0cc; } }
.set-1 { --set: var(--accent); } .set-2 { --set: var(--champion); } .set-3 { --set: var(--third); } .set-4 { --set: var(--fourth); }
path.values { fill: var(--set); fill-opacity: .1; stroke: var(--set); stroke-width: 1.4; vector-effect: non-scaling-stroke; }
path.values.set-1 { fill-opacity: .24; } path.values.set-2 { stroke-dasharray: 4 2; } path.values.set-3 { stroke-dasharray: 1.5 1.5; }
rect.values { fill: var(--set); }
svg.values { width: 196px; height: 60px; } svg.swatch-of { display: inline-block; margin-right: 6px; }
.ends { display: flex; justify-content: space-between; gap: 8px; width: 196px; color: var(--soft); font-size: 12px; }
ul.sets { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 26px; font-size: 14px; margin: 6px 0 4px; }
.tops { list-style: none; padding: 0; display: grid; gap: 4px; width: 196px; font-size: 12.5px; }
.tops li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 8px; line-height: 1.35; }
.tops li > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .tops svg { grid-column: 1 / -1; } .tops small { white-space: nowrap; }
.tops li > small:only-child { text-align: left; grid-column: 1 / -1; }
table.grouped td.picture { vertical-align: top; padding-top: 10px; padding-right: 14px; } table.grouped td.set { white-space: nowrap; }
table.grouped { font-size: 12.5px; } table.grouped th, table.grouped td { padding-right: 7px; } table.grouped td[data-label], table.grouped td.none { font-size: 12px; } table.grouped tbody th { font-size: 13.5px; min-width: 6em; max-width: 12em; }
small.differs { color: var(--open); font-weight: 600; }
table.grouped td.none { color: var(--soft); }
table.grouped tr.found td { padding-top: 6px; } table.grouped tbody tr:nth-last-child(2):has(+ .found) > * { padding-bottom: 3px; }
tr.found ul { list-style: none; padding: 0; display: grid; gap: 6px; }
tr.found li { font-size: 13.5px; max-width: 108ch; overflow-wrap: anywhere; }
details.edit { margin-top: 4px; } details.edit summary { cursor: pointer; color: var(--accent); font-size: 13px; min-height: 24px; }
details.edit pre { max-width: 100%; padding: 8px 12px; margin: 2px 0 0; } details.edit code { overflow-wrap: normal; white-space: pre; }
details.edit del, details.edit ins { text-decoration: none; }
details.edit del { color: var(--bad); } details.edit ins { color: var(--good); }
`;

// src/core/report/html/style/small-and-paper.ts
const SMALL_AND_PAPER_STYLE = `
@media (max-width: 640px) {
  main { padding: 12px 10px 0; } .verdict { padding: 18px; } .verdict h2 { font-size: 24px; } .panel { padding: 16px 14px; }
  nav.parts { margin: 8px -10px 0; padding: 4px 8px; }
  th, td { padding-right: 12px; }
  .scroll > table > tbody > tr > th:first-child, .scroll > table > thead > tr > th:first-child { position: sticky; left: 0;
    background: var(--card); z-index: 1; min-width: 7.5em; max-width: 10em; padding-right: 10px; }
  .chart text { font-size: 11px; }
  table.cards, table.cards tbody { display: block; } table.cards thead { display: block; }
  table.cards thead tr { display: flex; flex-wrap: wrap; gap: 2px 14px; border-bottom: 1px solid var(--line); padding-bottom: 6px; }
  table.cards thead th { position: static !important; padding: 0; border: 0; min-width: 0 !important; }
  table.cards thead th:not([data-sorts]) { display: none; }
  table.cards tbody tr { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; padding: 12px 0; border-bottom: 1px solid var(--line); }
  table.cards tbody tr:last-child { border-bottom: 0; }
  table.cards tbody tr > * { display: block; border: 0; padding: 0; min-width: 0 !important; max-width: none !important; position: static !important; }
  table.cards td.gain { grid-column: 2; grid-row: 1; text-align: right; }
  table.cards td.failing { grid-column: 2; grid-row: 1; text-align: right; } table.cards td.failing::after { content: " rows"; color: var(--soft); }
  table.cards td.place, table.cards td.wide { grid-column: 1 / -1; white-space: normal; overflow-wrap: anywhere; }
  table.cards td.picture { grid-column: 1 / -1; grid-row: 2; margin: 4px 0; } table.cards td.picture svg { width: 100%; max-width: 320px; margin: 0 auto; }
  table.cards td.of-champion, table.cards td.of-challenger, table.cards td.rows { grid-column: 1; text-align: left; font-size: 14px; white-space: normal; }
  table.cards td.of-champion::before { content: "Champion "; color: var(--soft); } table.cards td.of-challenger::before { content: "Challenger "; color: var(--soft); }
  table.cards td.rows::before { content: "Rows "; color: var(--soft); } table.cards td.rows small { display: inline; margin-left: 6px; }
  table.cards td.of-champion small, table.cards td.of-challenger small { display: inline; margin-left: 6px; }
  table.cards td.verdict-of { grid-column: 2; grid-row: 3 / span 3; align-self: end; text-align: right; }
  td.picture > svg[viewBox="0 0 220 26"], th.picture svg { width: 170px; height: auto; }
  .gates li { grid-template-columns: 1fr; gap: 2px; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; }
  table.matrix { border-spacing: 3px; } table.matrix tbody td { padding: 8px; } table.matrix thead td, table.matrix tbody th { width: 4.6em; }
  .filter label:has([type=search]) { flex: 1 1 100%; } .filter input[type=search] { width: 100%; max-width: none; }
  table.grouped, table.grouped tbody { display: block; } table.grouped thead { display: block; }
  table.grouped thead tr { display: flex; flex-wrap: wrap; gap: 2px 14px; border-bottom: 1px solid var(--line); padding-bottom: 6px; }
  table.grouped thead th { position: static !important; padding: 0; border: 0; min-width: 0 !important; } table.grouped thead th:not([data-sorts]) { display: none; }
  table.grouped tbody { padding: 12px 0; }
  table.grouped tbody tr { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
  table.grouped tbody tr > * { display: block; padding: 0 !important; border: 0; text-align: left; position: static !important; max-width: none !important; }
  table.grouped th[scope=rowgroup], table.grouped td.picture { flex: 1 1 100%; } table.grouped td.set { flex: 1 1 100%; font-weight: 500; margin-top: 6px; }
  table.grouped, table.grouped td[data-label] { font-size: 13.5px; }
  table.grouped td.picture > *, .tops, .ends, svg.values { width: 100%; max-width: 320px; } table.grouped td.none { display: none; }
  table.grouped td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
  tr.found td { flex: 1 1 100%; min-width: 0; margin-top: 6px; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --line: #ccc; --text: #000; --soft: #444; --faint: #eee;
    --accent: #2856c7; --champion: #7a5c10; --good: #14733f; --bad: #b3261e; --open: #855700;
    --good-wash: #e5f5ec; --bad-wash: #fdecea; --open-wash: #fdf3dc; --accent-wash: #e9effc; }
  /* A sheet is as wide as a small window; smaller letters make room for the tables. */
  main, footer { zoom: .68; max-width: none; padding: 0; } nav, .skip { display: none; }
  .filter, .reader, .reading, .guide, .point, button.more, .slider .track, .setting input { display: none; }
  button.sort::after { content: none !important; }
  .left-out, .folded-away { display: revert; } tr.left-out, tr.folded-away { display: table-row; }
  tbody.left-out, tbody.folded-away { display: table-row-group; }
  details::details-content { content-visibility: visible; display: block; }
  summary { list-style: none; }
  .alert, .setting, table.matrix td, .mark, .verdict { print-color-adjust: exact; }
  .panel, .verdict { break-inside: avoid-page; border-radius: 0; } .panel.long { break-inside: auto; }
  tr, figure, table.grouped tbody, table.matrix { break-inside: avoid; } h3, h4 { break-after: avoid; }
  .scroll, .scroll.tall { overflow: visible; max-height: none; } .scroll.tall thead th { position: static; }
  table.grouped { font-size: 12px; } table.grouped th, table.grouped td { padding-right: 7px; }
  .scroll.tall th, .scroll.tall td { padding-top: 2px; padding-bottom: 2px; }
  .chart { max-width: 360px; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
`;

// src/core/report/html/style/tables.ts
const TABLE_STYLE = `
.scroll { overflow-x: auto; background:
    linear-gradient(to right, var(--card) 40%, transparent) 0 0 / 28px 100% no-repeat local,
    linear-gradient(to left, var(--card) 40%, transparent) 100% 0 / 28px 100% no-repeat local,
    linear-gradient(to right, var(--line), transparent) 0 0 / 10px 100% no-repeat,
    linear-gradient(to left, var(--line), transparent) 100% 0 / 10px 100% no-repeat; }
.scroll.tall { max-height: 420px; overflow-y: auto; }
.scroll.tall thead th { position: sticky; top: 0; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: middle; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 2px; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; vertical-align: bottom; }
tbody tr:last-child > * { border-bottom: 0; }
th:first-child, td:first-child, td.text, th.text { text-align: left; }
tbody th { font-weight: 500; white-space: normal; overflow-wrap: anywhere; min-width: 9em; }
tbody th small, td small { display: block; color: var(--soft); font-weight: 400; font-size: 12.5px; }
td.text { white-space: normal; overflow-wrap: break-word; } td svg { max-width: none; } td.wide { min-width: 16em; }
table[data-sortable] thead th:not([data-sorts]) { padding-bottom: 10px; }
td.picture, th.picture { padding-left: 8px; }
table.grouped tbody { border-bottom: 1px solid var(--line); }
table.grouped tbody tr > * { border-bottom: 0; padding-top: 3px; padding-bottom: 3px; }
table.grouped tbody tr:first-child > * { padding-top: 10px; } table.grouped tbody tr:last-child > * { padding-bottom: 10px; }
table.grouped th[scope=rowgroup] { vertical-align: top; padding-top: 10px; }
table.grouped tbody:last-child { border-bottom: 0; }
td.place { min-width: 11em; }
td.absent { color: var(--soft); font-style: italic; }
td.digest code { font-size: 11.5px; overflow-wrap: anywhere; } td.digest { min-width: 22em; }
table.importance td.picture { width: 60%; }
.matrices { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 20px 28px; margin: 14px 0 18px; }
table.matrix { border-collapse: separate; border-spacing: 4px; table-layout: fixed; }
table.matrix caption { text-align: left; font-weight: 600; font-size: 14px; padding: 0 4px 2px; }
table.matrix th { border: 0; padding: 4px; min-width: 0; font-size: 13px; color: var(--soft); font-weight: 500; white-space: normal; }
table.matrix thead th { text-align: left; } table.matrix thead td, table.matrix tbody th { width: 5.2em; border: 0; padding: 4px; }
table.matrix tbody td { border: 0; border-radius: 7px; padding: 10px 12px; text-align: left; white-space: normal; line-height: 1.3; }
table.matrix td.right { background: var(--good-wash); } table.matrix td.wrong { background: var(--bad-wash); }
table.matrix td strong { font-size: 19px; font-weight: 600; } table.matrix td span { font-size: 13px; }
table.matrix td small { color: var(--text); }
.swatch { display: inline-block; width: 18px; height: 0; border-top: 3px solid var(--accent); vertical-align: middle; margin-right: 8px; }
.swatch.champion { border-top: 3px dashed var(--champion); }
table.rates { max-width: 640px; }
`;

export { BASE_STYLE, CHART_STYLE, CONTROL_STYLE, DATA_STYLE, SMALL_AND_PAPER_STYLE, TABLE_STYLE };