import { ArgsType, Field, GraphQLISODateTime, ID } from '@nestjs/graphql';

/** Which past is asked for; the present, unless told. */
@ArgsType()
export class MomentArguments {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'Everything as it was at this time; the same question has the same answer ever after. Not in the future.',
  })
  asOf?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Exactly the results of this revision of the project, whether it is live or not.',
  })
  revisionId?: string | null;
}

export interface RequestedMoment {
  /** ISO 8601. */
  readonly asOf: string | null;
  readonly revisionId: string | null;
}

export const requestedMoment = ({ asOf, revisionId }: MomentArguments): RequestedMoment => ({
  asOf: asOf?.toISOString() ?? null,
  revisionId: revisionId ?? null,
});
