import { expect, it } from 'vitest';
import type { Task } from '../../../src/core/configuration/configuration.ts';
import { explainOutputs } from '../../../src/core/inspection/explain-outputs.ts';
import type { ContractValue, ModelContract } from '../../../src/core/onnx/model-contract.ts';
import { contractOf } from '../onnx/drafts.ts';

const label: ContractValue = { name: 'label', type: 'int64', shape: ['N'] };
const pair: ContractValue = { name: 'probabilities', type: 'float', shape: ['N', 2] };
const three: ContractValue = { name: 'probabilities', type: 'float', shape: ['N', 3] };
const one: ContractValue = { name: 'p', type: 'float', shape: ['N', 1] };
const zipMap: ContractValue = {
  name: 'probabilities',
  type: 'sequence of map of int64 to float',
  shape: null,
};

function withOutputs(outputs: readonly ContractValue[], classes?: readonly string[]): ModelContract {
  return { ...contractOf({}, classes), outputs };
}

it.each<[string, readonly ContractValue[], readonly string[] | undefined, Task, object]>([
  [
    'label and probabilities',
    [label, pair],
    undefined,
    'binary-classification',
    { values: 'probabilities', as: 'probabilities of the classes', labels: 'label' },
  ],
  [
    'one probability',
    [one],
    undefined,
    'binary-classification',
    { values: 'p', as: 'probabilities of the positive class' },
  ],
  [
    'three classes',
    [label, three],
    ['0', '1', '2'],
    'multiclass-classification',
    { values: 'probabilities', as: 'probabilities of the classes', labels: 'label' },
  ],
  [
    'what ZipMap is made of',
    [label, zipMap],
    ['0', '1'],
    'binary-classification',
    { values: 'probabilities', as: 'probabilities of the classes', labels: 'label' },
  ],
  ['a prediction', [one], undefined, 'regression', { values: 'p', as: 'predictions' }],
  [
    'classes that nobody names',
    [label, three],
    undefined,
    'multiclass-classification',
    { refusal: expect.stringMatching(/does not name its classes/) },
  ],
  [
    'no floats',
    [label],
    undefined,
    'regression',
    { refusal: expect.stringMatching(/^m\.onnx gives no output/) },
  ],
])('%s', (_name, outputs, classes, task, reading) => {
  expect(explainOutputs(withOutputs(outputs, classes), task, 'm.onnx')).toEqual({ task, ...reading });
});
