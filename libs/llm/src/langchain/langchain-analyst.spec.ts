import { describe } from '@jest/globals';
import { analystContract } from '../contract-suite/index.js';

import { contractResponder, ModelServer, settingsFor } from '../testing/index.js';
import { LangChainAnalyst } from './langchain-analyst.js';

describe('the LangChain analyst', () => {
  analystContract(async () => {
    const server = await ModelServer.start(contractResponder);
    const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url));
    return { analyst, close: () => server.stop() };
  });
});
