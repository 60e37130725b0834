import { HarmonyError } from '@harmony/contracts';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { recogniseModel, type RecognisedModel } from './model-files.js';

/** A folder with a model that can be used. */
export interface ModelFolder {
  readonly path: string;
  /** Of the folder: what is recorded as the name of the model. */
  readonly name: string;
  readonly model: RecognisedModel;
}

export interface DiarisationFolder {
  readonly segmentation: string;
  readonly embedding: string;
}

export interface ModelPlace {
  /** Folder of installed models, one folder each. */
  readonly modelsDirectory: string;
  /** A path, or the name of an installed model; absent: the only one, or the first by name. */
  readonly wanted?: string | undefined;
}

/** @throws HarmonyError SPEECH_NOT_CONFIGURED where there is no model, SPEECH_MODEL_INVALID where it is not one */
export async function findModel({ modelsDirectory, wanted }: ModelPlace): Promise<ModelFolder> {
  if (wanted !== undefined) {
    const path = /[\\/]/.test(wanted) ? wanted : join(modelsDirectory, wanted);
    const names = await namesIn(path);
    if (!names) throw invalid(`SPEECH_MODEL names ${wanted}, and there is no such folder.`);
    const model = recogniseModel(names);
    if (!model) throw invalid(`The folder ${wanted} holds no Whisper, Moonshine, Parakeet or Zipformer model.`);
    return { path, name: basename(path), model };
  }
  for (const name of ((await namesIn(modelsDirectory)) ?? []).sort()) {
    const path = join(modelsDirectory, name);
    const model = recogniseModel((await namesIn(path)) ?? []);
    if (model) return { path, name, model };
  }
  throw new HarmonyError('SPEECH_NOT_CONFIGURED');
}

/**
 * A segmentation model (`segmentation*.onnx`) and a speaker embedding (`embedding*.onnx`) in the folder `diarisation`
 * beside the models; undefined where one is missing.
 */
export async function findDiarisation(modelsDirectory: string): Promise<DiarisationFolder | undefined> {
  const path = join(modelsDirectory, 'diarisation');
  const names = ((await namesIn(path)) ?? []).sort();
  const segmentation = names.find((name) => /^segmentation.*\.onnx$/.test(name));
  const embedding = names.find((name) => /^embedding.*\.onnx$/.test(name));
  return segmentation && embedding
    ? { segmentation: join(path, segmentation), embedding: join(path, embedding) }
    : undefined;
}

/** Undefined for what is no folder. */
async function namesIn(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));

const invalid = (detail: string): HarmonyError => new HarmonyError('SPEECH_MODEL_INVALID', { detail });
