import type { Principal } from '@harmony/access';
import type { Permission } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import type { ChangedConversation, ProjectChange } from './report-change.js';
import { ReportListener } from './report-listener.js';

const [projectId, team, definition] = [newId(), newId(), newId()];

const reader = (permission: Permission, teamIds: string[] = []): Principal => {
  const userId = newId();
  const permissions = new Set([permission]);
  return { kind: 'USER', id: userId, userId, workspaceId: newId(), roleId: newId(), permissions, teamIds };
};

const ownedBy = (...owners: { ownerId?: string; teamId?: string }[]): ChangedConversation => ({
  conversationId: newId(),
  definitionIds: [definition],
  ownerships: owners.map(({ ownerId = newId(), teamId = null }) => ({ ownerId, createdBy: ownerId, teamId })),
});

const change = (...conversations: ChangedConversation[]): ProjectChange => ({
  ...{ projectId, conversations, isProjectChanged: false },
});

describe('a listener of a report', () => {
  it('hears of what it may read, and of nothing else', async () => {
    const own = reader('conversations:read:own');
    const ofTeam = reader('conversations:read:team', [team]);
    const all = reader('conversations:read:all');
    const changes = change(ownedBy({ ownerId: own.userId }), ownedBy({ teamId: team }), ownedBy({}));
    const counts: number[] = [];
    for (const principal of [own, ofTeam, all]) {
      const listener = new ReportListener(principal, projectId, '0:0');
      listener.notify(changes, '1:1');
      counts.push((await listener.take())?.conversationCount ?? 0);
    }
    expect(counts).toEqual([1, 1, 3]);
  });

  it('hears of a conversation that was taken from it, and of one whose owner is forgotten only with all scope', async () => {
    const own = reader('conversations:read:own');
    const listener = new ReportListener(own, projectId, '0:0');
    listener.notify(change(ownedBy({}, { ownerId: own.userId }), ownedBy()), '1:1');
    expect(await listener.take()).toMatchObject({ conversationCount: 1, cursor: '1:1' });
    const all = new ReportListener(reader('conversations:read:all'), projectId, '0:0');
    all.notify(change(ownedBy()), '1:1');
    expect(await all.take()).toMatchObject({ conversationCount: 1 });
  });

  it('is told first where it began, then what it has not taken yet as one, and nothing when nothing was for it', async () => {
    const own = reader('conversations:read:own');
    const listener = new ReportListener(own, projectId, '7:1');
    expect(await listener.take()).toMatchObject({ conversationCount: 0, cursor: '7:1', isProjectChanged: false });
    const taken = listener.take();
    listener.notify(change(ownedBy({})), '8:1');
    const mine = ownedBy({ ownerId: own.userId });
    listener.notify(change(mine), '9:1');
    expect(await taken).toMatchObject({ conversationCount: 1, cursor: '9:1', definitionIds: [definition] });
    listener.notify(change(mine), '10:1');
    listener.notify(change(mine), '11:1');
    listener.notify({ ...change(), isProjectChanged: true }, '12:1');
    expect(await listener.take()).toMatchObject({ conversationCount: 1, cursor: '12:1', isProjectChanged: true });
    const waiting = listener.take();
    listener.end();
    expect(await waiting).toBeUndefined();
  });
});
