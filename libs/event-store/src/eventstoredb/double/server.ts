import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  AppendResp,
  TombstoneResp,
  type AppendReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import {
  Server,
  ServerCredentials,
  status,
  type ServerReadableStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { noFaults, type Faults } from './faults.js';
import { InMemoryLog } from './log.js';
import { appendReply, expectationOf, failure, proposedEvent, streamDeleted, streamIdOf } from './messages.js';
import { answerRead, type ReadCall } from './reading.js';
import { Subscription } from './subscription.js';

/** An EventStoreDB server for tests: the official wire protocol over a log in memory, with faults on request. */
export class EventStoreDbDouble {
  readonly log = new InMemoryLog();
  readonly faults: Faults = noFaults();
  /** Calls taken, by name. */
  readonly calls = { append: 0, read: 0, subscribe: 0, tombstone: 0 };
  /** Events handed to the wire by subscriptions. */
  eventsSent = 0;
  private readonly server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });

  /** Listens on a free loopback port and resolves with it. */
  async start(): Promise<number> {
    this.server.addService(StreamsService, {
      read: (call: ReadCall) => void this.read(call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, reply: sendUnaryData<AppendResp>) =>
        void this.append(call, reply),
      tombstone: (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, reply: sendUnaryData<TombstoneResp>) =>
        this.tombstone(call.request, reply),
    });
    this.server.addService(ServerFeaturesService, { getSupportedMethods });
    return new Promise((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    call.on('error', () => undefined);
    if (!options) return void call.end();
    this.calls[options.hasSubscription() ? 'subscribe' : 'read'] += 1;
    if (this.isUnavailable()) return void call.emit('error', failure(status.UNAVAILABLE, 'Server is not ready.'));
    if (options.hasSubscription())
      await new Subscription(this.log, call, options, this.faults, () => (this.eventsSent += 1)).run();
    else await answerRead(this.log, call, options);
  }

  private async append(
    call: ServerReadableStream<AppendReq, AppendResp>,
    reply: sendUnaryData<AppendResp>,
  ): Promise<void> {
    this.calls.append += 1;
    const messages: AppendReq[] = [];
    try {
      for await (const message of call as AsyncIterable<AppendReq>) messages.push(message);
    } catch {
      return; // The caller went away in the middle of its request: a real server drops the append too.
    }
    if (this.isUnavailable()) return reply(failure(status.UNAVAILABLE, 'Server is not ready.'));
    if (this.misbehaves('before')) return;
    const [options, ...rest] = messages;
    const streamId = streamIdOf(options?.getOptions());
    const proposed = rest.flatMap((message) => message.getProposedMessage() ?? []).map(proposedEvent);
    const outcome = this.log.append(streamId, proposed, expectationOf(options?.getOptions()));
    if (this.misbehaves('after')) return;
    if (outcome.kind === 'deleted') return reply(streamDeleted(streamId));
    reply(null, appendReply(outcome));
  }

  private tombstone(request: TombstoneReq, reply: sendUnaryData<TombstoneResp>): void {
    this.calls.tombstone += 1;
    if (this.isUnavailable()) return reply(failure(status.UNAVAILABLE, 'Server is not ready.'));
    const streamId = streamIdOf(request.getOptions());
    const expectation = expectationOf(request.getOptions());
    const outcome = this.log.tombstone(streamId, expectation);
    if (outcome.kind === 'deleted') return reply(streamDeleted(streamId));
    if (outcome.kind !== 'wrong-expectation') return reply(null, new TombstoneResp());
    const facts = {
      exception: 'wrong-expected-version',
      'stream-name': streamId,
      'expected-version': typeof expectation === 'bigint' ? String(expectation) : '-1',
      ...(outcome.actual === undefined ? {} : { 'actual-version': String(outcome.actual) }),
    };
    reply(failure(status.FAILED_PRECONDITION, 'Append failed due to WrongExpectedVersion.', facts));
  }

  private isUnavailable(): boolean {
    if (this.faults.unavailableCalls <= 0) return false;
    this.faults.unavailableCalls -= 1;
    return true;
  }

  /** True when the append gets no answer. */
  private misbehaves(when: 'before' | 'after'): boolean {
    const { duringAppend, unansweredAppends } = this.faults;
    if (duringAppend.count > 0 && duringAppend.when === when) {
      duringAppend.count -= 1;
      duringAppend.act();
      return true;
    }
    if (unansweredAppends.count <= 0 || unansweredAppends.when !== when) return false;
    unansweredAppends.count -= 1;
    return true;
  }
}

/** Says that it can take batched appends, as every server of today, and refuses them: ours must not be batched. */
function getSupportedMethods(_call: unknown, reply: sendUnaryData<SupportedMethods>): void {
  const batchAppend = new SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName('batchappend');
  reply(null, new SupportedMethods().setEventStoreServerVersion('24.10.4').setMethodsList([batchAppend]));
}
