/** A working directory with a config and data, and real ports over it, for the stages that read data. */

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { createDuckdbEngine } from '../../src/adapters/duckdb/duckdb-engine.ts';
import { createLocalFiles } from '../../src/adapters/filesystem/local-files.ts';
import { createFolderRegistry } from '../../src/adapters/folder-registry/folder-registry.ts';
import { createModelReader } from '../../src/adapters/model-files/read-model-file.ts';
import { createOnnxScorer } from '../../src/adapters/onnx/onnx-scorer.ts';
import type { Column } from '../../src/core/data/table.ts';
import type { Manifest } from '../../src/core/documents/manifest.ts';
import type { SourceLocation } from '../../src/core/errors.ts';
import { trainLearner } from '../../src/core/learning/train-learner.ts';
import type { ModelRegistry } from '../../src/ports/model-registry.ts';
import type { Log, RunContext } from '../../src/ports/runner.ts';
import { type Exam, layOutExam } from '../../src/stages/exam.ts';
import { createInputs } from '../../src/stages/inputs.ts';
import { loadModels, type ModelSetup } from '../../src/stages/load-models.ts';
import type { StageWorld } from '../../src/stages/stage.ts';

export type Told = { readonly kind: string; readonly message: string; readonly location?: SourceLocation };

export class DataStage {
  readonly directory = mkdtempSync(join(tmpdir(), 'contender-stage-'));
  readonly told: Told[] = [];
  readonly files = createLocalFiles(join(this.directory, 'temporary'));
  readonly engine = createDuckdbEngine({
    load: () => import('@duckdb/node-api'),
    temporaryDirectory: join(this.directory, 'spill'),
    threads: 2,
  });
  readonly scorer = createOnnxScorer({
    script: new URL('../../src/entries/score-worker.ts', import.meta.url).pathname,
    directory: this.directory,
    options: { environment: {} },
  });
  readonly registry: ModelRegistry = createFolderRegistry({ directory: join(this.directory, 'registry') });
  context: RunContext = {
    event: 'local',
    serverUrl: 'https://github.com',
    untrusted: false,
    defaultBranch: false,
  };

  constructor() {
    afterAll(async () => {
      await this.engine[Symbol.asyncDispose]();
      await this.files[Symbol.asyncDispose]();
      rmSync(this.directory, { recursive: true, force: true });
    });
  }

  get world(): StageWorld {
    return {
      log: this.#log(),
      files: this.files,
      models: createModelReader(),
      context: this.context,
      tool: { name: 'contender', version: '0.0.0' },
      now: () => 0,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    };
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  /** The config, or the flags in its place, as a stage is handed them. */
  async load(
    config: string | undefined,
    flags: Record<string, string> = {},
  ): Promise<{ readonly setup: ModelSetup; readonly exam: Exam; readonly workingDirectory: string }> {
    this.told.length = 0;
    rmSync(join(this.directory, 'contender.yml'), { force: true });
    if (config !== undefined) this.write('contender.yml', config);
    const evidence = { 'evidence-directory': join(this.directory, '.contender') };
    const request = {
      inputs: createInputs(evidence, (name) => `--${name}`),
      flags,
      workingDirectory: this.directory,
      defaultTask: 'binary-classification' as const,
    };
    const [setup] = await loadModels(request, this.world);
    const workingDirectory = this.directory;
    const exam = await layOutExam({
      setup: setup!,
      world: this.world,
      repository: undefined,
      workingDirectory,
    });
    return { setup: setup!, exam, workingDirectory };
  }

  /** Trains the built-in learner on columns and publishes it as the champion. */
  async publishChampion(training: {
    readonly features: readonly Column[];
    readonly target: Column;
    readonly windows?: Manifest['windows'];
    readonly sql?: string;
  }): Promise<Manifest> {
    const { bytes } = trainLearner({
      learner: 'gradient-boosting',
      task: 'binary-classification',
      features: training.features,
      target: training.target,
      positiveClass: '1',
      parameters: { iterations: 30 },
      seed: 1,
      model: 'watched',
      toolVersion: '0.0.0',
    });
    this.write('release/model.onnx', bytes);
    const { signature } = await this.scorer.describe({
      path: join(this.directory, 'release/model.onnx'),
      name: 'champion',
    });
    const manifest: Manifest = {
      schemaVersion: 1,
      model: 'watched',
      version: '1.0.0',
      task: 'binary-classification',
      file: 'model.onnx',
      digest: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      signature,
      featureColumns: training.features.map(({ name, kind }) => ({
        name,
        type: kind === 'text' ? 'string' : 'number',
      })),
      ...(training.sql === undefined ? {} : { features: 'features.sql' }),
      primary: 'roc_auc',
      metrics: {},
      parameters: {},
      seed: 1,
      trainingData: 'none',
      holdoutData: 'none',
      ...(training.windows ? { windows: training.windows } : {}),
      recipe: 'none',
      verdict: 'no-champion',
      tool: { name: 'contender', version: '0.0.0' },
    };
    this.write('release/manifest.json', JSON.stringify(manifest));
    if (training.sql !== undefined) this.write('release/features.sql', training.sql);
    const names = ['model.onnx', 'manifest.json', ...(training.sql === undefined ? [] : ['features.sql'])];
    const release = { version: '1.0.0', title: 'watched 1.0.0', notes: '', commit: 'c'.repeat(40) };
    const assets = names.map((name) => ({ name, path: join(this.directory, 'release', name) }));
    const draft = await this.registry.createDraft({ model: 'watched', ...release, assets });
    await this.registry.publish(draft, release);
    return manifest;
  }

  #log(): Log {
    const tell = (kind: string) => (message: string, location?: SourceLocation) => {
      this.told.push({ kind, message, ...(location ? { location } : {}) });
    };
    return {
      info: tell('info'),
      warning: tell('warning'),
      error: tell('error'),
      debug: tell('debug'),
      group: (_, work) => work(),
      progress: () => {},
    };
  }
}

/** Rows of text as a CSV with a header. */
export function csv(header: string, rows: readonly (readonly unknown[])[]): string {
  return `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
}
