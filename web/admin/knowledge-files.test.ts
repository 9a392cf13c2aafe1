import { expect, test } from 'vitest';
import { isSound, previewOf, problemWord } from './knowledge-files.ts';

const head = 'id,a,b,severity,effect,source,state';
const good = { name: 'interaction.csv', text: `${head}\nI1,warfarin,ibuprofen,serious,bleeding,sample,unverified\n` };

test('files are counted by kind before anything is sent', () => {
  const preview = previewOf([good]);
  expect(preview.counts).toEqual([{ kind: 'interaction', rows: 1 }]);
  expect([preview.unverified, preview.problems, isSound(preview)]).toEqual([1, [], true]);
});

test('each wrong row is told with its line, and nothing of the files is sent', () => {
  const preview = previewOf([{ ...good, text: `${head}\n\nI1,warfarin,ibuprofen,deadly,bleeding,sample,verified\n` }]);
  expect(preview.problems).toEqual([{ kind: 'interaction', line: 3, what: 'severity' }]);
  expect(isSound(preview)).toBe(false);
});

test('a file of another name, an empty choice and more than a request holds are not sent', () => {
  expect(isSound(previewOf([]))).toBe(false);
  expect(isSound(previewOf([{ ...good, text: head }]))).toBe(false);
  const other = previewOf([good, { name: 'notes.csv', text: 'a' }]);
  expect([other.unknown, isSound(other)]).toEqual([['notes.csv'], false]);
  expect(isSound(previewOf([{ ...good, text: good.text + ' '.repeat(960_000) }]))).toBe(false);
});

test('a problem names the column, the repetition or the value that is wrong', () => {
  expect(problemWord('column colour')).toEqual({ word: 'column', name: 'colour' });
  expect(problemWord('no column state')).toEqual({ word: 'missing', name: 'state' });
  expect(problemWord('twice: I1')).toEqual({ word: 'twice', name: 'I1' });
  expect(problemWord('columns')).toEqual({ word: 'columns', name: '' });
  expect(problemWord('severity, state')).toEqual({ word: 'value', name: 'severity, state' });
});
