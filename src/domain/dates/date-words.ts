/** The words around dates in one language. Everything else is by `Intl`. The forms need no inflected dates. */
export interface DateWords {
  readonly about: (date: string) => string;
  readonly uncertain: (date: string) => string;
  readonly until: (date: string) => string;
  /** An interval whose start nobody knows; `until` is one without a start. */
  readonly startUnknown: (date: string) => string;
  readonly since: (date: string) => string;
  readonly endUnknown: (date: string) => string;
  readonly range: (first: string, last: string) => string;
  readonly unknownYear: string;
  /** The ten years that begin with a year. */
  readonly decade: (year: string) => string;
  /** The hundred years that begin with a year. */
  readonly century: (year: string) => string;
  /** Spring, summer, autumn and winter. */
  readonly seasons: readonly [string, string, string, string];
  readonly season: (season: string, year: string) => string;
}

const dash = (first: string, last: string) => `${first} – ${last}`;
const ENDINGS = ['th', 'st', 'nd', 'rd'];
const ordinal = (number: number) =>
  `${number}${Math.floor(number / 10) === 1 ? 'th' : (ENDINGS[number % 10] ?? 'th')}`;
const years = (year: string) => `${year}–${year.slice(0, 2)}99`;

/** By language, ISO 639-1. */
export const DATE_WORDS = {
  en: {
    about: (date) => `about ${date}`,
    uncertain: (date) => `${date} (uncertain)`,
    until: (date) => `until ${date}`,
    startUnknown: (date) => `until ${date}, start unknown`,
    since: (date) => `since ${date}`,
    endUnknown: (date) => `from ${date}, end unknown`,
    range: (first, last) => `${first} to ${last}`,
    unknownYear: 'an unknown year',
    decade: (year) => `the ${year}s`,
    // "The 2000s" would be read as a decade.
    century: (year) => `the ${ordinal(Number(year.slice(0, 2)) + 1)} century`,
    seasons: ['spring', 'summer', 'autumn', 'winter'],
    season: (season, year) => `${season} ${year}`,
  },
  de: {
    about: (date) => `etwa ${date}`,
    uncertain: (date) => `${date} (unsicher)`,
    until: (date) => `bis ${date}`,
    startUnknown: (date) => `bis ${date}, Beginn unbekannt`,
    since: (date) => `seit ${date}`,
    endUnknown: (date) => `ab ${date}, Ende unbekannt`,
    range: (first, last) => `${first} bis ${last}`,
    unknownYear: 'unbekanntes Jahr',
    decade: (year) => `${year}er-Jahre`,
    century: years,
    seasons: ['Frühling', 'Sommer', 'Herbst', 'Winter'],
    season: (season, year) => `${season} ${year}`,
  },
  fr: {
    about: (date) => `vers ${date}`,
    uncertain: (date) => `${date} (incertain)`,
    until: (date) => `jusqu’à ${date}`,
    startUnknown: (date) => `jusqu’à ${date}, début inconnu`,
    since: (date) => `depuis ${date}`,
    endUnknown: (date) => `à partir de ${date}, fin inconnue`,
    range: dash,
    unknownYear: 'année inconnue',
    decade: (year) => `années ${year}`,
    century: years,
    seasons: ['printemps', 'été', 'automne', 'hiver'],
    season: (season, year) => `${season} ${year}`,
  },
  es: {
    about: (date) => `hacia ${date}`,
    uncertain: (date) => `${date} (incierto)`,
    until: (date) => `hasta ${date}`,
    startUnknown: (date) => `hasta ${date}, inicio desconocido`,
    since: (date) => `desde ${date}`,
    endUnknown: (date) => `desde ${date}, final desconocido`,
    range: dash,
    unknownYear: 'año desconocido',
    decade: (year) => `década de ${year}`,
    century: years,
    seasons: ['primavera', 'verano', 'otoño', 'invierno'],
    season: (season, year) => `${season} de ${year}`,
  },
  ru: {
    about: (date) => `${date} (приблизительно)`,
    uncertain: (date) => `${date} (неточно)`,
    until: (date) => `${date} или раньше`,
    startUnknown: (date) => `начало неизвестно – ${date}`,
    since: (date) => `${date} и далее`,
    endUnknown: (date) => `${date} – конец неизвестен`,
    range: dash,
    unknownYear: 'неизвестный год',
    decade: (year) => `${year}-е годы`,
    century: years,
    seasons: ['весна', 'лето', 'осень', 'зима'],
    season: (season, year) => `${season} ${year} г.`,
  },
  uk: {
    about: (date) => `${date} (приблизно)`,
    uncertain: (date) => `${date} (неточно)`,
    until: (date) => `${date} або раніше`,
    startUnknown: (date) => `початок невідомий – ${date}`,
    since: (date) => `${date} і далі`,
    endUnknown: (date) => `${date} – кінець невідомий`,
    range: dash,
    unknownYear: 'невідомий рік',
    decade: (year) => `${year}-ті роки`,
    century: years,
    seasons: ['весна', 'літо', 'осінь', 'зима'],
    season: (season, year) => `${season} ${year} р.`,
  },
  zh: {
    about: (date) => `约${date}`,
    uncertain: (date) => `${date}（不确定）`,
    until: (date) => `截至${date}`,
    startUnknown: (date) => `截至${date}，开始时间不明`,
    since: (date) => `自${date}起`,
    endUnknown: (date) => `自${date}起，结束时间不明`,
    range: (first, last) => `${first}至${last}`,
    unknownYear: '年份不明',
    decade: (year) => `${year}年代`,
    century: (year) => `${years(year)}年`,
    seasons: ['春季', '夏季', '秋季', '冬季'],
    season: (season, year) => `${year}年${season}`,
  },
  ar: {
    about: (date) => `${date} (تقريبًا)`,
    uncertain: (date) => `${date} (غير مؤكد)`,
    until: (date) => `حتى ${date}`,
    startUnknown: (date) => `حتى ${date}، البداية غير معروفة`,
    since: (date) => `منذ ${date}`,
    endUnknown: (date) => `من ${date}، النهاية غير معروفة`,
    range: (first, last) => `من ${first} إلى ${last}`,
    unknownYear: 'سنة غير معروفة',
    decade: (year) => `عقد ${year}`,
    century: years,
    seasons: ['ربيع', 'صيف', 'خريف', 'شتاء'],
    season: (season, year) => `${season} ${year}`,
  },
} as const satisfies Readonly<Record<string, DateWords>>;

export type DateLanguage = keyof typeof DATE_WORDS;
