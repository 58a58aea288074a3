/** A name, and its language: a BCP 47 tag, empty if unknown. */
interface Name {
  readonly name: string;
  readonly language: string;
}

/**
 * Returns the name in a language: one with the same tag, else one of the same language in another script or region, else the
 * usual name. The first of several. The usual name is the English one.
 */
export function nameIn(language: string, usual: string, names: readonly Name[]): string {
  const tag = language.toLowerCase();
  const base = baseOf(tag);
  if (base === 'en' || base === '') return usual; // Aliases of unknown language have no tag.
  const same = names.find((one) => one.language.toLowerCase() === tag);
  const plain = names.find((one) => one.language.toLowerCase() === base);
  const related = names.find((one) => baseOf(one.language.toLowerCase()) === base);
  return (same ?? plain ?? related)?.name ?? usual;
}

const baseOf = (tag: string) => tag.split('-')[0] ?? '';
