import { basename, resolve } from 'node:path';
import { DOCUMENT_KINDS } from '../../core/documents/common.ts';
import { type EvidenceDocument, parseAnyDocument } from '../../core/documents/documents.ts';
import { InputError } from '../../core/errors.ts';
import type { ModelEvidence } from '../../core/report/evidence.ts';
import type { Files } from '../../ports/files.ts';
import type { RunContext } from '../../ports/runner.ts';

const FILE_NAMES: ReadonlySet<string> = new Set(DOCUMENT_KINDS.map((kind) => `${kind}.json`));

type FoundDocument = { readonly file: string; readonly document: EvidenceDocument };

/**
 * The documents that files, folders and globs name, by model, sorted by name. Of a folder, those in it and in
 * the folders of its models.
 * @throws InputError when there is none, one is no document, or a model has two of a kind.
 */
export async function readEvidence(
  patterns: readonly string[],
  place: { readonly workingDirectory: string; readonly files: Files },
): Promise<readonly ModelEvidence[]> {
  const found: FoundDocument[] = [];
  for (const file of await findDocuments(patterns, place)) {
    const text = await place.files.readText(resolve(place.workingDirectory, file));
    if (text !== undefined) found.push({ file, document: parseAnyDocument(text, file) });
  }
  if (found.length === 0) {
    throw new InputError(
      `there is no evidence in ${patterns.join(', ')}; run compare-models first, or name files or folders with the input evidence (--evidence)`,
    );
  }
  return groupByModel(found);
}

/** Head commit of the evidence; of several, one that is not this run's, so that a report of it replaces nothing. */
export function commitOfEvidence(
  evidence: readonly ModelEvidence[],
  context: RunContext,
): { readonly commit: string | undefined; readonly mixed: boolean } {
  const commits = new Set(headCommitsOf(evidence));
  const foreign = [...commits].find((commit) => commit !== context.headCommit);
  const [any] = commits;
  return { commit: (commits.size > 1 ? foreign : any) ?? context.headCommit, mixed: commits.size > 1 };
}

/** The documents that a report is made of. */
export function documentsOf(evidence: readonly ModelEvidence[]) {
  return evidence
    .flatMap(({ validation, training, comparison, drift }) => [validation, training, comparison, drift])
    .filter((document) => document !== undefined);
}

/** What the documents say they are of. */
export function headCommitsOf(evidence: readonly ModelEvidence[]): readonly string[] {
  return documentsOf(evidence).flatMap((document) => document.source.headCommit ?? []);
}

async function findDocuments(
  patterns: readonly string[],
  { workingDirectory, files }: { readonly workingDirectory: string; readonly files: Files },
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const matches = await files.find([pattern], workingDirectory);
    const isFile = matches.length === 1 && matches[0] === pattern;
    const folder = pattern.replace(/[/\\]+$/, '');
    const below =
      matches.length > 0
        ? matches
        : await files.find([`${folder}/*.json`, `${folder}/*/*.json`], workingDirectory);
    for (const file of below) if (isFile || FILE_NAMES.has(basename(file))) found.add(file);
  }
  return [...found].sort();
}

function groupByModel(found: readonly FoundDocument[]): readonly ModelEvidence[] {
  const models = new Map<string, Map<string, FoundDocument>>();
  for (const one of found) {
    const { model, kind } = one.document;
    const documents = models.get(model) ?? new Map<string, FoundDocument>();
    const twin = documents.get(kind);
    if (twin !== undefined) {
      throw new InputError(
        `${twin.file} and ${one.file} are both the ${kind} of ${model}; name one of them with the input evidence (--evidence)`,
      );
    }
    models.set(model, documents.set(kind, one));
  }
  return [...models]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([model, documents]) => {
      const entries = [...documents.values()].map(({ document }) => [document.kind, document] as const);
      const { release: _published, ...evidence } = Object.fromEntries(entries) as Record<string, unknown>;
      return { ...(evidence as Omit<ModelEvidence, 'model'>), model };
    });
}
