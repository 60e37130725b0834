import type { Access, Principal } from '@harmony/access';
import type { Clock } from '@harmony/kernel';
import { ACCESS, CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { requireContent } from '../domain/export.js';
import { ExportStreams } from '../streams/export-streams.js';

/** Says of a file what it is, signed: whoever is handed both can check that Harmony made it so (B10). */
@Injectable()
export class SignExport {
  constructor(
    private readonly exports: ExportStreams,
    @Inject(ACCESS) private readonly access: Pick<Access, 'fileSigner'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Also of a file that has expired: what it was is in the log.
   * @returns a compact JWS with the file's SHA-256, size and rows, what was asked for, by whom, and when
   * @throws HarmonyError UNKNOWN_EXPORT, also for somebody else's; EXPORT_NOT_READY, EXPORT_CANCELLED, and what it failed with
   */
  async execute(id: string, principal: Principal): Promise<string> {
    const found = await this.exports.find(id, principal);
    const { workspaceId, requester, requested, requestedAt, completedAt } = found;
    const { content, rowCount } = found.completed ?? requireContent(found, this.clock.now());
    const { bytes, sha256 } = content;
    const { kind, id: requesterId } = requester;
    const requestedBy = { kind, id: requesterId };
    const { request, fileName } = requested;
    const facts = { workspaceId, fileName, bytes, rowCount, requestedAt, completedAt, requestedBy, request };
    return this.access.fileSigner.sign({ id: found.id, sha256, facts });
  }
}
