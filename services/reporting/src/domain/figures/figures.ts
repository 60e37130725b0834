import type { Atoms, DiscountAtom } from '../atoms/atoms.js';
import type { ReportDefinition } from '../definition.js';
import { countWhere, share, type Counted, type Tally } from '../tally.js';
import { checklistFigures, type ChecklistFigures } from './checklist.js';
import {
  funnelFigures,
  groupFigures,
  yesNoFigures,
  type FunnelFigures,
  type GroupFigures,
  type YesNoFigures,
} from './choices.js';
import { competitorsFigures, type CompetitorsFigures } from './competitors.js';
import {
  discountFigures,
  engagementFigures,
  scaleFigures,
  type DiscountFigures,
  type EngagementFigures,
  type ScaleFigures,
} from './numbers.js';
import {
  spinDistributionFigures,
  spinImprovementFigures,
  type SpinDistributionFigures,
  type SpinImprovementFigures,
} from './spin.js';

/** Answers in words have no figures beside their counts. */
export interface TextFigures {
  readonly type: 'SUMMARY' | 'OPEN_QUESTION' | 'MARKDOWN';
}

export type Figures =
  | YesNoFigures
  | GroupFigures
  | FunnelFigures
  | ChecklistFigures
  | DiscountFigures
  | EngagementFigures
  | ScaleFigures
  | CompetitorsFigures
  | SpinDistributionFigures
  | SpinImprovementFigures
  | TextFigures;

/** What the answers of a definition come to, by its type. */
export function figuresOf({ question, successAnswer }: ReportDefinition, tally: Tally): Figures {
  const { answered } = tally;
  switch (question.type) {
    case 'YES_NO':
      return yesNoFigures(answersTo(question.type, tally), successAnswer);
    case 'GROUP':
      return groupFigures(answersTo(question.type, tally), question, answered);
    case 'FUNNEL':
      return funnelFigures(answersTo(question.type, tally), question, answered);
    case 'CHECKLIST':
      return checklistFigures(answersTo(question.type, tally), question, answered);
    case 'DISCOUNT':
      return discountFigures(answersTo(question.type, tally));
    case 'BUYER_ENGAGEMENT':
      return engagementFigures(answersTo(question.type, tally), answered);
    case 'SCALE':
      return scaleFigures(answersTo(question.type, tally), question);
    case 'COMPETITORS':
      return competitorsFigures(answersTo(question.type, tally));
    case 'SPIN_DISTRIBUTION':
      return spinDistributionFigures(answersTo(question.type, tally));
    case 'SPIN_IMPROVEMENT':
      return spinImprovementFigures(answersTo(question.type, tally), answered);
    default:
      return { type: question.type };
  }
}

/** The type of a definition never changes, so its column holds answers of that type and no others. */
const answersTo = <Type extends keyof Atoms>(_type: Type, { atoms }: Tally) => atoms as readonly Counted<Atoms[Type]>[];

/** What a point of a trend says of a card. */
export interface Brief {
  readonly value: number | null;
  readonly parts: readonly PartCount[];
}

/** The same as {@link headline} and {@link partsOf} say, without figures that nobody sees. */
export function briefOf(definition: ReportDefinition, tally: Tally): Brief {
  if (definition.question.type === 'DISCOUNT') return discountBrief(answersTo('DISCOUNT', tally), tally.answered);
  const figures = figuresOf(definition, tally);
  return { value: headline(figures, tally.answered), parts: partsOf(figures) };
}

function discountBrief(atoms: readonly Counted<DiscountAtom>[], answered: number): Brief {
  const discussed = countWhere(atoms, (atom) => atom.kind === 'DISCUSSED' && atom.isDiscussed);
  const parts = [part('DISCUSSED', discussed), part('NOT_DISCUSSED', answered - discussed)];
  return { value: share(discussed, answered), parts: parts.filter(({ count }) => count > 0) };
}

/** The one number that stands for a card, by which its trend goes and periods are compared; null where there is none. */
export function headline(figures: Figures, answered: number): number | null {
  switch (figures.type) {
    case 'YES_NO':
      return figures.successShare;
    case 'CHECKLIST':
      return figures.metShare;
    case 'FUNNEL':
      return figures.stages.findLast(({ isFormer }) => !isFormer)?.share ?? null;
    case 'DISCOUNT':
      return share(figures.discussed, answered);
    case 'BUYER_ENGAGEMENT':
    case 'SCALE':
      return figures.statistics.mean;
    case 'COMPETITORS':
      return share(figures.mentioned, answered);
    default:
      return null;
  }
}

/** What a card is divided into, for a trend. */
export interface PartCount {
  readonly key: string;
  readonly count: number;
}

/** Parts that are there, in the order of the card; empty for words. */
export const partsOf = (figures: Figures): PartCount[] => allParts(figures).filter(({ count }) => count > 0);

function allParts(figures: Figures): PartCount[] {
  switch (figures.type) {
    case 'YES_NO':
      return [part('YES', figures.yes), part('NO', figures.no)];
    case 'GROUP':
      return figures.buckets.map(({ key, count }) => part(key, count));
    case 'FUNNEL':
      return figures.stages.map(({ key, stopped }) => part(key, stopped));
    case 'CHECKLIST':
      return figures.items.map(({ key, met }) => part(key, met));
    case 'DISCOUNT':
      return [part('DISCUSSED', figures.discussed), part('NOT_DISCUSSED', figures.notDiscussed)];
    case 'BUYER_ENGAGEMENT':
      return figures.bands.map(({ band, count }) => part(band, count));
    case 'SCALE':
      return figures.distribution.map(({ value, count }) => part(String(value), count));
    case 'COMPETITORS':
      return figures.competitors.map(({ name, conversations }) => part(name, conversations));
    case 'SPIN_DISTRIBUTION':
      return figures.quadrants.map(({ quadrant, questions }) => part(quadrant, questions));
    case 'SPIN_IMPROVEMENT':
      return figures.neglected.map(({ quadrant, conversations }) => part(quadrant, conversations));
    default:
      return [];
  }
}

const part = (key: string, count: number): PartCount => ({ key, count });
