import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const contracts = join(import.meta.dirname, '../../contracts');

/** Every operation that the printed contracts name: what a customer can call. CI proves that they are current. */
export function routeTable(): string[] {
  const schema = buildSchema(readFileSync(join(contracts, 'graphql/schema.graphql'), 'utf8'));
  const fields = (kind: string, type: ReturnType<typeof schema.getQueryType>): string[] =>
    Object.keys(type?.getFields() ?? {}).map((name) => `${kind} ${name}`);
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(readFileSync(join(contracts, 'openapi/public-api.json'), 'utf8')));
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  return [
    ...fields('query', schema.getQueryType()),
    ...fields('mutation', schema.getMutationType()),
    ...fields('subscription', schema.getSubscriptionType()),
    ...routes,
  ].sort();
}
