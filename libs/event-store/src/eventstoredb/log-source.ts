import {
  BACKWARDS,
  END,
  START,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Position,
} from '@eventstore/db-client';
import type { LogFilter } from '../port.js';
import { comparePositions, logStart, type LogPosition } from '../position.js';
import { connect, type Connection } from './connection.js';
import { Inbox, inboxOfRead } from './inbox.js';
import { serverFilter } from './log-filter.js';
import type { Timing } from './options.js';
import { once } from './patience.js';

/** The server scanned up to here, matching or not. */
export interface CheckpointNotice {
  readonly checkpoint: Position;
}

/** The server reached the end of the log, or fell behind it again. */
export interface LivenessNotice {
  readonly live: boolean;
}

export type LogItem = AllStreamResolvedEvent | CheckpointNotice | LivenessNotice;

const clientPosition = (position: LogPosition): Position | typeof START =>
  comparePositions(position, logStart) <= 0 ? START : { commit: position.major, prepare: position.minor };

/** Where a reader gets the log from. All calls go to the leader, so that a head read first is covered by what is read after it. */
export class LogSource {
  private readonly leaving = new Set<Promise<void>>();

  constructor(
    private readonly url: string,
    private readonly reader: EventStoreDBClient,
    readonly timing: Timing,
  ) {}

  /** The position of the log's last event. Tries once. */
  async head(): Promise<LogPosition> {
    return once(async () => {
      const last = this.reader.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, requiresLeader: true });
      const inbox = inboxOfRead<AllStreamResolvedEvent>(last);
      try {
        let head = logStart;
        for await (const { event } of inbox.drain(this.timing.attemptMs)) {
          if (event) head = { major: event.position.commit, minor: event.position.prepare };
        }
        return head;
      } finally {
        inbox.close();
      }
    }, this.timing);
  }

  /** Every event from a position on, that one included; ends at the end of the log. */
  read(from: LogPosition): Inbox<LogItem> {
    const events = this.reader.readAll({ fromPosition: clientPosition(from), requiresLeader: true });
    return inboxOfRead(events);
  }

  /**
   * What matches after a position, and the server's notices in the same queue behind the events that they came after.
   * It has a connection of its own, since the client drops the connection of a cancelled subscription.
   */
  subscribe(after: LogPosition, filter: LogFilter, ahead: number): Inbox<LogItem> {
    const connection = connect(this.url);
    const queue = connection.client.subscribeToAll(
      {
        fromPosition: clientPosition(after),
        requiresLeader: true,
        filter: serverFilter(filter, (subscription, checkpoint) => void subscription.push({ checkpoint })),
      },
      { highWaterMark: ahead },
    );
    queue.on('caughtUp', () => void queue.push({ live: true }));
    queue.on('fellBehind', () => void queue.push({ live: false }));
    return new Inbox(queue, () => this.leave(queue, connection));
  }

  /** Resolves when the connections of all subscriptions that were left are closed. */
  async settled(): Promise<void> {
    await Promise.all(this.leaving);
  }

  private leave(queue: AllStreamSubscription, connection: Connection): void {
    // A failed subscription refuses to be cancelled; it is over either way.
    const left = queue
      .unsubscribe()
      .catch(() => undefined)
      .then(() => connection.close())
      .finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }
}
