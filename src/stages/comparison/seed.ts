import type { StageWorld } from '../stage.ts';
import type { JudgedModel } from './judged-models.ts';

/** A table of scores can be written in many ways that say the same, so that its bytes decide nothing. */
export function seedPart(model: JudgedModel | undefined): string {
  if (model === undefined) return 'none';
  return model.scoresOnly === true ? 'scores' : model.digest;
}

/** Nobody can roll again for luck: equal inputs give equal random numbers. */
export function seedOf(world: StageWorld, parts: readonly string[]): number {
  return Number.parseInt(world.sha256(parts.join('\n')).slice(0, 8), 16);
}
