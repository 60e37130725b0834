import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import {
  HarmonyError,
  type Goal,
  type InsightType,
  type Presentation,
  type Question,
  type Scorecard,
} from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { tableAsOf } from './as-of.js';
import type { RequestedMoment } from './moment.js';
import { Parameters } from './sql.js';

/** A definition as it was at a moment. */
export interface CataloguedDefinition extends Presentation {
  readonly id: string;
  readonly type: InsightType;
  readonly isActive: boolean;
  readonly isRemoved: boolean;
  /** Places in the report, ascending. */
  readonly ordinal: number;
  readonly version: number;
  /** Of the version at the moment. */
  readonly question: Question;
  /** Everything that it had asked by then, by version. */
  readonly versions: ReadonlyMap<number, Question>;
}

/** A project as it was at a moment. */
export interface CataloguedProject {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly teamIds: readonly string[];
  readonly goals: readonly (Goal & { readonly id: string })[];
  readonly scorecards: readonly (Scorecard & { readonly id: string })[];
  /** In the order of the report; inactive and removed ones included. */
  readonly definitions: readonly CataloguedDefinition[];
}

type ProjectRow = Omit<CataloguedProject, 'definitions'>;

interface DefinitionRow extends Omit<CataloguedDefinition, 'question' | 'versions'> {
  /** By version in digits. */
  readonly questions: Readonly<Record<string, Question>>;
}

/** A project is somebody's own when they created it, and of a team when one of its teams is theirs (D6). */
export const projectScopeColumns = {
  owner: 'today.created_by',
  createdBy: 'today.created_by',
  team: '',
  teams: 'today.team_ids',
} as const;

/** Reads projects with everything that reports of them need to know. */
@Injectable()
export class ProjectCatalogue {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /**
   * Whose a project is today decides who may see it, in its past too; one that was deleted is there as of before.
   * @throws HarmonyError UNKNOWN_PROJECT for an unknown id and for one that the reader may not see, alike.
   */
  async of(principal: Principal, projectId: string, { asOf }: RequestedMoment): Promise<CataloguedProject> {
    const scope = requirePermission(principal, 'projects', 'read');
    if (!isUuid(projectId)) throw new HarmonyError('UNKNOWN_PROJECT');
    const parameters = new Parameters(1);
    const id = parameters.add(projectId);
    const project = parameters.include((first) => tableAsOf('projects', asOf, first));
    const allowed = parameters.include((first) => scopeFilter(principal, scope, first, projectScopeColumns));
    const [[found], definitions] = await Promise.all([
      this.database.query<ProjectRow>(
        principal.workspaceId,
        `select p.id, p.name, p.language, p.team_ids as "teamIds", p.goals, p.scorecards
           from ${project} p join reporting.projects today on today.id = p.id
          where p.id = ${id}::uuid and not p.is_deleted and ${allowed}`,
        parameters.values,
      ),
      this.definitionsOf(principal, projectId, asOf),
    ]);
    if (!found) throw new HarmonyError('UNKNOWN_PROJECT');
    return { ...found, definitions };
  }

  private async definitionsOf(
    { workspaceId }: Principal,
    projectId: string,
    asOf: string | null,
  ): Promise<CataloguedDefinition[]> {
    const parameters = new Parameters(1);
    const project = parameters.add(projectId);
    const time = `coalesce(${parameters.add(asOf)}::timestamptz, 'infinity')`;
    const rows = await this.database.query<DefinitionRow>(
      workspaceId,
      `select d.id, d.type, d.title, d.success_answer as "successAnswer", d.desired_outcome as "desiredOutcome",
              d.is_active as "isActive", d.is_removed as "isRemoved", d.ordinal, d.version,
              (select jsonb_object_agg(v.version, v.question) from reporting.definition_versions v
                where v.definition_id = d.id and v.created_at <= ${time}) as questions
         from ${parameters.include((first) => tableAsOf('definitions', asOf, first))} d
        where d.project_id = ${project}::uuid order by d.ordinal, d.id`,
      parameters.values,
    );
    return rows.map(toDefinition);
  }
}

function toDefinition({ questions, ...definition }: DefinitionRow): CataloguedDefinition {
  const versions = new Map(Object.entries(questions).map(([version, question]) => [Number(version), question]));
  const question = versions.get(definition.version);
  if (!question) throw new HarmonyError('INTERNAL', { detail: `Definition ${definition.id} lacks its version.` });
  return { ...definition, question, versions };
}
