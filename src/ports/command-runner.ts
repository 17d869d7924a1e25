/** Runs a command of the user in a shell, in a process group that is killed as a whole. */
export interface CommandRunner {
  /** @throws OutsideError when it cannot be started or exceeds its time limit. */
  run(request: CommandRequest): Promise<CommandResult>;
}

export type CommandRequest = {
  readonly command: string;
  readonly directory: string;
  /** Added to a reduced environment that holds no token. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeLimitSeconds?: number;
  readonly onOutput?: (line: string) => void;
};

export type CommandResult = { readonly exitCode: number; readonly lastOutput: string };
