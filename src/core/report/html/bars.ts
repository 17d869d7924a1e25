import { coordinate, html, type Markup } from './markup.ts';

/** A bar of a share between 0 and 1. */
export function renderShareBar(share: number): Markup {
  const bounded = Math.min(1, Math.max(0, share));
  return html`<svg class="share" viewBox="0 0 180 12" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="180" height="12"/><rect class="bar" width="${coordinate(bounded * 180)}" height="12"/></svg>`;
}
