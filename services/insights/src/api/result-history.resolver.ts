import { CurrentPrincipal, type Principal } from '@harmony/access';
import { PageArguments, type Connection } from '@harmony/api';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ResultHistory, type HistoricResultView } from '../read-model/result-history.js';
import { HistoricResultConnection, HistoricResultType } from './result-history.types.js';

/** What a definition found over time, in GraphQL. */
@Resolver(() => HistoricResultType)
export class ResultHistoryResolver {
  constructor(private readonly history: ResultHistory) {}

  @Query(() => HistoricResultConnection, {
    description:
      'What a definition found in a conversation, run by run: of the pipeline and of revisions, drafts included. Needs the flag reports-rerun-tab.',
  })
  resultHistory(
    @CurrentPrincipal() principal: Principal,
    @Args('conversationId', { type: () => ID, description: 'Of the conversation.' }) conversationId: string,
    @Args('definitionId', { type: () => ID, description: 'Of the definition.' }) definitionId: string,
    @Args() page: PageArguments,
  ): Promise<Connection<HistoricResultView>> {
    return this.history.of(principal, { conversationId, definitionId }, page);
  }
}
