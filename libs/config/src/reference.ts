import { groups } from './groups/index.js';
import type { Group, Variable } from './variable.js';

const introduction = `# Configuration

Harmony reads environment variables once, when a process starts, and only those that its target needs. An empty variable
counts as absent; an absent backend means the embedded one. A wrong value stops the start with a list of what to set.

Printed from \`libs/config/src/groups\` by \`npm run generate\`; do not edit.
`;

/** The text of docs/configuration.md. */
export const renderConfigurationReference = (): string =>
  [introduction, ...Object.values(groups).map(renderGroup)].join('\n');

function renderGroup(group: Group): string {
  const head = '| variable | value | default | read by |\n| --- | --- | --- | --- |';
  const rows = Object.values(group.variables).map(renderVariable);
  return `## ${group.title}\n\n${group.introduction}\n\n${head}\n${rows.join('\n')}\n`;
}

function renderVariable({ name, description, expected, schema, secret, usedBy }: Variable): string {
  const value = `${description} ${expected.charAt(0).toUpperCase()}${expected.slice(1)}.${secret ? ' **Secret.**' : ''}`;
  return `| \`${name}\` | ${value} | ${renderDefault(schema.parse(undefined))} | ${usedBy?.join(', ') ?? 'every target'} |`;
}

function renderDefault(value: unknown): string {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? `\`${value}\`` : 'absent';
}
