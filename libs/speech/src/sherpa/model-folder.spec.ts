import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { piecesOf, recogniserOf } from './configuration.js';
import { heardFrom } from './heard.js';
import { recogniseModel } from './model-files.js';
import { findDiarisation, findModel } from './model-folder.js';

const folders = {
  'whisper-tiny.en': [
    ...['tiny.en-encoder.onnx', 'tiny.en-encoder.int8.onnx', 'tiny.en-decoder.onnx', 'tiny.en-decoder.int8.onnx'],
    ...['tiny.en-tokens.txt', 'test_wavs'],
  ],
  'moonshine-tiny-en': ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt'],
  'moonshine-base': [
    ...['preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx', 'tokens.txt'],
  ],
  parakeet: ['encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt', 'bias.md'],
  zipformer: [
    ...['encoder-epoch-99-avg-1.onnx', 'encoder-epoch-99-avg-1.int8.onnx', 'decoder-epoch-99-avg-1.onnx'],
    ...['joiner-epoch-99-avg-1.onnx', 'tokens.txt', 'bpe.model'],
  ],
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'harmony-models-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function install(name: string, files: readonly string[]): Promise<void> {
  await mkdir(join(directory, name));
  for (const file of files) await writeFile(join(directory, name, file), '');
}

describe('a folder of files', () => {
  it.each([
    ['whisper-tiny.en', 'whisper', { encoder: 'tiny.en-encoder.int8.onnx', tokens: 'tiny.en-tokens.txt' }],
    ['moonshine-tiny-en', 'moonshine', { mergedDecoder: 'decoder_model_merged.ort' }],
    [
      'moonshine-base',
      'moonshine-parts',
      { preprocessor: 'preprocess.onnx', cachedDecoder: 'cached_decode.int8.onnx' },
    ],
    ['parakeet', 'transducer', { joiner: 'joiner.int8.onnx' }],
    ['zipformer', 'transducer', { encoder: 'encoder-epoch-99-avg-1.int8.onnx', joiner: 'joiner-epoch-99-avg-1.onnx' }],
  ] as const)('%s is a %s', (name, kind, files) => {
    expect(recogniseModel(folders[name])).toMatchObject({ kind, ...files });
  });

  it.each([[[]], [['tokens.txt']], [['encoder.onnx', 'decoder.onnx']], [['model.onnx', 'tokens.txt']]])(
    'with %j is no model',
    (names) => {
      expect(recogniseModel(names)).toBeUndefined();
    },
  );
});

describe('the model that is used', () => {
  it('is the first that is installed', async () => {
    await install('notes', ['readme.txt']);
    await writeFile(join(directory, 'a-file'), '');
    await install('zipformer', folders.zipformer);
    await install('parakeet', folders.parakeet);
    await expect(findModel({ modelsDirectory: directory })).resolves.toMatchObject({ name: 'parakeet' });
  });

  it('is the one that is named, or whose folder is', async () => {
    await install('zipformer', folders.zipformer);
    await install('parakeet', folders.parakeet);
    const found = { name: 'zipformer', path: join(directory, 'zipformer') };
    await expect(findModel({ modelsDirectory: directory, wanted: 'zipformer' })).resolves.toMatchObject(found);
    const wanted = join(directory, 'zipformer');
    await expect(findModel({ modelsDirectory: '/nowhere', wanted })).resolves.toMatchObject(found);
  });

  it('is not configured where nothing is installed, and found as soon as it is', async () => {
    const place = { modelsDirectory: join(directory, 'later') };
    await expect(findModel(place)).rejects.toMatchObject({ code: 'SPEECH_NOT_CONFIGURED' });
    await mkdir(place.modelsDirectory);
    await expect(findModel(place)).rejects.toMatchObject({ code: 'SPEECH_NOT_CONFIGURED' });
    await install('later/parakeet', folders.parakeet);
    await expect(findModel(place)).resolves.toMatchObject({ name: 'parakeet' });
  });

  it('is invalid when it is named and not there, or is none', async () => {
    await install('notes', ['readme.txt']);
    for (const wanted of ['notes', 'missing', join(directory, 'notes')]) {
      await expect(findModel({ modelsDirectory: directory, wanted })).rejects.toMatchObject({
        code: 'SPEECH_MODEL_INVALID',
      });
    }
  });

  it('is told to sherpa-onnx by the paths of its files', async () => {
    for (const [name, files] of Object.entries(folders)) await install(name, files);
    for (const name of Object.keys(folders)) {
      const folder = await findModel({ modelsDirectory: directory, wanted: name });
      const text = JSON.stringify(recogniserOf(folder, { threads: 3, language: 'en' }));
      const { kind: _, ...parts } = folder.model;
      for (const file of Object.values(parts)) expect(text).toContain(JSON.stringify(join(directory, name, file)));
      expect(piecesOf(folder).longestMs).toBeLessThanOrEqual(30_000);
    }
  });
});

it('speakers are told apart when both models are there', async () => {
  await expect(findDiarisation(directory)).resolves.toBeUndefined();
  await install('diarisation', ['segmentation.onnx']);
  await expect(findDiarisation(directory)).resolves.toBeUndefined();
  await writeFile(join(directory, 'diarisation', 'embedding-titanet.onnx'), '');
  await expect(findDiarisation(directory)).resolves.toEqual({
    segmentation: join(directory, 'diarisation', 'segmentation.onnx'),
    embedding: join(directory, 'diarisation', 'embedding-titanet.onnx'),
  });
});

describe('what sherpa-onnx says', () => {
  const silent = { text: ' ', lang: '', tokens: [], timestamps: [], durations: [] };

  it('is one segment with the words that have times', () => {
    const result = {
      ...silent,
      text: ' Good morning, all.',
      lang: 'en',
      tokens: [' Good', ' mor', 'ning', ',', ' all', '.'],
      timestamps: [0.1, 0.5, 0.7, 0.9, 2, 2.2],
      durations: [],
    };
    expect(heardFrom(result, 2_400)).toEqual({
      language: 'en',
      segments: [
        {
          startMs: 100,
          endMs: 2_400,
          text: 'Good morning, all.',
          words: [
            { startMs: 100, endMs: 400, text: 'Good' },
            { startMs: 500, endMs: 1_200, text: 'morning,' },
            { startMs: 2_000, endMs: 2_400, text: 'all.' },
          ],
        },
      ],
    });
  });

  it('fills its piece when no times are known, and is nothing without a text', () => {
    const segments = [{ startMs: 0, endMs: 800, text: 'Yes.' }];
    expect(heardFrom({ ...silent, text: 'Yes. ', tokens: ['Yes.'] }, 800)).toEqual({ segments, language: null });
    expect(heardFrom(silent, 800)).toEqual({ segments: [], language: null });
  });
});
