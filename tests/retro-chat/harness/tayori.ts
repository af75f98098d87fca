// Tayori: `tayori serve` as a child, for chats that stand on a separate one. It keeps its addresses when it is started again.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';

const PROGRAM = process.env.TAYORI_BIN ?? 'build/release/bin/tayori';
const START_TIMEOUT_MS = 20_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const newKey = () => randomBytes(32).toString('hex');

export class Tayori {
  readonly key = newKey();
  #tokensKey = newKey();
  #child: ChildProcess | undefined;
  #public = '127.0.0.1:0';
  #internal = '127.0.0.1:0';

  static async start(): Promise<Tayori> {
    const tayori = new Tayori();
    await tayori.start();
    return tayori;
  }

  get publicUrl(): string {
    return `http://${this.#public}`;
  }

  /** Where backends ask. */
  get url(): string {
    return `http://${this.#internal}`;
  }

  async start(): Promise<void> {
    const args = ['serve', '--public', this.#public, '--internal', this.#internal];
    const env = { PATH: process.env.PATH, TAYORI_INTERNAL_API_KEY: this.key, TAYORI_TOKENS_KEY: this.#tokensKey };
    const child = spawn(PROGRAM, args, { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    running.add(child);
    const addresses = await addressesOf(child);
    this.#public = addresses.public;
    this.#internal = addresses.internal;
  }

  /** Ends it at once, as a power cut does; its log is lost. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    running.delete(child);
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** From the next start on it takes none of the tokens that it made. */
  changeTokensKey(): void {
    this.#tokensKey = newKey();
  }

  /** Takes connections and answers nothing, until resume(). */
  hang(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }
}

async function addressesOf(child: ChildProcess): Promise<{ public: string; internal: string }> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`tayori did not start: ${said}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    child.once('close', fail);
    child.stderr?.on('data', (text) => {
      said += String(text);
    });
    child.stdout?.on('data', (text) => {
      said += String(text);
      const found = new Map(
        [...said.matchAll(/^(public|internal)\s+http:\/\/([^/\s]+)/gm)].map(([, who, at]) => [who, at]),
      );
      const [pages, backends] = [found.get('public'), found.get('internal')];
      if (!pages || !backends) return;
      clearTimeout(timer);
      resolve({ public: pages, internal: backends });
    });
  });
}
