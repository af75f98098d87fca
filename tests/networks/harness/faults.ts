// Faults: what befalls a network, drawn by chance and laid on a gate.

import type { Direction, Gate } from './gate';
import type { Chance } from './random';
import { pause } from './until';

type Kind = 'cut' | 'reset' | 'stall' | 'delay' | 'refuse' | 'hold' | 'truncate';

// Some come twice, so that they are drawn twice as often.
const KINDS: readonly [Kind, ...Kind[]] = [
  ...(['cut', 'cut', 'reset', 'reset', 'truncate', 'truncate'] as const),
  ...(['stall', 'delay', 'refuse', 'hold'] as const),
];

export interface Fault {
  readonly kind: Kind;
  readonly direction: Direction;
  readonly lastsMs: number;
  readonly bytes: number;
}

// With a heartbeat of 1 s the longer ones are taken for a lost connection, the shorter ones pass unnoticed.
const LONGEST_MS = 1_800;
const LONGEST_REFUSAL_MS = 900;
const MOST_BYTES = 6_000;

export function drawFault(chance: Chance): Fault {
  const kind = chance.of(KINDS);
  return {
    kind,
    direction: chance.of(['up', 'down', 'both']),
    lastsMs: chance.between(20, kind === 'refuse' ? LONGEST_REFUSAL_MS : LONGEST_MS),
    bytes: chance.between(1, MOST_BYTES),
  };
}

/** Lays `fault` on `gate`; answers when it is over. */
export async function apply(gate: Gate, { kind, direction, lastsMs, bytes }: Fault): Promise<void> {
  if (kind === 'cut') gate.cut();
  else if (kind === 'reset') gate.reset();
  else if (kind === 'truncate') gate.truncate(bytes);
  else {
    const lay = {
      stall: (on: boolean) => gate.stall(direction, on),
      delay: (on: boolean) => gate.delay(on ? lastsMs / 4 : 0),
      hold: (on: boolean) => gate.hold(on),
      refuse: (on: boolean) => gate.refuse(on),
    }[kind];
    await lay(true);
    if (kind === 'refuse') gate.cut();
    await pause(lastsMs);
    await lay(false);
  }
}
