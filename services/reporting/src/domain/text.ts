/** Text as it is compared: without case, and without differences that nobody sees. */
export const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Names are also the same where only their spaces differ. */
export const foldedName = (name: string): string => folded(name).replaceAll(/\s+/gu, ' ');

/** By code units: the same order everywhere. */
export const byText = (left: string, right: string): number => Number(left > right) - Number(left < right);
