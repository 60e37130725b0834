import { causeOf, requirePrincipal, type RequestContext } from '@harmony/access';
import type { LogPosition } from '@harmony/event-store';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideAbort } from '../domain/upload.js';
import { inStore, UploadStreams } from './upload-streams.js';

/** Stops an upload for good; its conversation goes with it. */
@Injectable()
export class AbortUpload {
  constructor(
    private readonly uploads: UploadStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HarmonyError NOT_FOUND, also the second time; UPLOAD_ENDED for one that is over: delete the conversation */
  async execute(id: string, request: RequestContext): Promise<LogPosition> {
    const upload = await this.uploads.find(id, requirePrincipal(request));
    if (upload.outcome !== 'OPEN') throw new HarmonyError('UPLOAD_ENDED');
    // The parts go first: were the events first, a store that is down would leave parts that nobody knows of.
    await this.objects.abortUpload(inStore(upload));
    const cause = causeOf(request, this.clock);
    const aborted = await this.uploads.change(id, cause, { decision: 'aborted' }, (current) =>
      decideAbort(current, id),
    );
    if (!aborted) throw new HarmonyError('UPLOAD_ENDED');
    return aborted.position;
  }
}
