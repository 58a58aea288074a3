import { expect, test } from 'vitest';
import { detectLanguage } from '../../../src/intake/inbox/arrival/detect-language.js';

test.each([
  ['en', 'The minister said on Tuesday that the country no longer considers itself bound by its moratorium.'],
  ['ru', 'Министр заявил во вторник, что страна больше не считает себя связанной мораторием на ракеты.'],
  ['uk', 'Міністр заявив у вівторок, що країна більше не вважає себе зв’язаною мораторієм на ракети.'],
  ['de', 'Der Minister sagte am Dienstag, dass sich das Land nicht mehr an sein Moratorium gebunden fühle.'],
  [
    'fr',
    'Le ministre a déclaré mardi que le pays ne se considérait plus lié par son moratoire sur les missiles.',
  ],
  [
    'es',
    'El ministro dijo el martes que el país ya no se considera obligado por su moratoria sobre los misiles.',
  ],
  [
    'zh',
    '国防部长周二表示该国不再认为自己受到中程导弹暂停部署承诺的约束他在首都的武器展览会上发表了讲话并回答了记者的问题国防部长周二表示该国',
  ],
  [
    'ar',
    'قال الوزير يوم الثلاثاء إن البلاد لم تعد تعتبر نفسها ملزمة بوقفها الاختياري للصواريخ المتوسطة المدى',
  ],
  [
    'fa',
    'وزیر روز سه شنبه گفت که این کشور دیگر خود را ملزم به تعلیق موشک های میان برد نمی داند و در این باره توضیح داد',
  ],
])('finds %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test('does not guess from a few words', () => {
  expect(detectLanguage('Missile test')).toBeNull();
  expect(detectLanguage('')).toBeNull();
});
