import { HarmonyError, type EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { refusal } from './lookups.js';
import type { Workspace } from './workspace.js';

/** @throws HarmonyError NAME_TAKEN for a key that the target has already, INVALID_INPUT for options that do not fit the type. */
export function defineCustomField(workspace: Workspace, field: EventDataOf<'CustomFieldDefined'>): Fact[] {
  if (workspace.customFields.has(field.customFieldId)) return [];
  const taken = [...workspace.customFields.values()].some(
    ({ target, key }) => target === field.target && key === field.key,
  );
  if (taken) throw refusal('NAME_TAKEN', '/key');
  const options = [...new Set(field.options)];
  if ((field.type === 'SELECT') !== options.length > 0) {
    const detail = field.type === 'SELECT' ? 'A SELECT field needs options.' : 'Only a SELECT field has options.';
    throw new HarmonyError('INVALID_INPUT', { detail, errors: [{ pointer: '/options', detail }] });
  }
  return [fact('CustomFieldDefined', { ...field, options })];
}

/** Values that records have already stay in the log, but are no longer checked. @throws HarmonyError NOT_FOUND. */
export function removeCustomField(workspace: Workspace, customFieldId: string): Fact[] {
  if (!workspace.customFields.has(customFieldId)) throw new HarmonyError('NOT_FOUND');
  return [fact('CustomFieldRemoved', { customFieldId })];
}
