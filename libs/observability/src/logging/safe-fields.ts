import { safeError } from './safe-error.js';
import { scrub } from './scrub.js';

/** Facts beside a message: ids, names of our own things, counts, durations. An error goes under `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Names under which people put what must not be logged. */
const forbidden =
  /pass(word|phrase)|secret|token|authori[sz]ation|cookie|credential|api-?key|e-?mail|phone|address|transcript|^(text|body|content|payload|data|turns|headers|query|variables|sql|parameters|name|firstName|lastName)$/i;

/**
 * Lets scalars and lists of scalars through, errors by their safe fields, and requests by method and path. Other
 * objects are left out whole: a record that somebody logs in passing is exactly what must not appear.
 */
export function safeFields(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safeField(name, value)]));
}

function safeField(name: string, value: unknown): unknown {
  if (value instanceof Error || name === 'error' || name === 'err') return safeError(value);
  if (forbidden.test(name)) return '[withheld]';
  if (name === 'request' || name === 'req') return safeRequest(value);
  return Array.isArray(value) ? value.slice(0, 50).map(safeScalar) : safeScalar(value);
}

function safeScalar(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) return '[withheld]';
  return value;
}

function safeRequest(value: unknown): unknown {
  const { method, url } = (value ?? {}) as { method?: unknown; url?: unknown };
  const path = typeof url === 'string' ? scrub(url.split('?')[0] ?? '') : undefined;
  return { method: typeof method === 'string' ? method : undefined, path };
}
