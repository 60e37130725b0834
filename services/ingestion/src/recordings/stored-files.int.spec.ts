import { FolderObjectStore } from '@harmony/object-store';
import { OBJECT_STORE } from '@harmony/runtime';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Inject, Module, Req, Res, type INestApplication, type StreamableFile } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoredFiles, type FileRequest, type FileResponse, type StoredFile } from './stored-files.js';

const bytes = randomBytes(200_000);
const key = 'workspace/conversations/id/rendition.m4a';
let folder: string;
let application: INestApplication;
let url: string;
let file: StoredFile;

@Controller()
class FileController {
  constructor(@Inject(StoredFiles) private readonly files: StoredFiles) {}

  @Get('file')
  answer(@Req() request: FileRequest, @Res({ passthrough: true }) response: FileResponse): Promise<StreamableFile> {
    return this.files.answer(file, request, response);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stored-files-'));
  const objects = await FolderObjectStore.open(folder);
  const { sha256 } = await objects.put(key, bytes, { contentType: 'audio/mp4' });
  file = { object: { key, bytes: bytes.length, sha256 }, mediaType: 'audio/mp4', fileName: 'rendition.m4a' };
  @Module({ controllers: [FileController], providers: [StoredFiles, { provide: OBJECT_STORE, useValue: objects }] })
  class FileModule {}
  application = await NestFactory.create(FileModule, { logger: false });
  await application.listen(0, '127.0.0.1');
  url = `${await application.getUrl()}/file`;
});
afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true });
});

async function got(headers: Record<string, string> = {}, method = 'GET'): Promise<[Response, Buffer]> {
  const response = await fetch(url, { headers, method });
  return [response, Buffer.from(await response.arrayBuffer())];
}

describe('a stored file over HTTP', () => {
  it('comes whole, and says that it takes ranges', async () => {
    const [{ status, headers }, body] = await got();
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('content-type')).toBe('audio/mp4');
    expect(headers.get('content-length')).toBe('200000');
    expect(headers.get('content-disposition')).toBe('inline; filename="rendition.m4a"');
    expect(headers.get('etag')).toBe(`"${file.object.sha256}"`);
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=150000-', 150_000, 199_999],
    ['bytes=-1', 199_999, 199_999],
    ['bytes=199999-300000', 199_999, 199_999],
  ])('comes in part for %s', async (Range, start, end) => {
    const [{ status, headers }, body] = await got({ Range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end}/200000`);
    expect(headers.get('content-length')).toBe(String(end - start + 1));
    expect(body.equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it('says how long it is when a range begins behind its end', async () => {
    const [{ status, headers }] = await got({ Range: 'bytes=200000-' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.get('content-range')).toBe('bytes */200000');
  });

  it('goes on where a download stopped, unless it changed meanwhile', async () => {
    const [going] = await got({ Range: 'bytes=5-', 'If-Range': `"${file.object.sha256}"` });
    const [anew, whole] = await got({ Range: 'bytes=5-', 'If-Range': '"another"' });
    expect([going.status, anew.status, whole.length]).toEqual([206, 200, 200_000]);
  });

  it('is not sent again to who has it', async () => {
    const [{ status }, body] = await got({ 'If-None-Match': `"${file.object.sha256}"` });
    expect([status, body.length]).toEqual([304, 0]);
  });

  it('tells its length without being read', async () => {
    const [{ status, headers }, body] = await got({}, 'HEAD');
    expect([status, headers.get('content-length'), body.length]).toEqual([200, '200000', 0]);
  });
});
