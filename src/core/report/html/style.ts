/** The style sheet of the report: light and dark by the reader's setting, narrow screens and paper. */
export const REPORT_STYLE = `
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
