import { cell, codeCell, renderTable } from './markdown-table.ts';
import type { ActionContract } from './read-actions.ts';

/** The actions table of the README. */
export function renderActionsTable(actions: readonly ActionContract[]): string {
  return renderTable(
    ['action', 'what it does', 'outputs of its own'],
    actions.map((action) => [
      `[\`${action.name}\`](${action.folder === '' ? 'action.yml' : `${action.folder}/README.md`})`,
      cell(action.description),
      action.folder === '' ? 'those of every stage that ran' : listOwnOutputs(action),
    ]),
  );
}

export function renderInputs({ inputs }: ActionContract): string {
  return renderTable(
    ['input', 'meaning', 'default'],
    Object.entries(inputs).map(([name, input]) => [
      codeCell(name),
      cell(input.description),
      codeCell(input.default ?? ''),
    ]),
  );
}

export function renderOutputs({ outputs }: ActionContract): string {
  return renderTable(
    ['output', 'meaning'],
    Object.entries(outputs).map(([name, { description }]) => [codeCell(name), cell(description)]),
  );
}

/** Outputs but those that every action has. */
function listOwnOutputs({ outputs }: ActionContract): string {
  const own = Object.keys(outputs).filter((name) => name !== 'verdict' && name !== 'evidence');
  return own.map(codeCell).join(', ');
}
