export { cassetteResponder } from './cassette-responder.js';
export { contractResponder } from './contract-responder.js';
export { FakeTime } from './fake-time.js';
export type { ModelFault } from './model-fault.js';
export { schemaNameOf, type ModelRequest } from './model-request.js';
export { ModelServer, type ModelServerOptions, type Responder } from './model-server.js';
export { readPrompt, type ReadPrompt } from './read-prompt.js';
export { respondBy } from './respond-by.js';
export { settingsFor } from './settings.js';
