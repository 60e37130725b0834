import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How one try of a message or job ended. */
export type Outcome = 'done' | 'skipped' | 'retried' | 'dead-lettered' | 'failed' | 'handed-back';

const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** The numbers of one process, by what does the work. Labels name our own parts only: never a tenant, a person or an id. */
export interface Metrics {
  httpRequest(labels: { method: string; route: string; status: number }, durationSeconds: number): void;
  messageHandled(consumer: string, type: string, outcome: Outcome, durationSeconds: number): void;
  /** Messages or positions that a consumer is behind. */
  consumerLag(consumer: string, lag: number): void;
  deadLetters(consumer: string, waiting: number): void;
  projectionApplied(projection: string, events: number, durationSeconds: number): void;
  /** Seconds between an event's record and its visibility. */
  projectionLag(projection: string, lagSeconds: number): void;
  jobRun(job: string, outcome: Outcome, durationSeconds: number): void;
  jobsWaiting(job: string, waiting: number): void;
  relayPublished(topic: string, events: number): void;
  relayLag(events: number): void;
  eventsAppended(events: number, durationSeconds: number): void;
  /** Age of the oldest open transaction that holds back readers of the log; above 15 s somebody should look. */
  eventStoreHorizonLag(lagSeconds: number): void;
  /** In the text format of Prometheus. */
  print(): Promise<{ contentType: string; body: string }>;
}

export function createMetrics({ withProcessMetrics = true } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (withProcessMetrics) collectDefaultMetrics({ register: registry });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Histogram<Label> =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  return {
    ...requestMetrics({ histogram }),
    ...messageMetrics({ histogram, gauge }),
    ...projectionMetrics({ histogram, gauge, counter }),
    ...jobMetrics({ histogram, gauge }),
    ...logMetrics({ histogram, gauge, counter }),
    print: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

interface Make {
  readonly histogram: <Label extends string>(name: string, help: string, labels?: Label[]) => Histogram<Label>;
  readonly gauge: <Label extends string>(name: string, help: string, labels?: Label[]) => Gauge<Label>;
  readonly counter: <Label extends string>(name: string, help: string, labels?: Label[]) => Counter<Label>;
}

function requestMetrics({ histogram }: Pick<Make, 'histogram'>): Pick<Metrics, 'httpRequest'> {
  const requests = histogram('harmony_http_request_seconds', 'HTTP requests by route and status.', [
    'method',
    'route',
    'status',
  ]);
  return { httpRequest: (labels, duration) => requests.observe(labels, duration) };
}

type MessageMetrics = Pick<Metrics, 'messageHandled' | 'consumerLag' | 'deadLetters'>;

function messageMetrics({ histogram, gauge }: Pick<Make, 'histogram' | 'gauge'>): MessageMetrics {
  const labels: ('consumer' | 'type' | 'outcome')[] = ['consumer', 'type', 'outcome'];
  const handled = histogram('harmony_consumer_message_seconds', 'Tries of messages by outcome.', labels);
  const lag = gauge('harmony_consumer_lag', 'Messages that a consumer is behind.', ['consumer']);
  const dead = gauge('harmony_dead_letters', 'Dead letters that wait for an operator.', ['consumer']);
  return {
    messageHandled: (consumer, type, outcome, duration) => handled.observe({ consumer, type, outcome }, duration),
    consumerLag: (consumer, value) => lag.set({ consumer }, value),
    deadLetters: (consumer, value) => dead.set({ consumer }, value),
  };
}

function projectionMetrics({ histogram, gauge, counter }: Make): Pick<Metrics, 'projectionApplied' | 'projectionLag'> {
  const batches = histogram('harmony_projection_batch_seconds', 'Batches of a projection.', ['projection']);
  const events = counter('harmony_projection_events_total', 'Events applied by a projection.', ['projection']);
  const lag = gauge('harmony_projection_lag_seconds', 'How far a read model is behind the log.', ['projection']);
  return {
    projectionApplied: (projection, count, duration) => {
      batches.observe({ projection }, duration);
      events.inc({ projection }, count);
    },
    projectionLag: (projection, value) => lag.set({ projection }, value),
  };
}

function jobMetrics({ histogram, gauge }: Pick<Make, 'histogram' | 'gauge'>): Pick<Metrics, 'jobRun' | 'jobsWaiting'> {
  const runs = histogram('harmony_job_seconds', 'Tries of jobs by outcome.', ['job', 'outcome']);
  const waiting = gauge('harmony_jobs_waiting', 'Jobs that wait for a runner.', ['job']);
  return {
    jobRun: (job, outcome, duration) => runs.observe({ job, outcome }, duration),
    jobsWaiting: (job, value) => waiting.set({ job }, value),
  };
}

type LogMetrics = Pick<Metrics, 'relayPublished' | 'relayLag' | 'eventsAppended' | 'eventStoreHorizonLag'>;

function logMetrics({ histogram, gauge, counter }: Make): LogMetrics {
  const published = counter('harmony_relay_events_total', 'Events that the relay published.', ['topic']);
  const relayLag = gauge('harmony_relay_lag', 'Events that the relay is behind.');
  const appends = histogram('harmony_append_seconds', 'Appends to the event store.');
  const appended = counter('harmony_events_appended_total', 'Events appended to the event store.');
  const horizon = gauge('harmony_event_store_horizon_lag_seconds', 'Age of the transaction that holds back readers.');
  return {
    relayPublished: (topic, events) => published.inc({ topic }, events),
    relayLag: (events) => relayLag.set(events),
    eventsAppended: (events, duration) => {
      appends.observe(duration);
      appended.inc(events);
    },
    eventStoreHorizonLag: (value) => horizon.set(value),
  };
}
