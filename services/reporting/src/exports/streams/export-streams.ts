import { isUuid, type Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolveExport, type Export } from '../domain/export.js';

/** Exports in the event store. */
@Injectable()
export class ExportStreams extends StateStreams<Export> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.export, evolve: evolveExport });
  }

  /**
   * For whoever asked for it: not for others, whatever they may see otherwise, since it holds what its requester may read.
   * @throws HarmonyError UNKNOWN_EXPORT
   */
  async find(id: string, { workspaceId, id: requesterId }: Principal): Promise<Export> {
    const found = isUuid(id) ? (await this.load(id)).state : undefined;
    const isOwn = found?.workspaceId === workspaceId && found.requested.requestedBy === requesterId;
    if (!found || !isOwn) throw new HarmonyError('UNKNOWN_EXPORT');
    return found;
  }
}
