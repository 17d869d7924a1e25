import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What an `action.yml` promises. */
export type ActionContract = {
  /** Folder in `actions/`; `contender` for the action at the root. */
  readonly name: string;
  /** Path of the folder from the root of the repository; empty for the root. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
};

export type ActionInput = {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
};

/** The action at the root, then those in `actions/` by name. */
export function readActions(root: string): readonly ActionContract[] {
  const folders = readdirSync(join(root, 'actions'))
    .filter((name) => existsSync(join(root, 'actions', name, 'action.yml')))
    .sort();
  return [readAction(root, ''), ...folders.map((name) => readAction(root, `actions/${name}`))];
}

function readAction(root: string, folder: string): ActionContract {
  const file = parse(readFileSync(join(root, folder, 'action.yml'), 'utf8'));
  return {
    name: folder === '' ? 'contender' : folder.slice('actions/'.length),
    folder,
    title: file.name,
    description: file.description,
    inputs: file.inputs ?? {},
    outputs: file.outputs ?? {},
    runs: file.runs,
  };
}
