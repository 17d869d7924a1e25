/** What people propose in the story. Each changes files that a user would change. */

/** Two lines of the config of the example, before and after. */
const PARAMETERS = 'parameters: {iterations: 60, learning-rate: 0.1, max-leaves: 15}';
const SMOOTHER = 'parameters: {iterations: 60, learning-rate: 0.1, max-leaves: 15, min-samples-leaf: 400}';

const BETTER_FEATURES = `-- The one definition of the features: used by training, comparison, drift check and release.
select
  trans_num,
  trans_date_trans_time,
  cc_num,
  is_fraud,
  amt,
  hour(trans_date_trans_time) as hour,
  category,
  gender,
  date_diff('year', dob, trans_date_trans_time::date) as age
from source
`;

const ROUNDED_FEATURES = `-- The one definition of the features: used by training, comparison, drift check and release.
select
  trans_num,
  trans_date_trans_time,
  cc_num,
  is_fraud,
  round(amt / 100) * 100 as amt,
  hour(trans_date_trans_time) as hour
from source
`;

/** @param config text of the example's contender.yml. */
export function createProposals(config: string) {
  if (!config.includes(PARAMETERS))
    throw new Error('the config of the example has other parameters than the story');
  return {
    better: {
      branch: 'more-features',
      title: 'Use category, gender and age',
      body: 'Fraud depends on what is bought and by whom. This adds three features.',
      author: 'grace',
      files: { 'features.sql': BETTER_FEATURES },
      name: 'pull-request-better',
      expected: ['better'],
    },
    worse: {
      branch: 'round-amounts',
      title: 'Round amounts to hundreds',
      body: 'Privacy asks for rounder numbers. Accuracy stays the same, so this should be fine.',
      author: 'linus',
      files: { 'features.sql': ROUNDED_FEATURES },
      name: 'pull-request-worse',
      expected: ['worse'],
    },
    unclear: {
      branch: 'larger-leaves',
      title: 'Larger leaves',
      body: 'Smoother trees are easier to explain. Is the model as good as before?',
      author: 'margaret',
      files: { 'contender.yml': config.replace(PARAMETERS, SMOOTHER) },
      name: 'pull-request-unclear',
      expected: ['inconclusive'],
    },
  } as const;
}
