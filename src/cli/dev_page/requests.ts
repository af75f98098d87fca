// What this page asks of its backend, which is `tayori dev` itself: a token to open a channel with, and to send.

/** What a page needs to open its channel, and to show how to reach it. */
export interface OpenedChannel {
  readonly client_id: string;
  readonly token: string;
  /** Where a backend sends messages. */
  readonly send_url: string;
}

export interface Sent {
  readonly cursor: string;
  /** How many pages it was handed to at once. */
  readonly sessions: number;
}

export type Receiver = { readonly client_id: string } | { readonly everyone: true };

export function openChannel(clientId: string): Promise<OpenedChannel> {
  return post('/dev/channel', { client_id: clientId });
}

export function send(to: Receiver, message: string): Promise<Sent> {
  return post('/dev/send', { ...to, message });
}

/** Throws an Error with a sentence for the user. */
async function post<Answer>(path: string, body: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error('The server does not answer. Is `tayori dev` still running?');
  }
  if (response.ok) return response.json();
  const problem: { detail?: string } = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? `The server answered ${response.status}.`);
}
