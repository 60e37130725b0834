/** Postgres's text form of an array whose items need no quotes; the driver would look for some in each of them. */
export const uuidList = (ids: readonly string[]): string => `{${ids.join(',')}}`;
