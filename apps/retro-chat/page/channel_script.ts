// The channel's script: part of the page, and asked for again where its server was away when the page was opened.

export function isChannelScriptHere(): boolean {
  return typeof goog !== 'undefined';
}

/** Has the browser load it once more; what comes of it shows at the next attempt to open a channel. */
export function loadChannelScript(): void {
  const before = document.querySelector<HTMLScriptElement>('script[src$="jsapi"]');
  if (!before) return;
  const again = document.createElement('script');
  again.src = before.src;
  before.replaceWith(again);
}
