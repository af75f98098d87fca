// The ladder: the transports from the best down, and which of them has worked with this server.
//
// What worked is remembered for an hour and for all pages of the origin, so that a network which lets no WebSocket
// through costs its patience once and not with every page.

import type { Platform } from './platform';
import type { TransportName } from './transport';

const REMEMBERED_MS = 3_600_000;
// How long a transport may take to its first `o`: behind the last rung there is nothing to go on to.
const PATIENCE_MS = 3_000;
const LAST_PATIENCE_MS = 10_000;

/** The rung of `names` to begin with: 0 unless a lower one is remembered. */
export function firstRung(platform: Platform, base: string, names: readonly TransportName[]): number {
  const [name, until] = (platform.recall(keyOf(base)) ?? '').split(' ');
  return Number(until) > platform.now() ? Math.max(0, names.indexOf(name as TransportName)) : 0;
}

/** `name` works with the server at `base`. */
export function keepName(platform: Platform, base: string, name: TransportName): void {
  platform.keep(keyOf(base), `${name} ${platform.now() + REMEMBERED_MS}`);
}

export function patienceMs(rung: number, names: readonly TransportName[]): number {
  return rung < names.length - 1 ? PATIENCE_MS : LAST_PATIENCE_MS;
}

function keyOf(base: string): string {
  return `tayori-transport ${new URL(base).origin}`;
}
