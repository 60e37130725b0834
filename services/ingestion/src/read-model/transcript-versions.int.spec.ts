import type { Principal } from '@harmony/access';
import type { Connection } from '@harmony/api';
import { streams } from '@harmony/contracts';
import { eventsFrom, newId, type Cause } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { rerunTranscriptFacts, writtenOrigin, type Transcript } from '@harmony/transcript';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { text } from 'node:stream/consumers';
import { ConversationController } from '../api/conversation.controller.js';
import { ConversationResolver } from '../api/conversation.resolver.js';
import { QuoteResolver } from '../api/quote.resolver.js';
import { TranscriptController } from '../api/transcript.controller.js';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';
import { ConversationQueries } from './conversation-queries.js';
import type { TurnView } from './transcript-queries.js';

jest.setTimeout(60_000);

let system: RunningIngestion;
let workspace: SampleWorkspace;
let rest: TranscriptController;
let graph: ConversationResolver;
let id: string;
beforeAll(async () => {
  system = await startIngestion();
  workspace = await system.newWorkspace();
  rest = system.api.get(TranscriptController, { strict: false });
  graph = system.api.get(ConversationResolver, { strict: false });
  const controller = system.api.get(ConversationController, { strict: false });
  ({ id } = await controller.submit({ text: 'Ann: Hello there.\nBob: Hello.' }, requestBy(workspace.member)));
  await eventually(async () => expect((await controller.get(workspace.member, id)).status).toBe('COMPLETED'));
}, 120_000);
afterAll(() => system?.close(), 60_000);

const heard: Transcript = {
  turns: [{ index: 0, speaker: 'A', text: 'Halo their.', startMs: 0, endMs: 900 }],
  speakers: [{ code: 'A', name: 'Anne', words: 2, turns: 1 }],
};
const wordsOf = ({ edges }: Connection<TurnView>): string[] =>
  edges.map(({ node }) => `${node.speakerName}: ${node.text}`);
const own = ['Ann: Hello there.', 'Bob: Hello.'];

const seen = (reader: Principal) => system.api.get(ConversationQueries, { strict: false }).byId(reader, id);

/** By a revision; a later try of it names the same one again. */
async function revised(): Promise<void> {
  const stream = streams.conversation(id);
  const revisionId = newId();
  const cause = (): Cause => ({
    ...{ causationId: newId(), correlationId: 'test', workspaceId: workspace.id },
    ...{ occurredAt: new Date().toISOString(), actor: { kind: 'SYSTEM', id: 'transcription' } },
  });
  const factsOf = (runId: string) =>
    rerunTranscriptFacts({ conversationId: id, transcriptVersion: 2, revisionId, runId }, heard, writtenOrigin('TEXT'));
  await system.backends.eventStore.append(stream, eventsFrom(cause(), stream, factsOf(newId())), 'any');
  const again = eventsFrom(cause(), stream, factsOf(newId()).slice(-1));
  const { position } = await system.backends.eventStore.append(stream, again, 'any');
  await system.backends.progress.waitFor(conversationsProjection.name, position);
}

describe('a transcript that a revision made', () => {
  it('is read by its version, and changes nothing that is read without one', async () => {
    const before = await seen(workspace.member);
    const feed = await system.api.get(ConversationFeed, { strict: false }).listen(workspace.member, id);
    await feed.next();
    await revised();
    expect(await seen(workspace.member)).toEqual(before);
    expect((await feed.next()).value).toEqual(before);
    await feed.return?.();
    const conversation = await seen(workspace.member);
    expect(wordsOf(await rest.page(workspace.member, id, {}))).toEqual(own);
    expect(wordsOf(await rest.page(workspace.member, id, { version: '1' }))).toEqual(own);
    expect(wordsOf(await rest.page(workspace.member, id, { version: '2' }))).toEqual(['Anne: Halo their.']);
    const page = { first: 10 };
    const [first, second] = await Promise.all([
      graph.transcript(workspace.member, conversation, page),
      graph.transcript(workspace.member, conversation, { ...page, version: 2 }),
    ]);
    expect([first, second].map(wordsOf)).toEqual([own, ['Anne: Halo their.']]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false });
  });

  it('is rendered whole, as the others are', async () => {
    const { member } = workspace;
    const whole = async (format: 'txt' | 'srt', version?: string): Promise<string> =>
      text((await rest.whole(member, id, format, { version })).getStream());
    expect(await whole('txt', '2')).toContain('Halo their.');
    expect(await whole('srt', '2')).toContain('00:00:00,900');
    expect(await whole('txt')).not.toContain('Halo');
    await expect(whole('srt', '1')).rejects.toMatchObject({ code: 'TRANSCRIPT_WITHOUT_TIMES' });
  });

  it('is there for whoever may read the conversation, and a version that is not there for nobody', async () => {
    const stranger = (await system.newWorkspace()).admin;
    for (const [reader, version] of [
      [stranger, '2'],
      [workspace.manager, '2'],
      [workspace.member, '3'],
    ] as const) {
      await expect(rest.page(reader, id, { version })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(rest.whole(reader, id, 'txt', { version })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const hidden = await graph.transcript(stranger, { ...(await seen(workspace.member)) }, { first: 10, version: 2 });
    expect(hidden.edges).toEqual([]);
    for (const version of ['0', '-1', 'x', '1.5', '99999999999'])
      await expect(rest.page(workspace.member, id, { version })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const none = graph.transcript(workspace.member, await seen(workspace.member), { first: 10, version: -1 });
    await expect(none).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says where it has what is quoted from another one, and what it has not', async () => {
    const quotes = system.api.get(QuoteResolver, { strict: false });
    const follow = (reader: Principal, places: { start: number; end: number }[], [from, to] = [1, 2]) =>
      quotes.followedQuotes(reader, { conversationId: id, from: from ?? 0, to: to ?? 0, quotes: places });
    const whole = { start: 0, end: 'Hello there.'.length };
    const second = { start: whole.end + 1, end: whole.end + 'Hello.'.length + 1 };
    expect(await follow(workspace.member, [second, whole], [1, 1])).toMatchObject([
      { quote: 'Hello.', match: 'EXACT', evidence: { ...second, turn: 1 } },
      { quote: 'Hello there.', match: 'EXACT', evidence: { ...whole, turn: 0 } },
    ]);
    const lost = { match: 'NOT_FOUND', evidence: null };
    expect(await follow(workspace.member, [whole])).toEqual([{ quote: 'Hello there.', ...lost }]);
    const across = { start: 6, end: second.end };
    for (const wrong of [[across], [{ start: 3, end: 3 }], [{ start: 0, end: 99 }], Array.from({ length: 101 }, () => whole)])
      await expect(follow(workspace.member, wrong)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(follow(workspace.member, [whole], [1, 3])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stranger = (await system.newWorkspace()).admin;
    await expect(follow(stranger, [whole])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
