import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordingColumn } from './recording-view.js';

type Prepared = NonNullable<RecordingColumn['prepared']>;

/** Finds what there is to listen to, for a person: the same rules as for the conversation itself. */
@Injectable()
export class RecordingQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /**
   * @throws HarmonyError NOT_FOUND for an unknown conversation, for one that the reader may not see, and for one
   * without a recording; RECORDING_NOT_READY until it is prepared
   */
  async prepared(principal: Principal, conversationId: string): Promise<Prepared> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const [row] = await this.database.query<{ readonly recording: RecordingColumn | null }>(
      principal.workspaceId,
      `select recording from ingestion.conversations where id = any($1::uuid[]) and ${scope.sql}`,
      [[conversationId].filter(isUuid), ...scope.parameters],
    );
    if (!row?.recording) throw new HarmonyError('NOT_FOUND');
    if (!row.recording.prepared) throw new HarmonyError('RECORDING_NOT_READY');
    return row.recording.prepared;
  }
}
