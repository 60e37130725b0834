import type { Parts } from '../api/parts.js';
import { ReportedConversationResolver } from './reported-conversation.resolver.js';
import { ResultRows } from './result-rows.js';

/** What one definition found, row by row. */
export const rowProviders: Parts = { controllers: [], providers: [ResultRows, ReportedConversationResolver] };
