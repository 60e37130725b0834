import { describe, expect, it } from '@jest/globals';
import { sha256OfDigest } from './receive-part.js';

const hex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const base64 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

describe('the checksum header of a part', () => {
  it.each([`sha-256=:${base64}:`, `sha-512=:AAAA:, sha-256=:${base64}:`, ` sha-256=:${base64}: , md5=:AAAA:`])(
    'is read from %j',
    (header) => expect(sha256OfDigest(header)).toBe(hex),
  );

  it('may be absent', () => expect(sha256OfDigest(undefined)).toBeUndefined());

  it.each(['', hex, `sha-256=${base64}`, 'sha-256=:AAAA:', 'sha-512=:AAAA:', `xsha-256=:${base64}:`])(
    'is refused when it cannot be checked: %j',
    (header) => expect(() => sha256OfDigest(header)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' })),
  );
});
