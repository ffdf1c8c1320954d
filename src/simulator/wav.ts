import type { JsonObject } from "./json.ts";

/** What the header of a WAV file tells. */
export interface Wav {
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly encoding: "PCM" | "ALAW" | "ULAW";
  readonly seconds: number;
}

const encodings: ReadonlyMap<number, Wav["encoding"]> = new Map([
  [1, "PCM"],
  [6, "ALAW"],
  [7, "ULAW"],
]);

/** Where the chunk of that name begins in a RIFF file, behind its name and size; undefined when there is none. */
function chunk(bytes: DataView, name: string): { readonly at: number; readonly size: number } | undefined {
  for (let at = 12; at + 8 <= bytes.byteLength;) {
    const size = bytes.getUint32(at + 4, true);
    if (asciiAt(bytes, at) === name) return { at: at + 8, size };
    at += 8 + size + (size % 2);
  }
  return undefined;
}

function asciiAt(bytes: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => bytes.getUint8(at + offset)));
}

/** Reads the header of a WAV file; undefined for anything else. */
export function readWav(content: Uint8Array): Wav | undefined {
  const bytes = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.byteLength < 12 || asciiAt(bytes, 0) !== "RIFF" || asciiAt(bytes, 8) !== "WAVE") return undefined;
  const [format, data] = [chunk(bytes, "fmt "), chunk(bytes, "data")];
  if (!format || !data || format.at + 16 > bytes.byteLength) return undefined;
  const encoding = encodings.get(bytes.getUint16(format.at, true));
  const bytesPerSecond = bytes.getUint32(format.at + 8, true);
  if (encoding === undefined || bytesPerSecond === 0) return undefined;
  return {
    channels: bytes.getUint16(format.at + 2, true),
    sampleRate: bytes.getUint32(format.at + 4, true),
    bitsPerSample: bytes.getUint16(format.at + 14, true),
    encoding,
    seconds: data.size / bytesPerSecond,
  };
}

/** The header's facts as an answer has them (definition AudioFormat). */
export function audioFormat({ channels, bitsPerSample, sampleRate, encoding }: Wav): JsonObject {
  return { channels, bitsPerSample, sampleRate, encoding };
}
