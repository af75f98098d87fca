// XLike: a stand-in for X's authorization and user lookup, which refuses what X's documentation does not allow.
//
// Source: docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE" (confidential clients) and "Users lookup: me".

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Listener } from './provider';

const X_CLIENT = 'V1ROclFTMTRiVWhw';
const X_SECRET = '1NTpjaQ-RoKx3x5';

interface Asked {
  readonly challenge: string;
  readonly redirectUri: string;
}

export class XLike {
  user = { id: '2244994945', name: 'X Dev', username: 'XDevelopers' };
  /** What was wrong with requests, in order. */
  readonly complaints: string[] = [];
  #codes = new Map<string, Asked>();
  #tokens = new Set<string>();

  private constructor(private readonly listener: Listener) {
    listener.answer = (request, response) => void this.answer(request, response);
  }

  static async listen(): Promise<XLike> {
    return new XLike(await Listener.open());
  }

  get url(): string {
    return this.listener.url;
  }

  /** How a chat's file of providers names it. */
  get provider(): string {
    return `
[[provider]]
id = "x"
preset = "x"
authorize_url = "${this.url}/i/oauth2/authorize"
token_url = "${this.url}/2/oauth2/token"
userinfo_url = "${this.url}/2/users/me"
client_id = "${X_CLIENT}"
client_secret = "${X_SECRET}"
`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', this.url);
    if (request.method === 'GET' && address.pathname === '/i/oauth2/authorize') {
      return this.authorize(address.searchParams, response);
    }
    if (request.method === 'POST' && address.pathname === '/2/oauth2/token') return this.token(request, response);
    if (request.method === 'GET' && address.pathname === '/2/users/me') return this.me(request, response);
    this.refuse(response, 404, `there is no ${address.pathname}`);
  }

  private async authorize(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const wanted: Record<string, string> = {
      response_type: 'code',
      client_id: X_CLIENT,
      scope: 'users.read tweet.read',
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(wanted)) {
      if (query.get(name) !== value) return this.refuse(response, 400, `${name} is ${query.get(name)}`);
    }
    const redirectUri = query.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    const state = query.get('state') ?? '';
    if (state === '' || state.length > 500) return this.refuse(response, 400, 'state');
    const code = `code-${this.#codes.size + 1}`;
    this.#codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri });
    back.searchParams.set('state', state);
    back.searchParams.set('code', code);
    response.writeHead(302, { location: back.href }).end();
  }

  private async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const basic = `Basic ${Buffer.from(`${X_CLIENT}:${X_SECRET}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return this.refuse(response, 401, 'no Basic credentials');
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
      return this.refuse(response, 400, 'content type');
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const asked = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (!asked) return this.refuse(response, 400, 'unknown code');
    if (form.get('grant_type') !== 'authorization_code') return this.refuse(response, 400, 'grant type');
    if (verifier.length < 43 || challenge !== asked.challenge) return this.refuse(response, 400, 'verifier');
    if (form.get('redirect_uri') !== asked.redirectUri) return this.refuse(response, 400, 'redirect_uri');
    const token = `token-${this.#tokens.size + 1}`;
    this.#tokens.add(token);
    this.json(response, {
      token_type: 'bearer',
      expires_in: 7200,
      access_token: token,
      scope: 'users.read tweet.read',
    });
  }

  private async me(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.#tokens.has(token)) return this.refuse(response, 401, 'no bearer token');
    this.json(response, { data: this.user });
  }

  private json(response: ServerResponse, value: unknown): void {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  }

  private refuse(response: ServerResponse, status: number, why: string): void {
    this.complaints.push(why);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: why }));
  }
}
