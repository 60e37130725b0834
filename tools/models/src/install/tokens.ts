import { ModelError } from '../model-error.js';

/** Lengths from this on take two bytes: the rest of the first, and 128 times the second. */
const longForm = 128;

/**
 * The `tokens.txt` that sherpa-onnx wants, from Moonshine's `tokenizer.bin`, which is a list of byte strings, each after
 * its length. One line a token: its bytes in base64 and its number.
 */
export function tokensOf(tokenizer: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < tokenizer.length;) {
    const first = tokenizer[at] ?? 0;
    const isLong = first >= longForm;
    const length = isLong ? first - longForm + (tokenizer[at + 1] ?? 0) * longForm : first;
    const start = at + (isLong ? 2 : 1);
    if (start + length > tokenizer.length) throw new ModelError('The tokenizer of the model is damaged.');
    lines.push(`${Buffer.from(tokenizer.subarray(start, start + length)).toString('base64')} ${lines.length}\n`);
    at = start + length;
  }
  return lines.join('');
}
