import { connectionOf, PageArguments } from '@harmony/api';
import type { PipelineStage } from '@harmony/contracts';
import { ArgsType, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { SpeakerView, StageView } from '../read-model/conversation-row.js';
import type { TurnView } from '../read-model/transcript-queries.js';
import type { RecordingView } from '../recordings/recording-view.js';
import { PipelineStageEnum, SpeakerMatchKindEnum } from './conversation-enums.js';

@ObjectType('SpeakerMatch', { description: 'Whom somebody said that a speaker is.' })
export class SpeakerMatchType {
  @Field(() => SpeakerMatchKindEnum, { description: 'Whether it is a contact, a user or a name.' })
  kind!: keyof typeof SpeakerMatchKindEnum;

  @Field(() => ID, { nullable: true, description: 'Of the contact or user.' })
  id!: string | null;
}

@ObjectType('Speaker', { description: 'Somebody who takes part in a conversation.' })
export class SpeakerType implements SpeakerView {
  @Field({ description: 'A to Z, then AA, AB, by order of appearance.' })
  code!: string;

  @Field({ description: 'Of whom they are matched to, else as the transcript names them; "User" when nothing does.' })
  name!: string;

  @Field(() => SpeakerMatchType, {
    nullable: true,
    description: 'Whom a person said that this is; null where nobody did.',
  })
  match!: SpeakerMatchType | null;

  @Field(() => Int, { description: 'How many words they say.' })
  words!: number;

  @Field(() => Int, { description: 'How many turns they have.' })
  turns!: number;

  @Field(() => Float, { description: 'Part of all words of the conversation, 0 to 1.' })
  wordShare!: number;
}

@ObjectType('ConversationFailure', { description: 'Why a conversation could not be taken further.' })
export class ConversationFailureType {
  @Field(() => PipelineStageEnum, { description: 'Where it stopped.' })
  stage!: PipelineStage;

  @Field({ description: 'A stable error code.' })
  code!: string;
}

@ObjectType('Recording', { description: 'What there is to listen to.' })
export class RecordingType implements RecordingView {
  @Field(() => Int, { description: 'Of the sound itself, whatever its file claims.' })
  durationMs!: number;

  @Field(() => Int, { description: 'Of the recording as it was received.' })
  channels!: number;

  @Field({ description: 'Of what is played.' })
  mediaType!: string;

  @Field({ description: 'Where it is, relative to the address of Harmony; takes HTTP ranges.' })
  url!: string;

  @Field({ description: 'Where the data for its waveform is.' })
  peaksUrl!: string;
}

@ObjectType('StageAttempt', { description: 'One try of a stage of the pipeline.' })
export class StageAttemptType implements StageView {
  @Field(() => PipelineStageEnum, { description: 'Which stage was tried.' })
  stage!: PipelineStage;

  @Field(() => Int, { description: 'Counts from 1, over retries too.' })
  attempt!: number;

  @Field(() => GraphQLISODateTime, { description: 'When this try began.' })
  startedAt!: Date;

  @Field(() => Int, { nullable: true, description: 'Null while it runs.' })
  durationMs!: number | null;

  @Field(() => String, { nullable: true, description: 'A stable error code, where it failed.' })
  code!: string | null;
}

@ObjectType('Turn', { description: 'What one speaker says at a stretch.' })
export class TurnType implements TurnView {
  @Field(() => Int, { description: 'Counts from 0.' })
  index!: number;

  @Field({ description: 'Of the speaker: A to Z, then AA, AB.' })
  speakerCode!: string;

  @Field({ description: 'Of the speaker, as they are matched now.' })
  speakerName!: string;

  @Field({ description: 'What is said, to the letter.' })
  text!: string;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the start, where the text states them.' })
  startMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the start, where the text states them.' })
  endMs!: number | null;
}

@ObjectType('TurnConnection', { description: 'Turns of a transcript, in order.' })
export class TurnConnection extends connectionOf(TurnType, 'Turn') {}

@ArgsType()
export class TranscriptArguments extends PageArguments {
  @Field(() => Int, {
    nullable: true,
    description:
      "Of the transcript, as results name it, also of one that a revision made; absent: the conversation's own, latest one.",
  })
  version?: number | null;
}
