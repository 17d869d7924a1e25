import type { ModelEvidence, RunReference } from '../evidence.ts';
import { describeHoldoutUse } from '../holdout-use.ts';
import { judge, validAcceptance } from '../judgement.ts';
import { codeSpan, link } from '../markdown.ts';

const PLAIN_WORD = /^[A-Za-z0-9_./:=,@+-]+$/;
const SHORT = 12;

/** Where the numbers come from: commit, run, report. The same under every model, so it comes once. */
export function renderRunLine(run: RunReference): string {
  const parts = [
    run.commit === undefined ? undefined : `commit ${shortDigest(run.commit)}`,
    link('run', run.runUrl),
    link('full report', run.reportUrl),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `<sub>${capitalize(parts.join(' · '))}</sub>`;
}

/** The command that repeats this on a laptop; undefined when it would hold anything but plain words. */
export function renderReproduction(run: RunReference): string | undefined {
  const words = run.reproduce;
  if (words === undefined || words.length === 0 || !words.every((word) => PLAIN_WORD.test(word))) {
    return undefined;
  }
  const command = `contender ${words.join(' ')}`;
  if (run.commit === undefined || !/^[0-9a-f]{40,64}$/.test(run.commit)) return command;
  return `git fetch origin ${run.commit} && git checkout ${run.commit} && ${command}`;
}

/** What was judged, by digests that can be compared by eye, and how it can be accepted. */
export function renderProvenance(evidence: ModelEvidence): string {
  const judgement = judge(evidence);
  if (judgement.kind !== 'completed') return '';
  const { comparison } = judgement;
  const { champion, challenger, holdout } = comparison;
  const parts = [
    champion === undefined
      ? undefined
      : `champion ${champion.version === undefined ? '' : `${codeSpan(champion.version, 30)} `}${shortDigest(champion.digest)}`,
    `challenger ${shortDigest(challenger.digest)}`,
    `holdout ${[shortDigest(holdout.digest), describeHoldoutUse(comparison)].filter((part) => part !== undefined).join(', ')}`,
    comparison.exam.commit === undefined ? undefined : `rules of ${shortDigest(comparison.exam.commit)}`,
  ].filter((part) => part !== undefined);
  const lines = [`<sub>${capitalize(parts.join(' · '))}</sub>`];
  const canBeAccepted = judgement.outcome !== 'success' && validAcceptance(comparison) === undefined;
  if (canBeAccepted && !judgement.selfReported) {
    lines.push(
      `<sub>A maintainer can accept it all the same: \`/contender accept ${challenger.digest.slice(0, SHORT)} <reason>\`</sub>`,
    );
  }
  return lines.join('<br>\n');
}

function shortDigest(digest: string): string {
  return codeSpan(digest.replace(/^[a-z0-9-]+:/, '').slice(0, SHORT), SHORT);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
