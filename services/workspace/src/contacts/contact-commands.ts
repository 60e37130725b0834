import {
  causeOf,
  requirePermission,
  requirePrincipal,
  validateCustomFields,
  type Directory,
  type RequestContext,
} from '@harmony/access';
import { lineOfText, parseInput } from '@harmony/api';
import { HarmonyError, streams, type Action } from '@harmony/contracts';
import { derivedId, type Clock, type Fact } from '@harmony/kernel';
import { CLOCK, DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CommandRunner } from '../commands/command-runner.js';
import { customFieldValues, email, given } from '../commands/input.js';
import { addContact, changeContact, contactFrom, removeContact, type Contact } from '../domain/contact.js';

const newContact = z.object({
  name: lineOfText(200),
  email: email.nullable().default(null),
  company: lineOfText(200).nullable().default(null),
  customFields: customFieldValues.nullish(),
});
export type NewContactInput = z.input<typeof newContact>;

const change = z.object({
  name: lineOfText(200).optional(),
  email: email.nullish(),
  company: lineOfText(200).nullish(),
  customFields: customFieldValues.optional(),
});
export type ContactChange = z.input<typeof change>;

/** Each contact has a stream of its own. Each command returns the contact's id. */
@Injectable()
export class ContactCommands {
  constructor(
    private readonly runner: CommandRunner,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async add(request: RequestContext, input: NewContactInput): Promise<string> {
    const workspaceId = this.authorise(request, 'create');
    const contact = parseInput(newContact, input);
    const customFields = await this.checked(workspaceId, contact.customFields ?? {});
    const contactId = derivedId(request.commandId, 'contact');
    const data = { ...contact, contactId, customFields };
    return this.run(request, contactId, (before) => addContact(before, data));
  }

  async change(request: RequestContext, contactId: string, input: ContactChange): Promise<string> {
    const workspaceId = this.authorise(request, 'update');
    const wanted = given(parseInput(change, input));
    if (wanted.customFields) wanted.customFields = await this.checked(workspaceId, wanted.customFields);
    return this.run(request, contactId, (before) => changeContact(before, wanted));
  }

  async remove(request: RequestContext, contactId: string): Promise<string> {
    this.authorise(request, 'delete');
    return this.run(request, contactId, (before) => removeContact(before, contactId));
  }

  private authorise(request: RequestContext, action: Action): string {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'contacts', action, 'all');
    return principal.workspaceId;
  }

  private async run(
    request: RequestContext,
    contactId: string,
    decide: (contact: Contact) => readonly Fact[],
  ): Promise<string> {
    if (!z.uuid().safeParse(contactId).success) throw new HarmonyError('NOT_FOUND');
    const cause = causeOf(request, this.clock);
    await this.runner.run({ stream: streams.contact(contactId), cause, fold: contactFrom, decide });
    return contactId;
  }

  private async checked(workspaceId: string, values: Readonly<Record<string, unknown>>) {
    return validateCustomFields(await this.directory.customFields(workspaceId, 'CONTACT'), values);
  }
}
