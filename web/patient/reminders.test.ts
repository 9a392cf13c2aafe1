import { expect, test } from 'vitest';
import { rhythmsOf } from './plan.ts';
import { calendarOf, type Reminder } from './reminders.ts';

const now = Date.parse('2026-11-20T09:30:15.123Z');
const course = (about: object): Reminder['rhythms'] =>
  rhythmsOf({ amount: 1, unit: 'tablet', days: 5, route: 'oral', ...about });
const fileOf = (about: object, more: Partial<Reminder> = {}): string =>
  calendarOf(
    [{ name: 'AMOX500CAP-1', summary: 'Amoksitsillin', description: 'Ichiladi', rhythms: course(about), ...more }],
    '2026-11-21',
    now,
  );
/** Properties as a reader of the format sees them: unfolded. */
const linesOf = (file: string): string[] => file.replace(/\r\n /g, '').split('\r\n');
const all = (file: string, name: string): string[] => linesOf(file).filter((line) => line.startsWith(name));

test('a course of three a day rings three times, at eight, thirteen and eighteen, for its days', () => {
  const file = fileOf({ timesPerDay: 3 });
  expect(all(file, 'DTSTART;')).toEqual([
    'DTSTART;TZID=Asia/Tashkent:20261121T080000',
    'DTSTART;TZID=Asia/Tashkent:20261121T130000',
    'DTSTART;TZID=Asia/Tashkent:20261121T180000',
  ]);
  expect(all(file, 'RRULE')).toEqual(Array(3).fill('RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5'));
  expect(all(file, 'TRIGGER')).toHaveLength(3);
});

test('hours that divide a day ring at the same hours daily; others go on by the hour; days by the day', () => {
  expect(all(fileOf({ everyHours: 8, days: 2 }), 'DTSTART;').map((line) => line.slice(-15))).toEqual([
    '20261121T080000',
    '20261121T160000',
    '20261122T000000',
  ]);
  expect(all(fileOf({ everyHours: 5, days: 2 }), 'RRULE')).toEqual(['RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=10']);
  expect(all(fileOf({ everyHours: 48, days: 6 }), 'RRULE')).toEqual(['RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3']);
});

test('what is taken when needed rings never', () => {
  expect(all(fileOf({ timesPerDay: 3, asNeeded: true, maxPerDay: 3 }), 'BEGIN:VEVENT')).toEqual([]);
});

test('every event has what the format demands, and a name of its own that stays the same', () => {
  const file = fileOf({ timesPerDay: 2 });
  expect(all(file, 'UID')).toEqual(['UID:AMOX500CAP-1-2026-11-21-1@darmon', 'UID:AMOX500CAP-1-2026-11-21-2@darmon']);
  expect(all(file, 'DTSTAMP')).toEqual(Array(2).fill('DTSTAMP:20261120T093015Z'));
  expect(fileOf({ timesPerDay: 2 })).toBe(file);
  const lines = linesOf(file);
  const begun = lines.filter((line) => line.startsWith('BEGIN:')).map((line) => line.slice(6));
  const ended = lines.filter((line) => line.startsWith('END:')).map((line) => line.slice(4));
  expect(begun.sort()).toEqual(ended.sort());
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
});

test('lines are at most 75 octets, cut between letters, and every line ends in CR LF', () => {
  const summary = 'Амоксициллин ўзбекча узун ном 🌙 '.repeat(12).trim();
  const file = fileOf({ timesPerDay: 1 }, { summary });
  for (const line of file.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\r\n\ufffd]/);
  }
  expect(all(file, 'SUMMARY')).toEqual([`SUMMARY:${summary}`]);
});

test('signs of the format inside a text are text', () => {
  const [line] = all(fileOf({ timesPerDay: 1 }, { description: 'a,b;c\\d\nEND:VEVENT' }), 'DESCRIPTION');
  expect(line).toBe('DESCRIPTION:a\\,b\\;c\\\\d\\nEND:VEVENT');
});
