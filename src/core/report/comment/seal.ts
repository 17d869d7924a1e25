import { type Marker, parseMarker, renderMarker } from './marker.ts';
import type { Hash } from './reported-model.ts';
import { type CommentState, decodeState, encodeState } from './state.ts';

/**
 * The hidden end of a comment: its state, a seal over everything by which an edit by somebody else is seen, and
 * the marker. The seal proves no author: that is for the reader of comments to check.
 */

const STATE = /^<!-- contender-state ([A-Za-z0-9+/]+={0,2}) -->$/;
const SEAL = /^<!-- contender-seal ([0-9a-f]{32}) -->$/;

/** A comment as it was written, with nothing changed since. */
export type SealedComment = {
  readonly text: string;
  readonly state: CommentState;
  readonly marker: Marker;
};

/** The whole body of a comment. */
export function sealComment({ text, state, marker }: SealedComment, sha256: Hash): string {
  const hidden = `<!-- contender-state ${encodeState(state)} -->`;
  const line = renderMarker(marker);
  return `${text}\n\n${hidden}\n<!-- contender-seal ${digestOf(text, [hidden, line], sha256)} -->\n${line}\n`;
}

/** What a body says; undefined when it is not as it was written, whoever wrote it. */
export function openComment(body: string, sha256: Hash): SealedComment | undefined {
  const lines = body.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const [hidden = '', seal = '', line = ''] = lines.slice(-3);
  const marker = parseMarker(line);
  const encoded = STATE.exec(hidden)?.[1];
  if (marker === undefined || encoded === undefined) return undefined;
  const text = lines.slice(0, -3).join('\n').trimEnd();
  if (SEAL.exec(seal)?.[1] !== digestOf(text, [hidden, line], sha256)) return undefined;
  const state = decodeState(encoded);
  return state === undefined ? undefined : { text, state, marker };
}

function digestOf(text: string, hidden: readonly string[], sha256: Hash): string {
  return sha256([text, ...hidden].join('\n')).slice(0, 32);
}
