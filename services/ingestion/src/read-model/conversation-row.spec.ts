import { conversationStatuses } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { toView, type ConversationRow } from './conversation-row.js';

const at = new Date('2026-01-01T10:00:00Z');
const minutesLater = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const row = (more: Partial<ConversationRow>): ConversationRow => ({
  ...{ id: 'c', title: 'T', status: 'QUEUED', medium: 'CHAT', source: 'TEXT', team_id: null, contact_id: null },
  ...{ owner_id: 'o', created_by: 'o', tags: [], custom_fields: {}, started_at: null, created_at: at, updated_at: at },
  ...{ status_changed_at: at, turn_count: null, word_count: null, speakers: [], failure_stage: null },
  failure_code: null,
  ...more,
});

describe('a conversation as its readers see it', () => {
  it.each(conversationStatuses)(
    'is stuck when %s only after 30 minutes without progress, and never once it ended',
    (status) => {
      const ended = status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS' || status === 'FAILED';
      expect(toView(row({ status }), minutesLater(30)).stuck).toBe(false);
      expect(toView(row({ status }), new Date(minutesLater(30).getTime() + 1)).stuck).toBe(!ended);
    },
  );

  it('shows "User" for a speaker without a name, and everybody’s share of the words', () => {
    const speakers = [
      { code: 'A', name: 'Ann', words: 1, turns: 1 },
      { code: 'B', name: null, words: 3, turns: 1 },
    ];
    expect(toView(row({ speakers, word_count: 4 }), at).speakers).toEqual([
      { code: 'A', name: 'Ann', words: 1, turns: 1, wordShare: 0.25 },
      { code: 'B', name: 'User', words: 3, turns: 1, wordShare: 0.75 },
    ]);
  });

  it('names the stage and code of a failure', () => {
    expect(toView(row({ failure_stage: 'TRANSCRIPTION', failure_code: 'TIMED_OUT' }), at).failure).toEqual({
      stage: 'TRANSCRIPTION',
      code: 'TIMED_OUT',
    });
  });
});
