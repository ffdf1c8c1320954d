import { describe, expect, it } from "vitest";
import { resolveSecret } from "../../src/platform/secrets.ts";

const files = {
  read: (path: string) =>
    Promise.resolve(path === "/conf/token" ? "hunter2\r\n" : path === "/conf/empty" ? "\n" : undefined),
};

describe("secrets by reference", () => {
  it.each([
    [" a b", " a b"],
    ["hunter2\n", "hunter2"],
    ["hunter2\r\n", "hunter2"],
    ["two\nlines\n", "two\nlines"],
  ])("reads environment variables as they are, without the last line end: %j", async (KEY, secret) => {
    expect(await resolveSecret("env:KEY", { KEY }, files)).toBe(secret);
  });

  it("reads files beside the configuration, without the last line end", async () => {
    expect(await resolveSecret("file:token", {}, files, "/conf")).toBe("hunter2");
    expect(await resolveSecret("file:/conf/token", {}, files, "/elsewhere")).toBe("hunter2");
  });

  it.each([
    ["env:NONE", "secret-missing", "NONE"],
    ["env:EMPTY", "secret-missing", "EMPTY"],
    ["env:LINE", "secret-missing", "LINE"],
    ["env:toString", "secret-missing", "toString"],
    ["file:none", "secret-missing", "/conf/none"],
    ["file:empty", "secret-missing", "/conf/empty"],
  ])("%s: %s", async (reference, code, named) => {
    const error: unknown = await resolveSecret(reference, { EMPTY: "", LINE: "\n" }, files, "/conf").catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code, message: expect.stringContaining(named) as string });
  });

  it("does not repeat what could be the secret itself", async () => {
    const error: unknown = await resolveSecret("CANARY", {}, files).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "secret-reference" });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("CANARY");
  });
});
