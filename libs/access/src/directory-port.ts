import type { customFieldTargets, customFieldTypes, FeatureFlag } from '@harmony/contracts';

export interface DirectoryCustomField {
  readonly customFieldId: string;
  readonly key: string;
  readonly label: string;
  readonly type: (typeof customFieldTypes)[number];
  readonly options: readonly string[];
  readonly required: boolean;
}

/**
 * The workspace facts that every service needs, from a read model that libs/access owns and the workspace service feeds.
 * Ids of another workspace look like unknown ones.
 */
export interface Directory {
  teamExists(workspaceId: string, teamId: string): Promise<boolean>;
  /** The id of the team with this name, in any case; undefined when there is none. */
  teamNamed(workspaceId: string, name: string): Promise<string | undefined>;
  userExists(workspaceId: string, userId: string): Promise<boolean>;
  contactExists(workspaceId: string, contactId: string): Promise<boolean>;
  customFields(
    workspaceId: string,
    target: (typeof customFieldTargets)[number],
  ): Promise<readonly DirectoryCustomField[]>;
  /**
   * Names of those of the ids that are users, contacts or teams of the workspace; users that were removed included, since
   * what they took part in still names them.
   */
  namesOf(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  isEnabled(workspaceId: string, flag: FeatureFlag): Promise<boolean>;
}
