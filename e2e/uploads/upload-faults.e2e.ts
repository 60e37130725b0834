import { describeReachable, startTcpProxy, wavOf, type TcpProxy } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { startHarmony, type RunningHarmony } from '../support/running-harmony.js';
import { mountDisk, unmountDisk } from '../support/small-disk.js';
import {
  completeUpload,
  cutPart,
  digestOf,
  getUpload,
  partOf,
  post,
  putPart,
  sha256Of,
  startUpload,
  type Upload,
} from '../support/uploads.js';

const partBytes = 16 * 1024 * 1024;
const megabyte = 1024 * 1024;
/** Three parts. */
const recording = wavOf(2 * partBytes + 5_000);

const put = (access: Access, upload: Upload, number: number) => {
  const part = partOf(recording, upload, number);
  return putPart(access, upload.parts[number - 1]?.url ?? '', part, digestOf(part));
};
const receivedOf = async (access: Access, { id }: Upload): Promise<number[]> =>
  (await getUpload(access, id)).parts.filter(({ received }) => received).map(({ number }) => number);

describe('kill -9 of the whole process in the middle of a part', () => {
  let harmony: HarmonyProcess;
  afterAll(() => harmony.stop());

  it('keeps the parts that had arrived, and the upload goes on after the restart', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-upload-crash-'));
    harmony = await startHarmonyProcess({ dataDirectory });
    let access = withKey(harmony.url, harmony.apiKey);
    const upload = await startUpload(access, recording.length);
    expect(await put(access, upload, 1)).toMatchObject({ status: 200 });
    await cutPart(access, upload.parts[1]?.url ?? '', partOf(recording, upload, 2), 7 * megabyte, () =>
      harmony.kill9(),
    );

    harmony = await startHarmonyProcess({ dataDirectory, port: Number(new URL(harmony.url).port) });
    access = withKey(harmony.url, harmony.apiKey);
    expect(await receivedOf(access, upload)).toEqual([1]);
    for (const number of [2, 3]) expect(await put(access, upload, number)).toMatchObject({ status: 200 });
    expect(await completeUpload(access, upload.id, { sha256: sha256Of(recording) })).toMatchObject({
      status: 200,
      body: { state: 'RECEIVED' },
    });
  }, 180_000);

  it('holds memory flat whatever the size, in parts and in one form', async () => {
    const access = withKey(harmony.url, harmony.apiKey);
    const size = 400 * megabyte;
    const upload = await startUpload(access, size);
    const memory = (): number =>
      Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${harmony.child.pid}/status`, 'utf8'))?.[1]) / 1024;
    const part = Buffer.concat([wavOf(partBytes)]);
    await putPart(access, upload.parts[0]?.url ?? '', part);
    const before = memory();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, memory())), 50);
    for (const { number, bytes, url } of upload.parts) {
      if (number > 1) expect(await putPart(access, url, part.subarray(0, bytes))).toMatchObject({ status: 200 });
    }
    expect(await completeUpload(access, upload.id)).toMatchObject({ status: 200 });
    const form = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n');
      for (let sent = 0; sent < size; sent += part.length) yield part;
      yield Buffer.from('\r\n--x--\r\n');
    };
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect(await post(access, '/v1/conversations/upload', headers, form())).toMatchObject({ status: 202 });
    clearInterval(watch);
    expect(peak - before).toBeLessThan(150);
  }, 300_000);
});

const dataDirectory = mkdtempSync(join(tmpdir(), 'harmony-upload-full-'));
const objects = join(dataDirectory, 'objects');
mkdirSync(objects);
const mounted = mountDisk(objects, 24);
const describeOnSmallDisk = mounted ? describe : describe.skip;
const reason = mounted ? '' : ' (skipped: mounting a tmpfs is not allowed here)';

describeOnSmallDisk(`a disk that is full${reason}`, () => {
  let harmony: RunningHarmony;
  beforeAll(async () => {
    harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
  }, 120_000);
  afterAll(async () => {
    await harmony.stop();
    unmountDisk(objects);
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('refuses a part with 507, keeps the others, and takes it as soon as there is space, without a restart', async () => {
    const { admin } = await harmony.workspace('Small');
    const upload = await startUpload(admin, recording.length);
    expect(await put(admin, upload, 1)).toMatchObject({ status: 200 });
    expect(await put(admin, upload, 2)).toMatchObject({ status: 507, body: { code: 'STORAGE_FULL' } });
    expect(await receivedOf(admin, upload)).toEqual([1]);
    expect(await completeUpload(admin, upload.id)).toMatchObject({ body: { code: 'UPLOAD_INCOMPLETE' } });
    mountDisk(objects, 200, ['remount']);
    for (const number of [2, 3]) expect(await put(admin, upload, number)).toMatchObject({ status: 200 });
    expect(await completeUpload(admin, upload.id, { sha256: sha256Of(recording) })).toMatchObject({ status: 200 });
  });
});

await describeReachable('minio', 'a MinIO that goes away', (server) => {
  let proxy: TcpProxy;
  let harmony: RunningHarmony;
  beforeAll(async () => {
    const { hostname, port } = new URL(server.endpoint);
    proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    harmony = await startHarmony({
      S3_ENDPOINT: `http://${proxy.host}:${proxy.port}`,
      S3_BUCKET: `uploads-${randomUUID()}`,
      S3_ACCESS_KEY: server.accessKey,
      S3_SECRET_KEY: server.secretKey,
    });
  }, 120_000);
  afterAll(async () => {
    proxy.set({ kind: 'pass' });
    await harmony.stop();
    await proxy.close();
  });

  it('takes parts at addresses of its own, past us', async () => {
    const { admin } = await harmony.workspace('Past');
    const upload = await startUpload(admin, recording.length);
    for (const { url } of upload.parts) expect(url.startsWith(`http://${proxy.host}:${proxy.port}/`)).toBe(true);
    for (const number of [2, 3, 1]) expect(await put(admin, upload, number)).toMatchObject({ status: 200 });
    expect(await getUpload(admin, upload.id)).toMatchObject({ state: 'FINISHING' });
    expect(await completeUpload(admin, upload.id, { sha256: sha256Of(recording) })).toMatchObject({ status: 200 });
  });

  it('answers 503 meanwhile, loses no part, and goes on as soon as it is back', async () => {
    const { admin } = await harmony.workspace('Away');
    const upload = await startUpload(admin, recording.length);
    expect(await put(admin, upload, 1)).toMatchObject({ status: 200 });
    proxy.set({ kind: 'cut' });
    const away = { status: 503, body: { code: 'OBJECT_STORE_UNAVAILABLE' } };
    const throughUs = `/v1/uploads/${upload.id}/parts/2`;
    expect(await putPart(admin, throughUs, partOf(recording, upload, 2))).toMatchObject(away);
    expect(await completeUpload(admin, upload.id)).toMatchObject(away);
    proxy.set({ kind: 'pass' });
    expect(await receivedOf(admin, upload)).toEqual([1]);
    expect(await putPart(admin, throughUs, partOf(recording, upload, 2))).toMatchObject({ status: 200 });
    expect(await put(admin, upload, 3)).toMatchObject({ status: 200 });
    expect(await completeUpload(admin, upload.id, { sha256: sha256Of(recording) })).toMatchObject({ status: 200 });
  });
});
