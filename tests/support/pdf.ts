import { deflateSync } from 'node:zlib';

/** Makes a PDF of one page with these lines. */
export function pdfOf(lines: readonly string[]): Buffer {
  return pdfWith(contentOf(lines));
}

function contentOf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line}) Tj`).join(' 0 -14 Td ');
  return Buffer.from(`BT /F1 12 Tf 72 720 Td ${shown} ET`);
}

/** Makes a PDF of a few kB whose only page unpacks to this many bytes. */
export function pdfBomb(bytes: number): Buffer {
  // What is compressed once still repeats itself.
  const once = deflateSync(Buffer.alloc(bytes, ' '), { level: 1 });
  return pdfWith(deflateSync(once), '/Filter[/FlateDecode/FlateDecode]');
}

/** Makes a PDF of one page with these lines, and of exactly so many bytes: an object that no page uses has most of them. */
export function pdfOfLength(lines: readonly string[], length: number): Buffer {
  const withUnused = (size: number) => pdfWith(contentOf(lines), '', Buffer.alloc(size, ' '));
  // Lengths and offsets have more digits in a longer file.
  const pdf = withUnused(length - withUnused(0).length - 32);
  return Buffer.concat([pdf, Buffer.alloc(length - pdf.length, ' ')]);
}

function pdfWith(content: Buffer, filter = '', unused?: Buffer): Buffer {
  const stream = (data: Buffer, entries = '') =>
    Buffer.concat([
      Buffer.from(`<</Length ${data.length}${entries}>>stream\n`),
      data,
      Buffer.from('\nendstream'),
    ]);
  const objects = [
    Buffer.from('<</Type/Catalog/Pages 2 0 R>>'),
    Buffer.from('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    Buffer.from(
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    ),
    stream(content, filter),
    Buffer.from('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'),
    ...(unused ? [stream(unused)] : []),
  ];
  const parts = [Buffer.from('%PDF-1.4\n')];
  const offsets = objects.map((object, index) => {
    const offset = parts.reduce((sum, part) => sum + part.length, 0);
    parts.push(Buffer.from(`${index + 1} 0 obj`), object, Buffer.from('endobj\n'));
    return offset;
  });
  const table = parts.reduce((sum, part) => sum + part.length, 0);
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  parts.push(
    Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`),
    Buffer.from(`trailer<</Root 1 0 R/Size ${size}>>\nstartxref\n${table}\n%%EOF\n`),
  );
  return Buffer.concat(parts);
}
