import * as core from '@actions/core';
import type { SourceLocation } from '../../core/errors.ts';
import { createProgress, describeProgress } from '../../core/progress.ts';
import type { Log } from '../../ports/runner.ts';
import { withoutCommands } from './workflow-commands.ts';

const PROGRESS_MILLISECONDS = 5_000;

/** The log of a GitHub runner: groups and annotations; whatever is printed is text and never a command. */
export function createRunnerLog(options: { readonly now?: () => number } = {}): Log {
  let openGroups = 0;
  const info = (message: string) => core.info(withoutCommands(message));
  const progress = createProgress({
    everyMilliseconds: PROGRESS_MILLISECONDS,
    now: options.now ?? Date.now,
    show: (report) => info(describeProgress(report)),
  });
  return {
    info,
    debug: (message) => core.debug(withoutCommands(message)),
    warning: (message, location) => core.warning(withoutCommands(message), annotationAt(location)),
    error: (message, location) => core.error(withoutCommands(message), annotationAt(location)),
    progress,
    async group(title, work) {
      // Groups do not nest: a second one would end the first.
      if (openGroups > 0) info(title);
      else core.startGroup(withoutCommands(title));
      openGroups += 1;
      try {
        return await work();
      } finally {
        openGroups -= 1;
        if (openGroups === 0) core.endGroup();
      }
    },
  };
}

function annotationAt(location: SourceLocation | undefined): core.AnnotationProperties {
  if (location === undefined) return {};
  return {
    file: location.file,
    ...(location.line !== undefined && { startLine: location.line }),
    // The runner drops columns that come without a line.
    ...(location.line !== undefined && location.column !== undefined && { startColumn: location.column }),
  };
}
