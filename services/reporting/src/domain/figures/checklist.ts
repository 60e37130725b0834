import type { QuestionOf } from '@harmony/contracts';
import type { ItemAtom } from '../atoms/atoms.js';
import { share, type Counted } from '../tally.js';
import { Counts, namedParts, type NamedPart } from './parts.js';

export interface ChecklistItemFigures extends NamedPart {
  readonly met: number;
  readonly notMet: number;
  readonly notDiscussed: number;
  /** Met, of those that were met or not. */
  readonly share: number | null;
}

export interface ChecklistFigures {
  readonly type: 'CHECKLIST';
  readonly items: readonly ChecklistItemFigures[];
  /** A conversation; null where none was answered. */
  readonly meanItemsMet: number | null;
  /** Met, of those that were met or not, over all items. */
  readonly metShare: number | null;
}

export function checklistFigures(
  atoms: readonly Counted<ItemAtom>[],
  question: QuestionOf<'CHECKLIST'>,
  answered: number,
): ChecklistFigures {
  const counts = { MET: new Counts(), NOT_MET: new Counts(), NOT_DISCUSSED: new Counts() };
  const keys = new Set<string>();
  for (const { value, count } of atoms) {
    counts[value.outcome].add(value.key, count);
    keys.add(value.key);
  }
  const current = question.items.map(({ key, text }) => ({ key, name: text }));
  const items = namedParts(current, keys).map((part) => {
    const [met, notMet] = [counts.MET.of(part.key), counts.NOT_MET.of(part.key)];
    return { ...part, met, notMet, notDiscussed: counts.NOT_DISCUSSED.of(part.key), share: share(met, met + notMet) };
  });
  const met = items.reduce((sum, item) => sum + item.met, 0);
  const notMet = items.reduce((sum, item) => sum + item.notMet, 0);
  return { type: 'CHECKLIST', items, meanItemsMet: share(met, answered), metShare: share(met, met + notMet) };
}
