import type { HarmonyError } from '@harmony/contracts';

/** The two levels that are used; a pino logger fits. */
export interface EmbeddedPostgresLogger {
  info(message: string): void;
  warn(message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** Folder of this installation; the cluster lives in `postgres/` below it and is kept between runs. */
  readonly dataDirectory: string;
  readonly logger: EmbeddedPostgresLogger;
  /** Called once when the server ended by itself and could not be started again. */
  readonly onLost?: (error: HarmonyError) => void;
}

/** A PostgreSQL that belongs to this process until {@link EmbeddedPostgres.stop}. */
export interface EmbeddedPostgres {
  /** `postgres://…` of the database `harmony`, as its owner; holds the password. */
  readonly url: string;
  /** True when a server was found running that a killed Harmony process had left behind. */
  readonly adopted: boolean;
  /** Of the postmaster; changes when it had to be started again. */
  readonly pid: number;
  /** Ends sessions, flushes, stops the server and releases the data directory. Harmless to repeat. */
  stop(): Promise<void>;
}

/** Where everything of one cluster is. All paths are absolute and free of symbolic links. */
export interface ClusterPaths {
  readonly root: string;
  readonly cluster: string;
  readonly log: string;
}
