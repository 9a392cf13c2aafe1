/**
 * QR codes as data and as a vector picture, for paper and for the screen alike. It owns how a code is drawn; what
 * stands in it is the caller's. Drawing costs many times the signature, so it happens where the code is shown.
 */
import { create, type QRCodeErrorCorrectionLevel } from 'qrcode';

/** Light modules around the symbol, as ISO/IEC 18004 demands; printers and phones fail on less. */
export const quietZone = 4;

export interface QrMatrix {
  /** 1 to 40. */
  readonly version: number;
  /** Modules along a side, without the quiet zone. */
  readonly size: number;
  readonly isDark: (row: number, column: number) => boolean;
}

const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * The modules of a text. Text of QR's alphanumeric set is encoded in that mode throughout (a prescription's code is),
 * any other as UTF-8 bytes.
 * @throws Error where the text does not fit version 40
 */
export const qrMatrix = (text: string, level: QRCodeErrorCorrectionLevel = 'Q'): QrMatrix => {
  const segment = alphanumeric.test(text)
    ? { data: text, mode: 'alphanumeric' as const }
    : { data: new TextEncoder().encode(text), mode: 'byte' as const };
  const { modules, version } = create([segment], { errorCorrectionLevel: level });
  return { version, size: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 };
};

export interface QrPath {
  /** Side of the view box in modules, quiet zone included. */
  readonly side: number;
  /** SVG path data, one unit a module. */
  readonly path: string;
}

/** Dark modules as one path of horizontal bars: one shape, so that no renderer leaves a seam between rows. */
export const qrPath = (matrix: QrMatrix): QrPath => {
  let path = '';
  for (let row = 0; row < matrix.size; row++) {
    let start = -1;
    for (let column = 0; column <= matrix.size; column++) {
      const dark = column < matrix.size && matrix.isDark(row, column);
      if (dark && start < 0) start = column;
      if (!dark && start >= 0) {
        path += `M${start + quietZone} ${row + quietZone}h${column - start}v1h${start - column}z`;
        start = -1;
      }
    }
  }
  return { side: matrix.size + 2 * quietZone, path };
};

/**
 * A standalone SVG, black on white with its quiet zone; it scales to any size. Give it an accessible name where it is
 * shown.
 */
export const qrSvg = (text: string, level: QRCodeErrorCorrectionLevel = 'Q'): string => {
  const { side, path } = qrPath(qrMatrix(text, level));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`
  );
};
