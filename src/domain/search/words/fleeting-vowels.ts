/**
 * Returns what a Russian word without an ending looks like before an ending, if a vowel falls out there: `боеголовк` for
 * `боеголовок`, because its other forms are `боеголовка`, `боеголовки`, … Snowball keeps the vowel.
 *
 * Words that keep their vowel, such as `поток`, get a form that no text has.
 *
 * @param written In small letters.
 */
export function withoutFleetingVowelRu(written: string): readonly string[] {
  const word = written.replaceAll('ё', 'е');
  const irregular = IRREGULAR_RU.get(word);
  return irregular === undefined ? [...beforeK(word), ...beforeC(word, /ец$/)] : [irregular];
}

/** Returns the same for Ukrainian: `боєголовк` for `боєголовок`, `українц` for `українець`. */
export function withoutFleetingVowelUk(word: string): readonly string[] {
  const irregular = IRREGULAR_UK.get(word);
  return irregular === undefined ? [...beforeK(word), ...beforeC(word, /[еє]ць$/)] : [irregular];
}

const CONSONANT_K = /^(.*[бвгґджзйклмнпрстфхцчшщ])[ое]к$/u;
/** Roots without another vowel keep theirs: `срок`, `век`. */
const VOWEL = /[аеиоуыэюяєії]/u;

/** `снимок`, `точек`; `нянек` and `кошелек`, whose consonants stay soft; `троек` after a vowel. */
function beforeK(word: string): string[] {
  const [, root = ''] = CONSONANT_K.exec(word) ?? [];
  const [, open = ''] = /^(.*[аеиоуыэюяєії])[еє]к$/u.exec(word) ?? [];
  if (open !== '') return [`${open}йк`];
  if (!VOWEL.test(root)) return [];
  return /[лн]ек$/u.test(word) ? [`${root}к`, `${root}ьк`] : [`${root}к`];
}

/** `украинец`; `владелец` and `колец` with a soft consonant; `боец` after a vowel. */
function beforeC(word: string, ending: RegExp): string[] {
  const root = word.replace(ending, '');
  if (root === word || root.length < 2) return [];
  if (/[аеиоуыэюяєії]$/u.test(root)) return [`${root}йц`];
  return /л$/u.test(root) ? [`${root}ьц`, `${root}ц`] : [`${root}ц`];
}

/** Words of other kinds, each with what their other forms begin with. By rule, `степень` would meet `степной`. */
const IRREGULAR_RU = listed(
  'башен башн, ведер ведр, ветер ветр, волокон волокн, земель земл, зерен зерн, камень камн, капель капл, ' +
    'корень корн, кресел кресл, огонь огн, окон окн, перечень перечн, песен песн, писем письм, полотен полотн, ' +
    'пятен пятн, ребер ребр, сестер сестр, сопел сопл, сотен сотн, стекол стекл, судеб судьб, тюрем тюрьм, ' +
    'угол угл, узел узл, уровень уровн, церковь церкв, чисел числ, ядер ядр, ' +
    // Snowball cuts nothing from these, because they have one vowel.
    'дня день, дню день, днем день, дне день, дни день, дней день, дням день, днями день, днях день',
);

const IRREGULAR_UK = listed(
  'боєць бійц, вікон вікн, воєн війн, земель земл, корабель корабл, рівень рівн, сестер сестр, сотень сотн, чисел числ, ядер ядр',
);

function listed(pairs: string): ReadonlyMap<string, string> {
  return new Map(pairs.split(', ').map((pair) => pair.split(' ') as [string, string]));
}
