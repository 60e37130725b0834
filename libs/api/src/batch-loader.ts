import DataLoader from 'dataloader';

/** Loads one value by its id; undefined where there is none, or none that the scope may see. */
export type Load<Scope extends object, Value> = (scope: Scope, id: string) => Promise<Value | undefined>;

/**
 * Turns the lookups of one tick into one query. `scope` is what the query depends on beside the ids, usually the
 * principal: lookups of different scopes are never mixed. Nothing is cached, since a WebSocket's principal lives long.
 */
export function batchLoader<Scope extends object, Value>(
  loadMany: (scope: Scope, ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Load<Scope, Value> {
  const loaders = new WeakMap<Scope, DataLoader<string, Value | undefined>>();
  const loaderOf = (scope: Scope): DataLoader<string, Value | undefined> => {
    const loader = loaders.get(scope) ?? new DataLoader(manyOf(scope), { cache: false });
    loaders.set(scope, loader);
    return loader;
  };
  const manyOf = (scope: Scope) => async (ids: readonly string[]) => {
    const found = await loadMany(scope, [...new Set(ids)]);
    return ids.map((id) => found.get(id));
  };
  return (scope, id) => loaderOf(scope).load(id);
}
