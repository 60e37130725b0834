import type { Question } from '@harmony/contracts';
import { z } from 'zod';
import { ask } from '../harness/graphql.js';
import type { RunningHarmony } from '../harness/harmony.js';
import type { BenchProject } from './workload.js';

const created = z.object({ created: z.object({ id: z.string() }) });

/** Makes a team, and a project for it with all its definitions. */
export async function setUp(harmony: Pick<RunningHarmony, 'url' | 'apiKey'>, project: BenchProject): Promise<void> {
  const { name, knowledge, questions } = project;
  const create = async (mutation: string, type: string, variables: object): Promise<string> =>
    (await ask(harmony, `mutation (${type}) { created: ${mutation} { id } }`, { ...variables }, created)).created.id;
  const teamId = await create('createTeam(input: $input)', '$input: TeamInput!', { input: { name } });
  const projectId = await create('createProject(input: $input)', '$input: CreateProjectInput!', {
    input: { name, knowledge, teamIds: [teamId] },
  });
  for (const { title, question } of questions) {
    await create(
      'createDefinition(projectId: $projectId, input: $input)',
      '$projectId: ID!, $input: CreateDefinitionInput!',
      { projectId, input: { title, question: inputOf(question) } },
    );
  }
}

const fields = {
  COMPETITORS: 'competitors',
  OPEN_QUESTION: 'openQuestion',
  YES_NO: 'yesNo',
  CHECKLIST: 'checklist',
  MARKDOWN: 'markdown',
  GROUP: 'group',
  SCALE: 'scale',
  FUNNEL: 'funnel',
} as const;

/** As the GraphQL API wants it. */
function inputOf(question: Question): object {
  const { type, ...details } = question;
  if (!(type in fields)) return { fixed: type };
  const labels = 'labels' in details ? Object.entries(details.labels) : undefined;
  return {
    [fields[type as keyof typeof fields]]: {
      ...details,
      ...(labels && { labels: labels.map(([value, label]) => ({ value: Number(value), label })) }),
    },
  };
}
