import {
  cellDecisions,
  cellReasons,
  rerunStages,
  revisionBadges,
  revisionOutcomes,
  revisionStages,
  startStages,
} from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../enum-of.js';

export const RevisionOutcomeEnum = enumOf(revisionOutcomes);
export const RevisionStageEnum = enumOf(revisionStages);
export const RevisionBadgeEnum = enumOf(revisionBadges);
export const StartStageEnum = enumOf(startStages);
export const RerunStageEnum = enumOf(rerunStages);
export const CellDecisionEnum = enumOf(cellDecisions);
export const CellReasonEnum = enumOf(cellReasons);

registerEnumType(RevisionOutcomeEnum, {
  name: 'RevisionOutcome',
  description: 'How far a revision has come, and how it ended.',
  valuesMap: {
    PROCESSING: { description: 'It is being planned or run.' },
    COMPLETED: { description: 'Every conversation was run again.' },
    COMPLETED_WITH_ERRORS: { description: 'It has ended; some conversations or definitions failed.' },
    FAILED: { description: 'It could not be planned, or every conversation failed.' },
    NO_CONVERSATIONS: { description: 'Nothing was in its scope.' },
    CANCELLED: { description: 'Somebody stopped it.' },
  },
});
registerEnumType(RevisionStageEnum, {
  name: 'RevisionStage',
  description: 'Whom a revision is there for.',
  valuesMap: {
    DRAFT: { description: 'For whoever asks for it by its id.' },
    PUBLISHED: { description: 'Ready to be made live.' },
    LIVE: { description: 'In force for every reader.' },
    SUPERSEDED: { description: 'It was in force once, and can be made live again.' },
  },
});
registerEnumType(RevisionBadgeEnum, {
  name: 'RevisionBadge',
  description: 'What a revision is shown as; computed from its outcome and its stage.',
  valuesMap: {
    LIVE: { description: 'The revision in force: it powers reports, API and exports.' },
    PROCESSING: { description: 'Under way or queued.' },
    COMPLETED: { description: 'All of it succeeded, and it is published.' },
    COMPLETED_WITH_ERRORS: { description: 'Published, although some conversations or definitions failed.' },
    FAILED: { description: 'The revision as a whole did not complete.' },
    NO_CONVERSATIONS: { description: 'Nothing was in its scope, and nothing was run.' },
    CANCELLED: { description: 'Somebody stopped it.' },
    DRAFT: { description: 'It has ended and is not published: it can be looked at without touching any report.' },
  },
});
registerEnumType(StartStageEnum, {
  name: 'StartStage',
  description: 'Where a revision begins.',
  valuesMap: {
    AUTO: { description: 'Each conversation where it needs it.' },
    TRANSCRIPTION: { description: 'The whole pipeline.' },
    EXTRACTORS: { description: 'Extractors and insights.' },
    INSIGHTS: { description: 'Insights only: the fastest.' },
  },
});
registerEnumType(RerunStageEnum, {
  name: 'RerunStage',
  description: 'Where one conversation of a revision begins.',
  valuesMap: {
    TRANSCRIPTION: { description: 'It is transcribed anew.' },
    EXTRACTORS: { description: 'Its transcript stays.' },
    INSIGHTS: { description: 'Only its definitions are asked.' },
  },
});
registerEnumType(CellDecisionEnum, {
  name: 'CellDecision',
  description: 'What a revision does with a definition in a conversation.',
  valuesMap: {
    REUSED: { description: 'The result that is there is carried over, at no cost.' },
    RERUN: { description: 'It is asked again.' },
    NEW: { description: 'It is asked for the first time.' },
    OUT_OF_SCOPE: { description: 'It was in force, and is not asked any more.' },
  },
});
registerEnumType(CellReasonEnum, {
  name: 'CellReason',
  description: 'Why: which input of the answer is another one than when it was found.',
  valuesMap: {
    UNCHANGED: { description: 'Nothing that the answer depends on has changed.' },
    DEFINITION_CHANGED: { description: 'The question or its context.' },
    KNOWLEDGE_CHANGED: { description: 'What the project or the handbook of the workspace tells the analyst.' },
    LANGUAGE_CHANGED: { description: 'The language of the project.' },
    ANALYST_CHANGED: { description: 'The engine, its model, parameters or template.' },
    TRANSCRIPT_CHANGED: { description: 'The words.' },
    CONVERSATION_CHANGED: { description: 'The title, the time, or who the speakers are.' },
    STAGE_RERUN: { description: 'An earlier stage is run again.' },
    FORCED: { description: 'Somebody wants everything asked again.' },
    FAILED_BEFORE: { description: 'There is no answer: the last try failed.' },
    NEVER_ANSWERED: { description: 'Nobody has asked yet.' },
    INPUTS_UNKNOWN: { description: 'The answer is older than the records of what it was made from.' },
    NOT_ELIGIBLE: { description: 'The conversation does not belong into the project any more.' },
    DEFINITION_INACTIVE: { description: 'The definition is switched off or removed.' },
  },
});
