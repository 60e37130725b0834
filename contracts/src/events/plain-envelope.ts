import type { Envelope } from './envelope.js';

const lowerCaseUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Days that every month has, so that the calendar needs no asking. */
const plainTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** An envelope as its fields, not yet known to be right. */
type Unchecked = { readonly [Field in keyof Envelope]?: unknown };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isUuid = (value: unknown): value is string => typeof value === 'string' && lowerCaseUuid.test(value);

/**
 * True for an envelope written in the usual way, which the schema then accepts as well. Asking it is several
 * times cheaper, and a replay asks for every event. False decides nothing: the schema has the last word.
 */
export function isPlainEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type, version, occurredAt, workspaceId, actor, correlationId, causationId }: Unchecked = value;
  return (
    isUuid(id) &&
    isText(type) &&
    Number.isSafeInteger(version) &&
    Number(version) > 0 &&
    typeof occurredAt === 'string' &&
    plainTime.test(occurredAt) &&
    isUuid(workspaceId) &&
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
