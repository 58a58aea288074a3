/** Verbs in -ise that are also written in -ize, by the letters before: `organise`, but not `exercise` and `revise`. */
const ISE =
  /(?<=..(?:n|l|[aeo]r|ic|im|(?<!pr)om|at|it|et|ot|ard))is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational|able)$)/;

/** British spellings, and what Americans write. A rule may change words that have one spelling, as long as all their forms. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [ISE, 'iz'],
  [/(?<=anal|catal|paral)ys(?=(?:e|ed|er|ers|ing)$)/, 'yz'],
  [/(?<=def|lic|off|pret)ence/, 'ense'],
  [/practise/, 'practice'],
  [/programme(?=s?$)/, 'program'],
  [/tonne(?=s?$)/, 'ton'],
  [/(?<=arm|behavi|col|endeav|fav|harb|hon|hum|lab|neighb|parl|rig|rum|sav|tum|val|vap|vig)our/, 'or'],
  [/manoeuvre(?=d$)/, 'maneuvere'],
  [/manoeuvre?/, 'maneuver'],
  [/(?<=calib|cent|fib|lit|met|sab|spect|theat)re(?=s?$)/, 'er'],
  [/centred$/, 'centered'],
  [
    /(?<=cancel|channel|counsel|fuel|label|level|marshal|model|pedal|rival|shovel|signal|total|travel|tunnel)l(?=(?:ed|er|ers|ing)$)/,
    '',
  ],
  [/(?<=anal|catal|dial|monol)ogue/, 'og'],
  [/(?<=acknowledg|judg)e(?=ment)/, ''],
  [/^aeroplane/, 'airplane'],
  [/^ageing$/, 'aging'],
  [/^aluminium/, 'aluminum'],
  [/^artefact/, 'artifact'],
  [/^despatch/, 'dispatch'],
  [/^grey/, 'gray'],
  [/^plough/, 'plow'],
  [/^rouble/, 'ruble'],
  [/^sceptic/, 'skeptic'],
  [/^sulph/, 'sulf'],
];

/** Returns an English word as Americans write it: `defense` for `defence`, `neutralize` for `neutralise`. */
export function americanSpelling(word: string): string {
  for (const [pattern, written] of RULES) {
    const changed = word.replace(pattern, written);
    if (changed !== word) return changed;
  }
  return word;
}
