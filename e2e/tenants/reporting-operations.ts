import { mutation, type Operation } from './operation.js';

const readProjects = ['projects', 'read', 'own'] as const;

/** Rows of reports, and of what people keep at hand. */
export const reportingOperations: Readonly<Record<string, Operation>> = {
  'query projectReport': mutation(
    'query ($id: ID!) { projectReport(projectId: $id) { projectId name conversations cards { definitionId title } } }',
    ({ project }) => ({ id: project }),
    readProjects,
    'UNKNOWN_PROJECT',
  ),
  'GET /v1/projects/{id}/report': {
    call: ({ project }) => ({ method: 'GET', path: `/v1/projects/${project}/report` }),
    needs: readProjects,
    foreign: 'UNKNOWN_PROJECT',
  },
  'query definitionResults': mutation(
    `query ($project: ID!, $definition: ID!) {
      definitionResults(projectId: $project, definitionId: $definition, search: "secret") {
        totalCount edges { cursor node { conversation { id title owner { name } } rationale } } } }`,
    ({ project, definition }) => ({ project, definition }),
    readProjects,
    'UNKNOWN_PROJECT',
  ),
  'query reviewRevision': mutation(
    'query ($id: ID!) { reviewRevision(revisionId: $id) { projectId definitions { definition { title } changed } } }',
    ({ conversation }) => ({ id: conversation }),
    readProjects,
    'UNKNOWN_REVISION',
  ),
  'query revisionChanges': mutation(
    'query ($id: ID!) { revisionChanges(revisionId: $id) { edges { cursor node { after { rationale } } } } }',
    ({ conversation }) => ({ id: conversation }),
    readProjects,
    'UNKNOWN_REVISION',
  ),
  'mutation pinProject': mutation(
    'mutation ($id: ID!) { pinProject(id: $id) { id isPinned } }',
    ({ project }) => ({ id: project }),
    readProjects,
    'UNKNOWN_PROJECT',
  ),
  'mutation unpinProject': mutation(
    'mutation ($id: ID!) { unpinProject(id: $id) { id isPinned } }',
    ({ project }) => ({ id: project }),
    readProjects,
    'UNKNOWN_PROJECT',
  ),
  'subscription reportChanged': mutation(
    'subscription ($id: ID!) { reportChanged(projectId: $id) { projectId conversationCount } }',
    ({ project }) => ({ id: project }),
    readProjects,
    'UNKNOWN_PROJECT',
  ),
};
