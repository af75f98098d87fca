// Ports for listeners whose number has to be known before they listen, or that stop listening and begin again.
//
// They lie below the range from which the kernel takes the near ends of connections (32768 and up), so that nobody is
// given one of them meanwhile.

import { once } from 'node:events';
import { createServer } from 'node:net';

const LOWEST = 20_000;
const HIGHEST = 32_767;
const TRIES = 100;

const given = new Set<number>();

async function isFree(port: number): Promise<boolean> {
  const listener = createServer();
  try {
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    listener.close();
  }
}

/** A port of 127.0.0.1 that is free and was not given before in this process. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found from ${LOWEST} to ${HIGHEST}`);
}
