import { conversationStatuses } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { displayName, type NameOf } from '../speakers/speaker-names.js';
import { toView as viewOf, type ConversationRow, type ConversationView } from './conversation-row.js';

const at = new Date('2026-01-01T10:00:00Z');
const minutesLater = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const row = (more: Partial<ConversationRow>): ConversationRow => ({
  ...{ id: 'c', title: 'T', status: 'QUEUED', medium: 'CHAT', source: 'TEXT', team_id: null, contact_id: null },
  ...{ owner_id: 'o', created_by: 'o', tags: [], custom_fields: {}, started_at: null, created_at: at, updated_at: at },
  ...{ status_changed_at: at, turn_count: null, word_count: null, speakers: [], failure_stage: null },
  ...{ failure_code: null, speaker_matches: {}, recording: null, stages: [], progressed_at: at, revision: 3 },
  ...more,
});

const nameOf: NameOf = (speakers, code) => displayName(speakers, code, new Map([['known', 'Grace']]));
const toView = (of: ConversationRow, now: Date): ConversationView => viewOf(of, now, nameOf);

describe('a conversation as its readers see it', () => {
  it.each(conversationStatuses)(
    'is stuck when %s only after 30 minutes without progress, and never once it ended or while its sender is at it',
    (status) => {
      const unhurried = ['UPLOADING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED'].includes(status);
      const edited = row({ status, updated_at: minutesLater(29) });
      expect(toView(edited, minutesLater(30)).stuck).toBe(false);
      expect(toView(edited, new Date(minutesLater(30).getTime() + 1)).stuck).toBe(!unhurried);
    },
  );

  it('shows "User" for a speaker without a name, and everybody’s share of the words', () => {
    const speakers = [
      { code: 'A', name: 'Ann', words: 1, turns: 1 },
      { code: 'B', name: null, words: 3, turns: 1 },
    ];
    expect(toView(row({ speakers, word_count: 4 }), at).speakers).toEqual([
      { code: 'A', name: 'Ann', words: 1, turns: 1, wordShare: 0.25, match: null },
      { code: 'B', name: 'User', words: 3, turns: 1, wordShare: 0.75, match: null },
    ]);
  });

  it('calls a speaker as whom they are matched to, and as before when that one is gone', () => {
    const speakers = ['A', 'B', 'C', 'D'].map((code) => ({ code, name: `said ${code}`, words: 1, turns: 1 }));
    const matches = {
      A: { kind: 'CONTACT', id: 'known' },
      B: { kind: 'USER', id: 'gone' },
      C: { kind: 'NAME', name: 'Hopper' },
      D: null,
    } as const;
    const shown = toView(row({ speakers, speaker_matches: matches }), at).speakers;
    expect(shown.map(({ name }) => name)).toEqual(['Grace', 'said B', 'Hopper', 'said D']);
    expect(shown.map(({ match }) => match)).toEqual([
      { kind: 'CONTACT', id: 'known' },
      { kind: 'USER', id: 'gone' },
      { kind: 'NAME', id: null },
      null,
    ]);
  });

  it('names the stage and code of a failure', () => {
    expect(toView(row({ failure_stage: 'TRANSCRIPTION', failure_code: 'TIMED_OUT' }), at).failure).toEqual({
      stage: 'TRANSCRIPTION',
      code: 'TIMED_OUT',
    });
  });
});
