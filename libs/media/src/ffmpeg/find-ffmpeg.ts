import { HarmonyError } from '@harmony/contracts';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Where an ffmpeg may come from, in the order of preference. */
export type FfmpegOrigin = 'FFMPEG_PATH' | 'ffmpeg-static' | 'system' | '@ffmpeg-installer/ffmpeg';

export interface Ffmpeg {
  /** Absolute. */
  readonly path: string;
  readonly origin: FfmpegOrigin;
  /** What `ffmpeg -version` calls itself. */
  readonly version: string;
}

/** Gives a path, or undefined where it has none; the path may still be one that does not run. */
export type Candidate = readonly [origin: FfmpegOrigin, locate: () => Promise<string | undefined>];

const answerWithinMs = 20_000;

/**
 * The first ffmpeg that runs. A path that was set must be one: nothing else is tried then.
 * @throws HarmonyError MEDIA_TOOL_MISSING
 */
export async function findFfmpeg(configured?: string, candidates: readonly Candidate[] = installed): Promise<Ffmpeg> {
  const asked: readonly Candidate[] = configured ? [['FFMPEG_PATH', async () => configured]] : candidates;
  const reasons: string[] = [];
  for (const [origin, locate] of asked) {
    try {
      const path = await locate();
      if (path) return { path, origin, version: await versionOf(path) };
      reasons.push(`${origin}: not there`);
    } catch (error) {
      reasons.push(`${origin}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new HarmonyError('MEDIA_TOOL_MISSING', { facts: { tried: reasons } });
}

async function versionOf(path: string): Promise<string> {
  const { stdout } = await run(path, ['-version'], { timeout: answerWithinMs, env: {} });
  const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1];
  if (!version) throw new Error('it does not answer like an ffmpeg');
  return version;
}

const installed: readonly Candidate[] = [
  // Its install step downloads the program; the package may be there without it.
  ['ffmpeg-static', async () => z.string().nullable().parse(require('ffmpeg-static')) ?? undefined],
  ['system', onSearchPath],
  [
    '@ffmpeg-installer/ffmpeg',
    async () => z.object({ path: z.string() }).parse(require('@ffmpeg-installer/ffmpeg')).path,
  ],
];

async function onSearchPath(): Promise<string | undefined> {
  const { stdout } = await run('/bin/sh', ['-c', 'command -v ffmpeg || :'], { timeout: answerWithinMs });
  return stdout.trim() || undefined;
}
