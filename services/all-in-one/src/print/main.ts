import { renderConfigurationReference } from '@harmony/config';
import { renderAsyncApi } from '@harmony/contracts/asyncapi';
import { printFaces } from '@harmony/service-gateway';
import { renderStructuredTranscriptSchema } from '@harmony/transcript';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { descriptors } from '../descriptors.js';

const root = join(import.meta.dirname, '../../../..');

async function write(file: string, text: string): Promise<void> {
  const path = join(root, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const { schema, openApi } = await printFaces(descriptors);
await write('contracts/graphql/schema.graphql', schema);
await write('contracts/openapi/public-api.json', openApi);
await write('contracts/json-schema/structured-transcript.schema.json', renderStructuredTranscriptSchema());
await write('contracts/asyncapi.yaml', renderAsyncApi());
await write('docs/configuration.md', renderConfigurationReference());
