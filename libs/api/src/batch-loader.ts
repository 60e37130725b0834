import DataLoader from 'dataloader';

/** Loads one value by its id; undefined where there is none, or none that the scope may see. */
export type Load<Scope extends object, Value> = (scope: Scope, id: string) => Promise<Value | undefined>;

/** More ids than a page holds; a larger crowd is served by several queries. */
const maximumBatchSize = 100;

/**
 * Turns the lookups of one turn of the event loop into one query, also those of different requests: the busier the
 * process, the fewer queries a request costs. `scope` is what the query depends on beside the ids, usually the principal:
 * lookups of different scopes are never mixed, so only what is asked in one and the same name is read together. Nothing
 * is cached, since a WebSocket's principal lives long.
 */
export function batchLoader<Scope extends object, Value>(
  loadMany: (scope: Scope, ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Load<Scope, Value> {
  const loaders = new WeakMap<Scope, DataLoader<string, Value | undefined>>();
  const manyOf = (scope: Scope) => async (ids: readonly string[]) => {
    const found = await loadMany(scope, [...new Set(ids)]);
    return ids.map((id) => found.get(id));
  };
  const options = {
    cache: false,
    maxBatchSize: maximumBatchSize,
    // Behind all requests that have arrived: a tick ends with each of them.
    batchScheduleFn: (dispatch: () => void) => void setImmediate(dispatch),
  };
  const loaderOf = (scope: Scope): DataLoader<string, Value | undefined> => {
    const loader = loaders.get(scope) ?? new DataLoader(manyOf(scope), options);
    loaders.set(scope, loader);
    return loader;
  };
  return (scope, id) => loaderOf(scope).load(id);
}
