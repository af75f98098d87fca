// The page most tests run on, and what they do there.

import type { Page } from 'playwright-core';
import type { Channel, ChannelOptions } from '../../../clients/js/src/channel';
import type { Handlers } from '../../../clients/js/src/handlers';
import type { ReadyState, Socket } from '../../../clients/js/src/socket';
import type { Scene } from './scene';

export type Heard = [name: string, event: unknown];

declare global {
  var goog: {
    appengine: {
      Channel: new (token: string, options?: ChannelOptions) => Channel;
      Socket: typeof Socket & { ReadyState: typeof ReadyState; POLLING_TIMEOUT_MS: number };
    };
  };
  /** Each callback that has run, in order. */
  var heard: Heard[];
  var socket: Socket;
  /** Handlers that write down what they hear, each followed by the one of `also`. */
  var recorder: (also?: Handlers, into?: Heard[]) => Handlers;
}

/** Gives a page `heard` and `recorder`. */
export const RECORDER = `
  var heard = [];
  function recorder(also, into) {
    var handlers = {};
    'onopen onmessage onerror onclose ongap onreconnecting onreconnected onsendfailed'.split(' ').forEach(function (name) {
      handlers[name] = function (event) {
        (into || heard).push([name, event]);
        if (also && also[name]) also[name].call(this, event);
      };
    });
    return handlers;
  }`;

/** A page with the script in it, and `head` before that. */
export function html(head = ''): string {
  return `<!doctype html><meta charset="utf-8"><title>Test</title>${head}
    <script src="/_ah/channel/jsapi"></script><body><script>${RECORDER}</script>`;
}

/** Goes to the page. */
export async function visit({ app, page }: Scene, body = html()): Promise<void> {
  await page.goto(app.serve(body));
}

/** Opens a socket that writes down what it hears. */
export async function open(page: Page, token: string): Promise<void> {
  await page.evaluate((given) => {
    globalThis.socket = new goog.appengine.Channel(given).open(recorder());
  }, token);
}

/** Opens a page of its own beside the first, on a channel of the client id by this token, or by a usual one. */
export async function openBeside(it: Scene, token?: string): Promise<Page> {
  const page = await it.context.newPage();
  await visit({ ...it, page });
  await open(page, token ?? (await it.server.createChannel(it.clientId)));
  return page;
}

/** Waits until `count` callbacks called `name` have run. */
export async function hear(page: Page, name: string, count = 1): Promise<void> {
  await page.waitForFunction(([wanted, least]) => heard.filter(([heardName]) => heardName === wanted).length >= least, [
    name,
    count,
  ] as const);
}

export async function heardOn(page: Page): Promise<Heard[]> {
  return page.evaluate(() => heard);
}

/** The data of all messages so far. */
export async function messagesOn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    heard.filter(([name]) => name === 'onmessage').map(([, event]) => (event as { data: string }).data),
  );
}

/** Waits until a message sent now has been heard, and with it all that was under way; leaves no trace in `heard`. */
export async function settle({ server, page, clientId }: Scene): Promise<void> {
  const last = `settled ${Math.random()}`;
  await server.sendMessage(clientId, last);
  await page.waitForFunction((data) => {
    const place = heard.findIndex(([, event]) => (event as { data?: string }).data === data);
    return place >= 0 && heard.splice(place, 1);
  }, last);
}
