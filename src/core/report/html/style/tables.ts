/** Tables, and the cells that some of them have. */
export const TABLE_STYLE = `
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
