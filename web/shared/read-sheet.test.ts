import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveOf, separatedOf, workbookOf } from '@darmon/documents/workbook';
import type { Cell, Sheet } from '@darmon/domain/sheet';
import { describe, expect, test } from 'vitest';
import { readSheet } from './read-sheet.ts';
import { maxSheetBytes, requireSize } from './read-sheet-size.ts';
import { decodeText } from './sheet-text.ts';
import { attributeOf, readXml } from './sheet-xml.ts';
import { openArchive, unpackText } from './sheet-zip.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const vector = (name: string): Bytes =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../test/vectors/sheets', name)));
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const cellsOf = (sheet: Sheet) => sheet.rows.map(({ cells }) => cells);
const noted = (sheet: Sheet) => sheet.notes.map(({ code, facts }) => `${code} ${Object.values(facts).join(' ')}`);
const refusal = async (bytes: Bytes): Promise<string> =>
  readSheet(bytes).then(
    () => 'read',
    (error) => (error as { code?: string }).code ?? 'thrown',
  );
/** The single bytes of an old encoding, by the table that a decoder reads them with. */
const inOneByte = (text: string, encoding: string): Bytes => {
  const table = new Map(Array.from({ length: 256 }, (_, b) => [new TextDecoder(encoding).decode(Uint8Array.of(b)), b]));
  return Uint8Array.from(text, (letter) => table.get(letter) ?? 63);
};
const utf16 = (text: string, { big = false, mark = true } = {}): Bytes => {
  const bytes = [...(mark ? '\ufeff' : ''), ...text].flatMap((letter) => {
    const code = letter.charCodeAt(0);
    return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
  return Uint8Array.from(bytes);
};

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
/** A workbook of one sheet with what is given between its tags, and any other parts. */
const bookOf = async (inside: string, more: Record<string, string> = {}, book = ''): Promise<Bytes> =>
  archiveOf({
    '_rels/.rels':
      '<Relationships><Relationship Id="r" Type="a/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<workbook xmlns="${main}">${book}<sheets><sheet name="S" sheetId="1" r:id="w"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="w" Type="a/worksheet" Target="sheet.xml"/><Relationship Id="s" Type="a/styles" Target="styles.xml"/><Relationship Id="t" Type="a/sharedStrings" Target="strings.xml"/></Relationships>',
    'xl/sheet.xml': `<worksheet>${inside}</worksheet>`,
    ...more,
  });
const rowsIn = (rows: string): string => `<sheetData>${rows}</sheetData>`;
const oneCell = (cell: string): string => rowsIn(`<row r="1">${cell}</row>`);

describe('workbooks of other programs', () => {
  test('are read as they show themselves: days, numbers, texts, formulas, merged cells, the sheet and its hidden rows', async () => {
    const sheet = await readSheet(vector('openpyxl.xlsx'));
    expect(noted(sheet)).toEqual(['sheet-chosen Остатки 2', 'hidden-rows 1 7']);
    expect(sheet.rows.map(({ row }) => row)).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
    const merged: Cell = { fault: 'merged', range: 'A8:A9' };
    expect(cellsOf(sheet).slice(1)).toEqual([
      ['GTIN', 'Серия', 'Срок годности', 'Количество', 'Цена, сум', 'Сумма'],
      [9521020199013, 'A1234', { day: '2027-06-30' }, 160, 12500.5, { fault: 'formula' }],
      ['09521020199013', 'B<&>1', { day: '2028-01-31' }, '1 600', '12 500,50'],
      ['09521020199013', '007', { day: '2027-06-30' }, { fault: 'formula' }, 1],
      ['09521020199013', 'C1', { day: '2027-06-30' }, 16, 1],
      [merged, 'D1', { day: '2027-06-30' }, 16, 1],
      [merged, 'E1', { day: '2027-06-30' }, 16, 1],
    ]);
  });

  test('that count days from 1904 give the same days', async () => {
    const sheet = await readSheet(vector('xlsxwriter.xlsx'));
    expect(sheet.epoch).toBe(1904);
    expect(noted(sheet)).toEqual(['hidden-columns 1']);
    expect(cellsOf(sheet).slice(1)).toEqual([
      [9521020199013, '0012', { day: '2027-06-30' }, 10, 12500.5],
      ['09521020199013', 'AB12', '31.12.2027', { fault: 'formula' }, 'TRUE'],
      ['09521020199013', 'X_x0041_1', 44376, 2.5, { fault: 'formula' }],
    ]);
  });

  test('with hidden sheets and shared formulas give the first sheet that is seen, and no kept result', async () => {
    const sheet = await readSheet(vector('exceljs.xlsx'));
    expect(noted(sheet)).toEqual(['sheet-chosen Qoldiq 2', 'hidden-rows 1 4']);
    expect(cellsOf(sheet).slice(2)).toEqual([
      ['09521020199013', 'AB12', '06.2027', { fault: 'formula' }, { fault: 'error' }],
      ['09521020199013', 'Z9', { day: '2027-06-30' }, { fault: 'formula' }, '7'],
    ]);
  });

  test('and of our own come back letter by letter', async () => {
    const rows = [
      ['GTIN', '<b>&amp;"\'', 'ў ʻ 😀', ' in front and behind '],
      ['', '=1+1', 'two\nlines', '007'],
    ];
    const read = cellsOf(await readSheet(await workbookOf([{ name: 'x', rows }])));
    expect(read.map((cells) => cells.map((one) => one ?? ''))).toEqual(rows);
    // what XML cannot hold is left out, so that the others can be read
    const odd = await workbookOf([{ name: '[a]:*', rows: [['a\u0001b\ud800c']] }]);
    expect(cellsOf(await readSheet(odd))).toEqual([['abc']]);
  });
});

describe('a workbook', () => {
  test('shows a month as its last day, since the first is what a program made of 06.2027', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="mm\\.yyyy"/><numFmt numFmtId="165" formatCode="dd.mm.yyyy;@"/><numFmt numFmtId="166" formatCode="#,##0.00&quot; dona&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="17"/><xf numFmtId="166"/></cellXfs></styleSheet>';
    const cells = [1, 2, 3, 4].map((s) => `<c s="${s}"><v>46539</v></c>`).join('');
    const sheet = await readSheet(await bookOf(oneCell(cells), { 'xl/styles.xml': styles }));
    expect(cellsOf(sheet)).toEqual([[{ day: '2027-06-30' }, { day: '2027-06-01' }, { day: '2027-06-30' }, 46539]]);
  });

  test.each<[string, string, string]>([
    ['a text that is not in its list of texts', oneCell('<c t="s"><v>5</v></c>'), 'damaged'],
    ['tags that do not close', '<sheetData><row>', 'damaged'],
    ['tags that close twice', '</worksheet></worksheet>', 'damaged'],
    [
      'a document type with entities',
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${oneCell('<c t="str"><v>&a;</v></c>')}`,
      'damaged',
    ],
    ['a document type alone', `<!DOCTYPE x>${oneCell('<c><v>1</v></c>')}`, 'damaged'],
    ['an entity that XML has not', oneCell('<c t="str"><v>&nbsp;</v></c>'), 'damaged'],
    ['a cell at no address', oneCell('<c r="1A"><v>1</v></c>'), 'damaged'],
    ['a cell far to the right', oneCell('<c r="XFD1"><v>1</v></c>'), 'too-wide'],
    ['no cell at all', rowsIn('<row r="1"/><row r="2"><c r="A2" s="1"/></row>'), 'no-rows'],
    ['more rows than may be', rowsIn('<row><c><v>1</v></c></row>'.repeat(50_101)), 'too-many-rows'],
  ])('with %s is refused', async (_, inside, code) => {
    expect(await refusal(await bookOf(inside))).toBe(code);
  });

  test('of fifty thousand rows beneath a title is read, and says how far it is', async () => {
    const row = '<row><c t="str"><v>09521020199013</v></c><c t="str"><v>A1</v></c><c><v>46568</v></c></row>';
    const shares: number[] = [];
    const sheet = await readSheet(await bookOf(rowsIn(row.repeat(50_001))), (share) => shares.push(share));
    expect(sheet.rows.length).toBe(50_001);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test('that grows without end is stopped, whatever it says of its size', async () => {
    const archive = openArchive(await archiveOf({ a: 'x'.repeat(3_000_000) }));
    let seen = 0;
    const budget = { left: 1_000_000 };
    const count = (text: string) => {
      seen += text.length;
    };
    await expect(unpackText(archive, 'a', budget, count)).rejects.toThrow('unpacked-too-large');
    expect(seen).toBeLessThanOrEqual(1_000_000);
    // forty million letters in a file of some kilobytes
    const bomb = await bookOf(oneCell(`<c t="str"><v>${'x'.repeat(3_500_000)}</v></c>`.repeat(12)));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toBe('unpacked-too-large');
  });

  test('of which a byte was changed on the way is refused', async () => {
    const sound = await workbookOf([
      {
        name: 'x',
        rows: [
          ['GTIN', 'lot'],
          ['09521020199013', 'A1'],
        ],
      },
    ]);
    expect(await refusal(sound)).toBe('read');
    const whole = new Set<string>();
    for (let at = 0; at < sound.length; at += 7) {
      const broken = Uint8Array.from(sound, (byte, i) => (i === at ? byte ^ 1 : byte));
      const outcome = await readSheet(broken).then(
        (sheet) => JSON.stringify(cellsOf(sheet)),
        () => 'refused',
      );
      whole.add(outcome);
    }
    // A change that matters to nothing (a date of the archive) may be read; one that changes a cell never is.
    expect([...whole].filter((outcome) => outcome !== 'refused')).toEqual([
      JSON.stringify([
        ['GTIN', 'lot'],
        ['09521020199013', 'A1'],
      ]),
    ]);
    for (const length of [10, 100, sound.length - 30]) expect(await refusal(sound.slice(0, length))).toBe('damaged');
  });

  test('with a password, of an older kind, or that is no workbook says what it is', async () => {
    const ole = (name: string): Bytes =>
      Uint8Array.from([
        0xd0,
        0xcf,
        0x11,
        0xe0,
        0xa1,
        0xb1,
        0x1a,
        0xe1,
        ...Array.from({ length: 600 }, () => 0),
        ...utf16(name, { mark: false }),
      ]);
    expect(await refusal(ole('EncryptedPackage'))).toBe('encrypted');
    expect(await refusal(ole('Workbook'))).toBe('old-format');
    expect(await refusal(await archiveOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }))).toBe(
      'other-format',
    );
    expect(await refusal(utf8('%PDF-1.7'))).toBe('other-format');
    expect(await refusal(utf8('<html><table><tr><td>1</td></tr></table></html>'))).toBe('other-format');
    expect(await refusal(new Uint8Array())).toBe('no-rows');
    expect(await refusal(utf8('\r\n \r\n'))).toBe('no-rows');
  });

  test('of 200 megabytes is refused by its size alone', () => {
    expect(() => requireSize(200_000_000)).toThrow('too-large');
    expect(() => requireSize(maxSheetBytes)).not.toThrow();
  });
});

test('a document that comes letter by letter says the same as in one piece', () => {
  const document = `<?xml version="1.0"?><!-- a < b --><x:a b="1 &gt; 0"><c/>t &amp; &#x45e;<![CDATA[<d>]]>u</x:a>`;
  const heard = (pieces: readonly string[]): string => {
    let said = '';
    const xml = readXml({
      open: (name, attributes) => {
        said += `<${name} ${attributeOf(attributes, 'b') ?? ''}>`;
      },
      close: (name) => {
        said += `</${name}>`;
      },
      text: (text) => {
        said += text;
      },
    });
    for (const piece of pieces) xml.feed(piece);
    xml.end();
    return said;
  };
  expect(heard([document])).toBe('<a 1 > 0><c ></c>t & ў<d>u</a>');
  expect(heard([...document])).toBe(heard([document]));
});

test('two parts of one name, which two programs would read differently, make an archive damaged', async () => {
  const archive = await archiveOf({ aa: '1', ab: '2' });
  const twice = Uint8Array.from(archive);
  for (let i = 0; i + 1 < twice.length; i++) if (twice[i] === 97 && twice[i + 1] === 98) twice[i + 1] = 97;
  expect(() => openArchive(twice)).toThrow('damaged');
});

test('text within an archive that is no UTF-8 is refused', async () => {
  const archive = new Map([['a', { method: 0, crc: 0, packed: Uint8Array.of(0xff) }]]);
  await expect(unpackText(archive, 'a', { left: 10 }, () => undefined)).rejects.toThrow('damaged');
});

describe('texts', () => {
  const russian = 'GTIN;Серия;Годен до;Количество;Примечание\r\n09521020199013;А1;30.06.2027;16;хранить в сухом месте';

  test.each<[string, Bytes, string[]]>([
    ['UTF-8', utf8(russian), []],
    ['UTF-8 with a mark', utf8(`\ufeff${russian}`), []],
    ['UTF-16 little end first', utf16(russian), ['encoding utf-16le']],
    ['UTF-16 big end first', utf16(russian, { big: true }), ['encoding utf-16be']],
    ['UTF-16 without a mark', utf16(russian, { mark: false }), ['encoding utf-16le']],
    ['Windows-1251', inOneByte(russian, 'windows-1251'), ['encoding windows-1251']],
    ['KOI8-R, where it is certain', inOneByte(russian, 'koi8-r'), ['encoding koi8-r']],
  ])('in %s are read letter by letter', async (_, bytes, notes) => {
    const sheet = await readSheet(bytes);
    expect(cellsOf(sheet)[0]).toEqual(['GTIN', 'Серия', 'Годен до', 'Количество', 'Примечание']);
    expect(cellsOf(sheet)[1]?.[4]).toBe('хранить в сухом месте');
    expect(noted(sheet)).toEqual(notes);
  });

  test.each<[string, Bytes]>([
    ['too few letters to tell two encodings apart', inOneByte('a;серия\n1;2', 'koi8-r')],
    ['the letters of DOS', inOneByte(russian, 'ibm866')],
    ['the letters of a Mac', inOneByte(russian, 'x-mac-cyrillic')],
    ['bytes that are no letters', Uint8Array.from({ length: 400 }, (_, i) => 128 + (i % 64))],
    ['nothing between letters', utf8('a;b\0;c')],
  ])('with %s are refused, never guessed', (_, bytes) => {
    expect(() => decodeText(bytes)).toThrow('encoding-unclear');
  });

  test('with only the signs that Windows writes alike everywhere are read', () => {
    expect(decodeText(Uint8Array.from([...utf8('o'), 0x92, ...utf8('z; '), 0xab, 0xbb])).text).toBe('o’z; «»');
  });

  test.each([';', ',', '\t', '|'])('between %j are divided by it, quotes and all', async (separator) => {
    const quoted = [
      ['GTIN', 'name', 'price'],
      ['1', `a "b"${separator}\nc`, '12,5;0'],
      ['2', '', '"'],
    ];
    const text = quoted
      .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
      .join('\r\n');
    const sheet = await readSheet(utf8(text));
    expect(cellsOf(sheet)).toEqual(quoted);
    expect(sheet.rows.map(({ row }) => row)).toEqual([1, 2, 4]);
  });

  test('with a decimal comma are divided by the semicolon, and with sep= by what it says', async () => {
    expect(cellsOf(await readSheet(utf8('a;b\n1,5;2,5\n3,5;4,5')))).toEqual([
      ['a', 'b'],
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
    const named = await readSheet(utf8('sep=|\na,b|c\n1|2'));
    expect(named.rows).toEqual([
      { row: 2, cells: ['a,b', 'c'] },
      { row: 3, cells: ['1', '2'] },
    ]);
  });

  test('with a quote inside a value keep it, and one that nothing closes is named with its line', async () => {
    expect(cellsOf(await readSheet(utf8('a;b\nTablet "N" 5;1')))[1]).toEqual(['Tablet "N" 5', '1']);
    await expect(readSheet(utf8('a;b\n1;2\n"open;3\n4;5'))).rejects.toMatchObject({
      code: 'open-quote',
      facts: { line: 3 },
    });
  });

  test('of more rows than may be are refused', async () => {
    expect(await refusal(utf8('a;b\n'.repeat(50_101)))).toBe('too-many-rows');
    expect(await refusal(utf8(`${';'.repeat(300)}x\n`))).toBe('too-wide');
  });

  test('that people take away cannot run as formulas, and come back as they were', async () => {
    const text = separatedOf([
      ['a', 'b'],
      ['=1+1', '"x";\ny'],
    ]);
    expect(text).toContain("'=1+1");
    expect(cellsOf(await readSheet(utf8(text)))[1]).toEqual(["'=1+1", '"x";\ny']);
  });
});
