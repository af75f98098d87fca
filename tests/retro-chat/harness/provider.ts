// OpenIdHouse: the certified oidc-provider on this machine, which people can sign in at.
//
// It listens before the chat is started, since the chat's file names it; it opens once it knows where the chat is.

import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';

export const CLIENT = 'retro-chat';
export const SECRET = 'a client secret: with a colon & more'.replaceAll(' ', '_');

/** A server on a free port whose answers may be decided later. */
export class Listener {
  readonly url: string;
  answer: RequestListener = (_, response) => response.writeHead(503).end();

  private constructor(server: Server) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => this.answer(request, response));
    // Scenes that are left out must not keep the run from ending.
    server.unref();
  }

  static async open(): Promise<Listener> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Listener(server);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'retro-chat-providers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** The name of a file with `toml` in it. */
export function providersFile(toml: string): string {
  files += 1;
  const file = join(folder, `providers-${files}.toml`);
  writeFileSync(file, toml);
  return file;
}

export interface Resident {
  readonly sub: string;
  readonly preferred_username?: string;
}

export class OpenIdHouse {
  /** Who is in front of it: whoever comes next is taken for them. `undefined` says no to everything. */
  visitor: Resident | undefined;
  #residents = new Map<string, Resident>();

  private constructor(
    private readonly listener: Listener,
    private readonly algorithm: 'ES256' | 'RS256',
  ) {}

  static async listen(algorithm: 'ES256' | 'RS256'): Promise<OpenIdHouse> {
    return new OpenIdHouse(await Listener.open(), algorithm);
  }

  get issuer(): string {
    return this.listener.url;
  }

  /** Lets people through to `chat`, where this house is called `id`. Fresh keys and sessions each time. */
  openFor(chat: string, id: string): void {
    const provider = this.provider(`${chat}/sign-in/with/${id}/callback`);
    const callback = provider.callback();
    this.listener.answer = (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return callback(request, response);
      this.interact(provider, request, response).catch((error) => response.writeHead(500).end(String(error)));
    };
  }

  close(): void {
    this.listener.answer = (_, response) => response.writeHead(503).end();
  }

  private provider(redirectUri: string): Provider {
    return new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_basic',
          id_token_signed_response_alg: this.algorithm,
        },
      ],
      jwks: { keys: [freshKey('ES256'), freshKey('RS256')] },
      pkce: { required: () => true },
      cookies: { keys: ['for tests'] },
      features: { devInteractions: { enabled: false } },
      claims: { openid: ['sub'], profile: ['preferred_username'] },
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
      findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => this.#residents.get(sub) }),
    });
  }

  private async interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const finish = (result: Record<string, unknown>) => provider.interactionFinished(request, response, result);
    if (!this.visitor) return finish({ error: 'access_denied' });
    if (prompt.name === 'login') {
      this.#residents.set(this.visitor.sub, this.visitor);
      return finish({ login: { accountId: this.visitor.sub } });
    }
    const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: params.client_id ?? '' });
    grant.addOIDCScope(params.scope ?? '');
    return finish({ consent: { grantId: await grant.save() } });
  }
}

function freshKey(alg: 'ES256' | 'RS256') {
  const { privateKey } =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg}-${Math.random()}` };
}
