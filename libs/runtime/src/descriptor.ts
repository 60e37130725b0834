import type { AfterDeadLetter } from '@harmony/messaging';
import type { Projection } from '@harmony/read-model';
import type { Type } from '@nestjs/common';

/** A migration class of TypeORM; its name ends in a timestamp that orders it. */
export type MigrationClass = new () => { up(runner: unknown): Promise<void>; down(runner: unknown): Promise<void> };

/** What a service is, to whoever composes a process from services. */
export interface ServiceDescriptor {
  /** One word, also the target name, the consumer group and the Postgres schema. */
  readonly name: string;
  /** Stateless face: Nest module of resolvers, controllers, command handlers and queries; the gateway loads it. */
  readonly api: Type<unknown>;
  /**
   * Working face: Nest module whose controllers have `@EventPattern('<EventType>')` methods `(event, context: MessageContext)`
   * and whose providers include the job definitions, each marked by {@link JobRunner}.
   */
  readonly worker: Type<unknown>;
  readonly projections: readonly Projection[];
  /** Of tables that are not projections; each runs with `search_path` set to the service's schema. */
  readonly migrations: readonly MigrationClass[];
  readonly afterDeadLetter: AfterDeadLetter;
  /** Bytes of a JSON body by path, for routes of its api face that take less than the gateway does. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
  /**
   * REST routes, for instance `PUT /v1/things/:id`, whose bodies may be too large for memory: they are not parsed, and
   * their controllers read the request as it comes.
   */
  readonly streamedRoutes?: readonly string[];
}
