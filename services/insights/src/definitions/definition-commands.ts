import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { derivedId } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ProjectCommands, type Decide } from '../commands/project-commands.js';
import {
  changeDefinition,
  createDefinition,
  removeDefinition,
  reorderDefinitions,
  setDefinitionActive,
} from '../domain/decide-definitions.js';
import { parseDefinitionChanges, parseNewDefinition } from './definition-schema.js';

/** What became of a change: nothing, another look of the same answers, or a version that is asked anew. */
export const definitionChanges = ['UNCHANGED', 'PRESENTATION', 'NEW_VERSION'] as const;
export type DefinitionChange = (typeof definitionChanges)[number];

const order = z.strictObject({ definitionIds: z.array(z.string().max(100)).max(1000) });

/** What people do to the definitions of a project. Each throws what the caller's input and rights lack, and UNKNOWN_PROJECT. */
@Injectable()
export class DefinitionCommands {
  constructor(private readonly projects: ProjectCommands) {}

  /** @returns the id. @throws HarmonyError INVALID_DEFINITION, PROJECT_LIMIT */
  async create(request: RequestContext, projectId: string, input: unknown): Promise<string> {
    requireUpdate(request);
    const definition = parseNewDefinition(input);
    const definitionId = derivedId(request.commandId, 'definition');
    await this.run(request, projectId, (project) => createDefinition(project, definitionId, definition));
    return definitionId;
  }

  /** @throws HarmonyError INVALID_DEFINITION, UNKNOWN_DEFINITION, DEFINITION_TYPE_FIXED */
  async change(
    request: RequestContext,
    projectId: string,
    definitionId: string,
    input: unknown,
  ): Promise<DefinitionChange> {
    requireUpdate(request);
    const changes = parseDefinitionChanges(input);
    const id = definitionId.toLowerCase();
    const facts = await this.run(request, projectId, (project) => changeDefinition(project, id, changes));
    if (facts.some(({ type }) => type === 'DefinitionEdited')) return 'NEW_VERSION';
    return facts.length > 0 ? 'PRESENTATION' : 'UNCHANGED';
  }

  /** @throws HarmonyError UNKNOWN_DEFINITION */
  async setActive(request: RequestContext, projectId: string, definitionId: string, isActive: boolean): Promise<void> {
    const id = definitionId.toLowerCase();
    await this.run(request, projectId, (project) => setDefinitionActive(project, id, isActive));
  }

  /** @throws HarmonyError UNKNOWN_DEFINITION */
  async remove(request: RequestContext, projectId: string, definitionId: string): Promise<void> {
    await this.run(request, projectId, (project) => removeDefinition(project, definitionId.toLowerCase()));
  }

  /** @throws HarmonyError INVALID_INPUT unless every definition is named once */
  async reorder(request: RequestContext, projectId: string, input: unknown): Promise<void> {
    requireUpdate(request);
    const ids = parseInput(order, input).definitionIds.map((id) => id.toLowerCase());
    await this.run(request, projectId, (project) => reorderDefinitions(project, ids));
  }

  private run(request: RequestContext, projectId: string, decide: Decide) {
    return this.projects.run(request, projectId, 'update', decide);
  }
}

const requireUpdate = (request: RequestContext): void =>
  void requirePermission(requirePrincipal(request), 'projects', 'update');
