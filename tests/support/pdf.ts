import { deflateSync } from 'node:zlib';

/** Makes a PDF of one page with these lines. */
export function pdfOf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line}) Tj`).join(' 0 -14 Td ');
  return pdfWith(Buffer.from(`BT /F1 12 Tf 72 720 Td ${shown} ET`));
}

/** Makes a PDF of a few kB whose only page unpacks to this many bytes. */
export function pdfBomb(bytes: number): Buffer {
  // What is compressed once still repeats itself.
  const once = deflateSync(Buffer.alloc(bytes, ' '), { level: 1 });
  return pdfWith(deflateSync(once), '/Filter[/FlateDecode/FlateDecode]');
}

function pdfWith(content: Buffer, filter = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length ${content.length}${filter}>>stream
`),
    content,
    Buffer.from(`
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>`),
  ]);
}
