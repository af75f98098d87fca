// Stand-ins for what a browser gives a page: whether it is in sight, notifications, sound, and a channel that a test speaks through.

import type { Page } from 'playwright-core';

export interface Signals {
  permission: NotificationPermission;
  /** What the person answers when asked. */
  answer: NotificationPermission;
  asked: number;
  notified: string[];
  /** The tones that sounded, in hertz. */
  tones: number[];
  /** Whether the browser lets the page sound already. */
  audible: boolean;
  outOfSight: boolean;
  waiting: (() => void)[];
}
declare global {
  var signals: Signals;
  var feed: (message: object) => void;
}

/** To be called before the page is opened. */
export async function watchSignals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const told: Signals = {
      // Browsers remember it.
      permission: (sessionStorage.getItem('permission') ?? 'default') as NotificationPermission,
      answer: 'granted',
      asked: 0,
      notified: [],
      tones: [],
      audible: true,
      outOfSight: false,
      waiting: [],
    };
    window.signals = told;
    Object.defineProperty(document, 'visibilityState', { get: () => (told.outOfSight ? 'hidden' : 'visible') });
    class TellingNotification {
      static get permission() {
        return told.permission;
      }
      static async requestPermission() {
        told.asked += 1;
        told.permission = told.answer;
        sessionStorage.setItem('permission', told.permission);
        return told.permission;
      }
      constructor(title: string, options: { body: string }) {
        told.notified.push(`${title}: ${options.body}`);
      }
    }
    const node = () => ({ connect: node });
    class TellingAudio {
      // Each beep finds the one before it ended.
      currentTime = 0;
      destination = {};
      resume() {
        this.currentTime += 10;
        return new Promise<void>((resolve) => {
          if (told.audible) resolve();
          else told.waiting.push(resolve);
        });
      }
      createGain() {
        return { gain: { value: 0 }, connect: node };
      }
      createOscillator() {
        const frequency = { value: 0 };
        return { type: '', frequency, connect: node, start: () => told.tones.push(frequency.value), stop: node };
      }
    }
    Object.assign(window, { Notification: TellingNotification, AudioContext: TellingAudio });
  });
}

/** Takes the page out of sight, or back. */
export async function putOutOfSight(page: Page, outOfSight: boolean): Promise<void> {
  await page.evaluate((is) => {
    signals.outOfSight = is;
    document.dispatchEvent(new Event('visibilitychange'));
  }, outOfSight);
}

/** A channel that opens at once and brings what `feed` is called with in the page. */
export async function feedByHand(page: Page): Promise<void> {
  const script = `
    window.goog = { appengine: { Channel: class {
      open() {
        const socket = { renew() {}, close() {} };
        window.feed = (message) => socket.onmessage({ data: JSON.stringify(message) });
        queueMicrotask(() => socket.onopen());
        return socket;
      }
    } } };`;
  await page.route('**/jsapi', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
}

/** How many nodes change in the page while it is fed `messages`: added, removed, or altered in place. */
export function nodesTouchedBy(page: Page, messages: readonly object[]): Promise<number> {
  return page.evaluate((all) => {
    const sizeOf = (node: Node) => 1 + (node instanceof Element ? node.querySelectorAll('*').length : 0);
    const watch = new MutationObserver(() => undefined);
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const message of all) feed(message);
    const records = watch.takeRecords();
    watch.disconnect();
    return records
      .map(({ type, addedNodes, removedNodes }) => {
        if (type !== 'childList') return 1;
        return [...addedNodes, ...removedNodes].reduce((sum, node) => sum + sizeOf(node), 0);
      })
      .reduce((sum, count) => sum + count, 0);
  }, messages);
}
