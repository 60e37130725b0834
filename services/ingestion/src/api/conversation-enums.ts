import { enumOf } from '@harmony/api';
import { conversationSources, pipelineStages } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';

export const PipelineStageEnum = enumOf(pipelineStages);
export const ConversationSourceEnum = enumOf(conversationSources);
export const SpeakerMatchKindEnum = enumOf(['CONTACT', 'USER', 'NAME']);

registerEnumType(PipelineStageEnum, { name: 'PipelineStage', description: 'A stage of the pipeline.' });
registerEnumType(SpeakerMatchKindEnum, { name: 'SpeakerMatchKind', description: 'What a speaker is matched to.' });
registerEnumType(ConversationSourceEnum, { name: 'ConversationSource', description: 'What was submitted.' });
