import { enumOf, PlanEstimateType, PlanSummaryType } from '@harmony/api';
import type { PlanEstimate, PlanSummary } from '@harmony/contracts';
import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  previewWarnings,
  type PreviewWarning,
  type RevisionPreviewView,
} from '../revisions/preview/preview-revision.js';

export const PreviewWarningEnum = enumOf(previewWarnings);
registerEnumType(PreviewWarningEnum, {
  name: 'RevisionPreviewWarningKind',
  description: 'What somebody should know before they execute a revision.',
  valuesMap: {
    UNDECIDED_CRITERIA: {
      description: 'Whether some conversations belong into the project is found out only by their runs.',
    },
    FEW_SAMPLES: { description: 'A part of the estimate rests on little that is recorded.' },
  },
});

@ObjectType('RevisionPreviewWarning', { description: 'Something to know before a revision is executed.' })
export class RevisionPreviewWarningType {
  @Field(() => PreviewWarningEnum, { description: 'What it is.' })
  warning!: PreviewWarning;

  @Field(() => Int, { description: 'Of conversations, or of what the estimate rests on.' })
  count!: number;

  @Field({ description: 'In a sentence, for people.' })
  detail!: string;
}

@ObjectType('RevisionPreview', { description: 'What a revision would do, as things are now.' })
export class RevisionPreviewType implements RevisionPreviewView {
  @Field(() => PlanSummaryType, { description: 'How many conversations and results, and what is done with them.' })
  plan!: PlanSummary;

  @Field(() => PlanEstimateType, { description: 'What it would take.' })
  estimate!: PlanEstimate;

  @Field(() => [RevisionPreviewWarningType], { description: 'Empty where there is nothing to be said.' })
  warnings!: RevisionPreviewWarningType[];
}
