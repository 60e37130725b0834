import type { DemoAccount } from './account.js';
import type { ConversationView } from './client.js';
import type { ShownInsight } from './insights.js';
import { reportTable, type ProjectReport } from './project-report.js';
import type { ShownRevision } from './revision.js';
import { differencesOf, reviewTable } from './revision-review.js';

/** Tells whoever started the demo what happens. */
export interface DemoReport {
  ready(url: string, account: DemoAccount): void;
  moved(conversation: ConversationView): void;
  ended(conversation: ConversationView, insights: readonly ShownInsight[]): void;
  /** Figures over all samples, and the same as a file. */
  summed(project: ProjectReport, csvFile: string): void;
  /** A definition was changed, and the past was run again. */
  revised(revision: ShownRevision): void;
  finished(conversations: readonly ConversationView[], staysUp: boolean): void;
}

type Write = (line: string) => void;

/** One line when ready, one a sample as it ends, one for the revision; stable for scripts. */
export const jsonReport = (write: Write): DemoReport => ({
  ready: (url, { apiKey, email, password, workspaceId }) =>
    write(JSON.stringify({ url, graphqlUrl: `${url}/graphql`, apiKey, email, password, workspaceId })),
  moved: () => undefined,
  ended: ({ id, title, status, turnCount, wordCount, failure }, insights) =>
    write(JSON.stringify({ conversationId: id, title, status, turnCount, wordCount, failure, insights })),
  summed: () => undefined,
  revised: (revision) => write(JSON.stringify({ revision })),
  finished: () => undefined,
});

/** Plain text for a person. */
export function textReport(write: Write): DemoReport {
  let access: { url: string; apiKey: string } | undefined;
  let isLocal = false;
  return {
    ready: (url, account) => {
      access = { url, apiKey: account.apiKey };
      write('');
      write(`  Harmony is ready at ${url}`);
      write('');
      write(`    GraphQL    ${url}/graphql   (open it in a browser to explore the schema)`);
      write(`    sign in    ${account.email}   password ${account.password}`);
      write(`    API key    ${account.apiKey}`);
      write('');
      write('  Sample conversations on their way:');
      write('');
    },
    moved: ({ title, status }) => write(`    ${status.padEnd(12)} ${title}`),
    ended: (conversation, insights) => {
      write(`    ${conversation.status.padEnd(12)} ${conversation.title}: ${outcome(conversation)}`);
      writeInsights(write, insights);
      isLocal ||= insights.some((insight) => insight.isLocal);
    },
    summed: (project, csvFile) => {
      write('');
      write(`  Report of "${project.name}" over ${project.conversations} conversations:`);
      write('');
      for (const line of reportTable(project)) write(`    ${line}`);
      write('');
      write(`  The same for a spreadsheet, a row a conversation: ${csvFile}`);
    },
    revised: (revision) => writeRevision(write, revision),
    finished: (conversations, staysUp) => {
      write('');
      write(`  ${summary(conversations)}`);
      if (isLocal) write(`  ${localAnalyst}`);
      const example = conversations[0];
      if (!staysUp || !access || !example) return;
      write('');
      write('  Look at one of them:');
      write(`    curl -H 'X-API-Key: ${access.apiKey}' ${access.url}/v1/conversations/${example.id}/transcript`);
      write('  Paste one of your own:');
      write(
        `    curl -H 'X-API-Key: ${access.apiKey}' -H 'Content-Type: application/json' -d '{"text":"Ann: Hello!\\nBob: Hello Ann."}' ${access.url}/v1/conversations`,
      );
      write('  See how far every read model is:');
      write('    npm run harmony -- status');
      write('');
      write('  Ctrl+C stops it; what is in the data directory stays for the next start.');
    },
  };
}

const localAnalyst =
  'The local analyst answered: rules and a small language model on this machine. LLM_MODEL brings in a large one.';

/** From the change to what it does to the report. */
function writeRevision(write: Write, { change, plan, review, before, after }: ShownRevision): void {
  write('');
  write(`  A definition changes: ${change}. The past stays as it is until a revision runs it again.`);
  if (plan) {
    write(`  Preview: ${plan.conversations} conversations, ${plan.asked} results asked again, ${plan.reused} reused.`);
  }
  write('  The draft beside what is in force:');
  write('');
  for (const line of reviewTable(review)) write(`    ${line}`);
  write('');
  write(`  ${review.recommendation.sentence}`);
  write('  Published and made live; the report says now:');
  for (const line of differencesOf(before, after)) write(`    ${line}`);
}

/** By project; a quote under each answer that has one. */
function writeInsights(write: Write, insights: readonly ShownInsight[]): void {
  for (const project of new Set(insights.map((insight) => insight.project))) {
    write(`      Project "${project}"`);
    for (const { definition, answer, quote } of insights.filter((insight) => insight.project === project)) {
      write(`        ${definition}: ${shortened(answer)}`);
      if (quote) write(`          “${shortened(quote.text)}” (${placeOf(quote)})`);
    }
  }
}

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text);

/** Minutes and seconds where the transcript states times, else the turn. */
function placeOf({ turn, atMs }: NonNullable<ShownInsight['quote']>): string {
  if (atMs === null) return `turn ${turn + 1}`;
  const seconds = Math.floor(atMs / 1000);
  return `at ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function outcome({ turnCount, wordCount, speakers, failure }: ConversationView): string {
  if (failure) return `failed at ${failure.stage} with ${failure.code}`;
  const names = speakers.map(({ name }) => name).join(', ');
  return `${turnCount ?? 0} turns, ${wordCount ?? 0} words, speakers ${names}`;
}

function summary(conversations: readonly ConversationView[]): string {
  const completed = conversations.filter(({ status }) => status === 'COMPLETED').length;
  return `${completed} of ${conversations.length} conversations completed.`;
}
