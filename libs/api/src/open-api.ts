import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

interface QueryProperty extends JsonSchema {
  readonly description?: string;
  /** The type first, then null. */
  readonly anyOf?: readonly JsonSchema[];
}

/** The schema as OpenAPI 3.1 has it: JSON Schema without a `$schema`, and formats without the pattern behind them. */
export function openApiSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const json: JsonSchema = {
    ...z.toJSONSchema(schema, {
      io,
      override: ({ jsonSchema }) => {
        if (jsonSchema.format) delete jsonSchema.pattern;
      },
    }),
  };
  delete json['$schema'];
  return json;
}

/** Documents every parameter of a query; what may be null elsewhere is only absent there. */
export function ApiQueryOf(schema: z.ZodType): MethodDecorator {
  const { properties } = openApiSchema(schema, 'input') as { properties: Record<string, QueryProperty> };
  const documented = Object.entries(properties).map(([name, { description, anyOf, ...property }]) => {
    const described = description ? { description } : {};
    return ApiQuery({ name, required: false, schema: anyOf?.[0] ?? property, ...described });
  });
  return applyDecorators(...documented);
}
