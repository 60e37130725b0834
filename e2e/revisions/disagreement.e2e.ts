import { isVerified, TranscriptText } from '@harmony/analysis';
import type { Evidence } from '@harmony/contracts';
import { wavFile } from '@harmony/speech';
import type { SpeechServer } from '@harmony/speech/testing';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { completed, succeed } from '../support/running-harmony.js';
import { attributed, createRevision, revisionOf } from './revision-api.js';
import { humOf, linesOf, missedName, readCall, recordingMs, startEngines } from './two-engines.js';

const calls = ['pricing-castaing-beverages', 'demo-tidemark-paper', 'renewal-halvorsen-tiles'].map(readCall);

let dataDirectory: string;
let engines: SpeechServer;
let harmony: HarmonyProcess;
const start = async (model: string): Promise<void> => {
  const environment = { SPEECH_URL: engines.url, SPEECH_MODEL: model };
  harmony = await startHarmonyProcess({ dataDirectory, environment });
};
const access = (): Access => withKey(harmony.url, harmony.apiKey);
beforeAll(async () => {
  engines = await startEngines(calls);
  dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-disagreement-'));
  await start('first');
}, 240_000);
afterAll(async () => {
  await harmony?.stop();
  await engines?.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}, 60_000);

async function upload(call: number, { teamId }: SampleProject): Promise<string> {
  const form = new FormData();
  form.set('title', calls[call]?.title ?? '');
  form.set('teamId', teamId);
  const sound = wavFile(humOf(recordingMs(call)));
  form.set('file', new Blob([new Uint8Array(sound)], { type: 'audio/wav' }), 'call.wav');
  const { headers } = access();
  const response = await fetch(`${harmony.url}/v1/conversations/upload`, { method: 'POST', headers, body: form });
  expect({ status: response.status }).toEqual({ status: 202 });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

const turn = z.object({ index: z.int(), text: z.string(), startMs: z.int().nullable(), endMs: z.int().nullable() });
const transcriptSchema = z.object({ transcript: z.object({ edges: z.array(z.object({ node: turn })) }) });

async function transcriptOf(id: string, version?: number): Promise<TranscriptText> {
  const query = `query ($id: ID!, $version: Int) { conversation(id: $id) {
    transcript(first: 100, version: $version) { edges { node { index text startMs endMs } } } } }`;
  const { conversation } = await succeed(access(), query, { id, version });
  return new TranscriptText(transcriptSchema.parse(conversation).transcript.edges.map(({ node }) => node));
}

const textsOf = ({ turns }: TranscriptText): string[] => turns.map(({ text }) => text);
/** Lines of one speaker that follow each other are one turn. */
function heardBy(engine: string, call: number): string[] {
  const conversation = calls[call];
  const heard: { participantId: string; text: string }[] = [];
  for (const { participantId, text } of conversation ? linesOf(conversation, engine) : []) {
    const last = heard.at(-1);
    if (last?.participantId === participantId) last.text = `${last.text} ${text}`;
    else heard.push({ participantId, text });
  }
  return heard.map(({ text }) => text);
}

const evidence = z.object({
  ...{ quote: z.string(), turn: z.int(), start: z.int(), end: z.int(), startInTurn: z.int() },
  ...{ startMs: z.int().nullable(), endMs: z.int().nullable(), part: z.string().nullable() },
});
const result = z.object({ definitionId: z.string(), outcome: z.string(), evidence: z.array(evidence) });
const changeSchema = z.object({
  kind: z.string(),
  definitionId: z.string(),
  conversation: z.object({ id: z.string() }),
  ...{ before: result.nullable(), after: result.nullable() },
});
type Change = z.output<typeof changeSchema>;

async function changesOf(revisionId: string): Promise<Change[]> {
  const side = 'definitionId outcome evidence { quote turn start end startInTurn startMs endMs part }';
  const query = `query ($id: ID!) { revisionChanges(revisionId: $id, changes: ALL, first: 100) { edges { node {
    kind definitionId conversation { id } before { ${side} } after { ${side} } } } } }`;
  const page = z.object({ edges: z.array(z.object({ node: changeSchema })) });
  return page
    .parse((await succeed(access(), query, { id: revisionId }))['revisionChanges'])
    .edges.map(({ node }) => node);
}

const quotesOf =
  (side: 'before' | 'after') =>
  (change: Change): Evidence[] =>
    change[side]?.evidence ?? [];

it('two engines disagree, and a revision shows where, with the words that each of them heard', async () => {
  await succeed(access(), 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { enabled } }');
  const definitions = [
    { title: 'Competitors', question: { competitors: { track: [missedName] } } },
    { title: 'Deadline', question: { yesNo: { question: 'Does the customer have a deadline?' } } },
    { title: 'Questions', question: { fixed: 'SPIN_DISTRIBUTION' } },
  ];
  const project = await createProject(access(), definitions, 'Two engines');
  const ids = await Promise.all(calls.map((_, call) => upload(call, project)));
  for (const id of ids) await completed(access(), id, 120_000);
  for (const [call, id] of ids.entries()) expect(textsOf(await transcriptOf(id))).toEqual(heardBy('first', call));

  await harmony.stop();
  await start('second');
  const form = { projectId: project.id, range: 'LAST_7_DAYS', includeCompleted: true, startStage: 'TRANSCRIPTION' };
  const { id: revisionId } = await createRevision(access(), form);
  await eventually(
    async () => expect(await revisionOf(access(), revisionId)).toMatchObject({ outcome: 'COMPLETED', stage: 'DRAFT' }),
    { withinMs: 180_000 },
  );

  const changes = await changesOf(revisionId);
  expect(changes).toHaveLength(ids.length * definitions.length);
  const matches = { EXACT: 0, NEAR: 0, NOT_FOUND: 0 };
  for (const [call, id] of ids.entries()) {
    const [own, other] = [await transcriptOf(id), await transcriptOf(id, 2)];
    expect([own, other].map(textsOf)).toEqual([heardBy('first', call), heardBy('second', call)]);
    const ofCall = changes.filter(({ conversation }) => conversation.id === id);
    const [first, second] = [ofCall.flatMap(quotesOf('before')), ofCall.flatMap(quotesOf('after'))];
    for (const each of first) expect(isVerified(own, each)).toBe(true);
    for (const each of second) expect(isVerified(other, each)).toBe(true);
    for (const [at, found] of (await followed(id, first)).entries()) {
      expectTrue(found, first[at], own, other);
      matches[found.match] += 1;
    }
    const [competitors] = project.definitionIds;
    const said = [own, other].map((text) => text.toString().includes(missedName));
    const shown = ofCall.find(({ definitionId }) => definitionId === competitors);
    if (said[0] !== said[1]) expect(shown).toMatchObject({ kind: 'CHANGED' });
  }
  // What changed did so because the words are other ones, and for no other reason.
  const changed = changes.filter(({ kind }) => kind === 'CHANGED').length;
  const attribution = await attributed(access(), revisionId);
  expect(attribution).toMatchObject({ drawn: changed, attributed: changed, together: 0 });
  expect(attribution.causes).toEqual([
    { cause: 'TRANSCRIPT_CHANGED', tried: changed, changed },
    { cause: 'NOTHING_CHANGED', tried: changed, changed: 0 },
  ]);
  // Both kinds of places are there, so that neither is only claimed to be handled.
  expect(changes.some(({ kind }) => kind === 'CHANGED')).toBe(true);
  expect(matches.EXACT).toBeGreaterThan(0);
  expect(matches.NEAR).toBeGreaterThan(0);
}, 600_000);

const followedSchema = z.object({
  quote: z.string(),
  match: z.enum(['EXACT', 'NEAR', 'NOT_FOUND']),
  evidence: evidence.nullable(),
});
type Followed = z.output<typeof followedSchema>;

/** Where the second transcript says what is quoted from the first one. */
async function followed(id: string, quoted: readonly Evidence[]): Promise<Followed[]> {
  const query = `query ($id: ID!, $quotes: [QuotePlaceInput!]!) {
    followedQuotes(conversationId: $id, from: 1, to: 2, quotes: $quotes) {
      quote match evidence { quote turn start end startInTurn startMs endMs part } } }`;
  const quotes = quoted.map(({ start, end }) => ({ start, end }));
  const found = z.array(followedSchema).parse((await succeed(access(), query, { id, quotes }))['followedQuotes']);
  expect(found.map(({ quote }) => quote)).toEqual(quoted.map(({ quote }) => quote));
  return found;
}

/** It is really there, and at the moment when the quoted words were said. */
function expectTrue(found: Followed, quoted: Evidence | undefined, from: TranscriptText, to: TranscriptText): void {
  expect(found.evidence === null).toBe(found.match === 'NOT_FOUND');
  if (!quoted || !found.evidence) return;
  expect(isVerified(to, found.evidence)).toBe(true);
  // Both engines heard the same sound, so the same moment is meant: within one line.
  const moment = from.turn(quoted.turn);
  expect(found.evidence.startMs).toBeGreaterThanOrEqual((moment?.startMs ?? 0) - 1);
  expect(found.evidence.startMs).toBeLessThanOrEqual(moment?.endMs ?? 0);
  expect(found.match === 'EXACT').toBe(found.evidence.quote === quoted.quote);
}
