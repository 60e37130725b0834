import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Runs the work so that every log line and span in it carries the id, across every `await`. */
export const withCorrelation = <Result>(correlationId: string, work: () => Result): Result =>
  storage.run(correlationId, work);

/** Undefined outside of a request, message or job. */
export const currentCorrelationId = (): string | undefined => storage.getStore();
