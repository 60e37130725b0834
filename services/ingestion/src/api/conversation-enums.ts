import { enumOf } from '@harmony/api';
import { conversationSources, pipelineStages } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';

export const PipelineStageEnum = enumOf(pipelineStages);
export const ConversationSourceEnum = enumOf(conversationSources);
export const SpeakerMatchKindEnum = enumOf(['CONTACT', 'USER', 'NAME']);

registerEnumType(PipelineStageEnum, {
  name: 'PipelineStage',
  description: 'A stage of the pipeline.',
  valuesMap: {
    INTAKE: { description: 'Taking in what was submitted.' },
    TRANSCRIPTION: { description: 'Writing down who says what.' },
    EXTRACTION: { description: 'Gathering what it says.' },
    INSIGHTS: { description: 'Answering definitions.' },
    GOALS: { description: 'Seeing which goals are met.' },
    SCORING: { description: 'Filling in scorecards.' },
  },
});
registerEnumType(SpeakerMatchKindEnum, {
  name: 'SpeakerMatchKind',
  description: 'What a speaker is matched to.',
  valuesMap: {
    CONTACT: { description: 'A contact of the workspace.' },
    USER: { description: 'A user of the workspace.' },
    NAME: { description: 'Somebody who is neither.' },
  },
});
registerEnumType(ConversationSourceEnum, {
  name: 'ConversationSource',
  description: 'What was submitted.',
  valuesMap: {
    TEXT: { description: 'Pasted text.' },
    TRANSCRIPT: { description: 'A transcript with participants and turns.' },
    RECORDING: { description: 'Audio or video.' },
    URL: { description: 'A link to one of them.' },
  },
});
