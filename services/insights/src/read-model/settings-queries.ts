import { requirePermission, type Principal } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { noSettings, type AnalysisSettings } from '../domain/analysis-settings.js';

/** Reads what a workspace sets for all of its projects; open to whoever may read a project at all. */
@Injectable()
export class SettingsQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  async of(principal: Principal): Promise<AnalysisSettings> {
    requirePermission(principal, 'projects', 'read');
    const { workspaceId } = principal;
    const sql = 'select handbook, budget, paused from insights.settings where workspace_id = $1';
    const [row] = await this.database.query<AnalysisSettings>(workspaceId, sql, [workspaceId]);
    return row ?? noSettings;
  }
}
