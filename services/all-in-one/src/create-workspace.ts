import { HarmonyError } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { BackendsModule, type Backends } from '@harmony/runtime';
import { CreateWorkspace, workspaceService } from '@harmony/service-workspace';
import { NestFactory } from '@nestjs/core';

export interface WorkspaceWish {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface WorkspaceWithKey {
  readonly workspaceId: string;
  readonly userId: string;
  /** In the name of the administrator; shown here and never again. */
  readonly apiKey: string;
}

/** Makes a workspace with an administrator and a key, by the same commands that every workspace is made with. */
export async function createWorkspaceWithKey(backends: Backends, wish: WorkspaceWish): Promise<WorkspaceWithKey> {
  const module = {
    module: class WorkspaceCommands {},
    imports: [BackendsModule.forRoot(backends), workspaceService.api],
  };
  const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  try {
    const workspaces = context.get(CreateWorkspace, { strict: false });
    const admin = { email: wish.email, name: `${wish.name} Admin`, password: wish.password };
    const created = await workspaces.run(newId(), { name: wish.name, admin });
    const { key } = await workspaces.createApiKey(created, newId(), wish.name);
    if (key === null) throw new HarmonyError('INTERNAL', { detail: 'A new key was not shown.' });
    return { ...created, apiKey: key };
  } finally {
    await context.close();
  }
}
