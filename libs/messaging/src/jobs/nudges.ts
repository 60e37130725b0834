import type { Notification, PoolClient } from 'pg';

type Handler = (notification: Notification) => void;

const channel = 'jobs:insert';
/** graphile-worker's own message for one job more. */
const oneJob: Notification = { processId: 0, channel, payload: '{"count":1}' };
const pauseMs = 10;

/**
 * Sends idle workers to look for jobs. graphile-worker sends one for every job that was inserted, in every pool of the
 * process, whoever the job is for, and each looks into the table. Here one goes first, at most every ten milliseconds,
 * and each that has found a job sends the next one.
 */
export class Nudges {
  private handler: Handler | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asked = false;

  /** The client that listens for a pool, as the pool is to see it. */
  slowed(client: PoolClient): PoolClient {
    const listen = (event: string, listener: Handler): PoolClient => {
      if (event !== 'notification') return client.on(event as 'error', listener as never);
      this.handler = listener;
      return client.on('notification', this.onNotification);
    };
    const forget = (event: string, listener: Handler): PoolClient => {
      if (event !== 'notification') return client.removeListener(event, listener);
      this.handler = undefined;
      return client.removeListener('notification', this.onNotification);
    };
    const own: Readonly<Record<string | symbol, unknown>> = { on: listen, removeListener: forget };
    return new Proxy(client, {
      get: (target, property) => own[property] ?? bound(target, Reflect.get(target, property, target)),
    });
  }

  /** One more idle worker looks for a job, at once. */
  readonly next = (): void => this.handler?.(oneJob);

  private readonly onNotification = (notification: Notification): void => {
    if (notification.channel === channel) this.ask();
    else this.handler?.(notification);
  };

  private ask(): void {
    if (this.timer) {
      this.asked = true;
      return;
    }
    this.next();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.asked) {
        this.asked = false;
        this.ask();
      }
    }, pauseMs);
    this.timer.unref();
  }
}

const bound = (target: object, value: unknown): unknown =>
  typeof value === 'function' ? (value as (...input: unknown[]) => unknown).bind(target) : value;
