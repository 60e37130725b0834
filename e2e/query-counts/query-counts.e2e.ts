import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Access } from '../support/api.js';
import { startSampleHarmony, type SampleHarmony } from '../reporting/sample-harmony.js';
import { succeed } from '../support/running-harmony.js';

interface Ids {
  readonly project: string;
  readonly definition: string;
  readonly conversation: string;
  readonly revision: string;
}

interface Counted {
  readonly query: string;
  readonly variables?: (ids: Ids) => Record<string, unknown>;
  /** Statements that it may take, however many rows there are. */
  readonly most: number;
}

const report = readFileSync(
  join(import.meta.dirname, '../../contracts/graphql/operations/project-report.graphql'),
  'utf8',
);
const ofConversation = ({ conversation }: Ids) => ({ id: conversation });
const ofRevision = ({ revision }: Ids) => ({ id: revision });
const people = 'edges { node { id name } } pageInfo { hasNextPage }';

const revisionsSchema = z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) });

/** What clients ask most, each with everything behind it that may be asked row by row. */
const operations: Readonly<Record<string, Counted>> = {
  conversations: {
    query: `query ($first: Int!) { conversations(first: $first) {
      edges { cursor node { id title status teamId ownerId speakers { name } stages { stage } } } } }`,
    most: 2,
  },
  'a conversation with its transcript': {
    query: `query ($id: ID!, $first: Int!) { conversation(id: $id) {
      title speakers { name } transcript(first: $first) { edges { node { speakerName text } } } } }`,
    variables: ofConversation,
    most: 2,
  },
  'transcripts of a list': {
    query: `query ($first: Int!) { conversations(first: $first) {
      edges { node { id transcript(first: 2) { pageInfo { endCursor } } } } } }`,
    most: 4,
  },
  'what a conversation says': {
    query: 'query ($id: ID!) { conversationExtraction(conversationId: $id) { summary actionItems { text } } }',
    variables: ofConversation,
    most: 2,
  },
  'what was found in a conversation': {
    query: `query ($id: ID!) { conversationInsights(conversationId: $id) { run { id } projects { name run { id }
      results { title question { __typename } answer { __typename } evidence { quote } }
      goals { name outcome } scorecards { name score } } } }`,
    variables: ofConversation,
    most: 5,
  },
  'projects with their definitions': {
    query: `query ($first: Int!) { projects(first: $first) {
      edges { node { name isPinned definitions { title question { __typename } } } } } }`,
    most: 2,
  },
  'a project with all that was ever asked': {
    query: 'query ($id: ID!) { project(id: $id) { name definitions { title question { __typename } } } }',
    variables: ({ project }) => ({ id: project }),
    most: 2,
  },
  'the report of a project': {
    query: report,
    variables: ({ project }) => ({ projectId: project }),
    most: 8,
  },
  'rows of a definition': {
    query: `query ($projectId: ID!, $definitionId: ID!, $first: Int!) {
      definitionResults(projectId: $projectId, definitionId: $definitionId, first: $first, sort: VALUE) { totalCount
        edges { node { answer { __typename } evidence { quote }
          conversation { title team { name } owner { name } contact { name } } } } } }`,
    variables: ({ project, definition }) => ({ projectId: project, definitionId: definition }),
    most: 7,
  },
  'revisions of a project': {
    query: `query ($projectId: ID!, $first: Int!) { revisions(projectId: $projectId, first: $first) { edges { node {
      id number badge outcome stage actions requestedBy { name } plan { conversations definitions { reused } }
      progress { planned completed } history { action by { name } } } } } }`,
    variables: ({ project }) => ({ projectId: project }),
    most: 4,
  },
  'the preview of a revision': {
    query: `query ($input: RevisionInput!) { revisionPreview(input: $input) {
      plan { conversations definitions { reused rerun new outOfScope reasons { reason cells } } }
      estimate { calls { low expected high } samples parts { name samples unknown { reason } } } } }`,
    variables: ({ project }) => ({ input: { projectId: project, range: 'LAST_90_DAYS', includeCompleted: true } }),
    most: 12,
  },
  'the review of a revision': {
    query: `query ($id: ID!) { reviewRevision(revisionId: $id) { compared changed volatility { rating }
      recommendation { sentence } definitions { definition { title } changed flips { cells } shift { mean } } } }`,
    variables: ofRevision,
    most: 8,
  },
  'what a revision changes, row by row': {
    query: `query ($id: ID!, $first: Int!) { revisionChanges(revisionId: $id, changes: ALL, first: $first) { edges { node {
      kind cause conversation { title team { name } owner { name } }
      before { answer { __typename } evidence { quote } } after { answer { __typename } evidence { quote } } } } } }`,
    variables: ofRevision,
    most: 10,
  },
  users: { query: `query ($first: Int!) { users(first: $first) { ${people} } }`, most: 1 },
  contacts: { query: `query ($first: Int!) { contacts(first: $first) { ${people} } }`, most: 1 },
};

describe('statements that an operation takes', () => {
  let sample: SampleHarmony;
  let admin: Access;
  let ids: Ids;
  let statements: jest.Spied<SampleHarmony['harmony']['running']['backends']['database']['scoped']['query']>;
  beforeAll(async () => {
    sample = await startSampleHarmony();
    const { workspace, log } = sample.home;
    ({ admin } = workspace);
    const world = await sample.world();
    const project = log.projectIds[0] ?? '';
    const definition = [...world.definitions.values()].find(({ projectId }) => projectId === project)?.id ?? '';
    const conversation = [...world.runs.values()].find(
      ({ projectIds, conversationId, workspaceId }) =>
        workspaceId === workspace.workspaceId &&
        projectIds.includes(project) &&
        world.conversations.has(conversationId),
    );
    await succeed(admin, 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }');
    const list = 'query ($project: ID!) { revisions(projectId: $project, first: 1) { edges { node { id } } } }';
    const { edges } = revisionsSchema.parse((await succeed(admin, list, { project }))['revisions']);
    const revision = edges[0]?.node.id ?? '';
    ids = { project, definition, revision, conversation: conversation?.conversationId ?? '' };
    statements = jest.spyOn(sample.harmony.running.backends.database.scoped, 'query');
  }, 300_000);
  afterAll(() => sample?.stop(), 60_000);

  it.each(Object.entries(operations))('%s: as many for few rows as for many', async (_name, operation) => {
    const { query, variables, most } = operation;
    const takes = async (first: number): Promise<number> => {
      const asked = { ...variables?.(ids), ...(query.includes('$first') && { first }) };
      await succeed(admin, query, asked);
      const counts: number[] = [];
      // The least of some: others read ahead in the background.
      for (let time = 0; time < 3; time += 1) {
        const before = statements.mock.calls.length;
        await succeed(admin, query, asked);
        counts.push(statements.mock.calls.length - before);
      }
      return Math.min(...counts);
    };
    // What a process prepares in the background may come between the two, and does not do so again.
    await eventually(async () => {
      const [few, many] = [await takes(2), await takes(40)];
      expect(few).toBeGreaterThan(0);
      expect([many, many <= most]).toEqual([few, true]);
    });
  });
});
