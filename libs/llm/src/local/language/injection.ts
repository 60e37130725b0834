/**
 * Words spoken to whoever analyses the conversation, and not to the people in it (B17). The local analyst obeys nobody,
 * but such words would still be counted as words about the matter, so turns that have them weigh nothing.
 */
const machine =
  '(?:assistant|chat ?bot|chat ?gpt|ai|a\\.i\\.|llm|language model|model|analyst|analyser|analyzer|evaluator|grader|scorer|rater|note ?-?taker|summari[sz]er|robot|bot|system|algorithm|transcription|whoever (?:reads|scores|analyses|analyzes|grades) this)';
const order =
  '(?:ignore|disregard|forget|override|mark|score|rate|set|answer|respond|reply|output|write|say|report|record|classify|treat|pretend|put|print|return|change|give|fill|tick|note|conclude|summari[sz]e|list|act|follow)';

const patterns: readonly RegExp[] = [
  // A machine is called, and told to do something.
  new RegExp(
    `(?:^|[.!?;:,\\n"'(]\\s*)(?:(?:hey|hi|dear|ok|okay|so|and|note to|message to|message for|attention|instructions? (?:to|for))[, ]+)*(?:the |this |any |our |your )?${machine}\\b(?: [\\w'’-]+)?\\s*[,:;.!–—-]\\s*[^.?!\\n]{0,100}\\b${order}\\b`,
    'iu',
  ),
  new RegExp(
    `\\b(?:to|for|dear|hey|attention) (?:the |this |any |our |your )?(?:ai\\b|llm\\b|language model|chat ?bot|assistant (?:reading|listening|analy)|(?:ai|automated) \\w+)`,
    'iu',
  ),
  // What was said before is to be ignored.
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.?!\n]{0,40}\b(?:previous|prior|above|earlier|all|any|other|your|the)\b[^.?!\n]{0,30}\b(?:instructions?|prompts?|rules?|rubrics?|guidelines?|context|system message)\b/iu,
  // The way in which it is judged.
  /\b(?:whatever|no matter what|regardless of what) (?:your|the|its) (?:rubric|rules?|prompt|instructions?|criteria|guidelines?|template)\b/iu,
  /\b(?:your|the) (?:rubric|system prompt|grading|scoring rules?|evaluation criteria)\b/iu,
  /\b(?:mark|score|rate|set|answer|tick|classify|count|treat)\b[^.?!\n]{0,30}\b(?:every|all|each|any|this|the)\b[^.?!\n]{0,25}\b(?:checklist|check ?list|questions?|items?|buckets?|stages?|scales?|criteria|call|conversation|meeting|engagement)\b[^.?!\n]{0,25}\b(?:as|with|to|at)\b[^.?!\n]{0,20}\b(?:yes|no|done|met|true|false|ten|10|maximum|highest|complete[d]?|passed|strong|positive|won|closed)\b/iu,
  // Marks of a machine's language.
  /<\/?\s*(?:system|assistant|user|instructions?|prompt|transcript|im_start|im_end|tool|function|answer|admin|developer)\b[^>]*>|<\|[^|>]*\|>/iu,
  /\[(?:\/)?(?:INST|SYSTEM|ASSISTANT|SYS|ADMIN|INSTRUCTION)S?\b[^\]]*\]|^\s*#{2,}\s*(?:system|instruction|assistant|new task)/imu,
  /^\s*(?:system|assistant|developer|admin)\s*(?:message|prompt|note|override|instruction)?\s*:/imu,
  /["'{]\s*(?:answer|outcome|type|role|stage|bucket|score|content|verdict|result|results|confidence)["']\s*:/iu,
  /```|\bas an ai\b|\byou are (?:now )?(?:an? |the )?(?:ai|assistant|language model|evaluator|grader|analyst|helpful)\b/iu,
];

/** Whether a turn speaks to whoever analyses it. */
export function addressesAnalyst(text: string): boolean {
  const read = text.slice(0, 20_000);
  return patterns.some((pattern) => pattern.test(read));
}
