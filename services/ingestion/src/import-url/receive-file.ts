import { HarmonyError, type StoredObject } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import type { Outbound } from '@harmony/outbound';
import { OBJECT_STORE, OUTBOUND } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { removeObjects } from '../deletion/remove-objects.js';
import { maximumTextBytes } from '../domain/submission-text.js';
import { headBytes, RecogniseRecording, type Recognised } from '../uploads/recognise-recording.js';
import { recordingKey } from '../uploads/recording-limits.js';
import { recordingContentType } from '../uploads/upload-streams.js';
import { fetching } from './fetch-limits.js';
import { nameOf } from './file-name.js';
import { textKindOf, type TextKind } from './transcript-file.js';
import { fileNameOf, type OpenFetch } from './url-fetch.js';

type Format = Exclude<TextKind, 'PAGE'>;

const textFiles: Readonly<Record<Format, { readonly name: string; readonly contentType: string }>> = {
  TEXT: { name: 'transcript.txt', contentType: 'text/plain' },
  STRUCTURED: { name: 'transcript.json', contentType: 'application/json' },
  SRT: { name: 'transcript.srt', contentType: 'application/x-subrip' },
  VTT: { name: 'transcript.vtt', contentType: 'text/vtt' },
};

/** Brings the file of a link into the object store and says what it is. */
@Injectable()
export class ReceiveFile {
  constructor(
    private readonly recognition: RecogniseRecording,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
  ) {}

  /**
   * The fact to record. Harmless to repeat: the same objects are written again. Nothing is kept of a file that is
   * refused.
   * @throws HarmonyError as a download does, URL_NOT_ACCESSIBLE for a page, NOT_A_RECORDING for what is neither a
   * recording nor a transcript, PAYLOAD_TOO_LARGE for a transcript of more than 10 MB
   */
  async execute(fetch: OpenFetch, workspaceId: string, signal: AbortSignal): Promise<Fact> {
    const key = keyIn(workspaceId, fetch);
    try {
      const { body } = await this.outbound.client.download(fetch.url, { ...fetching, signal });
      const { bytes, sha256 } = await this.objects.put(key, body, { contentType: recordingContentType });
      return await this.recognised(fetch, { key, bytes, sha256 });
    } catch (error) {
      if (error instanceof HarmonyError && error.kind === 'rejected') await this.objects.delete(key);
      throw error;
    }
  }

  /** Takes everything away that was received for this asking. */
  async discard(fetch: OpenFetch, workspaceId: string): Promise<void> {
    const names = ['recording', ...Object.values(textFiles).map(({ name }) => name)];
    for (const name of names) await this.objects.delete(keyIn(workspaceId, fetch, name));
  }

  /** Takes everything away of a conversation that is gone. */
  discardAll(
    conversationId: string,
    { workspaceId, signal }: Pick<JobContext, 'workspaceId' | 'signal'>,
  ): Promise<void> {
    return removeObjects(this.objects, folderOf(workspaceId, conversationId), signal);
  }

  private async recognised(fetch: OpenFetch, stored: StoredObject): Promise<Fact> {
    const head = await buffer(await this.objects.get(stored.key, { start: 0, end: headBytes - 1 }));
    const recognised = await this.recognition.byHead(head).catch(noRecording);
    if (recognised) return recordingReceived(fetch, stored, recognised);
    const kind = textKindOf(head);
    if (kind === 'PAGE') throw new HarmonyError('URL_NOT_ACCESSIBLE');
    if (!kind) throw new HarmonyError('NOT_A_RECORDING');
    const content = await this.asTranscript(fetch, stored, kind);
    return fact('TranscriptReceived', { conversationId: fetch.conversationId, content, format: kind });
  }

  private async asTranscript(fetch: OpenFetch, stored: StoredObject, format: Format): Promise<StoredObject> {
    if (stored.bytes > maximumTextBytes) {
      throw new HarmonyError('PAYLOAD_TOO_LARGE', { detail: 'A transcript may have 10 MB.' });
    }
    const { name, contentType } = textFiles[format];
    const key = `${stored.key.slice(0, stored.key.lastIndexOf('/'))}/${fileNameOf(name, fetch)}`;
    await this.objects.put(key, await this.objects.get(stored.key), { contentType, expectedSha256: stored.sha256 });
    await this.objects.delete(stored.key);
    return { ...stored, key };
  }
}

/** Everything of a conversation lies below its own prefix; what an earlier asking got stays where it is. */
function keyIn(workspaceId: string, fetch: OpenFetch, name = 'recording'): string {
  return `${folderOf(workspaceId, fetch.conversationId)}${fileNameOf(name, fetch)}`;
}

const folderOf = (workspaceId: string, conversationId: string): string =>
  recordingKey(workspaceId, conversationId).replace(/[^/]+$/, '');

const recordingReceived = ({ conversationId, url }: OpenFetch, recording: StoredObject, recognised: Recognised): Fact =>
  fact('RecordingReceived', { conversationId, recording, fileName: nameOf(new URL(url)), ...recognised, via: 'URL' });

function noRecording(error: unknown): undefined {
  if (!(error instanceof HarmonyError && error.code === 'NOT_A_RECORDING')) throw error;
}
