import type { ChecklistOutcome, CompetitorStance, RuleOutcome, SpinQuadrant } from '@harmony/contracts';

/**
 * A column with few distinct values: one code a row, and what the codes stand for. Arrays of codes may be longer than
 * there are rows.
 */
export interface Coded<Value> {
  readonly codes: Uint32Array;
  readonly values: readonly Value[];
}

/** Who may read a conversation, as things are now. */
export interface AccessColumns {
  readonly owner: Coded<string | null>;
  readonly createdBy: Coded<string | null>;
  readonly team: Coded<string | null>;
}

/** What is known of the conversations of one project, a row each, as of one moment. */
export interface FactColumns {
  readonly rows: number;
  /** 0 for a row that has left the project, or was deleted. */
  readonly isThere: Uint8Array;
  readonly conversationIds: readonly string[];
  readonly runIds: readonly string[];
  /** Milliseconds since 1970. */
  readonly happenedAt: Float64Array;
  readonly team: Coded<string | null>;
  readonly owner: Coded<string | null>;
  readonly contact: Coded<string | null>;
  readonly medium: Coded<string>;
  readonly status: Coded<string>;
  readonly tags: Coded<readonly string[]>;
  /** By key; a conversation without the field has the value undefined. */
  readonly customFields: ReadonlyMap<string, Coded<unknown>>;
  readonly runKind: Coded<string>;
  readonly revision: Coded<string | null>;
  readonly access: AccessColumns;
}

/** A discount as figures need it. */
export interface DiscountValue {
  readonly isDiscussed: boolean;
  /** Per cent. */
  readonly rate: number | null;
  readonly amount: number | null;
  readonly currency: string | null;
}

export interface Mention {
  readonly name: string;
  readonly stance: CompetitorStance;
}

/** What figures are made of, by type of question: an answer without its words. */
export interface AnswerValues {
  readonly YES_NO: string;
  readonly GROUP: string;
  readonly FUNNEL: string;
  readonly BUYER_ENGAGEMENT: number;
  readonly SCALE: number;
  readonly DISCOUNT: DiscountValue;
  readonly CHECKLIST: Readonly<Record<string, ChecklistOutcome>>;
  readonly COMPETITORS: readonly Mention[];
  readonly SPIN_DISTRIBUTION: Readonly<Record<SpinQuadrant, number>>;
  readonly SPIN_IMPROVEMENT: readonly SpinQuadrant[];
  readonly SUMMARY: null;
  readonly OPEN_QUESTION: null;
  readonly MARKDOWN: null;
}
export type AnswerValue = AnswerValues[keyof AnswerValues];

/** What became of a definition in a conversation. NONE: it was not asked, or dropped. */
export type Cell =
  | { readonly outcome: 'NONE' | 'PENDING' | 'NOT_DISCUSSED' | 'FAILED' }
  | { readonly outcome: 'ANSWERED'; readonly value: AnswerValue };

/** Everything that a report counts. */
export interface ProjectColumns {
  /** Another one whenever anything is different, also between columns of different projects. */
  readonly version: number;
  readonly facts: FactColumns;
  /** By definition; one that is missing was never asked. */
  readonly cells: ReadonlyMap<string, Coded<Cell>>;
  /** By goal; undefined where it was not evaluated. */
  readonly goals: ReadonlyMap<string, Coded<RuleOutcome | undefined>>;
  /** By scorecard; null where no rule could be decided or it was not evaluated. */
  readonly scorecards: ReadonlyMap<string, Coded<number | null>>;
}
