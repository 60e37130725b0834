import { fileURLToPath } from 'node:url';
import { findModel, type ModelFolder } from '../sherpa/model-folder.js';
import { loadSherpaOnnx } from '../sherpa/child/sherpa-onnx.js';

/** Where `npm run models -- install` puts models by default. */
export const modelsDirectory = fileURLToPath(new URL('../../../../.harmony/models', import.meta.url));

/** The model that this machine has, or why a test that needs one is skipped. */
export async function installedModel(): Promise<ModelFolder | { readonly reason: string }> {
  try {
    loadSherpaOnnx();
  } catch {
    return { reason: 'sherpa-onnx-node has no build for this platform' };
  }
  try {
    return await findModel({ modelsDirectory });
  } catch {
    return { reason: 'no speech model is installed: npm run models -- install moonshine-tiny-en' };
  }
}
