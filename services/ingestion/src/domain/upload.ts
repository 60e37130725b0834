import type { ErrorCode, EventDataOf, HarmonyEvent } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';

/** How an upload stands: it can go on, its recording is there, or why there will be none. */
export type UploadOutcome = 'OPEN' | 'RECEIVED' | 'EXPIRED' | 'REFUSED' | 'GONE';

/** What deciders need to know of a recording that comes in parts, folded from the stream of its conversation. */
export interface RecordingUpload {
  readonly workspaceId: string;
  /** Only they go on with it. */
  readonly createdBy: string;
  /** Undefined where the recording came in one piece, or there is none. */
  readonly plan: EventDataOf<'UploadStarted'> | undefined;
  readonly outcome: UploadOutcome;
  /** Why it was refused. */
  readonly failureCode: string | null;
}

/** The upload after one more event; what happens to a conversation afterwards changes nothing, but for its end. */
export function evolveUpload(upload: RecordingUpload | undefined, event: HarmonyEvent): RecordingUpload | undefined {
  if (event.type === 'ConversationSubmitted') {
    const { createdBy } = event.data;
    return { workspaceId: event.workspaceId, createdBy, plan: undefined, outcome: 'OPEN', failureCode: null };
  }
  if (!upload) return undefined;
  switch (event.type) {
    case 'UploadStarted':
      return { ...upload, plan: event.data };
    case 'RecordingReceived':
      return { ...upload, outcome: 'RECEIVED' };
    case 'UploadAborted':
      return { ...upload, outcome: event.data.reason === 'EXPIRED' ? 'EXPIRED' : 'GONE' };
    case 'ConversationFailed':
      return upload.outcome === 'OPEN' ? { ...upload, outcome: 'REFUSED', failureCode: event.data.code } : upload;
    case 'ConversationDeleted':
      return { ...upload, outcome: 'GONE' };
    default:
      return upload;
  }
}

const isOpen = (upload: RecordingUpload | undefined): upload is RecordingUpload => upload?.outcome === 'OPEN';

/** The bytes are there and are a recording; nothing when the upload was over before. */
export const decideReceipt = (
  upload: RecordingUpload | undefined,
  recording: EventDataOf<'RecordingReceived'>,
): Fact[] => (isOpen(upload) ? [fact('RecordingReceived', recording)] : []);

/** The bytes are no recording, or not the ones that were promised. */
export const decideRefusal = (upload: RecordingUpload | undefined, conversationId: string, code: ErrorCode): Fact[] =>
  isOpen(upload) ? [fact('ConversationFailed', { conversationId, stage: 'INTAKE', code })] : [];

/** Whoever stops an upload wants nothing left of it. */
export const decideAbort = (upload: RecordingUpload | undefined, conversationId: string): Fact[] =>
  isOpen(upload)
    ? [fact('UploadAborted', { conversationId, reason: 'ABORTED' }), fact('ConversationDeleted', { conversationId })]
    : [];

/** Nothing before its time. */
export const decideExpiry = (upload: RecordingUpload | undefined, conversationId: string, now: Date): Fact[] =>
  isOpen(upload) && upload.plan && now >= new Date(upload.plan.expiresAt)
    ? [
        fact('UploadAborted', { conversationId, reason: 'EXPIRED' }),
        fact('ConversationFailed', { conversationId, stage: 'INTAKE', code: 'UPLOAD_EXPIRED' }),
      ]
    : [];
