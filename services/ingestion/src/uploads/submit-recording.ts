import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { errorKind, HarmonyError, type StoredObject } from '@harmony/contracts';
import { fact } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import { OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { ConversationStreams } from '../streams/conversation-streams.js';
import {
  conversationIdOf,
  RecordSubmission,
  requirePresent,
  type NewConversation,
  type SubmittedConversation,
} from '../submit-conversation/record-submission.js';
import { submissionOf } from './form-fields.js';
import { readForm } from './recording-form.js';
import { headBytes, RecogniseRecording, type Recognised } from './recognise-recording.js';
import { checkRecordingBytes, maximumRecordingBytes, recordingKey } from './recording-limits.js';
import { recordingContentType } from './upload-streams.js';

interface StoredRecording extends Recognised {
  readonly fileName: string;
  readonly recording: StoredObject;
}

/** More than a form needs beside its file. */
const formBytes = 5 * 1024 * 1024;

/** Takes a recording and its form in one request, straight into the object store. */
@Injectable()
export class SubmitRecording {
  constructor(
    private readonly conversations: ConversationStreams,
    private readonly submission: RecordSubmission,
    private readonly recognition: RecogniseRecording,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /**
   * The same command gives the same conversation, and then the body is not looked at.
   * @throws HarmonyError MISSING_REQUIRED_FIELDS, FILE_TOO_LARGE, NOT_A_RECORDING, or of the form; nothing is kept then
   */
  async execute(body: IncomingMessage, request: RequestContext): Promise<SubmittedConversation> {
    const { workspaceId } = requirePrincipal(request);
    requirePermission(requirePrincipal(request), 'conversations', 'create');
    const contentLength = Number(body.headers['content-length'] ?? 0);
    if (contentLength > maximumRecordingBytes + formBytes) throw new HarmonyError('FILE_TOO_LARGE');
    const conversationId = conversationIdOf(request);
    const { state, position } = await this.conversations.load(conversationId);
    if (state) requirePresent(state);
    if (state && position) return { conversationId, status: state.status, position };
    const key = recordingKey(workspaceId, conversationId);
    try {
      const { fields, file } = await readForm(body, (stream, name) => this.store(key, stream, name));
      if (!file) throw missingFile();
      return await this.record(conversationId, file, fields, request);
    } catch (error) {
      // What passes by itself may be repeated, or recorded although the answer was lost; a line that was cut is neither.
      if (errorKind(error) !== 'retriable') await this.discard(conversationId, key);
      throw error;
    }
  }

  private record(
    conversationId: string,
    { fileName, recording, ...recognised }: StoredRecording,
    fields: ReadonlyMap<string, readonly string[]>,
    request: RequestContext,
  ): Promise<SubmittedConversation> {
    const named = { conversationId, fileName: fileName || null };
    const received = fact('RecordingReceived', { ...named, ...recognised, recording, via: 'UPLOAD' });
    const wanted: NewConversation = {
      conversationId,
      source: 'RECORDING',
      form: submissionOf(fields),
      title: fileName || 'Recording',
      content: null,
      following: [received],
    };
    return this.submission.execute(wanted, request);
  }

  /** Looks at the beginning before anything is stored. */
  private async store(key: string, file: Readable, name: string): Promise<StoredRecording> {
    const rest = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const head = await readHead(rest);
    checkRecordingBytes(head.length);
    const recognised = await this.recognition.byHead(head);
    const whole = Readable.from(joined(head, rest), { objectMode: false });
    const options = { contentType: recordingContentType, maximumBytes: maximumRecordingBytes };
    const { bytes, sha256 } = await this.objects.put(key, whole, options).catch((error: unknown) => {
      const isTooLarge = error instanceof HarmonyError && error.code === 'PAYLOAD_TOO_LARGE';
      throw isTooLarge ? new HarmonyError('FILE_TOO_LARGE', { cause: error }) : error;
    });
    return { ...recognised, fileName: plain(name), recording: { key, bytes, sha256 } };
  }

  /** An earlier request of the same command may have been recorded after all. */
  private async discard(conversationId: string, key: string): Promise<void> {
    const { state } = await this.conversations.load(conversationId);
    if (!state) await this.objects.delete(key);
  }
}

const missingFile = (): HarmonyError =>
  new HarmonyError('MISSING_REQUIRED_FIELDS', {
    errors: [{ pointer: '/file', detail: 'The file is required.', code: 'MISSING_REQUIRED_FIELDS' }],
  });

/** As a title it must be text that every reader can show. */
const plain = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Surrogate}]/gu, ' ')
    .trim()
    .slice(0, 300);

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let bytes = 0; bytes < headBytes; bytes += pieces.at(-1)?.length ?? 0) {
    const next = await chunks.next();
    if (next.done) break;
    pieces.push(next.value);
  }
  return Buffer.concat(pieces);
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
