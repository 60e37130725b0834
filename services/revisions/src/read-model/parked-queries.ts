import type { Principal } from '@harmony/access';
import { batchLoader } from '@harmony/api';
import { streamPrefixes, streams } from '@harmony/contracts';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { nothingParked, type Parked } from '../domain/decide.js';
import { revisionReadModels } from './read-models.js';

interface ParkedRow extends Parked {
  readonly revisionId: string;
}

const ofConversation = `^(?:${streamPrefixes.conversation}|${streamPrefixes.insights})([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`;

/**
 * Begins at what is parked, which is next to nothing, and looks each conversation up by its key: it takes no longer for a
 * revision of many conversations.
 */
const parkedStreams = `
  select r.id as "revisionId", count(distinct p.stream_id)::int as streams,
         array_agg(distinct p.projection order by p.projection) as "readModels"
    from (select projection, stream_id,
                 (select c.revision_ids from revisions.conversations c
                   where c.conversation_id = substring(stream_id from '${ofConversation}')::uuid) as revision_ids
            from projections.parked where projection = any($2)) p
    join revisions.revisions r on r.id = any($1::uuid[])
     and (p.stream_id = '${streams.revisions('')}' || r.project_id
       or not $3 and (p.revision_ids @> array[r.id]
                      or p.stream_id in ('${streams.project('')}' || r.project_id, '${streams.revisionPlan('')}' || r.id)))
   group by r.id`;

/** Finds streams of revisions that wait in a read model (ADR 129). Their bookkeeping is the worker's to read: it has no workspace. */
@Injectable()
export class ParkedQueries {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  /** Of a revision that the reader was found to be allowed to see; for many of them in one query. */
  readonly byId = batchLoader<Principal, Parked>((_principal, ids) => this.byIds(ids));

  async of(revisionId: string): Promise<Parked> {
    return (await this.byIds([revisionId])).get(revisionId) ?? nothingParked;
  }

  /** Only of the stream that says which revision of its project is live. */
  async ofFlips(revisionId: string): Promise<Parked> {
    return (await this.byIds([revisionId], true)).get(revisionId) ?? nothingParked;
  }

  private async byIds(ids: readonly string[], isOfFlips = false): Promise<Map<string, Parked>> {
    const { rows } = await this.pool.query<ParkedRow>({
      ...{ name: 'revisions-parked-streams', text: parkedStreams, values: [ids, revisionReadModels, isOfFlips] },
    });
    return new Map(rows.map(({ revisionId, ...parked }) => [revisionId, parked]));
  }
}
