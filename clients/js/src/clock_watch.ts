// watchClock: notices that the machine has slept, or that the browser has stopped the page for a while.
//
// No event says so everywhere. But the wall clock goes on meanwhile and timers do not, so a tick comes late.

import type { Platform } from './platform';

const TICK_MS = 5_000;

/** Calls `onJump` whenever a tick comes more than another one late, until the answer is called. */
export function watchClock(platform: Platform, onJump: () => void): () => void {
  let cancel: () => void;
  const tick = (): void => {
    const due = platform.now() + TICK_MS;
    cancel = platform.after(TICK_MS, () => {
      tick();
      if (platform.now() - due > TICK_MS) onJump();
    });
  };
  tick();
  return () => cancel();
}
