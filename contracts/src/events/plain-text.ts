/** 1 for each character code of a lower-case hexadecimal digit. */
const isDigit = new Uint8Array(128);
for (const digit of '0123456789abcdef') isDigit[digit.charCodeAt(0)] = 1;

/** How many of the characters are lower-case hexadecimal digits; not a number where one is beyond ASCII. */
function countDigits(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) count += isDigit[text.charCodeAt(index)] ?? Number.NaN;
  return count;
}

const variants = '89ab';

/** A UUID in lower case. Digit by digit, since a replay asks three times an event, and an expression takes twice as long. */
export function isPlainUuid(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== 36 || countDigits(value) !== 32) return false;
  const dashes = value[8] === '-' && value[13] === '-' && value[18] === '-' && value[23] === '-';
  const [version = '', variant = ''] = [value[14], value[19]];
  return dashes && version >= '1' && version <= '8' && variants.includes(variant);
}

/** Days that every month has, so that the calendar needs no asking. */
const plainTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** A time in UTC as `toISOString` writes it. */
export const isPlainTime = (value: unknown): value is string => typeof value === 'string' && plainTime.test(value);
