// Channel: a token, and where to open it.

import type { Handlers } from './handlers';
import { Handoff } from './handoff';
import { browser } from './platform';
import { type Page, Socket } from './socket';
import type { TokenSource } from './token_refresher';
import type { TransportName } from './transport';

const TRANSPORTS: readonly TransportName[] = ['websocket', 'sse', 'poll'];

/** Where the server's routes lie unless it is configured otherwise. */
const DEFAULT_URL = '/_ah/channel/';

const page: Page = { platform: browser, handoff: new Handoff() };

export interface ChannelOptions {
  /** The server's routes: an address, or a path on the page's own host. */
  readonly url?: string | undefined;
  /** The transports to try, from the best down. At least one. */
  readonly transports?: readonly TransportName[] | undefined;
  /** Where fresh tokens come from, before the old one runs out. Without it the page calls renew() itself, or not. */
  readonly tokenSource?: TokenSource | undefined;
}

export class Channel {
  readonly #token: string;
  readonly #options: ChannelOptions;

  constructor(token: string, options: ChannelOptions = {}) {
    this.#token = token;
    this.#options = options;
  }

  /**
   * Opens a socket; each call opens another. Throws the Error "The provided token is invalid." for text that cannot be a
   * token, and as of old a string when the page has no body yet.
   */
  open(handlers?: Handlers): Socket {
    if (!globalThis.document?.body) {
      throw 'document.body is not defined -- do not create socket from script in <head>.';
    }
    const { url = DEFAULT_URL, transports = TRANSPORTS, tokenSource } = this.#options;
    // The trailing slash makes `ws` a route below the address instead of one beside it.
    const base = new URL(url.replace(/\/*$/, '/'), document.baseURI).href;
    return new Socket(page, base, { transports, tokenSource }, this.#token, handlers);
  }
}
