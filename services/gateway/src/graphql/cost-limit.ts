import { GraphQLError, Kind, type DocumentNode, type GraphQLSchema } from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { limitError } from './limit-error.js';

/** What a list costs a row when it is asked without `first`; the default page size of every connection. */
const defaultPageSize = 25;

/** One point a field; a connection multiplies what is below it by the page size that was asked for. */
function costOfField({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const first: unknown = args['first'];
  const last: unknown = args['last'];
  const isConnection = 'first' in args || 'last' in args || 'after' in args;
  const rows = typeof first === 'number' ? first : typeof last === 'number' ? last : defaultPageSize;
  return isConnection ? 1 + rows * Math.max(1, childComplexity) : 1 + childComplexity;
}

export interface CostOptions {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown> | undefined;
  readonly operationName: string | undefined;
  readonly maximumCost: number;
}

/**
 * The refusal of an operation that costs too much, to be given before its first resolver runs; undefined when it may run,
 * and for variables that do not fit, which execution refuses before any resolver.
 */
export function costError(options: CostOptions): GraphQLError | undefined {
  try {
    return costlier(options);
  } catch (error) {
    if (isAboutVariables(error)) return undefined;
    if (!isTooManyNodes(error)) throw error;
    return limitError('QUERY_TOO_COSTLY', 'The query spreads its fragments too many times.');
  }
}

const isAboutVariables = (error: unknown): boolean =>
  error instanceof GraphQLError && error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;

/** What the library gives up on: fragments that spread each other twice double with every level. */
const isTooManyNodes = (error: unknown): boolean => error instanceof GraphQLError && error.nodes === undefined;

function costlier({ schema, document, variables, operationName, maximumCost }: CostOptions): GraphQLError | undefined {
  const cost = knownCost(document, variables, operationName, () =>
    getComplexity({ schema, query: document, variables, operationName, estimators: [costOfField] }),
  );
  if (cost <= maximumCost) return undefined;
  const detail = `The query costs ${cost} points; at most ${maximumCost} are allowed. Ask for smaller pages or fewer fields.`;
  return limitError('QUERY_TOO_COSTLY', detail);
}

/** Costs of documents that are asked again; Apollo parses a text once, so the same text is the same document. */
const costs = new WeakMap<DocumentNode, Map<string, number>>();
const variantsAtMost = 20;

/** Only the shape of the variables, numbers and booleans move the cost; a text of whatever length counts the same. */
function knownCost(
  document: DocumentNode,
  variables: Record<string, unknown> | undefined,
  operationName: string | undefined,
  compute: () => number,
): number {
  const values = JSON.stringify(variables, (_, value: unknown) => (typeof value === 'string' ? '' : value));
  const shape = `${operationName} ${values}`;
  const known = costs.get(document) ?? new Map<string, number>();
  const cost = known.get(shape) ?? compute();
  if (known.size < variantsAtMost && shape.length < 1_000) costs.set(document, known.set(shape, cost));
  return cost;
}
