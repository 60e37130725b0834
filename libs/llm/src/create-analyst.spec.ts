import { describe, expect, it } from '@jest/globals';
import { analystContract } from './contract-suite/index.js';
import { createAnalyst } from './create-analyst.js';
import { settingsFor } from './testing/index.js';

describe('the analyst of the configuration', () => {
  describe('where no model is named', () => {
    analystContract(async () => {
      const analyst = createAnalyst(settingsFor(undefined, { model: undefined }));
      return { analyst, close: () => analyst.close() };
    });

    it('is the local one', () => {
      const { engine } = createAnalyst(settingsFor(undefined, { model: undefined })).originOf('YES_NO');
      expect(engine).toBe('local');
    });
  });

  it('is that of LangChain where one is named, and says which, without a key', () => {
    const origin = createAnalyst(settingsFor(undefined, { model: 'ollama:llama3.1:8b' })).originOf('YES_NO');
    expect(origin).toMatchObject({ engine: 'langchain', model: 'ollama:llama3.1:8b' });
    expect(JSON.stringify(origin)).not.toContain('test-key');
  });
});
