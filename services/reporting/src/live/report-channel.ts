import type { ProjectChange } from './report-change.js';
import type { ReportListener } from './report-listener.js';

/** The listeners of one project's report are told something at most once in this time: twice a second. */
export const tellEveryMs = 500;

/**
 * Gathers the changes of one project and tells them to its listeners, at once after a quiet time, else at the next beat.
 */
export class ReportChannel {
  readonly listeners = new Set<ReportListener>();
  private readonly gathered: ProjectChange[] = [];
  private cursor = '';
  private toldAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  gather(change: ProjectChange, cursor: string): void {
    this.gathered.push(change);
    this.cursor = cursor;
    const waitMs = Math.ceil(this.toldAt + tellEveryMs - performance.now());
    if (waitMs <= 0) this.tell();
    else this.timer ??= setTimeout(() => this.tell(), waitMs);
  }

  /** Nothing is told any more. */
  close(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.end();
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.toldAt = performance.now();
    const changes = this.gathered.splice(0);
    for (const listener of this.listeners) for (const change of changes) listener.notify(change, this.cursor);
  }
}
