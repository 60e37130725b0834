import { connectionOf } from '@harmony/api';
import { Field, ObjectType } from '@nestjs/graphql';
import type { ResultView, RunView } from '../read-model/insights-view.js';
import type { HistoricResultView } from '../read-model/result-history.js';
import { InsightResultType, InsightsRunType } from './insights.types.js';

@ObjectType('HistoricResult', { description: 'What one run found, of the pipeline or of a revision.' })
export class HistoricResultType implements HistoricResultView {
  @Field(() => InsightsRunType, { description: 'The run.' })
  run!: RunView;

  @Field(() => InsightResultType, { description: 'What it found.' })
  result!: ResultView;

  @Field({ description: 'Whether it is what reports show now.' })
  isInForce!: boolean;
}

@ObjectType('HistoricResultConnection', {
  description: 'What a definition found in a conversation over time, newest run first.',
})
export class HistoricResultConnection extends connectionOf(HistoricResultType, 'HistoricResult') {}
