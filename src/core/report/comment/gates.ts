import type { CompletedComparison, Gate } from '../../documents/comparison.ts';
import { formatQuantity } from '../format-number.ts';
import { escapeText } from '../markdown.ts';
import type { Detail } from './detail.ts';

const OUTCOMES: Record<Gate['outcome'], { icon: string; word: string; rank: number }> = {
  fail: { icon: '❌', word: 'failed', rank: 0 },
  inconclusive: { icon: '🟡', word: 'undecided', rank: 1 },
  pass: { icon: '✅', word: 'passed', rank: 2 },
};

/** Gates with their reasons, what stops first. */
export function renderGates(comparison: CompletedComparison, detail: Detail): string | undefined {
  if (comparison.gates.length === 0) return undefined;
  const sorted = [...comparison.gates].sort(
    (left, right) => OUTCOMES[left.outcome].rank - OUTCOMES[right.outcome].rank,
  );
  const shown = sorted.slice(0, detail.rows);
  const lines = shown.map(renderGate);
  if (shown.length < sorted.length) {
    lines.push(`- and ${formatQuantity(sorted.length - shown.length, 'gate')} more`);
  }
  return ['**Gates**', '', ...lines].join('\n');
}

function renderGate(gate: Gate): string {
  const { icon, word } = OUTCOMES[gate.outcome];
  const needed =
    gate.outcome === 'inconclusive' && gate.rowsNeeded !== undefined
      ? `; about ${formatQuantity(Number(gate.rowsNeeded.toPrecision(2)), gate.rowsUnit === 'groups' ? 'group' : 'row')} would settle it`
      : '';
  return `- ${icon} **${escapeText(gate.description)}** ${word}: ${escapeText(gate.reason, 400)}${needed}`;
}
