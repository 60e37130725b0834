import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { derivedId } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { name } from '../commands/input.js';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { createTeam, removeTeam, renameTeam } from '../domain/teams.js';

const named = z.object({ name });

/** Each returns the team's id. */
@Injectable()
export class TeamCommands {
  constructor(private readonly commands: WorkspaceCommands) {}

  async create(request: RequestContext, input: { readonly name: string }): Promise<string> {
    requirePermission(requirePrincipal(request), 'teams', 'create', 'all');
    const team = parseInput(named, input);
    const teamId = derivedId(request.commandId, 'team');
    await this.commands.run(request, (workspace) => createTeam(workspace, teamId, team.name));
    return teamId;
  }

  async rename(request: RequestContext, teamId: string, input: { readonly name: string }): Promise<string> {
    requirePermission(requirePrincipal(request), 'teams', 'update', 'all');
    const team = parseInput(named, input);
    await this.commands.run(request, (workspace) => renameTeam(workspace, teamId, team.name));
    return teamId;
  }

  async remove(request: RequestContext, teamId: string): Promise<string> {
    requirePermission(requirePrincipal(request), 'teams', 'delete', 'all');
    await this.commands.run(request, (workspace) => removeTeam(workspace, teamId));
    return teamId;
  }
}
