import { causeOf, type RequestContext } from '@harmony/access';
import { streams } from '@harmony/contracts';
import type { Clock, Fact } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { workspaceFrom } from '../domain/evolve.js';
import type { Workspace } from '../domain/workspace.js';
import { CommandRunner } from './command-runner.js';

/** Commands on the stream of the caller's own workspace: there is no other one that they could reach. */
@Injectable()
export class WorkspaceCommands {
  constructor(
    private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  run(request: RequestContext, decide: (workspace: Workspace) => readonly Fact[]): Promise<readonly Fact[]> {
    const cause = causeOf(request, this.clock);
    return this.runner.run({ stream: streams.workspace(cause.workspaceId), cause, fold: workspaceFrom, decide });
  }
}
