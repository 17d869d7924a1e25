import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED_SCHEMAS, renderSchema } from '../generate-schemas.ts';
import { renderActionsTable, renderInputs, renderOutputs } from './action-pages.ts';
import { renderInputPage } from './input-page.ts';
import { fillMarked } from './markers.ts';
import { renderPageScript } from './page-script.ts';
import { type ActionContract, readActions } from './read-actions.ts';

export type GeneratedFile = {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
};

/** Everything that is generated: what each file has to hold. */
export async function makeGeneratedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const actions = readActions(root);
  const pages = actions.filter(({ folder }) => folder !== '').map((action) => fillActionPage(root, action));
  const schemas = PUBLISHED_SCHEMAS.map((published) => ({
    path: `schemas/${published.file}`,
    text: renderSchema(published),
  }));
  return [
    ...schemas,
    { path: 'docs/inputs.md', text: renderInputPage(actions) },
    ...pages,
    { path: 'src/core/report/html/page-script.ts', text: await renderPageScript(root) },
    fillReadme(root, actions),
  ];
}

function fillActionPage(root: string, action: ActionContract): GeneratedFile {
  const path = `${action.folder}/README.md`;
  const page = readFileSync(join(root, path), 'utf8');
  const withInputs = fillMarked(page, 'inputs', renderInputs(action));
  return { path, text: fillMarked(withInputs, 'outputs', renderOutputs(action)) };
}

function fillReadme(root: string, actions: readonly ActionContract[]): GeneratedFile {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const withActions = fillMarked(readme, 'actions', renderActionsTable(actions));
  const workflow = `\`\`\`yaml\n${readTemplate(root).trim()}\n\`\`\``;
  return { path: 'README.md', text: fillMarked(withActions, 'workflow', workflow) };
}

/** The workflow that new repositories are offered, for a repository whose default branch is main. */
function readTemplate(root: string): string {
  const template = readFileSync(join(root, 'workflows-templates/contender.yml'), 'utf8');
  return template.replaceAll('$default-branch', 'main');
}
