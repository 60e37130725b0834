import { builtInRoles, streams, type HarmonyEvent } from '@harmony/contracts';
import type { Random } from './random.js';
import { user, type Recorder } from './recorder.js';
import { append, openStream } from './streams.js';
import type { SampleCast, SampleStep, SampleUser, SampleWish } from './wish.js';
import { companies, firstNames, lastNames, tags, teamNames } from './words.js';

export const customFields = [
  { key: 'deal_size', type: 'NUMBER', options: [] },
  { key: 'stage', type: 'SELECT', options: ['new', 'open', 'won'] },
  { key: 'is_key_account', type: 'BOOLEAN', options: [] },
  { key: 'renewal_on', type: 'DATE', options: [] },
  { key: 'note', type: 'TEXT', options: [] },
] as const;

const roles = [builtInRoles.user.id, builtInRoles.user.id, builtInRoles.teamManager.id, builtInRoles.admin.id];

/** Teams, users with roles of every scope, and contacts. */
export function sampleCast(wish: SampleWish, random: Random): SampleCast {
  const teams = teamNames.map((name) => ({ id: random.uuid(), name }));
  const founder: SampleUser = {
    ...{ id: wish.founderId, name: 'Sample founder', email: `founder.${wish.founderId}@example.org` },
    ...{ roleId: builtInRoles.admin.id, teamIds: [] },
  };
  const colleagues = (wish.colleagueIds ?? []).map((id) => ({ ...founder, id, name: 'Colleague' }));
  const users = Array.from({ length: 12 }, (_, index): SampleUser => {
    const [id, first, last] = [random.uuid(), firstNames[index] ?? 'Ann', random.pick(lastNames)];
    return {
      ...{ id, name: `${first} ${last}`, email: `sample.${id}@example.org` },
      ...{ roleId: roles[index % roles.length] ?? builtInRoles.user.id },
      teamIds: random.some(teams, random.between(0, 2)).map((team) => team.id),
    };
  });
  const contacts = Array.from({ length: 40 }, () => ({
    ...{ id: random.uuid(), name: `${random.pick(firstNames)} ${random.pick(lastNames)}` },
    company: random.pick(companies),
  }));
  return { workspaceId: wish.workspaceId, teams, users: [founder, ...colleagues, ...users], contacts };
}

/** The steps by which they come to be. */
export function* castSteps(wish: SampleWish, cast: SampleCast, recorder: Recorder, at: number): Generator<SampleStep> {
  const by = user(wish.founderId);
  const { users, teams, contacts, workspaceId } = cast;
  const known = [...(wish.existing ? [wish.founderId] : []), ...(wish.colleagueIds ?? [])];
  const newUsers = users.filter(({ id }) => !known.includes(id));
  const newFields = customFields.filter(({ key }) => !wish.existing?.customFieldKeys.includes(key));
  const events: HarmonyEvent[] = [
    ...(wish.existing ? [] : [recorder.event('WorkspaceCreated', at, by, { name: 'Sample' })]),
    ...teams.map(({ id, name }) => recorder.event('TeamCreated', at, by, { teamId: id, name })),
    ...newUsers.map(({ id, name, email, roleId, teamIds }) =>
      recorder.event('UserAdded', at, by, {
        ...{ userId: id, name, email, roleId, teamIds: [...teamIds] },
        ...{ timezone: 'Europe/Copenhagen', language: 'en' },
      }),
    ),
    ...newFields.map(({ key, type, options }) =>
      recorder.event('CustomFieldDefined', at, by, {
        ...{ customFieldId: recorder.id(), target: 'CONVERSATION' as const, key, label: key.replaceAll('_', ' ') },
        ...{ type, options: [...options], required: false },
      }),
    ),
  ];
  yield append(openStream(streams.workspace(workspaceId), wish.existing?.events ?? 0), events);
  for (const { id, name, company } of contacts) {
    const added = { contactId: id, name, email: null, company, customFields: {} };
    yield append(openStream(streams.contact(id)), [recorder.event('ContactAdded', at, by, added)]);
  }
}

type Values = Record<string, string | number | boolean>;

/** What somebody may have filled in. */
export function sampleFields(random: Random): Values {
  const values: Values = {};
  if (random.chance(0.6)) values['deal_size'] = random.between(-2, 40) * 500 + (random.chance(0.1) ? 0.5 : 0);
  if (random.chance(0.5)) values['stage'] = random.pick(customFields[1].options);
  if (random.chance(0.3)) values['is_key_account'] = random.chance(0.5);
  if (random.chance(0.3)) values['renewal_on'] = `2026-0${random.between(1, 9)}-1${random.between(0, 9)}`;
  if (random.chance(0.1)) values['note'] = random.pick(['7', '=1+1', 'call back', 'Ä "B"']);
  return values;
}

export const sampleTags = (random: Random): string[] => random.some(tags, random.between(0, 3));
