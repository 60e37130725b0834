import type { ExecutionResult, GraphQLError } from 'graphql';
import { formatErrorWith } from '../graphql/format-error.js';

const format = formatErrorWith(() => undefined);

/** As Apollo hands it to a client, with the code of the catalogue. */
const told = (error: GraphQLError) => format(error.toJSON(), error);

export interface ToldAnswer {
  /** To the byte; undefined when nothing was executed. */
  readonly data: string | undefined;
  /** By path: errors that made a null at their own path. */
  readonly errors: ReadonlyMap<string, unknown>;
  /** Where errors further down made a null, since the schema allows none at their own path. */
  readonly nulls: readonly string[];
}

/**
 * What a client has to be told, whoever executed. Errors have no order. Of several errors that make one and the same null
 * the specification wants one to be told; which one depends on who gave up when, so those are left out.
 */
export function toldAnswer({ data, errors = [] }: ExecutionResult): ToldAnswer {
  const own = new Map<string, unknown>();
  const nulls = new Set<string>();
  for (const error of errors) {
    const path = error.path ?? [];
    const levels = levelsOf(data, path);
    if (levels === path.length) own.set(path.join('.'), told(error));
    else nulls.add(path.slice(0, levels).join('.'));
  }
  return { data: JSON.stringify(data), errors: new Map([...own].sort()), nulls: [...nulls].sort() };
}

/** By path; of errors that both sides tell, all must be the same. */
export const errorsByPath = ({ errors = [] }: ExecutionResult): ReadonlyMap<string, unknown> =>
  new Map(errors.map((error) => [error.path?.join('.') ?? '', told(error)]));

/** Whether the data lead as far as a path: nothing above it is null. */
export const hasPlace = (data: unknown, path: readonly string[]): boolean => levelsOf(data, path) === path.length;

/** How far a path leads until there is null. */
function levelsOf(data: unknown, path: readonly (string | number)[]): number {
  let value = data;
  const level = path.findIndex((key) => {
    if (value === null || value === undefined) return true;
    value = Reflect.get(Object(value), key);
    return false;
  });
  return level === -1 ? path.length : level;
}
