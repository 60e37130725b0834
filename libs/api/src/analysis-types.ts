import { media, participantRoles, type ActionItem, type Evidence } from '@harmony/contracts';
import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from './enum-of.js';

/** GraphQL types that several services show; each exists once in the schema. */
export const MediumEnum = enumOf(media);
registerEnumType(MediumEnum, {
  name: 'Medium',
  description: 'How the conversation was held.',
  valuesMap: {
    CALL: { description: 'On the telephone.' },
    CHAT: { description: 'In writing.' },
    VIDEO_CONFERENCE: { description: 'With pictures, over the network.' },
  },
});

export const ParticipantRoleEnum = enumOf(participantRoles);
registerEnumType(ParticipantRoleEnum, {
  name: 'ParticipantRole',
  description: 'On which side of the table somebody sits.',
  valuesMap: { HOST: { description: 'For your own organisation.' }, CUSTOMER: { description: 'For the other one.' } },
});

@ObjectType('Evidence', {
  description:
    'Words that support an answer. The text of a transcript is the text of its turns, joined by one line feed; offsets count UTF-16 code units, and the text from start to end is the quote, to the letter.',
})
export class EvidenceType implements Evidence {
  @Field({ description: 'The words, exactly as they stand in the transcript.' })
  quote!: string;

  @Field(() => Int, { description: 'Index of the turn that holds the quote.' })
  turn!: number;

  @Field(() => Int, { description: 'Where the quote begins in the text of the whole transcript.' })
  start!: number;

  @Field(() => Int, { description: 'Where it ends there; exclusive.' })
  end!: number;

  @Field(() => Int, { description: 'Where the quote begins in its turn.' })
  startInTurn!: number;

  @Field(() => Int, { nullable: true, description: 'When the turn began, where the transcript states times.' })
  startMs!: number | null;

  @Field(() => Int, { nullable: true, description: 'When the turn ended, where the transcript states times.' })
  endMs!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What of the answer it supports: the key of an item, the name of a competitor, a quadrant; null for all of it.',
  })
  part!: string | null;
}

@ObjectType('ActionItem', { description: 'Something that somebody will do.' })
export class ActionItemType implements ActionItem {
  @Field({ description: 'What is to be done.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Name of who does it; null when nobody was named.' })
  owner!: string | null;

  @Field(() => String, { nullable: true, description: 'When it is due, in the words of the conversation.' })
  due!: string | null;
}
