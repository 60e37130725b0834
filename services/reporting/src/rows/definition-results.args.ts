import { enumOf } from '@harmony/api';
import { ArgsType, Field, ID, registerEnumType } from '@nestjs/graphql';
import { ReportFilterArgument } from '../api/filter.inputs.js';
import { MomentArguments } from '../api/moment.args.js';
import { ResultFilterArgument } from './result-filter.inputs.js';
import { resultSorts, sortDirections, type ResultSort, type SortDirection } from './row-order.js';

export const ResultSortEnum = enumOf(resultSorts);
registerEnumType(ResultSortEnum, {
  name: 'ResultSort',
  description:
    'What results are sorted by. Of equal ones the newest conversation comes first; what has none comes last.',
  valuesMap: {
    DATE: { description: 'When the conversation took place, else when it came in.' },
    TITLE: { description: 'Title of the conversation, without regard to case.' },
    VALUE: {
      description:
        'Numbers by size, buckets and stages in their order, NO before YES, competitors and SPIN questions by how many, text by letters.',
    },
    CONFIDENCE: { description: 'How sure the analyst was.' },
  },
});

export const SortDirectionEnum = enumOf(sortDirections);
registerEnumType(SortDirectionEnum, {
  name: 'SortDirection',
  description: 'Which end comes first.',
  valuesMap: {
    ASCENDING: { description: 'The smallest, earliest or first by letters.' },
    DESCENDING: { description: 'The greatest, latest or last by letters.' },
  },
});

@ArgsType()
export class DefinitionResultsArguments extends MomentArguments {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field(() => ID, { description: 'Of the definition; also of one that was switched off or removed.' })
  definitionId!: string;

  @Field(() => ReportFilterArgument, { nullable: true, description: 'Absent: every conversation of the project.' })
  filter?: ReportFilterArgument | null;

  @Field(() => ResultFilterArgument, { nullable: true, description: 'Absent: whatever was found.' })
  results?: ResultFilterArgument | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words, or parts of words, that all stand in the title, the answer or the rationale, without regard to case; at most 200 characters.',
  })
  search?: string | null;

  @Field(() => ResultSortEnum, { nullable: true, description: 'Absent: DATE.' })
  sort?: ResultSort | null;

  @Field(() => SortDirectionEnum, { nullable: true, description: 'Absent: DESCENDING.' })
  direction?: SortDirection | null;
}
