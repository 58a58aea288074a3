import { LRUCache } from 'lru-cache';

/** How much text the documents may hold, in UTF-16 code units. Parsed, they take some thirty times as much. */
const MAX_LENGTH = 1024 * 1024;

/** Creates a cache by the text of documents: those of front ends come again and again. */
export const createDocumentCache = <Value extends object>() =>
  new LRUCache<string, Value>({
    max: 1_024,
    maxSize: MAX_LENGTH,
    sizeCalculation: (_value, text) => text.length + 1,
  });
