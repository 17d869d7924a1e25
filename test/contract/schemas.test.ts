import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_SCHEMAS } from '../../scripts/generate-schemas.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../src/core/documents/common.ts';
import type { EvidenceDocument } from '../../src/core/documents/documents.ts';
import {
  CHALLENGER_DIGEST,
  comparison,
  drift,
  failedDocument,
  firstComparison,
  release,
  training,
  validation,
} from '../support/documents.ts';
import { manifest } from '../unit/report/manifest-builder.ts';

/** The published schemas accept what is written, and refuse what no stage writes. */

const FOLDER = join(import.meta.dirname, '../../schemas');

const DOCUMENTS: Readonly<Record<DocumentKind, readonly EvidenceDocument[]>> = {
  validation: [validation(), validation({ verdict: 'fail' })],
  training: [training(), training({ verdict: 'cached' })],
  comparison: [comparison(), firstComparison(), comparison({ verdict: 'inconclusive', promote: false })],
  drift: [drift(), drift({ verdict: 'stable', recommendation: 'none' })],
  release: [release(), release({ verdict: 'refused' })],
};

const LOCK = {
  schemaVersion: 1,
  model: 'fraud-detector',
  version: '1.5.0',
  digest: CHALLENGER_DIGEST,
  trainingData: 'rows:77aa',
  windows: { training: { to: '2020-06-01T00:00:00Z' }, holdout: { from: '2020-06-02T00:00:00Z' } },
  metrics: { average_precision: { value: 0.9, interval: [0.88, 0.92] } },
};

function compile(name: string) {
  const ajv = new Ajv({ strict: true, strictTuples: false, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(FOLDER, `${name}.schema.json`), 'utf8')));
}

describe('schemas/', () => {
  it('holds what the code publishes and nothing else', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(PUBLISHED_SCHEMAS.map(({ file }) => file).sort());
  });

  it.each(DOCUMENT_KINDS)('%s: accepts what stages write, failures included', (kind) => {
    const accepts = compile(kind);
    const failed = failedDocument(kind, { code: 'bug', message: 'something broke' });
    for (const document of [...DOCUMENTS[kind], failed]) {
      expect(accepts(document), JSON.stringify(accepts.errors?.slice(-2))).toBe(true);
    }
  });

  it.each(DOCUMENT_KINDS)('%s: ignores fields that it does not know', (kind) => {
    expect(compile(kind)({ ...DOCUMENTS[kind][0], later: { added: true } })).toBe(true);
  });

  it.each(DOCUMENT_KINDS)('%s: refuses what no stage writes', (kind) => {
    const accepts = compile(kind);
    const [document] = DOCUMENTS[kind];
    const broken = [
      { ...document, verdict: 'splendid' },
      { ...document, verdict: undefined },
      { ...document, kind: 'other' },
      { ...document, schemaVersion: 2 },
      { ...document, model: 'Not A Name' },
      { ...document, inputs: [{ path: 'a', sha256: 'abc' }] },
      { ...document, verdict: 'error' },
    ];
    for (const value of broken) expect(accepts(JSON.parse(JSON.stringify(value)))).toBe(false);
  });

  it('training: refuses a path that leads out of the evidence folder', () => {
    const accepts = compile('training');
    for (const path of [
      '../model.onnx',
      '/model.onnx',
      'model/../../a',
      'C:\\model.onnx',
      'model\\..\\..\\a',
      '..',
    ]) {
      expect(accepts(training({ path })), path).toBe(false);
    }
    for (const path of ['model/model.onnx', 'model..onnx', 'a/..b/c']) {
      expect(accepts(training({ path })), path).toBe(true);
    }
  });

  it('manifest and lock: accept what a release holds, refuse another version', () => {
    for (const [name, value] of [
      ['manifest', manifest()],
      ['lock', LOCK],
    ] as const) {
      const accepts = compile(name);
      expect(accepts(value), JSON.stringify(accepts.errors)).toBe(true);
      expect(accepts({ ...value, schemaVersion: 2 })).toBe(false);
      expect(accepts({ ...value, digest: 'abc' })).toBe(false);
    }
  });
});
