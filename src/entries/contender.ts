import { runCommand } from '../composition/command-line/run-command.ts';
import { endProcess } from '../composition/end-process.ts';

await endProcess(
  await runCommand(process.argv.slice(2), async (command, invocation) => {
    const { driveStage } = await import('../composition/command-line/drive-stage.ts');
    return driveStage(command, invocation);
  }),
);
