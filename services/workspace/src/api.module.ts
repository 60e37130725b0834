import { ApiKeySecrets, DirectoryQueries, Passwords, SignIn, SigningKeys, type Access } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { ACCESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Module, type FactoryProvider } from '@nestjs/common';
import { ApiKeyCommands } from './api-keys/api-key-commands.js';
import { ApiKeyResolver } from './api-keys/api-key.resolver.js';
import { CommandRunner } from './commands/command-runner.js';
import { WorkspaceCommands } from './commands/workspace-commands.js';
import { ContactCommands } from './contacts/contact-commands.js';
import { ContactResolver } from './contacts/contact.resolver.js';
import { CustomFieldCommands } from './custom-fields/custom-field-commands.js';
import { CustomFieldResolver } from './custom-fields/custom-field.resolver.js';
import { FeatureFlagResolver } from './feature-flags/feature-flag.resolver.js';
import { SetFeatureFlag } from './feature-flags/set-feature-flag.js';
import { RoleCommands } from './roles/role-commands.js';
import { RoleResolver } from './roles/role.resolver.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { SigningKeysController } from './sign-in/signing-keys.controller.js';
import { TeamCommands } from './teams/team-commands.js';
import { TeamResolver } from './teams/team.resolver.js';
import { RemoveUser } from './users/remove-user.js';
import { UserCommands } from './users/user-commands.js';
import { UserResolver } from './users/user.resolver.js';
import { CreateWorkspace } from './workspaces/create-workspace.js';

const partOfAccess = <Part>(
  provide: new (...parts: never[]) => Part,
  pick: (parts: Access) => Part,
): FactoryProvider<Part> => ({
  provide,
  inject: [ACCESS],
  useFactory: pick,
});

const queries: FactoryProvider<DirectoryQueries> = {
  provide: DirectoryQueries,
  inject: [SCOPED_DATABASE],
  useFactory: (database: ScopedDatabase) => new DirectoryQueries(database),
};

const commands = [
  CommandRunner,
  WorkspaceCommands,
  UserCommands,
  RemoveUser,
  TeamCommands,
  RoleCommands,
  CustomFieldCommands,
  ContactCommands,
  SetFeatureFlag,
  ApiKeyCommands,
  CreateWorkspace,
];

/** The GraphQL face. */
export const resolvers = [
  UserResolver,
  TeamResolver,
  RoleResolver,
  ContactResolver,
  CustomFieldResolver,
  FeatureFlagResolver,
  ApiKeyResolver,
  SignInResolver,
];

@Module({
  controllers: [SigningKeysController],
  providers: [
    queries,
    partOfAccess(Passwords, ({ passwords }) => passwords),
    partOfAccess(ApiKeySecrets, ({ apiKeys }) => apiKeys),
    partOfAccess(SignIn, ({ signIn }) => signIn),
    partOfAccess(SigningKeys, ({ signingKeys }) => signingKeys),
    ...commands,
    ...resolvers,
  ],
  exports: [CreateWorkspace],
})
export class WorkspaceApi {}
