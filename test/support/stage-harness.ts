import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createDuckdbEngine } from '../../src/adapters/duckdb/duckdb-engine.ts';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { createFolderRegistry } from '../../src/adapters/folder-registry/folder-registry.ts';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { loadNative, locateNative } from '../../src/adapters/native/load-native.ts';
import { createOnnxScorer } from '../../src/adapters/onnx/onnx-scorer.ts';
import type { WorkerSettings } from '../../src/adapters/onnx/worker-process.ts';
import { createCommandRunner } from '../../src/adapters/terminal/command-runner.ts';
import { parseConfiguration } from '../../src/core/configuration/parse-configuration.ts';
import type { ComparisonDocument, CompletedComparison } from '../../src/core/documents/comparison.ts';
import type { CompletedTraining } from '../../src/core/documents/training.ts';
import { createRandom } from '../../src/core/statistics/random.ts';
import type { DataEngine } from '../../src/ports/data-engine.ts';
import type { History } from '../../src/ports/history.ts';
import type { ModelRegistry } from '../../src/ports/model-registry.ts';
import type { Repository } from '../../src/ports/repository.ts';
import type { Log, RunContext } from '../../src/ports/runner.ts';
import type { Scorer } from '../../src/ports/scorer.ts';
import { type ComparisonFailOn, runCompareModels } from '../../src/stages/comparison/compare-models.ts';
import type { ModelSetup } from '../../src/stages/load-models.ts';
import { createModelRun } from '../../src/stages/model-run.ts';
import type { StageResult, StageWorld } from '../../src/stages/stage.ts';
import { runTrainModel } from '../../src/stages/training/train-model.ts';

const SOURCES = resolve(import.meta.dirname, '../../src');

export type CompareOptions = {
  readonly challenger?: string;
  readonly champion?: string;
  readonly failOn?: ComparisonFailOn;
  readonly windows?: 'frozen' | 'new';
  readonly challengerScores?: string;
  readonly championScores?: string;
  /** Where the uses of the holdout are counted; nowhere by default. */
  readonly history?: History;
};

/** Stages over real DuckDB and onnxruntime in a directory of their own. */
export class StageHarness {
  readonly directory = mkdtempSync(join(tmpdir(), 'contender-stages-'));
  /** Everything that was said, in order. */
  readonly said: string[] = [];
  context: RunContext = {
    event: 'local',
    serverUrl: 'https://github.com',
    untrusted: false,
    defaultBranch: false,
  };
  engine!: DataEngine;
  scorer!: Scorer;
  readonly files = createLocalFiles(join(this.directory, '.temporary'));

  async start(): Promise<void> {
    const native = { environment: process.env };
    this.engine = createDuckdbEngine({
      load: () => loadNative('duckdb', native),
      temporaryDirectory: join(this.directory, '.temporary/duckdb'),
    });
    this.scorer = createOnnxScorer(await workerSettings());
  }

  async end(): Promise<void> {
    await this.engine[Symbol.asyncDispose]();
    await this.files[Symbol.asyncDispose]();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get world(): StageWorld {
    return {
      log: silentLog(this.said),
      files: this.files,
      models: createModelReader(),
      context: this.context,
      tool: { name: 'contender', version: '0.0.0' },
      now: Date.now,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    };
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  registry(): ModelRegistry {
    return createFolderRegistry({ directory: this.path('releases') });
  }

  /** The model of a config text that lies in a folder of the directory. */
  setup(text: string, folder = '.'): ModelSetup {
    const configuration = parseConfiguration(text, 'contender.yml');
    return {
      configuration,
      configFile: join(folder, 'contender.yml'),
      baseDirectory: this.path(folder),
      evidenceDirectory: this.path(join('.contender', configuration.model)),
    };
  }

  run(setup: ModelSetup, repository?: Repository) {
    return createModelRun(setup, {
      world: this.world,
      repository,
      registry: this.registry(),
      engine: async () => this.engine,
      workingDirectory: this.directory,
      commands: createCommandRunner({ environment: process.env }),
    });
  }

  async train(setup: ModelSetup, options: { cache?: boolean; seed?: number; repository?: Repository } = {}) {
    const run = this.run(setup, options.repository);
    await run.provideHead();
    return runTrainModel(
      {
        setup,
        exam: await run.exam(),
        windows: await run.windows('frozen'),
        seed: options.seed,
        cache: options.cache ?? false,
      },
      {
        world: this.world,
        engine: this.engine,
        scorer: this.scorer,
        commands: createCommandRunner({ environment: process.env }),
      },
    );
  }

  async compare(setup: ModelSetup, options: CompareOptions = {}, repository?: Repository) {
    const run = this.run(setup, repository);
    return runCompareModels(
      {
        setup,
        exam: await run.exam(),
        windows: await run.windows(options.windows ?? 'frozen'),
        challenger: options.challenger,
        champion: options.champion ?? 'none',
        challengerScores: options.challengerScores,
        championScores: options.championScores,
        failOn: options.failOn ?? 'worse',
      },
      {
        world: this.world,
        engine: this.engine,
        scorer: this.scorer,
        commands: createCommandRunner({ environment: process.env }),
        registry: this.registry(),
        history: options.history,
      },
    );
  }

  /** Publishes the model that the evidence of a training holds. */
  async release(setup: ModelSetup, version: string): Promise<void> {
    const { model } = setup.configuration;
    const training = JSON.parse(
      readFileSync(join(setup.evidenceDirectory, 'training.json'), 'utf8'),
    ) as CompletedTraining;
    const manifest = {
      schemaVersion: 1,
      model,
      version,
      task: setup.configuration.task,
      file: 'model.onnx',
      digest: training.digest,
      bytes: training.bytes,
      signature: training.signature,
      featureColumns: training.featureColumns,
      ...(training.features ? { features: 'features.sql' } : {}),
      primary: 'average_precision',
      metrics: {},
      parameters: training.parameters,
      seed: training.seed,
      trainingData: training.data,
      holdoutData: '',
      recipe: training.recipe,
      ...(training.windows ? { windows: training.windows } : {}),
      verdict: 'no-champion',
      tool: training.tool,
    };
    const manifestPath = `manifest-${model}-${version}.json`;
    this.write(manifestPath, JSON.stringify(manifest));
    const assets = [
      { name: 'model.onnx', path: join(setup.evidenceDirectory, training.path) },
      { name: 'manifest.json', path: this.path(manifestPath) },
      ...(training.features
        ? [{ name: 'features.sql', path: join(setup.evidenceDirectory, training.features) }]
        : []),
    ];
    const words = { version, title: 'a model', notes: 'made by a test', commit: 'a'.repeat(40) };
    const draft = await this.registry().createDraft({ model, assets, ...words });
    await this.registry().publish(draft, words);
  }
}

export function useStages(): StageHarness {
  const harness = new StageHarness();
  beforeAll(() => harness.start());
  afterAll(() => harness.end());
  return harness;
}

export async function workerSettings(script = 'entries/score-worker.ts'): Promise<WorkerSettings> {
  return {
    script: resolve(SOURCES, script),
    directory: tmpdir(),
    options: {
      environment: {},
      runtimeDirectory: await locateNative('onnxruntime', { environment: process.env }),
    },
  };
}

/** The document of a stage that did not end with an error; a test whose stage did fails with its message. */
export function completed(result: StageResult<'comparison'>): CompletedComparison {
  const document: ComparisonDocument = result.document;
  if (document.verdict === 'error') throw new Error(document.error.message);
  return document;
}

/** Code and message of the error a stage ended with. */
export function failure(result: StageResult): { readonly code: string; readonly message: string } {
  const { document } = result;
  if (document.verdict !== 'error') throw new Error(`no error but ${document.verdict}`);
  return { code: document.error.code, message: document.error.message };
}

function silentLog(said: string[]): Log {
  const say = (message: string) => void said.push(message);
  return {
    info: say,
    warning: say,
    error: say,
    debug: () => undefined,
    group: (_title, work) => work(),
    progress: () => undefined,
  };
}

export type MadeRow = {
  readonly id: string;
  readonly amount: number;
  readonly hour: number;
  readonly kind: string;
  readonly noise: number;
  readonly isFraud: boolean;
};

/** Rows whose label depends on amount, hour and kind; the same for the same seed. */
export function makeRows(count: number, seed: number): readonly MadeRow[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const amount = Math.round(random.uniform() * 10_000) / 10;
    const hour = random.integer(24);
    const kind = ['food', 'travel', 'home'][random.integer(3)]!;
    const logit = amount / 250 - 3 + (hour < 6 ? 1.5 : 0) + (kind === 'travel' ? 1 : 0);
    const isFraud = random.uniform() < 1 / (1 + Math.exp(-logit));
    return { id: `r${seed}-${index}`, amount, hour, kind, noise: random.uniform(), isFraud };
  });
}

/** Rows as CSV with the label in the words given. */
export function csvOf(rows: readonly MadeRow[], words: readonly [string, string] = ['0', '1']): string {
  const lines = rows.map((row) =>
    [row.id, row.amount, row.hour, row.kind, row.noise, words[Number(row.isFraud)]].join(','),
  );
  return `id,amount,hour,kind,noise,is_fraud\n${lines.join('\n')}\n`;
}
