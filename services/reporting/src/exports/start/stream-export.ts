import type { Principal } from '@harmony/access';
import type { ExportRequest } from '@harmony/contracts';
import type { Database, ScopedDatabase } from '@harmony/read-model';
import { CONNECT_READER, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { ExportSession } from '../write/export-session.js';
import { fileBytes } from '../write/file-bytes.js';
import { PrepareExport, type PreparedExport } from '../write/prepare-export.js';
import { isSmall } from './small.js';

/** Readers that take their time each hold a connection to the database. */
const maximumStreams = 4;

export interface StreamedFile {
  readonly fileName: string;
  readonly bytes: Readable;
}

/** Answers with a small file itself, which nobody has to come back for. */
@Injectable()
export class StreamExport {
  private streams = 0;

  constructor(
    private readonly preparation: PrepareExport,
    @Inject(CONNECT_READER) private readonly connectReader: Database['connectReader'],
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
  ) {}

  /**
   * Undefined for a file that is too large for that, and while too many others are being read.
   * @param signal ends the file, and what the database does for it
   * @throws HarmonyError of the preparation
   */
  async open(principal: Principal, request: ExportRequest, signal: AbortSignal): Promise<StreamedFile | undefined> {
    const prepared = await this.preparation.execute(principal, request, null);
    if (this.streams >= maximumStreams || !(await isSmall(this.database, prepared))) return undefined;
    this.streams += 1;
    try {
      const bytes = await this.bytesOf(prepared, signal);
      bytes.once('close', () => (this.streams -= 1));
      return { fileName: prepared.fileName, bytes };
    } catch (error) {
      this.streams -= 1;
      throw error;
    }
  }

  private async bytesOf(prepared: PreparedExport, signal: AbortSignal): Promise<Readable> {
    const session = await ExportSession.open(this.connectReader, signal);
    try {
      await session.enter(prepared.workspaceId);
      return fileBytes(prepared, session.copy(prepared)).once('close', () => void session.close());
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}
