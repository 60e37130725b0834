/** Marks that are part of a figure when they stand before a digit: signs, decimal points, times. */
const punctuation = /(?![-.,:/](?=\p{N}))\p{P}/gu;

/**
 * A text as it is compared: case, punctuation, marks of Markdown and the width of spaces say nothing new; figures do.
 * Normalising twice gives the same.
 */
export function normalisedText(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return plain.replaceAll(punctuation, ' ').replaceAll(/\s+/gu, ' ').trim();
}
