import { validateCustomFields, type DirectoryCustomField } from '@harmony/access';
import type { EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { Conversation, Properties } from '../domain/conversation.js';
import { normalisedTags } from '../domain/tags.js';
import type { PropertyChanges } from './property-changes.js';

type Changes = Omit<EventDataOf<'ConversationChanged'>, 'conversationId'>;

/**
 * One event with what really changes; none when all is so already.
 * @throws HarmonyError UNKNOWN_CUSTOM_FIELD, INVALID_CUSTOM_FIELD_VALUE or MISSING_REQUIRED_FIELDS
 */
export function decideChanges(
  { id, properties }: Conversation,
  changes: PropertyChanges,
  fields: readonly DirectoryCustomField[],
): Fact[] {
  const wanted = Object.entries(wantedBy(changes, properties, fields));
  const before: Readonly<Record<string, unknown>> = { ...properties };
  const really = wanted.filter(([name, value]) => !isDeepStrictEqual(value, before[name] ?? null));
  if (really.length === 0) return [];
  return [fact('ConversationChanged', { conversationId: id, ...(Object.fromEntries(really) as Changes) })];
}

function wantedBy(changes: PropertyChanges, properties: Properties, fields: readonly DirectoryCustomField[]): Changes {
  const { title, medium, teamId, contactId, ownerId, tags, customFields, startedAt } = changes;
  return {
    ...(title !== undefined && { title }),
    ...(medium !== undefined && { medium }),
    ...(teamId !== undefined && { teamId: lowerCase(teamId) }),
    ...(contactId !== undefined && { contactId: lowerCase(contactId) }),
    ...(ownerId !== undefined && { ownerId: ownerId.toLowerCase() }),
    ...(tags !== undefined && { tags: normalisedTags(tags ?? []) }),
    ...(customFields !== undefined && { customFields: mergedFields(properties.customFields, customFields, fields) }),
    ...(startedAt !== undefined && { startedAt: startedAt && new Date(startedAt).toISOString() }),
  };
}

const lowerCase = (id: string | null): string | null => id && id.toLowerCase();

/** Values of custom fields that the workspace has removed go away with the next change. */
function mergedFields(
  before: Properties['customFields'],
  changes: PropertyChanges['customFields'],
  fields: readonly DirectoryCustomField[],
): Record<string, unknown> {
  const known = new Set(fields.map(({ key }) => key));
  const kept = changes ? Object.entries(before).filter(([key]) => known.has(key)) : [];
  return validateCustomFields(fields, { ...Object.fromEntries(kept), ...changes });
}
