export type ArticleFormat = 'html' | 'markdown' | 'text' | 'pdf';

/** Returns the format of a document by its first bytes, or by the ending of its name. */
export function formatOf(bytes: Uint8Array, name: string): ArticleFormat {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).trimStart().toLowerCase();
  if (head.startsWith('%pdf-')) return 'pdf';
  if (/^(?:<!doctype html|<html|<\?xml[^>]{0,200}>\s{0,20}<html|<head|<body|<article)/.test(head))
    return 'html';
  if (/\.html?$/i.test(name)) return 'html';
  return /\.(?:md|markdown)$/i.test(name) ? 'markdown' : 'text';
}
