import { enumOf } from '@harmony/api';
import { conversationSources, conversationStatuses, pipelineStages } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';

export const ConversationStatusEnum = enumOf(conversationStatuses);
export const PipelineStageEnum = enumOf(pipelineStages);
export const ConversationSourceEnum = enumOf(conversationSources);
export const SpeakerMatchKindEnum = enumOf(['CONTACT', 'USER', 'NAME']);

registerEnumType(ConversationStatusEnum, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands in the pipeline.',
});
registerEnumType(PipelineStageEnum, { name: 'PipelineStage', description: 'A stage of the pipeline.' });
registerEnumType(SpeakerMatchKindEnum, { name: 'SpeakerMatchKind', description: 'What a speaker is matched to.' });
registerEnumType(ConversationSourceEnum, { name: 'ConversationSource', description: 'What was submitted.' });
