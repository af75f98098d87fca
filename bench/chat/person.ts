// Person: somebody in the room: one session, one page with its channel, one kept connection for what they say.

import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { Channel, type ChannelEvents } from './web_socket';

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const REQUEST_TIMEOUT_MS = 30_000;

/** What the room's page brings. */
interface RoomPage {
  readonly formToken: string;
  readonly channelToken: string;
  readonly last: number;
  /** The channel's WebSocket. */
  readonly socket: string;
}

function attribute(page: string, pattern: RegExp): string {
  const found = pattern.exec(page)?.[1];
  if (found === undefined) throw new Error(`the room's page has no ${pattern}`);
  return found;
}

/** As a browser does who reads it; `url` is the page's own address. */
export function readRoomPage(page: string, url: string): RoomPage {
  const script = attribute(page, /<script src="([^"]*)jsapi"/);
  return {
    formToken: attribute(page, /name="form_token" value="([^"]+)"/),
    channelToken: attribute(page, /name="channel_token" value="([^"]+)"/),
    last: Number(attribute(page, /data-last="(\d+)"/)),
    socket: new URL(`${script}ws`, url).href,
  };
}

export class Person {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private cookie = '';
  private path = '';
  private formToken = '';
  private channel: Channel | undefined;

  constructor(
    readonly handle: string,
    private readonly url: string,
  ) {}

  async signUp(): Promise<void> {
    const reply = await this.send('POST', '/sign-up', { handle: this.handle, passphrase: 'a few words in a row' });
    this.cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    if (reply.status !== 303 || !this.cookie) throw new Error(`sign-up: ${reply.status} ${reply.text}`);
  }

  /** Opens a room; answers its path. */
  async openRoom(name: string): Promise<string> {
    const home = await this.send('GET', '/');
    const formToken = attribute(home.text, /name="form_token" value="([^"]+)"/);
    const reply = await this.send('POST', '/rooms/new', { form_token: formToken, name });
    const path = reply.headers.location;
    if (reply.status !== 303 || !path) throw new Error(`a new room: ${reply.status} ${reply.text}`);
    return path;
  }

  /** Opens the room's page and its channel; answers the number of the last event that the page has. */
  async enter(path: string, events: ChannelEvents, entered: (last: number) => void): Promise<void> {
    const reply = await this.send('GET', path);
    if (reply.status !== 200) throw new Error(`${this.handle} was not let in: ${reply.status} ${reply.text}`);
    const page = readRoomPage(reply.text, this.url);
    this.path = path;
    this.formToken = page.formToken;
    entered(page.last);
    this.channel = await Channel.open(page.socket, page.channelToken, events);
  }

  /** Answers the status. */
  async say(line: string): Promise<number> {
    const fields = { form_token: this.formToken, line };
    return (await this.send('POST', `${this.path}/speak`, fields, 'application/json')).status;
  }

  close(): void {
    this.channel?.close();
    this.agent.destroy();
  }

  private send(method: string, path: string, fields?: Record<string, string>, accept = 'text/html'): Promise<Reply> {
    const body = fields ? new URLSearchParams(fields).toString() : '';
    const headers: Record<string, string> = { Accept: accept, 'Accept-Language': 'en' };
    if (this.cookie) headers.Cookie = this.cookie;
    if (fields) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    if (fields) headers['Content-Length'] = String(Buffer.byteLength(body));
    return new Promise((resolve, reject) => {
      const options = { method, agent: this.agent, headers, timeout: REQUEST_TIMEOUT_MS };
      const sent = request(new URL(path, this.url), options, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
