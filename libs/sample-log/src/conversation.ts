import { pipelineRunId } from '@harmony/analysis';
import { media, streams, type HarmonyEvent, type PipelineStage } from '@harmony/contracts';
import { sampleFields, sampleTags } from './cast.js';
import { system, user } from './recorder.js';
import { failedIn, settle, startRun } from './runs.js';
import { append, openStream } from './streams.js';
import type { SampleStep } from './wish.js';
import type { SampleConversation, World } from './world.js';
import { titles } from './words.js';

const hour = 3_600_000;

/** How far the pipeline comes: to the end, or not. */
type Way = 'COMPLETED' | 'UPLOADING' | 'QUEUED' | 'FAILED' | 'EXTRACTING' | 'ANALYZING';

/** A conversation comes in and goes through the pipeline, as far as it comes. */
export function* arrive(world: World, at: number, restlessness: number): Generator<SampleStep> {
  const way = wayOf(world, restlessness);
  const conversation = newConversation(world, at);
  const begun = [submitted(world, conversation, way), ...transcribed(world, conversation, way)];
  yield append(conversation.stream, begun);
  const extracted = begun.find(({ type }) => type === 'ExtractionRecorded');
  if (extracted) yield* analyse(world, conversation, extracted, way === 'COMPLETED' ? Infinity : world.random.below(4));
  remember(world, conversation);
}

/** A run of the pipeline that settles so many cells, and what the stream of the conversation says of it. */
export function* analyse(
  world: World,
  conversation: SampleConversation,
  asked: HarmonyEvent,
  most: number,
): Generator<SampleStep> {
  const at = Date.parse(asked.occurredAt) + world.random.between(20, 20_000);
  const wish = { runId: pipelineRunId(asked.id), revisionId: null, projects: world.projects, at };
  const started = startRun(world, conversation, wish);
  const insights = [started, ...settle(world, conversation, ofRun(conversation), { at, most })];
  yield append(conversation.insights, insights);
  const lastAt = Date.parse(insights.at(-1)?.occurredAt ?? '');
  yield append(conversation.stream, analysed(world, conversation, { at, lastAt }));
}

function wayOf({ random }: World, restlessness: number): Way {
  if (random.chance(0.015)) return 'FAILED';
  if (!random.chance(Math.min(0.15, restlessness / 20))) return 'COMPLETED';
  return random.pick(['UPLOADING', 'QUEUED', 'EXTRACTING', 'ANALYZING', 'ANALYZING', 'ANALYZING']);
}

function newConversation({ random, cast, transcripts }: World, createdAt: number): SampleConversation {
  const id = random.uuid();
  return {
    ...{ id, createdAt, stream: openStream(streams.conversation(id)), insights: openStream(streams.insights(id)) },
    ...{ transcript: random.pick(transcripts), medium: random.pick(media), attempts: 0, runs: [] },
    teamId: random.chance(0.95) ? random.pick(cast.teams).id : null,
  };
}

function submitted({ random, cast, recorder }: World, conversation: SampleConversation, way: Way): HarmonyEvent {
  const { id: conversationId, createdAt, teamId, medium } = conversation;
  const [owner, creator] = [random.pick(cast.users), random.pick(cast.users)];
  const isRecording = way === 'UPLOADING';
  const startedAt = new Date(createdAt - random.between(1, 72 * 4) * (hour / 4)).toISOString();
  const content = { key: `sample/${conversationId}.txt`, bytes: 600, sha256: random.hex(8) };
  return recorder.event('ConversationSubmitted', createdAt, user(creator.id), {
    ...{ conversationId, source: isRecording ? 'RECORDING' : random.pick(['TEXT', 'TRANSCRIPT']) },
    ...{ title: `${random.pick(titles)} ${random.below(1_000)}`, medium, teamId },
    contactId: random.chance(0.7) ? random.pick(cast.contacts).id : null,
    ...{ ownerId: owner.id, createdBy: creator.id, tags: sampleTags(random), customFields: sampleFields(random) },
    startedAt: random.chance(0.5) ? startedAt : null,
    content: isRecording ? null : content,
  });
}

function transcribed(world: World, conversation: SampleConversation, way: Way): HarmonyEvent[] {
  const { recorder, random } = world;
  const { id: conversationId, createdAt, transcript } = conversation;
  if (way === 'QUEUED' || way === 'UPLOADING') return way === 'QUEUED' ? [] : [upload(world, conversation)];
  const by = system('ingestion');
  const at = createdAt + random.between(50, 900);
  const version = { conversationId, transcriptVersion: 1 };
  return [
    recorder.event('TranscriptChunkRecorded', at, by, { ...version, chunk: 0, turns: transcript.turns }),
    recorder.event('TranscriptRecorded', at, by, {
      ...{ ...version, chunkCount: 1, turnCount: transcript.turns.length, wordCount: transcript.words },
      speakers: transcript.speakers,
    }),
    ...extracted(world, conversation, way, at + 20),
  ];
}

function upload({ recorder, random }: World, { id: conversationId, createdAt }: SampleConversation): HarmonyEvent {
  return recorder.event('UploadStarted', createdAt, system('ingestion'), {
    ...{ conversationId, fileName: 'call.mp3', bytes: 1_000, declaredType: null, key: `sample/${conversationId}` },
    ...{ storeUploadId: random.uuid(), partBytes: 1_000, partCount: 1, sha256: null },
    expiresAt: new Date(createdAt + 24 * hour).toISOString(),
  });
}

function extracted(world: World, conversation: SampleConversation, way: Way, at: number): HarmonyEvent[] {
  const { recorder } = world;
  const { id: conversationId, transcript } = conversation;
  const started = recorder.event('StageStarted', at, system('extraction'), {
    ...{ conversationId, stage: 'EXTRACTION', attempt: 1 },
  });
  if (way === 'EXTRACTING') return [started];
  if (way === 'FAILED') {
    const failed = { conversationId, stage: 'EXTRACTION' as const, code: 'ANALYST_UNAVAILABLE' };
    return [started, recorder.event('ConversationFailed', at + 700, system('extraction'), failed)];
  }
  return [
    started,
    recorder.event('ExtractionRecorded', at + 40, system('extraction'), {
      ...{ conversationId, extractionVersion: 1, transcriptVersion: 1, statistics: transcript.statistics },
      extraction: { summary: '', keyPoints: [], actionItems: [], topics: ['shelves'], questions: [] },
      origin: { engine: 'local', model: 'local-1', parameters: {}, templateVersion: '1' },
      ...{ usage: { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }, durationMs: 40 },
    }),
    succeeded(world, conversationId, 'EXTRACTION', at + 41),
  ];
}

const succeeded = ({ recorder }: World, conversationId: string, stage: PipelineStage, at: number): HarmonyEvent =>
  recorder.event('StageSucceeded', at, system('ingestion'), { conversationId, stage, attempt: 1, durationMs: 40 });

/** What the stream of the conversation says of its latest run: begun, and ended if it has. */
function analysed(
  world: World,
  conversation: SampleConversation,
  { at, lastAt }: { readonly at: number; readonly lastAt: number },
): HarmonyEvent[] {
  const { id: conversationId } = conversation;
  conversation.attempts += 1;
  const stage = { conversationId, stage: 'INSIGHTS' as const, attempt: conversation.attempts };
  const begun = world.recorder.event('StageStarted', at, system('ingestion'), stage);
  const run = ofRun(conversation);
  return run.isCompleted ? [begun, ...completed(world, conversation, lastAt)] : [begun];
}

export function completed(world: World, conversation: SampleConversation, at: number): HarmonyEvent[] {
  const { id: conversationId, attempts: attempt } = conversation;
  const by = system('ingestion');
  const failedInsights = failedIn(ofRun(conversation));
  return [
    world.recorder.event('StageSucceeded', at, by, { conversationId, stage: 'INSIGHTS', attempt, durationMs: 900 }),
    world.recorder.event('ConversationCompleted', at, by, {
      ...{ conversationId, ...(failedInsights !== undefined && { failedInsights }) },
    }),
  ];
}

/** The latest run of the pipeline. */
export function ofRun({ runs }: SampleConversation): SampleConversation['runs'][number] {
  const run = runs.findLast(({ kind }) => kind === 'PIPELINE');
  if (!run) throw new RangeError('The conversation has no run.');
  return run;
}

/** So many may still change, whatever the size of the log. */
const kept = 1_000;

function remember({ recent, random }: World, conversation: SampleConversation): void {
  if (recent.length < kept) recent.push(conversation);
  else recent[random.below(kept)] = conversation;
}
