import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { eventCatalogue } from '../events/registry.js';
import { renderAsyncApi } from './index.js';

const committed = (): string => readFileSync(new URL('../../asyncapi.yaml', import.meta.url), 'utf8');

/** Every `$ref` of a document, however deep. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === '$ref' ? [String(child)] : references(child)));
}

const resolve = (document: unknown, pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], document);

describe('the AsyncAPI document', () => {
  it('is committed as it is printed; `npm run generate` prints it', () => {
    expect(committed()).toBe(renderAsyncApi());
  });

  it('describes every event of the catalogue, and every reference leads somewhere', () => {
    const document: unknown = parse(renderAsyncApi());
    expect(document).toMatchObject({ asyncapi: '3.0.0' });
    const messages = resolve(document, '#/components/messages') as object;
    expect(Object.keys(messages).sort()).toEqual(Object.keys(eventCatalogue).sort());
    const missing = references(document).filter((pointer) => resolve(document, pointer) === undefined);
    expect(missing).toEqual([]);
  });
});
