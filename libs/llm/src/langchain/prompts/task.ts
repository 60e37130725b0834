import type { InsightType, Question } from '@harmony/contracts';
import type { QuestionRequest } from '../../port.js';
import { promptOf, render, versioned } from './prompts.js';

/** What a model is to do with a conversation. */
export interface Task {
  readonly type: InsightType | 'EXTRACTION';
  /** For the model, after the conversation. */
  readonly text: string;
  /** Words to look for in a conversation that is too long to be read; empty for what is about all of it. */
  readonly queries: readonly string[];
}

export const templateOf = ({ type }: Task): string => versioned(promptOf(type));

export const extractionTask: Task = { type: 'EXTRACTION', text: render('extraction'), queries: [] };

export function taskOf({ question, background, repair }: QuestionRequest): Task {
  const { type, ...configuration } = question;
  const parts = [render(promptOf(type), { question: JSON.stringify(configuration) })];
  if (background.context !== '') parts.push(`What the question means here: ${background.context}`);
  if (repair !== undefined) {
    parts.push(
      `You have answered this before, and the answer cannot be kept: ${repair.detail} Answer anew, and mend that.`,
    );
  }
  return { type, text: parts.join('\n\n'), queries: queriesOf(question) };
}

/** Questions that name what they look for; all others are about the whole conversation. */
function queriesOf(question: Question): readonly string[] {
  switch (question.type) {
    case 'OPEN_QUESTION':
    case 'YES_NO':
      return [question.question];
    case 'CHECKLIST':
      return question.items.map(({ text }) => text);
    default:
      return [];
  }
}
