/**
 * Cuts the operations that the local GitHub of the tests serves out of GitHub's OpenAPI description.
 * Run by hand when an operation is added, with the folder of the unpacked npm package:
 *
 *     npm pack @octokit/openapi@23.0.2 && tar -xzf octokit-openapi-23.0.2.tgz
 *     node scripts/extract-github-openapi.ts package
 *
 * The package (394 MB unpacked) is no dependency; only the extract is committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const OPERATIONS = [
  ...['rate-limit/get', 'users/get-authenticated'],
  ...['repos/get', 'repos/get-branch', 'repos/get-collaborator-permission-level', 'repos/get-content'],
  ...['issues/list-comments', 'issues/create-comment', 'issues/get-comment'],
  ...['issues/update-comment', 'issues/delete-comment'],
  ...['issues/list-for-repo', 'issues/create', 'issues/get', 'issues/update'],
  ...['issues/list-labels-for-repo', 'issues/get-label', 'issues/create-label'],
  ...['issues/list-labels-on-issue', 'issues/add-labels', 'issues/remove-label'],
  ...['pulls/list', 'pulls/create', 'pulls/get', 'pulls/update', 'pulls/list-files', 'pulls/list-commits'],
  ...['pulls/merge', 'pulls/check-if-merged', 'pulls/request-reviewers'],
  ...['repos/list-commits', 'repos/get-commit', 'repos/compare-commits-with-basehead'],
  ...['repos/list-pull-requests-associated-with-commit'],
  ...[
    'repos/create-commit-status',
    'repos/list-commit-statuses-for-ref',
    'repos/get-combined-status-for-ref',
  ],
  ...['repos/list-releases', 'repos/create-release', 'repos/get-release', 'repos/update-release'],
  ...['repos/delete-release', 'repos/get-release-by-tag', 'repos/get-latest-release'],
  ...['repos/list-release-assets', 'repos/get-release-asset', 'repos/update-release-asset'],
  ...['repos/upload-release-asset', 'repos/delete-release-asset'],
  ...['git/get-ref', 'git/list-matching-refs', 'git/create-ref', 'git/update-ref', 'git/delete-ref'],
  ...['git/create-blob', 'git/get-blob', 'git/create-tree', 'git/get-tree'],
  ...['git/create-commit', 'git/get-commit'],
  ...['actions/list-artifacts-for-repo', 'actions/list-workflow-run-artifacts'],
  ...['actions/get-artifact', 'actions/download-artifact'],
];

/** Keys that explain and do not restrict. */
const PROSE = new Set([
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'default',
  'deprecated',
]);

type Json = null | boolean | number | string | Json[] | JsonObject;
type JsonObject = { [key: string]: Json };

const packageDirectory = process.argv[2];
if (packageDirectory === undefined) {
  throw new Error('Say where @octokit/openapi is unpacked: node scripts/extract-github-openapi.ts package');
}
extract(packageDirectory, path.join(import.meta.dirname, '../test/github-server/openapi.json'));

function extract(source: string, target: string): void {
  const description = readJson(path.join(source, 'generated/api.github.com.json'));
  const manifest = readJson(path.join(source, 'package.json'));
  const schemas: JsonObject = {};
  const paths: JsonObject = {};
  for (const operationId of OPERATIONS) {
    const { route, method, operation } = findOperation(description, operationId);
    const compact = compactOperation(description, operation);
    paths[route] = { ...object(paths[route] ?? {}), [method]: { operationId, ...compact } };
    collectSchemas(description, compact, schemas);
  }
  const extracted = {
    openapi: description.openapi,
    info: {
      title: 'Extract of the GitHub REST API description',
      version: object(description.info).version,
      license: { name: 'MIT' },
      'x-source': `@octokit/openapi ${manifest.version}`,
    },
    paths,
    components: { schemas },
  };
  writeFileSync(target, `${JSON.stringify(extracted)}\n`);
}

function findOperation(description: JsonObject, operationId: string) {
  for (const [route, methods] of Object.entries(object(description.paths))) {
    for (const [method, operation] of Object.entries(object(methods))) {
      if (object(operation).operationId === operationId) {
        return { route, method, operation: object(operation) };
      }
    }
  }
  throw new Error(`The description has no operation ${operationId}`);
}

function compactOperation(description: JsonObject, operation: JsonObject): JsonObject {
  const parameters = ((operation.parameters ?? []) as Json[])
    .map((parameter) => resolve(description, parameter))
    .map(({ name, in: location, required, schema }) =>
      compactSchema({ name: name!, in: location!, required: required ?? false, schema: schema! }),
    );
  const responses: JsonObject = {};
  for (const [status, response] of Object.entries(object(operation.responses))) {
    responses[status] = contentOf(resolve(description, response));
  }
  const compact: JsonObject = { parameters, responses };
  if (operation.requestBody !== undefined) {
    const body = resolve(description, operation.requestBody);
    compact.requestBody = { required: body.required ?? false, ...contentOf(body) };
  }
  return compact;
}

/** The JSON content alone; the other media types of a response have no schema worth checking. */
function contentOf(message: JsonObject): JsonObject {
  const content = object(message.content ?? {});
  const json = content['application/json'];
  if (json === undefined) return {};
  return { content: { 'application/json': { schema: compactSchema(object(json).schema!) } } };
}

/** Adds every schema that `value` refers to, directly or through others. */
function collectSchemas(description: JsonObject, value: Json, schemas: JsonObject): void {
  if (Array.isArray(value)) {
    for (const item of value) collectSchemas(description, item, schemas);
  } else if (value !== null && typeof value === 'object') {
    const reference = value.$ref;
    if (typeof reference === 'string') {
      const name = reference.split('/').at(-1)!;
      if (schemas[name] !== undefined) return;
      schemas[name] = compactSchema(resolve(description, value));
      collectSchemas(description, schemas[name], schemas);
    }
    for (const child of Object.values(value)) collectSchemas(description, child, schemas);
  }
}

/** Drops what does not restrict values; under `properties` every key is a name and stays. */
function compactSchema(value: Json, keysAreNames = false): Json {
  if (Array.isArray(value)) return value.map((item) => compactSchema(item));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(
    ([key]) => keysAreNames || (!PROSE.has(key) && !key.startsWith('x-')),
  );
  const compact = Object.fromEntries(
    kept.map(([key, child]) => [key, compactSchema(child, !keysAreNames && key === 'properties')]),
  );
  return keysAreNames ? compact : admitNull(compact);
}

/** `nullable` as JSON Schema says it: it has no meaning there beside `enum`, or without `type`. */
function admitNull(schema: JsonObject): Json {
  const { nullable, ...others } = schema;
  if (nullable !== true) return schema;
  if (Array.isArray(schema.enum)) return { ...schema, enum: [...new Set([...schema.enum, null])] };
  return schema.type === undefined ? { anyOf: [others, { type: 'null' }] } : schema;
}

function resolve(description: JsonObject, value: Json): JsonObject {
  const reference = object(value).$ref;
  if (typeof reference !== 'string') return object(value);
  let target: Json = description;
  for (const key of reference.split('/').slice(1)) target = object(target)[key]!;
  return object(target);
}

function object(value: Json | undefined): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`Expected an object in the description, found ${JSON.stringify(value)}`);
  }
  return value;
}

function readJson(file: string): JsonObject {
  return JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
}
