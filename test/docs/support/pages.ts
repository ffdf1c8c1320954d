import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, "..", "..", "..");

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** Every page of the documentation, from the root of the repository. */
export function pages(): string[] {
  return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...filesIn("docs")];
}

function filesIn(directory: string): string[] {
  return readdirSync(join(ROOT, directory))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => `${directory}/${name}`);
}

/** The text of a page. */
export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** The fenced blocks of a page; what an indented fence holds loses the indent. */
export function blocksOf(page: string): Block[] {
  const fences = /^(?<indent> *)```(?<language>\w*)\n(?<text>[^]*?)^\k<indent>```$/gm;
  const text = pageText(page);
  return [...text.matchAll(fences)].map((match) => {
    const { indent = "", language = "", text: body = "" } = match.groups ?? {};
    const line = text.slice(0, match.index).split("\n").length;
    return { page, line, language, text: body.replace(new RegExp(`^${indent}`, "gm"), "") };
  });
}

/** All blocks of a language, of all pages. */
export function blocks(language: string): Block[] {
  return pages()
    .flatMap(blocksOf)
    .filter((block) => block.language === language);
}

/** The one block of a page that holds a text. */
export function blockWith(page: string, language: string, part: string): Block {
  const found = blocksOf(page).filter((block) => block.language === language && block.text.includes(part));
  const [block] = found;
  if (block === undefined || found.length > 1)
    throw new Error(`${page}: ${found.length} ${language} blocks with ${part}`);
  return block;
}

/** The cells of the table of a page that starts with this header; without code marks. */
export function tableOf(page: string, header: readonly string[]): string[][] {
  const lines = pageText(page).split("\n");
  const cells = (line: string): string[] =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""));
  const start = lines.findIndex((line) => line.startsWith("|") && cells(line).join() === header.join());
  if (start < 0) throw new Error(`${page} has no table ${header.join(", ")}`);
  const rest = lines.slice(start + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith("|")),
    )
    .map(cells);
}
