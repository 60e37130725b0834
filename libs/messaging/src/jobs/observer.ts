/** What a job runner tells whoever counts: metrics and logs. Every method is optional and must not throw. */
export interface JobObserver {
  succeeded?(name: string, durationMs: number): void;
  /** It failed and will be tried again. */
  retried?(name: string, attempt: number, error: unknown): void;
  failed?(name: string, attempts: number, error: unknown): void;
  /** The runner stopped before the job was done; another one runs it again. */
  handedBack?(name: string): void;
  /** Jobs of workers that are no more were given free. */
  reaped?(workers: number): void;
  trouble?(what: string, error: unknown): void;
}
