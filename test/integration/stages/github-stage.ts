/** A repository on the local GitHub with real adapters over it, for the stages that talk to GitHub only. */

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLocalFiles } from '../../../src/adapters/filesystem/local-files.ts';
import { createBranchHistory } from '../../../src/adapters/github/branch-history.ts';
import { createCodeHost } from '../../../src/adapters/github/code-host.ts';
import { createGithubModelRegistry } from '../../../src/adapters/github/model-registry.ts';
import type { Octokit } from '../../../src/adapters/github/octokit.ts';
import { createModelReader } from '../../../src/adapters/model-files/read-model-file.ts';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import type { CompletedComparison } from '../../../src/core/documents/comparison.ts';
import { type EvidenceDocument, serializeDocument } from '../../../src/core/documents/documents.ts';
import type { CompletedTraining } from '../../../src/core/documents/training.ts';
import { HISTORY_NAME } from '../../../src/core/history.ts';
import { ledgerFile } from '../../../src/core/ledger/entry.ts';
import type { CodeHost } from '../../../src/ports/code-host.ts';
import type { History } from '../../../src/ports/history.ts';
import type { ModelRegistry } from '../../../src/ports/model-registry.ts';
import type { RunContext } from '../../../src/ports/runner.ts';
import type { ModelSetup } from '../../../src/stages/load-models.ts';
import type { StageWorld } from '../../../src/stages/stage.ts';
import type { Permissions } from '../../github-server/access.ts';
import type { GitHubServer, LoggedRequest } from '../../github-server/server.ts';
import type { Repository, RepositorySettings } from '../../github-server/state.ts';
import { comparison, firstComparison, training, validation } from '../../support/documents.ts';
import { connect, createTestRepository, USER_AGENT } from '../github-adapters/local-github.ts';

export const MODEL = 'fraud-detector';

const CONFIG = `model: ${MODEL}
task: binary-classification
data: {training: data/train.csv, holdout: data/holdout.csv, target: is_fraud, positive-class: 1}
contract: contract.yml
training: {learner: gradient-boosting}
retraining: {cooldown-days: 7, labels: [retraining], reviewers: [ada]}
release: {keep-drafts-days: 30}
`;

export type Ports = { readonly host: CodeHost; readonly registry: ModelRegistry };

export class GithubStage {
  readonly directory = mkdtempSync(join(tmpdir(), 'contender-stage-'));
  readonly told: { kind: string; message: string }[] = [];
  readonly summaries: string[] = [];
  readonly server: GitHubServer;
  readonly repository: Repository;
  /** First commit of the default branch. */
  readonly main: string;
  readonly files = createLocalFiles(join(this.directory, 'temporary'));
  now = Date.parse('2026-06-01T05:00:00Z');
  context: RunContext;

  private constructor(server: GitHubServer, repository: Repository, main: string) {
    this.server = server;
    this.repository = repository;
    this.main = main;
    this.context = {
      ...{ event: 'push', repository: repository.fullName, serverUrl: 'https://github.com' },
      ...{ run: '9041', attempt: '1', commit: main, headCommit: main },
      ...{ untrusted: false, defaultBranch: true },
    };
    this.write('contender.yml', CONFIG);
    this.write('contract.yml', 'version: 1.0.0\n');
    this.write('data/train.csv', 'amt,is_fraud\n1,0\n');
  }

  static async open(server: GitHubServer, settings: Partial<RepositorySettings> = {}): Promise<GithubStage> {
    const created = await createTestRepository(server, {
      allowActionsToCreatePullRequests: true,
      ...settings,
    });
    return new GithubStage(server, created.repository, created.commit);
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  get world(): StageWorld {
    const tell = (kind: string) => (message: string) => void this.told.push({ kind, message });
    return {
      log: {
        ...{ info: tell('info'), warning: tell('warning'), error: tell('error'), debug: tell('debug') },
        group: (_title, work) => work(),
        progress: () => undefined,
      },
      files: this.files,
      models: createModelReader(),
      context: this.context,
      tool: { name: 'contender', version: '0.1.0' },
      now: () => this.now,
      sha256,
    };
  }

  get setup(): ModelSetup {
    return {
      configuration: parseConfiguration(CONFIG, 'contender.yml'),
      configFile: 'contender.yml',
      baseDirectory: this.directory,
      evidenceDirectory: join(this.directory, '.contender', MODEL),
    };
  }

  ports(options: { readonly permissions?: Permissions; readonly octokit?: Octokit } = {}): Ports {
    const { permissions } = options;
    const { repository, server } = this;
    const octokit = options.octokit ?? connect(server, { repository, ...(permissions && { permissions }) });
    return {
      host: createCodeHost(octokit, repository.fullName),
      registry: createGithubModelRegistry({
        ...{ octokit, repository: repository.fullName, userAgent: USER_AGENT, retryMilliseconds: 1 },
      }),
    };
  }

  /** The ledger's branch. */
  history({ branches } = this.ports().host): History {
    return createBranchHistory({ branches, retryMilliseconds: 1 });
  }

  /** Lines of the model's ledger. */
  async ledger(): Promise<readonly Record<string, unknown>[]> {
    const content = await this.repository.git.readFile(HISTORY_NAME, ledgerFile(MODEL));
    if (content === undefined) return [];
    return String(content)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  write(path: string, content: string): string {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  evidence(document: EvidenceDocument): void {
    this.write(`.contender/${document.model}/${document.kind}.json`, serializeDocument(document));
  }

  /** Leaves a model and its documents in the evidence folder; returns the digest. */
  judged(
    weights: string,
    overrides: Partial<CompletedComparison> = {},
    trained: Partial<CompletedTraining> = {},
  ): string {
    const digest = sha256(weights);
    this.write(`.contender/${MODEL}/model/model.onnx`, weights);
    const train = { role: 'training', path: 'data/train.csv', sha256: sha256(this.read('data/train.csv')) };
    const made = { digest, bytes: weights.length, inputs: [train], windows: undefined };
    this.evidence(training({ ...made, ...trained } as Partial<CompletedTraining>));
    const challenger = { digest, bytes: weights.length, origin: 'training of this run' };
    const base = overrides.champion === undefined ? firstComparison : comparison;
    this.evidence(base({ challenger, ...overrides }));
    this.evidence(validation());
    return digest;
  }

  /**
   * The same for a model with weights beside it; they are of no more than texts here, so the digest is that of
   * the lines that the release documents.
   */
  judgedWithWeights(
    model: string,
    weights: string,
    overrides: Partial<CompletedComparison> = {},
  ): { readonly digest: string } {
    const lines = `${sha256(model)}  model.onnx\n${sha256(weights)}  weights.bin\n`;
    const [digest, bytes] = [sha256(lines), model.length + weights.length];
    this.write(`.contender/${MODEL}/model/weights.bin`, weights);
    const files = [{ name: 'weights.bin', sha256: sha256(weights), bytes: weights.length }];
    const challenger = { digest, bytes, origin: 'training of this run' };
    this.judged(model, { challenger, ...overrides }, { digest, bytes, files });
    return { digest };
  }

  /** Requests that could have changed something, since a moment. */
  writesSince(count: number): LoggedRequest[] {
    return this.server.requests.slice(count).filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  }

  warnings(): string[] {
    return this.told.filter(({ kind }) => kind === 'warning').map(({ message }) => message);
  }
}

/** A client whose process is as good as dead after that many requests. */
export function dyingClient(
  stage: GithubStage,
  { survives, moment }: { readonly survives: number; readonly moment: 'before' | 'after' },
): Octokit {
  const octokit = connect(stage.server, { repository: stage.repository });
  let count = 0;
  const die = () => {
    count += 1;
    if (count > survives) throw new Error('killed');
  };
  if (moment === 'before') octokit.hook.before('request', die);
  else octokit.hook.after('request', die);
  return octokit;
}

export function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
