const SAMPLE_RATE = 8000;
const SAMPLES = 400;

/**
 * A recording of its own for each number: a twentieth of a second of a plain tone, mono, 8 bits per sample, in a WAV file.
 * @returns the file in base64
 */
export function recording(index: number): string {
  const hertz = 220 + 20 * index;
  const samples = Array.from({ length: SAMPLES }, (_, at) => {
    return 128 + Math.round(100 * Math.sin((2 * Math.PI * hertz * at) / SAMPLE_RATE));
  });
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + SAMPLES, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  // PCM, one channel.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(SAMPLES, 40);
  return Buffer.concat([head, Buffer.from(samples)]).toString("base64");
}
