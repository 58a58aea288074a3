import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

describeWithDatabase('texts in a language', () => {
  test('are the dates of a development, with what is known of them', async ({ server }) => {
    await publishStatement(server, 'Said', { slug: 'said', occurred: '2019-08~' });
    await publishStatement(server, 'Timed', { slug: 'timed', occurred: '2019-08-02T10:00+03:00' });
    const { said, timed } = await server.data(`{
      said: development(slug: "said") { occurred {
        isApproximate isUncertain start end text en: text(language: "en-US") ru: text(language: "ru") xx: text(language: "tlh")
      } }
      timed: development(slug: "timed") { occurred { isApproximate start end text(language: "zh") } }
    }`);
    expect(said.occurred).toEqual({
      ...{ isApproximate: true, isUncertain: false, start: null, end: null },
      ...{ text: 'about August 2019', en: 'about August 2019', xx: 'about August 2019' },
      ru: 'август 2019 г. (приблизительно)',
    });
    expect(timed.occurred).toEqual({
      isApproximate: false,
      start: '2019-08-02T07:00:00.000Z',
      end: '2019-08-02T07:01:00.000Z',
      text: '2019年8月2日, 10:00 UTC+03:00',
    });
  });

  test('are the names of actors and weapon systems, else of another script, else the usual ones', async ({
    server,
  }) => {
    await server.data(`mutation {
      upsertActor(input: { slug: "one", kind: PERSON, name: "Usual", names: [
        { name: "Имя", language: "ru" }, { name: "Другое имя", language: "ru" }, { name: "Ime", language: "sr-Latn" }, { name: "Alias" }, { name: "Other", language: "en" }
      ] }) { __typename }
      upsertWeaponSystem(input: { slug: "one", name: "Oreshnik", aliases: [{ name: "Орешник", language: "ru" }] }) { __typename }
    }`);
    const { actor, weaponSystem } = await server.data(`{
      actor(slug: "one") {
        names { name } name en: name(language: "en-GB") ru: name(language: "RU") region: name(language: "ru-BY") sr: name(language: "sr")
        other: name(language: "de") none: name(language: "") odd: name(language: "-")
      }
      weaponSystem(slug: "one") { name ru: name(language: "ru") }
    }`);
    expect(actor).toEqual({
      names: ['Имя', 'Другое имя', 'Ime', 'Alias', 'Other'].map((name) => ({ name })),
      ...{ name: 'Usual', en: 'Usual', ru: 'Имя', region: 'Имя', sr: 'Ime' },
      ...{ other: 'Usual', none: 'Usual', odd: 'Usual' },
    });
    expect(weaponSystem).toEqual({ name: 'Oreshnik', ru: 'Орешник' });
  });
});
