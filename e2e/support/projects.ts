import type { Access } from './api.js';
import { succeed } from './running-harmony.js';

/** A definition as `createDefinition` takes it. */
export interface DefinitionInput {
  readonly title: string;
  readonly question: Readonly<Record<string, unknown>>;
}

export interface SampleProject {
  readonly id: string;
  /** Of the team whose conversations it looks at. */
  readonly teamId: string;
  readonly definitionIds: readonly string[];
}

/** A project of a team of its own, whose name nobody has yet. */
export async function createProject(
  access: Access,
  definitions: readonly DefinitionInput[],
  team = 'Sales',
): Promise<SampleProject> {
  const idOf = async (field: string, mutation: string, variables: object): Promise<string> =>
    ((await succeed(access, mutation, variables))[field] as { id: string }).id;
  const teamId = await idOf('createTeam', 'mutation ($team: String!) { createTeam(input: { name: $team }) { id } }', {
    team,
  });
  const id = await idOf(
    'createProject',
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id } }',
    { input: { name: 'Sales', teamIds: [teamId] } },
  );
  const definitionIds: string[] = [];
  for (const input of definitions) {
    const document =
      'mutation ($id: ID!, $input: CreateDefinitionInput!) { createDefinition(projectId: $id, input: $input) { id } }';
    definitionIds.push(await idOf('createDefinition', document, { id, input }));
  }
  return { id, teamId, definitionIds };
}
