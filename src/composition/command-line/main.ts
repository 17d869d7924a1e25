import { endProcess } from '../end-process.ts';
import { runCommand } from './run-command.ts';

/** The command line, to the end of the process. What a stage needs is loaded when one is named. */
export async function main(args: readonly string[]): Promise<never> {
  const exitCode = await runCommand(args, async (command, invocation) => {
    const { driveStage } = await import('../command-line-stages/drive-stage.ts');
    return driveStage(command, invocation);
  });
  return endProcess(exitCode);
}
