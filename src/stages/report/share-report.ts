import { resolve } from 'node:path';
import type { ModelEvidence, RunReference } from '../../core/report/evidence.ts';
import type { ArtifactReference, ArtifactStore } from '../../ports/artifact-store.ts';
import { artifactOutputs, uploadEvidence } from '../evidence-artifact.ts';
import type { StageWorld } from '../stage.ts';

export type SharedReport = {
  /** The artifact itself, for whoever reports the same evidence again; none where nothing outlives the run. */
  readonly artifacts: readonly ArtifactReference[];
  /** The run, with the address of the artifact that holds the report. */
  readonly run: RunReference;
  readonly outputs: Readonly<Record<string, string>>;
};

type ReportPlace = {
  readonly evidenceDirectory: string;
  readonly workingDirectory: string;
  /** Tells a second report of the same job apart. */
  readonly key: string | undefined;
};

type ReportFacts = {
  readonly evidence: readonly ModelEvidence[];
  readonly run: RunReference;
  readonly world: StageWorld;
  readonly artifacts: ArtifactStore | undefined;
};

/** Uploads the HTML report with the evidence it was made of, before the comment that links it. */
export async function shareReport(
  { evidenceDirectory, workingDirectory, key }: ReportPlace,
  { evidence, run, world, artifacts }: ReportFacts,
): Promise<SharedReport> {
  // No model's name has a `_`, so that no model's artifact is taken for the report.
  const subject = key === undefined ? 'report_html' : `report_html_${key}`;
  const folder = {
    subject,
    evidenceDirectory: resolve(workingDirectory, evidenceDirectory),
    patterns: ['report.html', ...evidence.map(({ model }) => `${model}/**`)],
  };
  const artifact = await uploadEvidence(folder, { world, artifacts });
  const linked = artifact !== undefined && run.runUrl !== undefined;
  return {
    run: linked ? { ...run, reportUrl: `${run.runUrl}/artifacts/${artifact.id}` } : run,
    artifacts: artifact === undefined ? [] : [artifact],
    outputs: artifactOutputs(artifact),
  };
}
