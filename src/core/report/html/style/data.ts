/** The data page: values of columns over each other, findings beside them, edits of the contract. */
export const DATA_STYLE = `
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
