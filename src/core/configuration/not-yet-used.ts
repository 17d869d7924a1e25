import type { ConfigurationDocument } from './schema.ts';

/**
 * Keys of a document that are accepted although no stage uses them yet, as dotted paths. Values that
 * ask for what happens anyway (`attest: auto`) are not listed.
 */
export function listNotYetUsed(document: ConfigurationDocument): string[] {
  const { data, comparison, release } = document;
  const later: Readonly<Record<string, boolean>> = {
    'data.predictions': data.predictions !== undefined,
    'data.labels': data.labels !== undefined,
    'comparison.fairness': comparison?.fairness !== undefined,
    'release.attest': release?.attest !== undefined && release.attest !== 'auto',
    deployment: (document.deployment ?? []).length > 0,
  };
  return Object.keys(later).filter((key) => later[key]);
}
