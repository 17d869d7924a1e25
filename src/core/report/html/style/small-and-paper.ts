/** Narrow screens and paper; paper has everything unfolded and nothing to press. */
export const SMALL_AND_PAPER_STYLE = `
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
