/**
 * XML as workbooks are written in (ECMA-376 part 1), read piece by piece: tags, attributes and text, prefixes of names left
 * out. No document type is taken, so there are no entities but XML's own five and characters by number.
 */
import { SheetRefusal } from '@darmon/domain/sheet';

export interface XmlHandler {
  /** `attributes` is their text, for `attributeOf`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

const tag = /<(\/?)(?:[^\s<>/:"'=]+:)?([^\s<>/:"'=]+)((?:\s+[^\s<>/"'=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
/** Longer than any tag or comment of a workbook; what is not closed within it never is. */
const longestTag = 1_000_000;

const longestEntity = 12;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const damaged = (): SheetRefusal => new SheetRefusal('damaged');

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));?/gi,
        (_, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) {
            const known = entities[name];
            if (known === undefined) throw damaged();
            return known;
          }
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
          if (code > 0x10ffff) throw damaged();
          return String.fromCodePoint(code);
        },
      )
    : text;

/** Where text can be cut so that no character by number is: text goes on as it comes, however long it is. */
const beforeOpenEntity = (text: string, from: number): number => {
  const opens = text.lastIndexOf('&');
  return opens >= from && text.length - opens < longestEntity && text.indexOf(';', opens) < 0 ? opens : text.length;
};

/** The value of an attribute, `r:id` as well as `id`; undefined where there is none. */
export const attributeOf = (attributes: string, name: string): string | undefined => {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    const rest = /\s*=\s*(["'])/y;
    rest.lastIndex = at + name.length;
    // a space of any kind, or the colon behind a prefix
    const opens = at > 0 && (before <= 32 || before === 58) ? rest.exec(attributes) : null;
    if (opens) {
      const from = rest.lastIndex;
      return decoded(attributes.slice(from, attributes.indexOf(opens[1] as string, from)));
    }
  }
  return undefined;
};

/**
 * A reader to feed with the text of one document, piece by piece, and to end.
 * @throws SheetRefusal `damaged` where it is not well formed, or brings a document type
 */
export const readXml = (handler: XmlHandler): { feed(text: string): void; end(): void } => {
  let rest = '';
  let depth = 0;
  let seen = false;
  /** Where the reading stops for want of text, or the place behind what was read. */
  const step = (at: number, opens: string, closes: string, take?: (text: string) => void): number => {
    const ends = rest.indexOf(closes, at + opens.length);
    if (ends < 0) {
      if (rest.length - at > longestTag) throw damaged();
      return -1;
    }
    take?.(rest.slice(at + opens.length, ends));
    return ends + closes.length;
  };
  const markup = (at: number): number => {
    if (rest.startsWith('<?', at)) return step(at, '<?', '?>');
    if (rest.startsWith('<!--', at)) return step(at, '<!--', '-->');
    if (rest.startsWith('<![CDATA[', at)) return step(at, '<![CDATA[', ']]>', (text) => handler.text(text));
    if (rest.startsWith('<!', at)) {
      if (rest.length - at < 9 && '<![CDATA['.startsWith(rest.slice(at))) return -1;
      if (rest.length - at < 4 && '<!--'.startsWith(rest.slice(at))) return -1;
      throw damaged();
    }
    tag.lastIndex = at;
    const found = tag.exec(rest);
    if (!found) {
      if (rest.length - at > longestTag || rest.indexOf('<', at + 1) >= 0) throw damaged();
      return -1;
    }
    const [all, isEnd, name = '', attributes = '', isEmpty] = found;
    if (isEnd) {
      depth -= 1;
      if (depth < 0) throw damaged();
      handler.close(name);
    } else {
      seen = true;
      handler.open(name, attributes);
      if (isEmpty) handler.close(name);
      else depth += 1;
    }
    return at + all.length;
  };
  return {
    feed: (text) => {
      rest += text;
      let at = 0;
      for (;;) {
        const next = rest.indexOf('<', at);
        if (next < 0) {
          const cut = beforeOpenEntity(rest, at);
          if (cut > at && depth > 0) handler.text(decoded(rest.slice(at, cut)));
          at = cut;
          break;
        }
        if (next > at && depth > 0) handler.text(decoded(rest.slice(at, next)));
        at = next;
        const behind = markup(at);
        if (behind < 0) break;
        at = behind;
      }
      rest = rest.slice(at);
      if (rest.length > 4 * longestTag) throw damaged();
    },
    end: () => {
      if (depth !== 0 || !seen || rest.includes('<')) throw damaged();
    },
  };
};
