import { question, type Question, type QuestionInput } from '@harmony/contracts';
import type { StructuredTranscript } from '@harmony/transcript';
import { readMeetings } from '@harmony/testing';
import { loadFolder } from '@harmony/tool-evaluation';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Importable } from '../harness/import.js';

const data = join(import.meta.dirname, '../../../../../shared/data');

/** Definitions, and the conversations that they are asked about; those are of a team of the same name. */
export interface BenchProject {
  readonly name: string;
  readonly knowledge: string;
  readonly questions: readonly { readonly title: string; readonly question: Question }[];
  readonly conversations: readonly StructuredConversation[];
}

export type StructuredConversation = Importable &
  Pick<StructuredTranscript, 'participants' | 'turns' | 'startedAt' | 'medium'>;

export interface Workload {
  readonly name: string;
  readonly projects: readonly BenchProject[];
}

/** The labelled calls with their own definitions; undefined where they are not there. */
export async function callsWorkload(): Promise<Workload | undefined> {
  const folder = join(data, 'calls');
  const { cases } = await loadFolder(folder);
  if (cases.length === 0) return undefined;
  const names = [...new Set(cases.map(({ project }) => project.name))];
  const projects = names.map(async (name): Promise<BenchProject> => {
    const own = cases.filter(({ project }) => project.name === name);
    const places = [...new Set(own.map(({ place }) => place))];
    const definitions = own[0]?.project.definitions ?? [];
    return {
      ...{ name, knowledge: own[0]?.project.knowledge ?? '' },
      questions: definitions.map(({ title, question: asked }) => ({ title, question: asked })),
      conversations: await Promise.all(places.map((place) => readCall(folder, place))),
    };
  });
  return { name: 'calls', projects: await Promise.all(projects) };
}

async function readCall(folder: string, place: string): Promise<StructuredConversation> {
  const { title, medium, startedAt, participants, turns } = JSON.parse(
    await readFile(join(folder, `${place}.json`), 'utf8'),
  ) as StructuredConversation;
  return { key: place, title, medium, startedAt, participants, turns };
}

const parts = (...names: string[]): { key: string; name: string }[] =>
  names.map((name) => ({ key: name.replaceAll(' ', '-'), name }));

/** What one may ask about any meeting. */
const meetingQuestions: readonly QuestionInput[] = [
  { type: 'SUMMARY' },
  { type: 'OPEN_QUESTION', question: 'Who leads the meeting?' },
  { type: 'OPEN_QUESTION', question: 'What was decided about the budget?' },
  { type: 'YES_NO', question: 'Did they agree on a date for the next meeting?' },
  { type: 'YES_NO', question: 'Did anybody disagree with a proposal?' },
  {
    type: 'CHECKLIST',
    items: [
      { key: 'agenda', text: 'Somebody presents the agenda at the start.' },
      { key: 'tasks', text: 'Tasks are given to people by name.' },
      { key: 'recap', text: 'Somebody sums up the results before the end.' },
    ],
  },
  { type: 'MARKDOWN', prompt: 'List the decisions with their reasons under the heading Decisions.' },
  { type: 'GROUP', buckets: parts('design', 'research', 'politics', 'other') },
  { type: 'SCALE', question: 'How much did the participants agree with each other?' },
  { type: 'COMPETITORS' },
];

/** Long meetings of real people, 10 definitions each; undefined where they are not there. */
export async function meetingsWorkload(seed: number): Promise<Workload | undefined> {
  const meetings = (await readMeetings(join(data, 'qmsum'), seed))?.filter(({ key }) => key.startsWith('qmsum/val/'));
  if (!meetings) return undefined;
  const questions = meetingQuestions.map((asked, index) => ({
    title: `${index + 1} ${asked.type}`,
    question: question.parse(asked),
  }));
  const conversations = meetings.map(({ participants, turns, ...rest }) => ({
    ...rest,
    participants: [...participants],
    turns: [...turns],
  }));
  return { name: 'qmsum val', projects: [{ name: 'meetings', knowledge: '', questions, conversations }] };
}

/** The same work so many times, with keys and titles of its own each time. */
export const copies = ({ name, projects }: Workload, count: number): Workload => ({
  name,
  projects: projects.map((project) => ({
    ...project,
    conversations: Array.from({ length: count }, (_, copy) =>
      project.conversations.map((one) => ({ ...one, key: `${copy}/${one.key}`, title: `${one.title} ${copy}` })),
    ).flat(),
  })),
});

export const conversationsOf = ({ projects }: Workload): number =>
  projects.reduce((sum, { conversations }) => sum + conversations.length, 0);

/** One for each definition of each conversation. */
export const cellsOf = ({ projects }: Workload): number =>
  projects.reduce((sum, { conversations, questions }) => sum + conversations.length * questions.length, 0);
