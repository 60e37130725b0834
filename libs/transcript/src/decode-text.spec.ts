import { expect, it } from '@jest/globals';
import { decodeText } from './decode-text.js';

it.each([
  ['UTF-8', Buffer.from('Zoë 你好 👋')],
  ['UTF-16, little end first', Buffer.from('\uFEFFZoë 你好 👋', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\uFEFFZoë 你好 👋', 'utf16le').swap16()],
])('text is read from %s', (_title, bytes) => {
  expect(decodeText(bytes)).toBe('Zoë 你好 👋');
});

it('bytes that are no UTF-8 are read as Windows-1252, and none is lost', () => {
  expect(decodeText(Buffer.from([0x5a, 0x6f, 0xeb, 0x20, 0x80, 0x93, 0x81]))).toBe('Zoë €“\u0081');
});
