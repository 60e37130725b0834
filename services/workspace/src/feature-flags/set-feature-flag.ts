import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { featureFlags, type FeatureFlag } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { setFeatureFlag } from '../domain/feature-flags.js';

const setting = z.object({ flag: z.enum(featureFlags), enabled: z.boolean() });

@Injectable()
export class SetFeatureFlag {
  constructor(private readonly commands: WorkspaceCommands) {}

  /** @returns the flag as it is now. */
  async run(
    request: RequestContext,
    input: { readonly flag: string; readonly enabled: boolean },
  ): Promise<{ flag: FeatureFlag; enabled: boolean }> {
    requirePermission(requirePrincipal(request), 'feature-flags', 'update', 'all');
    const wanted = parseInput(setting, input);
    await this.commands.run(request, (workspace) => setFeatureFlag(workspace, wanted.flag, wanted.enabled));
    return wanted;
  }
}
