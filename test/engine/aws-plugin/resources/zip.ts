import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { isObj, type Obj } from "../values.ts";

/** A function's code as the bytes that are uploaded: a file as it is, an archive of files as a ZIP without compression. */
export function zipOf(code: unknown): Uint8Array {
  if (!isObj(code)) throw new Error("a function has no code");
  return isObj(code["assets"]) ? zip(code["assets"]) : contentOf(code);
}

function contentOf(asset: Obj): Buffer {
  if (typeof asset["text"] === "string") return Buffer.from(asset["text"]);
  if (typeof asset["path"] === "string") return readFileSync(asset["path"]);
  throw new Error("the stand-in knows texts and files only");
}

function zip(assets: Obj): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, asset] of Object.entries(assets)) {
    const content = contentOf(asset as Obj);
    const local = Buffer.concat([header(0x04034b50, name, content), Buffer.from(name), content]);
    entries.push(Buffer.concat([entry(name, content, offset), Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

function header(signature: number, name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(signature, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(crc32(content), 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  return head;
}

/** The entry in the directory at the end: the same fields two bytes later, and where the file begins. */
function entry(name: string, content: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(46);
  header(0, name, content).copy(head, 6, 4);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(0, 32);
  head.writeUInt32LE(offset, 42);
  return head;
}
