import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import type { PageRequest } from './page.js';

/**
 * The page of a connection that is asked for right below the field being resolved, so that both can be read at once;
 * undefined when it is not asked for. Under several aliases the first counts. A field that a directive takes out is found
 * as well: what is read for it in vain harms nobody.
 */
export function pageBelow(info: GraphQLResolveInfo, connection: string): PageRequest | undefined {
  const type = getNamedType(info.returnType);
  const definition = isObjectType(type) ? type.getFields()[connection] : undefined;
  const node = info.fieldNodes
    .flatMap(({ selectionSet }) => fieldsIn(selectionSet, info.fragments))
    .find(({ name }) => name.value === connection);
  if (!definition || !node) return undefined;
  const { first, after } = getArgumentValues(definition, node, info.variableValues);
  return { first: Number(first), after: typeof after === 'string' ? after : null };
}

function fieldsIn(selection: SelectionSetNode | undefined, fragments: GraphQLResolveInfo['fragments']): FieldNode[] {
  return (selection?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value];
    return fieldsIn(inner?.selectionSet, fragments);
  });
}
