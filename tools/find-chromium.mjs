import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The browser that pages are tested in: `CHROMIUM`, or where Debian and others put it. Undefined where there is none.
 * @returns {string | undefined}
 */
export function findChromium() {
  return [process.env["CHROMIUM"] ?? "", ...PLACES].find((path) => path !== "" && existsSync(path));
}
