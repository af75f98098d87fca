// Tokens as a backend makes its own: HS256 under the server's key.

import { createHash, createHmac } from 'node:crypto';

export interface TokenClaims {
  readonly sub: string;
  readonly exp: number;
  readonly iat?: number;
  readonly jti?: string;
  readonly cur?: string;
}

export function signToken(key: string, claims: TokenClaims): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const kid = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
