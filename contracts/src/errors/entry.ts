/**
 * What a consumer does with a failure, decided by class and never by message text:
 * `rejected` is the caller's to mend, `retriable` may pass by itself, `poison` never will, `bug` is ours.
 */
export type ErrorKind = 'rejected' | 'retriable' | 'poison' | 'bug';

export interface ErrorEntry {
  readonly kind: ErrorKind;
  /** HTTP status on REST; GraphQL carries the code in `extensions.code`. */
  readonly status: number;
  /** What the person who reads it can do next; the default text of the error. */
  readonly title: string;
}

/** One line of the catalogue. */
export const entry = (kind: ErrorKind, status: number, title: string): ErrorEntry => ({ kind, status, title });
