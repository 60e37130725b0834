import type { Question } from '@harmony/contracts';
import type { ExportedDefinition } from './column.js';

interface Part {
  readonly key: string;
  readonly name: string;
}

/** The items, buckets or stages of a definition: those of its version at the moment in order, then what it once had. */
export function partsOf({ question, versions }: ExportedDefinition): readonly Part[] {
  const newestFirst = [...versions].sort(([left], [right]) => right - left).map(([, asked]) => asked);
  const parts = new Map<string, Part>();
  for (const asked of [question, ...newestFirst])
    for (const part of partsOfQuestion(asked)) if (!parts.has(part.key)) parts.set(part.key, part);
  return [...parts.values()];
}

function partsOfQuestion(question: Question): readonly Part[] {
  switch (question.type) {
    case 'CHECKLIST':
      return question.items.map(({ key, text }) => ({ key, name: text }));
    case 'GROUP':
      return question.buckets;
    case 'FUNNEL':
      return question.stages;
    case 'SCALE':
      return Object.entries(question.labels).map(([key, name]) => ({ key, name }));
    default:
      return [];
  }
}
