import { mutation, type Operation } from './operation.js';

const read = ['projects', 'read', 'own'] as const;
const execute = ['pipeline-rerun', 'execute', 'all'] as const;

const ofProject = (query: string, needs: Operation['needs']): Operation =>
  mutation(query, ({ project }) => ({ id: project }), needs, 'UNKNOWN_PROJECT');

/** There is none with this id; one of another workspace looks the same. */
const ofRevision = (query: string, needs: Operation['needs']): Operation =>
  mutation(query, ({ conversation }) => ({ id: conversation }), needs, 'UNKNOWN_REVISION');

/** Rows of revisions. */
export const revisionOperations: Readonly<Record<string, Operation>> = {
  'query revisions': ofProject(
    'query ($id: ID!) { revisions(projectId: $id) { edges { node { id requestedBy { name } } cursor } } }',
    read,
  ),
  'query revisionsAccess': ofProject(
    'query ($id: ID!) { revisionsAccess(projectId: $id) { tab { isEnabled } newRevision { disabledReason } } }',
    read,
  ),
  'query revision': ofRevision('query ($id: ID!) { revision(id: $id) { id } }', read),
  'query revisionConflicts': ofRevision(
    'query ($id: ID!) { revisionConflicts(id: $id) { totalCount edges { node { conversationId } } } }',
    read,
  ),
  'mutation createRevision': ofProject(
    'mutation ($id: ID!) { createRevision(input: { projectId: $id }) { id } }',
    execute,
  ),
  'mutation cancelRevision': ofRevision('mutation ($id: ID!) { cancelRevision(id: $id) { id } }', execute),
  'mutation retryRevision': ofRevision('mutation ($id: ID!) { retryRevision(id: $id) { id } }', execute),
  'mutation attributeChanges': ofRevision('mutation ($id: ID!) { attributeChanges(id: $id) { id } }', execute),
  'mutation publishRevision': ofRevision('mutation ($id: ID!) { publishRevision(id: $id) { id } }', execute),
  'mutation makeRevisionLive': ofRevision('mutation ($id: ID!) { makeRevisionLive(id: $id) { id } }', execute),
  'mutation rollBackRevision': ofRevision('mutation ($id: ID!) { rollBackRevision(id: $id) { id } }', execute),
  'GET /v1/projects/{id}/revisions': {
    call: ({ project }) => ({ method: 'GET', path: `/v1/projects/${project}/revisions` }),
    needs: read,
    foreign: 'UNKNOWN_PROJECT',
  },
  'GET /v1/revisions/{id}': {
    call: ({ conversation }) => ({ method: 'GET', path: `/v1/revisions/${conversation}` }),
    needs: read,
    foreign: 'UNKNOWN_REVISION',
  },
  'subscription revisionChanged': ofProject(
    'subscription ($id: ID!) { revisionChanged(projectId: $id) { projectId revisions { id } } }',
    read,
  ),
};
