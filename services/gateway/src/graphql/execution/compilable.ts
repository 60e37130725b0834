import { BREAK, Kind, OperationTypeNode, visit, type ASTNode, type DocumentNode } from 'graphql';

/** Names, types, variables, and values that cannot hold a text of the caller's: no strings, floats, lists, objects. */
const harmlessKinds: ReadonlySet<Kind> = new Set([
  ...[Kind.DOCUMENT, Kind.NAME, Kind.OPERATION_DEFINITION, Kind.SELECTION_SET, Kind.FIELD, Kind.ARGUMENT],
  ...[Kind.FRAGMENT_DEFINITION, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT],
  ...[Kind.VARIABLE_DEFINITION, Kind.VARIABLE, Kind.NAMED_TYPE, Kind.NON_NULL_TYPE, Kind.LIST_TYPE],
  ...[Kind.INT, Kind.BOOLEAN, Kind.ENUM, Kind.NULL],
]);

/** Not one that every object has of itself, and without the `_` that generated names are joined by. */
const isPlainName = (name: string): boolean => /^[a-z][a-z0-9]*$/i.test(name) && !(name in {});

/**
 * Whether a valid document may be handed to the compiler: one query made of names, variables and small literals alone.
 * Whatever else it holds (a string, an alias, a directive, a default), it is for graphql-js, which interprets and never
 * writes code. The list says what is allowed, so that what GraphQL may bring later is not.
 */
export function isCompilable(document: DocumentNode): boolean {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const spreads = new Set<string>();
  let harmless = operations.length === 1;
  visit(document, {
    enter: (node) => {
      harmless &&= harmlessKinds.has(node.kind) && isHarmless(node, spreads);
      return harmless ? undefined : BREAK;
    },
  });
  return harmless;
}

function isHarmless(node: ASTNode, spreads: Set<string>): boolean {
  if (node.kind === Kind.OPERATION_DEFINITION) return node.operation === OperationTypeNode.QUERY;
  // So that every response key is a name of the schema.
  if (node.kind === Kind.FIELD)
    return !node.alias && (isPlainName(node.name.value) || node.name.value === '__typename');
  if (node.kind === Kind.VARIABLE_DEFINITION) return !node.defaultValue && isPlainName(node.variable.name.value);
  // Fragments that spread one another twice each would double with every level.
  if (node.kind === Kind.FRAGMENT_SPREAD) return !spreads.has(node.name.value) && Boolean(spreads.add(node.name.value));
  return true;
}
