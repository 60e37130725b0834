import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { catalogue } from './catalogue/catalogue.js';
import { bytesOf, type Download, type Model } from './catalogue/model.js';
import { download } from './download/download.js';
import { tokensOf } from './install/tokens.js';
import { buildProgram } from './program.js';

const run = promisify(execFile);
const never = new AbortController().signal;
const content = randomBytes(300_000);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let server: Server;
let folder: string;
let files: Record<string, Buffer>;
/** Asked before each answer; true when it has answered. */
let fault: (request: IncomingMessage, response: ServerResponse) => boolean;
let ranges: (string | undefined)[];

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    if (fault(request, response)) return;
    const body = files[request.url ?? ''];
    if (!body) return void response.writeHead(404).end();
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200).end(body.subarray(start));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-model-tool-'));
  files = { '/model.onnx': content };
  ranges = [];
  fault = () => false;
});
afterEach(() => rm(folder, { recursive: true }));

const fileAt = (path: string, body = content): Download => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
  bytes: body.length,
  sha256: sha256(body),
});
const seen: number[] = [];
const get = (file: Download, signal = never): Promise<void> => {
  seen.length = 0;
  return download(file, join(folder, 'file'), { signal, progress: (bytes) => seen.push(bytes), pauseMs: 1 });
};
const stored = (): Promise<Buffer> => readFile(join(folder, 'file'));

/** The connection breaks when half of the file has arrived on the disk. */
function cutOnce(body: Buffer): typeof fault {
  let isCut = false;
  const half = body.subarray(0, body.length / 2);
  return (_, response) => {
    if (isCut) return false;
    isCut = true;
    response.writeHead(200, { 'content-length': body.length }).write(half);
    const arrived = async (): Promise<void> => expect((await stored()).length).toBe(half.length);
    void eventually(arrived).finally(() => response.destroy());
    return true;
  };
}

describe('a file is fetched', () => {
  it('whole, with its progress', async () => {
    await get(fileAt('/model.onnx'));
    expect((await stored()).equals(content)).toBe(true);
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
  });

  it('from where it was left after a cut connection', async () => {
    fault = cutOnce(content);
    await get(fileAt('/model.onnx'));
    expect((await stored()).equals(content)).toBe(true);
    expect(ranges).toEqual([undefined, `bytes=${content.length / 2}-`]);
  });

  it('from where an earlier run left it', async () => {
    await writeFile(join(folder, 'file'), content.subarray(0, 1_000));
    await get(fileAt('/model.onnx'));
    expect((await stored()).equals(content)).toBe(true);
    expect(ranges).toEqual(['bytes=1000-']);
  });

  it('not at all when it is there', async () => {
    await writeFile(join(folder, 'file'), content);
    await get(fileAt('/model.onnx'));
    expect(ranges).toEqual([]);
  });

  it('from its beginning when the server knows no ranges', async () => {
    await writeFile(join(folder, 'file'), content.subarray(0, 1_000));
    fault = (_, response) => Boolean(response.writeHead(200).end(content));
    await get(fileAt('/model.onnx'));
    expect((await stored()).equals(content)).toBe(true);
  });

  it('again after an answer that may pass', async () => {
    let answers = 0;
    fault = (_, response) => (answers += 1) < 3 && Boolean(response.writeHead(503).end());
    await get(fileAt('/model.onnx'));
    expect(answers).toBe(3);
  });
});

describe('a file is refused', () => {
  it.each([
    ['another of the same length', randomBytes(300_000)],
    ['a longer one', Buffer.concat([content, Buffer.alloc(10)])],
  ])('when the server has %s, and does not stay', async (_, other) => {
    files['/model.onnx'] = other;
    await expect(get(fileAt('/model.onnx'))).rejects.toThrow(/another file|more than/);
  });

  it('when what an earlier run left does not belong to it; the next run gets it', async () => {
    await writeFile(join(folder, 'file'), Buffer.alloc(2_000, 1));
    await expect(get(fileAt('/model.onnx'))).rejects.toThrow('another file');
    await get(fileAt('/model.onnx'));
    expect((await stored()).equals(content)).toBe(true);
  });

  it('when the server does not have it, or never sends anything', async () => {
    await expect(get(fileAt('/missing'))).rejects.toThrow('answers 404');
    fault = (_, response) => Boolean(response.destroy());
    await expect(get(fileAt('/model.onnx'))).rejects.toThrow('does not answer');
  });

  it('when the person has had enough', async () => {
    const stopping = new AbortController();
    fault = () => {
      stopping.abort();
      return true;
    };
    await expect(get(fileAt('/model.onnx'), stopping.signal)).rejects.toThrow();
  });
});

describe('the command', () => {
  const lines: string[] = [];
  const bars: number[] = [];
  const command = (models: readonly Model[], ...words: string[]): Promise<unknown> => {
    lines.length = 0;
    bars.length = 0;
    const bar = {
      start: (total: number) => bars.push(total),
      update: (at: number) => bars.push(at),
      stop: () => undefined,
    };
    return buildProgram({
      catalogue: models,
      directory: join(folder, 'models'),
      write: (line) => lines.push(line),
      bar: () => bar,
      signal: never,
    }).parseAsync(['node', 'models', ...words]);
  };

  /** An archive and a file beside it, as the models that tell speakers apart come. */
  async function twoParts(): Promise<Model> {
    await mkdir(join(folder, 'inside'));
    await writeFile(join(folder, 'inside', 'model.onnx'), 'the model');
    await writeFile(join(folder, 'inside', 'other.onnx'), 'not wanted');
    await run('tar', ['-cjf', join(folder, 'archive'), '-C', folder, 'inside']);
    const archive = await readFile(join(folder, 'archive'));
    files['/archive.tar.bz2'] = archive;
    return {
      ...{ name: 'two-parts', description: 'Two parts.', licence: 'MIT' },
      sources: [
        {
          kind: 'archive',
          download: fileAt('/archive.tar.bz2', archive),
          files: { 'segmentation.onnx': 'inside/model.onnx' },
        },
        { kind: 'file', download: fileAt('/model.onnx'), name: 'embedding.onnx' },
      ],
    };
  }

  it('installs all parts of a model under their names, and lists it', async () => {
    const model = await twoParts();
    await command([model], 'list');
    expect(lines[0]).toMatch(/^two-parts +0 MB {2}Two parts\. MIT\.$/);
    await command([model], 'install', 'two-parts');
    const place = join(folder, 'models', 'two-parts');
    expect((await readdir(place)).sort()).toEqual(['embedding.onnx', 'segmentation.onnx']);
    await expect(readFile(join(place, 'segmentation.onnx'), 'utf8')).resolves.toBe('the model');
    expect(bars[0]).toBe(bytesOf(model));
    expect(bars.at(-1)).toBe(bytesOf(model));
    await command([model], 'list');
    expect(lines[0]).toMatch(/^two-parts +installed /);
    await command([model], 'install', 'two-parts');
    expect(lines).toEqual(['two-parts is installed.']);
    await expect(readdir(join(folder, 'models', '.partial'))).resolves.toEqual([]);
  });

  it('leaves no half of a model behind, and fetches only the rest the next time', async () => {
    const model = await twoParts();
    files['/model.onnx'] = randomBytes(300_000);
    await expect(command([model], 'install', 'two-parts')).rejects.toThrow('another file');
    await command([model], 'list');
    expect(lines[0]).not.toContain('installed');
    files['/model.onnx'] = content;
    await command([model], 'install', 'two-parts');
    expect(lines[0]).toMatch('two-parts is installed.');
  });

  it('knows what it does not know', async () => {
    await expect(command([], 'install', 'nothing')).rejects.toThrow('No model is called nothing.');
  });
});

it('tokens are written as sherpa-onnx wants them', () => {
  const long = Buffer.alloc(300, 97);
  const tokenizer = Buffer.concat([Buffer.from([0, 2, 104, 105, 128 + (300 % 128), Math.floor(300 / 128)]), long]);
  expect(tokensOf(tokenizer).split('\n')).toEqual([' 0', 'aGk= 1', `${long.toString('base64')} 2`, '']);
  expect(() => tokensOf(Buffer.from([5, 1]))).toThrow('damaged');
});

it('the catalogue is complete', () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  for (const source of catalogue.flatMap(({ sources }) => sources)) {
    const checksums = source.kind === 'python-package' ? source.files : [source.download];
    for (const { sha256: sum } of checksums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
    if (source.kind !== 'python-package') expect(source.download.url).toMatch(/^https:/);
  }
});
