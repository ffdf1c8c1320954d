import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser that pages are tested in: `CHROMIUM`, or where Debian and others put it. Undefined where there is none. */
export const CHROMIUM = [process.env["CHROMIUM"] ?? "", ...PLACES].find((path) => path !== "" && existsSync(path));

/** Starts the browser. CI runs as root, where Chromium has no sandbox. */
export function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}
