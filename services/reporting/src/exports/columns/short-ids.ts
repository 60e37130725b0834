/** The first 8 characters of each id, or as many more as it takes to tell them apart. */
export function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
  for (let length = 8; ; length += 4) {
    const short = new Map(ids.map((id) => [id, id.slice(0, length)]));
    if (new Set(short.values()).size === new Set(ids).size) return short;
  }
}
