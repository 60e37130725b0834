import type { ErrorCode, EventDataOf, HarmonyEvent } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';

/** What fetching the file of a link needs to know, folded from the stream of its conversation. */
export interface UrlFetch {
  readonly conversationId: string;
  readonly url: string | null;
  /** Id of the event that asked for the file, or asked anew: the cause of all that follows. */
  readonly cause: string;
  /** How often somebody asked; each time the file is kept by another name. */
  readonly asked: number;
  /** Tries of the stage INTAKE so far. */
  readonly attempt: number;
  /** Of a try that has neither succeeded nor failed; ISO 8601. */
  readonly startedAt: string | null;
  readonly isFetched: boolean;
  /** Completed, failed or deleted: nothing may follow, unless somebody retries. */
  readonly isOver: boolean;
}

/** The state after one more event; events of later stages change nothing. */
export function evolveUrlFetch(state: UrlFetch | undefined, event: HarmonyEvent): UrlFetch | undefined {
  if (event.type !== 'ConversationSubmitted') return state && { ...state, ...changeOf(state, event) };
  const { conversationId } = event.data;
  const nothing = { url: null, attempt: 0, startedAt: null, isFetched: false, isOver: false };
  return { ...nothing, conversationId, cause: event.id, asked: 1 };
}

function changeOf(state: UrlFetch, event: HarmonyEvent): Partial<UrlFetch> {
  switch (event.type) {
    case 'UrlImportRequested':
      return { url: event.data.url };
    case 'RecordingReceived':
    case 'TranscriptReceived':
      return { isFetched: true };
    case 'ConversationCompleted':
    case 'ConversationFailed':
    case 'ConversationDeleted':
      return { isOver: true };
    case 'ConversationRetried':
      return event.data.fromStage === 'INTAKE' ? askedAnew(state, event.id) : { isOver: false };
    default:
      return stageChangeOf(event);
  }
}

const askedAnew = ({ asked }: UrlFetch, cause: string): Partial<UrlFetch> => ({
  ...{ cause, asked: asked + 1 },
  ...{ startedAt: null, isFetched: false, isOver: false },
});

function stageChangeOf(event: HarmonyEvent): Partial<UrlFetch> {
  const isStage =
    event.type === 'StageStarted' || event.type === 'StageAttemptFailed' || event.type === 'StageSucceeded';
  if (!isStage || event.data.stage !== 'INTAKE') return {};
  if (event.type !== 'StageStarted') return { startedAt: null };
  return { attempt: event.data.attempt, startedAt: event.occurredAt };
}

/** A link whose file is still to be fetched. */
export type OpenFetch = UrlFetch & { readonly url: string };

export const isOpenFetch = (state: UrlFetch | undefined): state is OpenFetch =>
  state !== undefined && state.url !== null && !state.isFetched && !state.isOver;

/** Where the file is kept. What an earlier asking got may still be in use. */
export const fileNameOf = (name: string, { asked }: UrlFetch): string => {
  const [stem = '', extension] = name.split('.');
  const numbered = asked === 1 ? stem : `${stem}-${asked}`;
  return extension ? `${numbered}.${extension}` : numbered;
};

const stage = 'INTAKE';

/** A try that was interrupted goes on as the same one. */
export const decideStart = (state: UrlFetch | undefined): Fact[] =>
  isOpenFetch(state) && state.startedAt === null
    ? [fact('StageStarted', { conversationId: state.conversationId, stage, attempt: state.attempt + 1 })]
    : [];

/** The file is there, and this is what it is; nothing when the conversation ended meanwhile. */
export function decideArrival(state: UrlFetch | undefined, arrived: Fact, now: Date): Fact[] {
  if (!isOpenFetch(state)) return [];
  return [arrived, fact('StageSucceeded', { ...triedBy(state), durationMs: durationOf(state, now) })];
}

export interface FetchFailure {
  readonly code: ErrorCode;
  readonly willRetry: boolean;
  readonly now: Date;
}

/** The end of a try, and of the conversation's way when no other follows. */
export function decideFetchFailure(state: UrlFetch | undefined, { code, willRetry, now }: FetchFailure): Fact[] {
  if (!isOpenFetch(state)) return [];
  const { conversationId } = state;
  const tried = fact('StageAttemptFailed', {
    ...triedBy(state),
    ...{ code, willRetry, durationMs: durationOf(state, now) },
  });
  return [
    ...(state.startedAt === null ? [] : [tried]),
    ...(willRetry ? [] : [fact('ConversationFailed', { conversationId, stage, code })]),
  ];
}

const triedBy = ({
  conversationId,
  attempt,
}: UrlFetch): Pick<EventDataOf<'StageStarted'>, 'conversationId' | 'stage' | 'attempt'> => ({
  conversationId,
  stage,
  attempt: Math.max(1, attempt),
});

/** Milliseconds since the try began. */
const durationOf = ({ startedAt }: UrlFetch, now: Date): number =>
  Math.max(0, startedAt === null ? 0 : now.getTime() - Date.parse(startedAt));
