/**
 * Reminders as a calendar file (RFC 5545) that any phone opens, made on the phone itself. It says which medicine and how
 * to take it, and neither whose prescription it is nor its number.
 */
import type { Rhythm } from './plan.ts';

export interface Reminder {
  /** Unlike any other of the file, and the same when it is made again, so that a calendar replaces and does not double. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly rhythms: readonly Rhythm[];
}

/** Text of a property (3.3.11). */
const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, '\\n');

const longestLine = 75;

/** Lines of at most 75 octets, never cut inside a letter (3.1). */
const folded = (line: string): string => {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > longestLine) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += letter;
    octets += size;
  }
  return [...lines, current].join('\r\n');
};

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment of Tashkent's clock: `minutes` after the midnight that begins a day. */
const localTime = (day: string, minutes: number): string => {
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}T${two(at.getUTCHours())}${two(at.getUTCMinutes())}00`;
};

const dayMinutes = 24 * 60;

const ruleOf = ({ everyMinutes, count }: Rhythm): string =>
  everyMinutes % dayMinutes === 0
    ? `FREQ=DAILY;INTERVAL=${everyMinutes / dayMinutes};COUNT=${count}`
    : `FREQ=HOURLY;INTERVAL=${everyMinutes / 60};COUNT=${count}`;

/** Tashkent has had one offset and no summer time since 1992. */
const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Tashkent',
  'BEGIN:STANDARD',
  'DTSTART:19920119T020000',
  'TZOFFSETFROM:+0500',
  'TZOFFSETTO:+0500',
  'TZNAME:+05',
  'END:STANDARD',
  'END:VTIMEZONE',
];

const eventsOf = (reminder: Reminder, firstDay: string, stamp: string): string[] =>
  reminder.rhythms.flatMap((rhythm, i) => [
    'BEGIN:VEVENT',
    `UID:${reminder.name}-${firstDay}-${i + 1}@darmon`,
    `DTSTAMP:${stamp}`,
    `DTSTART;TZID=Asia/Tashkent:${localTime(firstDay, rhythm.first)}`,
    'DURATION:PT15M',
    `RRULE:${ruleOf(rhythm)}`,
    `SUMMARY:${escaped(reminder.summary)}`,
    `DESCRIPTION:${escaped(reminder.description)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(reminder.summary)}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
  ]);

/** The file. `firstDay` is `YYYY-MM-DD`; `now` in milliseconds since 1970 stamps it. */
export const calendarOf = (reminders: readonly Reminder[], firstDay: string, now: number): string => {
  const stamp = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Darmon//Reminders//UZ',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...zone,
    ...reminders.flatMap((one) => eventsOf(one, firstDay, stamp)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
};
