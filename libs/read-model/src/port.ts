import type { EventOf, EventType, HarmonyEvent } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';

/**
 * A column and its Postgres type, as written in DDL, for instance `uuid not null`. Types are uuid, text, boolean,
 * smallint, integer, bigint (up to 2^53), double precision, timestamptz (milliseconds), date and jsonb, or arrays of
 * them: those whose values look the same before and after Postgres. An event whose fold gives a column what it cannot
 * hold counts as one that cannot be applied.
 */
export type Columns = Readonly<Record<string, string>>;

/** Values as JSON: numbers as numbers, instants as ISO 8601 in UTC with milliseconds, what is not there as null. */
export type Row = Readonly<Record<string, unknown>>;

/** An event with the place where it stands; folds may use the position, never a clock. */
export interface PositionedEvent<Event extends HarmonyEvent = HarmonyEvent> {
  readonly event: Event;
  readonly streamId: string;
  readonly revision: number;
  readonly position: LogPosition;
}

/** How one event changes one table: the keys of the rows it touches and the pure change to each. */
export type RowFold<Event extends HarmonyEvent> = RowChange<Event> | RowValue<Event>;

/** The row afterwards depends on the row before, which has to be read. */
export interface RowChange<Event extends HarmonyEvent> extends TouchedRows<Event> {
  /** The row afterwards; undefined removes it. Pure: no clock, randomness, network. */
  readonly evolve: (row: Row | undefined, event: PositionedEvent<Event>, key: readonly string[]) => Row | undefined;
}

/** The row afterwards is the same whatever it was before, so that nobody has to read it. */
export interface RowValue<Event extends HarmonyEvent> extends TouchedRows<Event> {
  /** The row afterwards; undefined removes it. Pure: no clock, randomness, network. */
  readonly becomes: (event: PositionedEvent<Event>, key: readonly string[]) => Row | undefined;
}

interface TouchedRows<Event extends HarmonyEvent> {
  /** Key values of every row that the event touches, in the order of the table's key columns. */
  readonly keys: (event: PositionedEvent<Event>) => readonly (readonly string[])[];
  /** Rows that become what other rows are, so that an event need not repeat values that the table has. None unless told. */
  readonly copies?: (event: PositionedEvent<Event>) => readonly RowCopy[];
}

/** What a fold makes of one row. */
export const rowAfter = <Event extends HarmonyEvent>(
  fold: RowFold<Event>,
  row: Row | undefined,
  event: PositionedEvent<Event>,
  key: readonly string[],
): Row | undefined => ('becomes' in fold ? fold.becomes(event, key) : fold.evolve(row, event, key));

/**
 * One row of a table as it was before the event, under another key; keys have the order of the table's key columns.
 * Where there is none to copy, nothing changes.
 */
export interface RowCopy {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** What the copy has instead, beside its key: the same columns for all copies that a table makes. */
  readonly changes: Row;
}

export interface ProjectedTable {
  /** Without schema. */
  readonly name: string;
  /** Text or uuid columns that make up the primary key. Every table has a `workspace_id uuid not null` column. */
  readonly key: readonly string[];
  readonly columns: Columns;
  /** Secondary indexes: DDL after `create index … on <table>`, for instance `(workspace_id, created_at desc)`. */
  readonly indexes?: readonly string[];
  /**
   * For a table of millions of small rows, most of which a statement reads: whose rows it may see is then found out once
   * a statement, and not row by row. Planners do not know any more how many these are, so it is for no other table.
   */
  readonly isReadWhole?: boolean;
  readonly on: { readonly [Type in EventType]?: RowFold<EventOf<Type>> };
}

/**
 * A read model as a pure fold of the log, with one checkpoint for all its tables. An event that cannot be decoded or
 * applied parks its stream, and the others go on; a row that several streams share may lack the parked one's events.
 */
export interface Projection {
  /** `<service>.<name>`, for instance `ingestion.conversations`; the part before the dot is the Postgres schema. */
  readonly name: string;
  /** Raise it when the fold or a table changes; a start with another version asks for a replay. */
  readonly version: number;
  readonly streamPrefixes: readonly string[];
  readonly tables: readonly ProjectedTable[];
}
