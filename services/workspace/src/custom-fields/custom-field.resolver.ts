import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { PageArguments } from '@harmony/api';
import { Args, ArgsType, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { mapNodes, viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { CustomFieldCommands } from './custom-field-commands.js';
import {
  CustomFieldConnection,
  CustomFieldTarget,
  CustomFieldType,
  DefineCustomFieldInput,
} from './custom-field.type.js';

const view = viewBy('customFieldId');

@ArgsType()
class CustomFieldsArguments extends PageArguments {
  @Field(() => CustomFieldTarget, { nullable: true, description: 'Only those of this kind of record; absent: all.' })
  target?: CustomFieldTarget | null;
}

@Resolver(() => CustomFieldType)
export class CustomFieldResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: CustomFieldCommands,
  ) {}

  @Query(() => CustomFieldConnection, { description: 'The custom fields of the workspace, by target and key.' })
  async customFields(
    @CurrentPrincipal() principal: Principal,
    @Args() { target, ...page }: CustomFieldsArguments,
  ): Promise<CustomFieldConnection> {
    return mapNodes(await this.queries.customFields(principal, page, target ?? undefined), view);
  }

  @Mutation(() => CustomFieldType, { description: 'Adds a field to a kind of record.' })
  async defineCustomField(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new field.' }) input: DefineCustomFieldInput,
  ): Promise<CustomFieldType> {
    const id = await this.commands.define(request, input);
    const reader = readerOf(requirePrincipal(request), 'custom-fields');
    return view(found(await this.queries.customFieldsById(reader, [id])));
  }

  @Mutation(() => ID, { description: 'Removes a custom field; values under its key are not shown any more.' })
  removeCustomField(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the custom field.' }) id: string,
  ): Promise<string> {
    return this.commands.remove(request, id);
  }
}
