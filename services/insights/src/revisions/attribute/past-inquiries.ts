import { decodeEvent, isKnownEventType, streams, type AnswerInputDigests } from '@harmony/contracts';
import type { EventStore, StateDefinition } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { inquiryOf, type Inquiry, type Knowledge } from '../../analyst/inquiry.js';
import { evolve as evolveConversation, type Conversation } from '../../conversations/conversation.js';
import { Conversations } from '../../conversations/conversations.js';
import { evolve as evolveSettings } from '../../domain/analysis-settings.js';
import type { Cell } from '../../domain/run.js';
import { evolve as evolveProject, type DefinitionVersion } from '../../domain/project.js';
import { Projects } from '../../streams/projects.js';

/** An answer whose question is looked for. */
export interface PastAnswer {
  readonly conversationId: string;
  readonly workspaceId: string;
  readonly place: Cell;
  readonly inputs: AnswerInputDigests;
}

/** What an answer was about. */
interface Heard {
  readonly conversation: Conversation;
  readonly transcriptVersion: number;
}

const heardNames = ['transcript', 'conversation'] as const;
const askedNames = ['definition', 'knowledge', 'language'] as const;

/**
 * Finds what an answer was made from, whatever has changed since: what was said of the conversation, the project and the
 * workspace is in the log, and the digests that are stored with the answer tell which of it counted.
 */
@Injectable()
export class PastInquiries {
  constructor(
    private readonly projects: Projects,
    private readonly conversations: Conversations,
    private readonly analyst: AskAnalyst,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Undefined where it is not known any more. @throws HarmonyError STREAM_DELETED */
  async of(answer: PastAnswer): Promise<Inquiry | undefined> {
    const { projectId, definitionId, definitionVersion } = answer.place;
    const { state: project } = await this.projects.load(projectId);
    const version = project?.definitions.get(definitionId)?.versions[definitionVersion - 1];
    if (!project || project.isDeleted || !version) return undefined;
    const heard = await this.heardOf(answer, version, { project, settings: undefined });
    return heard && this.inquiryOf(answer, version, heard);
  }

  /** A run may keep answers about another version of the transcript than its own, so only the digest tells which. */
  private async heardOf(
    { conversationId, inputs }: PastAnswer,
    version: DefinitionVersion,
    any: Knowledge,
  ): Promise<Heard | undefined> {
    const heardIn = (conversation: Conversation): Heard | undefined => {
      const isIt = (transcript: number): boolean =>
        this.agrees(inquiryOf(version, any, conversation, transcript), inputs, heardNames);
      const transcriptVersion = [...conversation.transcripts.keys()].findLast(isIt);
      return transcriptVersion === undefined ? undefined : { conversation, transcriptVersion };
    };
    const { state: now } = await this.conversations.load(conversationId);
    if (!now || now.isDeleted) return undefined;
    const known = heardIn(now);
    if (known) return known;
    const past = await this.pastOf(conversationId, { stream: streams.conversation, evolve: evolveConversation });
    for (const state of past.toReversed()) {
      const heard = heardIn(state);
      if (heard) return heard;
    }
    return undefined;
  }

  private async inquiryOf(
    { place, workspaceId, inputs }: PastAnswer,
    version: DefinitionVersion,
    { conversation, transcriptVersion }: Heard,
  ): Promise<Inquiry | undefined> {
    const projects = await this.pastOf(place.projectId, { stream: streams.project, evolve: evolveProject });
    const settings = await this.pastOf(workspaceId, { stream: streams.analysis, evolve: evolveSettings });
    const languages = distinct(projects, ({ language, knowledge }) => JSON.stringify([language, knowledge]));
    const handbooks = distinct(settings, ({ handbook }) => handbook);
    for (const project of languages.toReversed()) {
      for (const written of [...handbooks.toReversed(), undefined]) {
        const inquiry = inquiryOf(version, { project, settings: written }, conversation, transcriptVersion);
        if (this.agrees(inquiry, inputs, askedNames)) return inquiry;
      }
    }
    return undefined;
  }

  private agrees(inquiry: Inquiry, inputs: AnswerInputDigests, names: readonly (keyof AnswerInputDigests)[]): boolean {
    const { inputs: own } = this.analyst.identityOf(inquiry);
    return names.every((name) => own[name] === inputs[name]);
  }

  /** As the stream left it after each of its events, oldest first. */
  private async pastOf<State>(id: string, { stream, evolve }: StateDefinition<State>): Promise<State[]> {
    const past: State[] = [];
    for await (const recorded of this.store.readStream(stream(id))) {
      const state = isKnownEventType(recorded.type) ? evolve(past.at(-1), decodeEvent(recorded)) : undefined;
      if (state !== undefined && state !== past.at(-1)) past.push(state);
    }
    return past;
  }
}

const distinct = <State>(states: readonly State[], keyOf: (state: State) => string): State[] => [
  ...new Map(states.map((state) => [keyOf(state), state])).values(),
];
