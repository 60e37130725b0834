import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { uploadStates, type UploadPartView, type UploadState, type UploadView } from '../uploads/upload-view.js';
import { FormFieldsInput } from './form-fields.types.js';

const UploadStateEnum = Object.fromEntries(uploadStates.map((state) => [state, state]));

registerEnumType(UploadStateEnum, {
  name: 'UploadState',
  description: 'How far an upload is.',
  valuesMap: {
    PREPARING: { description: 'No part has arrived.' },
    UPLOADING: { description: 'Some parts have arrived.' },
    FINISHING: { description: 'All parts have arrived; complete it.' },
    RECEIVED: { description: 'The recording is there.' },
    EXPIRED: { description: 'It was not finished in time.' },
    REFUSED: { description: 'See failureCode.' },
  },
});

@ObjectType('UploadPart', { description: 'One part of an upload.' })
export class UploadPartType implements UploadPartView {
  @Field(() => Int, { description: 'From 1.' })
  number!: number;

  @Field(() => Int, { description: 'How many it takes.' })
  bytes!: number;

  @Field({ description: 'Whether it has arrived.' })
  received!: boolean;

  @Field(() => String, { nullable: true, description: 'Hex; null where the store does not tell.' })
  sha256!: string | null;

  @Field({
    description: 'Takes one PUT of the part: a path of the REST API, or a signed address of the object store.',
  })
  url!: string;
}

@ObjectType('Upload', { description: 'A recording that comes in parts. The bytes go to the addresses of its parts.' })
export class UploadType implements UploadView {
  @Field(() => ID, { description: 'Of the upload.' })
  id!: string;

  @Field(() => ID, { description: 'Of the conversation that the recording is for.' })
  conversationId!: string;

  @Field(() => UploadStateEnum, { description: 'How far it is.' })
  state!: UploadState;

  @Field({ description: 'As the sender gave it.' })
  fileName!: string;

  @Field(() => Float, { description: 'A whole number.' })
  bytes!: number;

  @Field(() => Int, { description: 'Of every part but the last.' })
  partBytes!: number;

  @Field(() => Int, { description: 'How many parts it has.' })
  partCount!: number;

  @Field(() => Int, { description: 'How many of them have arrived.' })
  receivedParts!: number;

  @Field(() => Float, { description: 'A whole number.' })
  receivedBytes!: number;

  @Field(() => String, { description: 'ISO 8601.' })
  expiresAt!: string;

  @Field(() => String, { nullable: true, description: 'Why it was refused.' })
  failureCode!: string | null;

  @Field(() => [UploadPartType], { description: 'Empty once nothing can be sent any more.' })
  parts!: UploadPartType[];
}

@InputType({ description: 'A recording to be sent in parts.' })
export class StartUploadInput extends FormFieldsInput {
  @Field({ description: 'With its ending, as the sender has it.' })
  fileName!: string;

  @Field(() => Float, { description: 'Of the whole file: a whole number, at most 2,147,483,648.' })
  bytes!: number;

  @Field(() => String, { nullable: true, description: 'What the sender takes it for; only the bytes decide.' })
  contentType?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the whole file in hex, where it is known beforehand.' })
  sha256?: string | null;

  @Field(() => String, { nullable: true, description: 'Absent: the name of the file.' })
  title?: string | null;
}

@InputType({ description: 'The checksum of one part.' })
export class PartChecksumInput {
  @Field(() => Int, { description: 'Of the part, from 1.' })
  number!: number;

  @Field({ description: 'Hex.' })
  sha256!: string;
}

@InputType({ description: 'What the sender says of the bytes; all of it is checked.' })
export class CompleteUploadInput {
  @Field(() => String, { nullable: true, description: 'Of the whole file in hex.' })
  sha256?: string | null;

  @Field(() => [PartChecksumInput], { nullable: true, description: 'Of any parts, to learn which one is wrong.' })
  parts?: PartChecksumInput[] | null;
}
