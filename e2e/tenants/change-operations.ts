import { mutation, removal, type Call, type Ids, type Operation } from './operation.js';

const rest = (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  action: 'update' | 'execute' | 'delete',
  body?: unknown,
): Operation => ({
  call: (ids: Ids): Call => ({
    method,
    path: `/v1/conversations/${ids.conversation}${path}`,
    ...(body !== undefined && { body }),
  }),
  needs: ['conversations', action, 'own'],
  foreign: 'NOT_FOUND',
});

/** Rows of what people change of conversations afterwards. */
export const changeOperations: Readonly<Record<string, Operation>> = {
  'mutation updateConversation': mutation(
    'mutation ($id: ID!, $team: ID!) { updateConversation(id: $id, input: { title: "Taken over", teamId: $team }) { id } }',
    (ids) => ({ id: ids.conversation, team: ids.team }),
    ['conversations', 'update', 'own'],
    'NOT_FOUND',
  ),
  'mutation matchSpeaker': mutation(
    'mutation ($id: ID!, $contact: ID!) { matchSpeaker(conversationId: $id, speaker: "A", match: { contactId: $contact }) { id } }',
    (ids) => ({ id: ids.conversation, contact: ids.contact }),
    ['conversations', 'update', 'own'],
    'NOT_FOUND',
  ),
  'mutation retryConversation': mutation(
    'mutation ($id: ID!) { retryConversation(id: $id) { id } }',
    (ids) => ({ id: ids.conversation }),
    ['conversations', 'execute', 'own'],
    'NOT_FOUND',
  ),
  'mutation deleteConversation': removal(
    'deleteConversation',
    'conversation',
    ['conversations', 'delete', 'own'],
    'NOT_FOUND',
  ),
  'PATCH /v1/conversations/{id}': rest('PATCH', '', 'update', { title: 'Taken over' }),
  'PUT /v1/conversations/{id}/speakers/{code}': rest('PUT', '/speakers/A', 'update', { name: 'Taken over' }),
  'POST /v1/conversations/{id}/retry': rest('POST', '/retry', 'execute', {}),
  'DELETE /v1/conversations/{id}': rest('DELETE', '', 'delete'),
};
