import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ProviderKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** Requests for keys so far. */
  readonly fetches: () => number;
  /** Makes a key and publishes it beside the others. */
  addKey(kid: string, algorithm?: string): Promise<ProviderKey>;
  withdrawKey(kid: string): void;
  /** What the next answers look like. */
  answer(how: 'well' | 'with an error' | 'with nonsense'): void;
  sign(key: ProviderKey, claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** An OpenID Connect provider on the loopback interface, as far as a resource server sees one. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = new Map<string, ProviderKey>();
  let mode: 'well' | 'with an error' | 'with nonsense' = 'well';
  let fetches = 0;
  const server = createServer((request, response) => {
    if (mode === 'with an error') return void response.writeHead(503).end();
    response.setHeader('Content-Type', 'application/json');
    if (mode === 'with nonsense') return void response.end('<html>');
    if (request.url === '/.well-known/openid-configuration') {
      return void response.end(JSON.stringify({ issuer, jwks_uri: jwksUrl }));
    }
    fetches += 1;
    return void response.end(JSON.stringify({ keys: [...keys.values()].map(({ publicJwk }) => publicJwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwksUrl = `${issuer}/keys`;
  return {
    issuer,
    jwksUrl,
    fetches: () => fetches,
    addKey: async (kid, algorithm = 'RS256') => {
      const { privateKey, publicKey } = await generateKeyPair(algorithm);
      const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
      const key = { kid, algorithm, privateKey, publicJwk };
      keys.set(kid, key);
      return key;
    },
    withdrawKey: (kid) => void keys.delete(kid),
    answer: (how) => void (mode = how),
    sign: (key, claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.kid, ...header }).sign(key.privateKey),
    close: () => new Promise((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
