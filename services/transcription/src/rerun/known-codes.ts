import type { Speaker, Transcript } from '@harmony/transcript';

/**
 * The transcript with the codes by which the conversation knows its speakers: who has a channel to themselves keeps the
 * code of that channel, whoever this engine hears first. So what people said of a speaker holds here too.
 */
export function withCodesOf(known: readonly Speaker[], transcript: Transcript): Transcript {
  const codes = new Map(
    transcript.speakers.map(({ code, channel }) => [
      code,
      (channel === undefined ? undefined : known.find((one) => one.channel === channel)?.code) ?? code,
    ]),
  );
  // One that is known by no channel must not get the code of one that is.
  if (new Set(codes.values()).size < codes.size) return transcript;
  const codeOf = (code: string): string => codes.get(code) ?? code;
  return {
    turns: transcript.turns.map((turn) => ({ ...turn, speaker: codeOf(turn.speaker) })),
    speakers: transcript.speakers.map((speaker) => ({ ...speaker, code: codeOf(speaker.code) })),
  };
}
