import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { pages, pageText, ROOT } from "./support/pages.ts";

interface Link {
  readonly path: string;
  readonly anchor: string;
}

/** Links of a page to other places of the repository; code is no link. */
function linksOf(page: string): Link[] {
  const text = pageText(page).replace(/```[^]*?```/g, "");
  return [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)].flatMap(({ groups }) => {
    const target = groups?.["target"] ?? "";
    if (/^[a-z]+:/.test(target)) return [];
    const [path = "", anchor = ""] = target.split("#");
    return [{ path: path === "" ? page : normalize(join(dirname(page), path)), anchor }];
  });
}

/** Anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return [...pageText(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(pages())("%s", (page) => {
  const links = linksOf(page);

  it("links to files that exist", () => {
    expect(links.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("links to headings that exist", () => {
    const within = links.filter(({ path, anchor }) => anchor !== "" && path.endsWith(".md"));
    expect(within.filter(({ path, anchor }) => !anchorsOf(path).includes(anchor))).toEqual([]);
  });
});

it("reaches every page from the README", () => {
  const linked = linksOf("README.md").map(({ path }) => path);
  expect(pages().filter((page) => page !== "README.md" && !linked.includes(page))).toEqual([]);
});
