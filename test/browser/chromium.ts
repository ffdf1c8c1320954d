import { chromium, type Browser } from "playwright-core";
import { findChromium } from "../../tools/find-chromium.mjs";

/** The browser that pages are tested in; undefined where there is none. */
export const CHROMIUM = findChromium();

/** Starts the browser. CI runs as root, where Chromium has no sandbox. */
export function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium");
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}
