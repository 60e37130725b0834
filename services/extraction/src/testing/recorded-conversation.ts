import { streams, type EventDataOf } from '@harmony/contracts';
import { MemoryStreams } from '@harmony/event-store/testing';
import { eventsFrom, fact, newId, type Cause, type Fact } from '@harmony/kernel';
import {
  rerunTranscriptFacts,
  structureTranscript,
  transcriptFacts,
  writtenOrigin,
  type Transcript,
} from '@harmony/transcript';

/** A conversation in a store in memory, and what may happen to it. */
export class RecordedConversation {
  readonly store = new MemoryStreams();
  readonly workspaceId = newId();
  readonly id = newId();

  append(...facts: readonly Fact[]): Promise<void> {
    return this.appendTo(streams.conversation(this.id), facts);
  }

  async appendTo(stream: string, facts: readonly Fact[]): Promise<void> {
    const cause: Cause = {
      ...{ causationId: newId(), correlationId: 'request', workspaceId: this.workspaceId },
      ...{ actor: { kind: 'SYSTEM', id: 'test' }, occurredAt: new Date().toISOString() },
    };
    const last = this.store.recorded.filter(({ streamId }) => streamId === stream).length - 1;
    await this.store.append(stream, eventsFrom(cause, stream, facts), last < 0 ? 'none' : last);
  }

  submitted(changes: Partial<EventDataOf<'ConversationSubmitted'>> = {}): Promise<void> {
    const people = { teamId: null, contactId: null, ownerId: this.workspaceId, createdBy: this.workspaceId };
    const form = {
      source: 'TEXT',
      title: 'A call',
      medium: 'CALL',
      tags: [],
      customFields: {},
      content: null,
    } as const;
    return this.append(
      fact('ConversationSubmitted', { conversationId: this.id, ...form, tags: [], ...people, ...changes }),
    );
  }

  transcript(said: string | Transcript, transcriptVersion = 1): Promise<void> {
    const transcript = typeof said === 'string' ? structureTranscript(said) : said;
    const identity = { conversationId: this.id, transcriptVersion };
    return this.append(...transcriptFacts(identity, transcript, writtenOrigin('TEXT')));
  }

  /** A transcript that a revision made. */
  rerunTranscript(
    said: string,
    transcriptVersion: number,
    rerun: { revisionId: string; runId: string },
  ): Promise<void> {
    const identity = { conversationId: this.id, transcriptVersion, ...rerun };
    return this.append(...rerunTranscriptFacts(identity, structureTranscript(said), writtenOrigin('TEXT')));
  }

  retried(fromStage: EventDataOf<'ConversationRetried'>['fromStage']): Promise<void> {
    return this.append(fact('ConversationRetried', { conversationId: this.id, fromStage }));
  }

  completed(): Promise<void> {
    return this.append(fact('ConversationCompleted', { conversationId: this.id }));
  }

  /** Types of the events from here on; chunks left out. */
  typesFrom(revision: number): string[] {
    return this.store.recorded.slice(revision).map(({ type }) => type);
  }

  dataOf<Type extends Fact['type']>(type: Type): EventDataOf<Type>[] {
    return this.store.recorded.filter((event) => event.type === type).map(({ data }) => data as EventDataOf<Type>);
  }
}
