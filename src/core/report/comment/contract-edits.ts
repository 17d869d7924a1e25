import type { Finding } from '../../documents/validation.ts';
import { formatQuantity } from '../format-number.ts';
import { codeBlock, renderFolded } from '../markdown.ts';

/** The edits of the contract that would accept what broke it, folded; undefined where there are none. */
export function renderContractEdits(findings: readonly Finding[]): string | undefined {
  const edits = new Map(
    findings.flatMap(({ edit }) =>
      edit ? [[`${edit.file}:${edit.line}:${edit.before}:${edit.after}`, edit] as const] : [],
    ),
  );
  if (edits.size === 0) return undefined;
  const blocks = [...edits.values()].map(({ file, line, before, after }) =>
    [`${file}:${line}`, ...markLines('-', before), ...markLines('+', after)].join('\n'),
  );
  const summary = `If the change is meant: ${formatQuantity(edits.size, 'edit')} of the contract`;
  return renderFolded(summary, codeBlock(blocks.join('\n\n'), 4000, { keepSpaces: true }));
}

function markLines(mark: '-' | '+', text: string): string[] {
  if (text === '') return [];
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${mark}${line}`);
}
