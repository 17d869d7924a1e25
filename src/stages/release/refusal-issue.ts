import type { CompletedComparison } from '../../core/documents/comparison.ts';
import { codeSpan, escapeText, makeVisible } from '../../core/report/markdown.ts';
import { renderStatus } from '../../core/report/status.ts';
import type { CodeHost, HostIssue, PullRequest } from '../../ports/code-host.ts';

export const CONTENDER_LABEL = 'contender';

export type Refusal = {
  readonly comparison: CompletedComparison;
  readonly commit: string;
  /** The pull request that was merged, when there is one. */
  readonly pull: PullRequest | undefined;
};

/** Keeps one open issue per model that says why what was merged is not published. */
export async function settleRefusalIssue(refusal: Refusal, host: CodeHost): Promise<HostIssue> {
  const { model } = refusal.comparison;
  const title = `${makeVisible(model, 100)}: the merged model was not published`;
  const body = renderRefusal(refusal);
  const existing = await findRefusalIssue(model, host);
  if (existing === undefined) return await host.issues.create({ title, body, labels: [CONTENDER_LABEL] });
  if (existing.body.trim() === body.trim()) return existing;
  return await host.issues.update(existing.number, { title, body });
}

/** Closes that issue once a release is out. */
export async function closeRefusalIssue(model: string, host: CodeHost): Promise<void> {
  const existing = await findRefusalIssue(model, host);
  if (existing !== undefined) await host.issues.update(existing.number, { state: 'closed' });
}

async function findRefusalIssue(model: string, host: CodeHost): Promise<HostIssue | undefined> {
  const mark = markOf(model);
  return (await host.issues.findByLabel(CONTENDER_LABEL)).find(({ body }) => body.trimEnd().endsWith(mark));
}

function renderRefusal({ comparison, commit, pull }: Refusal): string {
  const { model, challenger } = comparison;
  const status = renderStatus({ model, comparison });
  const merged =
    pull === undefined ? `Commit ${commit}` : `Pull request #${pull.number} (merged as ${commit})`;
  const digits = challenger.digest.slice(0, 12);
  const choices = [
    ...(pull === undefined
      ? []
      : [
          `- **Accept it:** comment on #${pull.number}, with write permission and nothing else in the comment: \`/contender accept ${digits} <reason>\`; then run the release again.`,
        ]),
    '- **Improve it:** push a change; what is judged better is published, and this issue closes itself.',
    '- **Take it back:** revert the merge. The champion is still the one that was there before.',
  ];
  return `${[
    `${merged} changed ${codeSpan(model)}, but its judgement does not let it pass, so nothing was published.`,
    `> ${escapeText(status.description, 400)}`,
    `The model that was judged has the digest \`${digits}\`.`,
    choices.join('\n'),
    markOf(model),
  ].join('\n\n')}\n`;
}

/** Names of models are plain words, so that nothing can end the comment early. */
function markOf(model: string): string {
  return `<!-- contender kind=refusal model=${model.replaceAll('--', '-%2D')} -->`;
}
