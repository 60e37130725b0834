import type { FeatureFlag } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import type { Workspace } from './workspace.js';

export function setFeatureFlag(workspace: Workspace, flag: FeatureFlag, enabled: boolean): Fact[] {
  return (workspace.featureFlags.get(flag) ?? false) === enabled ? [] : [fact('FeatureFlagSet', { flag, enabled })];
}
