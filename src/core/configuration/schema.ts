import * as v from 'valibot';
import { comparisonSchema } from './comparison-schema.ts';
import { TASKS } from './configuration.ts';
import { dataSchema } from './data-schema.ts';
import {
  choice,
  described,
  duration,
  list,
  number,
  optional,
  table,
  text,
  textLike,
  wholeNumber,
} from './schema-values.ts';

/** The document in `contender.yml`: keys and values as they are written, before defaults. */

const FINITE = 'write a number';

const parameterValue = v.union(
  [number({ advice: FINITE }), v.string('write text'), v.boolean('write true or false')],
  'write a number, text, true or false',
);

const training = table({
  learner: optional(choice(['gradient-boosting', 'linear']), 'Built-in learner; or command.'),
  command: optional(text('python train.py'), 'Command that trains; needs model.'),
  model: optional(text('build/model.onnx'), 'File the command writes.'),
  parameters: optional(
    v.record(v.string(), parameterValue, 'write a map of parameters, such as {iterations: 200}'),
    'Parameters of the learner or the command.',
  ),
  // Seeds above 32 bits are refused by NumPy, and so by most commands this is handed to.
  seed: optional(wholeNumber(0, 4_294_967_295), 'Seed of everything random in training.'),
});

const scoring = table({
  command: optional(
    text('python score.py'),
    'Command that scores the holdout, for a model that is not ONNX.',
  ),
  'time-limit': optional(duration('10m'), 'Time after which scoring one model is stopped.'),
});

const drift = table({
  'false-alarms-per-year': optional(
    number({ from: 0, to: 366, open: true, advice: 'write a number above 0 and below 366, such as 0.1' }),
    'Expected number of alarms a year when nothing changed.',
  ),
  'minimum-effect': optional(choice(['small', 'medium', 'large']), 'How large a change must be to matter.'),
  'act-on': optional(
    list(choice(['performance', 'prediction', 'label', 'feature']), '[performance, prediction, label]'),
    'What may lead to a retraining.',
  ),
});

const deploymentTarget = table({
  environment: described(text('staging'), 'Name of the environment.'),
  file: described(text('deploy/staging.yaml'), 'Manifest to change.'),
  set: optional(
    v.record(
      v.string(),
      v.string(
        (issue) => `write text, such as "${typeof issue.input === 'number' ? issue.input : '{model-url}'}"`,
      ),
      'write a map of paths in the manifest, such as {spec.storageUri: "{model-url}"}',
    ),
    'Values to write, by path in the manifest.',
  ),
  by: optional(choice(['pull-request', 'commit']), 'How the change is made.'),
});

export const configurationSchema = table({
  model: described(
    textLike(
      /^[a-z0-9][a-z0-9-]*$/,
      'write lower-case letters, digits and hyphens, beginning with a letter or a digit, such as fraud-detector',
      'fraud-detector',
    ),
    'Name of the model; tags, branches and comments use it.',
  ),
  task: described(choice(TASKS), 'What the model does; in ranking each data.group is one query.'),
  data: described(dataSchema, 'Data sets and the roles of their columns.'),
  contract: optional(text('contract.yml'), 'Path of an Open Data Contract Standard v3 file.'),
  training: optional(training, 'How the challenger is trained.'),
  scoring: optional(scoring, 'How models are scored.'),
  comparison: optional(comparisonSchema, 'How the challenger is judged.'),
  drift: optional(drift, 'When a change of the data counts.'),
  retraining: optional(
    table({
      'cooldown-days': optional(
        number({ from: 0, to: 3650, advice: 'write a number of days from 0 to 3650' }),
        'Days without a new retraining pull request after one was closed.',
      ),
      labels: optional(list(text('retraining'), '[retraining]'), 'Labels of the pull request.'),
      reviewers: optional(list(text('octocat'), '[octocat]'), 'Reviewers of the pull request.'),
    }),
    'The retraining pull request.',
  ),
  release: optional(
    table({
      'keep-drafts-days': optional(
        number({ from: 0, to: 3650, advice: 'write a number of days from 0 to 3650' }),
        'Days that the draft of a closed retraining pull request is kept.',
      ),
      attest: optional(choice(['auto', 'always', 'never']), 'Whether provenance is attested.'),
    }),
    'The release of a champion.',
  ),
  deployment: optional(
    list(deploymentTarget, '[{environment: staging, file: deploy/staging.yaml}]'),
    'Manifests that promote-model points at a release.',
  ),
});

export type ConfigurationDocument = v.InferOutput<typeof configurationSchema>;
