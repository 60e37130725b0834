import { HarmonyError } from '@harmony/contracts';
import { SharedRoundTrips } from '@harmony/kernel';
import type { Pool } from 'pg';
import type { RecordedEvent } from '../port.js';
import { asStoreError } from './failures.js';
import { eventColumns, storedEvent, type EventRow } from './log/stored-event.js';
import { textRows } from './text-rows.js';

/** Some of one stream's events, in its order or against it. */
export interface StreamPage {
  readonly streamId: string;
  readonly direction: 'forward' | 'backward';
  /** Of the first event, inclusive. */
  readonly from: number;
  readonly limit: number;
}

/** The highest value of Postgres's integer. */
export const lastRevision = 2 ** 31 - 1;

/** An event, or that the stream was deleted. */
type PageRow = [...EventRow] | [null];
type Events = readonly RecordedEvent[];

/** Erased events leave an empty stream behind: a row of nulls says so, without another round trip. */
const page = (streamId: string, condition: string, order: string, limit: string): string =>
  `(select ${eventColumns} from event_store.events where stream_id = ${streamId} and ${condition} ${order} limit ${limit})
   union all select null, null, null, null, null, null from event_store.tombstones where stream_id = ${streamId} ${order}`;

const alone = {
  forward: page('$1', 'revision >= $2', 'order by revision', '$3'),
  backward: page('$1', 'revision <= $2', 'order by revision desc', '$3'),
} as const;

/** Each row begins with the place of the page that it belongs to. */
const together = `select wanted.place, found.* from
    unnest($1::text[], $2::int[], $3::int[]) with ordinality as wanted (stream, first, most, place)
  cross join lateral (${page('wanted.stream', 'revision >= wanted.first', 'order by revision', 'wanted.most')}) as found`;

/** An idle store reads at once; what is asked for meanwhile goes into the next round trip. */
const limits = { groups: 4, patienceMs: 3, itemsPerGroup: 8, bytesPerGroup: Infinity, bytesAtOnce: Infinity };

/** Reads pages of streams: those that are wanted forward at the same time, in one round trip. */
export class StreamPages {
  private readonly roundTrips = new SharedRoundTrips<StreamPage & { readonly bytes: number }, Events>(
    (pages) => this.readEach(pages),
    limits,
  );

  constructor(private readonly pool: Pool) {}

  /** @throws HarmonyError STREAM_DELETED, STORE_UNAVAILABLE */
  async read(wanted: StreamPage): Promise<Events> {
    if (wanted.direction === 'forward') return this.roundTrips.add({ ...wanted, bytes: 0 });
    const events = await this.readAlone(wanted);
    if (events instanceof HarmonyError) throw events;
    return events;
  }

  private async readAlone({ streamId, direction, from, limit }: StreamPage): Promise<Events | HarmonyError> {
    const query = { name: `event-store-${direction}`, text: alone[direction], values: [streamId, from, limit] };
    const { rows } = await this.pool.query<PageRow>({ ...textRows, ...query }).catch(fail);
    return eventsOf(streamId, rows);
  }

  /** What the server refuses of one page fails that page alone. */
  private async readEach(pages: readonly StreamPage[]): Promise<readonly (Events | HarmonyError)[]> {
    const [first] = pages;
    if (first && pages.length === 1) return [await this.readAlone(first)];
    try {
      return await this.readTogether(pages);
    } catch (error) {
      const failure = asStoreError(error);
      if (failure.kind === 'retriable') throw failure;
      return Promise.all(pages.map((page) => this.readAlone(page).catch(asStoreError)));
    }
  }

  private async readTogether(pages: readonly StreamPage[]): Promise<readonly (Events | HarmonyError)[]> {
    const values = [
      pages.map(({ streamId }) => streamId),
      pages.map(({ from }) => from),
      pages.map(({ limit }) => limit),
    ];
    const query = { name: 'event-store-forward-together', text: together, values };
    const { rows } = await this.pool.query<[place: string, ...PageRow]>({ ...textRows, ...query });
    // Sorted here: the server would move whole events about for it.
    const byPage: PageRow[][] = pages.map(() => []);
    for (const [place, ...row] of rows) byPage[Number(place) - 1]?.push(row);
    return pages.map(({ streamId }, index) => inOrder(eventsOf(streamId, byPage[index] ?? [])));
  }
}

const inOrder = (events: Events | HarmonyError): Events | HarmonyError =>
  events instanceof HarmonyError ? events : events.toSorted((left, right) => left.revision - right.revision);

function eventsOf(streamId: string, rows: readonly PageRow[]): Events | HarmonyError {
  const events: RecordedEvent[] = [];
  for (const row of rows) {
    if (row[0] === null) return new HarmonyError('STREAM_DELETED', { facts: { streamId } });
    events.push(storedEvent(row));
  }
  return events;
}

const fail = (error: unknown): never => {
  throw asStoreError(error);
};
