import { pipelineRunId } from '@harmony/analysis';
import { noUsage, streams, type EventOf, type EventType, type RunCounts } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { causedBy, eventsFrom, fact, type Fact } from '@harmony/kernel';
import { EVENT_STORE, type ServiceDescriptor } from '@harmony/runtime';
import { Controller, Inject, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { unlessDeleted } from '../deletion/unless-deleted.js';
import { nextStep } from '../domain/conversation.js';
import { ConversationStreams } from '../streams/conversation-streams.js';

/** What an extraction that found nothing records. */
export const emptyExtraction = (conversationId: string, extractionVersion: number): Fact =>
  fact('ExtractionRecorded', {
    ...{ conversationId, extractionVersion, transcriptVersion: 1, usage: noUsage, durationMs: 0 },
    extraction: { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] },
    statistics: { turns: 0, words: 0, durationMs: null, silenceMs: null, speakers: [], sides: [] },
    origin: { engine: 'none', model: 'none', parameters: {}, templateVersion: '1' },
  });

/** A run without definitions; `counts` says how it ended all the same. */
export function emptyRun(conversationId: string, cause: string, counts: Partial<RunCounts> = {}): [Fact, Fact] {
  const run = { conversationId, runId: pipelineRunId(cause), kind: 'PIPELINE' as const, revisionId: null };
  const none = { answered: 0, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 };
  return [
    fact('InsightsRunStarted', { ...run, transcriptVersion: 1, extractionVersion: 1, eligibility: [], cells: [] }),
    fact('InsightsRunCompleted', { ...run, counts: { ...none, ...counts } }),
  ];
}

type Asking = EventOf<'TranscriptRecorded' | 'ExtractionRecorded' | 'ConversationRetried'>;

/** Stands for extraction and insights: nothing is found, and nothing is asked. */
@Controller()
class LaterStages {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly conversations: ConversationStreams,
  ) {}

  @EventPattern<EventType>('TranscriptRecorded')
  async onTranscript(@Payload() event: EventOf<'TranscriptRecorded'>): Promise<void> {
    await unlessDeleted(this.extract(event));
  }

  @EventPattern<EventType>('ExtractionRecorded')
  async onExtraction(@Payload() event: EventOf<'ExtractionRecorded'>): Promise<void> {
    await unlessDeleted(this.answer(event));
  }

  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>): Promise<void> {
    await unlessDeleted(this.extract(event));
    if (event.data.fromStage === 'INSIGHTS') await unlessDeleted(this.answer(event));
  }

  private async extract(event: Asking): Promise<void> {
    const { conversationId } = event.data;
    const place = { conversationId, stage: 'EXTRACTION' } as const;
    await this.conversations.change(
      conversationId,
      causedBy(event, 'test', new Date()),
      { decision: 'test-extraction' },
      (current) => {
        if (!current || nextStep(current) !== 'EXTRACT') return [];
        const attempt = (current.attempts.EXTRACTION ?? 0) + 1;
        return [
          fact('StageStarted', { ...place, attempt }),
          emptyExtraction(conversationId, attempt),
          fact('StageSucceeded', { ...place, attempt, durationMs: 0 }),
        ];
      },
    );
  }

  private async answer(event: Asking): Promise<void> {
    const { conversationId } = event.data;
    const stream = streams.insights(conversationId);
    const events = eventsFrom(causedBy(event, 'test', new Date()), stream, emptyRun(conversationId, event.id));
    await this.store.append(stream, events, 'any');
  }
}

@Module({})
class NoFace {}

@Module({ controllers: [LaterStages], providers: [ConversationStreams] })
class LaterStagesWorker {}

export const laterStages: ServiceDescriptor = {
  ...{ name: 'later', api: NoFace, worker: LaterStagesWorker, projections: [], migrations: [] },
  afterDeadLetter: 'continue',
};
