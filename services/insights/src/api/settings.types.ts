import type { InsightBudget } from '@harmony/contracts';
import { Field, Float, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@harmony/api';

export const BudgetLimitEnum = enumOf(['CALLS', 'TOKENS', 'COST']);
registerEnumType(BudgetLimitEnum, {
  name: 'BudgetLimit',
  description: 'Which part of the budget is spent.',
  valuesMap: {
    CALLS: { description: 'Calls of models.' },
    TOKENS: { description: 'Tokens, in and out.' },
    COST: { description: 'What the calls cost.' },
  },
});

@ObjectType('InsightsPause', { description: 'Insight work waits, since the budget is spent.' })
export class InsightsPauseType {
  @Field(() => BudgetLimitEnum, { description: 'What is spent.' })
  limit!: keyof typeof BudgetLimitEnum;

  @Field({ description: 'When enough of it will be older than 24 hours, unless the budget is raised before.' })
  resumesAt!: Date;
}

@ObjectType('InsightBudget', { description: 'What may be spent in any 24 hours. Null is no limit.' })
export class InsightBudgetType implements InsightBudget {
  @Field(() => Float, { nullable: true, description: 'Calls of the model.' })
  calls!: number | null;

  @Field(() => Float, { nullable: true, description: 'Tokens, in and out.' })
  tokens!: number | null;

  @Field(() => Float, { nullable: true, description: 'Millionths of a US dollar.' })
  costMicros!: number | null;

  @Field(() => InsightsPauseType, { nullable: true, description: 'Null while insight work goes on.' })
  paused!: InsightsPauseType | null;
}

@InputType({ description: 'What may be spent in any 24 hours: whole numbers above 0; absent: no limit.' })
export class InsightBudgetInput {
  @Field(() => Float, { nullable: true, description: 'Calls of the model.' })
  calls?: number | null;

  @Field(() => Float, { nullable: true, description: 'Tokens, in and out.' })
  tokens?: number | null;

  @Field(() => Float, { nullable: true, description: 'Millionths of a US dollar.' })
  costMicros?: number | null;
}
