import { requirePermission, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { CLOCK, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
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
}

export interface SpendingView {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicros: number;
}

const columnsOf: Readonly<Record<UsageGroup, readonly string[]>> = {
  DAY: [`date_trunc('day', hour, 'UTC') as day`],
  PROJECT: [`nullif(project_id, '') as "projectId"`],
  DEFINITION: ['kind', `case when kind in ('DEFINITION', 'CRITERION') then subject_id end as "subjectId"`],
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

  /** One row for each combination that cost something. @throws HarmonyError INVALID_INPUT for a period that is none. */
  async of(principal: Principal, { from, to }: UsagePeriod, groupBy: readonly UsageGroup[]): Promise<UsageView[]> {
    requirePermission(principal, 'usage', 'read', 'all');
    const days = (to.getTime() - from.getTime()) / dayMs;
    if (!(days > 0 && days <= maximumDays)) throw invalidPeriod();
    const groups = usageGroups.filter((group) => groupBy.includes(group)).flatMap((group) => columnsOf[group]);
    const places = groups.map((_, index) => index + 1).join(', ');
    const columns = [...groups, ...sums].join(', ');
    const rows = await this.database.query<Partial<UsageView>>(
      principal.workspaceId,
      `select ${columns} from insights.usage where hour >= $1 and hour < $2
        ${groups.length > 0 ? `group by ${places} order by ${places}` : ''}`,
      [from, to],
    );
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
];

const nothing: UsageView = {
  ...{ day: null, projectId: null, kind: null, subjectId: null },
  ...{ calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0, transcribedMinutes: 0 },
};

const invalidPeriod = (): HarmonyError =>
  new HarmonyError('INVALID_INPUT', {
    errors: [{ pointer: '/to', detail: `A period ends after it begins, and has at most ${maximumDays} days.` }],
  });
