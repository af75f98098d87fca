// Child: a program of someone else's that runs in a folder of its own while the test does.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until';

const START_LIMIT_MS = 20_000;

const running = new Set<Child>();

// tayori_server.ts sees to it that signals come by here.
process.once('exit', () => {
  for (const child of running) child.stop();
});

/** Whether someone listens there. */
export async function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    const tell = (good: boolean): void => {
      probe.destroy();
      resolve(good);
    };
    probe.on('connect', () => tell(true)).on('error', () => tell(false));
  });
}

export class Child {
  readonly #folder: string;
  #process: ChildProcess | undefined;
  #said = '';

  constructor(name: string) {
    this.#folder = mkdtempSync(join(tmpdir(), `tayori-${name}-`));
    running.add(this);
  }

  /** Where it may write; goes away with it. */
  get folder(): string {
    return this.#folder;
  }

  /** What it has written to its standard output and error. */
  get said(): string {
    return this.#said;
  }

  /** Starts the program, and waits until `isReady`. What it has said is shown when that does not come. */
  async start(
    program: string,
    options: readonly string[],
    isReady: () => Promise<boolean> | boolean,
    environment: Record<string, string> = {},
  ): Promise<this> {
    const child = spawn(program, options, {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, HOME: this.#folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    let end: string | undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        this.#said += String(text);
      });
    }
    child.once('error', (error) => {
      end = error.message;
    });
    child.once('exit', (code, signal) => {
      end = `ended with ${code ?? signal}`;
    });
    try {
      await until('that it is ready', async () => end !== undefined || (await isReady()), START_LIMIT_MS);
      if (end !== undefined) throw new Error(end);
    } catch (problem) {
      this.stop();
      throw new Error(`${program}: ${problem}\n${this.#said}`);
    }
    return this;
  }

  stop(): void {
    running.delete(this);
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
