import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { samplesFrom } from '../audio/wav.js';
import { hearTones, type HeardTone } from './tones.js';

/** What goes wrong with one request. */
export type SpeechFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'answer'; readonly body: string };

export interface SpeechRequest {
  readonly authorization: string | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly bytes: number;
  readonly durationMs: number;
}

const wavHeaderBytes = 44;

/** An OpenAI-compatible server for tests: it understands tones, and fails when it is told to. */
export class SpeechServer {
  readonly requests: SpeechRequest[] = [];
  readonly faults: SpeechFault[] = [];
  /** Asked before each answer; for stopping something in the middle. */
  beforeAnswer: (request: SpeechRequest, index: number) => Promise<void> | void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SpeechServer> {
    const server = createServer();
    const speech = new SpeechServer(server);
    server.on('request', (request, response) => {
      // A client that is gone is no failure of the server.
      speech.#answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return speech;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(await buffer(request)), { headers }).formData();
    const file = form.get('file');
    const wav = file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
    const samples = samplesFrom(wav.subarray(wavHeaderBytes));
    const seen = {
      authorization: request.headers.authorization,
      fields: fieldsOf(form),
      bytes: wav.length,
      durationMs: samples.length / 16,
    };
    this.requests.push(seen);
    await this.beforeAnswer(seen, this.requests.length - 1);
    const fault = this.faults.shift();
    if (fault) return fail(response, fault);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(verboseJson(hearTones(samples), seen.durationMs)));
  }
}

function fail(response: ServerResponse, fault: SpeechFault): void {
  if (fault.kind === 'cut') response.destroy();
  else if (fault.kind === 'answer') response.end(fault.body);
  else if (fault.kind === 'status') response.writeHead(fault.status, { ...fault.headers }).end(fault.body ?? 'no');
}

function fieldsOf(form: FormData): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') fields[name] = [...(fields[name] ?? []), value];
  }
  return fields;
}

/** One segment for words that follow each other closely. */
function verboseJson(tones: readonly HeardTone[], durationMs: number): object {
  const segments: { id: number; start: number; end: number; text: string }[] = [];
  for (const { word, startMs, endMs } of tones) {
    const last = segments.at(-1);
    if (last && startMs / 1_000 - last.end < 0.5) {
      last.end = endMs / 1_000;
      last.text += ` ${word}`;
    } else {
      segments.push({ id: segments.length, start: startMs / 1_000, end: endMs / 1_000, text: ` ${word}` });
    }
  }
  return {
    task: 'transcribe',
    language: 'english',
    duration: durationMs / 1_000,
    text: tones.map(({ word }) => word).join(' '),
    segments,
    words: tones.map(({ word, startMs, endMs }) => ({ word, start: startMs / 1_000, end: endMs / 1_000 })),
  };
}
