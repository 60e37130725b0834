import { CurrentPrincipal, type Principal } from '@harmony/access';
import { RevisionFormInput, revisionInputOf } from '@harmony/api';
import type { Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { PreviewRevision, type RevisionPreviewView } from '../revisions/preview/preview-revision.js';
import { RevisionPreviewType } from './revision-preview.types.js';

/** What revisions would do, in GraphQL. */
@Resolver(() => RevisionPreviewType)
export class RevisionPreviewResolver {
  constructor(
    private readonly preview: PreviewRevision,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => RevisionPreviewType, {
    description:
      'What a revision would do with which conversations, and what it would take; no model is asked. Needs pipeline-rerun:execute:all and the flag reports-rerun-tab.',
  })
  revisionPreview(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The form.' }) input: RevisionFormInput,
  ): Promise<RevisionPreviewView> {
    return this.preview.of(principal, revisionInputOf(input, this.clock.now()));
  }
}
