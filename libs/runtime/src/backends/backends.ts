import type { Access } from '@harmony/access';
import type { Configuration } from '@harmony/config';
import type { EventStore } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { JobQueue } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import type { Health, Logger, Metrics } from '@harmony/observability';
import type { Outbound } from '@harmony/outbound';
import type { Database, ProjectionProgress } from '@harmony/read-model';

/** What a process has before it has backends. */
export interface Host {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly clock: Clock;
  /** Reports a part that is lost for good; the process ends in an orderly way, with exit code 1. */
  readonly lost: (part: string, error: unknown) => void;
}

/** The backends of one process, whichever adapters the configuration chose. */
export interface Backends extends Host {
  readonly database: Database;
  readonly eventStore: EventStore;
  readonly objectStore: ObjectStore;
  readonly jobQueue: JobQueue;
  /** The only way to addresses that people give. */
  readonly outbound: Outbound;
  readonly progress: ProjectionProgress;
  readonly access: Access;
  /** Gauges that nobody is told of: each looks one up and sets it. */
  readonly samplers: readonly (() => Promise<void>)[];
}
