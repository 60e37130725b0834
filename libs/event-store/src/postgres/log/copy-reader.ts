/** Bytes before the first row: signature, flags and the length of the header's extension (PostgreSQL manual, COPY). */
const headerBytes = 19;
const microsecondsBefore2000 = Date.UTC(2000, 0, 1) * 1000;

/**
 * Reads the binary format of COPY field by field. Replaying a log is bound by the CPU of this process, and the driver's
 * rows cost as much as the JSON within them.
 */
export class CopyReader {
  private offset = headerBytes;
  private lastMicroseconds = Number.NaN;
  private lastTime = '';

  constructor(private readonly bytes: Buffer) {}

  /** False at the end. */
  nextRow(): boolean {
    const columns = this.bytes.readInt16BE(this.offset);
    this.offset += 2;
    return columns >= 0;
  }

  bigint(): bigint {
    const value = this.bytes.readBigInt64BE(this.offset + 4);
    this.offset += 12;
    return value;
  }

  integer(): number {
    const value = this.bytes.readInt32BE(this.offset + 4);
    this.offset += 8;
    return value;
  }

  text(): string {
    const start = this.offset + 4;
    this.offset = start + this.bytes.readInt32BE(this.offset);
    return this.bytes.toString('utf8', start, this.offset);
  }

  /** ISO 8601, UTC. Events of one append share their time, so the last one is kept. */
  time(): string {
    const microseconds = this.bytes.readInt32BE(this.offset + 4) * 2 ** 32 + this.bytes.readUInt32BE(this.offset + 8);
    this.offset += 12;
    if (microseconds !== this.lastMicroseconds) {
      this.lastMicroseconds = microseconds;
      this.lastTime = new Date((microseconds + microsecondsBefore2000) / 1000).toISOString();
    }
    return this.lastTime;
  }
}
