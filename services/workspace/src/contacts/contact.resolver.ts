import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { PageArguments, parseInput } from '@harmony/api';
import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { mapNodes, viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { ContactCommands } from './contact-commands.js';
import { AddContactInput, ChangeContactInput, ContactConnection, ContactType } from './contact.type.js';

const view = viewBy('contactId');
const filter = z.object({
  search: z
    .string()
    .max(200)
    .regex(/^[^\0\p{Surrogate}]*$/u)
    .nullish(),
});

@ArgsType()
class ContactsArguments extends PageArguments {
  @Field(() => String, { nullable: true, description: 'Part of the name, email address or company, as typed so far.' })
  search?: string | null;
}

@Resolver(() => ContactType)
export class ContactResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: ContactCommands,
  ) {}

  @Query(() => ContactConnection, { description: 'The contacts of the workspace, by name.' })
  async contacts(
    @CurrentPrincipal() principal: Principal,
    @Args() { search, ...page }: ContactsArguments,
  ): Promise<ContactConnection> {
    const wanted = parseInput(filter, { search }).search ?? '';
    return mapNodes(await this.queries.contacts(principal, page, wanted), view);
  }

  @Query(() => ContactType, { description: 'One contact that you may read; NOT_FOUND for any other.' })
  async contact(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Of the contact.' }) id: string,
  ): Promise<ContactType> {
    return view(found(await this.queries.contactsById(principal, [id])));
  }

  @Mutation(() => ContactType, { description: 'Adds a contact to the workspace.' })
  async addContact(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new contact.' }) input: AddContactInput,
  ): Promise<ContactType> {
    return this.read(request, await this.commands.add(request, input));
  }

  @Mutation(() => ContactType, { description: 'Changes what is known of a contact.' })
  async changeContact(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the contact.' }) id: string,
    @Args('input', { description: 'What changes.' }) input: ChangeContactInput,
  ): Promise<ContactType> {
    return this.read(request, await this.commands.change(request, id, input));
  }

  @Mutation(() => ID, { description: 'Removes a contact; their conversations stay.' })
  removeContact(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the contact.' }) id: string,
  ): Promise<string> {
    return this.commands.remove(request, id);
  }

  private async read(request: RequestContext, id: string): Promise<ContactType> {
    return view(found(await this.queries.contactsById(readerOf(requirePrincipal(request), 'contacts'), [id])));
  }
}
