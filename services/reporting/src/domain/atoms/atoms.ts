import { spinQuadrants, type ChecklistOutcome, type CompetitorStance, type SpinQuadrant } from '@harmony/contracts';
import type { AnswerValues } from '../columns.js';
import { foldedName } from '../text.js';

/** An item of a checklist with what became of it. */
export interface ItemAtom {
  readonly key: string;
  readonly outcome: ChecklistOutcome;
}

export type DiscountAtom =
  | { readonly kind: 'DISCUSSED'; readonly isDiscussed: boolean }
  /** Per cent. */
  | { readonly kind: 'RATE'; readonly rate: number }
  | { readonly kind: 'AMOUNT'; readonly currency: string; readonly amount: number | null };

/** ANY: some competitor is mentioned. */
export type MentionAtom =
  | { readonly kind: 'ANY' }
  | { readonly kind: 'COMPETITOR'; readonly key: string; readonly name: string; readonly stance: CompetitorStance };

/** So many questions of a quadrant. */
export interface QuestionsAtom {
  readonly quadrant: SpinQuadrant;
  readonly questions: number;
}

/**
 * What figures count, by type of question. An answer is a handful of these: a thousand lists of competitors, each another
 * one, are made of some dozens of names.
 */
export interface Atoms {
  readonly YES_NO: string;
  readonly GROUP: string;
  readonly FUNNEL: string;
  readonly BUYER_ENGAGEMENT: number;
  readonly SCALE: number;
  readonly DISCOUNT: DiscountAtom;
  readonly CHECKLIST: ItemAtom;
  readonly COMPETITORS: MentionAtom;
  readonly SPIN_DISTRIBUTION: QuestionsAtom;
  readonly SPIN_IMPROVEMENT: SpinQuadrant;
  readonly SUMMARY: never;
  readonly OPEN_QUESTION: never;
  readonly MARKDOWN: never;
}
export type Atom = Atoms[keyof Atoms];

/** Takes answers apart. */
export const atomsOf: { readonly [Type in keyof Atoms]: (value: AnswerValues[Type]) => readonly Atoms[Type][] } = {
  YES_NO: (value) => [value],
  GROUP: (value) => [value],
  FUNNEL: (value) => [value],
  BUYER_ENGAGEMENT: (value) => [value],
  SCALE: (value) => [value],
  DISCOUNT: ({ isDiscussed, rate, amount, currency }) => [
    { kind: 'DISCUSSED', isDiscussed },
    ...(rate === null ? [] : [{ kind: 'RATE' as const, rate }]),
    ...(currency === null ? [] : [{ kind: 'AMOUNT' as const, currency, amount }]),
  ],
  CHECKLIST: (value) => Object.entries(value).map(([key, outcome]) => ({ key, outcome })),
  COMPETITORS: (mentions) => {
    // Each competitor once a conversation, however often and in whatever spelling it is there.
    const first = new Map<string, MentionAtom>();
    for (const { name, stance } of mentions) {
      const key = foldedName(name);
      if (!first.has(key)) first.set(key, { kind: 'COMPETITOR', key, name, stance });
    }
    return first.size === 0 ? [] : [{ kind: 'ANY' }, ...first.values()];
  },
  SPIN_DISTRIBUTION: (value) => spinQuadrants.map((quadrant) => ({ quadrant, questions: value[quadrant] })),
  SPIN_IMPROVEMENT: (quadrants) => [...new Set(quadrants)],
  SUMMARY: () => [],
  OPEN_QUESTION: () => [],
  MARKDOWN: () => [],
};

/** Whether a point of a trend says it: of a discount, only that there was one. */
export const isBrief = (atom: Atom): boolean =>
  typeof atom !== 'object' || !('kind' in atom) || (atom.kind !== 'RATE' && atom.kind !== 'AMOUNT');
