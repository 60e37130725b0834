import { CurrentPrincipal, type Principal } from '@harmony/access';
import { PageArguments, parseInput } from '@harmony/api';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { filterOf } from '../api/filter.inputs.js';
import { requestedMoment } from '../api/moment.args.js';
import { DefinitionResultConnection } from './definition-result.types.js';
import { DefinitionResultsArguments } from './definition-results.args.js';
import { DefinitionResults, type ResultPage } from './definition-results.js';
import { resultFilterOf } from './result-filter.inputs.js';
import { searchWords } from './search.js';

const searchSchema = z.object({ search: searchWords });

/** What stands behind the figures of a definition, in GraphQL. */
@Resolver(() => DefinitionResultConnection)
export class DefinitionResultsResolver {
  constructor(private readonly results: DefinitionResults) {}

  @Query(() => DefinitionResultConnection, {
    description:
      'What a definition found, conversation by conversation, with the words that support it. UNKNOWN_PROJECT, UNKNOWN_DEFINITION, UNKNOWN_REVISION for what is not there for this reader.',
  })
  definitionResults(
    @CurrentPrincipal() principal: Principal,
    @Args()
    { projectId, definitionId, filter, results, search, sort, direction, ...moment }: DefinitionResultsArguments,
    @Args() page: PageArguments,
  ): Promise<ResultPage> {
    const question = {
      ...{ projectId: projectId.toLowerCase(), definitionId: definitionId.toLowerCase() },
      ...{ filter: filterOf(filter), results: resultFilterOf(results) },
      words: parseInput(searchSchema, { search }).search,
      ...{ sort: sort ?? 'DATE', direction: direction ?? 'DESCENDING', moment: requestedMoment(moment) },
    };
    return this.results.page(principal, question, page);
  }

  @ResolveField(() => Int, { description: 'How many results there are on all pages.' })
  totalCount(@Parent() { count }: ResultPage): Promise<number> {
    return count();
  }
}
