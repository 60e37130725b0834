import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ReferenceType, ReportedConversationType } from './definition-result.types.js';
import type { Reference } from './names.js';
import type { ReportedConversationView } from './result-row.js';

/** What reports say of conversations beyond their own columns. */
@Resolver(() => ReportedConversationType)
export class ReportedConversationResolver {
  @ResolveField(() => ReferenceType, { nullable: true, description: 'The team that it belongs to; null for none.' })
  team(@Parent() { names, teamId }: ReportedConversationView): Promise<Reference> | null {
    return teamId === null ? null : names.of(teamId);
  }

  @ResolveField(() => ReferenceType, { description: 'The user whose conversation it is.' })
  owner(@Parent() { names, ownerId }: ReportedConversationView): Promise<Reference> {
    return names.of(ownerId);
  }

  @ResolveField(() => ReferenceType, {
    nullable: true,
    description: 'The primary external participant; null for none.',
  })
  contact(@Parent() { names, contactId }: ReportedConversationView): Promise<Reference> | null {
    return contactId === null ? null : names.of(contactId);
  }

  @ResolveField(() => String, { description: 'Where REST has the conversation; its transcript is below.' })
  path(@Parent() { id }: ReportedConversationView): string {
    return `/v1/conversations/${id}`;
  }
}
