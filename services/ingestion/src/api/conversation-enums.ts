import { conversationSources, conversationStatuses, media, participantRoles, pipelineStages } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';

export const enumOf = <Value extends string>(values: readonly Value[]): Record<Value, Value> =>
  Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;

export const ConversationStatusEnum = enumOf(conversationStatuses);
export const MediumEnum = enumOf(media);
export const PipelineStageEnum = enumOf(pipelineStages);
export const ConversationSourceEnum = enumOf(conversationSources);
export const ParticipantRoleEnum = enumOf(participantRoles);
export const SpeakerMatchKindEnum = enumOf(['CONTACT', 'USER', 'NAME']);

registerEnumType(ConversationStatusEnum, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands in the pipeline.',
});
registerEnumType(MediumEnum, { name: 'Medium', description: 'How the conversation was held.' });
registerEnumType(PipelineStageEnum, { name: 'PipelineStage', description: 'A stage of the pipeline.' });
registerEnumType(SpeakerMatchKindEnum, { name: 'SpeakerMatchKind', description: 'What a speaker is matched to.' });
registerEnumType(ConversationSourceEnum, { name: 'ConversationSource', description: 'What was submitted.' });
registerEnumType(ParticipantRoleEnum, {
  name: 'ParticipantRole',
  description: 'On which side of the table somebody sits.',
});
