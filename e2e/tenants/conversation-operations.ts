import { byId, list, mutation, type Operation } from './operation.js';

const transcript = { participants: [{ id: 'p1', name: 'Ann' }], turns: [{ participantId: 'p1', text: 'Hello' }] };

/** Rows of what is about conversations. */
export const conversationOperations: Readonly<Record<string, Operation>> = {
  'query conversations': list('conversations', ['conversations', 'read', 'own']),
  'query conversation': byId('conversation', 'conversation', ['conversations', 'read', 'own']),
  'query followedQuotes': {
    call: (ids) => ({
      query:
        'query ($id: ID!) { followedQuotes(conversationId: $id, from: 1, to: 1, quotes: [{ start: 0, end: 1 }]) { match } }',
      variables: { id: ids.conversation },
    }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
  'query conversationExtraction': {
    call: (ids) => ({
      query: 'query ($id: ID!) { conversationExtraction(conversationId: $id) { summary } }',
      variables: { id: ids.conversation },
    }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
  'mutation submitConversation': mutation(
    'mutation ($team: ID!, $contact: ID!, $owner: ID!) { submitConversation(input: { text: "Ann: Hello", teamId: $team, contactId: $contact, ownerId: $owner }) { conversation { id } } }',
    (ids) => ({ team: ids.team, contact: ids.contact, owner: ids.user }),
    ['conversations', 'create', 'own'],
    'UNKNOWN_TEAM',
  ),

  'mutation uploadTranscript': mutation(
    'mutation ($input: TranscriptInput!) { uploadTranscript(input: $input) { conversation { id } } }',
    (ids) => ({ input: { ...transcript, teamId: ids.team } }),
    ['conversations', 'create', 'own'],
    'UNKNOWN_TEAM',
  ),
  'mutation importConversations': mutation(
    'mutation ($input: ImportConversationsInput!) { importConversations(input: $input) { results { conversation { id } error { code } } } }',
    (ids) => ({ input: { conversations: [{ ...transcript, teamId: ids.team }] } }),
    ['conversations', 'create', 'own'],
    'own',
  ),

  'subscription conversationChanged': {
    call: (ids) => ({
      query: 'subscription ($id: ID) { conversationChanged(conversationId: $id) { id } }',
      variables: { id: ids.conversation },
    }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },

  'POST /v1/conversations': {
    call: (ids) => ({ method: 'POST', path: '/v1/conversations', body: { text: 'Ann: Hello', teamId: ids.team } }),
    needs: ['conversations', 'create', 'own'],
    foreign: 'UNKNOWN_TEAM',
  },
  'POST /v1/conversations/transcript-upload': {
    call: (ids) => ({
      method: 'POST',
      path: '/v1/conversations/transcript-upload',
      body: { ...transcript, teamId: ids.team },
    }),
    needs: ['conversations', 'create', 'own'],
    foreign: 'UNKNOWN_TEAM',
  },
  'POST /v1/conversations/structured-import': {
    call: (ids) => ({
      method: 'POST',
      path: '/v1/conversations/structured-import',
      body: { ...transcript, teamId: ids.team },
    }),
    needs: ['conversations', 'create', 'own'],
    foreign: 'UNKNOWN_TEAM',
  },
  'GET /v1/conversations': {
    call: () => ({ method: 'GET', path: '/v1/conversations' }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'own',
  },
  'GET /v1/conversations/{id}': {
    call: (ids) => ({ method: 'GET', path: `/v1/conversations/${ids.conversation}` }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
  'GET /v1/conversations/{id}/transcript': {
    call: (ids) => ({ method: 'GET', path: `/v1/conversations/${ids.conversation}/transcript` }),
    needs: ['conversations', 'read', 'own'],
    foreign: 'NOT_FOUND',
  },
};
