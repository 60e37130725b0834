import type { Parts } from '../api/parts.js';
import { DefinitionResults } from './definition-results.js';
import { DefinitionResultsResolver } from './definition-results.resolver.js';
import { ReportedConversationResolver } from './reported-conversation.resolver.js';
import { ResultRows } from './result-rows.js';

/** What one definition found, row by row. */
export const rowProviders: Parts = {
  controllers: [],
  providers: [ResultRows, DefinitionResults, DefinitionResultsResolver, ReportedConversationResolver],
};
