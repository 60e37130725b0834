import type { ReportFilter, Scope } from '@harmony/contracts';
import type { Coded, FactColumns } from './columns.js';
import { matchesField } from './custom-field.js';
import { folded } from './text.js';

/** Who reads: the widest scope that is granted, and what counts as own and as of a team (D6). */
export interface Reader {
  readonly scope: Scope;
  readonly userId: string;
  readonly teamIds: readonly string[];
}

export interface Range {
  /** Milliseconds since 1970, included; -Infinity for open. */
  readonly from: number;
  /** Excluded; Infinity for open. */
  readonly to: number;
}

/** For each code of a column 1 where its value passes, else 0. */
const passing = <Value>({ values }: Coded<Value>, passes: (value: Value) => boolean): Uint8Array =>
  Uint8Array.from(values, (value) => Number(passes(value)));

/** A test of a column that rows have to pass. */
interface Test {
  readonly codes: Uint32Array;
  readonly passing: Uint8Array;
}

const test = <Value>(column: Coded<Value>, passes: (value: Value) => boolean): Test => ({
  codes: column.codes,
  passing: passing(column, passes),
});

const anyOf = (column: Coded<string | null>, wanted: readonly string[]): Test[] => {
  if (wanted.length === 0) return [];
  const among = new Set(wanted.map((value) => value.toLowerCase()));
  return [test(column, (value) => value !== null && among.has(value.toLowerCase()))];
};

function tagged({ tags }: FactColumns, { tags: wanted, tagMatch }: ReportFilter): Test[] {
  if (wanted.length === 0) return [];
  const asked = new Set(wanted.map(folded));
  const passes = {
    ANY: (found: number) => found > 0,
    ALL: (found: number) => found === asked.size,
    NONE: (found: number) => found === 0,
  }[tagMatch];
  return [test(tags, (present) => passes(new Set(present.map(folded).filter((tag) => asked.has(tag))).size))];
}

/** A field that no conversation has is the same as one that is not set anywhere. */
function withFields({ customFields, isThere }: FactColumns, filter: ReportFilter): Test[] {
  const nowhere: Coded<unknown> = { codes: new Uint32Array(isThere.length), values: [undefined] };
  return filter.customFields.map((asked) =>
    test(customFields.get(asked.key) ?? nowhere, (value) => matchesField(asked, value)),
  );
}

const testsOf = (facts: FactColumns, filter: ReportFilter): Test[] => [
  ...anyOf(facts.team, filter.teamIds),
  ...anyOf(facts.owner, filter.ownerIds),
  ...anyOf(facts.contact, filter.contactIds),
  ...anyOf(facts.medium, filter.media),
  ...anyOf(facts.status, filter.statuses),
  ...anyOf(facts.runKind, filter.runKinds),
  ...anyOf(facts.revision, filter.revisionIds),
  ...tagged(facts, filter),
  ...withFields(facts, filter),
];

/**
 * The rows that pass a filter and that the reader may see, whenever they took place: 1 for each, else 0.
 * Times are left to {@link rowsWithin}, since a period before is compared with the same filter.
 */
export function maskOf(facts: FactColumns, filter: ReportFilter, reader: Reader): Uint8Array {
  const mask = facts.isThere.slice(0, facts.rows);
  narrowToScope(mask, facts, reader);
  for (const { codes, passing: allowed } of testsOf(facts, filter)) {
    for (let row = 0; row < mask.length; row += 1) mask[row]! &= allowed[codes[row]!]!;
  }
  return mask;
}

function narrowToScope(mask: Uint8Array, { access }: FactColumns, { scope, userId, teamIds }: Reader): void {
  if (scope === 'all') return;
  const isReader = (id: string | null): boolean => id === userId;
  const tests = [test(access.owner, isReader), test(access.createdBy, isReader)];
  if (scope === 'team') tests.push(test(access.team, (id) => id !== null && teamIds.includes(id)));
  for (let row = 0; row < mask.length; row += 1) {
    mask[row]! &= Number(tests.some(({ codes, passing: allowed }) => allowed[codes[row]!] === 1));
  }
}

export const rangeOf = ({ from, to }: Pick<ReportFilter, 'from' | 'to'>): Range => ({
  from: from === null ? -Infinity : Date.parse(from),
  to: to === null ? Infinity : Date.parse(to),
});

/** The masked rows that took place in the range, in the order of the columns. */
export function rowsWithin({ happenedAt }: FactColumns, mask: Uint8Array, { from, to }: Range): Uint32Array {
  const rows = new Uint32Array(mask.length);
  let found = 0;
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] !== 1 || happenedAt[row]! < from || happenedAt[row]! >= to) continue;
    rows[found] = row;
    found += 1;
  }
  return rows.subarray(0, found);
}
