import type { z } from 'zod';

/** One version of an event's data: its schema and how older data becomes the next version. */
export interface EventVersion {
  readonly schema: z.ZodType;
  /** Pure; turns valid data of this version into data of the next one. The latest version has none. */
  readonly upcast?: (data: never) => unknown;
}

/** An event type with every version that was ever written, the first one first. */
export interface EventDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly versions: readonly EventVersion[];
  /**
   * What integrators get on Kafka: facts, ids and links, never the words of a conversation.
   * Absent: the data as it is.
   */
  readonly publicData?: (data: Data) => unknown;
  /** What {@link publicData} gives, for the documents that integrators read; there exactly when it is. */
  readonly publicSchema?: z.ZodType;
  /** Type only: the data of the latest version. */
  readonly data?: Data;
}

interface FirstVersion<Type extends string, Schema extends z.ZodType, Public extends z.ZodType> {
  readonly type: Type;
  readonly schema: Schema;
  readonly publicSchema?: Public;
  readonly publicData?: (data: z.output<Schema>) => z.output<Public>;
}

/** Defines an event that has one version so far. */
export function defineEvent<Type extends string, Schema extends z.ZodType, Public extends z.ZodType>(
  event: FirstVersion<Type, Schema, Public>,
): EventDefinition<Type, z.output<Schema>> {
  const { type, schema, publicSchema, publicData } = event;
  return { type, versions: [{ schema }], publicSchema, publicData };
}

export type DataOf<Definition> = Definition extends EventDefinition<string, infer Data> ? Data : never;
