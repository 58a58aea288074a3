/** Titles and offices before or behind a name. In small letters. */
const HEADS_EN =
  'president minister secretary chancellor premier ambassador general admiral colonel major captain marshal commander chief director spokesman spokeswoman spokesperson senator representative governor mayor envoy negotiator adviser advisor analyst expert professor doctor official chairman chairwoman chair head deputy foreign prime vice defence defense undersecretary king queen prince pope judge justice speaker lieutenant sergeant diplomat lawmaker deputy researcher fellow scholar scientist historian inspector'.split(
    ' ',
  );
const ABBREVIATED = 'mr mrs ms dr prof gen adm col maj capt lt sgt sen rep gov pres amb sir dame'.split(' ');
const HEADS_RU =
  'президент министр замминистра премьер генерал адмирал полковник маршал посол представитель представительница глава директор секретарь депутат эксперт аналитик профессор заместитель командующий начальник председатель пресс-секретарь спикер сенатор дипломат советник'.split(
    ' ',
  );

export const OFFICE_HEADS: ReadonlySet<string> = new Set([...HEADS_EN, ...HEADS_RU]);
export const HONORIFICS: ReadonlySet<string> = new Set(ABBREVIATED);

/** Words that may stand between the words of an office: `of`, `for`. */
export const OFFICE_LINKS: ReadonlySet<string> = new Set(['of', 'for', 'the', 'and', 'to', 'at', 'on']);

/** The last words of organisations' names: `Ministry of …`, `… Institute`. */
export const ORGANISATION_HEADS: ReadonlySet<string> = new Set(
  'ministry institute agency command university center centre council office department committee commission association foundation army navy force forces corps staff parliament assembly congress senate house bureau service group union organization organisation coalition forum academy laboratory duma министерство институт агентство университет центр совет комитет комиссия генштаб дума'.split(
    ' ',
  ),
);
const FEMALE = new Set(
  'anna maria elena olga irina natalia tatiana svetlana ekaterina marina yulia victoria mary jennifer linda susan karen nancy lisa margaret sarah emma julia laura hillary angela ursula annalena kaja sanna marie sophie claire alice eva ingrid helena katarina nina vera lena ada ruth jane joan carol diane alicia greta astrid freya'.split(
    ' ',
  ),
);
const MALE = new Set(
  'john james robert michael william david richard joseph thomas charles daniel paul mark donald george steven andrew kevin brian vladimir sergei sergey dmitry alexander mikhail nikolai ivan boris anton andrei alexei igor viktor yuri pavel oleg peter hans karl otto jens lars emmanuel jean pierre luc olaf boris jens mike joe barack ronald bill tom ben sam jack henry arthur felix hugo'.split(
    ' ',
  ),
);

export type Gender = 'F' | 'M';

/** Returns the gender that a title, a first name or the ending of a Russian surname shows. */
export function genderOf(name: string, title: string): Gender | undefined {
  if (/\b(ms|mrs|miss|lady|queen|madam|spokeswoman|chairwoman|dame)\b/i.test(title)) return 'F';
  if (/\b(mr|sir|king|spokesman|chairman|lord)\b/i.test(title)) return 'M';
  const words = name.toLowerCase().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (FEMALE.has(first) || /(ova|eva|ina|skaya|ова|ева|ина|ская)$/.test(last)) return 'F';
  if (MALE.has(first) || /(ov|ev|sky|skiy|ов|ев|ский)$/.test(last)) return 'M';
  return undefined;
}
