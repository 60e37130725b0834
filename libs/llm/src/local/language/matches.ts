/**
 * Every match, as `matchAll` finds them, with the pattern itself: `matchAll` makes a copy of it for each text, which V8
 * has to compile again when a collection has cleared its cache of patterns.
 *
 * @param pattern with the flag `g`, of which nothing is not a match
 */
export function matchesIn(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) matches.push(match);
  return matches;
}
