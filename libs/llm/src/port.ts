import type {
  ActionItem,
  AnalystOrigin,
  Answer,
  InsightType,
  ParticipantRole,
  Question,
  TurnSpan,
  Usage,
} from '@harmony/contracts';

/** Somebody who speaks, as far as the conversation says. */
export interface Voice {
  /** Code of the speaker in the transcript. */
  readonly code: string;
  /** Null for a speaker whom nothing names. */
  readonly name: string | null;
  readonly role: ParticipantRole | null;
}

export interface SpokenTurn {
  readonly index: number;
  /** Code of the speaker. */
  readonly speaker: string;
  readonly text: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/** What an analyst reads. */
export interface AnalysedConversation {
  /** Equal keys have equal transcripts, so that what was made of one may be kept. */
  readonly key: string;
  readonly title: string;
  /** When it took place, ISO 8601; null where nobody said. */
  readonly startedAt: string | null;
  readonly voices: readonly Voice[];
  readonly turns: readonly SpokenTurn[];
}

/** What a person knows who listens; none of it is the transcript, and none of it is taken from there. */
export interface Background {
  /** ISO 639 code of the language to answer in, for instance `en`. */
  readonly language: string;
  /** Of the project; empty for none. */
  readonly knowledge: string;
  /** Of the workspace; empty for none. */
  readonly handbook: string;
  /** Of the definition; empty for none. */
  readonly context: string;
}

/** A quote as an analyst gives it; whether the transcript has it is checked by others. */
export interface ProposedEvidence {
  readonly turn: number;
  readonly quote: string;
  /** What of the answer it supports: an item's key, a competitor's name, a quadrant; null for an answer as a whole. */
  readonly part: string | null;
}

/** The answer that was given before, and why it cannot be kept: an analyst gets one chance to mend it. */
export interface Repair {
  readonly problem: 'UNSUPPORTED_ANSWER' | 'ANSWER_INVALID' | 'ANSWER_LANGUAGE';
  /** For the analyst to read. */
  readonly detail: string;
}

/** Replies that were paid for, kept until what they are needed for is recorded, so that no crash pays twice. */
export interface ReplyJournal {
  get(key: string): Promise<unknown>;
  put(key: string, reply: unknown): Promise<void>;
}

/** Calls for re-runs of the past wait behind those for what comes in now; neither starves. */
export type CallPriority = 'live' | 'revision';

interface Request {
  /** Absent: `live`. The answer does not depend on it. */
  readonly priority?: CallPriority;
  readonly conversation: AnalysedConversation;
  readonly background: Background;
  readonly signal: AbortSignal;
  /** Absent: replies are kept nowhere. */
  readonly journal?: ReplyJournal;
}

export interface QuestionRequest extends Request {
  readonly question: Question;
  readonly repair?: Repair;
}

export type ExtractionRequest = Request;

interface Reasons {
  readonly rationale: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly ProposedEvidence[];
  readonly searched: readonly TurnSpan[];
  readonly usage: Usage;
}

/** Nobody spoke of it: a value, and no failure. */
export type AnalystAnswer =
  | (Reasons & { readonly outcome: 'ANSWERED'; readonly answer: Answer })
  | (Reasons & { readonly outcome: 'NOT_DISCUSSED' });

/** What a conversation says before any definition asks. */
export interface AnalystExtraction {
  /** Empty where there is nothing to sum up. */
  readonly summary: string;
  readonly keyPoints: readonly { readonly text: string; readonly evidence: readonly ProposedEvidence[] }[];
  readonly actionItems: readonly (ActionItem & { readonly evidence: readonly ProposedEvidence[] })[];
  /** The weightiest first; at most 20. */
  readonly topics: readonly string[];
  /** Questions that were asked: the turn and the words. */
  readonly questions: readonly ProposedEvidence[];
  readonly usage: Usage;
}

/**
 * Whoever reads conversations and answers questions about them. What participants say is data: it never changes what
 * is asked (B17). An empty conversation is answered by NOT_DISCUSSED, without a call.
 */
export interface Analyst {
  /** Engine, model, parameters and version of what it works by, for a type of question; part of the run identity. */
  originOf(type: InsightType | 'EXTRACTION'): AnalystOrigin;
  /**
   * Answers one question; an answer has the type of its question and fits its configuration.
   * @throws HarmonyError ANALYST_NOT_CONFIGURED, ANALYST_REFUSED, ANALYST_UNAVAILABLE, ANALYST_RATE_LIMITED,
   *   ANALYST_TIME_LIMIT, ANSWER_INVALID or CASSETTE_MISS; `facts.usage` says what was spent all the same.
   */
  answer(request: QuestionRequest): Promise<AnalystAnswer>;
  /** @throws HarmonyError as {@link answer} does. */
  extract(request: ExtractionRequest): Promise<AnalystExtraction>;
  close(): Promise<void>;
}
