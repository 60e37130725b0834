import { HarmonyError } from '@harmony/contracts';

/** Bytes of UTF-8 that a pasted conversation may have. */
export const maximumTextBytes = 10_485_760;

const maximumTitleCharacters = 80;

/**
 * The bytes to store of a pasted text.
 * @throws HarmonyError MISSING_REQUIRED_FIELDS, EMPTY_TRANSCRIPT or PAYLOAD_TOO_LARGE.
 */
export function textBytes(text: string | null | undefined): Buffer {
  if (text === undefined || text === null) {
    throw new HarmonyError('MISSING_REQUIRED_FIELDS', {
      errors: [{ pointer: '/text', detail: 'The transcript is required.', code: 'MISSING_REQUIRED_FIELDS' }],
    });
  }
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) {
    throw new HarmonyError('EMPTY_TRANSCRIPT', {
      errors: [{ pointer: '/text', detail: 'The transcript holds no text.', code: 'EMPTY_TRANSCRIPT' }],
    });
  }
  const bytes = Buffer.from(text);
  if (bytes.length > maximumTextBytes) {
    throw new HarmonyError('PAYLOAD_TOO_LARGE', {
      detail: `The transcript has ${bytes.length} bytes; at most ${maximumTextBytes} are taken.`,
      errors: [{ pointer: '/text', detail: 'The transcript is too long.', code: 'PAYLOAD_TOO_LARGE' }],
    });
  }
  return bytes;
}

/** The title of a text that came without one: how it begins. */
export function titleOf(text: string): string {
  const line = /[^\s\p{C}][^\r\n\u2028\u2029]*/u.exec(text)?.[0].slice(0, 4 * maximumTitleCharacters) ?? '';
  const words = line
    .replace(/[\p{Cc}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (words.length <= maximumTitleCharacters) return words;
  const cut = words.slice(0, maximumTitleCharacters - 1);
  const space = cut.lastIndexOf(' ');
  const whole = (space > 0 ? cut.slice(0, space) : cut).replace(/\p{Surrogate}$/u, '');
  return `${whole}…`;
}
