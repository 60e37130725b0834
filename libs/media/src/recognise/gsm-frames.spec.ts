import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isGsm } from './gsm-frames.js';

const framed = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => (at % 33 === 0 ? 0xd0 | (byte & 0x0f) : byte));

describe('raw GSM', () => {
  it('is known by how each of its frames begins, whatever follows', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 165, maxLength: 4_000 }), (bytes) => isGsm(framed(bytes))));
  });

  it('is not seen in a file with one frame that begins otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 165, maxLength: 1_650 }), fc.nat(4), (bytes, frame) => {
        const wrong = framed(bytes);
        wrong[frame * 33] = 0x50;
        expect(isGsm(wrong)).toBe(false);
      }),
    );
  });

  it('is not seen in a few bytes', () => {
    expect(isGsm(framed(new Uint8Array(164)))).toBe(false);
  });
});
