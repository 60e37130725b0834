import { mutation, type Operation } from './operation.js';

const readConversation = ['conversations', 'read', 'own'] as const;

const ofConversation = (query: string): Operation =>
  mutation(query, ({ conversation }) => ({ id: conversation }), readConversation, 'NOT_FOUND');

/** Rows of what was found in conversations, and of what that took. */
export const insightsOperations: Readonly<Record<string, Operation>> = {
  'query analyst': {
    call: () => ({ query: '{ analyst { __typename } }' }),
    needs: ['projects', 'read', 'own'],
    foreign: 'own',
  },
  'query conversationInsights': ofConversation(
    'query ($id: ID!) { conversationInsights(conversationId: $id) { __typename } }',
  ),
  'GET /v1/conversations/{id}/insights': {
    call: ({ conversation }) => ({ method: 'GET', path: `/v1/conversations/${conversation}/insights` }),
    needs: readConversation,
    foreign: 'NOT_FOUND',
  },
  'query projectEligibility': ofConversation(
    'query ($id: ID!) { projectEligibility(conversationId: $id) { __typename } }',
  ),
  'query revisionPreview': mutation(
    'query ($id: ID!) { revisionPreview(input: { projectId: $id }) { plan { conversations } } }',
    ({ project }) => ({ id: project }),
    ['pipeline-rerun', 'execute', 'all'],
    'UNKNOWN_PROJECT',
  ),
  'query resultHistory': mutation(
    'query ($id: ID!) { resultHistory(conversationId: $id, definitionId: $id) { edges { node { isInForce } } } }',
    ({ conversation }) => ({ id: conversation }),
    readConversation,
    'NOT_FOUND',
  ),
  'query revisionDigest': mutation(
    'query ($id: ID!) { revisionDigest(revisionId: $id) { isEqual stored { sha256 } } }',
    ({ conversation }) => ({ id: conversation }),
    ['projects', 'read', 'own'],
    'UNKNOWN_REVISION',
  ),
  'query usage': {
    call: () => ({
      query: '{ usage(from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z") { calls projectId subjectId } }',
    }),
    needs: ['usage', 'read', 'all'],
    foreign: 'own',
  },
  'mutation tryDefinition': mutation(
    'mutation ($input: TryDefinitionInput!) { tryDefinition(input: $input) { conversationId } }',
    ({ conversation, project }) => ({
      input: { projectId: project, question: { fixed: 'SUMMARY' }, conversationIds: [conversation] },
    }),
    ['projects', 'execute', 'own'],
    'NOT_FOUND',
  ),
};
