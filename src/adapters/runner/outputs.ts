import { stat } from 'node:fs/promises';
import * as core from '@actions/core';

/** Above this the runner drops the whole summary of the step. */
const MAX_SUMMARY_BYTES = 1024 * 1024;
/** Room for the note that says the rest is missing. */
const RESERVED_BYTES = 1024;

const CUT_NOTE = '\n\n*The summary is longer than GitHub shows; the HTML report has all of it.*\n';

/** Sets outputs of the action; objects become JSON. Values that are undefined are left out. */
export function setOutputs(
  outputs: Readonly<Record<string, string | number | boolean | object | undefined>>,
): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) core.setOutput(name, value);
  }
}

/**
 * Adds Markdown to the job summary, cut at a line so that the summary of this step stays under the
 * runner's limit. Does nothing where the runner has no summary.
 */
export async function addSummary(
  markdown: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return;
  const present = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  const text = cutToBytes(markdown, MAX_SUMMARY_BYTES - RESERVED_BYTES - present);
  if (text !== '') await core.summary.addRaw(text, true).write();
}

/** Registers secrets so that the runner prints `***` in their place, in the forms they can take. */
export function maskSecrets(secrets: readonly (string | undefined)[]): void {
  for (const secret of secrets) {
    if (secret === undefined || secret === '') continue;
    core.setSecret(secret);
    core.setSecret(Buffer.from(`x-access-token:${secret}`).toString('base64'));
  }
}

/** Ends the step with an exit code, once everything that was written has left. */
export function endWith(exitCode: number): void {
  process.exitCode = exitCode;
}

function cutToBytes(markdown: string, limit: number): string {
  if (Buffer.byteLength(markdown) <= limit) return markdown;
  const room = limit - Buffer.byteLength(CUT_NOTE);
  if (room <= 0) return '';
  const cut = Buffer.from(markdown).subarray(0, room).toString('utf8');
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf('\n')))}${CUT_NOTE}`;
}
