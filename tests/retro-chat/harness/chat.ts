// Chat: the program retrochat as a child, with a data folder of its own.
//
// With RETROCHAT_TAYORI=separate in the environment each stands on a Tayori beside it, in the place of the one inside.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tayori } from './tayori';

const PROGRAM = process.env.RETROCHAT_BIN ?? 'build/release/bin/retrochat';
/** Whether chats stand on a separate Tayori in this run. */
export const IS_SEPARATE = process.env.RETROCHAT_TAYORI === 'separate';
const START_TIMEOUT_MS = 20_000;
/** Options for scenes about being gone: the ten seconds of real life are there for pages that reload on slow machines. */
export const SOON_GONE = ['--leave-after', '1000'];

const running = new Set<ChildProcess>();
const folders: string[] = [];
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export class Chat {
  #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
    readonly folder: string,
    /** What was printed on starting. */
    readonly greeting: string,
    private readonly options: readonly string[],
    /** The one it stands on, unless that is inside. */
    readonly tayori: Tayori | undefined,
  ) {
    this.#child = child;
  }

  static async start(options: readonly string[] = []): Promise<Chat> {
    const folder = mkdtempSync(join(tmpdir(), 'retro-chat-'));
    folders.push(folder);
    const tayori = IS_SEPARATE ? await Tayori.start() : undefined;
    const all = tayori ? ['--tayori', tayori.url, '--tayori-key', tayori.key, ...options] : options;
    const { child, url, greeting } = await launch('127.0.0.1:0', folder, all);
    return new Chat(child, url, folder, greeting, all, tayori);
  }

  /** Stops the program, does `meanwhile`, and starts it again at the same address with the same data. */
  async restart(meanwhile: () => void = () => undefined, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#end(signal);
    meanwhile();
    this.#child = (await launch(new URL(this.url).host, this.folder, this.options)).child;
  }

  /** Makes all tokens void that pages have, by another key and a restart of what signs them. */
  async changeTokensKey(): Promise<void> {
    if (!this.tayori) return this.restart(() => rmSync(join(this.folder, 'tokens.key')));
    this.tayori.changeTokensKey();
    await this.tayori.restart();
  }

  /** Answers the exit code, which is null when a signal ended it. */
  async stop(): Promise<number | null> {
    const code = await this.#end('SIGTERM');
    await this.tayori?.kill();
    return code;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    await closed;
    running.delete(this.#child);
    return this.#child.exitCode;
  }
}

/** Runs the program to its end. */
export function run(args: readonly string[]) {
  return spawnSync(PROGRAM, args, { encoding: 'utf8', timeout: START_TIMEOUT_MS, env: environment() });
}

/** Without what would tell the program of another Tayori. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TAYORI_')));
}

async function launch(listen: string, folder: string, options: readonly string[]) {
  const args = ['--public', listen, '--data', folder, ...options];
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  running.add(child);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`retrochat did not start: ${said}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    child.once('close', fail);
    child.stderr.on('data', (text) => {
      said += String(text);
    });
    child.stdout.on('data', (text) => {
      said += String(text);
      const found = /^public\s+(http:\S+)/m.exec(said);
      if (!found?.[1] || !said.includes('Ctrl-C')) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
  });
  return { child, url, greeting: said };
}
