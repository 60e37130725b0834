import { streams } from '@harmony/contracts';
import { logStart, type LogPosition } from '@harmony/event-store';
import { eventsFrom, fact, newId, type Cause } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { verify } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { rerunTranscriptFacts, structureTranscript, writtenOrigin } from '@harmony/transcript';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Acknowledgement } from '../api/acknowledgement.js';
import { ChangeController } from '../api/change.controller.js';
import { ChangeResolver } from '../api/change.resolver.js';
import { ConversationController } from '../api/conversation.controller.js';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';
import { EraseConversationJob, type EraseConversationPayload } from './erase-conversation.job.js';

jest.setTimeout(60_000);

const timeLimit = 120_000;
let system: RunningIngestion;
let workspace: SampleWorkspace;
let rest: ConversationController;
let changes: ChangeController;

beforeAll(async () => {
  system = await startIngestion();
  workspace = await system.newWorkspace();
  rest = system.api.get(ConversationController, { strict: false });
  changes = system.api.get(ChangeController, { strict: false });
}, timeLimit);
afterAll(() => system?.close(), timeLimit);

const completed = async (): Promise<string> => {
  const { id } = await rest.submit({ text: 'Ann: Zebras here.\nBob: And there.' }, requestBy(workspace.member));
  await eventually(async () => expect((await rest.get(workspace.member, id)).status).toBe('COMPLETED'));
  return id;
};

/** Answers with the status of REST. */
const remove = async (id: string): Promise<number> => {
  let status = 204;
  await changes.delete(id, requestBy(workspace.member), { status: (code) => (status = code) });
  return status;
};
/** A revision transcribes the conversation; the first chunk alone where it is not whole. */
const revised = async (id: string, version: number, runId: string, isWhole = true): Promise<LogPosition> => {
  const identity = { conversationId: id, transcriptVersion: version, revisionId: newId(), runId };
  const facts = rerunTranscriptFacts(identity, structureTranscript('Ann: Zebras anew.'), writtenOrigin('TEXT'));
  const cause: Cause = {
    ...{ causationId: runId, correlationId: 'test', workspaceId: workspace.id, occurredAt: new Date().toISOString() },
    actor: { kind: 'SYSTEM', id: 'transcription' },
  };
  const stream = streams.conversation(id);
  const events = eventsFrom(cause, stream, isWhole ? facts : facts.slice(0, 1));
  return (await system.backends.eventStore.append(stream, events, 'any')).position;
};
/** The read model takes in nothing meanwhile. */
const whileHeldBack = async (work: () => Promise<void>): Promise<void> => {
  const lock = await system.backends.database.worker.connect();
  try {
    await lock.query('begin');
    await lock.query('lock table ingestion.conversations in share mode');
    await work();
  } finally {
    await lock.query('rollback');
    lock.release();
  }
};

const prefixOf = (id: string): string => `${workspace.id}/conversations/${id}/`;
const keysOf = async (id: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const key of system.backends.objectStore.list(prefixOf(id))) keys.push(key);
  return keys;
};
const typesOf = async (stream: string): Promise<string[]> => {
  const types: string[] = [];
  for await (const { type } of system.backends.eventStore.readStream(stream)) types.push(type);
  return types;
};
const rowsOf = async (id: string): Promise<number> => {
  const { rows } = await system.backends.database.worker.query<{ count: number }>(
    `select (select count(*) from ingestion.conversations where id = $1)::int
          + (select count(*) from ingestion.transcript_chunks where conversation_id = $1)::int as count`,
    [id],
  );
  return rows[0]?.count ?? -1;
};
const gone = async (id: string): Promise<void> => {
  await eventually(
    async () => {
      expect(await typesOf(streams.tombstone(id))).toEqual(['ConversationErased']);
      await expect(typesOf(streams.conversation(id))).rejects.toMatchObject({ code: 'STREAM_DELETED' });
      expect(await keysOf(id)).toEqual([]);
    },
    { withinMs: 30_000 },
  );
  await eventually(async () => expect(await rowsOf(id)).toBe(0));
  const { worker } = system.backends.database;
  const { rows } = await worker.query('select 1 from ingestion.transcripts where conversation_id = $1', [id]);
  expect(rows).toEqual([]);
};
const verified = async (): Promise<void> => {
  const { eventStore: store, database } = system.backends;
  expect(await verify(conversationsProjection, { store, database })).toMatchObject({ differences: 0 });
};

const context: () => JobContext = () => ({
  ...{ workspaceId: workspace.id, correlationId: 'test', attempt: 1, lastAttempt: false },
  signal: new AbortController().signal,
});

describe('a deleted conversation', () => {
  it('is gone for every reader at once, and then from the log, the object store and the queue', async () => {
    const id = await completed();
    const feed = await system.api.get(ConversationFeed, { strict: false }).listen(workspace.member, id);
    await feed.next();
    const waiting = { workspaceId: workspace.id, correlationId: 'test', priority: 'live' } as const;
    await system.backends.jobQueue.enqueue({
      ...{ ...waiting, name: 'nobody.runs-this', key: id, payload: { conversationId: id } },
    });
    await remove(id);
    await expect(rest.get(workspace.member, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await feed.next()).toEqual({ done: true, value: undefined });
    await gone(id);
    // The job that takes everything away is one of them until it has ended.
    await eventually(async () => {
      const { rows } = await system.backends.database.worker.query(
        `select task_id from graphile_worker._private_jobs where payload::text like '%' || $1 || '%'`,
        [id],
      );
      expect(rows).toEqual([]);
    });
    for (const again of [
      remove(id),
      changes.update(id, { title: 'Back' }, undefined, requestBy(workspace.member)),
      changes.retry(id, {}, requestBy(workspace.member)),
      rest.get(workspace.admin, id),
    ])
      await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await verified();
  });

  it('takes several versions of a transcript with it', async () => {
    const id = await completed();
    for (const version of [2, 3]) {
      await changes.retry(id, {}, requestBy(workspace.member));
      await eventually(async () => {
        expect((await rest.get(workspace.member, id)).status).toBe('COMPLETED');
        expect(await rowsOf(id)).toBe(1 + version);
      });
    }
    await remove(id);
    expect(await rowsOf(id)).toBe(0);
    await gone(id);
    await verified();
  });

  it('takes transcripts with it that revisions made, and what they kept of them', async () => {
    const id = await completed();
    const { objectStore } = system.backends;
    const runs = [newId(), newId()];
    const position = await revised(id, 2, runs[0] ?? '');
    await system.backends.progress.waitFor(conversationsProjection.name, position);
    expect(await rowsOf(id)).toBe(3);
    await objectStore.put(`${prefixOf(id)}speech-of-revisions/${newId()}/channel-0.json`, Buffer.from('Zebras'), {
      contentType: 'application/json',
    });
    // Whoever reads along learns of the chunks of all of them, whole or not.
    await revised(id, 3, runs[1] ?? '', false);
    await remove(id);
    await gone(id);
    const tombstone: unknown[] = [];
    for await (const { data } of system.backends.eventStore.readStream(streams.tombstone(id))) tombstone.push(data);
    expect(tombstone).toMatchObject([{ transcripts: [1, 2, 3].map((version) => ({ version, chunkCount: 1 })) }]);
    await verified();
  });

  it('may be deleted by nobody who may not, and answers strangers as if it were not there', async () => {
    const id = await completed();
    const graph = system.api.get(ChangeResolver, { strict: false });
    const other = await system.newWorkspace();
    const permissions = new Set(['conversations:read:own', 'conversations:update:own'] as const);
    for (const [principal, code] of [
      [other.admin, 'NOT_FOUND'],
      [workspace.manager, 'NOT_FOUND'],
      [{ ...workspace.member, permissions }, 'FORBIDDEN'],
    ] as const)
      await expect(graph.deleteConversation(requestBy(principal), id)).rejects.toMatchObject({ code });
    expect(await graph.deleteConversation(requestBy(workspace.admin), id)).toBe(id);
    await gone(id);
  });

  it('is gone too when it is deleted in the middle of its transcript', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const text = `Ann: Zebras. ${'All of them run. '.repeat(100_000)}`;
      const { id } = await rest.submit({ text }, requestBy(workspace.member));
      await remove(id);
      ids.push(id);
    }
    for (const id of ids) await gone(id);
    await eventually(async () => {
      const { rows } = await system.backends.database.worker.query('select task_identifier from graphile_worker.jobs');
      expect(rows).toEqual([]);
    });
    const { rows } = await system.backends.database.worker.query(
      'select 1 from messaging.failed_jobs union all select 1 from messaging.dead_letters',
    );
    expect(rows).toEqual([]);
    await verified();
  });

  it('is not called deleted before the read model shows nothing of it', async () => {
    const [byRest, byGraph] = [await completed(), await completed()];
    const graph = system.api.get(ChangeResolver, { strict: false });
    await whileHeldBack(async () => {
      const [status] = await Promise.all([
        remove(byRest),
        expect(graph.deleteConversation(requestBy(workspace.member), byGraph)).rejects.toMatchObject({
          code: 'READ_MODEL_BEHIND',
        }),
      ]);
      expect(status).toBe(202);
      expect(await rest.get(workspace.member, byRest)).toMatchObject({ status: 'COMPLETED' });
    });
    for (const id of [byRest, byGraph]) await gone(id);
    expect(await remove(await completed())).toBe(204);
  });

  it('is not called deleted either where the read model passed the deletion without finding it', async () => {
    const id = await completed();
    const acknowledgement = system.api.get(Acknowledgement, { strict: false });
    // Given a read model that is there already, with the conversation still in it
    const deleted = { conversationId: id, status: 'COMPLETED', revision: 1, position: logStart } as const;
    expect(await acknowledgement.gone(deleted, requestBy(workspace.member))).toBe(false);
    // When it finds the tombstone
    const gone = acknowledgement.gone(deleted, requestBy(workspace.member));
    await remove(id);
    // Then it is gone
    expect(await gone).toBe(true);
  });

  it('does not come back when the read model saw nothing of it before it was erased, or only a part', async () => {
    const before = await completed();
    let unseen = '';
    await whileHeldBack(async () => {
      unseen = (await rest.submit({ text: 'Ann: Zebras unseen.' }, requestBy(workspace.member))).id;
      await eventually(async () =>
        expect(await typesOf(streams.conversation(unseen))).toContain('ConversationCompleted'),
      );
      await Promise.all([before, unseen].map(remove));
      for (const id of [before, unseen])
        await eventually(async () => expect(await typesOf(streams.tombstone(id))).toEqual(['ConversationErased']));
      expect(await rowsOf(before)).toBe(2);
    });
    for (const id of [before, unseen]) await gone(id);
    await verified();
  });
});

describe('erasing', () => {
  /** Dies before or after its n-th step, as if the process were killed there. */
  class Mortal {
    steps = 0;
    constructor(
      private readonly dieAt: number,
      private readonly isAfter: boolean,
    ) {}

    around<Port extends object>(port: Port): Port {
      return new Proxy(port, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...parts: unknown[]): unknown => {
            this.steps += 1;
            const isHere = this.steps === this.dieAt;
            if (isHere && !this.isAfter) throw new Error('killed');
            const result: unknown = Reflect.apply(member, target, parts);
            if (!isHere) return result;
            if (result instanceof Promise) return result.then(() => Promise.reject(new Error('killed')));
            return killedAfter(result as AsyncIterable<unknown>);
          };
        },
      });
    }
  }

  async function* killedAfter(values: AsyncIterable<unknown>): AsyncIterable<unknown> {
    yield* values;
    throw new Error('killed');
  }

  const job = (mortal: Mortal): EraseConversationJob => {
    const { eventStore, objectStore, jobQueue, database, clock } = system.backends;
    const store = mortal.around(eventStore);
    const conversations = new ConversationStreams(store);
    const objects = mortal.around(objectStore);
    return new EraseConversationJob(
      ...[conversations, store, objects, mortal.around(jobQueue), mortal.around(database.worker), clock],
    );
  };

  /** Not deleted by a command, so that no other job takes it away meanwhile, and with more than a text to take away. */
  const prepared = async (): Promise<EraseConversationPayload> => {
    const conversationId = await completed();
    const { objectStore, eventStore } = system.backends;
    for (const name of ['audio/channel-0.wav', 'peaks.json'])
      await objectStore.put(prefixOf(conversationId) + name, Buffer.from(name), { contentType: 'text/plain' });
    const plan = { key: `${prefixOf(conversationId)}recording`, contentType: 'audio/mpeg', bytes: 3, partBytes: 3 };
    const upload = await objectStore.startUpload(plan);
    await objectStore.putPart(upload, 1, Buffer.from('abc'));
    const stream = streams.conversation(conversationId);
    const cause: Cause = {
      ...{ workspaceId: workspace.id, causationId: newId(), correlationId: 'test' },
      ...{ actor: { kind: 'SYSTEM', id: 'test' }, occurredAt: new Date().toISOString() },
    };
    const started = fact('UploadStarted', {
      ...{ conversationId, fileName: 'a.mp3', bytes: 3, declaredType: 'audio/mpeg', key: plan.key, partBytes: 3 },
      ...{ storeUploadId: upload.id, partCount: 1, sha256: null, expiresAt: '2026-01-01T00:00:00.000Z' },
    });
    await eventStore.append(stream, eventsFrom(cause, stream, [started]), 'any');
    uploads.set(conversationId, () => objectStore.listParts(upload));
    return { conversationId, cause: newId(), transcripts: [{ version: 1, chunkCount: 1 }] };
  };
  const uploads = new Map<string, () => Promise<unknown>>();

  const stepsOfAll = async (): Promise<number> => {
    const mortal = new Mortal(0, false);
    await job(mortal).run(await prepared(), context());
    return mortal.steps;
  };

  /** Whoever reads the log now finds the deletion, which is the stream's last event, or the tombstone. */
  const isTold = async (conversationId: string): Promise<boolean> =>
    (await typesOf(streams.tombstone(conversationId))).length > 0 ||
    (await typesOf(streams.conversation(conversationId))).length > 0;

  it('goes on to its end after a death before or after each step, and the log never forgets that it goes on', async () => {
    const steps = await stepsOfAll();
    expect(steps).toBeGreaterThan(10);
    for (let step = 1; step <= steps; step += 1) {
      for (const isAfter of [false, true]) {
        const payload = await prepared();
        await expect(job(new Mortal(step, isAfter)).run(payload, context())).rejects.toThrow('killed');
        expect(await isTold(payload.conversationId)).toBe(true);
        await job(new Mortal(0, false)).run(payload, context());
        await gone(payload.conversationId);
        await expect(uploads.get(payload.conversationId)?.()).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
        await job(new Mortal(0, false)).run(payload, context());
        expect(await typesOf(streams.tombstone(payload.conversationId))).toEqual(['ConversationErased']);
      }
    }
    await verified();
  }, 180_000);
});
