const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Anything else cannot be an id of ours, and must not reach a uuid column. */
export const isUuid = (text: string): boolean => uuid.test(text);
