import type { Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { requireContent, type Export } from '../domain/export.js';
import { ExportStreams } from '../streams/export-streams.js';
import { mediaTypes } from '../write/file.js';
import { DownloadLinks } from './download-links.js';

export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  open(): Promise<Readable>;
}

/** Hands out files: to whoever asked for them, and to whoever has a link that is still good. */
@Injectable()
export class DownloadExport {
  constructor(
    private readonly exports: ExportStreams,
    private readonly links: DownloadLinks,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws HarmonyError UNAUTHENTICATED without link and principal, DOWNLOAD_LINK_INVALID, UNKNOWN_EXPORT,
   * EXPORT_NOT_READY, EXPORT_CANCELLED, EXPORT_EXPIRED
   */
  async execute(id: string, query: unknown, principal: Principal | undefined): Promise<Download> {
    const found = await this.find(id, query, principal);
    const { content } = requireContent(found, this.clock.now());
    const { fileName, request } = found.requested;
    const { key, bytes, sha256 } = content;
    return { fileName, mediaType: mediaTypes[request.format], bytes, sha256, open: () => this.objects.get(key) };
  }

  private async find(id: string, query: unknown, principal: Principal | undefined): Promise<Export> {
    const isLink = typeof query === 'object' && query !== null && 'signature' in query;
    if (!isLink) {
      if (!principal) throw new HarmonyError('UNAUTHENTICATED');
      return this.exports.find(id, principal);
    }
    await this.links.require(id, query);
    const { state } = await this.exports.load(id);
    if (!state) throw new HarmonyError('UNKNOWN_EXPORT');
    return state;
  }
}
