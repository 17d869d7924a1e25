import type { StageHarness } from './stage-harness.ts';

/**
 * A model that is no ONNX file: weights as JSON, which one small program makes and another one scores with.
 * What they need to know comes in their environment, as it does for programs of users.
 */

export const TRAIN_PROGRAM = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
mkdirSync('build', { recursive: true });
const parameters = JSON.parse(process.env.CONTENDER_PARAMETERS);
const rows = readFileSync(process.env.CONTENDER_TRAINING_DATA, 'utf8').trim().split('\\n').length - 1;
writeFileSync(process.env.CONTENDER_MODEL_PATH, JSON.stringify({ rows, ...parameters }));
`;

export const SCORE_PROGRAM = `
import { readFileSync, writeFileSync } from 'node:fs';
const model = JSON.parse(readFileSync(process.env.CONTENDER_MODEL_PATH, 'utf8'));
const text = readFileSync(process.env.CONTENDER_HOLDOUT_DATA, 'utf8');
const [header, ...lines] = text.trim().split('\\n').map((line) => line.split(','));
writeFileSync('seen-header.txt', header.join(','));
writeFileSync('seen-environment.txt', JSON.stringify(process.env));
const at = Object.fromEntries(header.map((name, position) => [name, position]));
const scores = lines.map((cells) => {
  const logit = cells[at.amount] / 250 - 3 + model.night * (cells[at.hour] < 6) + model.travel * (cells[at.kind] === 'travel');
  return cells[at.id] + ',' + 1 / (1 + Math.exp(-logit));
});
writeFileSync(process.env.CONTENDER_SCORES_PATH, 'id,score\\n' + scores.reverse().join('\\n') + '\\n');
`;

/** How this Node is called, wherever it lies. */
const NODE = JSON.stringify(process.execPath);

/** Lays out both programs in the directory of the stages. */
export function writePrograms(stages: StageHarness): void {
  stages.write('train.mjs', TRAIN_PROGRAM);
  stages.write('score.mjs', SCORE_PROGRAM);
}

export type ScoredConfig = {
  readonly model: string;
  /** What the model gets right beside the amount; 1.5 and 1 are the truth. */
  readonly night?: number;
  readonly travel?: number;
  /** Lines of `scoring`; by default the program above. */
  readonly scoring?: string;
  readonly training?: string;
  readonly comparison?: string;
  readonly data?: string;
};

export function configOf(options: ScoredConfig): string {
  const { night = 0, travel = 0 } = options;
  return `
model: ${options.model}
task: binary-classification
data:
  training: train.csv
  holdout: holdout.csv
  target: is_fraud
  positive-class: 1
  id: id
${options.data ?? ''}
training:
  command: ${JSON.stringify(`${NODE} train.mjs`)}
  model: build/${options.training ?? 'model.json'}
  parameters: {night: ${night}, travel: ${travel}}
${options.scoring ?? `scoring: {command: ${JSON.stringify(`${NODE} score.mjs`)}, time-limit: 60s}`}
${options.comparison ?? ''}
`;
}
