import { HarmonyError, type StoredObject } from '@harmony/contracts';
import type { ObjectStore } from '@harmony/object-store';
import { OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { requestedRange } from './requested-range.js';

export interface StoredFile {
  readonly object: StoredObject;
  readonly mediaType: string;
  /** That a browser may save it under. */
  readonly fileName: string;
}

export type FileRequest = Pick<Request, 'method' | 'get'>;
export type FileResponse = Pick<Response, 'status' | 'setHeader'>;

/** Answers with stored objects as HTTP serves files: stretches of them, and only what the caller has not got yet. */
@Injectable()
export class StoredFiles {
  constructor(@Inject(OBJECT_STORE) private readonly objects: ObjectStore) {}

  /** @throws HarmonyError RANGE_NOT_SATISFIABLE; OBJECT_NOT_FOUND, OBJECT_STORE_UNAVAILABLE */
  async answer(
    { object, mediaType, fileName }: StoredFile,
    request: FileRequest,
    response: FileResponse,
  ): Promise<StreamableFile> {
    const { key, bytes, sha256 } = object;
    const etag = `"${sha256}"`;
    response.setHeader('Accept-Ranges', 'bytes');
    response.setHeader('ETag', etag);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (hasIt(request.get('If-None-Match'), etag)) return nothing(response);
    const headers = { range: request.get('Range'), ifRange: request.get('If-Range') };
    const range = requestedRange(headers, { bytes, etag });
    if (range === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${bytes}`);
      throw new HarmonyError('RANGE_NOT_SATISFIABLE');
    }
    const part = range === 'whole' ? undefined : range;
    const body = request.method === 'HEAD' ? Readable.from([]) : await this.objects.get(key, part);
    if (part) {
      response.status(206);
      response.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${bytes}`);
    }
    const length = part ? part.end - part.start + 1 : bytes;
    return new StreamableFile(body, { type: mediaType, length, disposition: `inline; filename="${fileName}"` });
  }
}

const hasIt = (ifNoneMatch = '', etag: string): boolean =>
  ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

function nothing(response: FileResponse): StreamableFile {
  response.status(304);
  return new StreamableFile(Readable.from([]));
}
