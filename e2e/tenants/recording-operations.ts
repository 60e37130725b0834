import type { Operation } from './operation.js';

const reading = (path: string): Operation => ({
  call: ({ conversation }) => ({ method: 'GET', path: `/v1/conversations/${conversation}/recording${path}` }),
  needs: ['conversations', 'read', 'own'],
  foreign: 'NOT_FOUND',
});

/** Rows of listening to recordings. */
export const recordingOperations: Readonly<Record<string, Operation>> = {
  'GET /v1/conversations/{id}/recording': reading(''),
  'GET /v1/conversations/{id}/recording/peaks': reading('/peaks'),
};
