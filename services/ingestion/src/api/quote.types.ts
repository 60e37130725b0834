import { enumOf, EvidenceType } from '@harmony/api';
import type { Evidence } from '@harmony/contracts';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { FollowedQuote, QuotePlace } from '../read-model/followed-quotes.js';

export const QuoteMatchEnum = enumOf(['EXACT', 'NEAR', 'NOT_FOUND']);
registerEnumType(QuoteMatchEnum, {
  name: 'QuoteMatch',
  description: 'Whether a transcript says what is quoted from another one of the same conversation.',
  valuesMap: {
    EXACT: { description: 'The same words, to the letter.' },
    NEAR: { description: 'Other words, at the place where these were said.' },
    NOT_FOUND: { description: 'Nothing there says nearly the same.' },
  },
});

@InputType('QuotePlaceInput', { description: 'A piece of one turn, in the text of a whole transcript.' })
export class QuotePlaceInput implements QuotePlace {
  @Field(() => Int, { description: 'Where it begins; as of evidence.' })
  start!: number;

  @Field(() => Int, { description: 'Where it ends; exclusive.' })
  end!: number;
}

@ObjectType('FollowedQuote', { description: 'Words of one transcript, and where another one says them.' })
export class FollowedQuoteType implements Omit<FollowedQuote, 'evidence' | 'match'> {
  @Field({ description: 'The words as they stand in the transcript that they are taken from.' })
  quote!: string;

  @Field(() => QuoteMatchEnum, { description: 'Whether the other transcript says them.' })
  match!: FollowedQuote['match'];

  @Field(() => EvidenceType, {
    nullable: true,
    description: 'What the other transcript says there; null where nothing was found.',
  })
  evidence!: Evidence | null;
}

@ArgsType()
export class FollowedQuotesArguments {
  @Field(() => ID, { description: 'Of the conversation.' })
  conversationId!: string;

  @Field(() => Int, { description: 'Version of the transcript that the quotes are taken from.' })
  from!: number;

  @Field(() => Int, { description: 'Version of the transcript that they are looked for in.' })
  to!: number;

  @Field(() => [QuotePlaceInput], { description: 'Where the quotes stand; 100 at most.' })
  quotes!: QuotePlaceInput[];
}
