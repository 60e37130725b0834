import { HarmonyError } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { BackendsModule, type Backends } from '@harmony/runtime';
import { CreateWorkspace, workspaceService } from '@harmony/service-workspace';
import { NestFactory } from '@nestjs/core';
import type { CreateAccount } from './account.js';

/** Makes the demo's workspace with an administrator and a key, by the same commands that every workspace is made with. */
export const createDemoWorkspace =
  (backends: Backends): CreateAccount =>
  async ({ email, password }) => {
    const module = {
      module: class DemoWorkspace {},
      imports: [BackendsModule.forRoot(backends), workspaceService.api],
    };
    const context = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    try {
      const workspaces = context.get(CreateWorkspace, { strict: false });
      const created = await workspaces.run(newId(), { name: 'Demo', admin: { email, name: 'Demo Admin', password } });
      const { key } = await workspaces.createApiKey(created, newId(), 'Demo');
      if (key === null) throw new HarmonyError('INTERNAL', { detail: 'A new key was not shown.' });
      return { workspaceId: created.workspaceId, apiKey: key };
    } finally {
      await context.close();
    }
  };
