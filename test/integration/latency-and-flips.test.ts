import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeModel } from '../../src/core/onnx/write-model.ts';
import { completed, csvOf, makeRows, useStages } from '../support/stage-harness.ts';

const stages = useStages();

const configOf = (model: string, more: string, id = '  id: id\n') => `
model: ${model}
task: binary-classification
data:
  training: train.csv
  holdout: holdout.csv
  target: is_fraud
  positive-class: 1
${id}${more}
`;

/** A graph that takes about as long as it has steps; producers make equal graphs different files. */
function graphOf(steps: number, producer: string): Uint8Array {
  const chain = Array.from({ length: steps }, (_, step) => ({
    name: `step ${step}`,
    opType: 'Tanh',
    inputs: [step === 0 ? 'x' : `x${step}`],
    outputs: [`x${step + 1}`],
  }));
  const mean = {
    name: 'mean',
    opType: 'ReduceMean',
    inputs: [`x${steps}`],
    outputs: ['logit'],
    attributes: { axes: { ints: [1] }, keepdims: { int: 1 } },
  };
  return writeModel({
    irVersion: 8,
    producerName: producer,
    producerVersion: '1',
    operatorSets: [{ domain: '', version: 15 }],
    metadata: [],
    graph: {
      name: 'graph',
      nodes: [
        ...chain,
        mean,
        { name: 'link', opType: 'Sigmoid', inputs: ['logit'], outputs: ['probability'] },
      ],
      inputs: [{ name: 'x', elementType: 'float', shape: ['N', 3] }],
      outputs: [{ name: 'probability', elementType: 'float', shape: ['N', 1] }],
    },
  });
}

const LATENCY = `  columns: [amount, hour, noise]
comparison:
  gates:
    - {metric: latency_p95_ms, require: not-worse}
    - {metric: latency_p95_ms, require: better}
    - {metric: latency_p95_ms, require: at-most, value: 60000}
`;

const pair = (challenger: string, champion: string) => ({
  challenger: stages.path(challenger),
  champion: stages.path(champion),
});

describe('latency of two ONNX models', () => {
  it('finds a model with three times as many steps slower, and the other way round faster', async () => {
    stages.write('holdout.csv', csvOf(makeRows(900, 2)));
    stages.write('quick.onnx', graphOf(60, 'quick'));
    stages.write('slow.onnx', graphOf(240, 'slow'));
    const setup = stages.setup(configOf('slower', LATENCY));
    const slower = completed(await stages.compare(setup, pair('slow.onnx', 'quick.onnx')));
    const { latency } = slower.measured;
    expect(latency).toMatchObject({ unit: 'ms', batchRows: 900, runs: 100 });
    expect(latency!.ratio!.interval![0]).toBeGreaterThan(1.1);
    expect(latency!.challenger.rowsPerSecond).toBeLessThan(latency!.champion!.rowsPerSecond);
    expect(slower.gates.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'pass']);

    const faster = completed(await stages.compare(setup, pair('quick.onnx', 'slow.onnx')));
    expect(faster.measured.latency!.ratio!.interval![1]).toBeLessThan(1);
    expect(faster.gates.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
    expect(stages.said.join('\n')).toMatch(/Latency of 900 rows: median .* times the champion's time/);
  });

  it('does not find an equal graph slower', async () => {
    stages.write('holdout.csv', csvOf(makeRows(900, 2)));
    stages.write('one.onnx', graphOf(120, 'one'));
    stages.write('other.onnx', graphOf(120, 'other'));
    const setup = stages.setup(configOf('equal', LATENCY));
    const document = completed(await stages.compare(setup, pair('one.onnx', 'other.onnx')));
    const [notWorse] = document.gates;
    expect(notWorse!.outcome, notWorse!.reason).not.toBe('fail');
    const [low, high] = document.measured.latency!.ratio!.interval!;
    expect(low).toBeLessThan(1.1);
    expect(high).toBeGreaterThan(1 / 1.1);
  });

  it('is not measured where nobody asks', async () => {
    const setup = stages.setup(configOf('unasked', '  columns: [amount, hour, noise]\n'));
    const document = completed(await stages.compare(setup, pair('one.onnx', 'other.onnx')));
    expect(document.measured).not.toHaveProperty('latency');
  });
});

describe('flips and calibration of two trained models', () => {
  const more = (columns: string) =>
    `  columns: [${columns}]\ntraining: {learner: gradient-boosting, parameters: {iterations: 20}}\ncomparison: {threshold: 0.4, slices: [kind]}\n`;

  it('are told by slice and by hashed rows, whatever the order of the file', async () => {
    const rows = makeRows(900, 4);
    stages.write('train.csv', csvOf(makeRows(1500, 1)));
    stages.write('holdout.csv', csvOf(rows));
    await stages.train(stages.setup(configOf('flips', more('noise, hour'))));
    await stages.release(stages.setup(configOf('flips', more('noise, hour'))), '1.0.0');
    const setup = stages.setup(configOf('flips', more('amount, hour, kind')));
    await stages.train(setup);
    const document = completed(await stages.compare(setup, { champion: 'release' }));
    const { flips, calibration, slices } = document;
    expect(flips).toMatchObject({ threshold: 0.4 });
    expect(flips!.slices!.map(({ slice }) => slice)).toEqual(slices.map(({ slice }) => slice));
    const sum = (kind: 'newlyRight' | 'newlyWrong') =>
      flips!.slices!.reduce((total, slice) => total + slice[kind], 0);
    expect([sum('newlyRight'), sum('newlyWrong')]).toEqual([flips!.newlyRight, flips!.newlyWrong]);

    const hashes = new Map(rows.map((row) => [hashOf(`flips:${row.id}`), row]));
    const { newlyRight, newlyWrong } = flips!.examples!;
    expect(newlyRight).toHaveLength(20);
    expect(newlyWrong.length).toBeGreaterThan(0);
    for (const { idHash } of [...newlyRight, ...newlyWrong]) expect(hashes.has(idHash)).toBe(true);
    // A row that is newly wrong with a high score was called fraud or not: either way it is no row of both kinds.
    const right = new Set(newlyRight.map(({ idHash }) => idHash));
    expect(newlyWrong.filter(({ idHash }) => right.has(idHash))).toEqual([]);
    expect(JSON.stringify(flips)).not.toContain(rows[0]!.id.slice(0, 3));
    expect(calibration!.challenger.expectedError).toBeGreaterThan(0);
    expect(calibration!.champion!.spiegelhalter!.pValue).toBeGreaterThanOrEqual(0);

    stages.write('holdout.csv', csvOf(rows.toReversed()));
    const again = completed(await stages.compare(setup, { champion: 'release' }));
    expect({ flips: again.flips, calibration: again.calibration }).toEqual({ flips, calibration });
  });

  it('have no examples without an id', async () => {
    const setup = stages.setup(configOf('flips', more('amount, hour, kind'), ''));
    const document = completed(await stages.compare(setup, { champion: 'release' }));
    expect(document.flips).toBeDefined();
    expect(document.flips).not.toHaveProperty('examples');
  });
});

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
