import { isUtf8 } from 'node:buffer';

/** What Windows-1252 has from 0x80 on, where Latin-1 has control characters; some versions of Node decode one as the other. */
const windowsSigns = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/**
 * The text of a file that says nothing of its encoding: UTF-16 by its mark, else UTF-8, else Windows-1252, in which
 * every byte is a character, so that nothing is lost.
 */
export function decodeText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const signOf = (control: string): string => windowsSigns.charAt(control.charCodeAt(0) - 0x80);
  return bytes.toString('latin1').replace(/[\x80-\x9f]/gu, signOf);
}
