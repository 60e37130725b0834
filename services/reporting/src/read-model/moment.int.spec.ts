import { streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { draws, historyCast, historyOf, type HistoryCast } from '../testing/random-history.js';
import { RunningReporting } from '../testing/running-reporting.js';
import fc from 'fast-check';

jest.setTimeout(60_000);

const coded = (code: string): unknown => expect.objectContaining({ code });
const present = { asOf: null, revisionId: null };

describe('what may be asked for', () => {
  let reporting: RunningReporting;
  let cast: HistoryCast;
  beforeAll(async () => {
    reporting = await RunningReporting.start();
    cast = historyCast();
    const [drawn = []] = fc.sample(draws, { numRuns: 1, seed: 1 });
    const history = historyOf(
      cast,
      drawn.filter(({ choice }) => choice !== 'MAKE_LIVE' && choice !== 'REVISION_RUN'),
    );
    for (const { stream, fact: happened, occurredAt } of history)
      await reporting.append(stream, [happened], { occurredAt });
    await reporting.settled();
  });
  afterAll(() => reporting.close());

  const reader = (projects = 'all', teamIds: readonly string[] = []) =>
    reporting.reader({ teamIds, permissions: ['conversations:read:all', `projects:read:${projects}`] });

  it('is no time to come, and not a time and a revision at once', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const ask = (asOf: string | null, revisionId: string | null): Promise<unknown> =>
      reporting.moments.of(reader(), cast.projectId, { asOf, revisionId });
    await expect(ask(tomorrow, null)).rejects.toEqual(coded('INVALID_INPUT'));
    await expect(ask('2024-01-01T00:00:00.000Z', newId())).rejects.toEqual(coded('INVALID_INPUT'));
  });

  it('is a revision of the project only, from the moment that it has run or was live there', async () => {
    const revisionId = newId();
    const ask = (projectId: string, id = revisionId): Promise<unknown> =>
      reporting.moments.of(reader(), projectId, { asOf: null, revisionId: id });
    await expect(ask(cast.projectId)).rejects.toEqual(coded('UNKNOWN_REVISION'));
    await expect(ask(cast.projectId, 'no id')).rejects.toEqual(coded('UNKNOWN_REVISION'));
    const live = fact('RevisionMadeLive', { revisionId, projectId: cast.projectId, supersededRevisionId: null });
    await reporting.append(streams.revisions(cast.projectId), [live]);
    await reporting.settled();
    expect(await ask(cast.projectId)).toEqual({ asOf: null, revisionId, lives: [] });
    const other = { projectId: cast.otherProjectId, name: 'Other', language: 'en', teamIds: [], knowledge: '' };
    const created = fact('ProjectCreated', { ...other, createdBy: newId() });
    await reporting.append(streams.project(cast.otherProjectId), [created]);
    await reporting.settled();
    await expect(ask(cast.otherProjectId)).rejects.toEqual(coded('UNKNOWN_REVISION'));
    const now = await reporting.moments.of(reader(), cast.projectId, present);
    expect(now.lives).toEqual([{ revisionId, major: expect.any(Number), minor: expect.any(Number) }]);
  });

  it('is a revision from when it is asked for, though nothing has run yet', async () => {
    const about = { revisionId: newId(), projectId: cast.projectId };
    const frozen = { projectRevision: 0, analysisRevision: null, definitions: [], previewed: null };
    await reporting.append(streams.revisions(cast.projectId), [
      fact('RevisionRequested', { ...about, number: 1, input: null, part: null, ...frozen }),
    ]);
    await reporting.settled();
    const requested = { asOf: null, revisionId: about.revisionId };
    expect(await reporting.moments.of(reader(), cast.projectId, requested)).toEqual({ ...requested, lives: [] });
  });

  it('is nothing for who may not see the project: whether a revision is there is not told', async () => {
    const revisionId = newId();
    const live = fact('RevisionMadeLive', { revisionId, projectId: cast.projectId, supersededRevisionId: null });
    await reporting.append(streams.revisions(cast.projectId), [live]);
    await reporting.settled();
    for (const who of [reader('own'), reader('team', [newId()]), { ...reader(), workspaceId: newId() }]) {
      for (const id of [revisionId, newId()]) {
        const asked = reporting.moments.of(who, cast.projectId, { asOf: null, revisionId: id });
        await expect(asked).rejects.toEqual(coded('UNKNOWN_PROJECT'));
      }
    }
    const nobody = reporting.moments.of(reporting.reader({ permissions: [] }), cast.projectId, {
      ...{ asOf: null, revisionId },
    });
    await expect(nobody).rejects.toEqual(coded('FORBIDDEN'));
  });

  it('includes what was appended just before, when a time is asked for', async () => {
    const occurredAt = new Date().toISOString();
    const position = await reporting.append(
      streams.project(cast.projectId),
      [fact('ProjectChanged', { projectId: cast.projectId, name: 'Just now' })],
      { occurredAt },
    );
    // Readers of the log come there a moment late while other tests write to the same server.
    await eventually(async () => expect(await reporting.store.head()).toEqual(position));
    const moment = await reporting.moments.of(reader(), cast.projectId, { asOf: occurredAt, revisionId: null });
    expect(await reporting.catalogue.of(reader(), cast.projectId, moment)).toMatchObject({ name: 'Just now' });
  });

  it('is a project that the reader may see today, alike for none and for somebody else’s', async () => {
    const { teamIds, projectId } = cast;
    const ask = (who: ReturnType<typeof reader>, id = projectId): Promise<unknown> =>
      reporting.catalogue.of(who, id, present);
    expect(await ask(reader('team', teamIds.slice(0, 1)))).toMatchObject({ id: projectId });
    expect(
      await ask(reporting.reader({ userId: cast.userIds[0] ?? '', permissions: ['projects:read:own'] })),
    ).toBeTruthy();
    const stranger = { ...reader(), workspaceId: newId() };
    for (const who of [reader('own'), reader('team', [newId()]), stranger])
      await expect(ask(who)).rejects.toEqual(coded('UNKNOWN_PROJECT'));
    for (const id of [newId(), 'no id']) await expect(ask(reader(), id)).rejects.toEqual(coded('UNKNOWN_PROJECT'));
    await expect(ask(reporting.reader({ permissions: [] }))).rejects.toEqual(coded('FORBIDDEN'));
  });

  it('is a deleted project as of before only', async () => {
    const { projectId } = cast;
    const before = new Date().toISOString();
    await reporting.append(streams.project(projectId), [fact('ProjectDeleted', { projectId })], {
      occurredAt: new Date(Date.parse(before) + 1).toISOString(),
    });
    await reporting.settled();
    const ask = (asOf: string | null): Promise<unknown> =>
      reporting.catalogue.of(reader(), projectId, { asOf, revisionId: null });
    await expect(ask(null)).rejects.toEqual(coded('UNKNOWN_PROJECT'));
    expect(await ask(before)).toMatchObject({ id: projectId, definitions: [{ type: 'YES_NO' }] });
    await expect(ask('2023-01-01T00:00:00.000Z')).rejects.toEqual(coded('UNKNOWN_PROJECT'));
  });
});
