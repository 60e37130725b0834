const frameBytes = 33;
const framesToSee = 50;
const fewestFrames = 5;

/**
 * Whether the bytes are frames of raw GSM 06.10: 33 bytes each, every one of which begins with the same four bits.
 * Other bytes look like it by chance once in 16 to the power of the number of frames.
 */
export function isGsm(bytes: Uint8Array): boolean {
  const frames = Math.min(Math.floor(bytes.length / frameBytes), framesToSee);
  if (frames < fewestFrames) return false;
  for (let frame = 0; frame < frames; frame += 1) {
    if ((bytes[frame * frameBytes] ?? 0) >> 4 !== 0xd) return false;
  }
  return true;
}
