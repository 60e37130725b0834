import type { Envelope } from './envelope.js';
import { isPlainTime, isPlainUuid } from './plain-text.js';

/** An envelope as its fields, not yet known to be right. */
type Unchecked = { readonly [Field in keyof Envelope]?: unknown };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * True for an envelope written in the usual way, which the schema then accepts as well. Asking it is several
 * times cheaper, and a replay asks for every event. False decides nothing: the schema has the last word.
 */
export function isPlainEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId }: Unchecked = value;
  return (
    isPlainUuid(id) &&
    isText(type) &&
    Number.isSafeInteger(version) &&
    Number(version) > 0 &&
    isPlainTime(occurredAt) &&
    isPlainUuid(workspaceId) &&
    isPlainActor(actor) &&
    isText(correlationId) &&
    isText(causationId)
  );
}

function isPlainActor(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id }: { readonly kind?: unknown; readonly id?: unknown } = value;
  return (kind === 'USER' || kind === 'SYSTEM' || kind === 'API_KEY') && isText(id);
}
