import type { Ids, Operation } from './operation.js';

const needs = ['conversations', 'create', 'own'] as const;
const file = { fileName: 'call.mp3', bytes: 1_000 };

/** A form with what passes for the beginning of an MP3 file. */
const form = ({ team }: Ids): string =>
  [
    '--line',
    'Content-Disposition: form-data; name="file"; filename="call.mp3"',
    '',
    'ID3\u0003\u0000\u0000\u0000\u0000\u007f\u007f',
    '--line',
    'Content-Disposition: form-data; name="teamId"',
    '',
    team,
    '--line--',
    '',
  ].join('\r\n');

const ofUpload = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: (id: string) => string,
  body?: unknown,
): Operation => ({
  call: ({ conversation }) => ({ method, path: path(conversation), ...(body !== undefined && { body }) }),
  needs,
  foreign: 'NOT_FOUND',
});

const ofUploadById = (query: string): Operation => ({
  call: ({ conversation }) => ({ query, variables: { id: conversation } }),
  needs,
  foreign: 'NOT_FOUND',
});

/** Rows of what is about recordings that are sent to us. */
export const uploadOperations: Readonly<Record<string, Operation>> = {
  'query upload': ofUploadById('query ($id: ID!) { upload(id: $id) { id } }'),
  'mutation startUpload': {
    call: ({ team }) => ({
      query: 'mutation ($input: StartUploadInput!) { startUpload(input: $input) { id } }',
      variables: { input: { ...file, teamId: team } },
    }),
    needs,
    foreign: 'UNKNOWN_TEAM',
  },
  'mutation completeUpload': ofUploadById('mutation ($id: ID!) { completeUpload(id: $id) { conversation { id } } }'),
  'mutation abortUpload': ofUploadById('mutation ($id: ID!) { abortUpload(id: $id) }'),

  'POST /v1/uploads': {
    call: ({ team }) => ({ method: 'POST', path: '/v1/uploads', body: { ...file, teamId: team } }),
    needs,
    foreign: 'UNKNOWN_TEAM',
  },
  'GET /v1/uploads/{id}': ofUpload('GET', (id) => `/v1/uploads/${id}`),
  'PUT /v1/uploads/{id}/parts/{number}': ofUpload('PUT', (id) => `/v1/uploads/${id}/parts/1`, 'bytes'),
  'POST /v1/uploads/{id}/complete': ofUpload('POST', (id) => `/v1/uploads/${id}/complete`, {}),
  'DELETE /v1/uploads/{id}': ofUpload('DELETE', (id) => `/v1/uploads/${id}`),
  'POST /v1/conversations/upload': {
    call: (ids) => ({
      method: 'POST',
      path: '/v1/conversations/upload',
      body: form(ids),
      headers: { 'Content-Type': 'multipart/form-data; boundary=line' },
    }),
    needs,
    foreign: 'UNKNOWN_TEAM',
  },
};
