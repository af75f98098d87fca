// The page of `tayori dev`: opens a channel as any page would, and shows everything that comes of it.

import type { Handlers } from '../../../clients/js/src/handlers';
import { EventList } from './event_list';
import { type OpenedChannel, openChannel, send } from './requests';

/** What jsapi brings, as far as it is used here. */
interface Socket extends Handlers {
  readonly cursor: string;
  readonly transport: string;
  close(): void;
}
declare const goog: { appengine: { Channel: new (token: string) => { open(handlers: Handlers): Socket } } };

/** What `tayori dev` sends to its pages when somebody comes or goes. */
interface Presence {
  readonly tayori_presence: 'connected' | 'disconnected';
  readonly client_id: string;
}

const element = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
};

const state = element('state');
const toggle = element<HTMLButtonElement>('toggle');
const events = new EventList(element('events'), element('nothing'));
const clientId = new URLSearchParams(location.search).get('client_id') || 'you';

let socket: Socket | undefined;

function showState(name: 'waiting' | 'open' | 'reconnecting' | 'closed', text: string): void {
  state.dataset.state = name;
  state.textContent = text;
}

function showCursor(): void {
  if (!socket) return; // what stands there tells how far the closed one has come
  element('cursor').textContent = socket.cursor || '–';
  element('transport').textContent = socket.transport;
}

function presenceIn(data: string): Presence | undefined {
  if (!data.startsWith('{"tayori_presence":')) return undefined;
  try {
    return JSON.parse(data) as Presence;
  } catch {
    return undefined;
  }
}

const handlers: Handlers = {
  onopen: () => {
    showState('open', 'open');
    events.add('channel', 'onopen');
  },
  onmessage: ({ data }) => {
    const presence = presenceIn(data);
    if (presence) events.add('presence', presence.tayori_presence, presence.client_id);
    else events.add('message', 'onmessage', data);
  },
  onerror: ({ code, description }) => events.add('trouble', 'onerror', `${code} ${description}`),
  onclose: () => {
    socket = undefined;
    showState('closed', 'closed');
    toggle.textContent = 'Open a new channel';
    events.add('channel', 'onclose');
  },
  ongap: ({ from, to }) => events.add('trouble', 'ongap', `nothing is held from ${from} to ${to}`),
  onreconnecting: ({ attempt, delay_ms }) => {
    showState('reconnecting', 'reconnecting …');
    events.add('channel', 'onreconnecting', `attempt ${attempt} in ${(delay_ms / 1000).toFixed(1)} s`);
  },
  onreconnected: ({ recovered }) => {
    showState('open', 'open');
    events.add('channel', 'onreconnected', recovered ? 'nothing was missed' : 'messages were missed');
  },
};

/** The same handlers, each of which shows afterwards where the page now stands in the log. */
function withCursor(): Handlers {
  const shown: Record<string, (event: never) => void> = {};
  for (const [name, handler] of Object.entries(handlers)) {
    shown[name] = (event) => {
      (handler as (event: never) => void)(event);
      showCursor();
    };
  }
  return shown as Handlers;
}

// In single quotes, which sh passes on as they are; one inside ends the quotes, stands escaped, and begins them anew.
const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function showChannel(channel: OpenedChannel): void {
  const body = JSON.stringify({ client_id: channel.client_id, message: 'hello' });
  element('client-id').textContent = channel.client_id;
  element('to-client').textContent = channel.client_id;
  element('curl').textContent =
    `curl ${channel.send_url} \\\n  -H 'Content-Type: application/json' \\\n  -d ${shellQuoted(body)}`;
}

async function open(): Promise<void> {
  toggle.disabled = true;
  showState('waiting', 'asking for a token …');
  try {
    const channel = await openChannel(clientId);
    showChannel(channel);
    showState('waiting', 'opening …');
    socket = new goog.appengine.Channel(channel.token).open(withCursor());
    toggle.textContent = 'Close the channel';
  } catch (error) {
    showState('closed', 'closed');
    toggle.textContent = 'Try again';
    events.add('trouble', 'no channel', (error as Error).message);
  }
  toggle.disabled = false;
}

async function submit(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form);
  const sent = element('sent');
  try {
    const everyone = fields.get('to') === 'everyone';
    const answer = await send(everyone ? { everyone } : { client_id: clientId }, String(fields.get('message')));
    const pages = answer.sessions === 1 ? '1 page' : `${answer.sessions} pages`;
    sent.textContent = answer.sessions === 0 ? 'Sent. It waits for a page that comes.' : `Sent to ${pages}.`;
  } catch (error) {
    sent.textContent = (error as Error).message;
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const line = element('curl');
  try {
    await navigator.clipboard.writeText(line.textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    // Without the right to the clipboard the line is at least selected.
    getSelection()?.selectAllChildren(line);
    button.textContent = 'Selected';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
}

toggle.addEventListener('click', () => (socket ? socket.close() : void open()));
element('clear').addEventListener('click', () => events.clear());
element('copy').addEventListener('click', (event) => void copy(event.currentTarget as HTMLButtonElement));
element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  void submit(event.currentTarget as HTMLFormElement);
});
if (clientId !== 'you') {
  const second = element<HTMLAnchorElement>('second');
  second.href = '/';
  second.textContent = 'Open another page, as you';
}
void open();
