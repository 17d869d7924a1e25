import { comparisonRules } from './comparison-rules.ts';
import { dataRules } from './data-rules.ts';
import type { Origin, Problem } from './problem.ts';
import type { Report, Rule } from './rule.ts';
import type { ConfigurationDocument } from './schema.ts';

/** Problems between the keys of a document, apart from those that follow from `known` problems. */
export function checkRules(value: unknown, origin: Origin, known: readonly Problem[]): Problem[] {
  const problems: Problem[] = [];
  if (known.some((problem) => problem.path.length === 0)) return problems;
  const broken = new Set(known.map((problem) => problem.path[0]));
  // A misspelt required key is known by the name it was given.
  for (const key of ['task', 'data']) if (!Object.hasOwn(value as object, key)) broken.add(key);
  const report: Report = {
    name: (path) => origin.name(path.split('.')),
    add: (path, message, at = 'value') => problems.push({ path, at, message }),
  };
  for (const rule of [...dataRules, ...trainingRules, ...comparisonRules]) {
    if (rule.reads.some((section) => broken.has(section))) continue;
    rule.check(value as ConfigurationDocument, report);
  }
  return problems;
}

const trainingRules: readonly Rule[] = [
  { reads: ['training'], check: checkLearner },
  { reads: ['training', 'scoring'], check: checkScoring },
];

function checkLearner({ training }: ConfigurationDocument, { name, add }: Report): void {
  if (training === undefined) return;
  const { learner, command, model } = training;
  if (learner !== undefined && command !== undefined) {
    const message = `${name('training.learner')} and ${name('training.command')} exclude each other; keep one`;
    add(['training', 'command'], message, 'key');
  } else if (learner === undefined && command === undefined) {
    const message = `${name('training')} says neither learner nor command; write learner: gradient-boosting, or command: and model:`;
    add(['training'], message, 'key');
  } else if (command !== undefined && model === undefined) {
    const message = `${name('training.command')} needs ${name('training.model')}: the file the command writes, such as build/model.onnx`;
    add(['training', 'command'], message, 'key');
  } else if (learner !== undefined && model !== undefined) {
    const message = `${name('training.model')} belongs to a command; remove it, a built-in learner chooses its file itself`;
    add(['training', 'model'], message, 'key');
  }
}

function checkScoring({ training, scoring }: ConfigurationDocument, { name, add }: Report): void {
  if (scoring?.command === undefined || training?.learner === undefined) return;
  const message = `${name('scoring.command')} is for a model that is not ONNX, and ${name('training.learner')} writes ONNX; remove one`;
  add(['scoring', 'command'], message, 'key');
}
