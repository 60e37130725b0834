import { EventEmitter } from 'node:events';
import type { Notification } from 'pg';

/** graphile-worker's own message for one job more. */
const oneJob: Notification = { processId: 0, channel: 'jobs:insert', payload: '{"count":1}' };

/**
 * Sends idle workers of one pool to look for jobs. They listen to it instead of a connection, on which graphile-worker
 * tells every pool of every job, whoever it is for.
 */
export class Nudges extends EventEmitter {
  /** Nobody knows how many jobs there are: whoever finds one sends the next. */
  private searching = false;

  /** One idle worker looks for a job; a busy one does after its job anyway. */
  readonly next = (): void => this.tell(oneJob);

  /** Idle workers look for jobs one after the other, until one finds none. */
  readonly search = (): void => {
    this.searching = true;
    this.next();
  };

  /** A worker has found a job, */
  readonly found = (): void => {
    if (this.searching) this.next();
  };

  /** or none. */
  readonly nothingFound = (): void => {
    this.searching = false;
  };

  readonly tell = (notice: Notification): void => void this.emit('notification', notice);

  /** Stands for `LISTEN` and `UNLISTEN`. */
  readonly query = (): Promise<void> => Promise.resolve();
}
