import { escapeLiteral, type Pool } from 'pg';
import type { LogBatch, LogFilter, RecordedEvent } from '../../port.js';
import { comparePositions, logStart, type LogPosition } from '../../position.js';
import { asStoreError } from '../failures.js';
import { textRows } from '../text-rows.js';
import { copiedColumns, CopiedRows } from './copied-rows.js';
import { copyOut } from './copy-out.js';
import { readAhead } from './read-ahead.js';
import { eventColumns, storedEvent, type EventRow } from './stored-event.js';

/** Bounds what one statement scans when a filter matches little. */
const windowRows = 20_000;
/** What one statement fetches, about; the count of rows follows the size of the events seen so far. */
const fetchBytes = 1_000_000;
const firstFetchRows = 500;
const fewestFetchRows = 16;
/** Events a batch, unless asked otherwise. */
export const defaultBatchSize = 1_000;

export interface LogEnd {
  /** The last event that a reader may see now. */
  readonly position: LogPosition;
  /** True when committed events wait behind an older transaction that is still open. */
  readonly pending: boolean;
}

/** What came after a place, and the end as the same moment saw it. */
export interface LogGrowth {
  readonly events: readonly RecordedEvent[];
  readonly end: LogEnd;
  /** False where there is more than was asked for. */
  readonly whole: boolean;
}

interface Range {
  /** Exclusive. */
  readonly after: LogPosition;
  /** Inclusive, and below the horizon, so that what lies between never changes. */
  readonly upTo: LogPosition;
}

/** The rows of one statement, and how far it scanned. */
interface Fetched {
  readonly rows: CopiedRows;
  readonly scannedTo: LogPosition;
  readonly atEnd: boolean;
}

/** Reads the log in the order of `(xid, pos)`. */
export class LogReader {
  constructor(private readonly pool: Pool) {}

  /**
   * The end is always the place of an event, never the horizon itself: a transaction number that wrote nothing is given
   * out again after a crash, and a checkpoint there would pass over whoever gets it.
   */
  async end(): Promise<LogEnd> {
    const result = await this.query(
      'event-store-end',
      `select readable.xid, readable.pos, newest.xid
         from (select xid from event_store.events order by xid desc limit 1) newest
         left join (select xid, pos from event_store.events
                     where xid < pg_snapshot_xmin(pg_current_snapshot())
                     order by xid desc, pos desc limit 1) readable on true`,
    );
    const [row] = result;
    const position = row?.[0] && row[1] ? { major: BigInt(row[0]), minor: BigInt(row[1]) } : logStart;
    return { position, pending: row !== undefined && row[0] !== row[2] };
  }

  /** The end, and what leads to it from a place that is or was the end, in one look: made for small steps. */
  async since(after: LogPosition, limit: number): Promise<LogGrowth> {
    const rows = await this.query<EventRow | NewestRow>(
      'event-store-since',
      `(select ${eventColumns} from event_store.events
         where (xid, pos) > ($1, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
         order by xid, pos limit $3)
       union all
       (select xid, null, null, null, null, null from event_store.events order by xid desc limit 1)`,
      [after.major, after.minor, BigInt(limit)],
    );
    const newest = rows.find(isNewest)?.[0] ?? 0;
    const events = rows.flatMap((row) => (isNewest(row) ? [] : [storedEvent(row)]));
    const position = events.at(-1)?.position ?? after;
    return { events, end: { position, pending: BigInt(newest) > position.major }, whole: events.length < limit };
  }

  /** Everything after a position up to an end; the last batch has `caughtUp`. Fetches ahead of the consumer. */
  async *read(after: LogPosition, end: LogPosition, filter: LogFilter, batchSize: number): AsyncGenerator<LogBatch> {
    const upTo = comparePositions(after, end) > 0 ? after : end;
    for await (const { rows, scannedTo, atEnd } of readAhead(this.fetchAll({ after, upTo }, filter))) {
      do {
        const events = rows.take(batchSize);
        const last = rows.left === 0;
        yield { events, scannedTo: last ? scannedTo : (events.at(-1)?.position ?? scannedTo), caughtUp: last && atEnd };
      } while (rows.left > 0);
    }
  }

  private async *fetchAll(whole: Range, filter: LogFilter): AsyncGenerator<Fetched> {
    const condition = filterCondition(filter);
    let limit = firstFetchRows;
    // One is read by the consumer while the other one fills; whoever asks for the next one is done with the one before.
    const buffers = [new CopiedRows(fetchBytes), new CopiedRows(fetchBytes)];
    let turn = 0;
    for await (const window of this.windows(whole, condition !== '')) {
      let { after } = window;
      let exhausted = false;
      while (!exhausted) {
        const rows = buffers[turn++ % buffers.length] ?? new CopiedRows(fetchBytes);
        await this.fetch(rows, { after, upTo: window.upTo }, condition, limit);
        exhausted = rows.count < limit;
        after = exhausted ? window.upTo : (rows.lastPosition ?? window.upTo);
        yield { rows, scannedTo: after, atEnd: exhausted && window.upTo === whole.upTo };
        if (rows.count > 0) limit = Math.max(fewestFetchRows, Math.floor((fetchBytes * rows.count) / rows.bytes));
      }
    }
  }

  private async *windows(whole: Range, filtered: boolean): AsyncGenerator<Range> {
    let { after } = whole;
    while (filtered) {
      const [row] = await this.query(
        'event-store-window',
        `select xid, pos from event_store.events where (xid, pos) > ($1, $2) and (xid, pos) <= ($3, $4)
          order by xid, pos offset ${windowRows - 1} limit 1`,
        [after.major, after.minor, whole.upTo.major, whole.upTo.minor],
      );
      if (!row?.[0] || !row[1]) break;
      const upTo = { major: BigInt(row[0]), minor: BigInt(row[1]) };
      yield { after, upTo };
      after = upTo;
    }
    yield { after, upTo: whole.upTo };
  }

  private async fetch(rows: CopiedRows, { after, upTo }: Range, condition: string, limit: number): Promise<void> {
    rows.clear();
    const statement = `copy (
      select ${copiedColumns} from event_store.events
       where (xid, pos) > ${literal(after)} and (xid, pos) <= ${literal(upTo)} ${condition}
       order by xid, pos limit ${limit}) to stdout (format binary)`;
    try {
      await copyOut(this.pool, statement, rows);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  private async query<Row extends readonly (string | null)[] = (string | null)[]>(
    name: string,
    text: string,
    values: bigint[] = [],
  ): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>({ ...textRows, name, text, values })).rows;
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

/** Of the newest event there is, readable or not. */
type NewestRow = readonly [xid: string, ...nulls: null[]];

const isNewest = (row: EventRow | NewestRow): row is NewestRow => row[2] === null;

const literal = ({ major, minor }: LogPosition): string => `('${major}'::xid8, ${minor}::bigint)`;

/** COPY takes no parameters, so the values are quoted as literals. Empty for a filter that lets everything through. */
function filterCondition({ types, streamPrefixes }: LogFilter): string {
  const anyType = types && `type in (${types.map(escapeLiteral).join(', ') || 'null'})`;
  const anyPrefix = streamPrefixes?.map((prefix) => `starts_with(stream_id, ${escapeLiteral(prefix)})`);
  const conditions = [anyType, anyPrefix && `(${anyPrefix.join(' or ') || 'false'})`].filter(Boolean);
  return conditions.map((condition) => `and ${condition}`).join(' ');
}
