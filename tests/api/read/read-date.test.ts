import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

const READ = `query ($edtf: String!) {
  readDate(edtf: $edtf) {
    ... on FuzzyDate { edtf text earliest latest precision }
    ... on InvalidInputError { code path message }
  }
}`;

describeWithDatabase('readDate', () => {
  test('says what a date in EDTF means', async ({ server }) => {
    const { readDate } = await server.data(READ, { edtf: ' 2019-08~ ' });
    expect(readDate).toEqual({
      edtf: '2019-08~',
      text: 'about August 2019',
      earliest: '2019-07-01',
      latest: '2019-09-30',
      precision: 'MONTH',
    });
  });

  test('says why a text is no date, to anybody', async ({ server }) => {
    const { data } = await server.request(READ, { variables: { edtf: '2019-02-30' }, token: null });
    expect(data?.['readDate']).toMatchObject({
      code: 'INVALID_INPUT',
      path: 'edtf',
      message: expect.stringContaining('Expected an EDTF date'),
    });
  });
});
