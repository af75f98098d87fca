// Messages are sent all the time while the network does what networks do: none is lost, none comes twice, and the page
// counts as present throughout.
//
// The faults are drawn by chance; the seed is told, and TAYORI_NETWORKS_SEED brings the same ones back.

import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { TayoriServer } from '../browser/harness/tayori_server';
import { Application } from './harness/application';
import { type Transport, visit } from './harness/channel';
import { type Engine, type EngineName, startEngine, type Tab } from './harness/engines';
import { apply, drawFault } from './harness/faults';
import { Gate, type Kind } from './harness/gate';
import { PresenceWatch } from './harness/presence_watch';
import { Chance, howToReplay } from './harness/random';
import { openCounting, startCounting, tallyOn, textOf } from './harness/tally';
import { pause, until } from './harness/until';

/** What there has to be at least. */
interface Measure {
  readonly faults: number;
  readonly messages: number;
}

const FULL: Measure = { faults: 75, messages: 5_000 };
const SHORT: Measure = { faults: 20, messages: 1_000 };
const TIMEOUT_MS = 240_000;

const LONGEST_PAUSE_MS = 6;
// One fault in so many comes without waiting for the page to recover from the one before.
const HASTY_ONE_IN = 4;
const LONGEST_HASTE_MS = 400;
const CHANGE_MS = 3_000;

const LADDERS: readonly [readonly Transport[], ...ReadonlyArray<readonly Transport[]>] = [
  ['websocket'],
  ['sse'],
  ['poll'],
  ['websocket', 'sse', 'poll'],
];

const SHUT_OUT: readonly [readonly Kind[], ...ReadonlyArray<readonly Kind[]>] = [[], ['ws'], ['sse'], ['ws', 'sse']];

const SETTINGS = {
  TAYORI_SESSION_HEARTBEAT_S: '1',
  // Longer than any fault with what comes after it, so that presence has to hold.
  TAYORI_PRESENCE_GRACE_S: '10',
  // Nothing is ever too old here: a gap would be an honest answer, but not the one looked for.
  TAYORI_LOG_HISTORY_MESSAGES: '1000000',
  TAYORI_SERVER_LOOPS: '2',
};

const engines = new Map<EngineName, Engine>();
let application: Application;

before(async () => {
  for (const name of ['chromium', 'firefox', 'webkit'] as const) engines.set(name, await startEngine(name));
  application = await Application.start();
});

after(async () => {
  for (const engine of engines.values()) await engine.stop();
  application?.stop();
});

class Run {
  readonly #name: string;
  readonly #chance: Chance;
  readonly #server: TayoriServer;
  readonly #gate: Gate;
  readonly #tab: Tab;
  readonly faults: Record<string, number> = {};
  sent = 0;
  changes = 0;
  #over = false;

  private constructor(name: string, server: TayoriServer, gate: Gate, tab: Tab) {
    this.#name = name;
    this.#chance = new Chance(name);
    this.#server = server;
    this.#gate = gate;
    this.#tab = tab;
  }

  static async with(
    engineName: EngineName,
    name: string,
    play: (run: Run, server: TayoriServer, tab: Tab) => Promise<void>,
  ): Promise<void> {
    const engine = engines.get(engineName);
    assert.ok(engine);
    const server = await TayoriServer.start(SETTINGS);
    const gate = await Gate.start(server.publicUrl);
    const tab = await engine.tab();
    try {
      await visit(tab, application.url);
      await startCounting(tab);
      // Shorter waits before a retry: the faults come faster here than in life.
      await tab.run(() => {
        const real = Math.random;
        Math.random = () => real() / 50;
      }, undefined);
      await play(new Run(name, server, gate, tab), server, tab);
    } finally {
      await tab.close();
      gate.stop();
      server.stop();
    }
  }

  async open(transports: readonly Transport[]): Promise<void> {
    const token = await this.#server.createChannel(this.#name);
    await openCounting(this.#tab, { token, transports, url: new URL('_ah/channel/', this.#gate.url).href });
  }

  /** Sends, faults and changes until there were enough of them; answers once the page has heard everything. */
  async play({ faults, messages }: Measure, isChanging: boolean): Promise<void> {
    const others = [this.#send(), ...(isChanging ? [this.#change()] : [])];
    try {
      while (this.#faultsSoFar() < faults || this.sent < messages) await this.#fault();
    } finally {
      this.#over = true;
      await Promise.all(others);
    }
    await this.#heard(this.sent);
  }

  #faultsSoFar(): number {
    return Object.values(this.faults).reduce((sum, count) => sum + count, 0);
  }

  async #fault(): Promise<void> {
    const fault = drawFault(this.#chance);
    this.faults[fault.kind] = (this.faults[fault.kind] ?? 0) + 1;
    await apply(this.#gate, fault);
    if (this.#chance.between(1, HASTY_ONE_IN) === 1) await pause(this.#chance.between(0, LONGEST_HASTE_MS));
    else await this.#heard(this.sent + 1); // the one that is on its way may have passed before the fault
  }

  async #heard(count: number): Promise<void> {
    try {
      await until(`message ${count}`, async () => (await tallyOn(this.#tab)).next >= count);
    } catch (problem) {
      const facts = { tally: await tallyOn(this.#tab), faults: this.faults, lines: this.#gate.lines };
      throw new Error(`${problem}; ${JSON.stringify(facts)}; ${howToReplay}`);
    }
  }

  async #send(): Promise<void> {
    const chance = new Chance(`${this.#name}, pauses`);
    while (!this.#over) {
      await this.#server.sendMessage(this.#name, textOf(this.sent));
      this.sent += 1;
      await pause(chance.between(0, LONGEST_PAUSE_MS));
    }
  }

  async #change(): Promise<void> {
    const chance = new Chance(`${this.#name}, transports`);
    while (!this.#over) {
      await pause(chance.between(CHANGE_MS / 2, CHANGE_MS));
      const ladder = chance.of(LADDERS);
      // Only who has another way can do without one.
      this.#gate.shutOut(ladder.length > 1 ? chance.of(SHUT_OUT) : []);
      await this.open(ladder);
      this.changes += 1;
    }
  }
}

function judge(it: TestContext, run: Run, { calls, transports, ...tally }: Awaited<ReturnType<typeof tallyOn>>): void {
  const told = JSON.stringify({ ...tally, faults: run.faults, changes: run.changes, calls, transports });
  it.diagnostic(`${told} ${howToReplay}`);
  assert.deepEqual(tally, { next: run.sent, lost: 0, repeated: 0, changed: 0 }, howToReplay);
  assert.equal(calls.ongap ?? 0, 0);
  assert.equal(calls.onerror ?? 0, 0);
}

describe('faults', { concurrency: true }, () => {
  for (const transport of ['websocket', 'sse', 'poll'] as const) {
    test(transport, { timeout: TIMEOUT_MS }, (it) =>
      Run.with('chromium', transport, async (run, server, tab) => {
        await run.open([transport]);
        await until('presence', async () => (await server.metric('tayori_clients_present')) === 1);
        const watch = new PresenceWatch(server);
        await run.play(FULL, false).finally(() => watch.stop());
        judge(it, run, await tallyOn(tab));
        assert.deepEqual(
          { clients: watch.clients, most: watch.sessions.most },
          { clients: { least: 1, most: 1 }, most: 1 },
        );
        await tab.run(() => socket.close(), undefined);
        await until('absence', async () => (await server.metric('tayori_clients_present')) === 0);
        await until('no session', async () => (await server.metric('tayori_sessions')) === 0);
      }),
    );
  }

  for (const [engineName, measure] of [
    ['chromium', FULL],
    ['firefox', SHORT],
    ['webkit', SHORT],
  ] as const) {
    test(`a page that changes its transport, in ${engineName}`, { timeout: TIMEOUT_MS }, (it) =>
      Run.with(engineName, `changing in ${engineName}`, async (run, server, tab) => {
        await run.open(LADDERS[0]);
        await run.play(measure, true);
        judge(it, run, await tallyOn(tab));
        await until('one session', async () => (await server.metric('tayori_sessions')) === 1);
      }),
    );
  }
});
