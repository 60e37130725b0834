import { z } from 'zod';
import { defineEvent } from '../definition.js';
import { conversationId, storedObject } from './shared.js';

const fileName = z.string().min(1).max(300);
const sha256 = z.string().length(64);

/** From the first byte of a recording to what a player and an engine need of it. */
export const recordingEvents = {
  UploadStarted: defineEvent({
    type: 'UploadStarted',
    schema: z.object({
      conversationId,
      fileName,
      bytes: z.int().positive(),
      /** What the sender says it is; only the bytes decide. */
      declaredType: z.string().max(200).nullable(),
      key: z.string().min(1),
      /** The name that the object store gave the upload. */
      storeUploadId: z.string().min(1),
      /** Bytes of every part but the last. */
      partBytes: z.int().positive(),
      partCount: z.int().positive(),
      /** Of the whole file, where the sender knows it beforehand. */
      sha256: sha256.nullable(),
      expiresAt: z.iso.datetime(),
    }),
    publicSchema: z.object({ conversationId, bytes: z.int().positive(), partCount: z.int().positive() }),
    publicData: ({ conversationId: id, bytes, partCount }) => ({ conversationId: id, bytes, partCount }),
  }),
  UploadAborted: defineEvent({
    type: 'UploadAborted',
    schema: z.object({ conversationId, reason: z.enum(['ABORTED', 'EXPIRED']) }),
  }),
  RecordingReceived: defineEvent({
    type: 'RecordingReceived',
    schema: z.object({
      conversationId,
      recording: storedObject,
      fileName: fileName.nullable(),
      /** What the bytes are, for instance `audio/mpeg`. */
      mediaType: z.string().min(1).max(200),
      hasVideo: z.boolean(),
      via: z.enum(['UPLOAD', 'URL']),
    }),
    publicSchema: z.object({ conversationId, recording: storedObject, mediaType: z.string(), hasVideo: z.boolean() }),
    publicData: ({ conversationId: id, recording, mediaType, hasVideo }) => ({
      conversationId: id,
      recording,
      mediaType,
      hasVideo,
    }),
  }),
  RecordingPrepared: defineEvent({
    type: 'RecordingPrepared',
    schema: z.object({
      conversationId,
      /** Of the decoded sound, not of what the header claims. */
      durationMs: z.int().nonnegative(),
      channels: z.int().positive(),
      container: z.string().min(1),
      codec: z.string().min(1),
      /** 16 kHz mono PCM, one object a channel. */
      audio: z.array(z.object({ channel: z.int().nonnegative(), object: storedObject })).min(1),
      peaks: storedObject,
      rendition: z.object({ object: storedObject, mediaType: z.string().min(1) }),
    }),
  }),
} as const;
