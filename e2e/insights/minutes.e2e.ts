import { sampleRate, wavFile } from '@harmony/speech';
import { sayTones, SpeechServer } from '@harmony/speech/testing';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Access } from '../support/api.js';
import { createProject } from '../support/projects.js';
import { completed, startHarmony, succeed, type RunningHarmony } from '../support/running-harmony.js';

const seconds = 30;
const minutes = seconds / 60;
const definition = { title: 'Price', question: { yesNo: { question: 'Is the price named?' } } };

let harmony: RunningHarmony;
let server: SpeechServer;
let admin: Access;
beforeAll(async () => {
  server = await SpeechServer.start();
  harmony = await startHarmony({ SPEECH_URL: server.url });
  ({ admin } = await harmony.workspace('Minutes'));
}, 180_000);
afterAll(async () => {
  await harmony?.stop();
  await server?.stop();
});

const row = z.object({
  day: z.string().nullable(),
  projectId: z.string().nullable(),
  transcribedMinutes: z.number(),
  answeredMinutes: z.number(),
});

async function usage(groupBy: string): Promise<z.output<typeof row>[]> {
  const [from, to] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
  const query = `query ($from: DateTime!, $to: DateTime!) { usage(from: $from, to: $to, groupBy: [${groupBy}]) {
    day projectId transcribedMinutes answeredMinutes } }`;
  return z.array(row).parse((await succeed(admin, query, { from, to }))['usage']);
}

/** A project that asks one thing about the conversations of a team. */
async function projectOf(teamId: string): Promise<string> {
  const project = await succeed(
    admin,
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id } }',
    { input: { name: 'Another', teamIds: [teamId] } },
  );
  const { id } = z.object({ id: z.string() }).parse(project['createProject']);
  const document =
    'mutation ($id: ID!, $input: CreateDefinitionInput!) { createDefinition(projectId: $id, input: $input) { id } }';
  await succeed(admin, document, { id, input: definition });
  return id;
}

async function upload(teamId: string): Promise<string> {
  const tones = (['alpha', 'bravo', 'charlie'] as const).map((word, at) => ({ word, atMs: 500 + at * 2_000 }));
  const sound = wavFile(sayTones(tones, seconds * 1_000));
  expect(sound.length).toBe(44 + seconds * sampleRate * 2);
  const form = new FormData();
  form.set('teamId', teamId);
  form.set('file', new Blob([new Uint8Array(sound)], { type: 'audio/wav' }), 'call.wav');
  const { url, headers } = admin;
  const response = await fetch(`${url}/v1/conversations/upload`, { method: 'POST', headers, body: form });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

it('a recording that two projects ask about is transcribed once, and is in the minutes of each', async () => {
  const first = await createProject(admin, [definition, { ...definition, title: 'Price again' }]);
  const second = await projectOf(first.teamId);
  await completed(admin, await upload(first.teamId), 120_000);
  const all = { day: null, projectId: null, transcribedMinutes: minutes, answeredMinutes: minutes };
  await eventually(async () => expect(await usage('')).toEqual([all]));

  const day = expect.stringMatching(/T00:00:00/);
  const answered = { transcribedMinutes: 0, answeredMinutes: minutes };
  const transcribed = { projectId: null, transcribedMinutes: minutes, answeredMinutes: 0 };
  await eventually(async () => {
    const byProject = await usage('DAY, PROJECT');
    expect(byProject).toHaveLength(3);
    expect(byProject).toEqual(
      expect.arrayContaining([
        { day, projectId: first.id, ...answered },
        { day, projectId: second, ...answered },
        { day, ...transcribed },
      ]),
    );
  });
}, 240_000);
