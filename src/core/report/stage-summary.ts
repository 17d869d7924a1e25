import { codeSpan, escapeText, renderTable } from './markdown.ts';
import { SUMMARY_LIMIT_BYTES } from './summary-limit.ts';

/** How a stage ended for one model. */
export type StageEnding = {
  /** Empty when the stage failed before it knew of any model. */
  readonly model: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Why it stopped, when it did. */
  readonly message?: string | undefined;
  /** More about it, as finished Markdown. */
  readonly details?: string | undefined;
};

export type StageSummary = {
  /** Name of the action. */
  readonly stage: string;
  /** The worst of all models. */
  readonly verdict: string;
  readonly endings: readonly StageEnding[];
};

/** More models than a reader scrolls through, and than a summary has room for. */
const MOST_MODELS = 100;
const MESSAGE_LENGTH = 2000;
const VALUE_LENGTH = 300;
/** Room for details: a character takes at most three bytes, and tables and messages need some too. */
const DETAILS_UNITS = SUMMARY_LIMIT_BYTES / 4;

/** What a step of one stage did, as the page of its run shows it: one table or one message per model. */
export function renderStageSummary({ stage, verdict, endings }: StageSummary): string {
  const shown = boundDetails(endings.slice(0, MOST_MODELS));
  const more = endings.length - shown.length;
  return `${[
    `## ${escapeText(stage)}: ${escapeText(verdict)}`,
    ...shown.flatMap(renderEnding),
    more > 0 ? `and ${more} more` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

/** Details of the first models, as far as they fit; the evidence has them all. */
function boundDetails(endings: readonly StageEnding[]): StageEnding[] {
  let room = DETAILS_UNITS;
  return endings.map((ending) => {
    const { details } = ending;
    if (details === undefined) return ending;
    room -= details.length;
    return room >= 0
      ? ending
      : { ...ending, details: 'The details did not fit here; they are in the evidence.' };
  });
}

function renderEnding({ model, outputs, message, details }: StageEnding): readonly string[] {
  const heading = model === '' ? '' : `### ${codeSpan(model)}`;
  if (message !== undefined) return [heading, `**Stopped:** ${escapeText(message, MESSAGE_LENGTH)}`];
  const rows = Object.entries(outputs)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [codeSpan(name), codeSpan(value, VALUE_LENGTH)]);
  const table = rows.length === 0 ? '' : renderTable(['output', 'value'], rows);
  return [heading, table, details?.trim() ?? ''];
}
