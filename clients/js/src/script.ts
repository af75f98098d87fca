// The script served at /_ah/channel/jsapi: goog.appengine.Channel and goog.appengine.Socket, as of 2010.
//
// A page may hold a `goog` of its own (the Closure Library): it is extended by these two names and otherwise left alone.

import { Channel, type ChannelOptions } from './channel';
import { ReadyState, Socket } from './socket';

interface Namespace {
  goog?: { appengine?: { Channel?: unknown; Socket?: unknown } };
}

// Known only while the script runs for the first time. The prefix is the server's to configure, so the script goes by
// its own address; a copy under another name says nothing about the prefix.
function ownUrl(): string | undefined {
  const source = (document.currentScript as HTMLScriptElement | null)?.src ?? '';
  const [, base] = /^(.*\/)jsapi(?:[?#].*)?$/.exec(source) ?? [];
  return base;
}

const url = ownUrl();

class PageChannel extends Channel {
  // Of 2010 is the token alone.
  constructor(token: string, options: ChannelOptions = {}) {
    super(token, { url, ...options });
  }
}

const namespace = globalThis as Namespace;
namespace.goog ??= {};
namespace.goog.appengine ??= {};
Object.assign(namespace.goog.appengine, {
  Channel: PageChannel,
  // Applications of 2010 write to POLLING_TIMEOUT_MS; nothing polls at this interval any more.
  Socket: Object.assign(Socket, { ReadyState, POLLING_TIMEOUT_MS: 500 }),
});
