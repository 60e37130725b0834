/** Makes `pg` give rows as arrays of the server's own text: the fastest shape, and no value is guessed at. */
export const textRows = { rowMode: 'array', types: { getTypeParser: () => (text: string) => text } } as const;

/** Items of a Postgres array in text form whose items need no quotes: numbers and plain words. */
export const listItems = (text: string): string[] => text.slice(1, -1).split(',');

/** Fields of a Postgres record in text form, under the same condition; an absent value is the empty text. */
export const recordFields = listItems;
