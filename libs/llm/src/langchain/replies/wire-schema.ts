import { z } from 'zod';

type JsonObject = Readonly<Record<string, unknown>>;

/** What only some providers take; replies are checked against all of it afterwards. */
const unsent = new Set([
  ...['$schema', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'pattern', 'format', 'default'],
]);

const made = new WeakMap<z.ZodType, JsonObject>();

/** The JSON schema of what a model writes, in the subset that every provider takes: all fields are there, no others. */
export function wireSchema(schema: z.ZodType): JsonObject {
  const wire = made.get(schema) ?? (simplify(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })) as JsonObject);
  made.set(schema, wire);
  return wire;
}

function simplify(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(simplify);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key, value]) => !unsent.has(key) || isNamedField(value));
  const simple = Object.fromEntries(entries.map(([key, value]) => [key, simplify(value)]));
  return simple['type'] === 'object' ? { ...simple, additionalProperties: false } : simple;
}

/** A field of a reply that happens to be called like a keyword. */
const isNamedField = (value: unknown): boolean => typeof value === 'object' && value !== null && 'type' in value;
