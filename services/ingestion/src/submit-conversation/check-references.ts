import { requirePermission, validateCustomFields, type Directory, type Principal } from '@harmony/access';
import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import type { SubmissionForm } from './submission.js';

/** What a submission points at, found to exist and to be allowed. */
export interface References {
  readonly teamId: string | null;
  readonly contactId: string | null;
  readonly ownerId: string;
  readonly customFields: Readonly<Record<string, unknown>>;
}

/**
 * Checks who submits and everything that a submission points at in the workspace.
 * Whoever may create only for themselves cannot make somebody else the owner; everybody else may name any member.
 * @throws HarmonyError FORBIDDEN, UNKNOWN_TEAM, UNKNOWN_CONTACT, UNKNOWN_OWNER, UNKNOWN_CUSTOM_FIELD,
 * INVALID_CUSTOM_FIELD_VALUE or MISSING_REQUIRED_FIELDS
 */
export async function checkReferences(
  directory: Directory,
  principal: Principal,
  submission: SubmissionForm,
): Promise<References> {
  const { workspaceId } = principal;
  const { customFields } = submission;
  const teamId = inOneSpelling(submission.teamId);
  const contactId = inOneSpelling(submission.contactId);
  const ownerId = inOneSpelling(submission.ownerId) ?? principal.userId;
  const isOwnerOther = ownerId !== principal.userId;
  requirePermission(principal, 'conversations', 'create', isOwnerOther ? 'team' : 'own');
  const [teamKnown, contactKnown, ownerKnown, fields] = await Promise.all([
    teamId === null || directory.teamExists(workspaceId, teamId),
    contactId === null || directory.contactExists(workspaceId, contactId),
    !isOwnerOther || directory.userExists(workspaceId, ownerId),
    directory.customFields(workspaceId, 'CONVERSATION'),
  ]);
  if (!teamKnown) throw refusal('UNKNOWN_TEAM', '/teamId');
  if (!contactKnown) throw refusal('UNKNOWN_CONTACT', '/contactId');
  if (!ownerKnown) throw refusal('UNKNOWN_OWNER', '/ownerId');
  return { teamId, contactId, ownerId, customFields: validateCustomFields(fields, customFields ?? {}) };
}

/** As ids are kept: who may see what is decided by whether they are equal. */
const inOneSpelling = (id: string | null | undefined): string | null => id?.toLowerCase() ?? null;

function refusal(code: ErrorCode, pointer: string): HarmonyError {
  const { title } = new HarmonyError(code);
  return new HarmonyError(code, { errors: [{ pointer, detail: title, code }] });
}
