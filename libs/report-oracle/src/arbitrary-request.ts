import {
  conversationStatuses,
  fieldOperators,
  media,
  reportFilter,
  runKinds,
  tagMatches,
  type ReportFilter,
} from '@harmony/contracts';
import fc from 'fast-check';
import type { OracleRequest } from './report.js';
import type { OracleMoment, OracleReader } from './selection.js';
import type { World } from './world.js';

const day = 86_400_000;
const nobody = '00000000-0000-4000-8000-00000000dead';

/** Values that there are, now and then one that nobody has; mostly none, so that something is left. */
const someOf = <Value>(values: readonly Value[], unknown: readonly Value[] = []): fc.Arbitrary<Value[]> => {
  const all = [...new Set([...values, ...unknown])];
  if (all.length === 0) return fc.constant<Value[]>([]);
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant<Value[]>([]) },
    { weight: 1, arbitrary: fc.subarray(all, { maxLength: Math.min(4, all.length) }) },
  );
};

/** Filters over what the conversations of a world have. */
export function arbitraryFilter({ conversations, runs }: World): fc.Arbitrary<ReportFilter> {
  const facts = [...conversations.values()].map((one) => one.facts);
  const tags = facts.flatMap(({ tags: own }) => own.now);
  const revisionIds = [...runs.values()].flatMap(({ revisionId }) => revisionId ?? []);
  const contacts = facts.flatMap(({ contactId }) => contactId.now ?? []);
  return fc
    .record({
      range: arbitraryRange([...conversations.values()].map(({ createdAt }) => createdAt)),
      teamIds: someOf(
        facts.flatMap(({ teamId }) => teamId.now ?? []),
        [nobody],
      ),
      tags: someOf([...tags, ...tags.map((tag) => ` ${tag.toUpperCase()}`)], ['nothing has this']),
      tagMatch: fc.constantFrom(...tagMatches),
      statuses: someOf([...conversationStatuses]),
      ownerIds: someOf(facts.map(({ ownerId }) => ownerId.now)),
      contactIds: someOf(contacts, [nobody]),
      media: someOf([...media]),
      customFields: arbitraryFields,
      runKinds: someOf([...runKinds]),
      revisionIds: someOf(revisionIds, [nobody]),
    })
    .map(({ range, ...filter }) => reportFilter.parse({ ...filter, ...range }));
}

interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

/** From or to the very instant of a conversation, or some milliseconds beside it. */
function arbitraryRange(times: readonly number[]): fc.Arbitrary<Range> {
  const open = fc.constant<Range>({ from: null, to: null });
  if (times.length === 0) return open;
  const instant = fc
    .tuple(fc.constantFrom(...times), fc.constantFrom(0, 0, 1, -1, day, -7 * day, 40 * day))
    .map(([time, shift]) => time + shift);
  const closed = fc.tuple(instant, instant).map(([one, other]): Range => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return { from: new Date(from).toISOString(), to: new Date(Math.max(to, from + 1)).toISOString() };
  });
  const half = closed.chain(({ from, to }) => fc.constantFrom<Range>({ from, to: null }, { from: null, to }));
  return fc.oneof({ weight: 5, arbitrary: open }, { weight: 4, arbitrary: closed }, { weight: 1, arbitrary: half });
}

const arbitraryFields = fc.oneof(
  { weight: 10, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        key: fc.constantFrom('deal_size', 'stage', 'is_key_account', 'renewal_on', 'note', 'nobody'),
        operator: fc.constantFrom(...fieldOperators),
        value: fc.constantFrom<(string | number | boolean)[]>(0, 5_000, 'OPEN', 'won', true, false, '2026-05-01', '7'),
      })
      .map((field) => [field.operator === 'IS_SET' ? { ...field, value: null } : field]),
  },
);

/** The present, a time since the project began, or a revision. */
function arbitraryMoment({ projects, runs, conversations }: World, projectId: string): fc.Arbitrary<OracleMoment> {
  const start = projects.get(projectId)?.createdAt ?? 0;
  const times = [...conversations.values()].map(({ createdAt }) => createdAt);
  const end = Math.max(start + 1, ...times);
  const revisionIds = [...runs.values()].flatMap((run) =>
    run.projectIds.includes(projectId) ? (run.revisionId ?? []) : [],
  );
  const asOf = fc
    .oneof(fc.integer({ min: start, max: end + 2 * day }), fc.constantFrom(start, ...times))
    .map((time): OracleMoment => ({ asOf: new Date(time).toISOString(), revisionId: null }));
  const revision = fc
    .constantFrom(nobody, ...revisionIds)
    .map((revisionId): OracleMoment => ({ asOf: null, revisionId }));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<OracleMoment>({ asOf: null, revisionId: null }) },
    { weight: 4, arbitrary: asOf },
    { weight: revisionIds.length > 0 ? 2 : 0, arbitrary: revision },
  );
}

const arbitraryDisplay = fc.record({
  as: fc.constantFrom('GRAPHS' as const, 'GRAPHS' as const, 'LIST' as const),
  interval: fc.constantFrom(null, null, 'DAY' as const, 'WEEK' as const, 'MONTH' as const),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham'),
  latest: fc.constantFrom(0, 3, 5, 20),
});

/** Any request for a report of one of these projects. */
export const arbitraryRequest = (world: World, projectIds: readonly string[]): fc.Arbitrary<OracleRequest> =>
  fc.constantFrom(...projectIds).chain((projectId) =>
    fc.record({
      ...{ projectId: fc.constant(projectId), filter: arbitraryFilter(world), display: arbitraryDisplay },
      ...{ moment: arbitraryMoment(world, projectId), includeInactive: fc.boolean() },
    }),
  );

/** Somebody of a workspace with any scopes; mostly with all, so that something is left. */
export const arbitraryReader = (
  workspaceId: string,
  people: readonly { readonly id: string; readonly teamIds: readonly string[] }[],
): fc.Arbitrary<OracleReader> =>
  fc
    .record({
      person: fc.constantFrom(...people),
      conversations: fc.constantFrom('all' as const, 'all' as const, 'team' as const, 'own' as const),
      projects: fc.oneof(
        { weight: 8, arbitrary: fc.constant('all' as const) },
        { weight: 1, arbitrary: fc.constantFrom('team' as const, 'own' as const) },
      ),
    })
    .map(({ person, ...scopes }) => ({ workspaceId, userId: person.id, teamIds: person.teamIds, ...scopes }));
