/** What a test needs to know of each kind of server. */
export interface Servers {
  readonly eventstore: { readonly url: string };
  readonly kafka: { readonly brokers: readonly string[] };
  readonly minio: { readonly endpoint: string; readonly accessKey: string; readonly secretKey: string };
  readonly postgres: { readonly url: string };
}

export type ServerName = keyof Servers;

/** A server that answers. `stop` ends what this process started and leaves a given server alone. */
export interface Reached<Name extends ServerName> {
  readonly kind: 'reached';
  readonly via: 'environment' | 'docker' | 'local';
  readonly server: Servers[Name];
  stop(): Promise<void>;
}

/** No server, and why, in words for the test report. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly reason: string;
}

export const skipped = (reason: string): Skipped => ({ kind: 'skipped', reason });
