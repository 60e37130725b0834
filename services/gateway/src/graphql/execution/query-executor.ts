import {
  defaultFieldResolver,
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  locatedError,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { isCompilable } from './compilable.js';

export type Operation = Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues' | 'contextValue'>;

type Compiled = CompiledQuery['query'];

/**
 * Answers operations as graphql-js does. A query that is asked again and is {@link isCompilable} is compiled to a function
 * first, which is kept for as long as its document. Everything else goes to graphql-js, refusals of variables included.
 * @returns what graphql-js would answer; of several errors below one and the same null it may tell more.
 */
export function queryExecutor(schema: GraphQLSchema): (operation: Operation) => Promise<ExecutionResult> {
  resolveEveryField(schema);
  const compiledFor = compiler(schema);
  return async (asked) => {
    const compiled = compiledFor(asked.document);
    const operation = compiled && getOperationAST(asked.document, asked.operationName);
    const variables = asked.variableValues ?? {};
    // The compiled query lets pass what graphql-js refuses, such as a list for an object.
    if (operation && getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced) {
      const result = await compiled(undefined, asked.contextValue, variables);
      // Without data it refused variables itself, and no resolver has run.
      if ('data' in result) return result.errors ? { ...result, errors: result.errors.map(withSource) } : result;
    }
    return execute({ schema, ...asked });
  };
}

/** Compiled code reads a field without a resolver as it is: it would wait for no promise and catch nothing from a getter. */
function resolveEveryField(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) field.resolve ??= defaultFieldResolver;
  }
}

/** Compiling costs about what validation does, so a document that is asked once is not worth it. */
function compiler(schema: GraphQLSchema): (document: DocumentNode) => Compiled | undefined {
  const options = { customSerializers: serializersOf(schema) };
  const known = new WeakMap<DocumentNode, Compiled | undefined>();
  const seen = new WeakSet<DocumentNode>();
  return (document) => {
    if (known.has(document)) return known.get(document);
    if (!seen.has(document)) return void seen.add(document);
    const compiled = isCompilable(document) ? compileQuery(schema, document, '', options) : undefined;
    const query = compiled && isCompiledQuery(compiled) ? compiled.query : undefined;
    known.set(document, query);
    return query;
  };
}

/** Compiled code would let pass a null that a scalar of ours makes of a value, even where the schema allows none. */
function serializersOf(schema: GraphQLSchema): Record<string, (value: unknown) => unknown> {
  const serialize = (type: GraphQLScalarType) => (value: unknown) => {
    const serialized: unknown = type.serialize(value);
    if (serialized === null) throw new TypeError(`${type.name} made null of a value of the type ${typeof value}.`);
    return serialized;
  };
  return Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isScalarType)
      .filter((type) => !isSpecifiedScalarType(type))
      .map((type) => [type.name, serialize(type)]),
  );
}

/** The compiler's errors are of a class of its own that Apollo stumbles over; this is the one that graphql-js makes. */
function withSource({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  const error = originalError ? locatedError(originalError, undefined, path) : new GraphQLError(message, { path });
  return error.locations ? error : Object.assign(error, { locations });
}
