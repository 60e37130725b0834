import type { ConsumerObserver, JobObserver } from '@harmony/messaging';
import type { Logger, Metrics } from '@harmony/observability';

/** Puts what a consumer tells into numbers, and what somebody should look at into the log. */
export function consumerObserver(metrics: Metrics, logger: Logger): ConsumerObserver {
  return {
    handled: (consumer, type, milliseconds) => metrics.messageHandled(consumer, type, milliseconds / 1000),
    retried: (consumer, type, kind, error) => {
      metrics.messageOutcome(consumer, 'retried');
      logger.info({ consumer, type, kind, error }, 'a message failed and is tried again');
    },
    skipped: (consumer) => metrics.messageOutcome(consumer, 'skipped'),
    deadLettered: (consumer, code, origin) => {
      metrics.messageOutcome(consumer, 'dead-lettered');
      logger.error({ consumer, code, origin }, 'a message went to the dead letters');
    },
    parked: (consumer) => metrics.messageOutcome(consumer, 'parked'),
    redriven: (consumer, outcome) => {
      metrics.messageOutcome(consumer, 'redriven');
      logger.info({ consumer, outcome }, 'a dead letter was handled again');
    },
    lag: (consumer, messages) => {
      if (messages !== undefined) metrics.consumerLag(consumer, messages);
    },
    deadLetters: (consumer, { dead, waiting }) => metrics.deadLetters(consumer, dead + waiting),
    trouble: (consumer, what, error) => {
      metrics.messageOutcome(consumer, 'trouble');
      logger.warn({ consumer, what, error }, 'a consumer cannot do its work; it is tried again');
    },
  };
}

/** The same for jobs of one service. */
export function jobObserver(service: string, metrics: Metrics, logger: Logger): JobObserver {
  return {
    succeeded: (job, milliseconds) => metrics.jobDone(job, milliseconds / 1000),
    retried: (job, attempt, error) => {
      metrics.jobOutcome(job, 'retried');
      logger.info({ job, attempt, error }, 'a job failed and is tried again');
    },
    failed: (job, attempts, error) => {
      metrics.jobOutcome(job, 'failed');
      logger.error({ job, attempts, error }, 'a job failed for good');
    },
    handedBack: (job) => {
      metrics.jobOutcome(job, 'handed-back');
      logger.info({ job }, 'a job was handed back; it goes on elsewhere');
    },
    reaped: (workers) => logger.info({ service, workers }, 'jobs of processes that are gone were given free'),
    trouble: (what, error) => {
      metrics.jobOutcome(service, 'trouble');
      logger.warn({ service, what, error }, 'the job runner cannot do its work; it is tried again');
    },
  };
}
