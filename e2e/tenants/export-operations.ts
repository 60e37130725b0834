import { list, type Operation } from './operation.js';

const needs = ['projects', 'read', 'own'] as const;

/** There is none with this id; one of somebody else of the same workspace looks the same. */
const ofExport = (method: 'GET' | 'DELETE', path: (id: string) => string): Operation => ({
  call: ({ conversation }) => ({ method, path: path(conversation) }),
  foreign: 'UNKNOWN_EXPORT',
});

const ofExportById = (query: string): Operation => ({
  call: ({ conversation }) => ({ query, variables: { id: conversation } }),
  foreign: 'UNKNOWN_EXPORT',
});

/** Rows of what is about files of reports. */
export const exportOperations: Readonly<Record<string, Operation>> = {
  'query export': ofExportById('query ($id: ID!) { export(id: $id) { id } }'),
  'query exports': list('exports'),
  'mutation cancelExport': ofExportById('mutation ($id: ID!) { cancelExport(id: $id) { id } }'),
  'mutation startExport': {
    call: ({ project }) => ({
      query: 'mutation ($id: ID!) { startExport(input: { projectId: $id }) { id } }',
      variables: { id: project },
    }),
    needs,
    foreign: 'UNKNOWN_PROJECT',
  },
  'POST /v1/exports': {
    call: ({ project }) => ({ method: 'POST', path: '/v1/exports', body: { projectId: project } }),
    needs,
    foreign: 'UNKNOWN_PROJECT',
  },
  'GET /v1/exports': { call: () => ({ method: 'GET', path: '/v1/exports' }), foreign: 'own' },
  'GET /v1/exports/{id}': ofExport('GET', (id) => `/v1/exports/${id}`),
  'DELETE /v1/exports/{id}': ofExport('DELETE', (id) => `/v1/exports/${id}`),
  'GET /v1/exports/{id}/signature': ofExport('GET', (id) => `/v1/exports/${id}/signature`),
  'GET /v1/exports/{id}/content': ofExport('GET', (id) => `/v1/exports/${id}/content`),
};
