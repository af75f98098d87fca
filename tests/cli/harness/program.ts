// The program `tayori` as its users meet it: run to its end, or kept running while a test talks to it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = process.env.TAYORI_BIN ?? 'build/release/bin/tayori';
const START_TIMEOUT_MS = 20_000;
const RUN_TIMEOUT_MS = 20_000;

/** Variables of the program; nothing else of ours reaches it. */
export type Variables = Readonly<Record<string, string>>;

export const KEYS: Variables = {
  TAYORI_INTERNAL_API_KEY: 'the-api-key-of-these-tests',
  TAYORI_TOKENS_KEY: 'a-key-of-thirty-two-bytes-or-more',
};
/** Ports that are free, whatever else runs here. */
export const ANY_PORTS = ['--public', '127.0.0.1:0', '--internal', '127.0.0.1:0'];

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tayori-cli-'));
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Where the program is run; files that a test writes here it finds by name. */
export const workingFolder = folder;

/** The program from its start to its end, with what it has said. */
class Run {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], variables: Variables) {
    this.child = spawn(PROGRAM, args, { cwd: folder, env: { PATH: process.env.PATH, ...variables } });
    running.add(this.child);
    this.child.stdout?.on('data', (text) => {
      this.stdout += String(text);
    });
    this.child.stderr?.on('data', (text) => {
      this.stderr += String(text);
    });
    this.ended = once(this.child, 'close').then(([code]) => {
      running.delete(this.child);
      return { code: code as number | null, stdout: this.stdout, stderr: this.stderr };
    });
  }
}

/** Runs the program with `input` on its standard input, to its end. */
export async function tayori(args: readonly string[], variables: Variables = {}, input = ''): Promise<Ended> {
  const run = new Run(args, variables);
  // A program that does not read its input may be gone before this is written.
  run.child.stdin?.on('error', () => undefined);
  run.child.stdin?.end(input);
  const timer = setTimeout(() => run.child.kill('SIGKILL'), RUN_TIMEOUT_MS);
  const ended = await run.ended;
  clearTimeout(timer);
  return ended;
}

/** The program while it serves. */
export class Serving {
  readonly #run: Run;
  readonly publicUrl: string;
  readonly internalUrl: string;

  private constructor(run: Run, urls: Map<string, string>) {
    this.#run = run;
    this.publicUrl = urls.get('public') ?? '';
    this.internalUrl = urls.get('internal') ?? '';
  }

  /** Starts it, and waits for the two lines that say where it listens. */
  static async start(args: readonly string[], variables: Variables = {}): Promise<Serving> {
    const run = new Run(args, variables);
    const urls = await new Promise<Map<string, string>>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`tayori ${why}\n${run.stdout}${run.stderr}`));
      const timer = setTimeout(() => fail('did not get ready'), START_TIMEOUT_MS);
      run.child.once('error', (error) => fail(error.message));
      run.child.once('close', (code) => fail(`ended with ${code}`));
      run.child.stdout?.on('data', () => {
        const found = new Map<string, string>();
        for (const [, who = '', url = ''] of run.stdout.matchAll(/^(public|internal)\s+(http:\S+)\n/gm)) {
          found.set(who, url);
        }
        if (found.size < 2) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
    return new Serving(run, urls);
  }

  /** What it has said on standard output so far. */
  get stdout(): string {
    return this.#run.stdout;
  }

  get ended(): Promise<Ended> {
    return this.#run.ended;
  }

  /** Waits until standard output has a text that matches. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#run.stdout)) await once(this.#run.child.stdout ?? this.#run.child, 'data');
  }

  /** Waits until standard error has a text that matches, and gives all it has said there. */
  async logs(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#run.stderr)) await once(this.#run.child.stderr ?? this.#run.child, 'data');
    return this.#run.stderr;
  }

  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGKILL'): void {
    this.#run.child.kill(name);
  }

  /** Ends it, however it likes it. */
  async stop(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** The variables with which the client commands find it. */
  get clientVariables(): Variables {
    return { TAYORI_URL: this.internalUrl, TAYORI_API_KEY: KEYS.TAYORI_INTERNAL_API_KEY ?? '' };
  }
}
