import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { lineOfText, parseInput } from '@harmony/api';
import { customFieldTargets, customFieldTypes } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { name } from '../commands/input.js';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { defineCustomField, removeCustomField } from '../domain/custom-fields.js';

const definition = z.object({
  target: z.enum(customFieldTargets),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'Must be lower case letters, digits and _, at most 50.'),
  label: name,
  type: z.enum(customFieldTypes),
  options: z.array(lineOfText(100)).max(200).default([]),
  required: z.boolean().default(false),
});
export type CustomFieldDefinition = z.input<typeof definition>;

/** Each returns the custom field's id. */
@Injectable()
export class CustomFieldCommands {
  constructor(private readonly commands: WorkspaceCommands) {}

  async define(request: RequestContext, input: CustomFieldDefinition): Promise<string> {
    requirePermission(requirePrincipal(request), 'custom-fields', 'create', 'all');
    const field = { customFieldId: derivedId(request.commandId, 'custom-field'), ...parseInput(definition, input) };
    await this.commands.run(request, (workspace) => defineCustomField(workspace, field));
    return field.customFieldId;
  }

  async remove(request: RequestContext, customFieldId: string): Promise<string> {
    requirePermission(requirePrincipal(request), 'custom-fields', 'delete', 'all');
    await this.commands.run(request, (workspace) => removeCustomField(workspace, customFieldId));
    return customFieldId;
  }
}
