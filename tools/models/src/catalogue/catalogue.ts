import type { Model } from './model.js';

const releases = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

const whisper = (size: string, description: string, bytes: number, sha256: string): Model => ({
  name: `whisper-${size}`,
  description,
  licence: 'MIT',
  sources: [
    {
      kind: 'archive',
      download: { url: `${releases}/asr-models/sherpa-onnx-whisper-${size}.tar.bz2`, bytes, sha256 },
      files: Object.fromEntries(
        ['encoder.int8.onnx', 'decoder.int8.onnx', 'tokens.txt'].map((part) => [
          `${size}-${part}`,
          `sherpa-onnx-whisper-${size}/${size}-${part}`,
        ]),
      ),
    },
  ],
});

const parakeet = 'sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8';

/** Models that were tried or are widely used with sherpa-onnx. Checksums are those of the publishers' releases. */
export const catalogue: readonly Model[] = [
  {
    name: 'moonshine-tiny-en',
    description: 'English, the smallest and fastest; for trying things out. Needs Python with pip.',
    licence: 'MIT',
    sources: [
      {
        kind: 'python-package',
        package: 'moonshine-voice',
        version: '0.0.59',
        bytes: 88_425_812,
        folder: 'moonshine_voice/assets/tiny-en',
        files: [
          { name: 'encoder_model.ort', sha256: '94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221' },
          {
            name: 'decoder_model_merged.ort',
            sha256: 'cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0',
          },
          { name: 'tokenizer.bin', sha256: '6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d' },
        ],
      },
    ],
  },
  whisper(
    'tiny.en',
    'English; more robust than Moonshine against noise.',
    118_071_777,
    '2bd6cf965c8bb3e068ef9fa2191387ee63a9dfa2a4e37582a8109641c20005dd',
  ),
  whisper(
    'base.en',
    'English; fewer errors, about twice the time.',
    208_576_005,
    '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
  ),
  {
    name: 'parakeet-tdt-0.6b-v3',
    description: '25 European languages with the times of words; the best of these, and needs 2 GB of memory.',
    licence: 'CC-BY-4.0',
    sources: [
      {
        kind: 'archive',
        download: {
          url: `${releases}/asr-models/${parakeet}.tar.bz2`,
          bytes: 487_170_055,
          sha256: '5793d0fd397c5778d2cf2126994d58e9d56b1be7c04d13c7a15bb1b4eafb16bf',
        },
        files: Object.fromEntries(
          ['encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt'].map((name) => [
            name,
            `${parakeet}/${name}`,
          ]),
        ),
      },
    ],
  },
  {
    name: 'diarisation',
    description: 'Tells speakers apart in recordings with one channel; used beside any model on this machine.',
    licence: 'MIT (segmentation), CC-BY-4.0 (TitaNet)',
    sources: [
      {
        kind: 'archive',
        download: {
          url: `${releases}/speaker-segmentation-models/sherpa-onnx-pyannote-segmentation-3-0.tar.bz2`,
          bytes: 6_958_444,
          sha256: '24615ee884c897d9d2ba09bb4d30da6bb1b15e685065962db5b02e76e4996488',
        },
        files: { 'segmentation.onnx': 'sherpa-onnx-pyannote-segmentation-3-0/model.onnx' },
      },
      {
        kind: 'file',
        name: 'embedding.onnx',
        download: {
          // The tag is spelt like this.
          url: `${releases}/speaker-recongition-models/nemo_en_titanet_small.onnx`,
          bytes: 40_257_283,
          sha256: 'ad4a1802485d8b34c722d2a9d04249662f2ece5d28a7a039063ca22f515a789e',
        },
      },
    ],
  },
];
