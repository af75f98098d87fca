// RealProxy: a real nginx or HAProxy between the pages and what is behind it, by a configuration that works as it stands but
// for its three addresses: 8000, where browsers come in; 127.0.0.1:8080, the server; 127.0.0.1:3000, the application.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { answersOn, Child } from './child';
import { freePort } from './ports';

const ROOT = process.env.TAYORI_ROOT ?? '.';

/** The configurations that docs/how-to/run-behind-a-proxy.md shows. */
export const GOOD = { nginx: 'docs/how-to/proxies/nginx.conf', haproxy: 'docs/how-to/proxies/haproxy.cfg' } as const;

/** One of tests/networks/proxies. */
export const hostile = (name: string): string => `tests/networks/proxies/${name}`;

/** What a configuration of nginx is included by: as Debian's does, in one process and with all files in `folder`. */
const nginxFrame = (folder: string, server: string): string => `
  daemon off;
  master_process off;
  pid ${folder}/pid;
  error_log stderr warn;
  events {}
  http {
    access_log off;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    ${server}
  }`;

function replaceAll(text: string, [from, to]: readonly [RegExp, string], name: string): string {
  if (!from.test(text)) throw new Error(`${name} has no ${from}`);
  return text.replaceAll(from, to);
}

export class RealProxy {
  readonly #child: Child;
  readonly #port: number;

  private constructor(child: Child, port: number) {
    this.#child = child;
    this.#port = port;
  }

  /** `configuration` is a path in the tree; `server` and `application` are addresses such as http://127.0.0.1:8080/. */
  static async start(configuration: string, server: string, application: string): Promise<RealProxy> {
    const port = await freePort();
    const changes = [
      [/\blisten 8000\b/g, `listen 127.0.0.1:${port}`],
      [/\bbind :8000\b/g, `bind 127.0.0.1:${port}`],
      [/\b127\.0\.0\.1:8080\b/g, new URL(server).host],
      [/\b127\.0\.0\.1:3000\b/g, new URL(application).host],
    ] as const;
    const isNginx = configuration.endsWith('.conf');
    const text = changes
      .filter((_, i) => i !== (isNginx ? 1 : 0))
      .reduce(
        (sofar, change) => replaceAll(sofar, change, configuration),
        readFileSync(join(ROOT, configuration), 'utf8'),
      );
    const child = new Child(basename(configuration));
    const file = join(child.folder, 'configuration');
    writeFileSync(file, isNginx ? nginxFrame(child.folder, text) : text);
    const isReady = () => answersOn(port);
    if (isNginx) await child.start('/usr/sbin/nginx', ['-p', child.folder, '-e', 'stderr', '-c', file], isReady);
    else await child.start('/usr/sbin/haproxy', ['-db', '-f', file], isReady);
    return new RealProxy(child, port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  stop(): void {
    this.#child.stop();
  }
}
