/** Colours, letters and the parts that every report has. */
export const BASE_STYLE = `
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
