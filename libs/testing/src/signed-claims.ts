import { createPublicKey, verify } from 'node:crypto';

type Json = Readonly<Record<string, unknown>>;

/** A public key as a JSON Web Key Set has it. */
type Key = Readonly<Record<'kid' | 'kty' | 'crv' | 'x', string>>;

const json = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;

/**
 * What a compact JWS by Ed25519 says, checked by nothing but the published keys, as somebody would who has no part of
 * Harmony at hand. @throws Error for one that none of the keys has signed
 */
export function signedClaims(jws: string, keys: readonly Key[]): { readonly header: Json; readonly claims: Json } {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const { kid } = json(header);
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) throw new Error('No published key has this id.');
  const { kty, crv, x } = jwk;
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  const isSigned = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  if (!isSigned) throw new Error('The key that it names has not signed this.');
  return { header: json(header), claims: json(payload) };
}
