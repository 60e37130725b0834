import { eventually } from '@harmony/testing';
import { expect } from '@jest/globals';
import { z } from 'zod';
import { graphql, type Access } from '../support/api.js';
import { succeed } from '../support/running-harmony.js';

const planSchema = z.object({
  conversations: z.number(),
  scopeDigest: z.string(),
  definitions: z.array(
    z.object({
      definitionId: z.string(),
      ...{ reused: z.number(), rerun: z.number(), new: z.number(), outOfScope: z.number() },
      reasons: z.array(z.object({ reason: z.string(), cells: z.number() })),
    }),
  ),
});
export type ShownPlan = z.output<typeof planSchema>;

const revisionSchema = z.object({
  id: z.string(),
  outcome: z.string(),
  stage: z.string(),
  badge: z.string(),
});
export type ShownRevision = z.output<typeof revisionSchema>;

const fields = 'id outcome stage badge';

/** The form as GraphQL takes it. */
export interface RevisionForm {
  readonly projectId: string;
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly startStage?: string;
  readonly includeCompleted?: boolean;
  readonly statuses?: readonly string[];
  readonly force?: boolean;
  readonly noiseSample?: number;
}

/** Revisions as a customer's program reaches them. */
export async function previewRevision(access: Access, input: RevisionForm): Promise<ShownPlan> {
  const query = `query ($input: RevisionInput!) { revisionPreview(input: $input) { plan {
    conversations scopeDigest definitions { definitionId reused rerun new outOfScope reasons { reason cells } } } } }`;
  return z.object({ plan: planSchema }).parse((await succeed(access, query, { input }))['revisionPreview']).plan;
}

export async function createRevision(
  access: Access,
  input: RevisionForm,
  seen?: Pick<ShownPlan, 'conversations' | 'scopeDigest'>,
): Promise<ShownRevision> {
  const mutation = `mutation ($input: RevisionInput!, $previewed: PreviewedScopeInput) {
    createRevision(input: $input, previewed: $previewed) { ${fields} } }`;
  const { conversations, scopeDigest } = seen ?? {};
  const previewed = seen && { conversations, scopeDigest };
  return revisionSchema.parse((await succeed(access, mutation, { input, previewed }))['createRevision']);
}

/** The newest first. */
export async function listRevisions(access: Access, projectId: string): Promise<ShownRevision[]> {
  const query = `query ($projectId: ID!) { revisions(projectId: $projectId, first: 50) { edges { node { ${fields} } } } }`;
  const page = z.object({ edges: z.array(z.object({ node: revisionSchema })) });
  return page.parse((await succeed(access, query, { projectId }))['revisions']).edges.map(({ node }) => node);
}

export async function revisionOf(access: Access, id: string): Promise<ShownRevision> {
  return revisionSchema.parse(
    (await succeed(access, `query ($id: ID!) { revision(id: $id) { ${fields} } }`, { id }))['revision'],
  );
}

/** What is done to a revision that is there. */
export type RevisionStep =
  'cancelRevision' | 'retryRevision' | 'publishRevision' | 'makeRevisionLive' | 'rollBackRevision';

/** A refusal as its code with what it says besides. */
export interface Refusal {
  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Undefined where it was done. */
export async function press(
  access: Access,
  step: RevisionStep,
  id: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Refusal | undefined> {
  const isConfirmable = step === 'makeRevisionLive';
  const [type, argument] = isConfirmable ? [', $confirm: Boolean', ', confirmReplacingNewer: $confirm'] : ['', ''];
  const mutation = `mutation ($id: ID!${type}) { ${step}(id: $id${argument}) { ${fields} } }`;
  const { errors } = await graphql(access, mutation, { id, ...more });
  const [error] = errors ?? [];
  if (!error) return undefined;
  return { code: error.extensions?.code ?? error.message, extensions: { ...error.extensions } };
}

const attributionSchema = z.object({
  isDrawing: z.boolean(),
  ...{ drawn: z.int(), pending: z.int(), unknown: z.int(), attributed: z.int(), together: z.int() },
  causes: z.array(z.object({ cause: z.string(), tried: z.int(), changed: z.int() })),
});

/** Asks what made results change; what a review says of it, once all that was drawn is looked into. */
export async function attributed(access: Access, id: string): Promise<z.output<typeof attributionSchema>> {
  await succeed(access, 'mutation ($id: ID!) { attributeChanges(id: $id, sample: 100) { id } }', { id });
  const query = `query ($id: ID!) { reviewRevision(revisionId: $id) { attribution {
    isDrawing drawn pending unknown attributed together causes { cause tried changed } } } }`;
  return eventually(
    async () => {
      const review = z
        .object({ attribution: attributionSchema })
        .parse((await succeed(access, query, { id }))['reviewRevision']);
      expect(review.attribution).toMatchObject({ isDrawing: false, pending: 0 });
      expect(review.attribution.drawn).toBeGreaterThan(0);
      return review.attribution;
    },
    { withinMs: 60_000 },
  );
}
