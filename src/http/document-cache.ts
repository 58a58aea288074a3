import { LRUCache } from 'lru-cache';

/** What texts of documents may take in memory, in UTF-16 code units; what is parsed of them takes several times as much. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Keeps what came of documents, by their text: those of front ends come again and again. */
export const createDocumentCache = <Value extends object>() =>
  new LRUCache<string, Value>({
    max: 1_024,
    maxSize: MAX_LENGTH,
    sizeCalculation: (_value, text) => text.length + 1,
  });
