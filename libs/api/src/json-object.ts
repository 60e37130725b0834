import { HarmonyError } from '@harmony/contracts';
import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';

type JsonObject = Record<string, unknown>;

function requireObject(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new HarmonyError('INVALID_INPUT', { detail: 'A JSONObject must be an object of values by key.' });
}

/** Values by key, where the keys are the workspace's own, such as custom fields. */
export const GraphQLJSONObject = new GraphQLScalarType<JsonObject, JsonObject>({
  name: 'JSONObject',
  description: 'Values by key, as a JSON object.',
  serialize: requireObject,
  parseValue: requireObject,
  parseLiteral: (node, variables) => requireObject(valueFromASTUntyped(node, variables)),
});
