const maximumCharacters = 300;

/** The last part of the path, as a person would read it; where there is none, the host. */
export function nameOf({ pathname, hostname }: URL): string {
  const last = decoded(pathname.split('/').findLast((part) => part !== '') ?? '');
  const plain = last
    .replace(/[\p{Cc}\p{Surrogate}]/gu, ' ')
    .trim()
    .slice(0, maximumCharacters)
    .replace(/\p{Surrogate}$/u, '');
  return plain === '' ? hostname : plain;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
