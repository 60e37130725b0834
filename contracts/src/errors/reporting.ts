import { entry, type ErrorEntry } from './entry.js';

/** What may be wrong with reports and exports. */
export const reportingErrors = {
  NO_INSIGHTS_DEFINED: entry('rejected', 409, 'No insights defined for this project.'),
  UNKNOWN_EXPORT: entry('rejected', 404, 'No export with this id exists, or it is not yours.'),
  EXPORT_NOT_READY: entry('rejected', 409, 'The export is not finished yet. Ask for its status, then download it.'),
  EXPORT_ENDED: entry('rejected', 409, 'The export has ended already, so it cannot be cancelled.'),
  EXPORT_EXPIRED: entry('rejected', 410, 'The file of this export is deleted. Start the export again.'),
  EXPORT_CANCELLED: entry('rejected', 409, 'The export was cancelled.'),
  DOWNLOAD_LINK_INVALID: entry(
    'rejected',
    403,
    'The download link is not valid or has expired. Ask the export for a new one.',
  ),
} as const satisfies Record<string, ErrorEntry>;
