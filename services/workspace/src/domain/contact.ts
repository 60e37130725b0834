import { HarmonyError, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';

export type ContactData = EventDataOf<'ContactAdded'>;

/** A contact's own stream says one of three things about it. */
export type Contact =
  { readonly is: 'unknown' } | { readonly is: 'removed' } | { readonly is: 'known'; readonly data: ContactData };

export function contactFrom(events: Iterable<Pick<HarmonyEvent, 'type' | 'data'>>): Contact {
  let contact: Contact = { is: 'unknown' };
  for (const { type, data } of events) {
    if (type === 'ContactAdded' || type === 'ContactChanged') contact = { is: 'known', data: data as ContactData };
    if (type === 'ContactRemoved') contact = { is: 'removed' };
  }
  return contact;
}

export function addContact(contact: Contact, data: ContactData): Fact[] {
  return contact.is === 'unknown' ? [fact('ContactAdded', data)] : [];
}

/** @throws HarmonyError NOT_FOUND. */
export function changeContact(contact: Contact, change: Partial<Omit<ContactData, 'contactId'>>): Fact[] {
  if (contact.is !== 'known') throw new HarmonyError('NOT_FOUND');
  const after = { ...contact.data, ...change };
  return JSON.stringify(after) === JSON.stringify(contact.data) ? [] : [fact('ContactChanged', after)];
}

/** @throws HarmonyError NOT_FOUND for one who never was; removing twice is harmless. */
export function removeContact(contact: Contact, contactId: string): Fact[] {
  if (contact.is === 'unknown') throw new HarmonyError('NOT_FOUND');
  return contact.is === 'known' ? [fact('ContactRemoved', { contactId })] : [];
}
