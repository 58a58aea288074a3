import axe from 'axe-core';
import type { ConsoleMessage, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Database } from '../../../src/database/open.js';
import { createToken } from '../../../src/domain/token.js';
import { test as base } from '../dossier-page.js';

/** Tests of the desk on the example record. */
export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  isExpected: async ({}, use) => use((message: ConsoleMessage) => message.text().includes('status of 401')), // A token that is refused.
});

/** Creates a token of an editor. */
export const editorToken = (db: Database, name: string) => createToken(db, { name, role: 'EDITOR' });

/** Signs in with the keyboard. */
export async function signIn(page: Page, token: string, { isKept = false } = {}): Promise<void> {
  await page.getByLabel('Token with the role').waitFor();
  await page.keyboard.type(token);
  if (isKept) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Moves the focus with Tab until an element has it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const isFocused = () => target.evaluate((element) => element === element.ownerDocument.activeElement);
  for (let steps = 0; steps < 120; steps++) {
    if (await isFocused()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}.`);
}

/** Goes to a control with Tab and presses Enter. */
export async function pressEnterOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field with Tab and types. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** Types into a picker and takes the option with a name, by the keyboard. */
export async function pick(page: Page, target: Locator, text: string, option: RegExp): Promise<void> {
  await typeInto(page, target, text);
  const wanted = page.getByRole('option', { name: option }).first();
  await wanted.waitFor();
  for (let steps = 0; steps < 20; steps++) {
    await page.keyboard.press('ArrowDown');
    if ((await wanted.getAttribute('data-focused')) !== null) break;
  }
  await page.keyboard.press('Enter');
}

/** Expects that axe finds nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  );
  expect(found).toEqual([]);
}

export const headlineField = (page: Page) => page.getByRole('textbox', { name: 'Headline' });
