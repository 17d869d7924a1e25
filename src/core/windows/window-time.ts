/** A span in milliseconds since 1970 UTC from its text in a document; open ends stay open. */
export function parseWindow(window: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): {
  readonly from?: number;
  readonly to?: number;
} {
  return {
    ...(window.from === undefined ? {} : { from: Date.parse(window.from) }),
    ...(window.to === undefined ? {} : { to: Date.parse(window.to) }),
  };
}
