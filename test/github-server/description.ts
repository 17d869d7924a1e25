import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The parts of an OpenAPI operation that are used here; schemas are read through the document by ajv. */
export type OperationDescription = {
  readonly operationId: string;
  readonly method: string;
  /** Path template, such as `/repos/{owner}/{repo}/pulls`. */
  readonly route: string;
  readonly parameters: readonly ParameterDescription[];
  readonly requestBody?: { readonly required: boolean; readonly content?: JsonContent };
  readonly responses: Readonly<Record<string, { readonly content?: JsonContent }>>;
};

export type ParameterDescription = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: object;
};

type JsonContent = { readonly 'application/json': { readonly schema: { readonly properties?: object } } };

type Document = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<OperationDescription, 'method' | 'route'>>>>
  >;
  readonly components: object;
};

/** The extract of GitHub's own OpenAPI description (see scripts/extract-github-openapi.ts). */
export const GITHUB_DESCRIPTION = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'openapi.json'), 'utf8'),
) as Document;

const OPERATIONS = new Map(
  Object.entries(GITHUB_DESCRIPTION.paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, OperationDescription] => [
      operation.operationId,
      { ...operation, method: method.toUpperCase(), route },
    ]),
  ),
);

/** @throws Error when the extract has no such operation. */
export function describedOperation(operationId: string): OperationDescription {
  const operation = OPERATIONS.get(operationId);
  if (operation === undefined) throw new Error(`openapi.json has no operation ${operationId}`);
  return operation;
}
