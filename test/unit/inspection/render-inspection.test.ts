import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../src/composition/command-line/json-text.ts';
import type { ModelInspection } from '../../../src/core/inspection/inspection.ts';
import { renderInspection } from '../../../src/core/report/inspection/render-inspection.ts';
import { contractOf } from '../onnx/drafts.ts';
import { HOSTILE } from '../report/hostile-text.ts';

function inspectionOf(parts: Partial<ModelInspection> = {}): ModelInspection {
  return {
    kind: 'inspection',
    schemaVersion: 1,
    file: 'model.onnx',
    bytes: 120,
    digest: 'a'.repeat(64),
    contract: contractOf(),
    externalFiles: [],
    warnings: [],
    loading: { outcome: 'loaded', runtime: '1.30.0' },
    ...parts,
  };
}

const linesOf = (inspection: ModelInspection) => renderInspection(inspection).split('\n');

it('stands in columns, without a blank at the end of a line', () => {
  const contract = {
    ...contractOf({}, ['no', 'yes']),
    inputs: [
      { name: 'amount', type: 'float', shape: ['N', 1], required: true },
      { name: '大きさ', type: 'string', shape: null, required: false },
    ],
  };
  const lines = linesOf(inspectionOf({ contract }));
  expect(lines.filter((text) => /\s$/.test(text))).toEqual([]);
  expect(lines).toContain('  amount  float   [N, 1]');
  expect(lines).toContain('  大きさ  string  […]     optional: has a value in the model');
  expect(lines).toContain('  classes: no, yes');
});

describe('whether it loads', () => {
  it.each<[ModelInspection['loading'], string]>([
    [{ outcome: 'loaded', runtime: '1.30.0' }, 'yes, in ONNX Runtime 1.30.0'],
    [
      { outcome: 'refused', runtime: '1.30.0', reason: 'no such operator' },
      'no, ONNX Runtime 1.30.0 refuses it: no such operator',
    ],
    [{ outcome: 'failed', reason: 'it took too long' }, 'no: it took too long'],
    [{ outcome: 'not-tried', reason: 'no network' }, 'not tried: no network'],
  ])('%j', (loading, text) => {
    expect(linesOf(inspectionOf({ loading }))).toContain(`  loads       ${text}`);
  });
});

it('shows what breaks first', () => {
  const changes = [
    { kind: 'input', change: 'input x became optional', breaking: false },
    { kind: 'classes', change: 'classes removed: b', breaking: true },
  ] as const;
  const lines = linesOf(inspectionOf({ against: { file: 'old.onnx', digest: 'b'.repeat(64), changes } }));
  const at = lines.indexOf('Changes since old.onnx');
  expect(lines.slice(at + 1, at + 4)).toEqual([
    '  1 change of 2 breaks those who call the model: a major version',
    '  BREAKING    classes removed: b',
    '  compatible  input x became optional',
  ]);
});

it('says how columns are bound', () => {
  const data = {
    files: ['holdout.csv'],
    columns: [
      { name: 'a', type: 'integer' },
      { name: 'b', type: 'number' },
    ],
  } as const;
  const lines = linesOf(
    inspectionOf({
      binding: {
        ...data,
        by: 'by position',
        notes: ['a note'],
        inputs: [{ input: 'X', type: 'float', columns: ['a', 'b'] }],
      },
    }),
  );
  expect(lines.slice(lines.indexOf('Fed from holdout.csv') + 1, -1)).toEqual([
    '  X takes one matrix of float, made of 2 columns in this order',
    '  1  a  integer',
    '  2  b  number',
    '  - a note',
  ]);
  expect(linesOf(inspectionOf({ binding: { ...data, refusal: 'it wants c' } }))).toContain('  ! it wants c');
});

describe('text of a hostile model', () => {
  const shown = (text: string): ModelInspection => {
    const value = { name: text, type: 'float', shape: [text] };
    return inspectionOf({
      file: text,
      contract: {
        ...contractOf({}, [text, text]),
        inputs: [{ ...value, required: true }],
        outputs: [value],
        operatorSets: [{ domain: text, version: 1 }],
        producer: { name: text, version: text },
        operators: [{ domain: text, name: text, count: 1 }],
        metadata: { [text]: text },
      },
      externalFiles: [{ location: text, state: 'missing' }],
      warnings: [{ kind: 'operators', message: text }],
      loading: { outcome: 'refused', runtime: text, reason: text },
      binding: { files: [text], columns: [{ name: text, type: 'string' }], refusal: text },
      against: { file: text, digest: text, changes: [{ kind: 'input', change: text, breaking: true }] },
      outputs: { task: 'regression', refusal: text },
    });
  };
  const texts = [
    ...HOSTILE,
    '::error::pwned',
    '\n::set-output name=a::b',
    '##[error]pwned',
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b31m',
    '\u202Egpj.exe',
    'z'.repeat(1_000_000),
  ];
  it.each(texts.map((text) => [text.slice(0, 40), text]))('%j', (_short, text) => {
    const rendered = renderInspection(shown(text));
    for (const part of rendered.split('\n')) {
      expect(part).not.toMatch(/^\s*::/);
      expect(part.length).toBeLessThan(6000);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(rendered.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(rendered).not.toContain('##[');
    const json = jsonText(shown(text));
    expect(JSON.parse(json)).toEqual(shown(text));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(json.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(json).not.toMatch(/##\[|^\s*::/m);
  });
});
