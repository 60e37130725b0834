export type { Ffmpeg, FfmpegOrigin } from './ffmpeg/find-ffmpeg.js';
export { defaultLimits, type MediaLimits } from './ffmpeg/limits.js';
export { Media, type MediaOptions, type Recognised } from './media.js';
export type { WaveformData } from './prepare/peaks.js';
export { openMedia } from './open-media.js';
export type { PreparedRecording } from './prepare/prepared-recording.js';
export { kindOf } from './recognise/kind-of.js';
export type { RecordingKind } from './recognise/kinds.js';
