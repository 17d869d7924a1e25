import { crc32, deflateSync } from 'node:zlib';

/** Pixels of a picture: four bytes (red, green, blue, opacity) each, row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly bytes: Uint8Array };

const MAX_COLOURS = 256;
const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);

/**
 * An opaque PNG of at most 256 colours, a fraction of the size of true colour for text. Where there are more,
 * the rarest become their nearest neighbour.
 */
export function encodeIndexedPng(pixels: Pixels): Uint8Array {
  const colours = readColours(pixels);
  const palette = choosePalette(colours);
  const index = new Map<number, number>();
  const rows = new Uint8Array((pixels.width + 1) * pixels.height);
  for (let row = 0; row < pixels.height; row++) {
    for (let column = 0; column < pixels.width; column++) {
      const colour = colours[row * pixels.width + column] as number;
      const found = index.get(colour) ?? nearest(colour, palette);
      index.set(colour, found);
      rows[row * (pixels.width + 1) + column + 1] = found;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, pixels.width);
  view.setUint32(4, pixels.height);
  // Eight bits for each pixel, which is a place in the palette.
  header.set([8, 3], 8);
  const chunks = [
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function readColours({ bytes, width, height }: Pixels): Uint32Array {
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = bytes.subarray(pixel * 4, pixel * 4 + 3);
    colours[pixel] = (red << 16) | (green << 8) | blue;
  }
  return colours;
}

function choosePalette(colours: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, MAX_COLOURS)
    .map(([colour]) => colour);
}

function nearest(colour: number, palette: readonly number[]): number {
  const distances = palette.map((candidate) => distance(colour, candidate));
  return distances.indexOf(Math.min(...distances));
}

function distance(one: number, other: number): number {
  const [left, right] = [channels(one), channels(other)];
  return left.reduce((sum, value, position) => sum + (value - (right[position] as number)) ** 2, 0);
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const result = Buffer.alloc(content.length + 8);
  result.writeUInt32BE(data.length, 0);
  result.set(content, 4);
  result.writeUInt32BE(crc32(content), content.length + 4);
  return result;
}
