import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What became of a message, beside being handled. */
export type MessageOutcome = 'skipped' | 'retried' | 'dead-lettered' | 'parked' | 'redriven' | 'trouble';

/** What became of a job, beside being done. */
export type JobOutcome = 'retried' | 'failed' | 'handed-back' | 'trouble';

const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** The numbers of one process, by what does the work. Labels name our own parts only: never a tenant, a person or an id. */
export interface Metrics {
  httpRequest(labels: { method: string; route: string; status: number }, durationSeconds: number): void;
  messageHandled(consumer: string, type: string, durationSeconds: number): void;
  messageOutcome(consumer: string, outcome: MessageOutcome): void;
  /** Messages or positions that a consumer is behind. */
  consumerLag(consumer: string, lag: number): void;
  deadLetters(consumer: string, waiting: number): void;
  /** Seconds since the read model was last seen at the end of the log. */
  projectionLag(projection: string, lagSeconds: number): void;
  jobDone(job: string, durationSeconds: number): void;
  jobOutcome(job: string, outcome: JobOutcome): void;
  jobsWaiting(job: string, waiting: number): void;
  relayPublished(events: number): void;
  relayRetried(): void;
  /** Positions that are not yet relayed. */
  relayLag(positions: number): void;
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
    ...messageMetrics({ histogram, gauge, counter }),
    ...projectionMetrics({ gauge }),
    ...jobMetrics({ histogram, gauge, counter }),
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

type MessageMetrics = Pick<Metrics, 'messageHandled' | 'messageOutcome' | 'consumerLag' | 'deadLetters'>;

function messageMetrics({ histogram, gauge, counter }: Make): MessageMetrics {
  const handled = histogram('harmony_consumer_message_seconds', 'Messages handled.', ['consumer', 'type']);
  const outcomes = counter('harmony_consumer_outcomes_total', 'Messages not simply handled.', ['consumer', 'outcome']);
  const lag = gauge('harmony_consumer_lag', 'Messages that a consumer is behind.', ['consumer']);
  const dead = gauge('harmony_dead_letters', 'Dead letters that wait for an operator.', ['consumer']);
  return {
    messageHandled: (consumer, type, duration) => handled.observe({ consumer, type }, duration),
    messageOutcome: (consumer, outcome) => outcomes.inc({ consumer, outcome }),
    consumerLag: (consumer, value) => lag.set({ consumer }, value),
    deadLetters: (consumer, value) => dead.set({ consumer }, value),
  };
}

function projectionMetrics({ gauge }: Pick<Make, 'gauge'>): Pick<Metrics, 'projectionLag'> {
  const lag = gauge('harmony_projection_lag_seconds', 'How long a read model is behind the log.', ['projection']);
  return { projectionLag: (projection, value) => lag.set({ projection }, value) };
}

function jobMetrics({ histogram, gauge, counter }: Make): Pick<Metrics, 'jobDone' | 'jobOutcome' | 'jobsWaiting'> {
  const done = histogram('harmony_job_seconds', 'Jobs done.', ['job']);
  const outcomes = counter('harmony_job_outcomes_total', 'Tries of jobs that were not done.', ['job', 'outcome']);
  const waiting = gauge('harmony_jobs_waiting', 'Jobs that wait for a runner.', ['job']);
  return {
    jobDone: (job, duration) => done.observe({ job }, duration),
    jobOutcome: (job, outcome) => outcomes.inc({ job, outcome }),
    jobsWaiting: (job, value) => waiting.set({ job }, value),
  };
}

type LogMetrics = Pick<
  Metrics,
  'relayPublished' | 'relayRetried' | 'relayLag' | 'eventsAppended' | 'eventStoreHorizonLag'
>;

function logMetrics({ histogram, gauge, counter }: Make): LogMetrics {
  const published = counter('harmony_relay_events_total', 'Events that the relay published.');
  const retried = counter('harmony_relay_retries_total', 'Publishes that the brokers did not acknowledge.');
  const relayLag = gauge('harmony_relay_lag', 'Positions that are not yet relayed.');
  const appends = histogram('harmony_append_seconds', 'Appends to the event store.');
  const appended = counter('harmony_events_appended_total', 'Events appended to the event store.');
  const horizon = gauge('harmony_event_store_horizon_lag_seconds', 'Age of the transaction that holds back readers.');
  return {
    relayPublished: (events) => published.inc(events),
    relayRetried: () => retried.inc(),
    relayLag: (positions) => relayLag.set(positions),
    eventsAppended: (events, duration) => {
      appends.observe(duration);
      appended.inc(events);
    },
    eventStoreHorizonLag: (value) => horizon.set(value),
  };
}
