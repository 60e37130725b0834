import { HarmonyError, type StoredObject } from '@harmony/contracts';
import type { Media, PreparedRecording } from '@harmony/media';
import type { ObjectStore } from '@harmony/object-store';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PreparedRecordingData } from '../domain/transcription.js';

const wav = 'audio/wav';

export interface RecordingToPrepare {
  readonly recording: StoredObject;
  /** Of the keys under which what is made is stored. */
  readonly prefix: string;
  readonly signal: AbortSignal;
}

/** What was made of a recording, before it is part of its conversation. */
export type StoredPreparation = Omit<PreparedRecordingData, 'conversationId'>;

/** Makes and stores what a player and a speech engine need. @throws HarmonyError as reading, media and store do */
export const prepareStored = (
  media: Media,
  objects: ObjectStore,
  { recording, prefix, signal }: RecordingToPrepare,
): Promise<StoredPreparation> =>
  media.withDirectory(async (directory) => {
    const file = join(directory, 'recording');
    await fetchRecording(objects, recording, file, signal);
    return storePrepared(objects, prefix, await media.prepare(file, directory, signal));
  });

/** Copies a stored recording into a file. @throws HarmonyError CHECKSUM_MISMATCH unless it is the one that was received */
async function fetchRecording(
  objects: ObjectStore,
  { key, sha256 }: StoredObject,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  const hashed = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(await objects.get(key), hashed, createWriteStream(path), { signal });
  if (hash.digest('hex') !== sha256) {
    throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The stored recording is not the one that was received.' });
  }
}

/** Stores what was made of a recording beside it, under names that a repeat gives again. */
async function storePrepared(
  objects: ObjectStore,
  prefix: string,
  prepared: PreparedRecording,
): Promise<StoredPreparation> {
  const put = async (name: string, path: string, contentType: string): Promise<StoredObject> => {
    const { key, bytes, sha256 } = await objects.put(`${prefix}${name}`, createReadStream(path), { contentType });
    return { key, bytes, sha256 };
  };
  const audio: PreparedRecordingData['audio'] = [];
  for (const { channel, path } of prepared.audio) {
    audio.push({ channel, object: await put(`audio/channel-${channel}.wav`, path, wav) });
  }
  const { durationMs, channels, container, codec, rendition, peaksPath } = prepared;
  const { mediaType } = rendition;
  return {
    ...{ durationMs, channels, container, codec, audio },
    peaks: await put('peaks.json', peaksPath, 'application/json'),
    rendition: { object: await put(basename(rendition.path), rendition.path, mediaType), mediaType },
  };
}
