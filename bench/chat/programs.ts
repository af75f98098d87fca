// The programs under measurement, as children with a data folder of their own.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_TIMEOUT_MS = 20_000;

/** Ended with this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

export class Program {
  private constructor(
    readonly name: string,
    readonly pid: number,
    private readonly child: ChildProcess,
    /** The addresses that it printed: "public", "internal". */
    readonly addresses: ReadonlyMap<string, string>,
  ) {}

  /** Runs until it has printed each of `awaited`. */
  static async start(
    path: string,
    args: readonly string[],
    variables: Record<string, string>,
    awaited: readonly string[],
  ): Promise<Program> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const child = spawn(path, [...args], {
      env: { PATH: process.env.PATH ?? '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const addresses = new Map<string, string>();
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const fail = () => reject(new Error(`${name} did not start: ${said}`));
      const timer = setTimeout(fail, START_TIMEOUT_MS);
      const read = (text: Buffer) => {
        if (addresses.size === awaited.length) return;
        said += String(text);
        for (const [, key = '', url = ''] of said.matchAll(/^(public|internal)\s+(http:\S+)\n/gm)) {
          if (awaited.includes(key)) addresses.set(key, url.replace(/\/$/, ''));
        }
        if (addresses.size < awaited.length) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('close', fail);
    });
    return new Program(name, child.pid ?? 0, child, addresses);
  }

  address(name: string): string {
    const found = this.addresses.get(name);
    if (found === undefined) throw new Error(`${this.name} has no ${name} address`);
    return found;
  }

  async stop(): Promise<void> {
    running.delete(this.child);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}

export interface House {
  readonly url: string;
  readonly folder: string;
  /** The chat first. */
  readonly programs: readonly Program[];
  close(): Promise<void>;
}

/** A chat with a fresh folder on loopback, on a Tayori of its own process when `separate`. */
export async function openHouse(root: string, separate: boolean): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-chat-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const programs: Program[] = [];
  const options = ['--public', '127.0.0.1:0', '--data', folder];
  if (separate) {
    const key = randomBytes(32).toString('hex');
    const tayori = await Program.start(
      process.env.TAYORI_BIN ?? `${root}/build/release/bin/tayori`,
      ['serve', '--public', '127.0.0.1:0', '--internal', '127.0.0.1:0'],
      { TAYORI_INTERNAL_API_KEY: key, TAYORI_TOKENS_KEY: randomBytes(32).toString('hex') },
      ['public', 'internal'],
    );
    programs.push(tayori);
    options.push('--tayori', tayori.address('internal'), '--tayori-key', key);
  }
  const chat = await Program.start(process.env.RETROCHAT_BIN ?? `${root}/build/release/bin/retrochat`, options, {}, [
    'public',
  ]);
  programs.unshift(chat);
  return {
    url: chat.address('public'),
    folder,
    programs,
    close: async () => {
      for (const program of programs) await program.stop();
    },
  };
}
