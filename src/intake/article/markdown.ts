/** Returns the text of Markdown, a paragraph on each line: without headings’ signs, emphasis, links’ addresses and code fences. */
export function readMarkdown(markdown: string): string {
  const blocks = markdown.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/);
  return blocks
    .map((block) =>
      block
        .split('\n')
        .filter((line) => !/^\s*(?:```|~~~|---+$|===+$|\*\*\*+$)/.test(line))
        .map((line) => line.replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,3}[.)]\s+)/, ''))
        .join(' ')
        .replaceAll(/!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/g, '$1')
        .replaceAll(/\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/g, '$1')
        .replaceAll(/(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,500})(?<=\S)\1/g, '$2')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    )
    .filter((block) => block !== '')
    .join('\n\n');
}

/** Joins the lines of wrapped plain text: blank lines divide paragraphs, if there are any. */
export function readPlainText(text: string): string {
  const lines = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  if (!/\n[ \t]*\n/.test(lines)) return lines.trim();
  const blocks = lines.split(/\n[ \t]*\n/).map((block) => block.replaceAll(/\s+/gu, ' ').trim());
  return blocks.filter((block) => block !== '').join('\n\n');
}
