import { ReportChannel } from './report-channel.js';
import type { ReportListener } from './report-listener.js';

/** Everybody who listens in this process, by workspace and project. */
export class ReportChannels {
  private readonly workspaces = new Map<string, Map<string, ReportChannel>>();

  get isEmpty(): boolean {
    return this.workspaces.size === 0;
  }

  /** The projects of each workspace that somebody listens to. */
  entries(): [string, ReadonlyMap<string, ReportChannel>][] {
    return [...this.workspaces];
  }

  add(listener: ReportListener): void {
    const { workspaceId } = listener.principal;
    const projects = this.workspaces.get(workspaceId) ?? new Map<string, ReportChannel>();
    const channel = projects.get(listener.projectId) ?? new ReportChannel();
    channel.listeners.add(listener);
    projects.set(listener.projectId, channel);
    this.workspaces.set(workspaceId, projects);
  }

  remove(listener: ReportListener): void {
    listener.end();
    const { workspaceId } = listener.principal;
    const projects = this.workspaces.get(workspaceId);
    const channel = projects?.get(listener.projectId);
    channel?.listeners.delete(listener);
    if (channel?.listeners.size !== 0) return;
    channel.close();
    projects?.delete(listener.projectId);
    if (projects?.size === 0) this.workspaces.delete(workspaceId);
  }

  /** Nobody hears anything any more. */
  close(): void {
    for (const projects of this.workspaces.values()) for (const channel of projects.values()) channel.close();
  }
}
