import type { ConfigurationDocument } from './schema.ts';

/**
 * Keys of a document that are accepted although no stage uses them yet, as dotted paths. Values that
 * ask for what happens anyway (`holdout-budget: warn`) are not listed.
 */
export function listNotYetUsed(document: ConfigurationDocument): string[] {
  const { data, comparison, release } = document;
  const later: Readonly<Record<string, boolean>> = {
    'data.fetch': data.fetch !== undefined,
    'data.predictions': data.predictions !== undefined,
    'data.labels': data.labels !== undefined,
    'comparison.holdout-budget': comparison?.['holdout-budget'] === 'enforce',
    'comparison.fairness': comparison?.fairness !== undefined,
    'release.attest': release?.attest !== undefined && release.attest !== 'auto',
    deployment: (document.deployment ?? []).length > 0,
  };
  return Object.keys(later).filter((key) => later[key]);
}
