// Tally: numbered messages, and what a page that hears them has to say about their order. The page counts, so that
// thousands of them need not be fetched from it.

import type { Handlers } from '../../../clients/js/src/handlers';
import type { Opening } from './channel';
import type { Tab } from './engines';

export interface Tally {
  /** Each message below this one has come. */
  next: number;
  lost: number;
  repeated: number;
  /** Texts that are not what was sent. */
  changed: number;
  /** How often each callback has run. */
  readonly calls: Record<string, number>;
  /** Transports on which messages have come. */
  readonly transports: Record<string, number>;
}

declare global {
  var tally: Tally;
  var counting: Handlers;
}

const FILLING = 'かもめ"\n\r\n\\';
// Every fortieth is some 4 kB long, so that a cut is likely to fall into the middle of one.
const LONG_ONE_IN = 40;

export function textOf(number: number): string {
  return `${number} ${FILLING.repeat(number % LONG_ONE_IN === 0 ? 300 : number % 7)}`;
}

/** Gives the page its tally. */
export async function startCounting(tab: Tab): Promise<void> {
  await tab.run(
    ([filling, longOneIn]) => {
      globalThis.tally = { next: 0, lost: 0, repeated: 0, changed: 0, calls: {}, transports: {} };
      const count = (counts: Record<string, number>, name: string): void => {
        counts[name] = (counts[name] ?? 0) + 1;
      };
      const also = ({ data }: { data: string }): void => {
        const number = Number.parseInt(data, 10);
        const text = `${number} ${filling.repeat(number % longOneIn === 0 ? 300 : number % 7)}`;
        if (data !== text) tally.changed += 1;
        if (number < tally.next) tally.repeated += 1;
        if (number > tally.next) tally.lost += number - tally.next;
        tally.next = Math.max(tally.next, number + 1);
        count(tally.transports, socket.transport);
      };
      globalThis.counting = recorder({ onmessage: also }, {
        push: ([name]: [string]) => count(tally.calls, name),
      } as never);
    },
    [FILLING, LONG_ONE_IN] as const,
  );
}

/** Opens a socket that counts what it hears; one that is open already is closed. */
export async function openCounting(tab: Tab, opening: Opening): Promise<void> {
  await tab.run(({ token, ...options }) => {
    globalThis.socket?.close();
    globalThis.socket = new tayori.Channel(token, options).open(counting);
  }, opening);
}

export async function tallyOn(tab: Tab): Promise<Tally> {
  return tab.run(() => tally, undefined);
}
