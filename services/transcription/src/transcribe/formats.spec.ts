import { Media, type PreparedRecording } from '@harmony/media';
import { FolderObjectStore } from '@harmony/object-store';
import { SherpaEngine } from '@harmony/speech';
import {
  buildSpeechProcess,
  installedModel,
  linesOfWrongSpeaker,
  modelsDirectory,
  parseScript,
  wordErrorRate,
  type ScriptLine,
} from '@harmony/speech/testing';
import type { Transcript } from '@harmony/transcript';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transcribeRecording } from './transcribe-recording.js';

const audioFolder = fileURLToPath(new URL('../../../../../shared/data/audio', import.meta.url));
const names = await readdir(audioFolder).catch((): string[] => []);
const calls = names.filter((name) => name.startsWith('call-stereo.') && !name.endsWith('.txt'));
const model = await installedModel();
const signal = new AbortController().signal;

const reason = 'reason' in model ? model.reason : calls.length === 0 ? 'there is no ../shared/data/audio' : undefined;

if (reason !== undefined || 'reason' in model) {
  it.skip(`real recordings with a real model are skipped: ${reason}`, () => undefined);
} else {
  describe(`a call of two speakers, transcribed with ${model.name}`, () => {
    const engine = new SherpaEngine({ modelsDirectory, wanted: model.name, threads: 2 });
    const errorRates: string[] = [];
    let folder: string;
    let objects: FolderObjectStore;
    let script: ScriptLine[];

    beforeAll(async () => {
      await buildSpeechProcess();
      folder = await mkdtemp(join(tmpdir(), 'harmony-formats-'));
      objects = await FolderObjectStore.open(join(folder, 'objects'));
      script = parseScript(await readFile(join(audioFolder, 'call-stereo.txt'), 'utf8'));
    }, 120_000);
    afterAll(async () => {
      process.stdout.write(`word error rate, ${model.name}: ${errorRates.join(', ')}\n`);
      await engine.close();
      await rm(folder, { recursive: true });
    });

    async function transcriptOf(name: string): Promise<{ transcript: Transcript; prepared: PreparedRecording }> {
      const directory = join(folder, name);
      await mkdir(directory);
      const prepared = await new Media().prepare(join(audioFolder, name), directory, signal);
      const audio = await Promise.all(
        prepared.audio.map(async ({ channel, path }) => {
          const key = `formats/${name}-${channel}.wav`;
          const { bytes, sha256 } = await objects.put(key, createReadStream(path), { contentType: 'audio/wav' });
          return { channel, object: { key, bytes, sha256 } };
        }),
      );
      const { transcript } = await transcribeRecording(engine, objects, { audio, keptUnder: `kept/${name}/`, signal });
      return { transcript, prepared };
    }

    function errorRate(name: string, { turns }: Transcript): number {
      const rate = wordErrorRate(script.map(({ text }) => text).join(' '), turns.map(({ text }) => text).join(' '));
      errorRates.push(`${name} ${(rate * 100).toFixed(1)} %`);
      return rate;
    }

    it.each(calls)(
      'in %s has the speakers of its script',
      async (name) => {
        const { transcript, prepared } = await transcriptOf(name);
        expect(prepared.audio).toHaveLength(2);
        expect(transcript.speakers.map(({ code, channel }) => [code, channel])).toEqual([
          ['A', 0],
          ['B', 1],
        ]);
        expect(linesOfWrongSpeaker(script, transcript)).toEqual([]);
        expect(transcript.turns.map(({ speaker }) => speaker)).toEqual(
          script.map(({ channel }) => (channel === 0 ? 'A' : 'B')),
        );
        // A small model mishears names and writes numbers as figures; a lost or doubled turn costs more than that.
        expect(errorRate(name, transcript)).toBeLessThan(0.25);
      },
      120_000,
    );

    it('mixed into one channel has one speaker where nothing tells them apart', async () => {
      const { transcript, prepared } = await transcriptOf('call-mono.gsm');
      expect(prepared.audio).toHaveLength(1);
      expect(transcript.speakers.map(({ code }) => code)).toEqual(['A']);
      expect(errorRate('call-mono.gsm', transcript)).toBeLessThan(0.5);
    }, 120_000);
  });
}
