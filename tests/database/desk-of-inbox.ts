import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from './suites.js';

// Runs on the embedded database (here) and on PostgreSQL (tests/services).

const CLAIM =
  'UPDATE inbox_item SET model_hash = content_hash, model_attempts = 1, model_asked_at = now(), model_suggestions = NULL';
const ANSWER = `UPDATE inbox_item SET model_suggestions = '[{"kind":"NAME"}]'`;
const NEW_TEXT = "UPDATE inbox_item SET text = 'b', content_hash = 'b'";

/** Statements in the order in which they run, and whether each tells the desk. */
const STATEMENTS: readonly (readonly [name: string, statement: string, tells: boolean])[] = [
  ['a claim by a machine', CLAIM, false],
  ['a claim that is taken back', 'UPDATE inbox_item SET model_attempts = 0', false],
  ['an answer of a machine', ANSWER, true],
  ['the same answer again', ANSWER, false],
  ['an answer withdrawn', 'UPDATE inbox_item SET model_suggestions = NULL', true],
  ['another answer', ANSWER, true],
  ['another text', NEW_TEXT, true],
  [
    'what serves to compare texts',
    "UPDATE inbox_item SET signature = '{1}', bands = '{1}', original_hash = 'c'",
    false,
  ],
  ['a claim of another text, which drops suggestions that nobody sees', CLAIM, false],
  ['a state', "UPDATE inbox_item SET state = 'DISMISSED', reason = 'Old', changed_by = 'jo'", true],
  [
    'the same state again',
    "UPDATE inbox_item SET state = 'DISMISSED', reason = 'Old', changed_by = 'jo'",
    false,
  ],
  ['another reason', 'UPDATE inbox_item SET reason = NULL', true],
  ['another editor', "UPDATE inbox_item SET changed_by = 'kim'", true],
  ['a time', "UPDATE inbox_item SET state = 'SNOOZED', snoozed_until = now()", true],
  ['another time', "UPDATE inbox_item SET snoozed_until = now() + interval '1 day'", true],
  ['an address', "UPDATE inbox_item SET url = 'https://news.example/'", true],
  ['a language', "UPDATE inbox_item SET language = 'en'", true],
  ['a day of publication', 'UPDATE inbox_item SET published_at = now()', true],
  ['a feed', 'UPDATE inbox_item SET feed_id = gen_random_uuid()', true],
  ['another version', 'UPDATE inbox_item SET versions = versions + 1', true],
  ['a state of no article', "UPDATE inbox_item SET state = 'UNREAD' WHERE title = 'none'", false],
  [
    'a claim of one article and the title of another',
    `UPDATE inbox_item SET model_attempts = 2,
      title = CASE WHEN address = 'two' THEN 'New' ELSE title END`,
    true,
  ],
  ['a text that is deleted', 'UPDATE inbox_item SET text = NULL', true],
];

export function describeDeskOfInbox(): void {
  describe('the desk and the inbox', () => {
    let opened: Awaited<ReturnType<typeof openTestDatabase>>;
    const entries = async () => {
      const { rows } = await opened.pool.query(
        "SELECT count(*)::int AS count FROM desk_entry WHERE subject = 'INBOX'",
      );
      return rows[0].count;
    };

    beforeAll(async () => {
      opened = await openTestDatabase();
    });

    afterAll(() => opened?.[Symbol.asyncDispose]());

    test('hears of changes that editors see, and not of the claims of the language model', async () => {
      await opened.pool.query(`
        INSERT INTO inbox_item (id, address, title, text, content_hash, original_hash, received_at)
        VALUES (gen_random_uuid(), 'one', 'One', 'a', 'a', 'a', now()), (gen_random_uuid(), 'two', 'Two', 'a', 'a', 'a', now())`);
      expect(await entries()).toBe(1);
      for (const [name, statement, tells] of STATEMENTS) {
        const before = await entries();
        await opened.pool.query(statement);
        expect((await entries()) - before, name).toBe(tells ? 1 : 0);
      }
    });
  });
}
