import { requirePermission, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { CLOCK, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { subjects } from '../projections/usage.table.js';
import { windowStart } from './exhausted.js';

export const usageGroups = ['DAY', 'PROJECT', 'DEFINITION'] as const;
export type UsageGroup = (typeof usageGroups)[number];

/** What work was done: for a definition or a criterion, or beside them. */
export const usageKinds = ['DEFINITION', 'CRITERION', 'EXTRACTION', 'TRANSCRIPTION', 'TRIAL'] as const;
export type UsageKind = (typeof usageKinds)[number];

export interface UsagePeriod {
  /** Included. */
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
}

/** What was spent; what it was not grouped by is null. */
export interface UsageView {
  /** When the day (UTC) began. */
  readonly day: Date | null;
  readonly projectId: string | null;
  readonly kind: UsageKind | null;
  /** The definition or the criterion. */
  readonly subjectId: string | null;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
  readonly transcribedMinutes: number;
  /** Each recording counts once, whatever the sum over other rows. */
  readonly answeredMinutes: number;
}

export interface SpendingView {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicros: number;
}

/** What rows are told apart by, and where it stands. */
const columnsOf: Readonly<Record<UsageGroup, Readonly<Record<string, string>>>> = {
  DAY: { day: `date_trunc('day', hour, 'UTC')` },
  PROJECT: { '"projectId"': `nullif(project_id, '')` },
  DEFINITION: { kind: 'kind', '"subjectId"': `case when kind in ('DEFINITION', 'CRITERION') then subject_id end` },
};

const maximumDays = 366;
const dayMs = 86_400_000;

/** Tells what analysis and transcription cost, for whoever may read the usage of the workspace. */
@Injectable()
export class UsageQueries {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One row for each combination that cost something or that a recording was answered for.
   * @throws HarmonyError INVALID_INPUT for a period that is none.
   */
  async of(principal: Principal, { from, to }: UsagePeriod, groupBy: readonly UsageGroup[]): Promise<UsageView[]> {
    requirePermission(principal, 'usage', 'read', 'all');
    const days = (to.getTime() - from.getTime()) / dayMs;
    if (!(days > 0 && days <= maximumDays)) throw invalidPeriod();
    const groups = usageGroups.filter((group) => groupBy.includes(group));
    const rows = await this.database.query<Partial<UsageView>>(principal.workspaceId, statement(groups), [from, to]);
    return rows.map((row) => ({ ...nothing, ...row }));
  }

  /** Of the last 24 hours, as the budget counts it. */
  async spent({ workspaceId }: Principal): Promise<SpendingView> {
    const [row] = await this.database.query<SpendingView>(
      workspaceId,
      `select coalesce(sum(calls), 0)::float8 as calls,
              coalesce(sum(input_tokens + output_tokens), 0)::float8 as tokens,
              coalesce(sum(cost_micros), 0)::float8 as "costMicros"
         from insights.usage where hour >= $1`,
      [windowStart(this.clock.now())],
    );
    return row ?? { calls: 0, tokens: 0, costMicros: 0 };
  }
}

const sums = [
  'coalesce(sum(calls), 0)::float8 as calls',
  'coalesce(sum(input_tokens), 0)::float8 as "inputTokens"',
  'coalesce(sum(output_tokens), 0)::float8 as "outputTokens"',
  'coalesce(sum(cost_micros), 0)::float8 as "costMicros"',
  'coalesce(sum(transcribed_ms), 0)::float8 / 60000 as "transcribedMinutes"',
  'coalesce(sum(answered_ms), 0)::float8 / 60000 as "answeredMinutes"',
];

/** What was answered about recordings, with how long each one is. */
const answeredCells = `
  select a.conversation_id, a.project_id, a.hour, 'DEFINITION' as kind, definition as subject_id, recording.prepared_ms
    from insights.answered a cross join lateral jsonb_array_elements_text(a.definition_ids) definition
    join insights.usage recording on recording.source_id = a.conversation_id
      and recording.subject_id = '${subjects.transcription}' and recording.transcribed_ms is not null
    where a.hour >= $1 and a.hour < $2`;

/** What was transcribed, by the hour; no later than the hour of its row. */
const transcribedHours = `
  select project_id, kind, subject_id, heard.hour::timestamptz as hour, heard.ms::float8 as ms
    from insights.usage cross join lateral jsonb_each_text(transcribed_ms) as heard(hour, ms)
    where insights.usage.hour >= $1`;

/** Amounts are summed; a recording counts once in each row that one of its answers belongs into. */
function statement(groups: readonly UsageGroup[]): string {
  const columns = groups.flatMap((group) => Object.entries(columnsOf[group]));
  const names = columns.map(([name]) => name);
  const selected = columns.map(([name, expression]) => `${expression} as ${name}, `).join('');
  const order = names.join(', ');
  return `select ${[...names, ...sums].join(', ')} from (
      select ${selected} calls, input_tokens, output_tokens, cost_micros, 0 as transcribed_ms, 0 as answered_ms
        from insights.usage where hour >= $1 and hour < $2
      union all
      select ${selected} 0, 0, 0, 0, ms, 0 from (${transcribedHours}) heard where hour >= $1 and hour < $2
      union all
      select ${selected} 0, 0, 0, 0, 0, max(prepared_ms) from (${answeredCells}) cells
        group by ${['conversation_id', ...columns.map(([, expression]) => expression)].join(', ')}
    ) amounts ${order && `group by ${order} order by ${order}`}`;
}

const nothing: UsageView = {
  ...{ day: null, projectId: null, kind: null, subjectId: null },
  ...{ calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0, transcribedMinutes: 0, answeredMinutes: 0 },
};

const invalidPeriod = (): HarmonyError =>
  new HarmonyError('INVALID_INPUT', {
    errors: [{ pointer: '/to', detail: `A period ends after it begins, and has at most ${maximumDays} days.` }],
  });
