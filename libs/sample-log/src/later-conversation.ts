import { media, streams } from '@harmony/contracts';
import { sampleFields, sampleTags } from './cast.js';
import { analyse, completed, ofRun } from './conversation.js';
import { system, user } from './recorder.js';
import { settle } from './runs.js';
import { append, openStream } from './streams.js';
import type { SampleStep } from './wish.js';
import type { SampleConversation, World } from './world.js';
import { titles } from './words.js';

/** What may happen to a conversation that is there. */
export type Happening = (world: World, conversation: SampleConversation, at: number) => SampleStep[];

/** Somebody sets right what is known of it. */
export const changeProperties: Happening = (world, conversation, at) => {
  const { random, cast, recorder } = world;
  const maybe = <Key extends string, Value>(key: Key, value: () => Value): { [Name in Key]?: Value } =>
    random.chance(0.3) ? ({ [key]: value() } as { [Name in Key]: Value }) : {};
  const change = {
    ...maybe('title', () => `${random.pick(titles)} ${random.below(1_000)}`),
    ...maybe('medium', () => random.pick(media)),
    ...maybe('teamId', () => random.pick([...cast.teams.map(({ id }) => id), null])),
    ...maybe('contactId', () => random.pick([...cast.contacts.map(({ id }) => id), null])),
    ...maybe('ownerId', () => random.pick(cast.users).id),
    ...maybe('tags', () => sampleTags(random)),
    ...maybe('customFields', () => sampleFields(random)),
    ...maybe('startedAt', () =>
      random.chance(0.3) ? null : new Date(at - random.below(20 * 86_400_000)).toISOString(),
    ),
  };
  if (change.teamId !== undefined) conversation.teamId = change.teamId;
  if (change.medium !== undefined) conversation.medium = change.medium;
  const by = user(random.pick(cast.users).id);
  return [
    append(conversation.stream, [
      recorder.event('ConversationChanged', at, by, { conversationId: conversation.id, ...change }),
    ]),
  ];
};

/** Everything is asked again; sometimes the new run stops in the middle. */
export const retry: Happening = (world, conversation, at) => {
  const { random, recorder, cast } = world;
  if (!conversation.runs.some((run) => run.kind === 'PIPELINE' && run.isCompleted)) return [];
  const by = user(random.pick(cast.users).id);
  const retried = recorder.event('ConversationRetried', at, by, {
    ...{ conversationId: conversation.id, fromStage: 'INSIGHTS' },
  });
  const most = random.chance(0.8) ? Infinity : random.below(5);
  return [append(conversation.stream, [retried]), ...analyse(world, conversation, retried, most)];
};

/** A run that stopped in the middle goes on, to its end or not. */
export const resume: Happening = (world, conversation, at) => {
  const run = world.random.shuffled(conversation.runs).find(({ isCompleted }) => !isCompleted);
  if (!run) return [];
  const most = world.random.chance(0.6) ? Infinity : 1;
  const insights = settle(world, conversation, run, { at, most });
  const lastAt = Date.parse(insights.at(-1)?.occurredAt ?? '');
  const isEnd = run.isCompleted && run === ofRun(conversation);
  return [
    append(conversation.insights, insights),
    ...(isEnd ? [append(conversation.stream, completed(world, conversation, lastAt))] : []),
  ];
};

/** It is deleted for good, and its streams with it. */
export const remove: Happening = ({ random, recorder, cast, recent }, conversation, at) => {
  const { id: conversationId, stream, insights, runs } = conversation;
  recent.splice(recent.indexOf(conversation), 1);
  const deleted = recorder.event('ConversationDeleted', at, user(random.pick(cast.users).id), { conversationId });
  const tombstone = openStream(streams.tombstone(conversationId));
  return [
    append(stream, [deleted]),
    append(tombstone, [
      recorder.event('ConversationErased', at + 5, system('ingestion'), { conversationId, transcripts: [] }),
      recorder.event('InsightsErased', at + 6, system('insights'), {
        ...{ conversationId, criteria: [], spending: [] },
        runs: runs.map(({ id: runId, cells }) => ({
          runId,
          projectIds: [...new Set(cells.map(({ project }) => project.id))],
        })),
        results: runs.flatMap(({ id: runId, cells }) => cells.map(({ definitionId }) => ({ runId, definitionId }))),
      }),
    ]),
    { kind: 'DELETE_STREAM', streamId: stream.id },
    ...(insights.events > 0 ? [{ kind: 'DELETE_STREAM' as const, streamId: insights.id }] : []),
  ];
};
