import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { PageArguments } from '@harmony/api';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { mapNodes, viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { ApiKeyCommands } from './api-key-commands.js';
import { ApiKeyConnection, ApiKeyType, CreateApiKeyInput, CreatedApiKeyType } from './api-key.type.js';

const view = viewBy('apiKeyId');

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: ApiKeyCommands,
  ) {}

  @Query(() => ApiKeyConnection, { description: 'The API keys that you may read, the newest first.' })
  async apiKeys(@CurrentPrincipal() principal: Principal, @Args() page: PageArguments): Promise<ApiKeyConnection> {
    return mapNodes(await this.queries.apiKeys(principal, page), view);
  }

  @Mutation(() => CreatedApiKeyType, { description: 'With no more permissions than your own.' })
  async createApiKey(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new key.' }) input: CreateApiKeyInput,
  ): Promise<CreatedApiKeyType> {
    const { apiKeyId, key } = await this.commands.create(request, input);
    const reader = readerOf(requirePrincipal(request), 'api-keys');
    return { apiKey: view(found(await this.queries.apiKeysById(reader, [apiKeyId]))), key };
  }

  @Mutation(() => ID, { description: 'The key is refused from the next request on.' })
  deleteApiKey(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the API key.' }) id: string,
  ): Promise<string> {
    return this.commands.delete(request, id);
  }
}
