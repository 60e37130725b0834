import { mutation, type Operation } from './operation.js';

const needs = ['conversations', 'create', 'own'] as const;

/** A public address, which nobody gets so far as to have fetched. */
const url = 'https://1.1.1.1/call.mp3';

/** Rows of what is about links. */
export const importUrlOperations: Readonly<Record<string, Operation>> = {
  'query checkUrl': {
    call: () => ({ query: '{ checkUrl(url: "http://127.0.0.1/call.mp3") { state message } }' }),
    needs,
    foreign: 'own',
  },
  'mutation importUrl': mutation(
    'mutation ($input: ImportUrlInput!) { importUrl(input: $input) { conversation { id } } }',
    ({ team }) => ({ input: { url, teamId: team } }),
    needs,
    'UNKNOWN_TEAM',
  ),
  'POST /v1/conversations/import-url': {
    call: ({ team }) => ({ method: 'POST', path: '/v1/conversations/import-url', body: { url, teamId: team } }),
    needs,
    foreign: 'UNKNOWN_TEAM',
  },
};
