import { requireGrantable, requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError, isPermission } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { name } from '../commands/input.js';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { isBuiltInRole } from '../domain/lookups.js';
import { defineRole, removeRole } from '../domain/roles.js';

const role = z.object({
  name,
  permissions: z
    .array(z.string().refine(isPermission, 'Must be resource:action:scope, for instance conversations:read:team.'))
    .min(1)
    .max(500),
});
export type RoleInput = z.input<typeof role>;

/** Custom roles; the built-in ones are fixed. Each returns the role's id. */
@Injectable()
export class RoleCommands {
  constructor(private readonly commands: WorkspaceCommands) {}

  async create(request: RequestContext, input: RoleInput): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'roles', 'create', 'all');
    const definition = { roleId: derivedId(request.commandId, 'role'), ...parseInput(role, input) };
    requireGrantable(principal, definition.permissions);
    await this.commands.run(request, (workspace) => defineRole(workspace, definition));
    return definition.roleId;
  }

  async change(request: RequestContext, roleId: string, input: RoleInput): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'roles', 'update', 'all');
    const definition = { roleId, ...parseInput(role, input) };
    requireGrantable(principal, definition.permissions);
    await this.commands.run(request, (workspace) => {
      if (!isBuiltInRole(roleId) && !workspace.roles.has(roleId)) throw new HarmonyError('NOT_FOUND');
      return defineRole(workspace, definition);
    });
    return roleId;
  }

  async remove(request: RequestContext, roleId: string): Promise<string> {
    requirePermission(requirePrincipal(request), 'roles', 'delete', 'all');
    await this.commands.run(request, (workspace) => removeRole(workspace, roleId));
    return roleId;
  }
}
