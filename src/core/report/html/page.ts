import { renderReproduction } from '../comment/footer.ts';
import type { ModelEvidence, RunReference } from '../evidence.ts';
import { buildHeadline, headlineText } from '../headline.ts';
import { type Judgement, judge, worstFirst } from '../judgement.ts';
import { renderCalibrationSection } from './calibration-section.ts';
import { renderFlips } from './comparison-details.ts';
import { renderGateList, renderMetrics } from './comparison-sections.ts';
import { renderCurves } from './curves-section.ts';
import { renderData } from './data-section.ts';
import { renderDrift } from './drift-section.ts';
import { html, type Markup, verbatim } from './markup.ts';
import { renderImportance, renderModelChanges } from './model-section.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, REPORT_STYLE_HASH } from './page-script.ts';
import { renderProvenance } from './provenance-section.ts';
import { renderSlices } from './slices-section.ts';
import { REPORT_STYLE } from './style.ts';
import { renderVerdictHeader } from './verdict-header.ts';

type JudgedModel = { readonly evidence: ModelEvidence; readonly judgement: Judgement; readonly id: string };

/** Nothing is loaded, and nothing runs or styles but the two texts of ours that have these hashes. */
const POLICY = `default-src 'none'; style-src '${REPORT_STYLE_HASH}'; script-src '${PAGE_SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`;

/**
 * The full report of a run as one HTML file: no request, no file beside it. Everything is there without a script;
 * the one script of ours adds sorting, filters, and a threshold that moves. Models come with the one that needs a
 * person first.
 */
export function renderHtmlReport(models: readonly ModelEvidence[], run: RunReference): string {
  const judged = worstFirst(
    models.map((evidence, index) => ({ evidence, judgement: judge(evidence), id: `model-${index + 1}` })),
  );
  const title = judged[0] === undefined ? 'Nothing to report' : titleOf(judged[0]);
  const command = renderReproduction(run);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="referrer" content="no-referrer"><title>${title}</title><style>${verbatim(REPORT_STYLE)}</style></head>
<body><a class="skip" href="#report">Skip to the report</a><main id="report" tabindex="-1"><h1 class="unseen">${title}</h1>
${judged.length > 1 ? renderModelList(judged) : undefined}
${judged.map((model) => renderModel(model, run))}
</main>
<footer>${command === undefined ? undefined : html`<p>Repeat this on a laptop:</p><pre tabindex="0"><code>${command}</code></pre>`}</footer>
<script>${verbatim(PAGE_SCRIPT)}</script></body></html>
`.markup;
}

function titleOf({ evidence, judgement }: JudgedModel): string {
  return `${headlineText(buildHeadline(judgement))}, ${evidence.model}`;
}

function renderModelList(models: readonly JudgedModel[]): Markup {
  return html`<nav class="models" aria-label="Models"><ul>${models.map((model) => html`<li><a href="#${model.id}"><span class="state ${model.judgement.outcome}"></span>${titleOf(model)}</a></li>`)}</ul></nav>`;
}

function renderModel({ evidence, judgement, id }: JudgedModel, run: RunReference): Markup {
  const sections = listSections({ evidence, judgement, id }, run);
  return html`<article class="model" id="${id}">${renderVerdictHeader(evidence.model, judgement)}
${sections.length > 1 ? html`<nav class="parts" aria-label="Parts of the report on ${evidence.model}"><ul>${sections.map(({ name, anchor }) => html`<li><a href="#${id}-${anchor}">${name}</a></li>`)}</ul></nav>` : undefined}
${sections.map(({ content }) => content)}</article>`;
}

type Section = { readonly name: string; readonly anchor: string; readonly content: Markup };

function listSections({ evidence, judgement, id }: JudgedModel, run: RunReference): Section[] {
  const comparison =
    judgement.kind === 'completed' && judgement.state !== 'unchanged' ? judgement.comparison : undefined;
  const { validation, drift } = evidence;
  const sections: { name: string; anchor: string; content: Markup | undefined }[] = [
    { name: 'Metrics', anchor: 'metrics', content: comparison && renderMetrics(comparison, id) },
    { name: 'Gates', anchor: 'gates', content: comparison && renderGateList(comparison, id) },
    { name: 'Slices', anchor: 'slices', content: comparison && renderSlices(comparison, id) },
    { name: 'Curves', anchor: 'curves', content: comparison && renderCurves(comparison, id) },
    {
      name: 'Calibration',
      anchor: 'calibration',
      content: comparison && renderCalibrationSection(comparison, id),
    },
    { name: 'Flips', anchor: 'flips', content: comparison && renderFlips(comparison, id) },
    { name: 'Importance', anchor: 'importance', content: comparison && renderImportance(comparison, id) },
    { name: 'Model', anchor: 'model', content: comparison && renderModelChanges(comparison, id) },
    {
      name: 'Data',
      anchor: 'data',
      content:
        validation === undefined || validation.verdict === 'error' ? undefined : renderData(validation, id),
    },
    {
      name: 'Drift',
      anchor: 'drift',
      content: drift === undefined || drift.verdict === 'error' ? undefined : renderDrift(drift, id),
    },
    { name: 'Provenance', anchor: 'provenance', content: renderProvenance(evidence, run, id) },
  ];
  return sections.filter((section): section is Section => section.content !== undefined);
}
