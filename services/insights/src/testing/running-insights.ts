import { accessProjections } from '@harmony/access';
import {
  decodeEvent,
  streams,
  type EventOf,
  type EventType,
  type Finding,
  type HarmonyEvent,
} from '@harmony/contracts';
import type { AppendResult } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import type { Analyst } from '@harmony/llm';
import { ANALYST } from '@harmony/llm/service';
import { startProcess, type Backends, type RunningProcess, type ServiceDescriptor } from '@harmony/runtime';
import { createTestDatabase, eventually } from '@harmony/testing';
import { Module } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insights } from '../index.js';
import { AnalysisStreams } from '../streams/analysis-streams.js';
import { runConsumers, runWorkers } from '../worker/running.js';
import {
  conversationFacts,
  extractionFact,
  projectFacts,
  type BuiltProject,
  type SampleConversation,
  type SampleProject,
} from './samples.js';

@Module({})
class NoFace {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  name: 'workspace',
  api: NoFace,
  worker: NoFace,
  projections: accessProjections,
  migrations: [],
  afterDeadLetter: 'continue',
};

/** The working face of insights with an analyst of the test's own, on a database of its own. */
export class RunningInsights {
  readonly workspaceId = newId();
  readonly teamId = newId();

  private constructor(
    private readonly running: RunningProcess,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(analyst: Analyst, environment: Readonly<Record<string, string>> = {}): Promise<RunningInsights> {
    const database = await createTestDatabase();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-insights-'));
    @Module({
      controllers: runConsumers,
      providers: [...runWorkers, AnalysisStreams, { provide: ANALYST, useValue: analyst }],
    })
    class Worker {}
    const running = await startProcess({
      composition: {
        services: [directory, { ...insights, api: NoFace, worker: Worker }],
        schemas: [],
        gateway: async () => ({ url: 'http://nowhere', close: async () => undefined }),
      },
      environment: { DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal', ...environment },
    });
    return new RunningInsights(running, async () => {
      await running.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    });
  }

  get backends(): Backends {
    return this.running.backends;
  }

  close(): Promise<void> {
    return this.cleanUp();
  }

  /** Behind whatever the stream holds. */
  async append(stream: string, facts: readonly Fact[]): Promise<AppendResult> {
    const cause = {
      ...{ workspaceId: this.workspaceId, causationId: newId(), correlationId: 'test' },
      actor: { kind: 'SYSTEM', id: 'test' } as const,
      occurredAt: new Date().toISOString(),
    };
    return this.backends.eventStore.append(stream, eventsFrom(cause, stream, facts), 'any');
  }

  async newProject(sample: Partial<SampleProject>): Promise<BuiltProject> {
    const project = projectFacts({ teamIds: [this.teamId], ...sample });
    await this.append(streams.project(project.id), project.facts);
    return project;
  }

  /** Transcribed and extracted, so that its run begins. */
  async newConversation(sample: Partial<SampleConversation> = {}): Promise<string> {
    const id = newId();
    const facts = conversationFacts(id, { teamId: this.teamId, ...sample });
    // One by one: long transcripts are more than one append holds.
    for (const each of facts) await this.append(streams.conversation(id), [each]);
    await this.append(streams.conversation(id), [extractionFact(id)]);
    return id;
  }

  /** One more run of a conversation, as a person asks for it. */
  async retry(conversationId: string): Promise<void> {
    const retried = fact('ConversationRetried', { conversationId, fromStage: 'INSIGHTS' });
    await this.append(streams.conversation(conversationId), [retried]);
  }

  /** Retries are due after seconds of backoff; a test does not wait for them. */
  async makeRetriesDue(): Promise<void> {
    const sql = 'update graphile_worker._private_jobs set run_at = now() where locked_at is null';
    await this.backends.database.worker.query(sql);
  }

  async eventsOf(stream: string): Promise<HarmonyEvent[]> {
    const events: HarmonyEvent[] = [];
    for await (const recorded of this.backends.eventStore.readStream(stream)) events.push(decodeEvent(recorded));
    return events;
  }

  async insightsOf<Type extends EventType>(conversationId: string, type: Type): Promise<EventOf<Type>[]> {
    const events = await this.eventsOf(streams.insights(conversationId));
    return events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** What a run found by definition, wherever it was found. */
  async findingsOf(conversationId: string, runId: string | undefined): Promise<Map<string, Finding>> {
    const recorded = [
      ...(await this.insightsOf(conversationId, 'InsightRecorded')),
      ...(await this.insightsOf(conversationId, 'InsightCarriedOver')),
    ];
    const started = await this.insightsOf(conversationId, 'InsightsRunStarted');
    const cells = started.find(({ data }) => data.runId === runId)?.data.cells ?? [];
    return new Map(
      cells.flatMap(({ definitionId, carriedFrom = { runId, definitionId } }): [string, Finding][] => {
        const found = recorded.find(
          ({ data }) => data.runId === carriedFrom.runId && data.definitionId === carriedFrom.definitionId,
        );
        return found ? [[definitionId, found.data.finding]] : [];
      }),
    );
  }

  /** Waits until so many runs of a conversation are complete; the last one. */
  async completed(conversationId: string, runs = 1): Promise<EventOf<'InsightsRunCompleted'>> {
    return eventually(
      async () => {
        const completed = await this.insightsOf(conversationId, 'InsightsRunCompleted');
        const last = completed.at(runs - 1);
        if (!last) throw new Error(`${completed.length} of ${runs} runs are complete.`);
        return last;
      },
      { withinMs: 40_000 },
    );
  }
}
