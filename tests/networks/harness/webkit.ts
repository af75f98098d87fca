// WebKit: Debian's WebKitGTK with its own small browser, driven by plain WebDriver calls, on a display without a screen.
//
// Source: https://www.w3.org/TR/webdriver2/

import { answersOn, Child } from './child';
import type { Engine, Tab } from './engines';
import { freePort } from './ports';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

function callsTo(base: string): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${base}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
}

class WebKitTab implements Tab {
  readonly #call: Call;
  #hasStarted = false;

  constructor(call: Call) {
    this.#call = call;
  }

  async goto(url: string): Promise<void> {
    await this.#call('POST', '/url', { url });
    // One session serves all tabs, one after the other: what an earlier one has remembered is none of this one's.
    if (!this.#hasStarted) await this.run(() => localStorage.clear(), undefined);
    this.#hasStarted = true;
  }

  async back(): Promise<void> {
    await this.#call('POST', '/back', {});
  }

  async run<Given, Answer>(task: (given: Given) => Answer | Promise<Answer>, given: Given): Promise<Answer> {
    const script = `const [given, done] = arguments;
      Promise.resolve(given).then(${task}).then((answer) => done({ answer }), (error) => done({ error: String(error) }));`;
    const result = await this.#call('POST', '/execute/async', { script, args: [given ?? null] });
    const { answer, error } = result as { answer: Answer; error?: string };
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** Leaving the page is to it what closing the tab is. */
  async close(): Promise<void> {
    await this.#call('POST', '/url', { url: 'about:blank' });
  }
}

export async function startWebKit(): Promise<Engine> {
  const display = new Child('xvfb');
  const driver = new Child('webkit');
  const port = await freePort();
  await display.start('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], () =>
    /^\d+$/m.test(display.said),
  );
  await driver.start('/usr/bin/WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], () => answersOn(port), {
    DISPLAY: `:${display.said.trim()}`,
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
    NO_AT_BRIDGE: '1',
  });
  const root = `http://127.0.0.1:${port}/session`;
  const options = { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } };
  const session = await callsTo(root)('POST', '', { capabilities: { alwaysMatch: options } });
  const call = callsTo(`${root}/${(session as { sessionId: string }).sessionId}`);
  return {
    name: 'webkit',
    tab: async () => new WebKitTab(call),
    tabs: () => Promise.reject(new Error('this small driver has one tab')),
    stop: async () => {
      await call('DELETE', '').catch(() => undefined);
      driver.stop();
      display.stop(); // a browser that is left over ends with its display
    },
  };
}
