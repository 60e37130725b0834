import { entry, type ErrorEntry } from './entry.js';

/** What may be wrong with revisions. */
export const revisionErrors = {
  UNKNOWN_REVISION: entry('rejected', 404, 'The project has no revision with this id.'),
  REVISION_STATE: entry(
    'rejected',
    409,
    'The revision is in a state that does not allow this. Look at its outcome and its stage, and try what they allow.',
  ),
  REVISION_CHANGED: entry(
    'rejected',
    409,
    'Somebody else has just changed the revisions of this project. Look at them again before you decide.',
  ),
  REVISION_REPLACES_NEWER: entry(
    'rejected',
    409,
    'Some conversations have newer results than this revision. Confirm that they are to be replaced.',
  ),
  REVISION_PARKED: entry(
    'rejected',
    409,
    'Readers would not see all of this revision, because some of its events could not be applied. Ask whoever operates Harmony to look at `npm run harmony -- status`: it names them and why, and parked streams are tried again at each start.',
  ),
  REVISION_LIMIT: entry(
    'rejected',
    409,
    'The project has as many revisions under way as it can have. Wait for one, or cancel it.',
  ),
} as const satisfies Record<string, ErrorEntry>;
