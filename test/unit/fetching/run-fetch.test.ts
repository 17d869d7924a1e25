import { expect, it } from 'vitest';
import { OutsideError } from '../../../src/core/errors.ts';
import type { ExamRequest } from '../../../src/stages/exam/exam-request.ts';
import { runFetch } from '../../../src/stages/exam/run-fetch.ts';

/** A command that takes for ever, as the runner of commands ends it. */
function requestOf(limits: (number | undefined)[]): ExamRequest {
  const files = {
    readText: async () => undefined,
    remove: async () => undefined,
    write: async () => undefined,
    find: async () => [],
  };
  const log = { info: () => undefined, group: (_title: string, work: () => Promise<unknown>) => work() };
  return {
    world: { files, log, context: {}, sha256: (text: string) => text },
    commands: {
      run: ({ timeLimitSeconds }: { readonly timeLimitSeconds?: number }) => {
        limits.push(timeLimitSeconds);
        throw new OutsideError(`it ran longer than its ${timeLimitSeconds} s and was ended`);
      },
    },
  } as unknown as ExamRequest;
}

it('gives a command an hour, and lets nobody take what it left behind for fetched', async () => {
  const limits: (number | undefined)[] = [];
  const fetch = {
    command: 'dvc pull',
    directory: '/repository',
    record: '/repository/record',
    facts: [],
    brings: { paths: ['data/a.csv'], directory: '/repository' },
  };
  await expect(runFetch(requestOf(limits), fetch)).rejects.toThrow(
    'it ran longer than its 3600 s and was ended',
  );
  expect(limits).toEqual([3600]);
});
