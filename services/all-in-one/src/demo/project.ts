import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoClient } from './client.js';
import type { SampleTeam } from './samples.js';

const projectSchema = z.object({
  name: z.string(),
  /** Name of the team whose conversations it looks at. */
  team: z.string(),
  language: z.string(),
  knowledge: z.string(),
  /** As `createDefinition` takes them. */
  definitions: z.array(z.object({ title: z.string(), question: z.record(z.string(), z.unknown()) })),
});
export type SampleProject = z.output<typeof projectSchema>;

/** What is asked about the sample conversations of a folder. */
export const readProject = async (folder: string): Promise<SampleProject> =>
  projectSchema.parse(JSON.parse(await readFile(join(folder, 'project.json'), 'utf8')));

const changeSchema = z.object({
  /** Title of the definition. */
  definition: z.string(),
  /** In words. */
  change: z.string(),
  /** As `changeDefinition` takes it. */
  question: z.record(z.string(), z.unknown()),
});
/** A definition of the sample project as it is to be asked from now on. */
export type SampleChange = z.output<typeof changeSchema>;

/** What somebody changes about the project of a folder. */
export const readChange = async (folder: string): Promise<SampleChange> =>
  changeSchema.parse(JSON.parse(await readFile(join(folder, 'revision.json'), 'utf8')));

const identified = z.object({ id: z.string() });
const named = identified.extend({ name: z.string() });
const listOf = <Node extends z.ZodType>(node: Node) => z.object({ edges: z.array(z.object({ node })) });
const presentSchema = z.object({
  teams: listOf(named),
  projects: listOf(named.extend({ definitions: z.array(z.object({ title: z.string() })) })),
});

const present = `{
  teams(first: 100) { edges { node { id name } } }
  projects(first: 100) { edges { node { id name definitions { title } } } }
}`;

/** Makes the team, the project and its definitions, or what an interrupted start left out of them. */
export async function ensureProject(client: DemoClient, sample: SampleProject): Promise<SampleTeam> {
  const { teams, projects } = await client.ask(presentSchema, present);
  const team = nodesOf(teams).find(({ name }) => name === sample.team) ?? (await createTeam(client, sample));
  const project =
    nodesOf(projects).find(({ name }) => name === sample.name) ?? (await createProject(client, sample, team.id));
  const titles = project.definitions.map(({ title }) => title);
  for (const definition of sample.definitions.filter(({ title }) => !titles.includes(title))) {
    await client.ask(
      z.object({ createDefinition: identified }),
      'mutation ($id: ID!, $input: CreateDefinitionInput!) { createDefinition(projectId: $id, input: $input) { id } }',
      { id: project.id, input: definition },
    );
  }
  return { id: team.id, name: sample.team };
}

const nodesOf = <Node>({ edges }: { readonly edges: readonly { readonly node: Node }[] }): Node[] =>
  edges.map(({ node }) => node);

async function createTeam(client: DemoClient, { team: name }: SampleProject): Promise<z.output<typeof identified>> {
  const document = 'mutation ($name: String!) { createTeam(input: { name: $name }) { id } }';
  return (await client.ask(z.object({ createTeam: identified }), document, { name })).createTeam;
}

async function createProject(
  client: DemoClient,
  { name, language, knowledge }: SampleProject,
  teamId: string,
): Promise<{ readonly id: string; readonly definitions: readonly { readonly title: string }[] }> {
  const input = { name, language, knowledge, teamIds: [teamId] };
  const document = 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id } }';
  const { createProject: created } = await client.ask(z.object({ createProject: identified }), document, { input });
  return { ...created, definitions: [] };
}
