// Lines of files and pipes, as bytes come. A line of any length costs bounded memory: what is longer than any answer
// could need is cut, and the rest of it is skipped, so that each line still has exactly one result.

import { createReadStream } from 'node:fs';

/** In UTF-16 units, far above the longest scan or code. */
const longest = 1_000_000;

/**
 * The lines of UTF-8 text. Only LF ends a line (a CR before it is dropped): other separators may stand inside a JSON
 * string. A byte order mark is dropped, bytes that are no UTF-8 become U+FFFD, and the end of the text ends a line that
 * is not empty.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let line = '';
  const keep = (text: string): void => {
    if (line.length <= longest) line += text.slice(0, longest + 1 - line.length);
  };
  for await (const chunk of chunks) {
    const [head = '', ...tails] = decoder.decode(chunk, { stream: true }).split('\n');
    keep(head);
    for (const tail of tails) {
      yield withoutCr(line);
      line = '';
      keep(tail);
    }
  }
  keep(decoder.decode());
  if (line !== '') yield withoutCr(line);
}

const withoutCr = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** The lines of these files one after the other; `-`, or no file at all, is `stdin`. */
export async function* linesOfFiles(
  files: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  for (const file of files.length === 0 ? ['-'] : files) {
    yield* linesOf(file === '-' ? stdin : createReadStream(file));
  }
}

/** Far more than ten years of days of ten thousand products. */
const largestText = 512 * 1024 * 1024;

/**
 * The whole text of a file; of stdin where none is named, or `-`.
 * @throws {TypeError} bytes that are no UTF-8, {RangeError} more than 512 MiB
 */
export const textOf = async (file: string | undefined, stdin: AsyncIterable<Uint8Array>): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, size] = ['', 0];
  for await (const chunk of file === undefined || file === '-' ? stdin : createReadStream(file)) {
    size += chunk.length;
    if (size > largestText) throw new RangeError('the text is larger than 512 MiB');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};
