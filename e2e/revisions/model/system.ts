import { composition } from '@harmony/service-all-in-one';
import { openOperator, replayCommand } from '@harmony/tool-operator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withKey, type Access } from '../../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../../support/harmony-process.js';
import { succeed } from '../../support/running-harmony.js';
import { ModelStandIn } from '../stand-in.js';

const projections = composition.services.flatMap((service) => service.projections);
const silent = {
  json: false,
  result: () => undefined,
  note: () => undefined,
  progress: () => ({ update: () => undefined, stop: () => undefined }),
};

/** Harmony in a process of its own that can be killed, and a stand-in for the model in this one. */
export class System {
  private constructor(
    readonly model: ModelStandIn,
    private readonly dataDirectory: string,
    private harmony: HarmonyProcess,
  ) {}

  static async start(): Promise<System> {
    const model = await ModelStandIn.start();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-model-'));
    const harmony = await startHarmonyProcess({ dataDirectory, environment: model.environment });
    const system = new System(model, dataDirectory, harmony);
    const flag = 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { flag } }';
    await succeed(system.access, flag);
    return system;
  }

  get access(): Access {
    return withKey(this.harmony.url, this.harmony.apiKey);
  }

  /** kill -9, and a new start on what is left. */
  async crash(): Promise<void> {
    await this.harmony.kill9();
    this.model.abandon();
    const port = Number(new URL(this.harmony.url).port);
    const { dataDirectory, model } = this;
    this.harmony = await startHarmonyProcess({ dataDirectory, port, environment: model.environment });
  }

  /** Builds the read models of these services anew, and compares. @returns those that differ. */
  async replay(services: readonly string[]): Promise<string[]> {
    const operator = await openOperator({}, this.dataDirectory, projections);
    const wish = { verify: true, park: false, signal: new AbortController().signal };
    const different: string[] = [];
    try {
      for (const { name } of projections) {
        if (!services.includes(name.split('.')[0] ?? '')) continue;
        if ((await replayCommand(operator, silent, name, wish)) !== 0) different.push(name);
      }
    } finally {
      await operator.close();
    }
    return different;
  }

  async stop(): Promise<void> {
    await this.harmony.stop();
    await this.model.stop();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }
}
