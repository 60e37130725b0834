import type { InsightType } from '@harmony/contracts';
import type { AnswerValue, Cell } from '../columns.js';
import { atomsOf, isBrief, type Atom } from './atoms.js';

/** The places of outcomes in {@link AtomTable.outcomes}. */
export const outcomeIndex = { NONE: 0, PENDING: 1, NOT_DISCUSSED: 2, FAILED: 3, ANSWERED: 4 } as const;

/** The values of a column taken apart, so that counting its rows makes no objects. */
export class AtomTable {
  /** By code. */
  readonly outcomes: number[] = [];
  /** By code: where its atoms begin in {@link ids}; one more at the end. */
  readonly starts: number[] = [0];
  readonly ids: number[] = [];
  /** By id. */
  readonly atoms: Atom[] = [];
  readonly brief: boolean[] = [];
  private readonly idOf = new Map<string, number>();

  constructor(private readonly split: (value: AnswerValue) => readonly Atom[]) {}

  /** Dictionaries only ever grow. */
  takeIn(values: readonly Cell[]): void {
    for (const cell of values.slice(this.outcomes.length)) {
      this.outcomes.push(outcomeIndex[cell.outcome]);
      if (cell.outcome === 'ANSWERED') for (const atom of this.split(cell.value)) this.ids.push(this.id(atom));
      this.starts.push(this.ids.length);
    }
  }

  private id(atom: Atom): number {
    const key = JSON.stringify(atom);
    const known = this.idOf.get(key);
    if (known !== undefined) return known;
    const id = this.atoms.push(atom) - 1;
    this.brief.push(isBrief(atom));
    this.idOf.set(key, id);
    return id;
  }
}

const tables = new WeakMap<readonly Cell[], AtomTable>();

/** Of a column's values; kept for as long as they are. */
export function atomTableOf(type: InsightType, values: readonly Cell[]): AtomTable {
  // The type of a definition never changes, so its column holds values of that type and no others.
  const table = tables.get(values) ?? new AtomTable(atomsOf[type] as (value: AnswerValue) => readonly Atom[]);
  tables.set(values, table);
  table.takeIn(values);
  return table;
}
