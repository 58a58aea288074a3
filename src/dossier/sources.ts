import type { SourceInput } from '../domain/references/source.js';

/** The one source that was read for the example record. */
export const ARTICLE = 'ryabkov-interview-article';

/**
 * The article, and the public record's documents.
 *
 * Nobody looked at the documents for this record, so they have neither an address nor a time of
 * retrieval, and the titles describe them. Their language is that of the original. A government's
 * own papers are usually reliable on what it decided and when (B); none is A, for each publisher is
 * a party to the matter.
 */
export const SOURCES: readonly SourceInput[] = [
  {
    slug: ARTICLE,
    title:
      "News article on Russia's answer to United States missile deployments, around an interview with TASS",
    publisher: null,
    language: 'en',
    reliability: 'F',
  },
  {
    slug: 'us-state-inf-notice-2019-02-01',
    title: 'Notice of withdrawal from the INF Treaty',
    publisher: 'United States Department of State',
    language: 'en',
    reliability: 'B',
    published: '2019-02-01',
  },
  {
    slug: 'us-state-inf-statement-2019-08-02',
    title: 'Statement on the withdrawal from the INF Treaty',
    publisher: 'United States Department of State',
    language: 'en',
    reliability: 'B',
    published: '2019-08-02',
  },
  {
    slug: 'putin-address-2019-02-20',
    title: 'Address to the Federal Assembly, transcript',
    publisher: 'President of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2019-02-20',
  },
  {
    slug: 'russia-inf-decree-2019-03-04',
    title: 'Decree on suspending the INF Treaty',
    publisher: 'President of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2019-03-04',
  },
  {
    slug: 'russia-inf-law-2019-07-03',
    title: 'Federal law on suspending the INF Treaty',
    publisher: 'President of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2019-07-03',
  },
  {
    slug: 'putin-security-council-2024-06-28',
    title: 'Meeting with the Security Council, transcript',
    publisher: 'President of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2024-06-28',
  },
  {
    slug: 'russia-nuclear-deterrence-order-2024-11-19',
    title: 'Executive Order approving the Basic Principles of State Policy on Nuclear Deterrence',
    publisher: 'President of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2024-11-19',
  },
  {
    slug: 'russia-mfa-moratorium-2025-08-04',
    title: 'Statement on the moratorium on intermediate- and shorter-range missiles',
    publisher: 'Ministry of Foreign Affairs of Russia',
    language: 'ru',
    reliability: 'B',
    published: '2025-08-04',
  },
];
