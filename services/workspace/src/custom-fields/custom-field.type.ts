import { connectionOf } from '@harmony/api';
import { customFieldTargets, customFieldTypes } from '@harmony/contracts';
import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';

const asEnum = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as { readonly [Key in Name]: Key };

export const CustomFieldTarget = asEnum(customFieldTargets);
export type CustomFieldTarget = (typeof customFieldTargets)[number];
registerEnumType(CustomFieldTarget, { name: 'CustomFieldTarget', description: 'What kind of record has the field.' });

export const CustomFieldValueType = asEnum(customFieldTypes);
export type CustomFieldValueType = (typeof customFieldTypes)[number];
registerEnumType(CustomFieldValueType, { name: 'CustomFieldType', description: 'DATE is written 2026-01-31.' });

@ObjectType('CustomField', { description: 'A field that the workspace added to a kind of record.' })
export class CustomFieldType {
  @Field(() => ID)
  id!: string;

  @Field(() => CustomFieldTarget)
  target!: CustomFieldTarget;

  @Field({ description: 'Under this key the value is given and returned.' })
  key!: string;

  @Field({ description: 'What people read.' })
  label!: string;

  @Field(() => CustomFieldValueType)
  type!: CustomFieldValueType;

  @Field(() => [String], { description: 'Of a SELECT field; else empty.' })
  options!: readonly string[];

  @Field()
  required!: boolean;
}

@ObjectType('CustomFieldConnection')
export class CustomFieldConnection extends connectionOf(CustomFieldType, 'CustomField') {}

@InputType()
export class DefineCustomFieldInput {
  @Field(() => CustomFieldTarget)
  target!: CustomFieldTarget;

  @Field({ description: 'Lower case letters, digits and _, at most 50.' })
  key!: string;

  @Field()
  label!: string;

  @Field(() => CustomFieldValueType)
  type!: CustomFieldValueType;

  @Field(() => [String], { defaultValue: [] })
  options!: string[];

  @Field({ defaultValue: false })
  required!: boolean;
}
