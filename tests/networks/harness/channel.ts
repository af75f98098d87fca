// What tests do with a channel on a tab.

import type * as Tayori from '../../../clients/js/src/index';
import type { Heard } from '../../browser/harness/page';
import type { Tab } from './engines';
import { until } from './until';

declare global {
  var tayori: typeof Tayori;
}

export type Transport = 'websocket' | 'sse' | 'poll';

export interface Opening {
  readonly token: string;
  /** The server's routes, when they are not on the page's own host. */
  readonly url?: string;
  /** The ladder; by default the client's own. */
  readonly transports?: readonly Transport[];
}

/** Goes to the test page on the host at `origin`. */
export async function visit(tab: Tab, origin: string): Promise<void> {
  await tab.goto(new URL('page', origin).href);
  await until('the module', () => tab.run(() => Boolean(globalThis.tayori), undefined));
}

/** Opens a socket that writes down what it hears. */
export async function open(tab: Tab, opening: Opening): Promise<void> {
  await tab.run(({ token, ...options }) => {
    globalThis.socket = new tayori.Channel(token, options).open(recorder());
  }, opening);
}

export async function heardOn(tab: Tab): Promise<Heard[]> {
  return tab.run(() => heard, undefined);
}

/** Waits until `count` callbacks called `name` have run. */
export async function hear(tab: Tab, name: string, count = 1): Promise<void> {
  const times = (): Promise<number> =>
    tab.run((wanted) => heard.filter(([heardName]) => heardName === wanted).length, name);
  try {
    await until(`${count} of ${name}`, async () => (await times()) >= count);
  } catch (problem) {
    const events = JSON.stringify(await heardOn(tab));
    throw new Error(`${problem}; heard: ${events.slice(-1000)}`);
  }
}

/** The data of all messages so far. */
export async function messagesOn(tab: Tab): Promise<string[]> {
  return (await heardOn(tab))
    .filter(([name]) => name === 'onmessage')
    .map(([, event]) => (event as { data: string }).data);
}

export async function transportOn(tab: Tab): Promise<string> {
  return tab.run(() => socket.transport, undefined);
}

export async function close(tab: Tab): Promise<void> {
  await tab.run(() => socket.close(), undefined);
  await hear(tab, 'onclose');
}
