/** Letters and digits in lower case: what two spellings of a name share. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Parts of a name: at spaces, hyphens, and where a capital begins inside a word. */
const partsOf = (name: string): string[] =>
  name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[\s\-‐‑.&/]+/u)
    .filter((part) => part !== '');

/** A name as people write it: any case, with or without its spaces and hyphens, as a possessive or a plural. */
export function namePattern(name: string): RegExp {
  const parts = partsOf(name).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('[\\s\\-‐‑.&/]*')}(?:['’]s?|s['’]?|es)?(?![\\p{L}\\p{N}])`, 'giu');
}

/** How many letters have to change to make one word of another; `limit + 1` stands for more than the limit. */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= right.length; other += 1) {
      const change = (row[other - 1] ?? 0) + (left[at - 1] === right[other - 1] ? 0 : 1);
      next.push(Math.min(change, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? limit + 1;
}

/** Letters that sound alike are written alike; double letters once. */
const sound = (key: string): string =>
  key
    .replace(/ph/g, 'f')
    .replace(/ck|q|c(?![eiyh])/g, 'k')
    .replace(/[zx]|c(?=[eiy])/g, 's')
    .replace(/y/g, 'i')
    .replace(/w/g, 'v')
    .replace(/(.)\1+/g, '$1');

/** Whether speech to text may have made one name of the other: long names, the same beginning, hardly a letter off. */
export function soundsLike(heard: string, name: string): boolean {
  const [left, right] = [nameKey(heard), nameKey(name)];
  if (Math.min(left.length, right.length) < 6 || left[0] !== right[0]) return false;
  const limit = right.length >= 9 ? 2 : 1;
  return distance(left, right, limit) <= limit || distance(sound(left), sound(right), 1) <= (right.length >= 8 ? 1 : 0);
}
