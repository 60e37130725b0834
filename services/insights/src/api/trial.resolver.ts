import { CurrentRequest, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { parseQuestion } from '../definitions/definition-schema.js';
import { TryDefinition, type TrialResultView } from '../trial/try-definition.js';
import { TrialResultType, TryDefinitionInput } from './trial.types.js';

const rest = z.object({
  projectId: z.uuid().nullish(),
  context: z.string().trim().max(4000).nullish(),
  usesKnowledge: z.boolean().nullish(),
  conversationIds: z.array(z.string()),
});

/** Trying questions, in GraphQL. */
@Resolver(() => TrialResultType)
export class TrialResolver {
  constructor(private readonly trial: TryDefinition) {}

  @Mutation(() => [TrialResultType], {
    description:
      'Answers a question about at most 5 conversations and keeps none of the answers, only what they cost. Needs projects:execute.',
  })
  tryDefinition(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The question, and the conversations to ask it of.' })
    { question, ...input }: TryDefinitionInput,
  ): Promise<TrialResultView[]> {
    const { projectId = null, context, usesKnowledge, conversationIds } = parseInput(rest, input, 'INVALID_DEFINITION');
    return this.trial.execute(request, {
      ...{ projectId, conversationIds, question: parseQuestion(question) },
      ...{ context: context ?? '', usesKnowledge: usesKnowledge ?? true },
    });
  }
}
