import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './csv.ts';

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('whatever stands in quotes comes back as it was, with commas, quotes and line ends', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'ў') });
  const table = fc.array(fc.tuple(cell, cell), { maxLength: 6 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, last) => {
      const lines = [['a', 'b'], ...rows].map((cells) => cells.map(quoted).join(','));
      const read = readCsv(lines.join(end) + (last ? end : ''));
      expect(read.rows.map(({ a, b }) => [a, b])).toEqual(rows);
      expect(read.problems).toEqual([]);
    }),
  );
});

test('a row says on which line it begins, also behind a value of several lines, an empty line and a byte order mark', () => {
  const read = readCsv('\uFEFFid,note\r\n1,"two\r\nlines"\r\n\r\n2,plain\r\n');
  expect([read.columns, read.rows.map(({ id }) => id), read.lines]).toEqual([
    ['id', 'note'],
    ['1', '2'],
    [2, 5],
  ]);
});

test('too many values, too few, and a quote that is not closed are told with their line', () => {
  expect(readCsv('a,b\n1,2,3\n1\n1,2').problems).toEqual([
    { line: 2, what: 'columns' },
    { line: 3, what: 'columns' },
  ]);
  expect(readCsv('a,b\n1,"open\n2,3').problems).toEqual([{ line: 2, what: 'quote' }]);
  expect(readCsv('a,b\n1,"x"y\n').problems).toEqual([{ line: 2, what: 'quote' }]);
  expect(readCsv('')).toEqual({ columns: [], rows: [], lines: [], problems: [] });
});

test('semicolons and tabs separate where they are said to, and commas are then part of a value', () => {
  for (const separator of [';', '\t'] as const) {
    const read = readCsv(`a${separator}b\n1,5${separator}"x${separator}y"\n`, separator);
    expect(read).toMatchObject({ rows: [{ a: '1,5', b: `x${separator}y` }], problems: [] });
  }
});
