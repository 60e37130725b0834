/** A playable WAV file of exactly so many bytes: 16 kHz, one channel, noise that differs by seed. */
export function wavOf(bytes: number, seed = 1): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(bytes - 8, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes - 44, 40);
  const noise = Buffer.alloc(Math.max(bytes - 44, 0));
  let state = seed;
  for (let index = 0; index + 4 <= noise.length; index += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    noise.writeInt32LE(state, index);
  }
  return Buffer.concat([header, noise]);
}
