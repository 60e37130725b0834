const time = String.raw`(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?`;
const untilEnd = String.raw`(?:\s*(?:-->|→|–|-)\s*${time})?`;

/** `[00:01:23]`, `(1:23.5)`, `[00:01 - 00:04]` */
const bracketed = new RegExp(String.raw`^[[(]\s*${time}${untilEnd}\s*[\])]`);
/** The same without brackets, where something else shows that it is no time of day. */
const bare = new RegExp(`^${time}${untilEnd}(?=\\s|$)`);

/** Where in the recording something was said, in milliseconds from its start. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number | null;
}

export interface Timestamp {
  readonly span: TimeSpan;
  /** Characters that it takes. */
  readonly length: number;
  readonly bracketed: boolean;
}

/** Reads the timestamp that a text begins with. */
export function readTimestamp(text: string): Timestamp | undefined {
  const match = bracketed.exec(text) ?? bare.exec(text);
  if (!match) return undefined;
  const startMs = milliseconds(match.slice(1, 5));
  const end = match[6] === undefined ? null : milliseconds(match.slice(5, 9));
  const span = { startMs, endMs: end !== null && end >= startMs ? end : null };
  return { span, length: match[0].length, bracketed: /^[[(]/.test(match[0]) };
}

function milliseconds([hours, minutes, seconds, fraction = '']: readonly (string | undefined)[]): number {
  const whole = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}
