import { comparePositions, type LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangedConversation, ProjectChange } from './report-change.js';

/** Who may read a conversation (D6). */
export interface ConversationOwnership {
  readonly ownerId: string;
  readonly createdBy: string;
  readonly teamId: string | null;
}

/** How far somebody has looked, and when that was. */
export interface Look {
  readonly position: LogPosition;
  readonly lookedAt: Date;
}

/** What changed in a workspace, project by project, and up to where. */
export interface WorkspaceChanges {
  readonly reached: LogPosition;
  readonly projects: readonly ProjectChange[];
}

interface ChangeRow {
  readonly project_id: string;
  readonly conversation_id: string | null;
  readonly definition_ids: readonly string[];
  readonly ownerships: readonly ConversationOwnership[];
  readonly major: string;
  readonly minor: string;
}

/** Finds what reports have to be read again for. */
@Injectable()
export class ChangeQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /**
   * What the read model learnt behind a position, as far as it concerns these projects. Who could read a conversation
   * before it changed hands after `lookedAt` hears of it once more.
   */
  async since(
    workspaceId: string,
    projectIds: readonly string[],
    { position: { major, minor }, lookedAt }: Look,
  ): Promise<WorkspaceChanges> {
    const parameters = [workspaceId, String(major), String(minor), projectIds, lookedAt.toISOString()];
    const rows = await this.database.query<ChangeRow>(workspaceId, changes, parameters);
    let reached: LogPosition = { major, minor };
    const found = new Map<string, { conversations: ChangedConversation[]; isProjectChanged: boolean }>();
    for (const row of rows) {
      const at = { major: BigInt(row.major), minor: BigInt(row.minor) };
      if (comparePositions(at, reached) > 0) reached = at;
      const project = found.get(row.project_id) ?? { conversations: [], isProjectChanged: false };
      found.set(row.project_id, project);
      if (row.conversation_id === null) project.isProjectChanged = true;
      else
        project.conversations.push({
          conversationId: row.conversation_id,
          definitionIds: row.definition_ids,
          ownerships: row.ownerships,
        });
    }
    return { reached, projects: [...found].map(([projectId, project]) => ({ projectId, ...project })) };
  }
}

const behind = (alias: string): string => `${alias}.workspace_id = $1::uuid
  and (${alias}.changed_major, ${alias}.changed_minor) > ($2::bigint, $3::bigint)`;

const place = (alias: string): string => `${alias}.changed_major as major, ${alias}.changed_minor as minor`;

/** Whose it is now, and whose it was before what changed after the fifth parameter's time. */
const ownerships = `case when k.is_deleted is distinct from false then '[]' else
  jsonb_build_array(jsonb_build_object('ownerId', k.owner_id, 'createdBy', k.created_by, 'teamId', k.team_id)) ||
  coalesce((select jsonb_agg(jsonb_build_object(
      'ownerId', coalesce(p -> 'was' ->> 'owner_id', k.owner_id::text), 'createdBy', k.created_by,
      'teamId', case when p -> 'was' ? 'team_id' then p -> 'was' ->> 'team_id' else k.team_id::text end))
    from jsonb_array_elements(k.past) p where (p ->> 'until')::timestamptz >= $5::timestamptz), '[]') end`;

/**
 * A revision that was never made live changes no report. A deleted conversation is of no project any more, so all of
 * them are told; whose it was is forgotten.
 */
const changes = `
  with shown as not materialized (
    select r.* from reporting.runs r
     where r.kind = 'PIPELINE' or exists (select from reporting.lives l where l.revision_id = r.revision_id)
  ), touched as (
    select c.project_id, c.conversation_id, c.definition_id, ${place('c')} from reporting.cells c
      join shown r using (conversation_id, run_id)
     where ${behind('c')} and c.project_id = any($4::uuid[])
    union all
    select s.project_id, s.conversation_id, null, ${place('s')} from reporting.scores s
      join shown r using (conversation_id, run_id)
     where ${behind('s')} and s.project_id = any($4::uuid[])
    union all
    select p.id, r.conversation_id, null, ${place('r')} from shown r, unnest(r.project_ids) p (id)
     where ${behind('r')} and p.id = any($4::uuid[])
    union all
    select p.id, k.conversation_id, null, ${place('k')} from reporting.conversations k
      join shown r using (conversation_id), unnest(r.project_ids) p (id)
     where ${behind('k')} and p.id = any($4::uuid[])
    union all
    select p.id, k.conversation_id, null, ${place('k')} from reporting.conversations k, unnest($4::uuid[]) p (id)
     where ${behind('k')} and k.is_deleted
    union all
    select q.id, null, null, ${place('q')} from reporting.projects q
     where ${behind('q')} and q.id = any($4::uuid[])
    union all
    select d.project_id, null, null, ${place('d')} from reporting.definitions d
     where ${behind('d')} and d.project_id = any($4::uuid[])
    union all
    select l.project_id, null, null, ${place('l')} from reporting.lives l
     where ${behind('l')} and l.project_id = any($4::uuid[])
  ), grouped as (
    select project_id, conversation_id,
           coalesce(array_agg(distinct definition_id) filter (where definition_id is not null), '{}') as definition_ids,
           (array_agg(major order by major desc, minor desc))[1] as major,
           (array_agg(minor order by major desc, minor desc))[1] as minor
      from touched group by project_id, conversation_id
  )
  select g.project_id, g.conversation_id, g.definition_ids, g.major, g.minor, ${ownerships} as ownerships
    from grouped g left join reporting.conversations k using (conversation_id)`;
