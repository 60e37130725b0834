let codes: ReadonlyMap<string, string> | undefined;

/** Servers say `english` or `en`; ISO 639-1 is what is recorded. Null for what is neither. */
export function languageCode(language: string | null | undefined): string | null {
  const said = language?.trim().toLowerCase() ?? '';
  if (/^[a-z]{2}$/.test(said)) return said;
  codes ??= codesByName();
  return codes.get(said) ?? null;
}

function codesByName(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(
    all.flatMap((code) => {
      const name = names.of(code)?.toLowerCase();
      return name ? [[name, code] as const] : [];
    }),
  );
}
