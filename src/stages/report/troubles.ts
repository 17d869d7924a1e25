import { EXIT_CODE, type ExitCode, exitCodeOf, messageOf } from '../../core/errors.ts';
import { isMissingPermission } from '../missing-permission.ts';
import type { StageWorld } from '../stage.ts';
import { isWithoutSecrets } from '../without-secrets.ts';

/** Failures that must not keep the rest of the report from being written. */
export class Troubles {
  readonly #world: StageWorld;
  #exitCode: ExitCode = EXIT_CODE.passed;

  constructor(world: StageWorld) {
    this.#world = world;
  }

  get exitCode(): ExitCode {
    return this.#exitCode;
  }

  async survive<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#note(error);
      return undefined;
    }
  }

  #note(error: unknown): void {
    const { log, context } = this.#world;
    const code = exitCodeOf(error);
    if (code === EXIT_CODE.bug) throw error;
    if (isMissingPermission(error)) {
      log.warning(messageOf(error));
      // Forks and Dependabot get tokens that may only read; nothing is wrong then.
      if (isWithoutSecrets(context)) return;
    } else {
      log.error(messageOf(error));
    }
    if (code > this.#exitCode) this.#exitCode = code;
  }
}
