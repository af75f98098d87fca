// TayoriServer: the real server as a child process on ports of its own, and what a backend asks of it.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { signToken } from './tokens';

const START_TIMEOUT_MS = 20_000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

// What this process has started goes with it, however it ends.
const running = new Set<{ stop(): void }>();

process.once('exit', () => {
  for (const one of running) one.stop();
});
// Without these a signal ends the process past its exit hooks.
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

export class TayoriServer {
  readonly #child: Child;
  readonly #folder: string;
  readonly #apiKey: string;
  readonly #tokensKey: string;
  #publicUrl = '';
  #internalUrl = '';

  private constructor(settings: Record<string, string>) {
    this.#apiKey = randomBytes(32).toString('hex');
    this.#tokensKey = randomBytes(32).toString('hex');
    this.#folder = mkdtempSync(join(tmpdir(), 'tayori-browser-'));
    const program = process.env.TAYORI_BIN ?? 'build/release/bin/tayori';
    this.#child = spawn(program, ['serve', '--public', '127.0.0.1:0', '--internal', '127.0.0.1:0'], {
      cwd: this.#folder,
      env: {
        PATH: process.env.PATH,
        TAYORI_INTERNAL_API_KEY: this.#apiKey,
        TAYORI_TOKENS_KEY: this.#tokensKey,
        // Only an orderly leave can end a presence within a test.
        TAYORI_PRESENCE_GRACE_S: '600',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
  }

  /** `settings` are variables of the server's configuration. */
  static async start(settings: Record<string, string> = {}): Promise<TayoriServer> {
    const server = new TayoriServer(settings);
    await server.#ready();
    return server;
  }

  get publicUrl(): string {
    return this.#publicUrl;
  }

  /** What a backend's SDK reads from its environment to find this server. */
  get backendEnvironment(): Record<string, string> {
    return { TAYORI_URL: this.#internalUrl, TAYORI_API_KEY: this.#apiKey, TAYORI_PUBLIC_URL: this.#publicUrl };
  }

  async createChannel(clientId: string, durationMinutes = 120): Promise<string> {
    const answer = await this.call('create_channel', { client_id: clientId, duration_minutes: durationMinutes });
    return String(answer.token);
  }

  /** Answers how many sessions it went to. */
  async sendMessage(clientId: string, message: string): Promise<number> {
    const { sessions } = await this.call('send_message', { client_id: clientId, message });
    return Number(sessions);
  }

  async broadcast(message: string): Promise<void> {
    await this.call('broadcast', { message });
  }

  /** Any call of the backend API; what it answers, unless that is a problem. */
  async call(verb: string, body: object): Promise<Record<string, unknown>> {
    const answer = await fetch(new URL(`v1/${verb}`, this.#internalUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** The value of a metric that has no labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(new URL('metrics', this.#internalUrl))).text();
    const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(text) ?? [];
    if (value === undefined) throw new Error(`no metric ${name} in:\n${text}`);
    return Number(value);
  }

  /** A token of the backend's own making, good for `seconds`, over already when that is negative. */
  tokenFor(clientId: string, seconds: number): string {
    const now = Math.floor(Date.now() / 1000);
    return signToken(this.#tokensKey, { sub: clientId, iat: now - 60, exp: now + seconds, jti: randomUUID() });
  }

  stop(): void {
    running.delete(this);
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const { stdout, stderr } = this.#child;
    let said = '';
    let complaints = '';
    stderr.on('data', (text) => {
      complaints += String(text);
    });
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`tayori ${why}\n${said}${complaints}`));
      const timer = setTimeout(() => fail('did not get ready'), START_TIMEOUT_MS);
      this.#child.once('error', (error) => fail(error.message));
      this.#child.once('exit', (code) => fail(`ended with ${code}`));
      stdout.on('data', (text) => {
        said += String(text);
        const urls = new Map(
          [...said.matchAll(/^(public|internal)\s+(http:\S+)\n/gm)].map(([, who, url]) => [who, url]),
        );
        this.#publicUrl = urls.get('public') ?? '';
        this.#internalUrl = urls.get('internal') ?? '';
        if (!this.#publicUrl || !this.#internalUrl) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
