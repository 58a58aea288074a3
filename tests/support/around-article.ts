import { SOURCES } from '../../src/dossier/sources.js';

/**
 * Selects the developments of the example record around the article. The wider timeline has sources of its own, so tests
 * can name what they expect of one part.
 */
export const AROUND_ARTICLE = { source: SOURCES.map(({ slug }) => slug) };
