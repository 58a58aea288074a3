/** Returns the text of a PDF. Its lines are joined: a line that ends with a sign of the end of a sentence ends a paragraph. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  // It brings PDF.js, which is loaded only for PDFs.
  const { extractText, getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  const { text } = await extractText(document, { mergePages: false });
  return text
    .join('\n')
    .split('\n')
    .map((line) => line.trim())
    .reduce<string[]>((paragraphs, line) => {
      const last = paragraphs.at(-1);
      if (line === '') return paragraphs;
      if (last === undefined || /[.!?…:]["”»’]?$/.test(last)) paragraphs.push(line);
      // A word that was divided at the end of the line.
      else if (/\p{Ll}-$/u.test(last) && /^\p{Ll}/u.test(line))
        paragraphs[paragraphs.length - 1] = `${last.slice(0, -1)}${line}`;
      else paragraphs[paragraphs.length - 1] = `${last} ${line}`;
      return paragraphs;
    }, [])
    .join('\n\n');
}
