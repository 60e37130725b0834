import { ParticipantRoleEnum } from '@harmony/api';
import type { ParticipantRole } from '@harmony/contracts';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { ExtractionView } from '../read-model/extraction-view.js';

@ObjectType({ isAbstract: true })
class TalkType {
  @Field(() => Int, { description: 'How many turns they take.' })
  turns!: number;

  @Field(() => Int, { description: 'Words they say.' })
  words!: number;

  @Field(() => Float, {
    description:
      'Part of all that is said, 0 to 1: of the time where the transcript states all times, else of the words.',
  })
  share!: number;

  @Field(() => Int, { description: 'Words of their longest stretch without anybody else.' })
  longestMonologueWords!: number;

  @Field(() => Int, { nullable: true, description: 'How long that stretch took; null where times are missing.' })
  longestMonologueMs!: number | null;

  @Field(() => Float, { nullable: true, description: 'How fast they speak; null where times are missing.' })
  wordsPerMinute!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long they speak; what they say at the same time as others counts. Null where times are missing.',
  })
  spokenMs!: number | null;

  @Field(() => Int, { description: 'Questions they ask, counted by question marks.' })
  questions!: number;
}

@ObjectType('SpeakerStatistics', { description: 'What one speaker says, in figures.' })
export class SpeakerStatisticsType extends TalkType {
  @Field({ description: 'A to Z, then AA, AB, by order of appearance.' })
  speakerCode!: string;

  @Field({ description: 'Of whom they are matched to, else as the transcript names them; "User" when nothing does.' })
  speakerName!: string;
}

@ObjectType('SideStatistics', { description: 'What one side of the table says, in figures.' })
export class SideStatisticsType extends TalkType {
  @Field(() => ParticipantRoleEnum, { description: 'Which side.' })
  role!: ParticipantRole;
}

@ObjectType('ConversationStatistics', { description: 'Figures of a transcript; no model is asked for them.' })
export class ConversationStatisticsType implements Omit<ExtractionView['statistics'], 'speakers' | 'sides'> {
  @Field(() => Int, { description: 'Turns of the whole transcript.' })
  turns!: number;

  @Field(() => Int, { description: 'Words of the whole transcript.' })
  words!: number;

  @Field(() => Int, { nullable: true, description: 'From the first to the last time that is stated; null for none.' })
  durationMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'How long nobody speaks; null where times are missing.' })
  silenceMs!: number | null;

  @Field(() => [SpeakerStatisticsType], { description: 'Those who speak most come first; at most 200.' })
  speakers!: SpeakerStatisticsType[];

  @Field(() => [SideStatisticsType], {
    description:
      'Hosts and customers, by whom speakers are matched to now; until the extraction of a newer transcript is there, by whom they were at the last one; empty where nothing says on which side somebody sits.',
  })
  sides!: SideStatisticsType[];
}
