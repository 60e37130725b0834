/** 50 ms at 16 kHz. */
const windowSamples = 800;
/** Mean absolute value above which somebody may be speaking: about -50 dB. */
const audible = 100;
/** How much louder one channel must be for the sound to be its own: 6 dB. */
const dominance = 2;
const shareOfOwnSound = 0.6;
const leastShareOfEach = 0.01;

/**
 * Finds out what two channels are: one speaker each, as telephone systems record, or one room (or one speaker twice), as
 * microphones and video do. In the first case nearly all sound is in one of the two at a time.
 */
export class ChannelUse {
  #audible = 0;
  #first = 0;
  #second = 0;
  #sums = [0, 0];
  #inWindow = 0;

  /** Stretches of the same time and length. */
  add(first: Int16Array, second: Int16Array): void {
    let [one = 0, other = 0] = this.#sums;
    for (let index = 0; index < first.length; index += 1) {
      one += Math.abs(first[index] ?? 0);
      other += Math.abs(second[index] ?? 0);
      this.#inWindow += 1;
      if (this.#inWindow < windowSamples) continue;
      this.#judge(one / windowSamples, other / windowSamples);
      one = other = this.#inWindow = 0;
    }
    this.#sums = [one, other];
  }

  /** True when each channel is a speaker of its own. */
  get isSpeakerEach(): boolean {
    const own = this.#first + this.#second;
    const quieter = Math.min(this.#first, this.#second);
    return own > shareOfOwnSound * this.#audible && quieter > leastShareOfEach * this.#audible;
  }

  #judge(first: number, second: number): void {
    if (Math.max(first, second) < audible) return;
    this.#audible += 1;
    if (first > dominance * second) this.#first += 1;
    if (second > dominance * first) this.#second += 1;
  }
}
