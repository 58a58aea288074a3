import { describe, expect, test } from 'vitest';
import type { CitationContent } from '../../src/domain/development/content/content.js';
import {
  deriveConfidence,
  type Grades,
  withConfidence,
} from '../../src/domain/development/evidence/confidence.js';
import type { Confidence, SourceReliability } from '../../src/generated/prisma/enums.js';
import { compose } from './compositions.js';

/** Parses `B2` (supports), `-B2` (disputes) and `B2 tass` (with a publisher), each with its own source. */
function read(texts: readonly string[]): { citations: CitationContent[]; grades: Grades } {
  const items = texts.map((text, index) => {
    const [, sign, reliability, credibility, publisher] = /^(-?)([A-F])([1-6])(?: (.+))?$/.exec(text) ?? [];
    return {
      grade: { reliability: reliability as SourceReliability, publisher: publisher ?? null },
      citation: {
        ...{
          id: `citation-${index}`,
          sourceId: `source-${index}`,
          locator: null,
          excerpt: null,
          language: null,
        },
        stance: sign === '-' ? ('DISPUTES' as const) : ('SUPPORTS' as const),
        credibility: Number(credibility),
      },
    };
  });
  return {
    citations: items.map(({ citation }) => citation),
    grades: new Map(items.map(({ citation, grade }) => [citation.sourceId, grade])),
  };
}

describe('confidence is derived from citations', () => {
  test.each<[string[], Confidence]>([
    [[], 'LOW'],
    [['F6'], 'LOW'],
    [['A4'], 'LOW'],
    [['D1'], 'LOW'],
    [['C3'], 'MODERATE'],
    [['C1'], 'MODERATE'],
    [['A3'], 'MODERATE'],
    [['B2'], 'MODERATE'],
    [['A1'], 'HIGH'],
    [['B1'], 'HIGH'],
    [['B2', 'A2'], 'HIGH'],
    [['B2 TASS', 'A2 Kremlin'], 'HIGH'],
    [['B2 TASS', 'B2 tass '], 'MODERATE'],
    [['B2 TASS', 'B2'], 'HIGH'],
    [['B2', 'C1', 'C1'], 'MODERATE'],
    [['-A1'], 'LOW'],
    [['A1', '-B2'], 'MODERATE'],
    [['A1', '-C3'], 'HIGH'],
    [['B2', '-B2'], 'LOW'],
    [['C3', '-C3'], 'LOW'],
    [['C3', '-D3'], 'MODERATE'],
    [['F6', '-F6'], 'LOW'],
  ])('%j give %s', (texts, expected) => {
    const { citations, grades } = read(texts);
    expect(deriveConfidence(citations, grades)).toBe(expected);
    expect(deriveConfidence(citations.toReversed(), grades)).toBe(expected);
  });
});

test('citing one source twice adds no confidence', () => {
  const { citations, grades } = read(['B2']);
  expect(deriveConfidence([...citations, ...citations], grades)).toBe('MODERATE');
});

describe('the confidence of a development', () => {
  const bare = compose('EVENT', { headline: 'Tested', occurred: '2019', type: 'TEST' });
  const citing = (...texts: string[]) => {
    const { citations, grades } = read(texts);
    return { content: { ...bare, citations }, grades };
  };
  const settled = (
    { content, grades }: ReturnType<typeof citing>,
    given: Parameters<typeof withConfidence>[1],
    standing: { confidence?: Confidence; confidenceReason?: string } = {},
  ) => {
    const { confidence, confidenceReason, derivedConfidence } = withConfidence(
      { ...content, ...standing },
      given,
      grades,
    );
    return [confidence, confidenceReason, derivedConfidence];
  };
  const override = { confidence: 'HIGH' as const, confidenceReason: 'Seen' };

  test('is derived if it is absent or null', () => {
    expect(settled(citing('C3'), {})).toEqual(['MODERATE', null, 'MODERATE']);
    expect(settled(citing('C3'), { confidence: null }, override)).toEqual(['MODERATE', null, 'MODERATE']);
    expect(settled(citing('C3'), { confidence: null, confidenceReason: 'Why' })).toEqual([
      'MODERATE',
      null,
      'MODERATE',
    ]);
  });

  test("is the editors' own if they give a reason", () => {
    expect(settled(citing('C3'), override)).toEqual(['HIGH', 'Seen', 'MODERATE']);
  });

  test('needs a reason if it differs from the derived one', () => {
    expect(() => settled(citing('C3'), { confidence: 'HIGH' })).toThrow(
      /confidenceReason: Expected a reason why the confidence is HIGH instead of the derived MODERATE/,
    );
    expect(() => settled(citing('C3'), { confidence: 'LOW' }, override)).toThrow(/confidenceReason/);
    expect(() => settled(citing('C3'), { confidenceReason: null }, override)).toThrow(/confidenceReason/);
  });

  test('has no reason if it equals the derived one', () => {
    expect(settled(citing('A1'), override)).toEqual(['HIGH', null, 'HIGH']);
    expect(settled(citing('A1'), {}, override)).toEqual(['HIGH', null, 'HIGH']);
  });

  test('stays as the editors set it, and its reason can be changed', () => {
    expect(settled(citing('C3'), {}, override)).toEqual(['HIGH', 'Seen', 'MODERATE']);
    expect(settled(citing('C3'), { confidence: 'HIGH' }, override)).toEqual(['HIGH', 'Seen', 'MODERATE']);
    expect(settled(citing('C3'), { confidenceReason: 'Heard' }, override)).toEqual([
      'HIGH',
      'Heard',
      'MODERATE',
    ]);
  });
});
