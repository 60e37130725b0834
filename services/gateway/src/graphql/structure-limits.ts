import { Kind, type ASTVisitor, type DocumentNode, type SelectionSetNode, type ValidationContext } from 'graphql';
import { limitError } from './limit-error.js';

export interface StructureLimits {
  /** Levels of nested fields. */
  readonly maximumDepth: number;
  /** Aliased fields in the whole document. */
  readonly maximumAliases: number;
}

/** A validation rule: it runs before any resolver, costs one walk of the document and survives fragment cycles. */
export const structureLimits =
  (limits: StructureLimits) =>
  (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      const depth = depthOf(document, limits.maximumDepth);
      if (depth > limits.maximumDepth) {
        context.reportError(
          limitError('QUERY_TOO_DEEP', `The query is nested deeper than ${limits.maximumDepth} levels.`),
        );
      }
      const aliases = aliasesIn(document);
      if (aliases > limits.maximumAliases) {
        context.reportError(
          limitError(
            'QUERY_TOO_COSTLY',
            `The query has ${aliases} aliases; at most ${limits.maximumAliases} are allowed.`,
          ),
        );
      }
    },
  });

/** The depth of the deepest operation, without questions about the schema itself; stops counting one above the limit, so a hostile document costs no more. */
function depthOf(document: DocumentNode, maximum: number): number {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet]] : [],
    ),
  );
  const known = new Map<string, number>();

  const ofFragment = (name: string, depth: number, open: ReadonlySet<string>): number => {
    const selection = fragments.get(name);
    if (!selection || open.has(name)) return depth;
    const inner = known.get(name) ?? ofSelection(selection, 0, new Set([...open, name]));
    known.set(name, inner);
    return depth + inner;
  };

  const ofSelection = (selection: SelectionSetNode, depth: number, open: ReadonlySet<string>): number => {
    if (depth > maximum) return depth;
    const depths = selection.selections.map((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value, depth, open);
      if (node.kind === Kind.FIELD && node.name.value.startsWith('__')) return depth;
      if (node.kind === Kind.INLINE_FRAGMENT) return ofSelection(node.selectionSet, depth, open);
      return node.selectionSet ? ofSelection(node.selectionSet, depth + 1, open) : depth + 1;
    });
    return Math.max(depth, ...depths);
  };

  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return Math.max(0, ...operations.map((operation) => ofSelection(operation.selectionSet, 0, new Set())));
}

function aliasesIn(document: DocumentNode): number {
  const count = (selection: SelectionSetNode | undefined): number =>
    (selection?.selections ?? []).reduce((sum, node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return sum;
      const own = node.kind === Kind.FIELD && node.alias ? 1 : 0;
      return sum + own + count(node.selectionSet);
    }, 0);
  return document.definitions.reduce((sum, node) => sum + ('selectionSet' in node ? count(node.selectionSet) : 0), 0);
}
