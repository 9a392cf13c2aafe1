// `darmon parse-scan`: raw scans in, what they are out, one line for one line.

import { MAX_SCAN_LENGTH } from '@darmon/domain/gs1-carrier';
import { parseScan, type Scan } from '@darmon/domain/scan';

// Each character may be written as \uXXXX, between two quotes.
const MAX_LINE_LENGTH = 6 * MAX_SCAN_LENGTH + 2;

/**
 * Reads one raw scan a line, each as a JSON string, and yields exactly one result for each line, in order. A line that is
 * no JSON string (an empty one too) gives `refused` with `not-json-string`, one too long to hold a scan `input-too-long`;
 * nothing throws but the source itself. `today` is `YYYY-MM-DD`.
 */
export async function* parseScanLines(lines: AsyncIterable<string>, today: string): AsyncGenerator<Scan> {
  for await (const line of lines) yield parseLine(line, today);
}

function parseLine(line: string, today: string): Scan {
  if (line.length > MAX_LINE_LENGTH) {
    return {
      kind: 'refused',
      code: 'input-too-long',
      detail: 'the line is too long for a scan',
      position: MAX_LINE_LENGTH,
    };
  }
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    raw = undefined;
  }
  if (typeof raw !== 'string') {
    return { kind: 'refused', code: 'not-json-string', detail: 'each line is one scan as a JSON string', position: 0 };
  }
  return parseScan(raw, { today });
}
