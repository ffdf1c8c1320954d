import { describe, expect, test } from "vitest";
import { addressOf } from "../../../src/platform/genesys/address.ts";
import { transferRequest } from "../../../src/platform/genesys/transfer.ts";
import { failureOf } from "./support.ts";

const inRegion = addressOf({ region: "eu_west_1" });
const atOrigin = addressOf({ baseUrl: "http://127.0.0.1:4010/prefix" });

const refusal = (url: string, address = inRegion) =>
  failureOf(Promise.resolve().then(() => transferRequest({ transfer: "download", url }, address)));

describe("an address for a download or an upload", () => {
  test.each([
    "https://api-downloads.mypurecloud.ie/a?signature=s",
    "https://prod-flows.s3.eu-west-1.amazonaws.com/a",
    "https://prod-flows.s3.amazonaws.com/a",
    "https://s3.dualstack.eu-west-1.amazonaws.com/prod-flows/a",
    "https://prod-flows.s3-fips.us-east-2.amazonaws.com/a",
  ])("is taken where the platform keeps files: %s", (url) => {
    expect(transferRequest({ transfer: "download", url }, inRegion)).toEqual({ method: "GET", url, headers: {} });
  });

  test.each([
    "http://prod-flows.s3.eu-west-1.amazonaws.com/a",
    "https://prod-flows.s3.eu-west-1.amazonaws.com:8443/a",
    "https://user:pass@prod-flows.s3.eu-west-1.amazonaws.com/a",
    "https://ec2-1-2-3-4.eu-west-1.compute.amazonaws.com/a",
    "https://s3.eu-west-1.amazonaws.com.evil.example/a",
    "https://evil-s3.amazonaws.com/a",
    "https://mypurecloud.ie.evil.example/a",
    "https://evilmypurecloud.ie/a",
    "https://login.mypurecloud.com/a",
    "https://169.254.169.254/latest/meta-data",
    "http://169.254.169.254/latest/meta-data",
    "https://127.0.0.1/a",
    "https://[::1]/a",
    "https://localhost/a",
    "file:///etc/passwd",
    "",
  ])("is refused anywhere else: %s", async (url) => {
    expect(await refusal(url)).toMatchObject({ code: "transfer-refused" });
  });

  test("is taken at the origin of a baseUrl, and not at another one", async () => {
    const url = "http://127.0.0.1:4010/files/a?signature=s";
    expect(transferRequest({ transfer: "download", url }, atOrigin)).toMatchObject({ url });
    for (const other of [
      "http://127.0.0.1:4011/a",
      "https://127.0.0.1:4010/a",
      "http://localhost:4010/a",
      "http://169.254.169.254/a",
    ]) {
      expect(await refusal(other, atOrigin)).toMatchObject({ code: "transfer-refused" });
    }
  });

  test("shows its host and nothing else of it when it is refused", async () => {
    const error = await refusal("https://evil.example/secret-path?signature=abc");
    expect(error.message).toContain("evil.example");
    expect(error.message).not.toMatch(/secret-path|abc/);
  });
});
