import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { insightBudget, streams } from '@harmony/contracts';
import type { Fact } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CommandRunner } from '../commands/command-runner.js';
import { storable } from '../commands/storable.js';
import { evolve, type AnalysisSettings } from '../domain/analysis-settings.js';
import { setHandbook, setInsightBudget } from '../domain/decide-settings.js';

const handbookSchema = storable(z.strictObject({ handbook: z.string().trim().max(20_000) }));
const limit = z
  .int()
  .positive()
  .max(Number.MAX_SAFE_INTEGER)
  .nullish()
  .transform((value) => value ?? null);
const budgetSchema = z.strictObject({ calls: limit, tokens: limit, costMicros: limit }).pipe(insightBudget);

/** What holds for all projects of a workspace. Needs projects:update:all. */
@Injectable()
export class SettingsCommands {
  constructor(private readonly runner: CommandRunner) {}

  /** `handbook` is outside data. @throws HarmonyError of the caller's input or rights */
  async setHandbook(request: RequestContext, handbook: unknown): Promise<void> {
    await this.run(request, (settings) => setHandbook(settings, parseInput(handbookSchema, { handbook }).handbook));
  }

  /** What is absent, or null, has no limit. `input` is outside data. @throws HarmonyError of the caller's input or rights */
  async setInsightBudget(request: RequestContext, input: unknown): Promise<void> {
    await this.run(request, (settings) => setInsightBudget(settings, parseInput(budgetSchema, input)));
  }

  private async run(
    request: RequestContext,
    decide: (settings: AnalysisSettings | undefined) => readonly Fact[],
  ): Promise<void> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'projects', 'update', 'all');
    const definition = { stream: streams.analysis, evolve };
    await this.runner.run(request, { definition, id: principal.workspaceId, decide });
  }
}
