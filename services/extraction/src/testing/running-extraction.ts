import { accessProjections, type Principal } from '@harmony/access';
import { builtInRoles, streams, type EventDataOf } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Fact } from '@harmony/kernel';
import { ANALYST } from '@harmony/llm/service';
import { startProcess, type Backends, type RunningProcess, type ServiceDescriptor } from '@harmony/runtime';
import { createTestDatabase } from '@harmony/testing';
import { structureTranscript, transcriptFacts, writtenOrigin } from '@harmony/transcript';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extraction } from '../index.js';
import { extractionWorkers } from '../worker/worker.module.js';
import { ScriptedAnalyst } from './scripted-analyst.js';

@Module({})
class NoFace {}

/** Stands for the workspace service: only the directory that everybody reads. */
const directory: ServiceDescriptor = {
  ...{ name: 'workspace', api: NoFace, worker: NoFace, projections: accessProjections, migrations: [] },
  afterDeadLetter: 'continue',
};

export interface SampleConversation {
  readonly id: string;
  /** Who may read it as their own. */
  readonly owner: Principal;
  readonly append: (...facts: readonly Fact[]) => Promise<LogPosition>;
  /** To any stream of the same workspace. */
  readonly appendTo: (stream: string, facts: readonly Fact[]) => Promise<LogPosition>;
}

export interface RunningExtraction {
  readonly backends: Backends;
  /** The api face with the real backends, without HTTP. */
  readonly api: INestApplicationContext;
  readonly analyst: ScriptedAnalyst;
  /** A conversation of its own workspace, with its transcript, as ingestion leaves it. */
  conversation(text: string, changes?: Partial<EventDataOf<'ConversationSubmitted'>>): Promise<SampleConversation>;
  close(): Promise<void>;
}

/** Everything that extraction is in one process, on a database of its own; read by a script. */
export async function startExtraction(): Promise<RunningExtraction> {
  const database = await createTestDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-extraction-'));
  const analyst = new ScriptedAnalyst();
  @Module({
    ...extractionWorkers,
    providers: [...extractionWorkers.providers, { provide: ANALYST, useValue: analyst }],
  })
  class ScriptedWorkerModule {}
  let api: INestApplicationContext | undefined;
  const running: RunningProcess = await startProcess({
    composition: {
      services: [directory, { ...extraction, worker: ScriptedWorkerModule }],
      schemas: [],
      gateway: async ({ backendsModule }) => {
        api = await NestFactory.createApplicationContext(
          { module: NoFace, imports: [backendsModule, extraction.api] },
          { logger: false, abortOnError: false },
        );
        return { url: 'http://nowhere', close: async () => api?.close() };
      },
    },
    environment: { DATABASE_URL: database.url, HARMONY_DATA_DIR: dataDirectory, LOG_LEVEL: 'fatal' },
  });
  if (!api) throw new Error('The api face did not start.');
  const { backends } = running;
  return {
    ...{ backends, api, analyst },
    conversation: (text, changes) => submit(backends, text, changes),
    close: async () => {
      await running.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function submit(
  { eventStore }: Backends,
  text: string,
  changes: Partial<EventDataOf<'ConversationSubmitted'>> = {},
): Promise<SampleConversation> {
  const [id, userId, workspaceId] = [newId(), newId(), newId()];
  const { id: roleId, permissions } = builtInRoles.user;
  const owner: Principal = {
    ...{ kind: 'USER', id: userId, userId, workspaceId, roleId, permissions: new Set(permissions), teamIds: [] },
  };
  const stream = streams.conversation(id);
  const appendTo = async (to: string, facts: readonly Fact[]): Promise<LogPosition> => {
    const cause = {
      ...{ workspaceId, causationId: newId(), correlationId: 'test', occurredAt: new Date().toISOString() },
      actor: { kind: 'SYSTEM', id: 'test' },
    } as const;
    return (await eventStore.append(to, eventsFrom(cause, to, facts), 'any')).position;
  };
  const append = (...facts: readonly Fact[]): Promise<LogPosition> => appendTo(stream, facts);
  const form = { source: 'TEXT', title: 'A call', medium: 'CALL', tags: [], customFields: {}, content: null } as const;
  const people = { teamId: null, contactId: null, ownerId: userId, createdBy: userId };
  const identity = { conversationId: id, transcriptVersion: 1 };
  await append(
    fact('ConversationSubmitted', { conversationId: id, ...form, tags: [], ...people, ...changes }),
    ...transcriptFacts(identity, structureTranscript(text), writtenOrigin('TEXT')),
  );
  return { id, owner, append, appendTo };
}
