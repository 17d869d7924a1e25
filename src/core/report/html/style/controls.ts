/** What the script of the page adds: buttons, filters and sliders. */
export const CONTROL_STYLE = `
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
