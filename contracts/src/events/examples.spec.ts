import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { publicDataOf } from '../cloud-event.js';
import { analysisEvents } from './analysis/definitions.js';
import { contactEvents } from './contact/definitions.js';
import { conversationEvents } from './conversation/definitions.js';
import type { EventDefinition } from './definition.js';
import { exportEvents } from './export/definitions.js';
import { insightsEvents } from './insights/definitions.js';
import { pinEvents } from './pin/definitions.js';
import { projectEvents } from './project/definitions.js';
import { revisionEvents } from './revision/definitions.js';
import { decodeEvent, eventCatalogue, isKnownEventType, latestVersion } from './registry.js';
import { workspaceEvents } from './workspace/definitions.js';

interface Example {
  readonly type: string;
  readonly version: number;
  readonly data: Record<string, unknown>;
}

const areas: Readonly<Record<string, Readonly<Record<string, Pick<EventDefinition, 'type' | 'versions'>>>>> = {
  workspace: workspaceEvents,
  contact: contactEvents,
  conversation: conversationEvents,
  project: projectEvents,
  insights: insightsEvents,
  analysis: analysisEvents,
  revision: revisionEvents,
  export: exportEvents,
  pin: pinEvents,
};

const folder = (area: string): URL => new URL(`./${area}/examples/`, import.meta.url);

const read = (area: string, file: string): Example =>
  JSON.parse(readFileSync(new URL(file, folder(area)), 'utf8')) as Example;

const stored = Object.keys(areas).flatMap((area) => readdirSync(folder(area)).map((file) => ({ area, file })));
const wanted = Object.entries(areas).flatMap(([area, definitions]) =>
  Object.values(definitions).flatMap(({ type, versions }) =>
    versions.map((_, index) => ({ area, file: `${type}.v${index + 1}.json` })),
  ),
);

/** Every string below the given keys, however deep. */
function textsUnder(keys: ReadonlySet<string>, value: unknown, inside = false): string[] {
  if (typeof value === 'string') return inside ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textsUnder(keys, child, inside || keys.has(key)));
}

const spoken = ['text', 'title', 'tags', 'customFields'];
const personal = ['email', 'company', 'nickname', ...spoken];
const namesOfPeople = new Set([
  'UserAdded',
  'UserProfileChanged',
  'ContactAdded',
  'ContactChanged',
  'TranscriptRecorded',
]);

describe('stored examples of events', () => {
  it('exist for every version of every type, and for nothing else', () => {
    expect(stored.map(({ file }) => file).sort()).toEqual(wanted.map(({ file }) => file).sort());
  });

  it.each(wanted)('decode to the latest version: $file', ({ area, file }) => {
    const { type } = read(area, file);
    const event = decodeEvent(read(area, file));
    expect(isKnownEventType(type) && event.version === latestVersion(type)).toBe(true);
    expect(event.type).toBe(file.slice(0, file.indexOf('.')));
  });

  it.each(wanted)('are refused when a field of the data is missing: $file', ({ area, file }) => {
    const example = read(area, file);
    for (const field of Object.keys(example.data)) {
      const data = Object.fromEntries(Object.entries(example.data).filter(([name]) => name !== field));
      expect(() => decodeEvent({ ...example, data })).toThrow(expect.objectContaining({ code: 'UNDECODABLE_EVENT' }));
    }
  });

  it.each(wanted)('show the public exactly what the printed document says: $file', ({ area, file }) => {
    const event = decodeEvent(read(area, file));
    const { publicSchema, publicData } = eventCatalogue[event.type] ?? {};
    expect(publicSchema === undefined).toBe(publicData === undefined);
    if (publicSchema) expect(publicSchema.parse(publicDataOf(event))).toEqual(publicDataOf(event));
  });

  it.each(wanted)('show the public neither words nor people: $file', ({ area, file }) => {
    const example = read(area, file);
    const hidden = textsUnder(
      new Set(namesOfPeople.has(example.type) ? [...personal, 'name'] : personal),
      example.data,
    );
    const shown = JSON.stringify(publicDataOf(decodeEvent(example)));
    expect(hidden.filter((text) => shown.includes(text))).toEqual([]);
  });
});

describe('decoding an event', () => {
  const example = read('conversation', 'ConversationCompleted.v1.json');

  it('refuses a type that this version does not know', () => {
    expect(() => decodeEvent({ ...example, type: 'ConversationTeleported' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT_TYPE' }),
    );
  });

  it('refuses a type that is only a name of an object', () => {
    expect(() => decodeEvent({ ...example, type: 'constructor' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT_TYPE' }),
    );
  });

  it('refuses a version of a newer release', () => {
    expect(() => decodeEvent({ ...example, version: 2 })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT_TYPE' }),
    );
  });

  it.each(['not JSON', null, 7, [], { data: example.data }])('refuses what is no event at all: %j', (raw) => {
    expect(() => decodeEvent(raw)).toThrow(expect.objectContaining({ code: 'UNDECODABLE_EVENT' }));
  });
});
