import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { urlStates, type UrlCheck, type UrlState } from '../import-url/check-url.js';
import { FormFieldsInput } from './form-fields.types.js';

const UrlStateEnum = Object.fromEntries(urlStates.map((state) => [state, state]));

registerEnumType(UrlStateEnum, {
  name: 'UrlState',
  description: 'Whether a link can be imported.',
  valuesMap: {
    ACCESSIBLE: { description: 'It leads to a recording or a transcript, without signing in.' },
    NOT_ACCESSIBLE: { description: 'It does not, or nothing is fetched from there.' },
    INVALID: { description: 'It is no URL.' },
  },
});

@ObjectType('UrlCheck', { description: 'Whether a link can be imported.' })
export class UrlCheckType implements UrlCheck {
  @Field(() => UrlStateEnum, { description: 'Whether it can be imported.' })
  state!: UrlState;

  @Field({ description: 'The sentence for the person who typed it.' })
  message!: string;
}

@InputType({ description: 'A link to a conversation, and what is known of it.' })
export class ImportUrlInput extends FormFieldsInput {
  @Field({ description: 'Of audio, video or a transcript (text, SRT, VTT or JSON).' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'Absent: the name of the file.' })
  title?: string | null;
}
