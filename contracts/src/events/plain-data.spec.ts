import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { plainTest } from './plain-data.js';
import { eventCatalogue } from './registry.js';

interface Example {
  readonly type: string;
  readonly version: number;
  readonly data: Record<string, unknown>;
}

const areas = ['analysis', 'contact', 'conversation', 'insights', 'project', 'revision', 'workspace'];

const examples = areas.flatMap((area) => {
  const folder = new URL(`./${area}/examples/`, import.meta.url);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example);
});

const schemaOf = ({ type, version }: Example): z.ZodType => {
  const schema = eventCatalogue[type]?.versions[version - 1]?.schema;
  if (!schema) throw new Error(`There is no ${type} version ${version}.`);
  return schema;
};

/** Values that are right somewhere, nearly right, and wrong. */
const values = fc.oneof(
  fc.uuid(),
  fc.constantFrom('7A1C2F0E-5D7B-4C55-9A39-1F1DF0A6F2AA', '7a1c2f0e-5d7b-9c55-9a39-1f1df0a6f2aa', 'ä'.repeat(36)),
  fc.constantFrom('2025-02-30T04:05:06.789Z', '2024-02-29T04:05:06Z', '2025-02-03T04:05:06.789Z', '', 'A', 'AB', 'aB'),
  fc.constantFrom('CALL', 'CONTACT', 'USER', 'x'.repeat(64), 'x'.repeat(301), 'somebody@example.org', '__proto__'),
  fc.constantFrom<unknown>(0, -0, 1, -1, 1.5, 2 ** 53, Infinity, Number.NaN, null, undefined, true, false),
  fc.constantFrom<unknown>([], [undefined], [null], {}, { constructor: 1 }, Object.create(null), new Date(0)),
);

/** A value with one of its parts, however deep, replaced, taken away or added. */
function changed(value: unknown, path: readonly number[], edit: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return edit;
  const entries = Object.entries(value);
  const entry = entries[step % (entries.length + 1)];
  if (entry) entry[1] = changed(entry[1], rest, edit);
  else entries.push(['added', edit]);
  if (Array.isArray(value)) return entries.map(([, item]) => item as unknown);
  return Object.fromEntries(step % 7 === 0 ? entries.filter((other) => other !== entry) : entries);
}

const edits = fc.array(fc.tuple(fc.array(fc.nat(50), { minLength: 1, maxLength: 4 }), values), { maxLength: 2 });

const agrees = (schema: z.ZodType, data: unknown): void => {
  if (!plainTest(schema)?.(data)) return;
  const parsed = schema.safeParse(data);
  expect(parsed.success).toBe(true);
  expect(parsed.data).toStrictEqual(data);
};

describe('plain data', () => {
  it('is accepted by its schema, which leaves it as it is', () => {
    const property = fc.property(fc.constantFrom(...examples), edits, (example, changes) => {
      const data = changes.reduce<unknown>((value, [path, edit]) => changed(value, path, edit), example.data);
      agrees(schemaOf(example), data);
    });
    fc.assert(property, { numRuns: 20_000 });
  });

  it('is what nearly all events are written in', () => {
    const plain = examples.filter((example) => plainTest(schemaOf(example))?.(example.data));
    expect(plain.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        ...['TranscriptRecorded', 'TranscriptChunkRecorded', 'StageStarted', 'StageSucceeded', 'RecordingPrepared'],
        ...['ExtractionRecorded', 'InsightsRunStarted', 'InsightRecorded', 'InsightCarriedOver', 'CriterionJudged'],
      ]),
    );
  });

  it.each([
    ['a refinement', z.string().refine((text) => text !== 'x')],
    ['a transformation', z.string().transform((text) => text.length)],
    ['a rewrite', z.string().trim()],
    ['a default', z.string().default('x')],
    ['a coercion', z.coerce.string()],
    ['a strict object', z.strictObject({ a: z.string() })],
    ['any of these further down', z.object({ a: z.array(z.string().trim().nullable()).optional() })],
    ['another kind of UUID', z.uuid({ version: 'v7' })],
    ['another kind of number', z.int32()],
    ['a check of the whole object', z.object({ a: z.string() }).refine(() => false)],
    ['objects that overlap', z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
    ['one of several that is unknown', z.union([z.string().trim(), z.number()])],
    ['an unknown one among several objects', z.discriminatedUnion('a', [z.strictObject({ a: z.literal('A') })])],
    ['keys of a list', z.record(z.enum(['a', 'b']), z.string())],
    ['a time with an offset', z.iso.datetime({ precision: 0 })],
  ])('is unknown to a schema with %s', (_what, schema) => expect(plainTest(schema)).toBeUndefined());

  it.each([
    ['an unknown key, which the schema takes away', { a: 'A', b: 1, c: 2 }],
    ['a missing key', { b: 1 }],
    ['a value that breaks a limit', { a: 'A', b: 10 }],
  ])('has no %s', (_what, data) => {
    const test = plainTest(z.object({ a: z.string().regex(/^A/), b: z.int().max(9).optional() }));
    expect([test?.({ a: 'A' }), test?.({ a: 'A', b: 9 }), test?.(data)]).toEqual([true, true, false]);
  });
});
