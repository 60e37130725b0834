/** The parts of a model, by what sherpa-onnx calls them; values are file names. */
export type ModelFiles =
  | { readonly kind: 'transducer'; readonly encoder: string; readonly decoder: string; readonly joiner: string }
  | { readonly kind: 'whisper'; readonly encoder: string; readonly decoder: string }
  | { readonly kind: 'moonshine'; readonly encoder: string; readonly mergedDecoder: string }
  | {
      readonly kind: 'moonshine-parts';
      readonly preprocessor: string;
      readonly encoder: string;
      readonly uncachedDecoder: string;
      readonly cachedDecoder: string;
    };

export type RecognisedModel = ModelFiles & { readonly tokens: string };

/**
 * Tells by the files of a folder which model they are: Moonshine, a transducer (Parakeet and other NeMo ones, Zipformer)
 * or Whisper. Undefined for none of them. Where a part is there twice, the one with small numbers (int8) is taken.
 */
export function recogniseModel(names: readonly string[]): RecognisedModel | undefined {
  const tokens = names.find((name) => /(^|[-_.])tokens\.txt$/.test(name));
  const files = tokens === undefined ? undefined : (moonshine(names) ?? transducer(names) ?? whisper(names));
  return files && tokens !== undefined ? { ...files, tokens } : undefined;
}

function moonshine(names: readonly string[]): ModelFiles | undefined {
  const part = (name: string): string | undefined => smallest(names, new RegExp(`^${name}(\\.int8)?\\.(onnx|ort)$`));
  const [encoder, mergedDecoder] = [part('encoder_model'), part('decoder_model_merged')];
  if (encoder && mergedDecoder) return { kind: 'moonshine', encoder, mergedDecoder };
  const [preprocessor, encode] = [part('preprocess'), part('encode')];
  const [uncachedDecoder, cachedDecoder] = [part('uncached_decode'), part('cached_decode')];
  if (!preprocessor || !encode || !uncachedDecoder || !cachedDecoder) return undefined;
  return { kind: 'moonshine-parts', preprocessor, encoder: encode, uncachedDecoder, cachedDecoder };
}

function transducer(names: readonly string[]): ModelFiles | undefined {
  const [encoder, decoder, joiner] = ['encoder', 'decoder', 'joiner'].map((part) =>
    smallest(names, new RegExp(`^${part}([-_.].*)?\\.onnx$`)),
  );
  return encoder && decoder && joiner ? { kind: 'transducer', encoder, decoder, joiner } : undefined;
}

function whisper(names: readonly string[]): ModelFiles | undefined {
  const [encoder, decoder] = ['encoder', 'decoder'].map((part) =>
    smallest(names, new RegExp(`^(.+[-_.])?${part}(\\.int8)?\\.onnx$`)),
  );
  return encoder && decoder ? { kind: 'whisper', encoder, decoder } : undefined;
}

function smallest(names: readonly string[], form: RegExp): string | undefined {
  const fitting = names.filter((name) => form.test(name)).sort();
  return fitting.find((name) => name.includes('int8')) ?? fitting[0];
}
