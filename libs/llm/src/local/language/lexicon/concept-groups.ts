/**
 * Words of business English that mean nearly the same, by a name for what they mean. General language: written from
 * what such words mean, never from any sample. A word may be in several groups.
 */
export const conceptGroups: Readonly<Record<string, readonly string[]>> = {
  price: ['price', 'pricing', 'fee', 'cost', 'charge', 'rate', 'tariff', 'list price'],
};
