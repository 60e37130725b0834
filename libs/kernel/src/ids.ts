import { createHash, randomUUID } from 'node:crypto';

const namespace = Buffer.from('9f1c86d2a5b44c0e8f0d3b7c1e6a5240', 'hex');

/** A fresh random id. */
export const newId = (): string => randomUUID();

/**
 * The UUIDv5 (RFC 9562, section 5.5) of a cause and its parts: the same input gives the same id for ever,
 * which is what makes a repeated append harmless.
 */
export function derivedId(cause: string, ...parts: readonly (string | number)[]): string {
  const digest = createHash('sha1')
    .update(namespace)
    .update(JSON.stringify([cause, ...parts]))
    .digest()
    .subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
