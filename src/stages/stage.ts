import { join } from 'node:path';
import type { DocumentError, DocumentHeader, DocumentKind } from '../core/documents/common.ts';
import { buildFailedDocument, type DocumentByKind, serializeDocument } from '../core/documents/documents.ts';
import {
  DataUnavailableError,
  EXIT_CODE,
  type ExitCode,
  exitCodeOf,
  InputError,
  messageOf,
} from '../core/errors.ts';
import type { Files } from '../ports/files.ts';
import type { ModelReader } from '../ports/model-reader.ts';
import type { Log, RunContext } from '../ports/runner.ts';
import { isWithoutSecrets } from './without-secrets.ts';

/** What every stage is handed, whoever started it. */
export type StageWorld = {
  readonly log: Log;
  readonly files: Files;
  /** Reads the bytes of models, which tell what files a model is made of. */
  readonly models: ModelReader;
  readonly context: RunContext;
  readonly tool: { readonly name: string; readonly version: string };
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** SHA-256 in hex of a text. */
  readonly sha256: (text: string) => string;
};

/** Which model a stage works on, and where its evidence goes. */
export type StageTarget = {
  readonly model: string;
  /** `<evidence-directory>/<model>`. */
  readonly evidenceDirectory: string;
};

/** How a stage ended: the document it wrote, the exit code it asks for, and the outputs of its action. */
export type StageResult<Kind extends DocumentKind = DocumentKind> = {
  readonly document: DocumentByKind[Kind];
  /** Path of the document. */
  readonly evidence: string;
  readonly exitCode: ExitCode;
  readonly outputs: Readonly<Record<string, string>>;
};

type Completed<Kind extends DocumentKind> = {
  readonly document: DocumentByKind[Kind];
  readonly exitCode: ExitCode;
  readonly outputs: Readonly<Record<string, string>>;
};

/**
 * Runs the work of one stage on one model and writes its document. A stage that dies still writes one, with
 * verdict `error`, so that a report can replace an older, better-looking one.
 */
export async function runStage<Kind extends DocumentKind>(
  kind: Kind,
  request: { readonly world: StageWorld; readonly target: StageTarget },
  work: (header: DocumentHeader) => Promise<Completed<Kind>>,
): Promise<StageResult<Kind>> {
  const { world, target } = request;
  const evidence = join(target.evidenceDirectory, `${kind}.json`);
  const header = buildHeader(world);
  const started = world.now();
  try {
    const completed = await work(header);
    const document = withMeasured(completed.document, started, world.now());
    await world.files.write(evidence, serializeDocument(document));
    return { ...completed, document, evidence };
  } catch (error) {
    return await recordFailure(kind, { ...request, header, evidence, error });
  }
}

function buildHeader(world: StageWorld): DocumentHeader {
  const { context } = world;
  return {
    tool: world.tool,
    source: {
      ...(context.repository === undefined ? {} : { repository: context.repository }),
      ...(context.headCommit === undefined ? {} : { headCommit: context.headCommit }),
      ...(context.pullRequest === undefined || context.commit === undefined
        ? {}
        : { mergeCommit: context.commit }),
      ...(context.baseCommit === undefined ? {} : { baseCommit: context.baseCommit }),
      ...(context.run === undefined ? {} : { run: context.run }),
      ...(context.attempt === undefined ? {} : { attempt: context.attempt }),
    },
  };
}

function withMeasured<Document extends DocumentByKind[DocumentKind]>(
  document: Document,
  started: number,
  ended: number,
): Document {
  const measured = {
    ...document.measured,
    createdAt: new Date(ended).toISOString(),
    seconds: (ended - started) / 1000,
  };
  return { ...document, measured };
}

type Failure = {
  readonly world: StageWorld;
  readonly target: StageTarget;
  readonly header: DocumentHeader;
  readonly evidence: string;
  readonly error: unknown;
};

async function recordFailure<Kind extends DocumentKind>(
  kind: Kind,
  failure: Failure,
): Promise<StageResult<Kind>> {
  const { world, target, header, evidence, error } = failure;
  const described = describeError(error);
  const location = error instanceof InputError ? error.location : undefined;
  world.log.error(described.message, location);
  if (described.code === 'bug' && error instanceof Error) world.log.info(error.stack ?? error.message);
  else if (error instanceof Error && error.cause instanceof Error)
    world.log.debug(`cause: ${error.cause.message}`);
  const document = buildFailedDocument(kind, target.model, header, described);
  await world.files.write(evidence, serializeDocument(document));
  const unavailableByDesign = described.code === 'data-unavailable' && isWithoutSecrets(world.context);
  return {
    document,
    evidence,
    exitCode: unavailableByDesign ? EXIT_CODE.passed : exitCodeOf(error),
    outputs: { verdict: 'error' },
  };
}

function describeError(error: unknown): DocumentError {
  const message = messageOf(error);
  if (error instanceof InputError) {
    return {
      code: error instanceof DataUnavailableError ? 'data-unavailable' : 'input',
      message,
      ...(error.location === undefined ? {} : { file: error.location.file }),
      ...(error.location?.line === undefined ? {} : { line: error.location.line }),
    };
  }
  return { code: exitCodeOf(error) === EXIT_CODE.outsideError ? 'outside' : 'bug', message };
}
