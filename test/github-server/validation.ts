import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule, { type FormatsPlugin } from 'ajv-formats';
import { GITHUB_DESCRIPTION, type OperationDescription } from './description.ts';

export type Violation = {
  /** `POST /repos/o/r/issues/1/comments`. */
  readonly request: string;
  readonly problem: string;
  readonly details: readonly string[];
};

export type CheckedRequest = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, undefined when there is none. */
  readonly body: unknown;
};

export type CheckedResponse = { readonly status: number; readonly body: unknown };

type Problem = Omit<Violation, 'request'>;

/** Codes that any route may answer without saying so in its description. */
const COMMON_ERROR_CODES = new Set([400, 401, 403, 404, 410, 422, 429, 500, 502, 503]);
const DETAILS_SHOWN = 8;

const addFormats = addFormatsModule as unknown as FormatsPlugin;
const AJV_OPTIONS = { strict: false, allErrors: true, logger: false as const };
const bodies = withFormats(new Ajv(AJV_OPTIONS));
bodies.addSchema(GITHUB_DESCRIPTION, 'github', undefined, false);
const parameters = withFormats(new Ajv({ ...AJV_OPTIONS, coerceTypes: 'array' }));
const compiled = new Map<string, ValidateFunction>();

/** What in a request the description of its operation does not allow. */
export function requestProblems(operation: OperationDescription, request: CheckedRequest): Problem[] {
  const query = Object.fromEntries(
    [...new Set(request.query.keys())].map((name) => {
      const values = request.query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
  const problems = [
    ...parameterProblems(operation, 'path', { ...request.path }),
    ...parameterProblems(operation, 'query', query),
  ];
  const schema = operation.requestBody?.content?.['application/json'].schema;
  if (schema === undefined) return problems;
  if (request.body === undefined) {
    if (operation.requestBody?.required) problems.push({ problem: 'the body is missing', details: [] });
    return problems;
  }
  const validate = schemaAt(operation, ['requestBody', 'content', 'application/json', 'schema']);
  if (!validate(request.body)) problems.push(problemOf('the request body is wrong', validate));
  const known = Object.keys(schema.properties ?? {});
  const unknown =
    known.length === 0 ? [] : Object.keys(request.body as object).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    problems.push({ problem: 'the request body has unknown keys', details: unknown });
  }
  return problems;
}

/** What in an answer the description of its operation does not allow. */
export function responseProblems(operation: OperationDescription, response: CheckedResponse): Problem[] {
  const status = String(response.status);
  const described = operation.responses[status];
  if (described === undefined) {
    if (COMMON_ERROR_CODES.has(response.status)) return [];
    return [{ problem: `the answer ${status} is not described`, details: [] }];
  }
  if (described.content === undefined || response.body === undefined) return [];
  const validate = schemaAt(operation, ['responses', status, 'content', 'application/json', 'schema']);
  return validate(response.body) ? [] : [problemOf(`the body of the answer ${status} is wrong`, validate)];
}

function parameterProblems(
  operation: OperationDescription,
  location: 'path' | 'query',
  values: Record<string, unknown>,
): Problem[] {
  const key = `${operation.operationId} ${location}`;
  let validate = compiled.get(key);
  if (validate === undefined) {
    const described = operation.parameters.filter((parameter) => parameter.in === location);
    validate = parameters.compile({
      type: 'object',
      properties: Object.fromEntries(described.map(({ name, schema }) => [name, schema])),
      required: described.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    });
    compiled.set(key, validate);
  }
  return validate(values) ? [] : [problemOf(`the ${location} parameters are wrong`, validate)];
}

/** Compiled on first use: most tests touch a few of the operations. */
function schemaAt(operation: OperationDescription, keys: readonly string[]): ValidateFunction {
  const pointer = ['paths', operation.route, operation.method.toLowerCase(), ...keys]
    .map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = bodies.getSchema(`github#/${pointer}`);
  if (validate === undefined) throw new Error(`openapi.json has no schema at ${pointer}`);
  return validate as ValidateFunction;
}

function problemOf(problem: string, validate: ValidateFunction): Problem {
  const details = (validate.errors ?? []).slice(0, DETAILS_SHOWN).map(describeError);
  return { problem, details };
}

function describeError({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '(top)'} ${message} ${JSON.stringify(params)}`;
}

function withFormats(ajv: Ajv): Ajv {
  addFormats(ajv);
  ajv.addFormat('repo.nwo', true);
  return ajv;
}
