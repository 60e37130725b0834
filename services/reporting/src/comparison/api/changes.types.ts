import { connectionOf } from '@harmony/api';
import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { DefinitionResultType, ReportedConversationType } from '../../rows/definition-result.types.js';
import type { ResultRowView } from '../../rows/result-row.js';
import type { ChangeCause, ChangeKind } from '../domain/change.js';
import type { ChangeFilter, ResultChange } from '../revision-changes.js';
import { ChangeCauseEnum, ChangeFilterEnum, ChangeKindEnum } from './comparison.enums.js';

@ObjectType('ResultChange', { description: 'One result before and after, side by side.' })
export class ResultChangeType implements ResultChange {
  @Field(() => ChangeKindEnum, { description: 'What the revision does to it.' })
  kind!: ChangeKind;

  @Field(() => ChangeCauseEnum, { nullable: true, description: 'Null for what did not change.' })
  cause!: ChangeCause | null;

  @Field(() => ReportedConversationType, { description: 'The conversation that it comes from.' })
  conversation!: ResultRowView['conversation'];

  @Field(() => ID, { description: 'Of the definition.' })
  definitionId!: string;

  @Field(() => DefinitionResultType, { nullable: true, description: 'What is in force without the revision.' })
  before!: ResultRowView | null;

  @Field(() => DefinitionResultType, { nullable: true, description: 'What the revision found.' })
  after!: ResultRowView | null;
}

@ObjectType('ResultChangeConnection', { description: 'What a revision changes, result by result.' })
export class ResultChangeConnection extends connectionOf(ResultChangeType, 'ResultChange') {}

@ArgsType()
export class RevisionChangesArguments {
  @Field(() => ID, { description: 'Of the revision.' })
  revisionId!: string;

  @Field(() => ID, { nullable: true, description: 'Of a definition; absent: all of them.' })
  definitionId?: string | null;

  @Field(() => ChangeFilterEnum, { nullable: true, description: 'Absent: CHANGED.' })
  changes?: ChangeFilter | null;
}
