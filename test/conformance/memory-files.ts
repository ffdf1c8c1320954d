import type { Files } from "../../src/model/ports.ts";

/** Files that exist only here. */
export interface MemoryFiles extends Files {
  /** Everything that was written, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** An empty disk in memory. */
export function memoryFiles(): MemoryFiles {
  const texts = new Map<string, string>();
  const below = (path: string): string[] => [...texts.keys()].filter((name) => name.startsWith(`${path}/`)).sort();
  return {
    texts,
    read: async (path) => texts.get(path),
    write: async (path, text) => void texts.set(path, text),
    createPrivate: async (path, text) => {
      if (!texts.has(path)) texts.set(path, text);
      return texts.get(path) ?? "";
    },
    isOpenToOthers: async () => false,
    append: async (path, line) => void texts.set(path, `${texts.get(path) ?? ""}${line}\n`),
    replaceDirectory: async (path, files) => {
      for (const old of below(path)) texts.delete(old);
      for (const [name, text] of files) texts.set(`${path}/${name}`, text);
    },
    list: async (path) => {
      const found = below(path);
      return found.length === 0 ? undefined : found.map((name) => name.slice(path.length + 1));
    },
    assertReplaceable: async () => undefined,
    assertWritable: async () => undefined,
    replaceable: async (path) => texts.get(path),
  };
}
