import type { Connection } from '@harmony/api';

/** A record as GraphQL shows it: its id is called `id`. */
export type View<Record, Id extends keyof Record> = Omit<Record, Id> & { readonly id: Record[Id] };

export const viewBy =
  <Id extends string>(field: Id) =>
  <Record extends { readonly [Key in Id]: string }>(record: Record): View<Record, Id> => {
    const { [field]: id, ...rest } = record;
    return { ...rest, id };
  };

/** The same page with every node shown another way. */
export function mapNodes<Node, Shown>(page: Connection<Node>, show: (node: Node) => Shown): Connection<Shown> {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: show(node) })) };
}
