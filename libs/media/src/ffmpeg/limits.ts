/** What reading one recording may take. A child that passes one of them is ended. */
export interface MediaLimits {
  /** Of decoded sound. */
  readonly durationMs: number;
  /** From start to end of one child. */
  readonly wallClockMs: number;
  /** Without a byte from the child. */
  readonly silenceMs: number;
  readonly cpuSeconds: number;
  /** Resident. */
  readonly memoryBytes: number;
  /** Of any one file that a child writes by itself. */
  readonly fileBytes: number;
}

const minute = 60_000;

export const defaultLimits: MediaLimits = {
  durationMs: 8 * 60 * minute,
  wallClockMs: 30 * minute,
  silenceMs: 2 * minute,
  cpuSeconds: 15 * 60,
  memoryBytes: 512 * 1024 ** 2,
  fileBytes: 1024 ** 3,
};
