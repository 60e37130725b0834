import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Faults } from './faults.js';
import type { InMemoryLog, StoredEvent } from './log.js';
import { checkpointMessage, eventMessage, livenessMessage, passes } from './messages.js';
import { indexOf, send, type ReadCall } from './reading.js';

/** The live buffer of the real server: whoever is further behind is told so. */
const liveBuffer = 32;

/** Serves one subscription to the whole log until the caller goes. */
export class Subscription {
  private readonly filter: ReadReq.Options.FilterOptions | undefined;
  private readonly checkpointEvery: number;
  private index: number;
  private live = false;
  private sent = 0;
  private scanned = 0;

  constructor(
    private readonly log: InMemoryLog,
    private readonly call: ReadCall,
    options: ReadReq.Options,
    private readonly faults: Faults,
    private readonly onSent: () => void,
  ) {
    this.filter = options.getFilter();
    this.checkpointEvery = (this.filter?.getMax() ?? 32) * (this.filter?.getCheckpointintervalmultiplier() ?? 1);
    this.index = indexOf(log, options.getAll(), true);
  }

  async run(): Promise<void> {
    let open = true;
    while (open && !this.call.cancelled && !this.call.destroyed) {
      const event = this.faults.stalled ? undefined : this.log.all[this.index];
      open = event ? await this.pass(event) : await this.rest();
      if (this.sent === this.faults.endSubscriptionAfter) return void this.call.end();
    }
  }

  /** Looks at one event: sends it if it matches, and a checkpoint after each window. */
  private async pass(event: StoredEvent): Promise<boolean> {
    if (this.live && this.log.all.length - this.index > liveBuffer && !(await this.become(false))) return false;
    this.index += 1;
    this.scanned += 1;
    if (passes(this.filter, event)) {
      if (!(await send(this.call, eventMessage(event)))) return false;
      this.sent += 1;
      this.onSent();
    }
    return this.scanned % this.checkpointEvery !== 0 || send(this.call, checkpointMessage(event));
  }

  /** At the end of the log: says so once, and waits for more. */
  private async rest(): Promise<boolean> {
    if (!this.live && !this.faults.stalled && !(await this.become(true))) return false;
    await this.growth();
    return true;
  }

  private async become(live: boolean): Promise<boolean> {
    this.live = live;
    return this.faults.silentAboutLiveness || send(this.call, livenessMessage(live));
  }

  /** Resolves when the log has grown or the caller is gone. */
  private async growth(): Promise<void> {
    let stop = (): void => undefined;
    await new Promise<void>((resolve) => {
      stop = this.log.onGrowth(resolve);
      this.call.once('cancelled', resolve);
      this.call.once('close', resolve);
      // The log may have grown while the last message was on its way.
      if (!this.faults.stalled && this.log.all.length > this.index) resolve();
    });
    stop();
  }
}
