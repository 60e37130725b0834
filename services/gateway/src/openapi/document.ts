import { errorCatalogue } from '@harmony/contracts';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const problemSchema = {
  type: 'object',
  description: 'RFC 9457 problem details. `code` is stable; decide by it and never by a text.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCatalogue).sort() },
    detail: { type: 'string' },
    correlationId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer to the refused field.' },
          detail: { type: 'string' },
          code: { type: 'string' },
        },
      },
    },
  },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Repeats with the same key and body within 24 hours get the first answer; nothing happens twice.',
  schema: { type: 'string', maxLength: 255 },
} as const;

const mutating = ['post', 'put', 'patch', 'delete'] as const;

/** The public REST API: every controller of every service, the error shape and the idempotency header added to each. */
export function openApiDocument(application: INestApplication): OpenAPIObject {
  const header = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Harmony public API')
    .setDescription(
      'Conversations in, structured facts out. Every list is paged by cursor, every error is a problem document.',
    )
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addSecurityRequirements('apiKey')
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(application, header);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema };
  for (const path of Object.values(document.paths)) {
    for (const method of mutating) {
      const operation = path[method];
      if (operation) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
    }
    for (const method of [...mutating, 'get'] as const) {
      const operation = path[method];
      if (!operation) continue;
      operation.responses['default'] = {
        description: 'The request was refused or could not be handled.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return document;
}
