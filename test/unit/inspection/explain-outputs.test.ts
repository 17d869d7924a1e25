import { expect, it } from 'vitest';
import type { Task } from '../../../src/core/configuration/configuration.ts';
import { explainOutputs } from '../../../src/core/inspection/explain-outputs.ts';
import type { ModelDescription } from '../../../src/core/scoring/describe-model.ts';

type Value = ModelDescription['signature']['outputs'][number];

const label: Value = { name: 'label', type: 'int64', shape: ['N'] };
const pair: Value = { name: 'probabilities', type: 'float', shape: ['N', 2] };
const three: Value = { name: 'probabilities', type: 'float', shape: ['N', 3] };
const one: Value = { name: 'p', type: 'float', shape: ['N', 1] };

function withOutputs(outputs: readonly Value[], classes?: readonly string[]): ModelDescription {
  return {
    signature: { inputs: [], outputs: [...outputs] },
    inputHints: new Map(),
    outputHints: new Map([['p', { scale: 'linear', isEcho: false }]]),
    externalData: [],
    zipMaps: [],
    ...(classes ? { classes } : {}),
  };
}

it.each<[string, readonly Value[], readonly string[] | undefined, Task, object]>([
  [
    'label and probabilities',
    [label, pair],
    undefined,
    'binary-classification',
    { values: ['probabilities'], as: 'scores of the classes', labels: 'label' },
  ],
  [
    'one probability',
    [one],
    undefined,
    'binary-classification',
    { values: ['p'], as: 'logits of the positive class' },
  ],
  [
    'three classes',
    [label, three],
    ['0', '1', '2'],
    'multiclass-classification',
    { values: ['probabilities'], as: 'scores of the classes', labels: 'label' },
  ],
  [
    'one output for each class',
    [
      { name: 'i0', type: 'float', shape: ['N'] },
      { name: 'i1', type: 'float', shape: ['N'] },
    ],
    undefined,
    'binary-classification',
    { values: ['i0', 'i1'], as: 'scores of the classes' },
  ],
  ['a prediction', [one], undefined, 'regression', { values: ['p'], as: 'predictions' }],
  [
    'classes that nobody names',
    [label, three],
    undefined,
    'multiclass-classification',
    { refusal: expect.stringMatching(/does not name its classes/) },
  ],
  [
    'no numbers',
    [{ name: 'label', type: 'string', shape: ['N'] }],
    undefined,
    'regression',
    { refusal: expect.stringMatching(/^m\.onnx gives no output/) },
  ],
])('%s', (_name, outputs, classes, task, reading) => {
  expect(explainOutputs(withOutputs(outputs, classes), task, 'm.onnx')).toEqual({ task, ...reading });
});
