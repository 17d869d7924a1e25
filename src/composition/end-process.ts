import type { ExitCode } from '../core/errors.ts';

/** Ends the process by force (agents and native pools keep it alive) once what was printed has left. */
export function endProcess(exitCode: ExitCode): Promise<never> {
  return new Promise(() => {
    process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
  });
}
