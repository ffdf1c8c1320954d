import { describe, expect, test } from "vitest";
import { addressOf } from "../../../src/platform/genesys/address.ts";
import { regions } from "../../../src/platform/genesys/regions.ts";
import { createSdkClient, loadSdk } from "../../../src/platform/genesys/sdk.ts";
import { failureOf } from "./support.ts";

const failing = (where: { region?: string; baseUrl?: string }) =>
  failureOf(Promise.resolve().then(() => addressOf(where)));

describe("regions", () => {
  test.each(Object.entries(regions))("%s is %s, however it is written", (key, host) => {
    for (const region of [
      key,
      key.replaceAll("_", "-"),
      key.toUpperCase(),
      host,
      `https://api.${host}/`,
      ` login.${host}`,
    ]) {
      expect(addressOf({ region })).toMatchObject({
        api: `https://api.${host}`,
        login: `https://login.${host}/oauth/token`,
      });
    }
  });

  test("are the ones that the SDK knows", () => {
    const known = Object.values(loadSdk().PureCloudRegionHosts);
    expect(Object.values(regions).sort()).toEqual([...known].sort());
  });

  test.each([
    ["mypurecluod.ie", "mypurecloud.ie"],
    ["eu-west-11", "eu-west-1"],
    ["use2.us-gov-pure.clou", "use2.us-gov-pure.cloud"],
  ])("%s is refused with the suggestion %s", async (region, suggestion) => {
    const error = await failing({ region });
    expect(error.code).toBe("unknown-region");
    expect(error.hint).toContain(suggestion);
  });

  test.each(["", "__proto__", "toString", "something else entirely"])("%j is refused", async (region) => {
    expect((await failing({ region })).code).toBe("unknown-region");
  });
});

describe("an address in a region", () => {
  test.each(["https://api.mypurecloud.ie", "https://apps.mypurecloud.ie/", "https://login.mypurecloud.ie:443"])(
    "%s is the region, wherever it is given",
    (address) => {
      for (const where of [{ region: address }, { baseUrl: address }])
        expect(addressOf(where)).toMatchObject({ api: "https://api.mypurecloud.ie", host: "mypurecloud.ie" });
    },
  );

  test.each([
    "https://api.mypurecloud.ie/some/path",
    "https://apps.mypurecloud.ie/directory/#/admin",
    "https://api.mypurecloud.ie:8443",
    "http://api.mypurecloud.ie",
    "https://help.mypurecloud.ie",
  ])("%s is refused with the region that is in it", async (address) => {
    for (const where of [{ region: address }, { baseUrl: address.replace(/#.*/, "") }]) {
      const error = await failing(where);
      expect(error.code).toBe("region" in where ? "unknown-region" : "base-url-invalid");
      expect(error.hint).toBe("Give the region alone: mypurecloud.ie.");
    }
  });

  test.each(["https://u:word@api.mypurecloud.ie", "u:word@elsewhere.invalid"])(
    "%s is refused without repeating it",
    async (region) => {
      const { code, message, hint } = await failing({ region });
      expect(code).toBe("unknown-region");
      expect(message + hint).not.toContain("word");
    },
  );
});

describe("base URL", () => {
  test("may have a port and a path prefix", () => {
    expect(addressOf({ baseUrl: "http://127.0.0.1:8080/a/b/" })).toMatchObject({
      api: "http://127.0.0.1:8080/a/b",
      login: "http://127.0.0.1:8080/a/b/oauth/token",
    });
  });

  test.each([
    "",
    "example.org",
    "ftp://example.org",
    "http://u:p@example.org",
    "http://example.org/?a=1",
    "http://h/%ff",
    "http://h/{id}",
    "http://h/#x",
  ])("%j is refused without repeating it", async (baseUrl) => {
    const error = await failing({ baseUrl });
    expect(error.code).toBe("base-url-invalid");
    expect(error.message).not.toContain("u:p");
  });

  test("or a region has to be given", async () => {
    expect((await failing({})).code).toBe("address-missing");
  });

  test.each(["http://127.0.0.1:8080", "https://proxy.example.org/x/y", "http://[::1]:99/z/", "https://example.org/"])(
    "%s reaches the SDK as it is meant",
    (baseUrl) => {
      const address = addressOf({ baseUrl });
      const { config } = createSdkClient(loadSdk(), address);
      expect(config.getConfUrl("api", config.basePath)).toBe(address.api);
      expect(`${config.getConfUrl("login", config.authUrl)}/oauth/token`).toBe(address.login);
    },
  );
});
