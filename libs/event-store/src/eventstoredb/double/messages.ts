import { AppendReq, AppendResp, ReadReq, ReadResp, TombstoneReq } from '@eventstore/db-client/generated/streams_pb.js';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { Expectation, Outcome, ProposedEvent, StoredEvent } from './log.js';

type WithExpectation = AppendReq.Options | TombstoneReq.Options;

export const streamIdOf = (options: { getStreamIdentifier(): StreamIdentifier | undefined } | undefined): string =>
  Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

export function expectationOf(options: WithExpectation | undefined): Expectation {
  if (options?.hasNoStream()) return 'none';
  if (options?.hasStreamExists()) return 'exists';
  return options?.hasRevision() ? BigInt(options.getRevision()) : 'any';
}

export function proposedEvent(message: AppendReq.ProposedMessage): ProposedEvent {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** The reply to an append that the log took or refused for its expectation. */
export function appendReply(outcome: Exclude<Outcome, { kind: 'deleted' }>): AppendResp {
  if (outcome.kind === 'wrong-expectation') {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (outcome.actual === undefined) wrong.setCurrentNoStream(new Empty());
    else wrong.setCurrentRevision(String(outcome.actual));
    return new AppendResp().setWrongExpectedVersion(wrong);
  }
  const success = new AppendResp.Success().setCurrentRevision(String(outcome.revision)).setNoPosition(new Empty());
  return new AppendResp().setSuccess(success);
}

export function eventMessage(event: StoredEvent): ReadResp {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(event.streamId, 'utf8')))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.commit))
    .setPreparePosition(String(event.prepare))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', String(event.created));
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.commit)));
}

export const notFoundMessage = (streamId: string): ReadResp =>
  new ReadResp().setStreamNotFound(
    new ReadResp.StreamNotFound().setStreamIdentifier(
      new StreamIdentifier().setStreamName(Buffer.from(streamId, 'utf8')),
    ),
  );

export const checkpointMessage = ({ commit, prepare }: StoredEvent): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  );

export const livenessMessage = (live: boolean): ReadResp =>
  live ? new ReadResp().setCaughtUp(new ReadResp.CaughtUp()) : new ReadResp().setFellBehind(new ReadResp.FellBehind());

/** A failure in the server's form: the kind stands in the metadata. */
export function failure(code: status, details: string, facts: Record<string, string> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(facts)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const streamDeleted = (streamId: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, 'Event stream is deleted.', {
    exception: 'stream-deleted',
    'stream-name': streamId,
  });

/** Whether a filter of the request lets an event through. */
export function passes(filter: ReadReq.Options.FilterOptions | undefined, event: StoredEvent): boolean {
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return true;
  const text = filter.hasStreamIdentifier() ? event.streamId : event.type;
  if (expression.getRegex()) return new RegExp(expression.getRegex()).test(text);
  return expression.getPrefixList().some((prefix) => text.startsWith(prefix));
}
