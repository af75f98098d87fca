// What the page's client needs to know of a token. It judges nothing: only the server can tell a good token.

import { type Cursor, parseCursor } from './cursor';
import { parseMembers } from './protocol';

/** The claims of a token that matter to the page. */
export interface Claims {
  readonly clientId: string;
  /** The place in the log at which the token was made. */
  readonly bookmark: Cursor | undefined;
}

/**
 * The token without the white space that templates leave around it. Throws what the service of 2010 threw for text that
 * cannot be a token at all; every other bad token is the server's to refuse (onerror 401, then onclose).
 */
export function tidyToken(token: unknown): string {
  const tidy = typeof token === 'string' ? token.trim() : '';
  if (!/^[\w.-]+$/.test(tidy)) throw new Error('The provided token is invalid.');
  return tidy;
}

/** Reads the claims without checking them; undefined when `token` is no JWT with a client id. */
export function readClaims(token: string): Claims | undefined {
  try {
    const [, base64url = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (byte) => byte.charCodeAt(0));
    const { sub, cur } = parseMembers(new TextDecoder().decode(bytes));
    return typeof sub === 'string' ? { clientId: sub, bookmark: parseCursor(cur) } : undefined;
  } catch {
    return undefined;
  }
}
