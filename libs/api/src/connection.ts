import type { Type } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';

/** Relay's PageInfo. Paging goes forward, so `hasPreviousPage` only says whether a cursor was given. */
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field({ description: 'True when more follows; ask for it with after: endCursor.' })
  hasNextPage!: boolean;

  @Field({ description: 'True when the page was asked for with a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null on an empty page.' })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** A page of a list, as Relay's cursor connections specification has it (D8). */
export interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
}

/**
 * Declares `<Node>Edge` and `<Node>Connection` for a GraphQL object type. Call it once a type and export the result:
 * `export class TeamConnection extends connectionOf(TeamType, 'Team') {}`.
 */
export function connectionOf<Node>(node: Type<Node>, name: string): Type<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a page.` })
  class NodeEdge implements Edge<Node> {
    @Field({ description: 'Pass it as after to continue behind this edge.' })
    cursor!: string;

    @Field(() => node, { description: 'What the edge leads to.' })
    node!: Node;
  }

  @ObjectType({ isAbstract: true })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The page, in the order of the list.' })
    edges!: NodeEdge[];

    @Field(() => PageInfo, { description: 'Whether more follows, and where to go on.' })
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}
