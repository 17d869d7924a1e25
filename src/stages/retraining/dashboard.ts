import { type DashboardModel, isDashboard, renderDashboard } from '../../core/report/retraining.ts';
import type { CodeHost, HostIssue } from '../../ports/code-host.ts';

export const DASHBOARD_LABEL = 'contender-dashboard';
const TITLE = 'Contender: champions, drift and retraining';
/** What is known of all models, hidden in the text, since one run may know one model alone. */
const STATE = /^<!-- contender-models (?<state>\S+) -->$/m;
const LONGEST_REASON = 300;

/** Brings the line of one model up to date in the one dashboard issue, which is made when it is missing. */
export async function settleDashboard(model: DashboardModel, host: CodeHost): Promise<HostIssue> {
  const existing = await findDashboard(host);
  const known = existing === undefined ? [] : parseModels(existing.body);
  const body = renderBody([...known.filter((other) => other.model !== model.model), shorten(model)]);
  if (existing === undefined) return await createOne(body, host);
  if (existing.body.trim() === body.trim()) return existing;
  return await host.issues.update(existing.number, { body });
}

async function findDashboard(host: CodeHost): Promise<HostIssue | undefined> {
  return (await host.issues.findByLabel(DASHBOARD_LABEL)).find(({ body }) => isDashboard(body));
}

/** Of two runs that make one at once, the older issue stays. */
async function createOne(body: string, host: CodeHost): Promise<HostIssue> {
  const created = await host.issues.create({ title: TITLE, body, labels: [DASHBOARD_LABEL] });
  const oldest = await findDashboard(host);
  if (oldest === undefined || oldest.number >= created.number) return created;
  await host.issues.update(created.number, { state: 'closed' });
  return oldest;
}

function renderBody(models: readonly DashboardModel[]): string {
  const sorted = [...models].sort((left, right) => (left.model < right.model ? -1 : 1));
  // No `-` is left in it, so that nothing in a reason can end the comment early.
  const state = encodeURIComponent(JSON.stringify(sorted)).replaceAll('-', '%2D');
  const lines = renderDashboard(sorted).trimEnd().split('\n');
  // The mark of the dashboard stays the last line.
  return `${[...lines.slice(0, -1), `<!-- contender-models ${state} -->`, ...lines.slice(-1)].join('\n')}\n`;
}

/** Anyone who may edit issues may have written this: what is no list of models counts as none. */
function parseModels(body: string): readonly DashboardModel[] {
  const state = STATE.exec(body)?.groups?.state;
  if (state === undefined) return [];
  try {
    const models: unknown = JSON.parse(decodeURIComponent(state));
    return Array.isArray(models) ? models.filter((model) => isModel(model)) : [];
  } catch {
    return [];
  }
}

function isModel(value: unknown): value is DashboardModel {
  if (!hasTexts(value, ['model'])) return false;
  const { champion, lastCheck, retraining, openLink, snoozedUntil, withheld } = value;
  return (
    (champion === undefined || (hasTexts(champion, ['version']) && isOptionalText(champion.url))) &&
    (lastCheck === undefined || hasTexts(lastCheck, ['on', 'verdict', 'recommendation', 'reason'])) &&
    (retraining === undefined || (hasTexts(retraining, ['url']) && typeof retraining.number === 'number')) &&
    [openLink, snoozedUntil, withheld].every(isOptionalText)
  );
}

function hasTexts(value: unknown, names: readonly string[]): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === 'string');
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function shorten(model: DashboardModel): DashboardModel {
  const { lastCheck, withheld } = model;
  return {
    ...model,
    ...(lastCheck === undefined
      ? {}
      : { lastCheck: { ...lastCheck, reason: lastCheck.reason.slice(0, LONGEST_REASON) } }),
    ...(withheld === undefined ? {} : { withheld: withheld.slice(0, LONGEST_REASON) }),
  };
}
