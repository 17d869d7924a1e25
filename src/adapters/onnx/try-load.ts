import { InputError } from '../../core/errors.ts';
import type { LoadAnswer, ModelFile, ScoringLimits } from '../../ports/scorer.ts';
import { loadSession, type OnnxRuntime } from './run-session.ts';
import { startWorker, type WorkerSettings } from './worker-process.ts';

/** What loading a model may take, without running it. */
const LOAD_LIMITS: ScoringLimits = { seconds: 60, memoryMegabytes: 4096 };

/** The parent's side: has a child load a model. @throws InputError when it exceeds a limit. */
export async function tryLoad(settings: WorkerSettings, model: ModelFile): Promise<LoadAnswer> {
  using worker = startWorker(settings, { limits: LOAD_LIMITS, name: model.name });
  const { memoryMegabytes } = LOAD_LIMITS;
  const reply = await worker.request({ kind: 'load', model, memoryMegabytes });
  if (reply.kind !== 'loaded') throw new Error('the scoring process answered something else');
  return reply.answer;
}

/** The child's side. */
export async function loadOnce(runtime: OnnxRuntime, model: ModelFile): Promise<LoadAnswer> {
  const { versions } = runtime.env;
  const version = versions.node ?? versions.common;
  try {
    const session = await loadSession(runtime, model);
    await session.release();
    return { runtime: version };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // What the answer belongs to is known to whoever asked.
    return { runtime: version, refusal: error.message.replace(`${model.name} cannot be loaded: `, '') };
  }
}
