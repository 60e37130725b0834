import { expect, it } from '@jest/globals';
import { printFaces } from './printing.js';
import { sampleService } from './testing/sample-service.js';

it('prints the GraphQL schema and the OpenAPI document without any server', async () => {
  const { schema, openApi } = await printFaces([sampleService]);
  expect(schema).toContain('type Subscription');
  const document = JSON.parse(openApi) as {
    paths: Record<string, { post?: { parameters: { name: string }[]; responses: object } }>;
  };
  expect(Object.keys(document.paths)).toEqual(['/v1/samples/{id}', '/v1/samples', '/v1/streams/{id}']);
  expect(document.paths['/v1/samples']?.post?.parameters.map(({ name }) => name)).toContain('Idempotency-Key');
  expect(document.paths['/v1/samples']?.post?.responses).toHaveProperty('default');
});
