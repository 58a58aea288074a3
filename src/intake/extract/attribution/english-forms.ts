interface Form {
  readonly form: string;
  readonly isParticiple: boolean;
  readonly isBase: boolean;
}

/** Past tense and past participle of irregular verbs. */
const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  say: ['said'],
  stated: ['stated'],
  tell: ['told'],
  write: ['wrote', 'written'],
  think: ['thought'],
  know: ['knew', 'known'],
  feel: ['felt'],
  find: ['found'],
  see: ['saw', 'seen'],
  hear: ['heard'],
  speak: ['spoke', 'spoken'],
  understand: ['understood'],
  mean: ['meant'],
  show: ['showed', 'shown'],
  swear: ['swore', 'sworn'],
  forget: ['forgot', 'forgotten'],
  foresee: ['foresaw', 'foreseen'],
  seek: ['sought'],
  shoot: ['shot'],
  read: ['read'],
  dream: ['dreamed', 'dreamt'],
};

/** Verbs whose last consonant is doubled: `admitted`. */
const DOUBLING = new Set([
  'admit',
  'signal',
  'quip',
  'rip',
  'slam',
  'pan',
  'plan',
  'dub',
  'brag',
  'label',
  'chat',
  'rebut',
  'submit',
  'commit',
  'prefer',
  'refer',
  'hint-',
  'bar',
  'beg',
  'permit',
]);

/** Returns the base, the third person, the past and the `-ing` form of an English verb. */
export function formsOf(lemma: string): Form[] {
  const past = IRREGULAR[lemma] ?? [regularPast(lemma)];
  return [
    { form: lemma, isParticiple: false, isBase: !past.includes(lemma) },
    { form: thirdPerson(lemma), isParticiple: false, isBase: false },
    ...past.map((form) => ({ form, isParticiple: false, isBase: false })),
    { form: participle(lemma), isParticiple: true, isBase: false },
  ];
}

const endsInConsonantY = (lemma: string) => /[^aeiou]y$/.test(lemma);
const doubled = (lemma: string) => (DOUBLING.has(lemma) ? `${lemma}${lemma.at(-1)}` : lemma);

function regularPast(lemma: string): string {
  if (lemma.endsWith('e')) return `${lemma}d`;
  if (endsInConsonantY(lemma)) return `${lemma.slice(0, -1)}ied`;
  return `${doubled(lemma)}ed`;
}

function thirdPerson(lemma: string): string {
  if (endsInConsonantY(lemma)) return `${lemma.slice(0, -1)}ies`;
  return /(s|sh|ch|x|z)$/.test(lemma) ? `${lemma}es` : `${lemma}s`;
}

function participle(lemma: string): string {
  if (lemma.endsWith('ee')) return `${lemma}ing`;
  if (lemma.endsWith('e')) return `${lemma.slice(0, -1)}ing`;
  return `${doubled(lemma)}ing`;
}
