import type { Principal } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { exportRequest, type ExportFormat } from '@harmony/contracts';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { attachment } from '../domain/file-name.js';
import { DownloadExport } from '../download/download-export.js';
import { StreamExport } from '../start/stream-export.js';
import { mediaTypes } from '../write/file.js';

const formats: Readonly<Record<string, ExportFormat>> = { 'text/csv': 'CSV', 'application/x-ndjson': 'JSONL' };

/** Files as answers of HTTP. */
@Injectable()
export class FileAnswer {
  constructor(
    private readonly streaming: StreamExport,
    private readonly downloads: DownloadExport,
  ) {}

  /**
   * The file itself, where the caller asks for one and it is small enough. A repeat by key must be answered as the
   * first request was, so that one gets the export.
   */
  async atOnce(
    principal: Principal,
    body: unknown,
    http: Request,
    response: Response,
  ): Promise<StreamableFile | undefined> {
    const accepted = http.accepts('application/json', ...Object.keys(formats));
    const format = formats[accepted || ''];
    if (!format || http.get('Idempotency-Key') !== undefined) return undefined;
    const wanted = parseInput(exportRequest, isObject(body) ? { ...body, format } : body);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const streamed = await this.streaming.open(principal, wanted, gone.signal);
    if (!streamed) return undefined;
    response.status(200);
    return new StreamableFile(streamed.bytes, { type: mediaTypes[format], disposition: attachment(streamed.fileName) });
  }

  /** @throws HarmonyError as {@link DownloadExport} does */
  async stored(
    id: string,
    { query, principal }: { readonly query: unknown; readonly principal: Principal | undefined },
    http: Request,
    response: Response,
  ): Promise<StreamableFile> {
    const download = await this.downloads.execute(id, query, principal);
    const { fileName, mediaType: type, bytes: length, sha256 } = download;
    response.setHeader('ETag', `"${sha256}"`);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const body = http.method === 'HEAD' ? Readable.from([]) : await download.open();
    return new StreamableFile(body, { type, length, disposition: attachment(fileName) });
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
