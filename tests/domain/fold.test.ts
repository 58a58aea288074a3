import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../src/domain/search/fold.js';

test.for<[string, string]>([
  ['P’yŏngyang', 'pyongyang'],
  ['Pʼyongyang', 'pyongyang'],
  ["P'yongyang", 'pyongyang'],
  ['Nicolás MADURO', 'nicolas maduro'],
  ['Chambe\u0301ry', 'chambery'],
  ['Erdoğan', 'erdogan'],
  ['Diyarbakır, İstanbul', 'diyarbakir, istanbul'],
  ['Zürich, Straße', 'zurich, strasse'],
  ['Łódź, Đakovo, Tromsø', 'lodz, dakovo, tromso'],
  ['Ærø, Þórshöfn', 'aero, thorshofn'],
  ['всё ещё', 'все еще'],
  ['ＤＦ－４１', 'df-41'],
  ['eﬃcient', 'efficient'],
  ['non\u00adpro\u200blifer\u2060ation', 'nonproliferation'],
  ['٣٠٠ ۵۰۰', '300 500'],
  ['צָבָא', 'צבא'],
  ['إيران', 'ايران'],
  ['が ﾊﾟ 한국', 'が パ 한국'],
  ['हिन्दी', 'हिन्दी'],
])('folds %s to %s', ([text, folded]) => {
  expect(fold(text)).toBe(folded);
});

test('folds a folded text, its case and its normal forms to the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      for (const form of ['NFC', 'NFD'] as const) expect(fold(text.normalize(form))).toBe(folded);
    }),
    { numRuns: 1_000 },
  );
});
