import { eventually, readMeetings, type Meeting } from '@harmony/testing';
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { send, type Access } from '../support/api.js';
import { startHarmony } from '../support/running-harmony.js';

const folder = join(import.meta.dirname, '../../../shared/data/qmsum');
const meetings = await readMeetings(folder);
const timeLimit = 300_000;

interface Imported {
  readonly results: readonly { readonly status: number; readonly conversation: { readonly id: string } | null }[];
}

async function importAll(access: Access, all: readonly Meeting[]): Promise<Map<string, Meeting>> {
  const imported = new Map<string, Meeting>();
  for (let start = 0; start < all.length; start += 50) {
    const conversations = all.slice(start, start + 50);
    const { status, body } = await send(access, 'POST', '/v1/conversations/structured-import', { conversations });
    const { results } = body as Imported;
    expect([status, ...new Set(results.map((result) => result.status))]).toEqual([207, 202]);
    for (const [index, meeting] of conversations.entries()) {
      imported.set(results[index]?.conversation?.id ?? '', meeting);
    }
  }
  return imported;
}

/** As the text rendition has it, where no turn states a time. */
function textOf({ participants, turns }: Meeting): string {
  const names = new Map(participants.map(({ id, name }) => [id, name]));
  return turns.map(({ participantId, text }) => `${names.get(participantId) ?? ''}: ${text}\n`).join('');
}

describe('the real meetings of QMSum', () => {
  if (!meetings) {
    it.skip('are skipped: ../shared/data/qmsum is not there', () => undefined);
    return;
  }

  it(
    'are imported without losing a turn or a word',
    async () => {
      const harmony = await startHarmony();
      const { admin } = await harmony.workspace('Meetings');
      const imported = await importAll(admin, meetings);
      expect(imported.size).toBe(meetings.length);
      for (const [id, meeting] of imported) {
        const conversation = await eventually(
          async () => {
            const { body } = await send(admin, 'GET', `/v1/conversations/${id}`);
            expect(body).toMatchObject({ status: 'COMPLETED' });
            return body;
          },
          { withinMs: 120_000 },
        );
        expect(conversation).toMatchObject({
          title: meeting.title,
          startedAt: meeting.startedAt,
          turnCount: meeting.turns.length,
        });
        const { body: text } = await send(admin, 'GET', `/v1/conversations/${id}/transcript?format=txt`);
        expect(text).toBe(textOf(meeting));
      }
      await harmony.stop();
    },
    timeLimit,
  );
});
