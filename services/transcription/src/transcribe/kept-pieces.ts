import { HarmonyError } from '@harmony/contracts';
import type { ObjectStore } from '@harmony/object-store';
import type { Heard, Piece, PieceMemory } from '@harmony/speech';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

const milliseconds = z.int().nonnegative();
const word = z.object({ startMs: milliseconds, endMs: milliseconds, text: z.string() });
const segment = word.extend({ words: z.array(word).optional(), speaker: z.string().optional() });

const keptSchema = z.object({
  /** Of the sound and of the engine: what decides what is heard. */
  identity: z.string(),
  pieces: z.array(
    z.object({
      startMs: milliseconds,
      endMs: milliseconds,
      segments: z.array(segment),
      language: z.string().nullable(),
    }),
  ),
});
type Kept = z.output<typeof keptSchema>;

/** Writing takes at most this share of the time. */
const shareForWriting = 0.03;

/** What was heard of one channel so far, in the object store: whoever is interrupted loses a few seconds of work. */
export class KeptPieces implements PieceMemory {
  readonly #pieces = new Map<string, Kept['pieces'][number]>();
  #unsaved = 0;
  #savedAt = performance.now();
  #writingTookMs = 0;
  #isSaving = false;

  private constructor(
    private readonly objects: ObjectStore,
    private readonly key: string,
    private readonly identity: string,
  ) {}

  /** Of another sound or another engine nothing is taken over. */
  static async open(objects: ObjectStore, key: string, identity: string): Promise<KeptPieces> {
    const memory = new KeptPieces(objects, key, identity);
    const kept = await read(objects, key);
    if (kept?.identity === identity) for (const piece of kept.pieces) memory.#pieces.set(nameOf(piece), piece);
    return memory;
  }

  recall(piece: Piece): Heard | undefined {
    return this.#pieces.get(nameOf(piece));
  }

  async keep(piece: Piece, heard: Heard): Promise<void> {
    if (this.#pieces.has(nameOf(piece))) return;
    const { segments, language } = keptSchema.shape.pieces.element.parse({ ...piece, ...heard });
    this.#pieces.set(nameOf(piece), { ...piece, segments, language });
    this.#unsaved += 1;
    const isTime = performance.now() - this.#savedAt > this.#writingTookMs / shareForWriting;
    if (isTime && !this.#isSaving) await this.#save();
  }

  /** Keeps all that is heard during the work; a repeat then hears exactly the same, even of an engine that does not. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      await this.#save();
      return result;
    } catch (error) {
      // What cannot be kept can be heard again; why the work ended is what matters.
      await this.#save().catch(() => undefined);
      throw error;
    }
  }

  async #save(): Promise<void> {
    if (this.#unsaved === 0) return;
    const startedAt = performance.now();
    const kept: Kept = { identity: this.identity, pieces: [...this.#pieces.values()] };
    this.#isSaving = true;
    this.#unsaved = 0;
    try {
      await this.objects.put(this.key, Buffer.from(JSON.stringify(kept)), { contentType: 'application/json' });
    } catch (error) {
      this.#unsaved = kept.pieces.length;
      throw error;
    } finally {
      this.#isSaving = false;
      this.#savedAt = performance.now();
      this.#writingTookMs = this.#savedAt - startedAt;
    }
  }
}

async function read(objects: ObjectStore, key: string): Promise<Kept | undefined> {
  try {
    const parsed = keptSchema.safeParse(JSON.parse((await buffer(await objects.get(key))).toString('utf8')));
    // What cannot be read was written by another version: the work is done again.
    return parsed.data;
  } catch (error) {
    if (error instanceof HarmonyError && error.code === 'OBJECT_NOT_FOUND') return undefined;
    throw error;
  }
}

const nameOf = ({ startMs, endMs }: Piece): string => `${startMs}-${endMs}`;
