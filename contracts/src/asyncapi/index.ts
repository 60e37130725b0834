import { stringify } from 'yaml';
import { asyncApiDocument } from './document.js';

const header = '# Printed from the event catalogue by `npm run generate`. Do not edit.\n';

/** The text of `contracts/asyncapi.yaml`; the same catalogue gives the same text. */
export const renderAsyncApi = (): string =>
  header + stringify(asyncApiDocument(), { lineWidth: 120, aliasDuplicateObjects: false });
