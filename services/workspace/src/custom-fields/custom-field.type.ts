import { connectionOf } from '@harmony/api';
import { customFieldTargets, customFieldTypes } from '@harmony/contracts';
import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';

const asEnum = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Key in Name]: Key };

export const CustomFieldTarget = asEnum(customFieldTargets);
export type CustomFieldTarget = (typeof customFieldTargets)[number];
registerEnumType(CustomFieldTarget, {
  name: 'CustomFieldTarget',
  description: 'What kind of record has the field.',
  valuesMap: {
    CONVERSATION: { description: 'Conversations.' },
    CONTACT: { description: 'Contacts.' },
    USER: { description: 'Users.' },
  },
});

export const CustomFieldValueType = asEnum(customFieldTypes);
export type CustomFieldValueType = (typeof customFieldTypes)[number];
registerEnumType(CustomFieldValueType, {
  name: 'CustomFieldType',
  description: 'DATE is written 2026-01-31.',
  valuesMap: {
    TEXT: { description: 'Any text.' },
    NUMBER: { description: 'A number.' },
    DATE: { description: 'A day, written 2026-01-31.' },
    BOOLEAN: { description: 'True or false.' },
    SELECT: { description: 'One of its options.' },
  },
});

@ObjectType('CustomField', { description: 'A field that the workspace added to a kind of record.' })
export class CustomFieldType {
  @Field(() => ID, { description: 'Of the custom field.' })
  id!: string;

  @Field(() => CustomFieldTarget, { description: 'What kind of record has it.' })
  target!: CustomFieldTarget;

  @Field({ description: 'Under this key the value is given and returned.' })
  key!: string;

  @Field({ description: 'What people read.' })
  label!: string;

  @Field(() => CustomFieldValueType, { description: 'What values it takes.' })
  type!: CustomFieldValueType;

  @Field(() => [String], { description: 'Of a SELECT field; else empty.' })
  options!: readonly string[];

  @Field({ description: 'Whether a record needs a value.' })
  required!: boolean;
}

@ObjectType('CustomFieldConnection', { description: 'A page of custom fields.' })
export class CustomFieldConnection extends connectionOf(CustomFieldType, 'CustomField') {}

@InputType({ description: 'A new custom field; what kind of record it is for and its type stay for good.' })
export class DefineCustomFieldInput {
  @Field(() => CustomFieldTarget, { description: 'What kind of record has it.' })
  target!: CustomFieldTarget;

  @Field({ description: 'Lower case letters, digits and _, at most 50.' })
  key!: string;

  @Field({ description: 'What people read.' })
  label!: string;

  @Field(() => CustomFieldValueType, { description: 'What values it takes.' })
  type!: CustomFieldValueType;

  @Field(() => [String], { defaultValue: [], description: 'What a SELECT field offers; empty for other types.' })
  options!: string[];

  @Field({ defaultValue: false, description: 'Whether a record needs a value.' })
  required!: boolean;
}
