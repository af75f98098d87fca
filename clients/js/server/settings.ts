// Settings: where the server is and how patient a client is, from its options and the environment.

import { setTimeout as wait } from 'node:timers/promises';

/** As much of `fetch` as is used. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** The server's internal listener; `TAYORI_URL`, or else http://127.0.0.1:8081, when missing. */
  readonly url?: string | URL | undefined;
  /** What `internal.api_key` is; `TAYORI_API_KEY`, or else none, when missing. Shown in no error. */
  readonly apiKey?: string | undefined;
  /** How long a call may take, with all its tries: 10,000 when missing. */
  readonly timeoutMs?: number | undefined;
  /** How many times a call is tried again where that does nothing twice: 2 when missing. */
  readonly retries?: number | undefined;
  /** Instead of Node's own: for a proxy, a certificate, or a test. */
  readonly fetch?: Fetch | undefined;
}

/** What a call needs of the process around it; a test gives its own. */
export interface Surroundings {
  /** Fails with the signal's reason when it is aborted meanwhile. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to less than 1. */
  random(): number;
}

export const SURROUNDINGS: Surroundings = {
  wait: async (ms, signal) => {
    await wait(ms, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  },
  random: Math.random,
};

export interface Settings {
  /** Ends with a slash. */
  readonly url: URL;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly fetch: Fetch;
}

const DEFAULT_URL = 'http://127.0.0.1:8081';
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_RETRIES = 2;

/** @throws {TypeError} when the address or the key cannot be one; the text holds neither. */
export function readSettings(
  options: ClientOptions,
  { TAYORI_URL, TAYORI_API_KEY }: Readonly<Record<string, string | undefined>>,
): Settings {
  return {
    // An empty variable counts as not set, as it does for the server.
    url: readUrl(options.url ?? (TAYORI_URL || DEFAULT_URL)),
    apiKey: readKey(options.apiKey ?? (TAYORI_API_KEY || undefined)),
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    retries: options.retries ?? DEFAULT_RETRIES,
    // Looked up at each call, so that a program may put its own in the place of Node's.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
}

function readUrl(given: string | URL): URL {
  let url: URL | undefined;
  try {
    url = new URL(given);
  } catch {
    // Told below, without the text, which may hold a password.
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError('the url of a Tayori server is http:// or https://, a host, and perhaps a path');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function readKey(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[!-~]+$/.test(given)) {
    throw new TypeError('an API key is printable ASCII characters without spaces');
  }
  return given;
}
