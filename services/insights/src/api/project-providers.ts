import { CommandRunner } from '../commands/command-runner.js';
import { ProjectCommands } from '../commands/project-commands.js';
import { CriterionCommands } from '../criteria/criterion-commands.js';
import { DefinitionCommands } from '../definitions/definition-commands.js';
import { PinProject } from '../pins/pin-project.js';
import { ChangeProject } from '../projects/change-project.js';
import { CreateProject } from '../projects/create-project.js';
import { DeleteProject } from '../projects/delete-project.js';
import { DefinitionQueries } from '../read-model/definition-queries.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import { SettingsQueries } from '../read-model/settings-queries.js';
import { RuleCommands } from '../rules/rule-commands.js';
import { SettingsCommands } from '../settings/settings-commands.js';
import { DefinitionResolver } from './definition.resolver.js';
import { ProjectResolver } from './project.resolver.js';
import { RulesResolver } from './rules.resolver.js';
import { SettingsResolver } from './settings.resolver.js';

/** Projects and what they ask: what people set up. */
export const projectResolvers = [ProjectResolver, DefinitionResolver, RulesResolver, SettingsResolver];

export const projectProviders = [
  CommandRunner,
  ProjectCommands,
  CreateProject,
  ChangeProject,
  DeleteProject,
  PinProject,
  DefinitionCommands,
  CriterionCommands,
  RuleCommands,
  SettingsCommands,
  ProjectQueries,
  DefinitionQueries,
  SettingsQueries,
  ...projectResolvers,
];
