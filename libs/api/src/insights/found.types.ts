import type { ResultOutcome, TurnSpan, Usage } from '@harmony/contracts';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { EvidenceType } from '../analysis-types.js';
import { AnswerUnion, type AnswerType } from './answer.types.js';
import { ResultOutcomeEnum } from './insight-enums.js';

@ObjectType('Analyst', { description: 'Who reads conversations and answers questions about them.' })
export class AnalystType {
  @Field({ description: '`local` or `langchain`.' })
  engine!: string;

  @Field({ description: 'For instance `openai:gpt-4o-mini`.' })
  model!: string;

  @Field({ description: 'The analyst that is built in: no network, nothing to pay.' })
  isLocal!: boolean;
}

@ObjectType('AnswerOrigin', { description: 'Who answered, and by which prompt or rules.' })
export class AnswerOriginType extends AnalystType {
  @Field({ description: 'Version of the prompt or the rules for this type of question.' })
  templateVersion!: string;
}

@ObjectType('TurnSpan', { description: 'Turns that were read, both ends included.' })
export class TurnSpanType implements TurnSpan {
  @Field(() => Int, { description: 'Index of the first.' })
  from!: number;

  @Field(() => Int, { description: 'Index of the last.' })
  to!: number;
}

/** What models were asked for, and what that cost. */
@ObjectType({ isAbstract: true })
export abstract class ModelUsageType implements Usage {
  @Field(() => Float, { description: 'Calls of the model.' })
  calls!: number;

  @Field(() => Float, { description: 'Tokens that were sent.' })
  inputTokens!: number;

  @Field(() => Float, { description: 'Tokens that came back.' })
  outputTokens!: number;

  @Field(() => Float, { description: 'Millionths of a US dollar, by the prices that are set; 0 where none is.' })
  costMicros!: number;
}

@ObjectType('InsightUsage', { description: 'What it took; all 0 for the local analyst.' })
export class InsightUsageType extends ModelUsageType {}

/** What became of a question. */
@ObjectType({ isAbstract: true })
export abstract class OutcomeType {
  @Field(() => ResultOutcomeEnum, { description: 'Answered, not discussed and failed are three different things.' })
  outcome!: ResultOutcome;

  @Field(() => String, { nullable: true, description: 'Of a failure, or why it was dropped.' })
  failureCode!: string | null;

  @Field(() => AnswerUnion, { nullable: true, description: 'Only when it was answered.' })
  answer!: AnswerType | null;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence or two.' })
  rationale!: string | null;

  @Field(() => Float, { nullable: true, description: '0 to 1, as sure as the analyst says that it is.' })
  confidence!: number | null;

  @Field(() => [EvidenceType], { description: 'Words that support it, to the letter.' })
  evidence!: EvidenceType[];

  @Field(() => [TurnSpanType], { description: 'What was read for it.' })
  searched!: TurnSpanType[];

  @Field(() => AnswerOriginType, { nullable: true, description: 'Null while it is pending.' })
  analyst!: AnswerOriginType | null;

  @Field(() => InsightUsageType, { nullable: true, description: 'Null where nobody was asked.' })
  usage!: InsightUsageType | null;
}

/** The same, with how long it took. */
@ObjectType({ isAbstract: true })
export abstract class FoundType extends OutcomeType {
  @Field(() => Int, { nullable: true, description: 'Null where nobody was asked.' })
  durationMs!: number | null;
}
