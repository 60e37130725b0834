import { isInScope, widestScope, type Principal } from '@harmony/access';
import {
  conversationStatuses,
  fieldOperators,
  media,
  reportFilter,
  runKinds,
  tagMatches,
  type CustomFieldFilter,
  type ReportFilter,
} from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { matchesField } from '../domain/custom-field.js';
import { folded } from '../domain/text.js';
import { RunningReporting } from '../testing/running-reporting.js';
import type { Moment } from './moment.js';
import { selectionSql } from './selection.js';

jest.setTimeout(120_000);

const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
const [projectId = '', ...others] = ids(2);
const [teams, people, contacts, revisions] = [ids(3), ids(3), ids(2), ids(2)];
const now: Moment = { asOf: null, revisionId: null, lives: [] };

const oneOf = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
/** Words that look alike to people, and words that look alike to programs only. */
const word = oneOf([
  'Hot',
  ' hot',
  'HOT\u00a0',
  'ﬁne',
  'fine',
  'İ',
  'i̇',
  'ΣΑΣ',
  'σας',
  "it's",
  '%',
  'a\\b',
  '',
  '日本',
  '﻿x',
]);
const tag = word.filter((text) => text.trim() !== '');
const value = fc.oneof(word, oneOf(['2024-01-05', '2024-10-01']), oneOf([0, -0, 1, 2.5, 1e21, -3e-7]), fc.boolean());
const field = fc.oneof(
  value,
  fc.constant(null),
  fc.array(fc.oneof(value, fc.constant([1])), { maxLength: 3 }),
  oneOf([{ a: 1 }]),
);
const key = oneOf(['tier', "o'key", '__proto__', 'Größe']);
const instant = fc.nat(20).map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString());

const conversation = fc.record({
  team_id: oneOf([null, ...teams]),
  owner_id: oneOf(people),
  created_by: oneOf(people),
  contact_id: oneOf([null, ...contacts]),
  medium: oneOf(media),
  status: oneOf(conversationStatuses),
  tags: fc.array(tag, { maxLength: 3 }),
  custom_fields: fc.dictionary(key, field, { maxKeys: 3 }),
  happened_at: instant,
  is_deleted: fc.nat(9).map((draw) => draw === 0),
  run_kind: oneOf(runKinds),
  revision_id: oneOf([null, ...revisions]),
  project_ids: oneOf([[projectId], [projectId, ...others], others]),
});
type Conversation = typeof conversation extends fc.Arbitrary<infer Value> ? Value & { readonly id: string } : never;

const several = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant<Value[]>([]) }, fc.array(oneOf(values), { maxLength: 2 }));

const asked: fc.Arbitrary<unknown> = oneOf(fieldOperators).chain((operator) =>
  fc.record({ key, operator: fc.constant(operator), value: operator === 'IS_SET' ? fc.constant(null) : value }),
);

const filters: fc.Arbitrary<ReportFilter> = fc
  .record({
    from: fc.option(instant),
    to: fc.option(instant),
    teamIds: several([...teams, newId()]),
    ownerIds: several(people),
    contactIds: several(contacts.map((id) => id.toUpperCase())),
    media: several(media),
    statuses: several(conversationStatuses),
    runKinds: several(runKinds),
    revisionIds: several(revisions),
    tags: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(tag, { maxLength: 2 })),
    tagMatch: oneOf(tagMatches),
    customFields: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(asked, { maxLength: 2 })),
  })
  .map((given) => reportFilter.safeParse(given))
  .filter((parsed) => parsed.success)
  .map(({ data }) => data);

/** The same rule in plain JavaScript. */
function passes(filter: ReportFilter, facts: Conversation): boolean {
  const among = (wanted: readonly string[], actual: string | null): boolean =>
    wanted.length === 0 || wanted.some((one) => one.toLowerCase() === actual?.toLowerCase());
  const present = new Set(facts.tags.map(folded));
  const found = filter.tags.map((one) => present.has(folded(one)));
  const tagged = { ANY: found.includes(true), ALL: !found.includes(false), NONE: !found.includes(true) }[
    filter.tagMatch
  ];
  return [
    filter.from === null || facts.happened_at >= filter.from,
    filter.to === null || facts.happened_at < filter.to,
    among(filter.teamIds, facts.team_id),
    among(filter.ownerIds, facts.owner_id),
    among(filter.contactIds, facts.contact_id),
    among(filter.media, facts.medium),
    among(filter.statuses, facts.status),
    among(filter.runKinds, facts.run_kind),
    among(filter.revisionIds, facts.revision_id),
    filter.tags.length === 0 || tagged,
    filter.customFields.every((wanted: CustomFieldFilter) =>
      matchesField(
        wanted,
        Object.hasOwn(facts.custom_fields, wanted.key) ? facts.custom_fields[wanted.key] : undefined,
      ),
    ),
  ].every(Boolean);
}

describe('the selection of conversations', () => {
  let reporting: RunningReporting;
  let conversations: Conversation[];
  beforeAll(async () => {
    reporting = await RunningReporting.start();
    conversations = fc.sample(conversation, 300).map((facts) => ({ ...facts, id: newId() }));
    const rows = conversations.map((facts) => ({
      ...{ ...facts, conversation_id: facts.id, workspace_id: reporting.workspaceId, pipeline_run_id: newId() },
      ...{
        title: 'A call',
        source: 'TEXT',
        created_at: facts.happened_at,
        past: [],
        changed_major: 1,
        changed_minor: 1,
      },
    }));
    const runs = rows.map((row) => ({
      transcript_version: 1,
      ...{ ...row, run_id: row.pipeline_run_id, kind: row.run_kind, started_at: row.happened_at, major: 1, minor: 1 },
    }));
    await insert('conversations', rows);
    await insert('runs', runs);
  });
  afterAll(() => reporting.close());

  const insert = (table: string, rows: readonly object[]): Promise<unknown> =>
    reporting.server.pool.query(
      `insert into reporting.${table} select * from jsonb_populate_recordset(null::reporting.${table}, $1)`,
      [JSON.stringify(rows)],
    );

  const readers = (): Principal[] => {
    const scoped = (scope: string): Principal =>
      reporting.reader({
        userId: people[0] ?? '',
        teamIds: teams.slice(0, 2),
        permissions: [`conversations:read:${scope}`],
      });
    return ['own', 'team', 'all'].map(scoped);
  };

  it('is what a filter of records in memory leaves, for everybody', async () => {
    const everybody = readers();
    await fc.assert(
      fc.asyncProperty(filters, oneOf(everybody), async (filter, reader) => {
        const { sql, parameters } = selectionSql(reader, { projectId, filter, moment: now }, 3);
        const rows = await reporting.database.scoped.query<{ id: string }>(
          reporting.workspaceId,
          `with selected as (${sql}) select conversation_id as id from selected where $1::int < $2::int`,
          [1, 2, ...parameters],
        );
        const scope = widestScope(reader, 'conversations', 'read') ?? 'own';
        const expected = conversations.filter(
          (facts) =>
            !facts.is_deleted &&
            facts.project_ids.includes(projectId) &&
            isInScope(reader, scope, { ownerId: facts.owner_id, createdBy: facts.created_by, teamId: facts.team_id }) &&
            passes(filter, facts),
        );
        expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
      }),
      { numRuns: 400 },
    );
  });

  it('is refused to somebody who may read no conversations', () => {
    const nobody = reporting.reader({ permissions: ['projects:read:all'] });
    expect(() => selectionSql(nobody, { projectId, filter: reportFilter.parse({}), moment: now }, 1)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
  });
});
